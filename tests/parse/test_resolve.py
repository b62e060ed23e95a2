"""Which post a quote comes from, who wrote what, who answered whom, and posts that only quotes remember."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parse.model import Author, Post, PostState, Quote, Thread
from parse.threads import assemble, resolve

START = datetime(2024, 5, 1, 10, tzinfo=UTC)


def post(number, author, text, *quotes, **more):
    """A post written `number` hours after the start, with quotes given as (name, text)."""
    made = tuple(
        q if isinstance(q, Quote) else Quote(ordinal=n, depth=1, attributed_to=q[0], text=q[1])
        for n, q in enumerate(quotes, 1)
    )
    fields = {"posted_at": START + timedelta(hours=number), "author": Author(name=author) if author else None}
    return Post(id=str(number), text=text, full_text=text, quotes=made, **(fields | more))


def thread(*posts, **more):
    return Thread(id="t", title="Fees", url="https://forum.example.org/t/1", posts=posts, **more)


def resolved(*posts):
    return resolve(assemble(None, [thread(*posts)]))


def sources(result):
    return {(p.id, q.ordinal): (q.source_post_id, q.source_method) for p in result.posts for q in p.quotes}


def parents(result):
    return {reply.post: (reply.parent, reply.method) for reply in result.replies if reply.is_primary}


LONG = "The fee for arbitration is far beyond what a beginner earns in a month, and nobody tells us so."
OTHER = "Escrow was never meant to replace reading the contract before you start to work on anything."


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
        "3": ("2", "sequence"),
        "4": ("2", "address"),
        "5": ("3", "address"),
        "6": ("5", "sequence"),
    }


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
        ("3", "sequence"),
        ("4", "sequence"),
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
    assert parents(result)["4"] == ("3", "sequence")


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
    assert parents(result) == {"2": ("4", "quote"), "3": ("1", "sequence"), "4": ("3", "sequence")}


def test_the_platforms_own_parent_comes_first():
    result = resolved(
        post(1, "Ann", LONG), post(2, "Bob", OTHER), post(3, "Cid", "Hm.", ("Ann", LONG), reply_to="2")
    )
    assert parents(result)["3"] == ("2", "native")
    assert {(r.parent, r.method) for r in result.replies if r.post == "3"} == {
        ("2", "native"),
        ("1", "quote"),
    }


# Whole threads, at random: whatever is quoted, renamed, lost or out of order, these things hold.

SENTENCES = [
    f"{a} {b} {c} for every {d} in the {e} contract."
    for a, b, c in (("Fees", "rise", "again"), ("Clients", "cancel", "quietly"), ("Ratings", "fall", "fast"))
    for d in ("milestone", "dispute", "beginner")
    for e in ("hourly", "fixed", "secret")
]
people = st.sampled_from(["Ann", "Bob", "Cid D", None])


@st.composite
def threads(draw):
    posts = []
    for number in range(draw(st.integers(1, 9))):
        quoted = draw(st.lists(st.tuples(people, st.sampled_from(SENTENCES)), max_size=2))
        text = " ".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3)))
        hour = draw(st.integers(0, 9))
        reply_to = draw(st.none() | st.integers(0, 9).map(str))
        dated = draw(st.booleans())
        posts.append(
            post(
                number,
                draw(people),
                text,
                *quoted,
                reply_to=reply_to,
                posted_at=START + timedelta(hours=hour) if dated else None,
            )
        )
    return thread(*posts)


def test_an_author_who_was_only_inferred_makes_no_other_post_of_it():
    raw = thread(post(0, None, LONG, posted_at=None), post(1, None, LONG, ("Ann", LONG), posted_at=None))
    once = resolve(assemble(None, [raw]))
    assert once.posts[0].author.name == "Ann"
    assert resolve(assemble(once, [raw])) == once


@settings(max_examples=150, deadline=None)
@given(threads())
def test_resolving_twice_changes_nothing(raw):
    once = resolve(assemble(None, [raw]))
    assert resolve(once) == once
    assert resolve(assemble(once, [raw])) == once


@settings(max_examples=150, deadline=None)
@given(threads())
def test_the_primary_replies_are_a_forest(raw):
    result = resolve(assemble(None, [raw]))
    parent = {r.post: r.parent for r in result.replies if r.is_primary}
    assert len(parent) == sum(r.is_primary for r in result.replies)
    assert set(parent) == {p.id for p in result.posts} - {raw.posts[0].id}
    for at in parent:
        seen = set()
        while at in parent:
            assert at not in seen
            seen.add(at)
            at = parent[at]


@settings(max_examples=150, deadline=None)
@given(threads())
def test_answers_are_sure_or_silent_and_lead_to_a_post(raw):
    result = resolve(assemble(None, [raw]))
    ids = {p.id for p in result.posts}
    for each in result.posts:
        for quote in each.quotes:
            assert (quote.source_post_id is None) == (quote.source_confidence is None)
            assert quote.source_post_id is None or quote.source_post_id in ids - {each.id}
            assert quote.source_confidence is None or 0.5 <= quote.source_confidence <= 1
