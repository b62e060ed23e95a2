"""What a page of NodeBB tells its script: the interface's own answer, whatever the theme shows of it.

A page that was saved after the script had gone on from another may carry that other's, so that each thing is
asked for by its number.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from parse.html_fields import find
from parse.json_fields import decoded, entries, listed, mapping, text, whole
from parse.model import Board, PlatformEvent, Post, Thread, ThreadRow
from parse.page import Document
from parse.software import nodebb_answer as answer


def state(doc: Document) -> dict[str, Any]:
    """What the page carries; empty where it carries nothing."""
    found = find(doc, "#ajaxify-data")
    return _decoded(found.text()) if found is not None else {}


@lru_cache(maxsize=1)
def _decoded(source: str) -> dict[str, Any]:
    """Asked for several times a page."""
    return mapping(decoded(source))


def told_posts(posts: Iterable[Post], data: dict[str, Any], doc: Document) -> Iterator[Post]:
    """The posts with the parent, the editor and the verdict that their theme may not show."""
    told = {text(entry.get("pid")): entry for entry in entries(data.get("posts") or [])}
    for post in posts:
        entry = told.get(post.id, {})
        edit = answer.edit(entry, doc)
        post = replace(
            post,
            reply_to=post.reply_to or text(entry.get("toPid")) or None,
            is_solution=post.is_solution or (bool(entry) and answer.is_solution(entry, data)),
        )
        yield (
            replace(post, edited_at=edit.at, edited_by=edit.by, edited_by_staff=edit.by_staff)
            if edit.by
            else post
        )


def told_thread(thread: Thread, data: dict[str, Any], site: str, doc: Document) -> Thread:
    """The thread with its counts, its category and its log, in whatever language a theme shows them."""
    if text(data.get("tid")) != thread.id:
        return thread
    count, is_shown = answer.replies(data), any(event.excerpt for event in thread.events)
    return replace(
        thread,
        title=answer.title(data) or thread.title,
        board=thread.board or next(boards(data.get("category"), site), None),
        stated_reply_count=thread.stated_reply_count if count is None else count,
        view_count=whole(data.get("viewcount")),
        is_solved=thread.is_solved or answer.is_set(data.get("isSolved")),
        events=thread.events if is_shown else _log(data, site, doc) or _marked(thread, data),
    )


def _log(data: dict[str, Any], site: str, doc: Document) -> tuple[PlatformEvent, ...]:
    return tuple(dict.fromkeys(answer.events(data, site, doc)))


def _marked(thread: Thread, data: dict[str, Any]) -> tuple[PlatformEvent, ...]:
    """What holds of the thread, where there is no log: not every theme shows that it was moved."""
    return tuple(dict.fromkeys((*thread.events, *answer.marks(data))))


def told_row(row: ThreadRow, told: ThreadRow) -> ThreadRow:
    """The row with counts that are not rounded, and a time."""
    count = row.reply_count if told.reply_count is None else told.reply_count
    return replace(row, reply_count=count, last_post_at=row.last_post_at or told.last_post_at)


def boards_below(data: dict[str, Any], site: str) -> Iterator[Board]:
    """The categories of an index, or those within a category, however deep."""
    return boards([*listed(data.get("categories")), *listed(data.get("children"))], site)


def boards(data: Any, site: str) -> Iterator[Board]:
    """Categories, at the addresses that links to them have."""
    for board, entry in answer.boards_with_entries(data, site):
        slug = text(entry.get("slug"))
        yield replace(board, url=f"{site}/category/{slug}" if slug else board.url)
