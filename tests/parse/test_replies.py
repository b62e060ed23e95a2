"""Who answered whom: by parents, quotes, names, and only then by the order of posts."""

from datetime import timedelta

import pytest

from parse.threads import assemble, resolve
from tests.parse.made import LONG, OTHER, START, parents, post, resolved, thread


def test_somebody_answers_by_name():
    result = resolved(
        post(1, "Ann", "Opening."),
        post(2, "Bob", "I doubt it."),
        post(3, "Cid", "Me too."),
        post(4, "Dan", "Bob, so do I."),
        post(5, "Ann", "@Cid why?"),
        post(6, "Cid", "Because."),
    )
    assert parents(result) == {
        "2": ("1", "sequence"),
        "3": ("1", "sequence"),
        "4": ("2", "address"),
        "5": ("3", "address"),
        "6": ("5", "sequence"),
    }


def test_where_nothing_opens_the_talk_what_answers_nobody_follows_what_was_said_last():
    said = (
        post(1, "Ann", "Good morning."),
        post(2, "Bob", "Is the crane working?"),
        post(3, "Cid", "Since noon.", reply_to="2"),
        post(4, "Dan", "The kiosk is open."),
        post(5, "Eve", "Who has the key?"),
    )
    of_topic = {"2": ("1", "sequence"), "3": ("2", "native"), "4": ("1", "sequence"), "5": ("1", "sequence")}
    assert parents(resolve(assemble(None, [thread(*said)]))) == of_topic
    of_channel = of_topic | {"4": ("3", "sequence"), "5": ("4", "sequence")}
    assert parents(resolve(assemble(None, [thread(*said, page_number=2)]))) == of_channel


def test_where_many_speak_whoever_joins_answers_the_opening_post_and_who_comes_back_the_post_before():
    result = resolved(
        post(1, "Ann", "The timer should stop at night."),
        post(2, "Bob", "Mine never did."),
        post(3, "Cid", "There is a switch for it."),
        post(4, "Dan", "Support said no to me."),
        post(5, "Bob", "When was that?"),
        post(6, None, "In May."),
    )
    assert parents(result) == {
        "2": ("1", "sequence"),
        "3": ("1", "sequence"),
        "4": ("1", "sequence"),
        "5": ("4", "sequence"),
        "6": ("5", "sequence"),
    }


def test_where_the_opening_post_was_not_seen_the_order_of_posts_is_all_there_is():
    said = (post(21, "Ann", "As I said."), post(22, "Bob", "Mine never did."), post(23, "Cid", "Nor mine."))
    result = resolve(assemble(None, [thread(*said, page_number=2, page_count=2)]))
    assert parents(result)["23"] == ("22", "sequence")


def test_where_two_go_on_and_on_whoever_joins_answers_the_last():
    talk = [post(number, ("Ann", "Bob")[number % 2], f"Point {number}.") for number in range(1, 10)]
    result = resolved(*talk, post(10, "Cid", "Enough of that."))
    assert parents(result)["10"] == ("9", "sequence")


def test_who_is_spoken_of_is_not_spoken_to():
    result = resolved(
        post(1, "Logic", LONG),
        post(2, "The Farmer", OTHER),
        post(3, "Cid", "Hm."),
        post(4, "Dan", "Logic last wrote here in May. There were two answers since."),
        post(5, "Eve", "The definition of it says: nothing."),
        post(6, "Cid", "Logic you are right."),
    )
    assert [parents(result)[each] for each in "456"] == [
        ("1", "sequence"),
        ("1", "sequence"),
        ("1", "address"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Agree with Bob. At the very least show it.",
        "Good that it's open. One question to Bob's list: which deadline?",
        "bob has a point for once",
        "It arrived this morning. Thank you Bob, I owe you one.",
        "Nicely done. I think Bob is quite right here.",
        "I'm with Bob on that.",
    ],
)
def test_who_sides_with_somebody_by_name_answers_that_person(text):
    result = resolved(
        post(1, "Ann", "Opening."), post(2, "Bob", LONG), post(3, "Cid", OTHER), post(4, "Dan", text)
    )
    assert parents(result)["4"] == ("2", "address")


def test_who_sides_with_one_and_quotes_another_answers_both_and_mainly_the_quote():
    result = resolved(
        post(1, "Ann", "Opening."),
        post(2, "Bob", LONG),
        post(3, "Cid", OTHER),
        post(4, "Dan", "No, Bob is right.", ("Cid", OTHER)),
    )
    assert parents(result)["4"] == ("3", "quote")
    assert {reply.parent for reply in result.replies if reply.post == "4"} == {"2", "3"}


@pytest.mark.parametrize(
    "text", ["Bob last wrote in May.", "That is right.", "Thank you all.", "Bob's car is red."]
)
def test_a_name_alone_is_no_agreement(text):
    result = resolved(
        post(1, "Ann", "Opening."), post(2, "Bob", LONG), post(3, "Cid", OTHER), post(4, "Dan", text)
    )
    assert parents(result)["4"] == ("1", "sequence")


def test_of_several_posts_quoted_the_one_right_above_is_answered_and_not_ones_own():
    result = resolved(
        post(1, "Ann", LONG),
        post(2, "Bob", OTHER),
        post(3, "Cid", "a", ("Ann", LONG), ("Bob", OTHER)),
        post(4, "Dan", "Nobody reads it."),
        post(5, "Ann", "b", ("Ann", LONG), ("Bob", OTHER)),
    )
    assert parents(result)["3"] == parents(result)["5"] == ("2", "quote")
    assert {reply.parent for reply in result.replies if reply.post == "3"} == {"1", "2"}


def test_the_order_of_posts_gives_way_to_a_quote_of_what_stands_below():
    undated = {"posted_at": None}
    result = resolved(
        post(1, "Ann", "Opening.", **undated),
        post(2, "Bob", "Nonsense.", ("Cid", LONG), **undated),
        post(3, "Dan", OTHER, **undated),
        post(4, "Cid", LONG, **undated),
    )
    assert parents(result) == {"2": ("4", "quote"), "3": ("1", "sequence"), "4": ("1", "sequence")}


def test_the_platforms_own_parent_comes_first():
    result = resolved(
        post(1, "Ann", LONG), post(2, "Bob", OTHER), post(3, "Cid", "Hm.", ("Ann", LONG), reply_to="2")
    )
    assert parents(result)["3"] == ("2", "native")
    assert {(r.parent, r.method) for r in result.replies if r.post == "3"} == {
        ("2", "native"),
        ("1", "quote"),
    }


def test_what_was_written_later_is_not_answered_unless_the_platform_says_so():
    """The page is sorted with the newest first: who stands above may not have spoken yet."""
    late, later = START + timedelta(hours=7), START + timedelta(hours=9)
    result = resolved(
        post(1, "Ann", "Opening."),
        post(2, "Bob", LONG, posted_at=later),
        post(3, "Cid", "Bob, so do I.", posted_at=late),
        post(4, "Dan", "Indeed.", ("Bob", LONG), posted_at=late),
        post(5, "Eve", "Indeed.", posted_at=late, reply_to="2"),
    )
    assert [parents(result)[each] for each in "345"] == [
        ("1", "sequence"),
        ("1", "sequence"),
        ("2", "native"),
    ]
