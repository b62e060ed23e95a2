"""An article and its comments, in the layouts that weblogs, guestbooks and small programs have: whatever holds a
comment, and whether or not the box is called one of comments, the same is read."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from parse.model import PageKind
from parse.page import Page
from parse.registry import read


@dataclass(frozen=True)
class Comment:
    number: int
    name: str
    date: str
    text: str


COMMENTS = (
    Comment(
        31,
        "Marga Stol",
        "April 2, 2026, 9:05 a.m.",
        "The pump by the gate drips as well.\nWho has the key to it?",
    ),
    Comment(32, "old_tom", "April 2, 2026, 3:40 p.m.", "Agreed."),
    Comment(
        33, "Dr. Ines Falk", "April 3, 2026, 8:15 p.m.", "I would rather have a second tap than a new pump."
    ),
)
ARTICLE = (
    "The water board will close the main for three days in May, and every plot above the second row will be dry "
    "for as long. We have asked for a tank, and have been told that none is to be had before June. Whoever can "
    "lend a barrel, please write to the committee. Whoever can lend a cart to move the barrels, please write too. "
    "We will draw up a list of who waters when, and hang it beside the gate. Children may help, dogs may not."
)
HOLDERS = {
    "terms": ("dl", '<dt id="c{number}">{date} - {name}</dt><dd>{paragraphs}</dd>'),
    "bylines above": ("div", "<div><p class='meta'>{name}, {date}</p>{paragraphs}</div>"),
    "bylines below": ("div", "<div class='x'>{paragraphs}<p class='by'>{name} on {date}</p></div>"),
    "list items": ("ol", "<li><strong>{name}</strong> <span>{date}</span><div class='t'>{paragraphs}</div></li>"),
    "cells beside": ("table", "<tr><td>{name}<br>{date}</td><td>{paragraphs}</td></tr>"),
    "rows above": ("table", "<tr><th>{name} - {date}</th></tr><tr><td>{paragraphs}</td></tr>"),
    "bare, byline above": ("div", "<div class='e'><b>{name}</b> {date}<br>{lines}</div>"),
    "bare, byline below": ("div", "<div class='e'>{lines}<div class='by'>{name} on {date}</div></div>"),
    "bare, byline in line": ("div", "<div class='e'><a href='mailto:{number}@a.example'>{name}</a> ({date}): {lines}</div>"),
    "paragraph of lines": ("div", "<p><b>{name}</b> ({date})<br>{lines}</p>"),
    "all in one box": ("div", "<b>{name}</b> ({date})<br>{lines}<hr>"),
    "paragraphs above": ("div", "<p id='c{number}'><b>{name}</b> wrote on {date}:</p>{paragraphs}"),
    "paragraphs below": ("div", "<a name='c{number}'></a>{paragraphs}<p>Posted by: <a href='/w/{number}'>{name}</a> at {date}</p>"),
    "end of the line": ("ul", "<li>{lines} <small>{name} {date}</small></li>"),
    "behind a dash": ("ul", "<li>{lines} – {name}, {date}</li>"),
}  # fmt: skip
BOXES = {"called so": ' class="comment-list"', "with that id": ' id="comments"', "under a heading": ""}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("holder", HOLDERS)
def test_comments_are_read_in_any_layout(holder: str, box: str, count: int) -> None:
    posts = posts_of(page(holder, box, COMMENTS[:count]))

    expected = [("Wim de Boer", ARTICLE), *((c.name, " ".join(c.text.split())) for c in COMMENTS[:count])]
    assert [(post.author.name, " ".join(post.text.split())) for post in posts] == expected
    assert all(post.posted_at for post in posts[1:])


def page(holder: str, box: str, comments: tuple[Comment, ...]) -> str:
    tag, form = HOLDERS[holder]
    made = "".join(
        form.format(
            number=c.number,
            name=c.name,
            date=c.date,
            lines=c.text.replace("\n", "<br>"),
            paragraphs="".join(f"<p>{line}</p>" for line in c.text.split("\n")),
        )
        for c in comments
    )
    count = f"{len(comments)} comment{'s' * (len(comments) != 1)}"
    return (
        "<html><head><title>Dry days in May | Mill Lane</title></head><body>"
        "<ul><li><a href='/'>Home</a></li><li><a href='/about/'>About</a></li></ul>"
        "<article><div class='info'><span>Wim de Boer</span> <small>April 01, 2026, 14:58</small></div>"
        f"<h1>Dry days in May</h1><div class='body'><p>{ARTICLE}</p></div></article>"
        f"<section><h2>{count}</h2><{tag}{BOXES[box]}>{made}</{tag}>"
        "<form action='/say/'><label>Name</label><input name='n'><textarea name='t'></textarea></form></section>"
        "<footer>Mill Lane, since 1922</footer></body></html>"
    )


def posts_of(html: str):
    url = "https://mill.example/news/16/"
    reading = read(Page(url=url, body=html.encode(), fetched_at=datetime(2026, 6, 1, tzinfo=UTC)))
    return [post for thread in reading.threads for post in thread.posts]


def test_prose_that_tells_of_a_day_is_nobodys_byline() -> None:
    told = "The bridge opened on May 3, 2010.<br>The ferry stopped on May 9, 2010.<br>Nobody has missed it since."
    html = page("bylines above", "called so", COMMENTS).replace("<p>Agreed.</p>", f"<p>{told}</p>")

    posts = posts_of(html)

    assert [post.author.name for post in posts] == ["Wim de Boer", "Marga Stol", "old_tom", "Dr. Ines Falk"]
    assert re.sub(r"\s+", " ", posts[2].text) == told.replace("<br>", " ")


def test_a_name_that_ends_in_a_number_leaves_no_words_beside_it() -> None:
    """ "plot 7 May 19, 2026, 8:15 p.m." may be read as the 7th of May; what is left then is no comment."""
    comments = tuple(
        Comment(n, f"plot {n}", f"May {n + 10}, 2026, 8:15 p.m.", f"We of {n} water at six.")
        for n in range(9)
    )
    form = "<div class='meta'><a href='/users/{number}'>{name}</a> {date}</div><p>{text}</p>"
    made = (
        "".join(
            f"<ul class='comments'><li>{form.format(number=c.number, name=c.name, date=c.date, text=c.text)}"
            for c in comments
        )
        + "</li></ul>" * 9
    )

    posts = posts_of(f"<html><head><title>Six</title></head><body><h1>Six</h1>{made}</body></html>")

    assert [post.text for post in posts] == [c.text for c in comments]


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://mill.example/u/jane", PageKind.OTHER),
        ("file:///home/jane/u/page.html", PageKind.THREAD),
        ("file:///srv/members/16.html", PageKind.THREAD),
    ],
)
def test_the_folder_of_a_saved_page_makes_it_no_members_page(url: str, kind: PageKind) -> None:
    body = page("list items", "called so", COMMENTS).encode()
    assert read(Page(url=url, body=body, fetched_at=datetime(2026, 6, 1, tzinfo=UTC))).kind is kind
