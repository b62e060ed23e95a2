"""One writer at a time: a lock that the system lets go of when its owner dies, and a note of who that is."""

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from warehouse.errors import WarehouseBusyError


@contextmanager
def owned(path: Path) -> Iterator[None]:
    """Holds the lock of the warehouse at `path`. Raises WarehouseBusyError, naming the owner, at once."""
    lock = FileLock(beside(path, ".lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise WarehouseBusyError(
            f"{path} is being written by {_owner(path)}; wait until it is done"
        ) from None
    try:
        _note(path).write_text(json.dumps(_self()))
        yield
    finally:
        with suppress(OSError):
            _note(path).unlink(missing_ok=True)
        lock.release()


def home(path: Path) -> Path:
    """Where a warehouse lies to which `path` may be a link; else the path as given, as messages name it."""
    return path.resolve() if path.is_symlink() else path


def beside(path: Path, ending: str) -> Path:
    """A file that goes with the warehouse at `path`."""
    lies = home(path)
    return lies.with_name(lies.name + ending)


def _note(path: Path) -> Path:
    # Not in the lock file itself: taking the lock truncates it, and so would everybody who only tries.
    return beside(path, ".owner")


def _self() -> dict[str, str | int]:
    return {"pid": os.getpid(), "host": socket.gethostname(), "command": Path(sys.argv[0]).name or "python"}


def _owner(path: Path) -> str:
    try:
        owner = json.loads(_note(path).read_text())
        return f"{owner['command']} (process {owner['pid']} on {owner['host']})"
    except (OSError, ValueError, KeyError):
        return "another process"
