"""Posts of guests, whose names are no links, stand among those of members on a page of unknown make."""

from datetime import UTC, datetime

import pytest

from parse.page import Page
from parse.registry import read

MEMBERS = ("Runa", "teo-b", "Marta Lind", "pia.b", "Brenn", "Odile", "K. Falk")
GUESTS = (
    "Passer by",
    "Oskar Lund",
    "visitor from Oslo",
    "Tim",
    "an old hand",
    "Jo",
    "Zed Moor",
    "Hm",
    "Wanda",
    "Kit",
)
WORDS = (
    "The last bus leaves before the late shift ends, so half of us walk home along the quay.",
    "Then let it run once an hour all night. The driver is paid for waiting anyway.",
    "No.",
    "I counted: on Monday there were four of us, on Friday thirty. Ask for Friday first, and for the rest later.",
    "Who would pay for that? The shops do not, and the town says that it has no money for quays.",
)  # fmt: skip
ROW = (
    '<tr class="{kind}" id="p{n}"><td><b>{name}</b><br>{rank}</td>'
    '<td><span class="when">{when}</span><div class="said">{words}</div></td></tr>'
)
BOX = (
    '<div class="{kind}" id="p{n}"><h2>#{n} <a href="viewtopic.php?pid={n}#p{n}">{when}</a></h2><div class="in">'
    '<dl><dt><strong>{name}</strong></dt><dd>{rank}</dd></dl><div class="said"><p>{words}</p></div></div></div>'
)


def _name(number, guests):
    return GUESTS[number] if number in guests else MEMBERS[number % len(MEMBERS)]


def _page(post, count, guests, kinds):
    posts = "".join(
        post.format(
            kind=kinds[number % len(kinds)],
            n=number + 50,
            name=_name(number, guests)
            if number in guests
            else f'<a href="profile.php?id={number % len(MEMBERS) + 3}">{_name(number, guests)}</a>',
            rank="Guest" if number in guests else "Member",
            when=f"2024-05-{number + 1:02d} 10:{number:02d}",
            words=WORDS[number % len(WORDS)],
        )
        for number in range(count)
    )
    body = (
        "<html><head><title>Night buses - Ferry Board</title></head><body>"
        '<div id="nav"><a href="index.php">Index</a> <a href="viewforum.php?id=4">Ideas</a></div>'
        f"<h1>Night buses</h1>{f'<table>{posts}</table>' if post is ROW else posts}</body></html>"
    )
    return Page(
        url="https://ferry.example/viewtopic.php?id=31",
        body=body.encode(),
        fetched_at=datetime(2024, 6, 15, tzinfo=UTC),
    )


@pytest.mark.parametrize("kinds", [("zab odd", "zab even"), ("zab",)], ids=["odd and even", "alike"])
@pytest.mark.parametrize("post", [ROW, BOX], ids=["rows", "boxes"])
@pytest.mark.parametrize(
    ("count", "guests"),
    [(2, {0}), (2, {1}), (3, {0}), (3, {1}), (4, {1, 3}), (10, {1, 3, 5}), (10, {3, 4, 5, 6, 7, 8}), (5, set(range(5)))],
)  # fmt: skip
def test_nobody_is_lost_and_everybody_is_named(post, count, guests, kinds):
    found = read(_page(post, count, guests, kinds)).threads[0].posts
    assert [one.author and one.author.name for one in found] == [_name(n, guests) for n in range(count)]
    assert [one.text for one in found] == [WORDS[n % len(WORDS)] for n in range(count)]


def test_the_link_of_a_date_is_nobodys_name():
    who = (
        '<a href="/runa">Runa</a> wrote',
        '<a href="/teo-b">teo-b</a> wrote',
        "<i></i> Passer by</span><span> wrote",
    )
    posts = "".join(
        f'<div class="zab" id="p{number + 50}"><div class="top"><span>{name} <a href="#p{number + 50}">'
        f'<span title="Sat, 0{number + 1} Mar 2018 10:00:00 CET">6 years ago</span></a></span></div>'
        f'<div class="said"><p>{words}</p></div></div>'
        for number, (name, words) in enumerate(zip(who, WORDS, strict=False))
    )
    body = f"<html><head><title>Night buses</title></head><body><h1>Night buses</h1>{posts}</body></html>"
    page = Page(
        url="https://ferry.example/b/31", body=body.encode(), fetched_at=datetime(2024, 6, 15, tzinfo=UTC)
    )
    found = read(page).threads[0].posts
    assert [one.author and one.author.name for one in found] == ["Runa", "teo-b", "Passer by"]
