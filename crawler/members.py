"""The members of a packed WARC file: each holds one record, each can be checked and read on its own.

Ours are packed with gzip, those of others with Zstandard too (`crawler.frames`).
"""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO

from zstandard import ZstdError

from crawler import frames

CHUNK = 1 << 18
GZIP = zlib.MAX_WBITS | 16
MAGIC = b"\x1f\x8b\x08"
_FRAMES = (frames.MAGIC, frames.DICTIONARY)
"""How a file begins that is packed with Zstandard."""
MAX_RECORD = 256_000_000
"""Decompressed. No record of ours comes near; a foreign file that exceeds it is refused, not loaded."""
LEVEL = 6
"""warcio's own 9 takes a third longer for 1 % less."""


class CutMemberError(ValueError):
    """The bytes from `offset` on are no whole member."""

    def __init__(self, offset: int, why: str) -> None:
        super().__init__(why)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Member:
    """One member, decompressed."""

    offset: int
    length: int
    """Compressed."""
    data: bytes


def pack(data: bytes) -> bytes:
    """One gzip member. Two of the same data are byte-identical (no time stamp)."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    return packer.compress(data) + packer.flush()


def members(path: Path, start: int = 0) -> Iterator[Member]:
    """Every whole member from `start` on, in order. Raises CutMemberError at the first that is not whole."""
    with path.open("rb") as file:
        unpacker = _unpacker(file)
        file.seek(start)
        rest, offset = b"", start
        while rest or (rest := file.read(CHUNK)):
            member, rest = _member(file, rest, offset, unpacker())
            yield member
            offset += member.length


def is_packed(path: Path, start: int) -> bool:
    """Whether a member may begin at byte `start`: a WARC file may also be plain."""
    with path.open("rb") as file:
        file.seek(start)
        return file.read(4).startswith((MAGIC[:2], *_FRAMES))


def _unpacker(file: BinaryIO) -> "Callable[[], zlib._Decompress | frames.Frame]":
    """What makes the unpacker of each member of a file. Raises CutMemberError."""
    if file.read(4) not in _FRAMES:
        return partial(zlib.decompressobj, GZIP)
    try:
        return frames.unpacker(file)
    except ZstdError as error:
        raise CutMemberError(0, f"its dictionary is damaged ({error})") from None


def whole_until(path: Path, start: int = 0) -> int:
    """The offset after the last whole member: what a repair keeps."""
    end = start
    try:
        for member in members(path, start):
            end = member.offset + member.length
    except CutMemberError as cut:
        return cut.offset
    return end


def whole_after(path: Path, offset: int) -> int | None:
    """Where the next whole member of a WARC file begins behind a damaged one; None where none does."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        magic = frames.MAGIC if data[:4] in _FRAMES else MAGIC
        at = data.find(magic, offset + 1)
        while at >= 0 and not _holds_record(path, at):
            at = data.find(magic, at + 1)
    return at if at >= 0 else None


def _holds_record(path: Path, offset: int) -> bool:
    try:
        return next(members(path, offset)).data.startswith(b"WARC/")
    except CutMemberError:
        return False


def _member(
    file: BinaryIO, head: bytes, offset: int, unpacker: "zlib._Decompress | frames.Frame"
) -> tuple[Member, bytes]:
    parts: list[bytes] = []
    read, size = 0, 0
    while head:
        try:
            parts.append(unpacker.decompress(head, MAX_RECORD - size + 1))
        except (zlib.error, ZstdError) as error:
            raise CutMemberError(offset, f"damaged ({error})") from None
        size += len(parts[-1])
        if size > MAX_RECORD:
            raise CutMemberError(offset, f"a record of more than {MAX_RECORD} bytes")
        read += len(head)
        if unpacker.eof:
            rest = unpacker.unused_data
            return Member(offset, read - len(rest), b"".join(parts)), rest
        head = file.read(CHUNK)
    raise CutMemberError(offset, "cut off")
