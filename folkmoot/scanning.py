"""Reads every file of a project for a name: what compresses is opened, what is a database is asked."""

import bz2
import gzip
import lzma
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from parse.readings import readings

CHUNK, OVERLAP = 1 << 22, 1 << 12
UNREADABLE = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, sqlite3.Error)
_OPENERS: dict[str, Callable[..., Any]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}

Shows = Callable[[str], bool]


def showing(roots: Iterable[Path], shows: Shows) -> list[Path]:
    """The files among and below `roots` in which the name stands. Folders whose names begin with a dot are
    not looked into: they are other programs' own (`.git`, `.venv`)."""
    files = {file.resolve(): file for root in roots for file in _files(root)}
    return sorted(file for file in files.values() if _shows(file, shows))


def _files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
    for folder, folders, names in root.walk() if hasattr(root, "walk") else _walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (folder / name for name in names if (folder / name).is_file())


def _walk(root: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    import os

    for folder, folders, names in os.walk(root):  # Path.walk came with Python 3.12
        yield Path(folder), folders, names


def _shows(file: Path, shows: Shows) -> bool:
    try:
        return shows(file.name) or any(shows(text) for part in _parts(file) for text in readings(part))
    except UNREADABLE:
        return False


def _parts(file: Path) -> Iterator[bytes]:
    with file.open("rb") as raw:
        head = raw.read(16)
    if head[:4] == b"PAR1":
        yield from _columns(file)
        return
    if file.name.endswith((".warc", ".warc.gz")):
        from crawler.erase import parts

        yield from parts(file)
    if head == b"SQLite format 3\0":
        yield from _cells(file)
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                with archive.open(name) as content:
                    yield from _chunks(content)
        return
    with _OPENERS.get(file.suffix, open)(file, "rb") as content:
        yield from _chunks(content)


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
    base = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        tables = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for row in base.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 (its own catalogue)
                yield "\n".join(str(cell) for cell in row if cell is not None).encode("utf-8", "replace")
    finally:
        base.close()
