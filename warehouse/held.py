"""Threads as the warehouse holds them, in the shape in which pages are read."""

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
from warehouse.migrate import sql_files
from warehouse.store import Warehouse

Row = dict[str, Any]


def held_threads(db: Warehouse, site_id: str, thread_ids: Iterable[str]) -> dict[str, Thread]:
    """What is held of these threads, by the platform's ids; a thread that is not held is left out."""
    wanted = sorted(set(thread_ids))
    if not wanted:
        return {}
    # `bare` in the SQL takes the site off an id.
    bare = f"CREATE OR REPLACE TEMP MACRO bare(id) AS substr(id, {len(site_id) + 2})"
    db.connection.execute(bare)
    with db.named(wanted=pa.table({"thread_id": [f"{site_id}:{thread_id}" for thread_id in wanted]})):
        rows = {name: _grouped(db.query(sql)) for name, sql in sql_files("holding")}
    return {row["id"]: _thread(row, rows) for row in rows["threads"][None]}


def _grouped(found: pa.Table) -> dict[str | None, list[Row]]:
    """Rows by what they belong to."""
    grouped: dict[str | None, list[Row]] = defaultdict(list)
    for row in found.to_pylist():
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
