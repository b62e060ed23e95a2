"""Indexes and boards of forums that nobody knows."""

from datetime import UTC, datetime

import pytest

from parse.model import PageKind, ParseError, Reading
from parse.page import Page
from parse.registry import read

BOARDS = ("berths", "tides", "lamps")


def reading(body: str, url: str = "https://quay.example/") -> Reading:
    return read(Page(url=url, body=body.encode(), fetched_at=datetime(2024, 5, 1, tzinfo=UTC)))


def test_an_index_that_its_platform_cannot_read_is_read_by_what_it_counts():
    """A name in the markup makes no forum: another make may use the same one."""
    rows = "".join(
        f'<li class="row"><a class="forumtitle" href="/harbour/{name}">All about {name}</a> <i>{n} topics</i></li>'
        for n, name in enumerate(BOARDS, 4)
    )
    index = reading(f'<html><body id="phpbb"><ul class="forums">{rows}</ul></body></html>')
    assert index.kind is PageKind.INDEX
    assert [board.url for board in index.boards] == [
        f"https://quay.example/harbour/{name}" for name in BOARDS
    ]


def test_boards_beside_what_somebody_said_make_no_index():
    groups = "".join(f'<li><a href="/g/{name}">All about {name}</a></li>' for name in BOARDS)
    said = "The rings under the north quay are rusted through, and nobody has told the harbour master. " * 6
    with pytest.raises(ParseError):
        reading(f"<html><body><ul>{groups}</ul><h1>Rings</h1><p>{said}</p></body></html>")


def test_frames_are_told_with_what_they_show():
    with pytest.raises(
        ParseError, match=r"made of frames; what they show is at \S+/menu\.html, \S+/board\.cgi"
    ):
        reading('<html><frameset><frame src="/menu.html"><frame src="/cgi/board.cgi"></frameset></html>')


def test_a_lone_post_is_believed_where_the_site_is_known_for_a_forum():
    said = "The rings under the north quay are rusted through, and nobody has told the harbour master. " * 2
    byline = '<a href="/people/7">Ida</a> <time datetime="2024-04-02T10:00">2 April 2024</time>'
    body = f"<html><body><h1>Rings</h1><section>{byline}<p>{said}</p></section></body></html>"
    page = Page(
        url="https://quay.example/k/7", body=body.encode(), fetched_at=datetime(2024, 5, 1, tzinfo=UTC)
    )
    with pytest.raises(ParseError):
        read(page)
    (thread,) = read(page, "generic").threads
    assert [post.author.name for post in thread.posts if post.author] == ["Ida"]


def test_what_came_just_now_is_dated_like_the_rest():
    """The threads that changed last are those to be fetched."""
    times = ("just now", "less than a minute ago", "Updated just now", "3 days ago", "4 days ago")
    rows = "".join(
        f"<tr><td>{n}</td><td>{at}</td><td><a href='talk{n}'>What the {n} lamps on the quay cost</a></td></tr>"
        for n, at in enumerate(times, 2)
    )
    board = reading(
        f"<html><body><h1>Lamps</h1><table>{rows}</table></body></html>", "https://quay.example/lamps/"
    )
    assert [row.title for row in board.rows] == [f"What the {n} lamps on the quay cost" for n in range(2, 7)]
    assert all(row.last_post_at for row in board.rows)


def tickets(beside: str) -> Reading:
    rows = "".join(
        f"<tr><td><a href='/ticket/{n}'>#{n}</a></td><td><a href='/ticket/{n}'>What the lamp {n} on the quay needs</a></td>"
        f"<td>new</td></tr>"
        for n in (4, 9, 12, 31)
    )
    return reading(
        f"<html><body><h1>Open</h1>{beside}<table>{rows}</table></body></html>", "https://quay.example/list"
    )


def test_titles_without_dates_or_counts_are_a_list_where_their_addresses_say_so():
    board = tickets("<form><label>Owner</label><select><option>all</option></select></form>")
    assert board.kind is PageKind.BOARD
    assert [row.title for row in board.rows] == [
        f"What the lamp {n} on the quay needs" for n in (4, 9, 12, 31)
    ]


def test_titles_beside_an_article_are_no_list():
    said = "The rings under the north quay are rusted through, and nobody has told the harbour master. " * 2
    with pytest.raises(ParseError):
        tickets(f"<p>{said}</p>")
