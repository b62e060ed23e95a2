"""NodeBB's JSON: topics, categories and the list of them, as `/api/…` and `/api/v3/…` give them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from parse.json_fields import epoch, mapping, text, whole
from parse.model import Link, LinkKind, PageKind, Reading, Thread
from parse.page import Document
from parse.software import nodebb_answer as answer
from parse.urls import tidy

_SLUG = re.compile(r"(/(?:topic|category)/[^/?#]+)(?:/[^?#]*)?")


class NodeBBApi:
    name = "nodebb_api"
    software = "nodebb"

    def detect(self, doc: Document) -> float:
        return 0.95 if doc.json is not None and answer.kind(_data(doc)) else 0.0

    def canonical(self, url: str) -> str:
        return _SLUG.sub(r"\1", tidy(url, ("page",))).removesuffix("?page=1")

    def read(self, doc: Document) -> Reading:
        reading = Reading(platform=self.name, kind=PageKind.OTHER, canonical_url=self.canonical(doc.page.url))
        data = _data(doc)
        match answer.kind(data):
            case "topic":
                return self._topic(doc, data, reading)
            case "category":
                return self._category(doc, data, reading)
            case "categories":
                boards = tuple(answer.boards(data.get("categories"), _site(doc)))
                links = tuple(Link(url=board.url, kind=LinkKind.BOARD) for board in boards)
                return replace(reading, kind=PageKind.INDEX, boards=boards, links=links)
        return replace(reading, warnings=("JSON, but neither a topic nor a category of NodeBB",))

    def _topic(self, doc: Document, data: dict[str, Any], reading: Reading) -> Reading:
        site, pages = _site(doc), _site(doc).removesuffix("/api")
        board = next(answer.boards(data.get("category"), site), None)
        pagination = mapping(data.get("pagination"))
        thread = Thread(
            id=text(data["tid"]),
            title=answer.title(data),
            url=f"{pages}/topic/{text(data['tid'])}",
            board=board,
            started_at=epoch(data.get("timestamp")),
            stated_reply_count=answer.replies(data),
            view_count=whole(data.get("viewcount")),
            is_locked=answer.is_set(data.get("locked")),
            is_sticky=answer.is_set(data.get("pinned")),
            page_number=whole(pagination.get("currentPage")),
            page_count=whole(pagination.get("pageCount")),
            posts=answer.posts(data, pages, doc),
            is_solved=answer.is_set(data.get("isSolved")),
            events=tuple(dict.fromkeys(answer.events(data, pages, doc))) or answer.marks(data),
        )
        boards = (Link(url=board.url, kind=LinkKind.BOARD),) if board else ()
        return replace(
            reading,
            kind=PageKind.THREAD if thread.posts else PageKind.PAST_END,
            threads=(thread,),
            boards=(board,) if board else (),
            links=(*self._pages(pagination, reading.canonical_url), *boards),
        )

    def _pages(self, pagination: dict[str, Any], url: str) -> Iterator[Link]:
        current = whole(pagination.get("currentPage")) or 1
        for number in range(1, min(whole(pagination.get("pageCount")) or 1, 10_000) + 1):
            if number != current:
                address = url.partition("?")[0]
                yield Link(url=f"{address}?page={number}" if number > 1 else address, kind=LinkKind.PAGE)

    def _category(self, doc: Document, data: dict[str, Any], reading: Reading) -> Reading:
        site = _site(doc)
        rows, boards = answer.rows(data, site), tuple(answer.boards(data.get("children"), site))
        links = [Link(url=row.url, kind=LinkKind.THREAD) for row in rows]
        links += [Link(url=board.url, kind=LinkKind.BOARD) for board in boards]
        links += self._pages(mapping(data.get("pagination")), reading.canonical_url)
        return replace(
            reading,
            kind=PageKind.BOARD,
            board=next(answer.boards(data, site), None),
            boards=boards,
            rows=rows,
            links=tuple(links),
        )


def _data(doc: Document) -> dict[str, Any]:
    """The answer; version 3 wraps it."""
    data = mapping(doc.json)
    return mapping(data["response"]) if "status" in data and "response" in data else data


def _site(doc: Document) -> str:
    return doc.page.url.partition("/api/")[0] + "/api"


platform = NodeBBApi()
