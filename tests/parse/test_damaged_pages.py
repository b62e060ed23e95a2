"""Pages with holes, repeats and foreign bytes in them are read or refused in one line, whatever made them."""

import importlib.util
import json
import random
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

import pytest

from parse.model import ParseError
from parse.page import Page
from parse.registry import UNKNOWN, read

_SPEC = importlib.util.spec_from_file_location("golden_pages", Path(__file__).parent / "golden.py")
golden = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(golden)

FOREIGN = (
    b"<",
    b">",
    b'"',
    b"</div>",
    b"<blockquote>",
    b"{",
    b"]",
    b"null",
    b"\x00",
    b"\xff\xfe",
    b"\xe2\x80\xae",
)
NUMBERS = (b"", b"0", b"-5", b"9" * 20, b"null", b'"x"')
VALUES = (b"true", b"false", b"null", b"[]", b"{}", b'""')
DAMAGES = 12


def cut(body, start, end, rng):
    return body[:start] + body[end:]


def repeat(body, start, end, rng):
    return body[:end] + body[start:]


def end_early(body, start, end, rng):
    return body[:start]


def insert(body, start, end, rng):
    return body[:start] + rng.choice(FOREIGN) + body[start:]


def move(body, start, end, rng):
    rest = body[:start] + body[end:]
    to = rng.randrange(len(rest) + 1)
    return rest[:to] + body[start:end] + rest[to:]


def renumber(body, start, end, rng):
    numbers = list(re.finditer(rb"\d+", body)) or [re.match(b"", body)]
    found = rng.choice(numbers)
    return body[: found.start()] + rng.choice(NUMBERS) + body[found.end() :]


def revalue(body, start, end, rng):
    return body.replace(rng.choice(VALUES), rng.choice(VALUES), rng.randint(1, 5))


WAYS = (cut, repeat, end_early, insert, move, renumber, revalue)


def damaged(body, rng):
    for _ in range(rng.randint(1, 5)):
        start = rng.randrange(len(body) + 1)
        body = rng.choice(WAYS)(body, start, min(len(body), start + rng.randint(1, 1000)), rng)
    return body


def read_or_refused(page, way, platform=None):
    """Any other end than these names what was done to the page."""
    try:
        read(page, platform)
    except ParseError as refused:
        assert "\n" not in str(refused), way
    except Exception as error:
        error.add_note(f"what was done to the page: {way}")
        raise


def share(case, ways):
    """What is done to a page: everything, but to one of an unknown forum a third, which its name chooses.

    There are hundreds of those and one reader has all of them, so that each way is still tried on a hundred.
    """
    return ways if case.parent.name != UNKNOWN else ways[crc32(case.name.encode()) % 3 :: 3]


@pytest.mark.parametrize("case", list(golden.cases()), ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_damaged_page_is_read_or_refused(case):
    page = golden.page_of(case)
    for seed in share(case, range(DAMAGES)):
        body = damaged(page.body, random.Random(f"{case.name} {seed}"))
        read_or_refused(replace(page, body=body), f"seed {seed}")


def without(pattern, put=b""):
    found = re.compile(pattern)
    return lambda body: found.sub(put, body)


def thinned(pattern, seed):
    """Two in five of what the pattern finds are taken out, always the same."""
    found = re.compile(pattern)

    def thin(body):
        rng = random.Random(seed)
        return found.sub(lambda m: b"" if rng.random() < 0.4 else m[0], body)

    return thin


ATTRIBUTE = rb"""\s[\w-]+=("[^"]*"|'[^']*')"""
STRIPPED = {
    **{f"some attributes ({seed})": thinned(ATTRIBUTE, seed) for seed in range(4)},
    **{f"some tags ({seed})": thinned(rb"<[^>]*>", seed) for seed in range(4)},
    "links that say nothing": without(rb"(<a\b[^>]*>)[^<]*", rb"\1"),
    "words in no element": without(rb">[^<]+<", b"><"),
    "ids": without(rb"""\sid=("[^"]*"|'[^']*')"""),
    "ids and classes": without(rb"""\s(id|class)=("[^"]*"|'[^']*')"""),
    "addresses": without(rb"""\s(href|src|action)=("[^"]*"|'[^']*')"""),
    "empty attributes": without(rb"""=("[^"]*"|'[^']*')""", b'=""'),
    "data attributes": without(rb"""\sdata-[\w-]+=("[^"]*"|'[^']*')"""),
    "divisions": without(rb"</?(div|article|section|li|ul)\b[^>]*>"),
    "numbers": without(rb"\d+"),
    "odd numbers": without(rb"\d+", "²".encode()),
}
"""What a theme or a filter may take out of a whole page."""


@pytest.mark.parametrize("case", list(golden.cases()), ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_page_that_lacks_something_throughout_is_read_or_refused(case):
    page = golden.page_of(case)
    for what in share(case, list(STRIPPED)):
        read_or_refused(replace(page, body=STRIPPED[what](page.body)), what, case.parent.name)


def json_case(name):
    page = golden.page_of(golden.ROOT / "discourse" / name)
    return page, json.loads(page.body)


def test_half_an_emoji_in_json_costs_one_character():
    """Programs cut titles and names in the middle of a surrogate pair, and JSON can say so."""
    page, topic = json_case("topic")
    topic["title"] = "Cut here \ud83d"
    topic["post_stream"]["posts"][0]["name"] = "Ann \ud83d"
    (thread,) = read(replace(page, body=json.dumps(topic).encode())).threads
    assert thread.title == "Cut here ?"
    assert thread.posts[0].author.name == "Ann ?"


def test_a_count_that_no_forum_reaches_is_not_known():
    page, topic = json_case("topic")
    topic["views"] = 10**30
    (thread,) = read(replace(page, body=json.dumps(topic).encode())).threads
    assert thread.view_count is None


def test_a_page_whose_positions_are_damaged_is_refused():
    page, topic = json_case("topic")
    topic["post_stream"]["posts"][0]["post_number"] = 2**33
    try:
        (thread,) = read(replace(page, body=json.dumps(topic).encode())).threads
    except ParseError as refused:
        assert "damage" in str(refused)
    else:
        assert all((post.position or 0) < 2**31 for post in thread.posts)


def test_a_thousand_quotes_within_each_other_are_read_of_an_unknown_forum():
    words = "<p>The fee for a dispute should be refunded when the freelancer wins the case.</p>"
    deep = f"{'<blockquote>' * 1000}{words}{'Deeper still, and on. ' * 500}{'</blockquote>' * 1000}"
    posts = "".join(
        f'<div class="entry" id="e-{n}"><a href="/user/u{n}">User {n}</a> <time datetime="2026-03-01T10:0{n}:00Z">'
        f'1 March</time><div class="said">{deep if n == 2 else ""}<p>So say I, number {n}.</p></div></div>'
        for n in range(1, 6)
    )
    html = f"<!doctype html><html><head><title>Fees</title></head><body><h1>Fees</h1>{posts}</body></html>"
    page = Page(
        url="https://forum.example.org/t/1", body=html.encode(), fetched_at=datetime(2026, 11, 1, tzinfo=UTC)
    )
    (thread,) = read(page).threads
    assert [post.author.name for post in thread.posts] == [f"User {n}" for n in range(1, 6)]
    assert [post.text for post in thread.posts] == [f"So say I, number {n}." for n in range(1, 6)]
    assert thread.posts[1].quotes[-1].text.endswith("Deeper still, and on.")
