"""Listings of known platforms in themes that renamed their rows."""

from datetime import UTC, datetime

from parse.model import LinkKind, PageKind
from parse.page import Page
from parse.registry import read

_FOOT = '<p>Powered by <a href="https://www.phpbb.com/">phpBB</a></p>'
_PERSON = '<a href="./memberlist.php?mode=viewprofile&amp;u=7" class="username">Ann</a>'


def _row(number, title, mark=""):
    return (
        f'<div class="line {mark}"><a href="./viewtopic.php?f=3&amp;t={number}" class="topictitle">{title}</a>'
        f" by {_PERSON} <small>Mon May 13, 2024 9:05 am</small> <b>Last post</b> by {_PERSON} "
        f'<a href="./viewtopic.php?f=3&amp;p={number}9#p{number}9">»</a> <small>Tue May 14, 2024 8:0{number % 10} am</small></div>'
    )


def _read(path, body):
    url, now = f"https://forum.example.org/{path}", datetime(2024, 9, 1, tzinfo=UTC)
    return read(Page(url=url, body=f"<html><body>{body}{_FOOT}</body></html>".encode(), fetched_at=now))


def test_few_rows_of_a_board_are_what_it_links_to_with_a_date():
    rows = (
        _row(77, "Who pays for the crane?"),
        _row(78, "Rules", "icon-pin"),
        _row(79, "Old slipway", "fa-lock"),
    )
    reading = _read("viewforum.php?f=3", f"<h2>Harbour</h2><main>{''.join(rows)}</main>")
    assert reading.kind is PageKind.BOARD
    assert reading.board.id == "3"
    assert [row.id for row in reading.rows] == ["77", "78", "79"]
    assert [row.last_post_id for row in reading.rows] == ["779", "789", "799"]
    assert [row.last_post_at.minute for row in reading.rows] == [7, 8, 9]
    assert len([link for link in reading.links if link.kind is LinkKind.THREAD]) == 3


def test_somebodys_profile_is_no_board():
    rows = "".join(_row(number, f"A topic of some length {number}") for number in range(71, 79))
    reading = _read("memberlist.php?mode=viewprofile&u=7", f"<main>{rows}</main>")
    assert reading.kind is PageKind.OTHER
    assert not reading.rows


def test_pages_are_told_by_numbers_that_lead_as_far_and_posts_are_no_pages():
    def post(number):
        return (
            f'<section id="x"><div class="post" id="p{number}"><p class="author"><a href="#p{number}">{number}</a>'
            f" by {_PERSON} » Mon May 13, 2024 9:05 am</p>"
            f'<div class="content">See <a href="./viewtopic.php?f=3&amp;t=77&amp;start=500">4</a>.</div></div></section>'
        )

    pages = "".join(
        f'<a class="n" href="./viewtopic.php?f=3&amp;t=77&amp;start={20 * (n - 1)}">{n}</a>' for n in (2, 3)
    )
    reading = _read("viewtopic.php?f=3&t=77", f"<h2>Crane</h2>{pages}{post(901)}{post(902)}")
    thread = reading.threads[0]
    assert (thread.page_number, thread.page_count) == (1, 3)
    assert [link.url[-8:] for link in reading.links if link.kind is LinkKind.PAGE] == ["start=20", "start=40"]
