"""A talk at random, written in every style of markup: what is read back is the talk, to the last edge."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parse.model import Author, Post, Thread
from parse.quotes.plain import untangle_text
from parse.threads import resolve
from tests.parse.test_body import STYLES, Quoted, as_mail, as_tags, read, rendered

START = datetime(2024, 5, 1, tzinfo=UTC)
NAMES = ["Ann", "Jane D", "bob_k", "Łukasz W"]
NUMBERS = ["zero", "one", "two", "three", "four", "five", "six"]


@st.composite
def talks(draw):
    """Posts as (author, numbers of the earlier posts quoted, whether their own quotes are kept in them)."""
    posts = []
    for number in range(draw(st.integers(2, 7))):
        quoted = draw(st.lists(st.integers(0, number - 1), max_size=2, unique=True)) if number else []
        posts.append((draw(st.sampled_from(NAMES)), quoted, draw(st.booleans())))
    return posts


def paragraph(number, part):
    return (
        f"Well, point {part} of post {NUMBERS[number]} is that fees rose {'very ' * part}much for all of us."
    )


def items(posts, number, deep):
    """A post as own words and quotes in turns, the quotes with the quotes within them."""
    _, quoted, keeps = posts[number]
    made = []
    for part, source in enumerate(quoted if deep else ()):
        made += [Quoted(posts[source][0], items(posts, source, keeps)), paragraph(number, part)]
    return tuple(made or [paragraph(number, 0)])


def written(style, body):
    if style == "mail":
        return untangle_text("\n".join(as_mail(body)))
    if style == "tags":
        return untangle_text(as_tags(body))
    markup, quote = STYLES[style]
    return read(rendered(body, quote), markup)


@pytest.mark.parametrize("style", [*STYLES, "mail", "tags"])
@settings(max_examples=40, deadline=None)
@given(talk=talks())
def test_a_talk_is_read_back_to_the_last_edge(style, talk):
    posts = []
    for number, (author, _, _) in enumerate(talk):
        body = written(style, items(talk, number, True))
        posts.append(
            Post(
                id=str(number),
                text=body.text,
                full_text=body.full_text,
                quotes=body.quotes,
                position=number + 1,
                posted_at=START + timedelta(hours=number),
                author=Author(name=author),
            )
        )
    found = resolve(Thread(id="t", title="Fees", url="https://forum.example.org/t/1", posts=tuple(posts)))
    assert len(found.posts) == len(talk)  # no ghosts
    for number, ((author, quoted, _), post) in enumerate(zip(talk, found.posts, strict=True)):
        own = [paragraph(number, part) for part in range(max(1, len(quoted)))]
        assert post.text == "\n\n".join(own)
        outer = [quote for quote in post.quotes if quote.depth == 1]
        assert [quote.source_post_id for quote in outer] == [str(source) for source in quoted]
        for quote in post.quotes:
            owner = next(w for w in NUMBERS if f"of post {w} " in quote.text)
            assert quote.source_post_id == str(NUMBERS.index(owner))
        answered = {r.parent for r in found.replies if r.post == post.id and r.method == "quote"}
        assert answered == {str(source) for source in quoted}
        primary = [r.parent for r in found.replies if r.post == post.id and r.is_primary]
        others = [str(source) for source in quoted if talk[source][0] != author]
        assert not others or primary[0] in others
