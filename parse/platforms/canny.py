"""Canny: boards of ideas with votes, a status and a tree of comments, from the state in each page.

The state, written for the page's script, is known from what reads it (archivers of VRChat's boards and of
Port's roadmap, 2025 and 2026): `boards.items` by name, `posts` by board and name, `postQueries` in the order
shown, `postsActivity` with what was said of each post. A guest gets all of it with every page.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from parse.html_fields import address
from parse.html_site import site_title
from parse.json_fields import decoded, mapping, text, whole
from parse.model import (
    Board,
    Link,
    LinkKind,
    PageKind,
    Reading,
    ThreadRow,
)
from parse.page import Document
from parse.software.canny_post import Talk, values
from parse.urls import parameter, tidy

_STATE = "window.__data"
_PARTS = ('"postsActivity"', '"postQueries"')
_UNSET = re.compile(r'"(?:[^"\\]|\\.)*"|\bundefined\b', re.S)
"""The state is an expression of JavaScript: JSON but for one word, which people also write."""
_THREAD = re.compile(r"\A(https?://[^/]+(?:/[^/?#]+)*?)/([^/?#]+)/p/([^/?#]+)")
_NOT_LISTED = ("complete", "closed")
"""The statuses whose posts a board shows only when asked for them."""


class Canny:
    name = "canny"

    def detect(self, doc: Document) -> float:
        return 0.95 if _STATE in doc.text and any(part in doc.text for part in _PARTS) else 0.0

    def canonical(self, url: str) -> str:
        return re.sub(r"[?&]page=1\Z", "", tidy(url, ("status", "page")))

    def read(self, doc: Document) -> Reading:
        url = self.canonical(address(doc))
        reading = Reading(
            platform=self.name, kind=PageKind.OTHER, canonical_url=url, site_title=site_title(doc)
        )
        state, m = _state(doc), _THREAD.match(url)
        if not state:
            told = "the state that the page should carry is cut off or missing"
            return replace(reading, kind=PageKind.THREAD if m else PageKind.OTHER, warnings=(told,))
        return self._thread(doc, state, reading, m) if m else self._listing(state, reading)

    def _thread(self, doc: Document, state: dict[str, Any], reading: Reading, m: re.Match[str]) -> Reading:
        post = next((each for each in _posts(state) if text(each.get("urlName")) == m[3]), {})
        if post.get("notAuthorized"):
            return replace(reading, kind=PageKind.LOGIN)
        if not text(post.get("_id")) or post.get("notFound") or post.get("deletedAt"):
            return replace(reading, kind=PageKind.MISSING)
        board = _board(mapping(post.get("board")), m[1]) or _board({"urlName": m[2]}, m[1])
        thread = Talk(doc, state, post).thread(reading.canonical_url, board)
        return replace(
            reading,
            kind=PageKind.THREAD,
            threads=(thread,),
            boards=(board,) if board else (),
            links=(Link(url=board.url, kind=LinkKind.BOARD),) if board else (),
        )

    def _listing(self, state: dict[str, Any], reading: Reading) -> Reading:
        """A board; else the front page, which shows posts of all boards but is read for the boards alone."""
        place = reading.canonical_url.partition("?")[0].rstrip("/")
        site, _, name = place.rpartition("/")
        listed = values(mapping(state.get("boards")).get("items"))
        boards = {text(each.get("urlName")): each for each in listed}
        here = _board(boards.get(name, {}), site)
        if here is None:
            found = tuple(board for each in boards.values() if (board := _board(each, place)))
            links = tuple(Link(url=board.url, kind=LinkKind.BOARD) for board in found)
            return replace(reading, kind=PageKind.INDEX, boards=found, links=links)
        rows = {row.id: row for each in _shown(state) if (row := _row(each, here))}
        return replace(
            reading,
            kind=PageKind.BOARD,
            board=here,
            rows=tuple(rows.values()),
            links=(
                *(Link(url=row.url, kind=LinkKind.THREAD) for row in rows.values()),
                *_pages(state, reading.canonical_url, here),
            ),
        )


def _state(doc: Document) -> dict[str, Any]:
    """What the page's last assignment gives its script; nothing where the page is cut off within it."""
    source = doc.text.partition(_STATE)[2].partition("</script")[0]
    source = source[source.find("{") : source.rfind("}") + 1]
    return mapping(decoded(_UNSET.sub(lambda m: "null" if m[0] == "undefined" else m[0], source)))


def _posts(state: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Whatever the page knows of any post, by board and name."""
    for board in values(state.get("posts")):
        yield from values(board)


def _shown(state: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The posts that a listing shows, in its order."""
    known = {(text(each.get("boardID")), text(each.get("urlName"))): each for each in _posts(state)}
    for query in values(state.get("postQueries")):
        for entry in values(query.get("posts")):
            name = text(entry.get("postURLName")) or text(entry.get("urlName"))
            yield known.get((text(entry.get("boardID")), name), entry)


def _row(post: dict[str, Any], here: Board) -> ThreadRow | None:
    number, name = text(post.get("_id")), text(post.get("urlName"))
    elsewhere = text(mapping(post.get("board")).get("urlName")) not in ("", here.id)
    if not number or not name or elsewhere:
        return None
    return ThreadRow(
        id=number,
        title=text(post.get("title")),
        url=f"{here.url}/p/{name}",
        reply_count=whole(post.get("commentCount")),
        is_sticky=post.get("pinned") is True,
    )


def _pages(state: dict[str, Any], url: str, here: Board) -> Iterator[Link]:
    status, page = parameter(url, "status"), whole(parameter(url, "page")) or 1
    if any(query.get("hasNextPage") is True for query in values(state.get("postQueries"))):
        chosen = f"status={status}&" if status else ""
        yield Link(url=f"{here.url}?{chosen}page={page + 1}", kind=LinkKind.PAGE)
    if status is None and page == 1:
        yield from (Link(url=f"{here.url}?status={each}", kind=LinkKind.PAGE) for each in _NOT_LISTED)


def _board(entry: dict[str, Any], site: str) -> Board | None:
    name = text(entry.get("urlName"))
    return Board(id=name, title=text(entry.get("name")), url=f"{site}/{name}") if name else None


platform = Canny()
