"""Saved pages that somebody packed: a zip or tar of many, one page behind gzip. Never to more than fits.

What leads out of the archive, and what is no page, is not unpacked.
"""

import gzip
import io
import os
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PureWindowsPath
from tempfile import TemporaryDirectory
from typing import IO

from parse.model import ParseError

ROOM = 200_000_000
"""Bytes that any archive may unpack to; pages full of quotes shrink to a fiftieth, bombs to a thousandth."""
MOST_FOLD = 200
"""How many times its own size a larger archive may unpack to."""
DATED_FROM = datetime(1991, 1, 1, tzinfo=UTC).timestamp()
"""There are no older pages: who packs to the same bytes everywhere dates every file 1970, or 1980."""
BLOCK = 512
"""What an empty file counts for: its entry takes as much of a tar."""
PIECE = 1 << 20

_HEADS = (b"PK", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
"""How zip begins, and what a tar may be packed with."""
_DAMAGED = (
    OSError, EOFError, zipfile.BadZipFile, tarfile.TarError, zlib.error, ValueError,
    RuntimeError,  # a zip with a password, or a kind of compression that Python does not know
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Member:
    """A file in an archive."""

    name: str
    size: int
    """As stated."""
    modified: float
    open: Callable[[], IO[bytes] | None]


def is_folder(path: Path) -> bool:
    """Whether the file is a packed folder. Most files are none, and their first bytes say so; what cannot be
    opened is none."""
    try:
        with path.open("rb") as file:
            head = file.read(BLOCK)
    except OSError:
        return False
    if head.startswith(_HEADS) or head[257:262] == b"ustar" or path.suffix.lower() == ".tar":
        return zipfile.is_zipfile(path) or tarfile.is_tarfile(path)
    return False


@contextmanager
def unpacked(
    path: Path, *, keeps: Callable[[str, bytes], bool], failed: Callable[[str], None]
) -> Iterator[Path]:
    """A folder, for as long as the block lasts, with the files whose name and first bytes `keeps` wants.

    What cannot be unpacked is told to `failed`; what stands before it is there.
    """
    with TemporaryDirectory(prefix="folkmoot-") as name:
        try:
            _unpack(path, Path(name), keeps, failed)
        except _DAMAGED as error:
            failed(f"{path}: not unpacked to its end: {' '.join(str(error).split()) or type(error).__name__}")
        yield Path(name)


def gunzipped(body: bytes) -> bytes:
    """What gzip packed. Raises ParseError."""
    room = room_for(len(body))
    try:
        plain = gzip.GzipFile(fileobj=io.BytesIO(body)).read(room + 1)
    except _DAMAGED as error:
        raise ParseError(f"cannot be unpacked: {error}") from None
    if len(plain) > room:
        raise ParseError(_too_much(room))
    return plain


def _unpack(
    path: Path, folder: Path, keeps: Callable[[str, bytes], bool], failed: Callable[[str], None]
) -> None:
    room = left = room_for(path.stat().st_size)
    for member in _members(path):
        parts, size = _parts(member.name), member.size
        if parts is None:
            failed(f"{path}: {member.name[:200]!r} leads out of the archive; left out")
        elif content := member.open():
            with content:
                head = content.read(1000)
                if keeps(parts[-1], head):
                    modified = member.modified if member.modified > DATED_FROM else path.stat().st_mtime
                    size = _write(folder.joinpath(*parts), head, content, left, modified)
        left -= BLOCK + size  # also of what is not kept: a tar has to be read through it
        if left < 0:
            raise ValueError(_too_much(room))


def _write(file: Path, head: bytes, content: IO[bytes], most: int, modified: float) -> int:
    """Writes no more than a piece beyond `most`; how much. What is not written to its end is taken away:
    half a page would be read as one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    written, is_whole = 0, False
    try:
        with file.open("wb") as out:
            piece = head
            while piece and written <= most:
                written += out.write(piece)
                piece = content.read(PIECE)
        is_whole = written <= most
    finally:
        if not is_whole:
            file.unlink(missing_ok=True)
    if is_whole:
        os.utime(file, (modified, modified))
    return written


def _members(path: Path) -> Iterator[_Member]:
    """Files only: a link, a device or a pipe is no page."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                if not entry.is_dir():
                    yield _Member(
                        entry.filename, entry.file_size, _moment(entry), partial(archive.open, entry)
                    )
    else:
        with tarfile.open(path) as tape:
            for info in tape:
                if info.isfile():
                    yield _Member(info.name, info.size, info.mtime, partial(tape.extractfile, info))


def _moment(entry: zipfile.ZipInfo) -> float:
    """When it was saved; some programs that pack leave it out."""
    try:
        return datetime(*entry.date_time).timestamp()
    except ValueError:
        return 0.0


def _parts(name: str) -> list[str] | None:
    """The folders and the file's own name, below the folder unpacked to; None where it leads elsewhere."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    return None if not parts or any(map(_is_odd, parts)) else parts


def _is_odd(part: str) -> bool:
    """Up, to another drive, or no name at all."""
    return part == ".." or bool(PureWindowsPath(part).drive) or "\0" in part or len(part.encode()) > 255


def room_for(size: int) -> int:
    return max(ROOM, MOST_FOLD * size)


def _too_much(room: int) -> str:
    return f"it holds more than {room // 1_000_000:,} MB, far more than pages shrink by; unpack it yourself"
