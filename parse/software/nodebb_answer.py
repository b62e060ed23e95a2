"""What NodeBB answers: posts, rows of topics, categories; its pages carry the same for their script.

Known from NodeBB 1.4 running (its numbers are text where it keeps them in Redis), and from newer answers.
Names are escaped as HTML, but for `titleRaw`.
"""

from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import quote

from parse.body import untangle
from parse.dates import parse_time
from parse.html_post import is_staff
from parse.html_table import UNEDITED, Edit
from parse.json_fields import entries, epoch, fragment, mapping, text, whole
from parse.model import Author, Board, PlatformEvent, Post, PostState, ThreadRow
from parse.page import Document
from parse.software.nodebb_quotes import QUOTES

EVENTS = {"lock": "thread_locked", "unlock": "thread_unlocked", "move": "thread_moved",
           "delete": "thread_removed", "fork": "thread_split", "merge": "thread_merged"}  # fmt: skip
"""What a topic's log calls what was done to it."""
_FORMER = ("[[global:former-user]]", "[[global:former_user]]")
_GUEST = "[[global:guest]]"


def is_set(value: Any) -> bool:
    """A flag, in whatever way a database keeps it."""
    return value in (1, True, "1", "true")


def kind(data: dict[str, Any]) -> str | None:
    """What an answer is about: "topic", "category" or "categories"; None for any other JSON."""
    posts, topics = list(entries(data.get("posts") or [])), data.get("topics")
    if "tid" in data and ("postcount" in data or any("pid" in post for post in posts)):
        return "topic"
    if "cid" in data and isinstance(topics, list):
        return "category"
    listed = list(entries(data.get("categories") or []))
    return "categories" if any("cid" in each and "slug" in each for each in listed) else None


def title(data: dict[str, Any]) -> str:
    return text(data.get("titleRaw")) or unescape(text(data.get("title")))


def replies(data: dict[str, Any]) -> int | None:
    """Answers to a topic: the opening post is counted as well."""
    count = whole(data.get("postcount"))
    return count - 1 if count else None


def boards(data: Any, site: str) -> Iterator[Board]:
    """Categories and, below them, theirs. `site` is where paths start."""
    return (board for board, _ in boards_with_entries(data, site))


def boards_with_entries(data: Any, site: str) -> Iterator[tuple[Board, dict[str, Any]]]:
    """Categories and, below them, theirs, each as it is told; without those that only lead elsewhere."""
    waiting = list(entries(data if data is not None else []))
    for entry in waiting:  # grows while we walk it
        number = text(entry.get("cid"))
        if number and not entry.get("link"):
            known = number if number.removeprefix("-").isdecimal() else text(entry.get("slug"))
            name = unescape(text(entry.get("name")))
            yield Board(id=known, title=name, url=f"{site}/category/{known}"), entry
        waiting += () if entry is data else entries(entry.get("children") or [])


def rows(data: dict[str, Any], site: str) -> tuple[ThreadRow, ...]:
    """The topics of a listing."""
    return tuple(_row(entry, site) for entry in entries(data.get("topics")) if entry.get("tid"))


def _row(entry: dict[str, Any], site: str) -> ThreadRow:
    number = text(entry["tid"])
    return ThreadRow(
        id=number,
        title=title(entry),
        url=f"{site}/topic/{number}",
        reply_count=replies(entry),
        last_post_at=epoch(entry.get("lastposttime")),
        last_post_id=text(entry.get("teaserPid")) or None,
        is_sticky=is_set(entry.get("pinned")),
        is_locked=is_set(entry.get("locked")),
    )


def posts(data: dict[str, Any], site: str, doc: Document) -> tuple[Post, ...]:
    """The posts of a topic that this answer holds. `site` is where its pages start."""
    found = [entry for entry in entries(data.get("posts")) if entry.get("pid")]
    shown = {text(entry["pid"]) for entry in found if not is_copy(entry.get("index"))}
    return tuple(
        _post(entry, data, site, doc)
        for entry in found
        if not is_copy(entry.get("index")) or text(entry["pid"]) not in shown
    )


def is_copy(index: Any) -> bool:
    """Whether a post is the accepted answer, shown once more under the question."""
    return text(index) == "-1"


def is_solution(entry: dict[str, Any], topic: dict[str, Any]) -> bool:
    return is_set(entry.get("isAnswer")) or text(entry["pid"]) == (text(topic.get("solvedPid")) or None)


def post_url(site: str, pid: str) -> str:
    """A post from another server has an address for a number."""
    return f"{site}/post/{quote(pid, safe='')}"


def _post(entry: dict[str, Any], topic: dict[str, Any], site: str, doc: Document) -> Post:
    author, edited = _author(entry.get("user"), site), edit(entry, doc)
    gone = is_set(entry.get("deleted"))
    body = untangle(fragment("" if gone else text(entry.get("content"))), QUOTES)
    index = whole(entry.get("index"))
    return Post(
        id=text(entry["pid"]),
        text=body.text,
        full_text=body.full_text,
        quotes=body.quotes,
        author=author,
        author_method="byline" if author else None,
        author_confidence=1.0 if author else None,
        position=index + 1 if index is not None and index >= 0 else None,
        posted_at=epoch(entry.get("timestamp")),
        edited_at=edited.at,
        edited_by=edited.by,
        edited_by_staff=edited.by_staff,
        url=post_url(site, text(entry["pid"])),
        like_count=_votes(entry),
        dislike_count=whole(entry.get("downvotes")),
        is_solution=is_solution(entry, topic),
        is_copy=is_copy(entry.get("index")),
        state=PostState.REMOVED if gone else PostState.VISIBLE,
        reply_to=text(entry.get("toPid")) or None,
    )


def edit(entry: dict[str, Any], doc: Document) -> Edit:
    """When a post was edited last, and by whom."""
    at = epoch(entry.get("edited") or None) or _moment(entry.get("editedISO"), doc)
    author, editor = _author(entry.get("user"), ""), _author(entry.get("editor"), "")
    if at is None:
        return UNEDITED
    by_staff = bool(editor and author and editor.key != author.key)
    return Edit(at=at, by=editor.name if editor else None, by_staff=by_staff)


def _moment(said: Any, doc: Document) -> datetime | None:
    return parse_time(text(said), now=doc.page.fetched_at)


def _votes(entry: dict[str, Any]) -> int | None:
    """Which may be fewer than none."""
    said = text(entry.get("votes"))
    number = whole(said.removeprefix("-"))
    return -number if number and said.startswith("-") else number


def _author(said: Any, site: str) -> Author | None:
    """Whoever has left keeps a place without a name or page; a guest may have given a name."""
    user = mapping(said)
    slug, name = text(user.get("userslug")), unescape(text(user.get("displayname") or user.get("username")))
    if not name:
        return None
    shown = [*entries(user.get("selectedGroups") or []), *entries(user.get("selectedGroup") or [])]
    groups = [unescape(text(group.get("userTitle") or group.get("name"))) for group in shown]
    return Author(
        name="A Former User" if name in _FORMER else "Guest" if name == _GUEST else name,
        user_id=text(user.get("uid")) if slug else None,
        login=slug or None,
        profile_url=f"{site}/user/{slug}" if slug else None,
        role=next(filter(None, groups), None),
        is_staff=any(map(is_staff, groups)),
    )


def marks(data: dict[str, Any]) -> tuple[PlatformEvent, ...]:
    """What holds of a topic; all that versions without a log tell."""
    moved = text(data.get("oldCid")) not in ("", "0", "-1")
    kinds = {"thread_locked": is_set(data.get("locked")), "thread_moved": moved}
    return tuple(PlatformEvent(kind=each) for each, holds in kinds.items() if holds)


def events(data: dict[str, Any], site: str, doc: Document) -> Iterator[PlatformEvent]:
    """The log of the topic, where it is told: with the topic, or with the posts it stands between."""
    logs = [data.get("events"), *(post.get("events") for post in entries(data.get("posts") or []))]
    for entry in (each for log in logs for each in entries(log or [])):
        if said := EVENTS.get(text(entry.get("type"))):
            at = _moment(entry.get("timestampISO"), doc)
            yield PlatformEvent(kind=said, actor=_author(entry.get("user"), site), occurred_at=at)
