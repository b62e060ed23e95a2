"""Removes a person, a post or a thread from the warehouse, for good.

Their posts go with revisions, quotes, findings and events; what others quote of them is emptied; their name
is blotted out, letter for letter so that offsets hold, in every text of every table. A tombstone of keyed
hashes stops the next crawl from bringing them back. The archive is not ours to write: `Forgotten` says which
records are known to hold their words, and which names to look for in the others.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from warehouse.errors import WarehouseError
from warehouse.load import staged
from warehouse.migrate import sql_file
from warehouse.search import index_file
from warehouse.secret import digest, key
from warehouse.store import Warehouse, compact, writing
from warehouse.tables import all_tables

BLOT = "█"
SHORT = 5
"""A name of fewer letters, and nothing else in it, is blotted out only in this case: "Will" is a word too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record of the archive that holds what was forgotten."""

    archive_file: str
    archive_offset: int
    archive_length: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    names: tuple[str, ...]
    """Names, logins and profile pages to look for elsewhere."""
    posts: int
    records: tuple[Record, ...]
    """To be rewritten without them. Listings and feeds may name them too: look for `names` everywhere."""


def forget(path: Path, what: str, *, today: date) -> Forgotten:
    """Forgets an author (id, name, login or profile page), a post or a thread (id or URL) and publishes.

    Raises WarehouseError when nothing here is called that. The file is written anew, so that nothing lingers
    in its free space, and the search index is deleted.
    """
    secret = key(path)
    with writing(path) as db:
        forgotten = _forget(db, what, secret, today)
    compact(path)
    index_file(path).unlink(missing_ok=True)
    return forgotten


def _forget(db: Warehouse, what: str, secret: bytes, today: date) -> Forgotten:
    meant = db.query(sql_file("forgetting/find"), {"what": what})
    if len(meant) == 0:
        raise WarehouseError(f"nothing in {db.path} is called {what!r}; give a name, an id or a URL")
    with staged(db, {"meant": meant}):
        db.connection.execute(sql_file("forgetting/gather"))
        names = tuple(_names(db))
        records = [Record(**row) for row in db.query("FROM gone_records ORDER BY ALL").to_pylist()]
        posts = db.query("SELECT post_id FROM gone_posts ORDER BY ALL")["post_id"].to_pylist()
        marks = sorted({digest(secret, *parts) for parts in _tombstones(db)})
        db.connection.register(
            "in_tombstones", pa.table({"digest": pa.array(marks, pa.string()), "today": [today] * len(marks)})
        )
        db.connection.execute(sql_file("forgetting/erase"))
        _blot_out(db, names)
        db.connection.unregister("in_tombstones")
    return Forgotten(names=names, posts=len(posts), records=tuple(records))


def _names(db: Warehouse) -> Iterator[str]:
    rows = db.query(
        "SELECT DISTINCT unnest([name, login, profile_url]) AS name FROM gone_authors ORDER BY ALL"
    )
    return (name for name in rows["name"].to_pylist() if name)


def _tombstones(db: Warehouse) -> Iterator[tuple[str, str, str]]:
    """(kind, site, what) of all that must not come back; see `warehouse.tombstones`."""
    for row in db.query("SELECT site_id, author_id, name, login FROM gone_authors").to_pylist():
        yield "author", row["site_id"], row["author_id"].partition(":")[2]
        for name in (row["name"], row["login"]):
            if name:
                yield "name", row["site_id"], name.casefold()
    for post_id in db.query("SELECT post_id FROM gone_posts")["post_id"].to_pylist():
        site_id, _, native = post_id.partition(":")
        yield "post", site_id, native
    for thread_id in db.query("SELECT id FROM meant WHERE kind = 'thread'")["id"].to_pylist():
        site_id, _, native = thread_id.partition(":")
        yield "thread", site_id, native


def _blot_out(db: Warehouse, names: Iterable[str]) -> None:
    """In every text column of every table but the keys."""
    keys = set(_key_columns(db))
    for name in sorted(names, key=len, reverse=True):
        for table in all_tables(db):
            texts = [
                c.name for c in table.columns if c.type == "VARCHAR" and (table.name, c.name) not in keys
            ]
            _replace(db, table.name, texts, name)


def _replace(db: Warehouse, table: str, columns: list[str], name: str) -> None:
    if not columns:
        return
    found = " OR ".join(f"regexp_matches({column}, $pattern)" for column in columns)
    blotted = ", ".join(f"{column} = {_TWICE.format(column)}" for column in columns)
    db.connection.execute(
        f"UPDATE {table} SET {blotted} WHERE {found}",  # noqa: S608 (names of the catalog)
        {"pattern": pattern(name), "blot": rf"\1{BLOT * len(name)}\2"},
    )


_ONCE = "regexp_replace({}, $pattern, $blot, 'g')"
_TWICE = _ONCE.format(_ONCE)
"""Two names side by side share the character between them, and RE2 cannot look around."""


def pattern(name: str) -> str:
    """A regular expression (RE2) for a name that stands alone; what stands around it is groups 1 and 2."""
    exact = name.isalpha() and len(name) < SHORT
    return f"{'' if exact else '(?i)'}(^|[^\\pL\\pN]){re.escape(name)}($|[^\\pL\\pN])"


def _key_columns(db: Warehouse) -> Iterator[tuple[str, str]]:
    sql = """
        SELECT table_name, unnest(constraint_column_names) AS column_name
        FROM duckdb_constraints()
        WHERE constraint_type = 'PRIMARY KEY'
    """
    return ((row["table_name"], row["column_name"]) for row in db.query(sql).to_pylist())


def traces(db: Warehouse, names: Iterable[str]) -> list[str]:
    """Columns of the warehouse in which one of the names still stands: the proof is that there is none."""
    left = []
    for table in all_tables(db):
        for column in (column.name for column in table.columns if column.type == "VARCHAR"):
            sql = f"SELECT count(*) AS n FROM {table.name} WHERE regexp_matches({column}, $pattern)"  # noqa: S608
            if any(db.query(sql, {"pattern": pattern(name)})["n"][0].as_py() for name in names):
                left.append(f"{table.name}.{column}")
    return left
