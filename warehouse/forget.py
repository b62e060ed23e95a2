"""Removes a person, a post or a thread from the warehouse, for good.

Their posts go with revisions, quotes, findings and events; what others quote of them is emptied; their name
is blotted out, letter for letter so that offsets hold, in every text of every table. A tombstone of keyed
hashes stops the next crawl from bringing them back. The archive is not ours to write: `Forgotten` says which
records are known to hold their words, and how their names are spelt, to look for them in the others.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from parse.names import narrow, normal
from warehouse.errors import WarehouseError
from warehouse.load import staged
from warehouse.migrate import sql_file
from warehouse.pseudonyms import pseudonym
from warehouse.search import index_file
from warehouse.secret import digest, key
from warehouse.spelling import WORD, Spelling, changed, composed, is_exact
from warehouse.store import Warehouse, compact, writing
from warehouse.tables import Table, all_tables
from warehouse.tombstones import NAMED, opening

A_WORD = 5
"""A name that stands in lower case in so many threads without its bearer is a word of the community too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record of the archive that holds what was forgotten."""

    archive_file: str
    archive_offset: int
    archive_length: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    spelling: Spelling
    """What to look for elsewhere."""
    shared: tuple[str, ...]
    """Names that others bear as well: these are not looked for."""
    called: dict[str, list[str]]
    """First names, and the posts of others in the same threads that hold them: these are left as they are,
    since whom they mean is for a person to say."""
    posts: int
    post_ids: tuple[str, ...]
    records: tuple[Record, ...]
    """To be rewritten without them. Listings and feeds may name them too: look for the names everywhere."""
    read: tuple[str, ...]
    """Every file that pages were read from, saved ones included."""


@contextmanager
def forgetting(path: Path, what: str, *, today: date) -> Iterator[Forgotten]:
    """Forgets an author (id, name, login or profile page), a post or a thread (id or URL) and publishes.

    In the block they are to be taken out of everything else. Should that fail, or be stopped, the warehouse
    still knows them, so that the same call can be made again: by then it must be the last that does.
    Raises WarehouseError when nothing here is called that. The file is written anew, so that nothing lingers
    in its free space, and the search index is deleted.
    """
    secret = key(path)
    with writing(path) as db, _forgetting(db, what, secret, today) as forgotten:
        yield forgotten
    index_file(path).unlink(missing_ok=True)
    compact(path)


def traces(db: Warehouse, spelling: Spelling) -> list[str]:
    """Columns of the warehouse in which a name still stands: the proof is that there is none."""
    return [
        f"{table.name}.{column}"
        for table in all_tables(db)
        for column in _columns(table, ("VARCHAR", "VARCHAR[]"))
        if any(spelling.shown(text) for text in _suspects(db, table.name, column, spelling))
    ]


@contextmanager
def _forgetting(db: Warehouse, what: str, secret: bytes, today: date) -> Iterator[Forgotten]:
    meant, said = _meant(db, what.strip()), ""
    if len(meant) == 0:
        meant = _alike(db, what)
    if len(meant) == 0:
        # Whoever asks to be forgotten gives their name, though only their pseudonym is known here.
        meant, said = _meant(db, pseudonym(what.strip(), secret)), what.strip()
    if len(meant) == 0:
        raise WarehouseError(f"nothing in {db.path} is called {what!r}; give a name, an id or a URL")
    _require_one(db, what, meant)
    with staged(db, {"meant": meant}):
        db.connection.execute(sql_file("forgetting/gather"))
        spelling, shared = _spelling(db, said)
        records = [Record(**row) for row in db.query("FROM gone_records ORDER BY ALL").to_pylist()]
        gone = db.query("SELECT post_id FROM gone_posts ORDER BY ALL")["post_id"].to_pylist()
        read = db.query("SELECT DISTINCT archive_file FROM pages ORDER BY ALL")["archive_file"].to_pylist()
        with db.named(in_tombstones=_stones(_tombstones(db, spelling), secret, today)):
            db.connection.execute(sql_file("forgetting/erase"))
        _blot_out(db, spelling)
        db.connection.execute(sql_file("loading/00_content"))
        db.connection.execute(sql_file("forgetting/restate"))
        yield Forgotten(
            spelling=spelling,
            shared=shared,
            called=_called(db, spelling),
            posts=len(gone),
            post_ids=tuple(gone),
            records=tuple(records),
            read=tuple(read),
        )


def _called(db: Warehouse, spelling: Spelling) -> dict[str, list[str]]:
    parts = (WORD.findall(composed(name)) for name in spelling.names)
    firsts = sorted({words[0] for words in parts if len(words) > 1 and len(words[0]) > 2})
    found = db.query(sql_file("forgetting/called"), {"words": firsts}).to_pylist() if firsts else []
    return {row["word"]: row["posts"] for row in found}


def _meant(db: Warehouse, what: str) -> pa.Table:
    """Kind and id of all that is called so. Raises WarehouseError where that is a post and a whole thread."""
    found = db.query(sql_file("forgetting/find"), {"what": what})
    kind, _, rest = what.partition(":")
    if len(found) == 0 and kind in ("author", "post", "thread"):
        found = db.query(sql_file("forgetting/find"), {"what": rest})
        return found.filter(pc.equal(found["kind"], kind))
    if {"post", "thread"} <= set(found["kind"].to_pylist()):
        raise WarehouseError(f"{what} is a post and a thread here; say post:{what} or thread:{what}")
    return found


def _alike(db: Warehouse, what: str) -> pa.Table:
    """Whoever is called so but for what people vary in writing a name: width, dots, underscores."""
    people = db.query("SELECT author_id, name, login FROM authors").to_pylist()
    wanted = normal(what)
    found = [
        row["author_id"]
        for row in people
        if wanted and wanted in map(normal, _said(row["name"], row["login"]))
    ]
    return pa.table({"kind": pa.array(["author"] * len(found)), "id": pa.array(found, pa.string())})


def _require_one(db: Warehouse, what: str, meant: pa.Table) -> None:
    """What is forgotten does not come back: of several people of one name somebody has to say which."""
    ids = meant.filter(pc.equal(meant["kind"], "author"))["id"].to_pylist()
    if len(ids) < 2:
        return
    sql = "SELECT author_id, name FROM authors WHERE author_id IN (SELECT unnest($ids)) ORDER BY ALL"
    people = [f"{row['author_id']} ({row['name']})" for row in db.query(sql, {"ids": ids}).to_pylist()]
    raise WarehouseError(
        f"{what!r} may be {len(people)} people here; say which by id, or forget one after the other: "
        + ", ".join(people)
    )


def _said(*names: str | None) -> Iterator[str]:
    return (name for name in names if name)


def _spelling(db: Warehouse, said: str) -> tuple[Spelling, tuple[str, ...]]:
    """How the forgotten are spelt, and which of their names are others' as well.

    `said` is the name behind a pseudonym: the archive has the pages as they came.
    """
    gone = db.query("SELECT names, profile_url FROM gone_authors").to_pylist()
    others = {name for row in db.query(_OTHERS).to_pylist() for name in row.values() if name}
    borne = {normal(name) for name in others}
    borne_by_gone = _said(*(name for row in gone for name in (*row["names"], said)))
    names = {form for name in borne_by_gone for form in (name, narrow(name))}
    looked_for = sorted(name for name in names if normal(name) not in borne)
    spelling = Spelling(
        names=tuple(looked_for),
        words=frozenset(name for name in looked_for if name.isdigit() or _is_a_word(db, name)),
        addresses=tuple(sorted({row["profile_url"] for row in gone if row["profile_url"]})),
        others=tuple(sorted(others)),
    )
    return spelling, tuple(sorted(name for name in names if normal(name) in borne))


_OTHERS = "SELECT name, login FROM authors WHERE author_id NOT IN (SELECT author_id FROM gone_authors)"


def _is_a_word(db: Warehouse, name: str) -> bool:
    if not name.isalpha():
        return False
    pattern = rf"(^|[^@\pL\pN]){name.lower()}($|[^\pL\pN])"
    found = db.query(sql_file("forgetting/threads_with"), {"pattern": pattern})
    return int(found["threads"][0].as_py()) >= A_WORD


def _tombstones(db: Warehouse, spelling: Spelling) -> Iterator[tuple[str, str, str]]:
    """(kind, site, what) of all that must not come back; see `warehouse.tombstones`."""
    for row in db.query("SELECT site_id, author_id, names FROM gone_authors").to_pylist():
        yield "author", row["site_id"], row["author_id"].partition(":")[2]
        for name in row["names"]:
            if name in spelling.names:
                yield "byline", row["site_id"], normal(name)
                yield from _in_text(row["site_id"], name, spelling)
    for kind, ids in (
        ("post", "SELECT post_id AS id FROM gone_posts"),
        ("thread", "SELECT id FROM meant WHERE kind = 'thread'"),
    ):
        for name in db.query(ids)["id"].to_pylist():
            site_id, _, native = name.partition(":")
            yield kind, site_id, native


def _stones(buried: Iterable[tuple[str, str, str]], secret: bytes, today: date) -> pa.Table:
    """As they are kept: hashes, so that they say nothing to whoever has only the warehouse."""
    rows = {
        digest(secret, kind, site_id, what): opening(secret, site_id, what) if kind in NAMED else ""
        for kind, site_id, what in buried
    }
    columns = {"digest": list(rows), "opens_with": list(rows.values())}
    stones = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    return stones.append_column("today", pa.array([today] * len(rows), pa.date32())).sort_by("digest")


def _in_text(site_id: str, name: str, spelling: Spelling) -> Iterator[tuple[str, str, str]]:
    if name in spelling.words:
        return
    yield ("exact", site_id, composed(name)) if is_exact(name) else ("name", site_id, normal(name))


def _blot_out(db: Warehouse, spelling: Spelling) -> None:
    """In every text column of every table; ids are blotted alike wherever they stand, and go on to match."""
    for table in all_tables(db):
        for column in _columns(table, ("VARCHAR",)):
            new = changed(_suspects(db, table.name, column, spelling), spelling.blotted)
            if new:
                _replace(db, table.name, column, new)


def _replace(db: Warehouse, table: str, column: str, new: dict[str, str]) -> None:
    with db.named(in_blots=pa.table({"old": list(new), "new": list(new.values())})):
        db.connection.execute(
            f"UPDATE {table} SET {column} = in_blots.new FROM in_blots WHERE {table}.{column} = in_blots.old"  # noqa: S608 (names of the catalog)
        )


def _columns(table: Table, kinds: tuple[str, ...]) -> list[str]:
    return [column.name for column in table.columns if column.type in kinds]


def _suspects(db: Warehouse, table: str, column: str, spelling: Spelling) -> list[str]:
    """Texts of a column in which a name may stand."""
    if not spelling.sieve:
        return []
    sql = f"""
        SELECT DISTINCT held.said AS said FROM (SELECT {column}::VARCHAR AS said FROM {table}) AS held
        WHERE regexp_matches(held.said, $sieve)
    """  # noqa: S608 (names of the catalog)
    texts: list[str] = db.query(sql, {"sieve": spelling.sieve})["said"].to_pylist()
    return texts
