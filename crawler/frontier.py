"""The frontier: a SQLite file beside the archive that knows what is held and what is to be fetched.

It is the crawl's memory and its queue at once. A page and everything that follows from it are committed
together, after the page is in the archive: a kill between the two is repaired from the archive.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from crawler.model import CrawlError, Reason

NAME = "frontier.sqlite"
PRIORITY = {
    Reason.START: 0,
    Reason.NEWS: 1,
    Reason.LISTING: 1,
    Reason.TOLD: 2,
    Reason.CHANGED_THREAD: 2,
    Reason.NEW_THREAD: 2,
    Reason.FOLLOWING: 2,
    Reason.SHIFTED: 2,
    Reason.FURTHER_LISTING: 3,
    Reason.DUE_THREAD: 4,
    Reason.ROTATION: 5,
}
"""Threads before further listing pages: a run that is cut short then holds content, not lists of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One page to fetch."""

    url: str
    reason: Reason
    thread_id: str | None = None
    is_whole: bool = False
    """Every page of its thread is read; else only pages that are not held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteState:
    platform: str | None
    has_index: bool
    cycle: int
    is_open: bool
    opened_at: float | None


@cache
def statements() -> dict[str, str]:
    """Every statement by its name."""
    text = files("crawler").joinpath("statements.sql").read_text(encoding="utf-8")
    parts = (part.partition("\n") for part in text.split("-- name: ")[1:])
    return {name.strip(): body.strip() for name, _, body in parts}


class Frontier:
    """The file and its one connection; used by one process at a time (`crawler.lock`)."""

    def __init__(self, path: Path) -> None:
        """Opens the file, or makes it. Raises CrawlError when it is not a frontier."""
        self.path = path
        try:
            self.connection = sqlite3.connect(path, isolation_level=None)
            self.connection.row_factory = sqlite3.Row
            self.connection.execute("PRAGMA journal_mode = WAL")
            # Survives a kill; after a power loss the last commits may be gone, and the archive has them.
            self.connection.execute("PRAGMA synchronous = NORMAL")
            self.connection.executescript(files("crawler").joinpath("schema.sql").read_text(encoding="utf-8"))
        except sqlite3.Error as error:
            raise CrawlError(f"{path}: {error}; {_advice(error)}") from None

    def close(self) -> None:
        self.connection.close()

    def runs(self) -> list[sqlite3.Row]:
        """Every run on every site, oldest first."""
        return self.connection.execute(statements()["runs"]).fetchall()

    def platforms(self) -> dict[str, str]:
        """By site, what it is made with."""
        return dict(map(tuple, self.connection.execute(statements()["platforms"])))


@dataclass(frozen=True, slots=True)
class SiteFrontier:
    """What the frontier has of one site; its statements know it as `:site`."""

    file: Frontier
    site_id: str

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing. Raises CrawlError when the disk is full."""
        connection = self.file.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise CrawlError(f"{self.file.path}: {error}; nothing more is fetched") from None
            raise

    def do(self, name: str, **values: Any) -> None:
        self._execute(name, values)

    def rows(self, name: str, **values: Any) -> list[sqlite3.Row]:
        return self._execute(name, values).fetchall()

    def row(self, name: str, **values: Any) -> sqlite3.Row | None:
        found = self._execute(name, values).fetchone()
        return found if isinstance(found, sqlite3.Row) else None

    def count(self, name: str, **values: Any) -> int:
        return int(self._execute(name, values).fetchone()[0])

    def _execute(self, name: str, values: dict[str, Any]) -> sqlite3.Cursor:
        return self.file.connection.execute(statements()[name], {"site": self.site_id, **values})

    def state(self) -> SiteState:
        """What is known of the site; a new one is added."""
        self.do("add_site")
        row = self.row("site")
        assert row is not None
        return SiteState(
            platform=row["platform"],
            has_index=bool(row["has_index"]),
            cycle=row["cycle"],
            is_open=bool(row["is_open"]),
            opened_at=row["opened_at"],
        )

    def enqueue(self, task: Task) -> None:
        """Adds a page unless it was dealt with in this cycle or waits already."""
        self.do(
            "enqueue",
            url=task.url,
            priority=PRIORITY[task.reason],
            reason=task.reason.value,
            thread=task.thread_id,
            whole=task.is_whole,
        )

    def take(self, limit: int) -> list[Task]:
        """The next pages to fetch; they stay in the queue until they are dealt with."""
        return [as_task(row) for row in self.rows("take", limit=limit)]

    def planned(self) -> list[Task]:
        return [as_task(row) for row in self.rows("plan")]

    def thread(self, thread_id: str | None) -> sqlite3.Row | None:
        """What is known of a thread, if anything is."""
        return self.row("thread", thread=thread_id) if thread_id else None

    def task_at(self, url: str) -> Task | None:
        row = self.row("queued_task", url=url)
        return as_task(row) if row else None


def _advice(error: sqlite3.Error) -> str:
    if error.sqlite_errorcode in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR):
        return "move it away and the next crawl starts afresh"
    return "see to it and crawl again: nothing is lost"


def as_task(row: sqlite3.Row) -> Task:
    """From a row of the queue, or of what failed."""
    return Task(
        url=row["url"],
        reason=Reason(row["reason"]),
        thread_id=row["thread_id"],
        is_whole=bool(row["is_whole"]),
    )
