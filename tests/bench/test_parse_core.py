"""How fast bodies are untangled and threads resolved; an invented thread of the length of real ones.

`make bench` prints seconds a round; a round is POSTS posts.
"""

import random
from datetime import UTC, datetime

import pytest
from selectolax.lexbor import LexborHTMLParser

from parse.body import QuoteMarkup, untangle
from parse.extracts.page import Extract
from parse.model import Author, Post, Quote, Thread
from parse.threads import resolve

POSTS = 1000
WORDS = [
    first + last
    for first in ("", "re", "un", "over", "out", "inter")
    for last in [
        "the",
        "a",
        "of",
        "fee",
        "rating",
        "client",
        "contract",
        "dispute",
        "refund",
        "milestone",
        "escrow",
        "review",
        "answer",
        "paid",
    ]
] + [
    "the",
    "a",
    "of",
    "and",
    "to",
    "in",
    "is",
    "that",
    "it",
    "for",
    "not",
    "with",
    "as",
    "this",
    "but",
    "they",
    "have",
    "be",
    "on",
    "you",
] * 6


@pytest.fixture(scope="module")
def thread():
    """Every other post quotes an earlier one: whole, trimmed, or retyped in one word."""
    rng = random.Random(7)
    posts = []
    for number in range(POSTS):
        text = " ".join(rng.choice(WORDS) for _ in range(rng.randint(20, 200)))
        quotes = ()
        if number % 2:
            source = rng.choice(posts)
            words = source.text.split()
            start = rng.randrange(max(1, len(words) - 15))
            quoted = words[start : start + rng.randint(8, 60)]
            quotes = (Quote(ordinal=1, depth=1, text=" ".join(quoted), attributed_to=source.author.name),)
        author = Author(name=f"Member {rng.randrange(60)}")
        posts.append(Post(id=str(number), text=text, full_text=text, author=author, quotes=quotes))
    return Thread(id="t", title="", url="", posts=tuple(posts))


@pytest.fixture(scope="module")
def bodies(thread):
    markup = "".join(
        f'<div class="body">{_quoted(post)}<p>{post.text[:300]}</p><p>{post.text[300:]}</p></div>'
        for post in thread.posts
    )
    return LexborHTMLParser(markup).css("div.body")


def _quoted(post):
    return "".join(
        f"<blockquote><hr>{q.attributed_to} wrote:<p>{q.text}</p><hr></blockquote>" for q in post.quotes
    )


def test_untangle(benchmark, bodies):
    markup = QuoteMarkup(ends_at_rule=True)
    found = benchmark(lambda: [untangle(body, markup) for body in bodies])
    assert sum(len(body.quotes) for body in found) == POSTS // 2


def test_resolve(benchmark, thread):
    found = benchmark(resolve, thread)
    assert sum(bool(q.source_post_id) for post in found.posts for q in post.quotes) == POSTS // 2


def test_text_extract(benchmark, thread):
    page = "\n".join(
        f"member_{n}\nCommunity Member\n{post.author.name} Member Since: Jan 5, 2015\n{n + 1} of {POSTS}\n{post.text}"
        for n, post in enumerate(thread.posts)
    )
    found = benchmark(lambda: Extract(page, datetime(2024, 5, 15, tzinfo=UTC)).posts())
    assert len(found) == POSTS
