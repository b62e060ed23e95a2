"""Threads as the warehouse holds them, in the shape in which pages are read: what new pages are merged into."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from parse.model import (
    Author,
    Board,
    PlatformEvent,
    Post,
    PostState,
    Quote,
    Reply,
    Thread,
    ThreadState,
)
from warehouse.store import Warehouse

Row = dict[str, Any]


def held_threads(db: Warehouse, site_id: str, thread_ids: Iterable[str]) -> dict[str, Thread]:
    """What is held of these threads, by the platform's ids; a thread that is not held is left out."""
    wanted = sorted(set(thread_ids))
    if not wanted:
        return {}
    db.connection.register(
        "wanted", pa.table({"thread_id": [f"{site_id}:{thread_id}" for thread_id in wanted]})
    )
    try:
        rows = {name: _rows(db, sql, site_id) for name, sql in _QUERIES.items()}
    finally:
        db.connection.unregister("wanted")
    return {row["id"]: _thread(row, rows) for row in rows["threads"][None]}


def _rows(db: Warehouse, sql: str, site_id: str) -> dict[str | None, list[Row]]:
    """Rows by what they belong to; `bare` in the SQL takes the site off an id."""
    bare = f"CREATE OR REPLACE TEMP MACRO bare(id) AS substr(id, {len(site_id) + 2})"
    db.connection.execute(bare)
    grouped: dict[str | None, list[Row]] = defaultdict(list)
    for row in db.query(sql).to_pylist():
        grouped[row.pop("belongs_to")].append(row)
    return grouped


def _thread(row: Row, rows: dict[str, dict[str | None, list[Row]]]) -> Thread:
    key = row["id"]
    board = {name: row.pop(f"board_{name}") for name in ("id", "title", "url")}
    return Thread(
        **row | {"state": ThreadState(row["state"])},
        board=Board(**board) if board["id"] is not None and board["title"] is not None else None,
        posts=tuple(_post(post, rows["quotes"][post["id"]]) for post in rows["posts"][key]),
        replies=tuple(Reply(**reply) for reply in rows["replies"][key]),
        events=tuple(_event(event) for event in rows["events"][key]),
    )


def _post(row: Row, quotes: list[Row]) -> Post:
    author = _author(row)
    kept = {"state": PostState(row["state"]), "aliases": tuple(row["aliases"])}
    return Post(**row | kept, author=author, quotes=tuple(Quote(**quote) for quote in quotes))


def _event(row: Row) -> PlatformEvent:
    actor = _author(row)
    return PlatformEvent(**row, actor=actor)


def _author(row: Row) -> Author | None:
    """Takes the author's columns out of a row."""
    fields = {name: row.pop(f"author_{name}") for name in _AUTHOR_FIELDS}
    return Author(**fields) if fields["name"] is not None else None


_AUTHOR_FIELDS = ("name", "user_id", "login", "profile_url", "role", "is_staff")
_AUTHOR_COLUMNS = ", ".join(f"authors.{name} AS author_{name}" for name in _AUTHOR_FIELDS)

_QUERIES = {
    "threads": """
        SELECT NULL AS belongs_to, bare(thread_id) AS id, threads.title, threads.url, started_at,
            stated_reply_count, view_count, is_locked, is_sticky, is_solved, state::VARCHAR AS state,
            bare(boards.board_id) AS board_id, boards.title AS board_title, boards.url AS board_url
        FROM threads SEMI JOIN wanted USING (thread_id) LEFT JOIN boards USING (board_id)
        ORDER BY thread_id
    """,
    "posts": f"""
        SELECT bare(thread_id) AS belongs_to, bare(post_id) AS id, text, full_text, aliases,
            author_method::VARCHAR AS author_method, author_confidence, position, posted_at, edited_at,
            edited_by, edited_by_staff, edit_reason, url, like_count, is_solution,
            posts.state::VARCHAR AS state, reply_to, reply_to_name, page_id, {_AUTHOR_COLUMNS}
        FROM posts SEMI JOIN wanted USING (thread_id) LEFT JOIN authors USING (author_id)
        ORDER BY position NULLS LAST, posted_at, post_id
    """,
    "quotes": """
        SELECT bare(post_id) AS belongs_to, quotes.ordinal, quotes.depth, quotes.text, parents.ordinal AS parent,
            quotes.attributed_to, quotes.source_ref, bare(quotes.source_post_id) AS source_post_id,
            bare(quotes.source_thread_id) AS source_thread_id, quotes.source_method::VARCHAR AS source_method,
            quotes.source_confidence
        FROM quotes
        SEMI JOIN (SELECT post_id FROM posts SEMI JOIN wanted USING (thread_id)) AS held USING (post_id)
        LEFT JOIN (SELECT quote_id, ordinal FROM quotes) AS parents ON parents.quote_id = quotes.parent_quote_id
        ORDER BY quotes.ordinal
    """,
    "replies": """
        SELECT bare(posts.thread_id) AS belongs_to, bare(replies.post_id) AS post,
            bare(replies.parent_post_id) AS parent, replies.method::VARCHAR AS method, replies.confidence,
            replies.is_primary
        FROM replies JOIN posts USING (post_id) SEMI JOIN wanted USING (thread_id)
        ORDER BY posts.position NULLS LAST, replies.post_id, is_primary DESC, parent_post_id
    """,
    "events": f"""
        SELECT bare(thread_id) AS belongs_to, kind::VARCHAR AS kind, bare(post_id) AS post_id, occurred_at,
            excerpt, confidence, {_AUTHOR_COLUMNS}
        FROM moderation_events SEMI JOIN wanted USING (thread_id)
        LEFT JOIN authors ON authors.author_id = actor_author_id
        WHERE method = 'platform'
        ORDER BY occurred_at, event_id
    """,
}
