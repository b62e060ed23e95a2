"""An issue or merge request of GitLab as its interface gives it, and the notes below it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from parse.dates import parse_time
from parse.json_fields import mapping, text, whole
from parse.markdown import untangle_markdown
from parse.model import Author, Board, PlatformEvent, Post, Thread
from parse.page import Document
from parse.software.bylined import bylined

_HAPPENED = (
    (re.compile(r"\Aunlocked\b"), "thread_unlocked"),
    (re.compile(r"\Alocked\b"), "thread_locked"),
    (re.compile(r"\Achanged (?:the )?title\b"), "thread_retitled"),
    (re.compile(r"\Amoved (?:to|from)\b"), "thread_moved"),
    (re.compile(r"\Amarked this \w+ as a duplicate of\b"), "thread_merged"),
)


def numbered(kind: str, project: str, number: str) -> str:
    return f"{project}/{kind}/{number}"


def thing_number(thing: dict[str, Any]) -> str:
    kind = "merge_requests" if "/merge_requests/" in text(thing.get("web_url")) else "issues"
    return numbered(kind, text(thing["project_id"]), text(thing["iid"]))


def thread(doc: Document, thing: dict[str, Any]) -> Thread:
    """When it was locked, and by whom, is noted among the discussions."""
    opening, state = _opening(doc, thing), text(thing.get("state"))
    return Thread(
        id=thing_number(thing),
        title=text(thing.get("title")),
        url=text(thing.get("web_url")),
        board=board(thing),
        started_at=opening.posted_at,
        stated_reply_count=whole(thing.get("user_notes_count")),
        is_locked=thing.get("discussion_locked") is True,
        is_solved=state in ("closed", "merged") and thing.get("moved_to_id") is None,
        status=state.capitalize() or None,
        page_number=1,
        posts=(opening,),
    )


def _opening(doc: Document, thing: dict[str, Any]) -> Post:
    """Many an issue is told by its title alone."""
    words = text(thing.get("description")).strip() or text(thing.get("title"))
    post = _made(doc, thing, f"{thing_number(thing)}#0", words)
    return replace(
        post,
        position=1,
        url=text(thing.get("web_url")) or None,
        like_count=whole(thing.get("upvotes")),
        dislike_count=whole(thing.get("downvotes")),
    )


def posts(doc: Document, notes: list[dict[str, Any]], opening: str) -> Iterator[Post]:
    """In a discussion all answer its first note."""
    said = [note for note in notes if note.get("system") is not True]
    for note in said:
        parent = opening if note is said[0] else text(said[0]["id"])
        yield replace(_made(doc, note, text(note["id"]), text(note.get("body"))), reply_to=parent)


def _made(doc: Document, entry: dict[str, Any], number: str, words: str) -> Post:
    body, author = untangle_markdown(words), _author(entry.get("author"))
    return replace(
        bylined(number, body, author),
        posted_at=_time(doc, entry.get("created_at")),
    )


def events(doc: Document, notes: list[dict[str, Any]]) -> Iterator[PlatformEvent]:
    for note in notes:
        words = text(note.get("body"))
        kind = next((kind for said, kind in _HAPPENED if said.search(words)), None)
        if note.get("system") is True and kind:
            yield PlatformEvent(
                kind=kind,
                actor=_author(note.get("author")),
                occurred_at=_time(doc, note.get("created_at")),
                excerpt=words[:200],
            )


def board(thing: dict[str, Any]) -> Board | None:
    """The project, by its path in the address of the issue."""
    place = text(thing.get("web_url")).partition("/-/")[0]
    path = "/".join(place.split("/")[3:])
    return Board(id=path, title=path, url=f"{place}/-/issues") if path else None


def _author(value: Any) -> Author | None:
    user = mapping(value)
    name, login = text(user.get("name")).strip(), text(user.get("username"))
    if not name and not login:
        return None
    return Author(
        name=name or login,
        user_id=text(user.get("id")) or None,
        login=login or None,
        profile_url=text(user.get("web_url")) or None,
    )


def _time(doc: Document, value: Any) -> datetime | None:
    return parse_time(text(value), now=doc.page.fetched_at)
