"""Locks that say who holds them. They vanish with their process, however it ends."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from crawler.model import CrawlError


@contextmanager
def holding(path: Path, what: str) -> Iterator[None]:
    """Holds the lock file `path` for `what`. Raises CrawlError naming the owner when another has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock, note = FileLock(path), path.with_suffix(".owner.json")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise CrawlError(f"{path.parent} is in use by {owner(path)}; wait for it, or stop it first") from None
    try:
        started = datetime.now(UTC).isoformat(timespec="seconds")
        note.write_text(
            json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": started, "what": what})
        )
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()


def owner(path: Path) -> str:
    """Who holds the lock, as far as they said."""
    try:
        note = json.loads(path.with_suffix(".owner.json").read_text())
        return f"{note['what']} (process {note['pid']} on {note['host']}, since {note['since']})"
    except (OSError, ValueError, KeyError):
        return "another process"
