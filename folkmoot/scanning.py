"""Reads every file of a project for a name: what compresses is opened, what is a database is asked."""

import bz2
import gzip
import lzma
import os
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from zstandard import ZstdError

from parse.files import dumps
from parse.files.folders import is_warc
from parse.readings import readings

CHUNK, OVERLAP = 1 << 22, 1 << 12
UNREADABLE = (OSError, EOFError, ValueError, RuntimeError, zlib.error, lzma.LZMAError, zipfile.BadZipFile,
              sqlite3.Error, ZstdError)  # fmt: skip
"""What the modules that open files raise for those that are damaged, locked or not what they seem."""
_OPENERS: dict[str, Callable[[Path], Any]] = {
    ".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open, dumps.PACKED: dumps.opened,
}  # fmt: skip

Shows = Callable[[str], bool]


def showing(roots: Iterable[Path], shows: Shows) -> list[str]:
    """The files among and below `roots` in which the name stands, and those of which nobody can say that it
    does not, since they cannot be read to their end, with the reason.

    Folders whose names begin with a dot are not looked into: they are other programs' own (`.git`, `.venv`).
    """
    files = {file.resolve(): file for root in roots for file in _files(root)}
    return [trace for file in sorted(files.values()) if (trace := _trace(file, shows))]


def _files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from filter(Path.is_file, (Path(folder, name) for name in names))


def _trace(file: Path, shows: Shows) -> str | None:
    if shows(file.name):
        return str(file)
    try:
        return str(file) if _stands_in(_parts(file), shows) else None
    except FileNotFoundError:  # gone meanwhile
        return None
    except UNREADABLE as error:
        return f"{file} (not read to its end: {' '.join(str(error).split()) or type(error).__name__})"


def _stands_in(parts: Iterable[bytes], shows: Shows) -> bool:
    return any(shows(text) for part in parts for text in readings(part))


def _parts(file: Path) -> Iterator[bytes]:
    with file.open("rb") as raw:
        head = raw.read(16)
    if head[:4] == b"PAR1":
        yield from _columns(file)
        return
    if is_warc(file):
        from crawler.erase import parts

        yield from parts(file)
        return
    if head == b"SQLite format 3\0":
        yield from _cells(file)
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                with archive.open(name) as content:
                    yield from _chunks(content)
        return
    with _OPENERS.get(file.suffix, _opened)(file) as content:
        yield from _chunks(content)


def _opened(file: Path) -> IO[bytes]:
    return file.open("rb")


def _chunks(content: IO[bytes]) -> Iterator[bytes]:
    kept = b""
    while part := content.read(CHUNK):
        yield kept + part
        kept = part[-OVERLAP:]


def _columns(file: Path) -> Iterator[bytes]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(file) as table:
        for batch in table.iter_batches():
            for column in batch.columns:
                yield "\n".join(map(str, column.to_pylist())).encode("utf-8", "replace")


def _cells(file: Path) -> Iterator[bytes]:
    base = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    try:
        tables = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for row in base.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 (its own catalogue)
                yield "\n".join(str(cell) for cell in row if cell is not None).encode("utf-8", "replace")
    finally:
        base.close()
