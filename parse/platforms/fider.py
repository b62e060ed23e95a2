"""Fider: one board of ideas with votes, a status, the team's response and comments, from each page's state.

Known from the software itself, as of 2020 to 2025. A page gives its script all that it shows; an idea comes
with all its comments. A list shows 30 ideas, without those that are done or declined, unless asked for all.
"""

import re
from dataclasses import replace
from typing import Any

from parse.html_fields import address
from parse.json_fields import decoded, entries, listed, mapping, text, whole
from parse.model import Board, Link, LinkKind, PageKind, Reading, ThreadRow
from parse.page import Document
from parse.software.fider_idea import Talk, idea_url
from parse.urls import tidy

_STATE = "script#server-data"
_PARTS = ('"server-data"', '"contextID"', '"props"')
_THREAD = re.compile(r"\A(https?://[^/]+)/posts/(\d+)")
_WALLS = ("SignIn/", "Error/Error401", "Error/Error403", "Error/NotInvited")
_NOT_LISTED = ("all", "completed", "declined")


class Fider:
    name = "fider"

    def detect(self, doc: Document) -> float:
        is_ours = all(part in doc.text for part in _PARTS) and doc.tree.css_first(_STATE) is not None
        return 0.95 if is_ours else 0.0

    def canonical(self, url: str) -> str:
        return tidy(url, () if _THREAD.match(url) else ("view", "limit"))

    def read(self, doc: Document) -> Reading:
        url, state = self.canonical(address(doc)), _state(doc)
        title = text(mapping(state.get("tenant")).get("name")) or None
        reading = Reading(platform=self.name, kind=PageKind.OTHER, canonical_url=url, site_title=title)
        page, props = text(state.get("page")), mapping(state.get("props"))
        if not state:
            told = "the state that the page should carry is cut off or missing"
            return replace(
                reading, kind=PageKind.THREAD if _THREAD.match(url) else PageKind.OTHER, warnings=(told,)
            )
        if page.startswith(_WALLS):
            return replace(reading, kind=PageKind.LOGIN)
        if page.startswith("Error/"):
            return replace(reading, kind=PageKind.MISSING)
        if text(mapping(props.get("post")).get("number")):
            return self._thread(doc, props, reading)
        return self._listing(props, reading) if "posts" in props else reading

    def _thread(self, doc: Document, props: dict[str, Any], reading: Reading) -> Reading:
        talk = Talk(doc, props, _site(reading.canonical_url))
        board = _board(reading)
        return replace(
            reading,
            kind=PageKind.THREAD,
            canonical_url=talk.url,
            threads=(talk.thread(board),),
            boards=(board,),
            links=(Link(url=board.url, kind=LinkKind.BOARD),),
        )

    def _listing(self, props: dict[str, Any], reading: Reading) -> Reading:
        site, board = _site(reading.canonical_url), _board(reading)
        rows = tuple(row for each in entries(listed(props.get("posts"))) if (row := _row(each, site)))
        lists = (f"{site}/?view={name}&limit=all" for name in _NOT_LISTED)
        pages = () if "view=" in reading.canonical_url else lists
        return replace(
            reading,
            kind=PageKind.BOARD,
            board=board,
            rows=rows,
            links=(
                *(Link(url=row.url, kind=LinkKind.THREAD) for row in rows),
                *(Link(url=url, kind=LinkKind.PAGE) for url in pages),
            ),
        )


def _state(doc: Document) -> dict[str, Any]:
    node = doc.tree.css_first(_STATE)
    return mapping(decoded(node.text())) if node else {}


def _site(url: str) -> str:
    return "/".join(url.split("/")[:3])


def _board(reading: Reading) -> Board:
    """There is one; it has no name but the site's."""
    return Board(id="posts", title=reading.site_title or "", url=f"{_site(reading.canonical_url)}/")


def _row(idea: dict[str, Any], site: str) -> ThreadRow | None:
    number = text(idea.get("number"))
    if not number:
        return None
    return ThreadRow(
        id=number,
        title=text(idea.get("title")),
        url=idea_url(idea, site),
        reply_count=whole(idea.get("commentsCount")),
    )


platform = Fider()
