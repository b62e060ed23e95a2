"""The working file of a run that died: gone on with if it is sound, else begun anew.

DuckDB keeps what was committed through a kill; a disk or a person may still have harmed the file since.
"""

import filecmp
import warnings
from pathlib import Path

import duckdb


class LeftoverDiscarded(UserWarning):
    """What a run left behind cannot be gone on with; what it had done since it published is done again."""


def keep_or_discard(work: Path, path: Path) -> None:
    """Removes the working file beside `path` unless the next writer can go on from it."""
    flaw = _flaw(work, path)
    if flaw:
        for file in (work, work.with_name(work.name + ".wal")):
            file.unlink(missing_ok=True)
        message = f"{work}, left by a run that died, is {flaw}; its work is done again"
        warnings.warn(message, LeftoverDiscarded, stacklevel=4)


def discard_unused(work: Path, path: Path) -> None:
    """Removes a working file in which nothing was done: a copy of what is published, to the byte."""
    has_more = work.with_name(work.name + ".wal").exists() or not path.exists()
    if not has_more and filecmp.cmp(work, path, shallow=False):
        work.unlink()


def _flaw(work: Path, path: Path) -> str | None:
    if path.exists() and work.stat().st_mtime_ns < path.stat().st_mtime_ns:
        return "older than what is published"
    try:
        _read_through(work)
    except (duckdb.Error, OSError) as error:
        return f"damaged ({str(error).splitlines()[0]})"
    return None


def _read_through(work: Path) -> None:
    """Every row of every table: DuckDB checks each block that it reads. What was committed only is in it."""
    with duckdb.connect(str(work), config={"autoinstall_known_extensions": False}) as connection:
        tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
        for (table,) in tables:
            connection.table(table).aggregate("count(hash(COLUMNS(*)))").fetchall()
