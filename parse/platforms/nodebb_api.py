"""NodeBB's JSON: topics, categories and the list of them, as `/api/…` and `/api/v3/…` give them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from parse.body import QuoteMarkup, untangle
from parse.dates import parse_time
from parse.html_post import is_staff
from parse.json_fields import entries, epoch, fragment, mapping, text, whole
from parse.model import (
    Author,
    Board,
    Link,
    LinkKind,
    PageKind,
    PlatformEvent,
    Post,
    PostState,
    Reading,
    Thread,
    ThreadRow,
)
from parse.page import Document
from parse.quotes.links import linked
from parse.urls import tidy

_QUOTES = QuoteMarkup(block="blockquote", describe=linked('p a[href*="/post/"]', r"/post/([^/?#]+)"))
_EVENTS = {"lock": "thread_locked", "unlock": "thread_unlocked", "move": "thread_moved",
           "delete": "thread_removed", "fork": "thread_split", "merge": "thread_merged"}  # fmt: skip
_GONE_USER = "[[global:former-user]]"
_SLUG = re.compile(r"(/(?:topic|category)/\d+)(?:/[^?#]*)?")


class NodeBBApi:
    name = "nodebb_api"
    software = "nodebb"

    def detect(self, doc: Document) -> float:
        return 0.95 if doc.json is not None and _kind(_data(doc)) else 0.0

    def canonical(self, url: str) -> str:
        return _SLUG.sub(r"\1", tidy(url, ("page",))).removesuffix("?page=1")

    def read(self, doc: Document) -> Reading:
        reading = Reading(platform=self.name, kind=PageKind.OTHER, canonical_url=self.canonical(doc.page.url))
        data = _data(doc)
        match _kind(data):
            case "topic":
                return self._topic(doc, data, reading)
            case "category":
                return self._category(doc, data, reading)
            case "categories":
                boards = tuple(_boards(data.get("categories"), _site(doc)))
                links = tuple(Link(url=board.url, kind=LinkKind.BOARD) for board in boards)
                return replace(reading, kind=PageKind.INDEX, boards=boards, links=links)
        return replace(reading, warnings=("JSON, but neither a topic nor a category of NodeBB",))

    def _topic(self, doc: Document, data: dict[str, Any], reading: Reading) -> Reading:
        site, count = _site(doc), whole(data.get("postcount"))
        board = next(_boards(data.get("category"), site), None)
        pagination = mapping(data.get("pagination"))
        locked = data.get("locked") in (1, True)
        events = tuple(dict.fromkeys(_events(data, site, doc)))
        thread = Thread(
            id=text(data["tid"]),
            title=text(data.get("titleRaw") or data.get("title")),
            url=f"{site.removesuffix('/api')}/topic/{text(data['tid'])}",
            board=board,
            started_at=epoch(data.get("timestamp")),
            stated_reply_count=count - 1 if count else None,
            view_count=whole(data.get("viewcount")),
            is_locked=locked,
            is_sticky=data.get("pinned") in (1, True),
            page_number=whole(pagination.get("currentPage")),
            page_count=whole(pagination.get("pageCount")),
            posts=tuple(_post(entry, site, doc) for entry in entries(data.get("posts")) if entry.get("pid")),
            events=events or ((PlatformEvent(kind="thread_locked"),) if locked else ()),
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
        rows = tuple(_row(entry, site) for entry in entries(data.get("topics")) if entry.get("tid"))
        boards = tuple(_boards(data.get("children"), site))
        links = [Link(url=row.url, kind=LinkKind.THREAD) for row in rows]
        links += [Link(url=board.url, kind=LinkKind.BOARD) for board in boards]
        links += self._pages(mapping(data.get("pagination")), reading.canonical_url)
        return replace(
            reading,
            kind=PageKind.BOARD,
            board=next(_boards(data, site), None),
            boards=boards,
            rows=rows,
            links=tuple(links),
        )


def _data(doc: Document) -> dict[str, Any]:
    """The answer; version 3 wraps it."""
    data = mapping(doc.json)
    return mapping(data["response"]) if "status" in data and "response" in data else data


def _kind(data: dict[str, Any]) -> str | None:
    posts, topics = list(entries(data.get("posts") or [])), data.get("topics")
    if "tid" in data and ("postcount" in data or any("pid" in post for post in posts)):
        return "topic"
    if "cid" in data and isinstance(topics, list):
        return "category"
    listed = list(entries(data.get("categories") or []))
    return "categories" if any("cid" in each and "slug" in each for each in listed) else None


def _site(doc: Document) -> str:
    return doc.page.url.partition("/api/")[0] + "/api"


def _boards(data: Any, site: str) -> Iterator[Board]:
    """Categories and, below them, theirs."""
    waiting = list(entries(data if data is not None else []))
    for entry in waiting:  # grows while we walk it
        if entry.get("cid") is not None and not entry.get("link"):
            number = text(entry["cid"])
            yield Board(id=number, title=text(entry.get("name")), url=f"{site}/category/{number}")
        waiting += () if entry is data else entries(entry.get("children") or [])


def _row(entry: dict[str, Any], site: str) -> ThreadRow:
    number, count = text(entry["tid"]), whole(entry.get("postcount"))
    return ThreadRow(
        id=number,
        title=text(entry.get("titleRaw") or entry.get("title")),
        url=f"{site}/topic/{number}",
        reply_count=count - 1 if count else None,
        last_post_at=epoch(entry.get("lastposttime")),
        last_post_id=text(entry.get("teaserPid")) or None,
        is_sticky=entry.get("pinned") in (1, True),
        is_locked=entry.get("locked") in (1, True),
    )


def _post(entry: dict[str, Any], site: str, doc: Document) -> Post:
    body = untangle(fragment(text(entry.get("content"))), _QUOTES)
    author, editor = _author(entry.get("user"), site), _author(entry.get("editor"), site)
    gone = entry.get("deleted") in (1, True)
    index = whole(entry.get("index"))
    return Post(
        id=text(entry["pid"]),
        text="" if gone else body.text,
        full_text="" if gone else body.full_text,
        quotes=() if gone else body.quotes,
        author=author,
        author_method="byline" if author else None,
        author_confidence=1.0 if author else None,
        position=index + 1 if index is not None else None,
        posted_at=epoch(entry.get("timestamp")),
        edited_at=epoch(entry.get("edited") or None)
        or parse_time(text(entry.get("editedISO")), now=doc.page.fetched_at),
        edited_by=editor.name if editor else None,
        edited_by_staff=bool(editor and author and editor.key != author.key),
        url=f"{site.removesuffix('/api')}/post/{text(entry['pid'])}",
        like_count=whole(entry.get("votes")),
        state=PostState.REMOVED if gone else PostState.VISIBLE,
        reply_to=text(entry.get("toPid")) or None,
    )


def _author(said: Any, site: str) -> Author | None:
    """Whoever has left keeps a place without a name or page."""
    user = mapping(said)
    slug, name = text(user.get("userslug")), text(user.get("displayname") or user.get("username"))
    if not name:
        return None
    shown = entries(user.get("selectedGroups") or [])
    groups = [text(group.get("userTitle") or group.get("name")) for group in shown]
    return Author(
        name="A Former User" if name == _GONE_USER else name,
        user_id=text(user.get("uid")) if slug else None,
        login=slug or None,
        profile_url=f"{site.removesuffix('/api')}/user/{slug}" if slug else None,
        role=next(filter(None, groups), None),
        is_staff=any(map(is_staff, groups)),
    )


def _events(data: dict[str, Any], site: str, doc: Document) -> Iterator[PlatformEvent]:
    """The log of the topic, where the API tells it: with the topic, or with the posts it stands between."""
    logs = [data.get("events"), *(post.get("events") for post in entries(data.get("posts") or []))]
    for entry in (each for log in logs for each in entries(log or [])):
        if kind := _EVENTS.get(text(entry.get("type"))):
            at = parse_time(text(entry.get("timestampISO")), now=doc.page.fetched_at)
            yield PlatformEvent(kind=kind, actor=_author(entry.get("user"), site), occurred_at=at)


platform = NodeBBApi()
