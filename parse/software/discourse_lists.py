"""The lists of Discourse from their JSON: latest topics, those of a category, categories, newest posts."""

from datetime import datetime
from typing import Any

from parse.json_fields import whole
from parse.model import Board, ThreadRow
from parse.software.discourse_topics import read_time


def read_rows(topic_list: dict[str, Any], site: str, now: datetime) -> tuple[ThreadRow, ...]:
    """The topics of a list."""
    return tuple(_row(entry, site, now) for entry in topic_list.get("topics") or () if "id" in entry)


def _row(entry: dict[str, Any], site: str, now: datetime) -> ThreadRow:
    return ThreadRow(
        id=str(entry["id"]),
        title=entry.get("title") or entry.get("fancy_title") or "",
        url=f"{site}/t/{entry.get('slug') or '-'}/{entry['id']}",
        reply_count=posts_count - 1 if (posts_count := whole(entry.get("posts_count"))) else None,
        last_post_id=_highest(entry),
        last_post_at=read_time(entry.get("last_posted_at") or entry.get("bumped_at"), now),
        is_sticky=bool(entry.get("pinned") or entry.get("pinned_globally")),
        is_locked=bool(entry.get("closed") or entry.get("archived")),
    )


def _highest(entry: dict[str, Any]) -> str | None:
    """The number of the last post: unlike their count, it tells when one is taken out and one is added."""
    number = entry.get("highest_post_number")
    return str(number) if isinstance(number, int) else None


def read_categories(data: dict[str, Any], site: str) -> tuple[Board, ...]:
    """Categories and their sub-categories, from `/categories.json` or `/site.json`."""
    entries = list(
        data["categories"] if "categories" in data else data["category_list"].get("categories", [])
    )
    for entry in entries:  # grows while we walk it: sub-categories are listed within their parents
        entries.extend(entry.get("subcategory_list") or ())
    return tuple(
        Board(
            id=str(entry["id"]),
            title=entry.get("name") or "",
            url=f"{site}/c/{entry.get('slug') or '-'}/{entry['id']}/l/latest.json",
        )
        for entry in entries
        if "id" in entry
    )


def read_newest(posts: list[Any], site: str, now: datetime) -> tuple[ThreadRow, ...]:
    """The topics of the newest posts of the site, and when the last of each was written."""
    rows: dict[str, ThreadRow] = {}
    for entry in posts:
        if isinstance(entry, dict) and "topic_id" in entry:
            row = _topic_of(entry, site, now)
            rows.setdefault(row.id, row)
    return tuple(rows.values())


def _topic_of(entry: dict[str, Any], site: str, now: datetime) -> ThreadRow:
    return ThreadRow(
        id=str(entry["topic_id"]),
        title=entry.get("topic_title") or "",
        url=f"{site}/t/{entry.get('topic_slug') or '-'}/{entry['topic_id']}",
        last_post_at=read_time(entry.get("created_at"), now),
    )
