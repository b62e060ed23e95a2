"""Where a report is put: written beside its folder and renamed into place; a crash leaves the old one."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reports.errors import ReportError

FOLDERS = ("proposals", "threads", "people", "moderation", "sources")
FILES = (
    "index.html",
    "proposals.html",
    "threads.html",
    "ideas.html",
    "people.html",
    "moderation.html",
    "sources.html",
    "about.html",
    "report.json",
    "feed.atom",
)

ABANDONED = 6 * 3600
"""Seconds. A million posts take half a minute."""


@contextmanager
def placed(out: Path) -> Iterator[Path]:
    """A new folder to write a report into; it takes the place of `out` when the block ends well.

    Raises ReportError where `out` is a file, holds anything but a report, or cannot be written.
    """
    _require_ours(out)
    out = out.resolve() if out.is_symlink() else out  # a link to the folder stays one
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise ReportError(f"{out}: cannot write beside it: {error.strerror or error}") from error
    try:
        _sweep(work, out)
        work.chmod(0o755)
        yield work
        _swap(work, out)
    except OSError as error:
        raise ReportError(f"{out}: could not be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _sweep(work: Path, out: Path) -> None:
    """Removes what killed reports left beside `out`; a young one may be of somebody who writes it now."""
    for left in out.parent.glob(f".{out.name}-*"):
        if left.is_dir() and left.stat().st_mtime < work.stat().st_mtime - ABANDONED:
            shutil.rmtree(left, ignore_errors=True)


def _require_ours(out: Path) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        raise ReportError(f"{out} is a file; a report is a folder: choose another --out")
    foreign = sorted(item.name for item in out.iterdir() if item.name not in (*FOLDERS, *FILES))
    if foreign:
        raise ReportError(
            f"{out} holds {foreign[0]}, which no report wrote and which would be lost: choose another --out"
        )


def _swap(work: Path, out: Path) -> None:
    """Two renames: in the moment between them the old report stands beside its place, complete."""
    if not out.exists():
        work.rename(out)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{out.name}-old-", dir=out.parent))
    out.rename(old / "report")
    try:
        work.rename(out)
    except OSError:
        (old / "report").rename(out)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
