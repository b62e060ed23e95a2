"""Which post a quote comes from, and posts that only quotes remember."""

from datetime import timedelta

import pytest

from parse.model import PostState, Quote
from parse.threads import assemble, resolve
from tests.parse.made import LONG, OTHER, START, parents, post, resolved, sources, thread


def test_a_link_beats_the_words():
    quote = Quote(ordinal=1, depth=1, text=LONG, attributed_to="Ann", source_ref="m2")
    result = resolved(
        post(1, "Ann", LONG), post(2, "Ann", OTHER, aliases=("m2",)), post(3, "Bob", "No.", quote)
    )
    assert sources(result) == {("3", 1): ("2", "link")}


def test_a_link_to_a_post_of_another_thread_is_not_looked_up_in_this_one():
    quote = Quote(ordinal=1, depth=1, text="Elsewhere it was said so.", source_ref="1", source_thread_id="9")
    result = resolved(post(1, "Ann", LONG), post(2, "Bob", "Hm.", quote))
    assert sources(result) == {("2", 1): (None, None)}


def test_the_number_of_a_post_is_a_link():
    quote = Quote(ordinal=1, depth=1, text="", attributed_to="Ann", source_ref="#1")
    assert sources(resolved(post(1, "Ann", LONG), post(2, "Bob", "No.", quote))) == {("2", 1): ("1", "link")}


@pytest.mark.parametrize(
    "quoted",
    [
        LONG,
        LONG.upper(),
        "far beyond what a beginner earns in a month",
        "The fee for arbitration … in a month, and nobody tells us so.",
        "The fee for arbitration [snip] a beginner earns in a month, and nobody tells us so.",
        "The fee for the arbitration is far beyond what a begginer earns in a month and nobody tells us so",
        "r arbitration is far beyond what a beginner ear",
        "The fee for **edited for community guidelines** is far beyond what a beginner earns in a month",
    ],
)
def test_words_are_found_whole_trimmed_elided_retyped_and_redacted(quoted):
    result = resolved(
        post(1, "Ann", "Opening."),
        post(2, "Ann", LONG),
        post(3, "Bob", OTHER),
        post(4, "Cid", "Yes.", ("Ann", quoted)),
    )
    assert sources(result)[("4", 1)][0] == "2"


@pytest.mark.parametrize("name", ["Steven", "steven_s", "@Steven S", "STEVEN S", "StevenS"])
def test_a_name_is_known_shortened_and_written_otherwise(name):
    said = "Nothing works for everyone here."
    result = resolved(
        post(1, "Petra R", said),
        post(2, "Steven S", said),
        post(3, "Petra R", "Hm."),
        post(4, "Will L", "No.", (name, said)),
    )
    assert sources(result)[("4", 1)][0] == "2"


def test_a_renamed_account_is_recognised_by_its_words():
    quotes = [("oldname", LONG), ("oldname", "I agree.")]
    result = resolved(
        post(1, "Newname", LONG),
        post(2, "Newname", "I agree."),
        post(3, "Cid", "I agree."),
        post(4, "Bob", "Hm.", *quotes),
    )
    assert [source for source, _ in sources(result).values()] == ["1", "2"]


def test_the_same_sentence_twice_means_the_named_author_then_the_nearest_before():
    said = "Read the contract first."
    result = resolved(
        post(1, "Ann", said),
        post(2, "Bob", said),
        post(3, "Ann", said),
        post(4, "Cid", "a", ("Ann", said)),
        post(5, "Ann", said),
        post(6, "Cid", "b", ("Bob", said)),
    )
    assert {key: source for key, (source, _) in sources(result).items()} == {("4", 1): "3", ("6", 1): "2"}


@pytest.mark.parametrize("said", ["Read the contract first, all of you.", "Please don't."])
def test_of_equal_words_those_of_the_post_that_is_answered_are_meant(said):
    result = resolved(
        post(1, "Ann", "Opening."),
        post(2, "Bob", said),
        post(3, "Ann", said),
        post(4, "Cid", "Why?", (None, said), reply_to="2"),
        post(5, "Dan", "Hm.", ("Ann", said), reply_to="2"),
    )
    assert [source for source, _ in sources(result).values()] == ["2", "3"]


def test_of_a_post_sent_twice_the_one_is_meant_that_other_quotes_come_from():
    result = resolved(
        post(1, "Ann", LONG + " Who pays the rest of it?"),
        post(2, "Ann", LONG),
        post(3, "Bob", "No.", ("Ann", LONG), ("Ann", "Who pays the rest of it?")),
    )
    assert [source for source, _ in sources(result).values()] == ["1", "1"]


def test_words_edited_away_come_from_the_post_that_is_answered_piece_by_piece():
    gone = "You would say so, having never written a single proposal yourself."
    result = resolved(
        post(1, "Ann", LONG),
        post(2, "Ann", OTHER),
        post(3, "Bob", "No. Never. Hm.", ("Ann", LONG), ("Ann", gone), ("Ann", LONG[:40])),
    )
    assert sources(result)[("3", 2)] == ("1", "author")
    assert result.posts[2].quotes[1].source_confidence < 0.9


def test_whoever_quoted_words_without_markup_is_not_their_author():
    result = resolved(
        post(1, "Ann", LONG.replace("beginner", "beginner (like me)")),
        post(2, "Bob", f"{LONG} That is what I hear everywhere."),
        post(3, "Cid", "Indeed.", ("Ann", LONG)),
    )
    assert sources(result) == {("3", 1): ("1", "text")}


def test_words_lost_at_their_author_are_not_given_to_who_repeats_them_under_his_name():
    result = resolved(
        post(1, "Ann", OTHER),
        post(2, "Bob", f"Ann wrote this yesterday, look: {LONG} I doubt it."),
        post(3, "Cid", "Indeed.", ("Ann", LONG)),
    )
    assert sources(result)[("3", 1)][0] != "2"


def test_of_equal_words_those_that_agree_letter_for_letter_are_meant():
    result = resolved(
        post(1, "Ann", "Looks like a trap."),
        post(2, "Ann", "You mean because it looks like a trap? Give me a break."),
        post(3, "Bob", "To me too.", ("Ann", "Looks like a trap.")),
    )
    assert sources(result) == {("3", 1): ("1", "text")}


def test_a_source_may_stand_later_on_the_page():
    undated = {"posted_at": None}
    result = resolved(
        post(1, "Ann", "Opening.", **undated),
        post(2, "Bob", "No.", ("Cid", LONG), **undated),
        post(3, "Cid", LONG, **undated),
    )
    assert sources(result) == {("2", 1): ("3", "text")}


def test_a_post_written_later_is_hardly_the_source():
    result = resolved(post(1, "Ann", "Opening."), post(2, "Bob", "Hm.", (None, OTHER)), post(3, "Ann", OTHER))
    (confidence,) = [q.source_confidence for p in result.posts for q in p.quotes]
    assert confidence is None or confidence < 0.9


def test_common_words_without_a_name_are_left_alone():
    result = resolved(post(1, "Ann", "I agree with you."), post(2, "Bob", "I do.", (None, "I agree")))
    assert sources(result) == {("2", 1): (None, None)}


def test_nested_quotes_have_sources_of_their_own():
    outer = Quote(ordinal=1, depth=1, text=OTHER, attributed_to="Bob")
    inner = Quote(ordinal=2, depth=2, parent=1, text=LONG, attributed_to="Ann")
    result = resolved(
        post(1, "Ann", LONG), post(2, "Bob", OTHER, ("Ann", LONG)), post(3, "Cid", "Both.", outer, inner)
    )
    assert sources(result)[("3", 1)][0] == "2"
    assert sources(result)[("3", 2)][0] == "1"
    assert parents(result)["3"] == ("2", "quote")


def test_a_lost_post_is_rebuilt_from_its_quotes_and_gone_when_it_appears():
    posts = (
        post(1, "Ann", "Opening."),
        post(
            2,
            "Bob",
            "No.",
            ("Zoe", "The readiness test is a filter for newcomers only. And it should be free"),
        ),
        post(3, "Cid", "Yes.", ("Zoe", "And it should be free of charge for everyone who asks.")),
    )
    result = resolved(*posts)
    (ghost,) = [p for p in result.posts if p.state is PostState.GHOST]
    assert ghost.text == (
        "The readiness test is a filter for newcomers only. And it should be free of charge for everyone who asks."
    )
    assert (ghost.author.name, ghost.author_method) == ("Zoe", "quoted")
    assert set(sources(result).values()) == {(ghost.id, "ghost")}
    assert parents(result)["2"] == (ghost.id, "quote")

    found = post(0.5, "Zoe", ghost.text)
    again = resolve(assemble(result, [thread(posts[0], found, *posts[1:])]))
    assert not any(p.state is PostState.GHOST for p in again.posts)
    assert {source for source, _ in sources(again).values()} == {found.id}


def test_a_document_in_a_blockquote_is_no_ghost():
    result = resolved(
        post(1, "Ann", "Opening."), post(2, "Bob", "See.", (None, "Section 4 of the law says no fee."))
    )
    assert all(p.state is not PostState.GHOST for p in result.posts)


def test_an_altered_quote_of_a_shown_post_makes_no_ghost():
    altered = "The fee for arbitration is nothing at all and everybody knows so already, my dear"
    result = resolved(post(1, "Ann", LONG), post(2, "Bob", "Ha.", ("Ann", altered)))
    assert all(p.state is not PostState.GHOST for p in result.posts)


REDACTED = "Perhaps. But **Edited for community guidelines** and that is all."


@pytest.mark.parametrize(
    ("changed", "other"),
    [
        (post(2, "Ann", REDACTED), post(3, "Ann", OTHER)),
        (post(2, "Ann", "Never mind.", edited_at=START + timedelta(hours=9)), post(3, "Ann", OTHER)),
    ],
    ids=["redacted", "edited after it was quoted"],
)
def test_words_that_are_nowhere_come_from_the_one_post_of_their_author_that_was_changed(changed, other):
    said = ("Ann", "Some of you write like the queen of the desert")
    result = resolved(post(1, "Bob", LONG), changed, other, post(4, "Cid", "Really?", said))
    assert sources(result) == {("4", 1): ("2", "author")}
    assert not [each for each in result.posts if each.state is PostState.GHOST]
    quote = result.posts[3].quotes[0]
    assert quote.source_confidence is not None
    assert quote.source_confidence < 0.9


@pytest.mark.parametrize(
    "others",
    [
        (post(2, "Ann", REDACTED), post(3, "Ann", REDACTED)),
        (post(2, "Ann", LONG), post(3, "Bob", REDACTED)),
        (post(2, "Ann", LONG, edited_at=START + timedelta(hours=3)), post(3, "Ann", OTHER)),
    ],
    ids=["two were changed", "another's was", "edited before it was quoted"],
)
def test_words_that_are_nowhere_stay_a_ghost_where_it_is_not_plain_what_was_changed(others):
    said = ("Ann", "Some of you write like the queen of the desert")
    result = resolved(post(1, "Bob", OTHER), *others, post(4, "Cid", "Really?", said))
    assert sources(result)[("4", 1)][1] == "ghost"
