"""Opens the warehouse: read what is published, or write in a working file that is published when it is done.

Readers never wait for a writer and never see half of its work: it writes `<name>.working`, and publishing is
one rename. A notebook that holds the old file open keeps what it had.
"""

import errno
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.errors import DiskFullError, NotAWarehouseError, WarehouseError
from warehouse.leftover import discard_unused, keep_or_discard
from warehouse.lock import beside, home, owned
from warehouse.migrate import check, migrate

_CHECKPOINT_AT = "256MB"
"""DuckDB's 16 MB would rewrite half-filled row groups every other batch: measured, a third of the speed. What
was not yet checkpointed is in memory."""
_WRITERS_MEMORY = "512MB"
"""Without it a writer keeps all that it has written in memory, up to four fifths of the machine: measured,
40 MB more every 10,000 pages. What does not fit is spilled beside the warehouse."""

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    # What DuckDB 2 writes by default no older one reads; notebooks, R and BI tools often bring one. This is
    # the first format that knows zstd. Measured: as fast, and as small.
    "storage_compatibility_version": "v1.2.0",
}
_MISREAD = frozenset("?\\" if os.name == "posix" else "?")
"""What DuckDB takes for the end of a path, or for a slash."""
_PIECE = 10_000
"""Rows of a streamed answer that are in memory at a time."""


@dataclass(frozen=True, slots=True)
class Warehouse:
    """An open warehouse."""

    connection: duckdb.DuckDBPyConnection
    path: Path
    """The published file, whichever file is open."""
    is_resumed: bool = False
    """A writer that goes on with what one that did not end has left: that may lack what is done last."""

    def query(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> pa.Table:
        """The answer to one question. Raises WarehouseError with DuckDB's own words about what is wrong."""
        try:
            relation = self.connection.sql(sql, params=parameters or None)
            return pa.table({}) if relation is None else relation.to_arrow_table()
        except duckdb.Error as error:
            raise explained(error, self.path) from error

    def statements(self, sql: str) -> list[bool]:
        """For each statement of the text whether it does nothing but answer. Raises WarehouseError for what
        is no SQL."""
        try:
            statements = self.connection.extract_statements(sql)
        except duckdb.Error as error:
            raise explained(error, self.path) from error
        return [one.expected_result_type == [duckdb.ExpectedResultType.QUERY_RESULT] for one in statements]

    def stream(self, sql: str) -> pa.RecordBatchReader:
        """The answer in pieces, for what may be larger than memory. Others may be asked for meanwhile."""
        cursor = self.connection.cursor()
        try:
            cursor.execute("SET TimeZone = 'UTC'")
            relation = cursor.sql(sql)
            return relation.to_arrow_reader(_PIECE)
        except duckdb.Error as error:
            raise explained(error, self.path) from error

    def rows(self, sql: str) -> Iterator[dict[str, Any]]:
        """The answer row by row, read in pieces."""
        for piece in self.stream(sql):
            yield from piece.to_pylist()

    @contextmanager
    def named(self, **tables: pa.Table) -> Iterator[None]:
        """Arrow tables under names that the SQL of the block may use."""
        for name, table in tables.items():
            self.connection.register(name, table)
        try:
            yield
        finally:
            for name in tables:
                self.connection.unregister(name)


@contextmanager
def reading(path: Path) -> Iterator[Warehouse]:
    """The published file, read-only. It can neither be written nor reach any other file or the network."""
    if not path.is_file():
        raise NotAWarehouseError(
            f"{path}: there is no warehouse here yet; make one with folkmoot run or parse"
        )
    connection = _connect(path, read_only=True)
    try:
        check(connection, str(path))
        connection.execute("SET enable_external_access = false")
        yield Warehouse(connection, path)
    finally:
        connection.close()


@contextmanager
def writing(path: Path) -> Iterator[Warehouse]:
    """A warehouse to write to; published when the block ends well.

    When it does not, what was committed stays in the working file and the next writer goes on from there; a
    command that was refused before it did anything leaves none.
    Raises WarehouseBusyError when another process writes, DiskFullError when there is no room.
    """
    path = home(path).absolute()  # a link to the file stays a link
    work = working_file(path)
    with _folder(path), owned(path):
        is_resumed, is_done = _goes_on(path, work), False
        connection = _open_work(path, work)
        try:
            migrate(connection, str(path))
            yield Warehouse(connection, path, is_resumed)
            connection.execute("RESET threads")
            connection.execute("CHECKPOINT")
            is_done = True
        except (duckdb.Error, OSError) as error:
            raise explained(error, path) from error
        finally:
            connection.close()
            if not is_done:
                discard_unused(work, path)
        _publish(work, path)


def working_file(path: Path) -> Path:
    """What a writer of the warehouse at `path` works in until it publishes."""
    return beside(path, ".working")


def compact(path: Path) -> None:
    """Writes the published file anew, without what had been deleted in it, and publishes that."""
    path = home(path).absolute()
    work = path.with_name(path.name + ".compact")
    with owned(path):
        work.unlink(missing_ok=True)
        connection = duckdb.connect(config=_CONFIG)
        try:
            connection.execute(f"ATTACH '{_quoted(path)}' AS old (READ_ONLY)")
            connection.execute(f"ATTACH '{_quoted(work)}' AS new")
            connection.execute("COPY FROM DATABASE old TO new")
            connection.execute("DETACH new")
        except (duckdb.Error, OSError) as error:
            raise explained(error, path) from error
        finally:
            connection.close()
        _publish(work, path)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


@contextmanager
def _folder(path: Path) -> Iterator[None]:
    if path.is_dir():
        raise NotAWarehouseError(f"{path} is a folder; name a file")
    if odd := _MISREAD.intersection(str(path)):
        raise WarehouseError(f"{path}: DuckDB keeps no file below a name with {min(odd)}; choose another")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise explained(error, path) from error


def explained(error: Exception, path: Path) -> WarehouseError:
    """The same error for a person: one line, with what to do where we know it."""
    text = str(error)
    if (
        getattr(error, "errno", None) == errno.ENOSPC
        or "No space left" in text
        or "out of disk" in text.lower()
    ):
        return DiskFullError(f"{path}: the disk is full; make room and run the same command again")
    if isinstance(error, WarehouseError):
        return error
    if "read-only mode" in text:
        return WarehouseError(f"{path}: it can only be read here, and this would change it")
    if isinstance(error, OSError) and error.strerror:
        return WarehouseError(f"{path}: {error.strerror}")
    return WarehouseError(f"{path}: {' '.join(_PLACE.sub('', text).split())}")


_PLACE = re.compile(r"\nLINE \d+:.*", re.S)
"""Where in the SQL the error is, drawn over two lines."""


def _goes_on(path: Path, work: Path) -> bool:
    """Whether a working file is there that can be gone on with; one that cannot is discarded."""
    if work.exists():
        keep_or_discard(work, path)
    return work.exists()


def _open_work(path: Path, work: Path) -> duckdb.DuckDBPyConnection:
    if not work.exists() and path.exists():
        with reading(path):
            _require_room(path)
        part = path.with_name(path.name + ".copying")
        shutil.copyfile(path, part)
        part.replace(work)
    connection = _connect(work, read_only=False)
    connection.execute(f"SET checkpoint_threshold = '{_CHECKPOINT_AT}'")
    connection.execute(f"SET memory_limit = '{_WRITERS_MEMORY}'")
    # A batch is small: a second thread costs a quarter more processor time and saves none on the clock.
    connection.execute("SET threads = 1")
    return connection


def _require_room(path: Path) -> None:
    free, needed = shutil.disk_usage(path.parent).free // 2**20, path.stat().st_size // 2**20
    if free < needed:
        raise DiskFullError(f"{path}: {free} MB are free on its disk, and the working copy needs {needed} MB")


def is_database(path: Path) -> bool:
    """Whether a file is DuckDB's own."""
    with path.open("rb") as file:
        return file.read(12)[8:] == b"DUCK"


def _is_foreign(path: Path) -> bool:
    """Whether the file is something else: DuckDB opens CSV and Parquet as well, to read them."""
    return path.is_file() and path.stat().st_size > 0 and not is_database(path)


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    if _is_foreign(path):
        raise NotAWarehouseError(f"{path} is not a DuckDB file; name another file")
    try:
        connection = duckdb.connect(str(path), read_only=read_only, config=_CONFIG)
    except duckdb.Error as error:
        if "not a valid DuckDB" in str(error) or "Could not read" in str(error):
            raise NotAWarehouseError(f"{path} is not a DuckDB file; name another file") from error
        raise explained(error, path) from error
    connection.execute("SET TimeZone = 'UTC'")
    # DuckDB draws its bar on stdout, where the answer goes.
    connection.execute("SET enable_progress_bar = false")
    return connection


def _publish(work: Path, path: Path) -> None:
    """Puts the finished file where readers look. After this line of the system it is there, or it is not."""
    with work.open("rb") as file:
        os.fsync(file.fileno())
    work.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
