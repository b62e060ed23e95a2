"""Threads that a tool saved as plain text: posts apart, quotes ended, sources and authors found."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parse.model import ParseError, PostState, Thread
from parse.page import Page
from parse.registry import read
from parse.threads import assemble, resolve

GOLDEN = Path(__file__).parents[1] / "golden" / "plaintext"
REAL = Path(__file__).parents[2].parent / "shared" / "data" / "thread_extract.txt"


def page(text):
    return Page(
        url="https://forum.example.org/saved.txt",
        body=text.encode() if isinstance(text, str) else text,
        fetched_at=datetime(2024, 5, 15, 12, tzinfo=UTC),
        content_type="text/plain; charset=utf-8",
    )


def resolved(text):
    reading = read(page(text))
    assert reading.platform == "plaintext"
    return resolve(assemble(None, reading.threads))


def shown(thread: Thread):
    return [post for post in thread.posts if post.state is not PostState.GHOST]


@pytest.fixture(scope="module")
def stall():
    return resolved((GOLDEN / "no_bylines" / "page.txt").read_text())


def test_posts_without_bylines_come_apart(stall):
    assert [post.text.split()[0] for post in shown(stall)] == [
        "I", "That", "The", "Walter,", "No,", "Again", "Then", "Dear", "Yes,", "An", "Nonsense.", "At",
        "Hello", "One",
    ]  # fmt: skip


def test_every_quote_has_its_source_or_its_ghost(stall):
    order = {post.id: number for number, post in enumerate(shown(stall), 1)}
    found = [
        (order[post.id], order.get(quote.source_post_id), quote.source_method)
        for post in shown(stall)
        for quote in post.quotes
    ]
    assert found == [
        (2, None, "ghost"), (5, 4, "text"), (7, 6, "text"), (8, 6, "text"), (10, 9, "text"),
        (11, 12, "text"), (14, None, "ghost"),
    ]  # fmt: skip


def test_authors_are_those_the_page_proves(stall):
    names = [(post.author.name if post.author else None, post.author_method) for post in shown(stall)]
    assert names == [
        ("kiln_and_clay", "byline"),
        ("Walter", "addressed"),
        (None, None),
        ("Tomas B", "quoted"),
        (None, None),
        ("Tomas B", "quoted"),
        (None, None),
        ("Hanna", "addressed"),
        ("Milan K", "quoted"),
        ("Hanna", "addressed"),
        (None, None),
        ("Tomas B", "quoted"),
        ("LenaM", "byline"),
        (None, None),
    ]


def test_staff_is_known_by_rank(stall):
    assert [post.author.name for post in shown(stall) if post.author and post.author.is_staff] == ["LenaM"]


def test_a_ghost_holds_all_that_was_quoted_of_it(stall):
    (ghost,) = [post for post in stall.posts if post.state is PostState.GHOST]
    assert ghost.text.startswith("Mediation costs the same")
    assert ghost.text.endswith("That is not a joke.")
    assert ghost.author.name == "Tomas B"


def test_stacked_heads_nest_and_each_gets_its_words():
    thread = resolved((GOLDEN / "login_first" / "page.txt").read_text())
    third = shown(thread)[2]
    assert [(q.depth, q.attributed_to, q.text) for q in third.quotes] == [
        (1, "Bob K", "Yes it is."),
        (2, "Hanna P", "Is the fee really ten percent of the order?"),
    ]
    assert third.text == "It was eight when I began. As Bob wrote: nobody tells you."


WORDS = [
    "kiln",
    "glaze",
    "crown",
    "refund",
    "buyer",
    "office",
    "market",
    "bowl",
    "judge",
    "notice",
    "parcel",
    "winter",
    "letter",
    "apron",
]
sentences = st.lists(st.sampled_from(WORDS), min_size=5, max_size=12, unique=True).map(
    lambda words: " ".join(words).capitalize() + "."
)


@st.composite
def conversations(draw):
    """Posts as (author, quoted post or None, sentences); nobody quotes himself."""
    people = draw(st.lists(st.sampled_from(["Ann B", "Cid", "Dora F", "Erik"]), min_size=2, unique=True))
    posts = []
    for number in range(draw(st.integers(2, 7))):
        author = people[number % len(people)]
        others = [n for n, (name, _, _) in enumerate(posts) if name != author]
        quoted = draw(st.none() | st.sampled_from(others)) if others else None
        own = [f"Post{number} says: {s}" for s in draw(st.lists(sentences, min_size=1, max_size=3))]
        posts.append((author, quoted, own))
    return posts


def login_first(number, count, author):
    return [
        author.lower().replace(" ", "_"),
        "Community Member",
        f"{author} Member Since: Jan 5, 2015",
        f"{number} of {count}",
    ]


def with_dates(number, count, author):
    return [
        author,
        "Active Member",
        "Mark as New",
        "Bookmark",
        "Reply",
        f"Dec 4, 2017 05:{10 + number}:35 AM",
    ]


def message_of(number, count, author):
    return [f"MESSAGE {number} OF {count}", author, f"04-01-2024 08:{10 + number} PM"]


@pytest.mark.parametrize("byline", [login_first, with_dates, message_of])
@settings(max_examples=40, deadline=None)
@given(posts=conversations())
def test_pages_with_bylines_are_read_back_exactly(byline, posts):
    lines = ["A thread about glaze"]
    for number, (author, quoted, own) in enumerate(posts, 1):
        lines += byline(number, len(posts), author)
        if quoted is not None:
            lines += [f"{posts[quoted][0]} wrote:", *posts[quoted][2]]
        lines += own
    thread = resolved("\n".join(lines))
    assert [(p.author.name, p.text) for p in shown(thread)] == [(a, "\n".join(own)) for a, _, own in posts]
    ids = [post.id for post in shown(thread)]
    found = [ids.index(q.source_post_id) for p in shown(thread) for q in p.quotes]
    assert found == [quoted for _, quoted, _ in posts if quoted is not None]


@pytest.mark.parametrize("body", [b"\xff\xfe\x00\x01binary", b"Just a line.", b"\n\n  \n", b"Ann wrote:\n"])
def test_odd_input_is_read_or_refused_in_a_line(body):
    try:
        read(page(body))
    except Exception as error:
        assert type(error).__name__ == "ParseError"
        assert "\n" not in str(error)


PROSE = {
    "a licence": "Terms of the kiln\n\nWhoever fires a pot may keep it.\n\nNobody is liable for cracks.",
    "a list": "To buy\n- clay\n- glaze\n",
    "a log": "[10:00] <ann> is the kiln hot?\n[10:01] <bo> no\n",
}


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_a_text_in_which_nobody_talks_is_refused_unless_somebody_says_what_it_was(text):
    with pytest.raises(ParseError, match=r"nothing tells that people talk.*--platform plaintext"):
        read(page(text.encode()))
    (thread,) = read(page(text.encode()), "plaintext").threads
    assert len(thread.posts) == 1


def test_a_long_page_is_read_in_one_pass():
    lines = [f"Line {n} about the kiln number {n % 97} and its door." for n in range(20_000)]
    assert shown(resolved("3 REPLIES 3\n\nAnn wrote:\n\n" + "\n\n".join(lines)))


@pytest.mark.skipif(not REAL.exists(), reason="the measuring data is not here")
def test_the_real_extract():
    thread = resolved(REAL.read_bytes())
    quotes = [quote for post in shown(thread) for quote in post.quotes]
    assert (len(shown(thread)), len(thread.posts)) == (35, 36)
    assert all(quote.source_post_id for quote in quotes)
    assert sum(quote.source_method == "ghost" for quote in quotes) == 3
    assert sum(post.author is not None for post in shown(thread)) >= 14
