"""Full-text search over posts that needs no network: an FTS5 index in a SQLite file beside the warehouse.

DuckDB's own `fts` has to be downloaded; SQLite's comes with Python. The index follows the published file: the
first search after a publish brings it up to date, post by post where little changed.
"""

import os
import re
import sqlite3
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from warehouse.errors import WarehouseError
from warehouse.lock import beside
from warehouse.migrate import sql_file
from warehouse.store import explained, reading

VERSION = 3
"""Of the index: one of another version is made again."""
MARKS = ("**", "**")
"""What stands around the words found, in a snippet."""


MOST_NAMES = 20
"""That are told all where none is the one asked for; of more, those that are spelt alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A post that was found, best first."""

    post_id: str
    thread: str
    author: str | None
    board: str | None
    posted_at: datetime | None
    url: str | None
    state: str
    snippet: str
    score: float
    """BM25 as SQLite gives it: the smaller, the better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a post must be besides matching; None = anything. Names are compared without regard to case."""

    author: str | None = None
    board: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def search(path: Path, words: str, *, only: Filter | None = None, limit: int = 20) -> list[Hit]:
    """Posts of the warehouse at `path` with all of these words, best first.

    "two words" in quotes is a phrase, word* a beginning, -word an exclusion. Raises WarehouseError when there
    is nothing to search for, no such board or person, or the index cannot be written.
    """
    match, only = _match(words), only or Filter()
    conditions, values = _conditions(only)
    sql = f"""
        SELECT post_id, thread, author, board, posted_at, url, state,
            snippet(words, 0, ?, ?, ' … ', 32) AS snippet, bm25(words) AS score
        FROM words JOIN posts ON posts.number = words.rowid
        WHERE words MATCH ? {conditions}
        ORDER BY score, post_id LIMIT ?
    """  # noqa: S608 (conditions are constants)
    with _index(path) as index:
        _follow(index, path)
        _require_known(index, only)
        rows = index.execute(sql, (*MARKS, match, *values, limit))
        return [_hit(dict(row)) for row in rows]


def undated(path: Path, words: str, *, only: Filter) -> int:
    """How many posts have these words, and are what is asked for, but carry no date: one can neither say that
    they belong to a span of time nor that they do not."""
    conditions, values = _conditions(replace(only, since=None, until=None))
    sql = f"""
        SELECT count(*) FROM words JOIN posts ON posts.number = words.rowid
        WHERE words MATCH ? AND posts.posted_at IS NULL {conditions}
    """  # noqa: S608 (conditions are constants)
    with _index(path) as index:
        (number,) = index.execute(sql, (_match(words), *values)).fetchone()
        return int(number)


def index_file(path: Path) -> Path:
    """Where the index of the warehouse at `path` lies. It may be deleted: it is made again."""
    return beside(path, ".search")


def _match(words: str) -> str:
    """The user's words as an FTS5 expression; nothing in them is taken for FTS5's own syntax."""
    wanted: list[str] = []
    unwanted: list[str] = []
    typed = words.replace("\0", " ").encode("utf-8", "replace").decode()
    for minus, phrase, word in re.findall(r'(-?)(?:"([^"]*)"|([^\s"]+))', typed):
        term = _spaced(phrase or word.rstrip("*"))
        if any(unicodedata.category(c)[0] in "LN" or unicodedata.category(c) in ("So", "Co") for c in term):
            star = "*" if word.endswith("*") else ""
            (unwanted if minus else wanted).append('"' + term.replace('"', '""') + '"' + star)
    if not wanted:
        raise WarehouseError("nothing to search for; give at least one word that is not excluded")
    return " AND ".join(wanted) + "".join(f" NOT {term}" for term in unwanted)


def _spaced(text: str) -> str:
    """With a mark that parts words beside every character that is a word of its own: in scripts that put no
    space between words, and in emoji. A row of them is then found as a phrase."""
    return _ALONE.sub(f"{_APART}\\g<0>{_APART}", text)


_APART = "\u200b"
_ALONE = re.compile(
    "[\u2e80-\u2fdf\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f"
    "\U00020000-\U0003ffff\u2600-\u27bf\U0001f000-\U0001faff]"
)


def _conditions(only: Filter) -> tuple[str, list[Any]]:
    asked = {
        "folded(posts.author) = folded(?)": only.author,
        "folded(posts.board) = folded(?)": only.board,
        "posts.posted_at >= ?": only.since.timestamp() if only.since else None,
        "posts.posted_at < ?": only.until.timestamp() if only.until else None,
    }
    given = {condition: value for condition, value in asked.items() if value is not None}
    return "".join(f" AND {condition}" for condition in given), list(given.values())


def _require_known(index: sqlite3.Connection, only: Filter) -> None:
    """Raises WarehouseError for a board or a person that there is not: nothing found would say too little."""
    for column, name in (("board", only.board), ("author", only.author)):
        if name is None:
            continue
        sql = f"SELECT DISTINCT {column} AS name FROM posts WHERE name IS NOT NULL ORDER BY name"  # noqa: S608 (ours)
        known = [row["name"] for row in index.execute(sql)]
        if name.casefold() not in map(str.casefold, known):
            near = known if len(known) <= MOST_NAMES else get_close_matches(name, known)
            raise WarehouseError(
                f"there is no {column} called {name!r}" + (f"; there is: {', '.join(near)}" if near else "")
            )


def _hit(row: dict[str, Any]) -> Hit:
    posted = row.pop("posted_at")
    row["snippet"] = row["snippet"].replace(f"{MARKS[1]}{_APART * 2}{MARKS[0]}", "").replace(_APART, "")
    return Hit(**row, posted_at=datetime.fromtimestamp(posted, UTC) if posted is not None else None)


@contextmanager
def _index(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(_kept_in(path), timeout=60, isolation_level=None)
    connection.row_factory = sqlite3.Row
    # SQLite's own lower() knows the letters of English only.
    connection.create_function("folded", 1, lambda name: name and name.casefold(), deterministic=True)
    try:
        _prepare(connection)
        yield connection
    except sqlite3.Error as error:
        raise WarehouseError(f"{index_file(path)}: {error}; delete it, it is made again") from error
    except OSError as error:
        raise explained(error, path) from error
    finally:
        connection.close()


def _kept_in(path: Path) -> Path | str:
    """The index beside the warehouse; where nothing can be written there, one for this search alone."""
    file = index_file(path)
    if os.access(file if file.exists() else file.parent, os.W_OK):
        return file
    warnings.warn(f"{file} cannot be written: all posts are indexed for this search alone", stacklevel=2)
    return ""  # SQLite's word for a file that is gone when it is closed


def _prepare(index: sqlite3.Connection) -> None:
    (held,) = index.execute("PRAGMA user_version").fetchone()
    if held != VERSION:
        index.executescript(
            "DROP TABLE IF EXISTS words; DROP TABLE IF EXISTS posts; DROP TABLE IF EXISTS made_from"
        )
        index.execute(f"PRAGMA user_version = {VERSION}")
    index.executescript(sql_file("searching/index"))


def _follow(index: sqlite3.Connection, path: Path) -> None:
    with reading(path) as db:
        status = path.stat()
        stamp = f"{status.st_mtime_ns} {status.st_size}"
        if [row["stamp"] for row in index.execute("SELECT stamp FROM made_from")] == [stamp]:
            return
        index.execute("BEGIN IMMEDIATE")
        held = dict(map(tuple, index.execute("SELECT post_id, fingerprint FROM posts")))
        for row in db.rows(sql_file("searching/documents")):
            if held.pop(row["post_id"], None) != row["fingerprint"]:
                _put(index, row)
        for post_id in held:
            _drop(index, post_id)
        index.execute("DELETE FROM made_from")
        index.execute("INSERT INTO made_from VALUES (?)", (stamp,))
        index.execute("COMMIT")


def _put(index: sqlite3.Connection, row: dict[str, Any]) -> None:
    _drop(index, row["post_id"])
    text = row.pop("text")
    names = ", ".join(row)
    marks = ", ".join("?" for _ in row)
    added = index.execute(f"INSERT INTO posts ({names}) VALUES ({marks})", tuple(row.values()))  # noqa: S608
    index.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (added.lastrowid, _spaced(text)))


def _drop(index: sqlite3.Connection, post_id: str) -> None:
    for row in index.execute("SELECT number FROM posts WHERE post_id = ?", (post_id,)).fetchall():
        index.execute("DELETE FROM words WHERE rowid = ?", (row["number"],))
        index.execute("DELETE FROM posts WHERE number = ?", (row["number"],))
