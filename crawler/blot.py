"""Takes names out of the frontier: what it knows of threads whose titles or addresses show them."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from crawler.frontier import NAME
from crawler.model import CrawlError

_TITLES = {"title", "held_title", "summary"}
"""Read by people only: a name in them is blotted out. By other fields a row is found: with those it goes."""


def blot(archive: Path, blotted: Callable[[str], str]) -> int:
    """Blots names out of the frontier of an archive; returns in how many of its rows one stood.

    A title is blotted. A row whose address, or any other field, shows a name is dropped: what stands there is
    found again by the next crawl through the listing that shows it. Nothing of either lingers in the file.
    """
    path = archive / NAME
    if not path.exists():
        return 0
    try:
        with closing(sqlite3.connect(path)) as frontier:
            with frontier:
                found = sum(_blot_table(frontier, table, blotted) for table in list(_tables(frontier)))
            if found:
                frontier.execute("VACUUM")
                frontier.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise CrawlError(f"{path}: {error}; what it knows of the forgotten is still there") from None
    return found


def _tables(frontier: sqlite3.Connection) -> Iterator[str]:
    return (name for (name,) in frontier.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))


def _blot_table(frontier: sqlite3.Connection, table: str, blotted: Callable[[str], str]) -> int:
    # Names of tables and columns come from the file's own catalogue.
    described = frontier.execute(f"PRAGMA table_info({table})").fetchall()
    columns = [row[1] for row in described]
    here = " AND ".join(f"{row[1]} IS :{row[1]}" for row in described if row[5])
    found = 0
    for row in frontier.execute(f"SELECT * FROM {table}").fetchall():  # noqa: S608
        held = dict(zip(columns, row, strict=True))
        named = {name: blotted(value) for name, value in held.items() if isinstance(value, str)}
        named = {name: value for name, value in named.items() if value != held[name]}
        if not named:
            continue
        if named.keys() <= _TITLES:
            values = held | {f"new_{name}": value for name, value in named.items()}
            new = ", ".join(f"{name} = :new_{name}" for name in named)
            change = f"UPDATE {table} SET {new} WHERE {here}"  # noqa: S608
        else:
            values, change = held, f"DELETE FROM {table} WHERE {here}"  # noqa: S608
        found += frontier.execute(change, values).rowcount
    return found
