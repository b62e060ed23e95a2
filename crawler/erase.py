"""Takes records out of an archive for good, without moving any other: each is overwritten where it stands."""

import os
import struct
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from warcio.statusandheaders import StatusAndHeadersParserException

from crawler.archive import BLANK, page_at
from crawler.members import CutMemberError, Member, members
from crawler.model import CrawlError
from crawler.payload import TooLargeError
from crawler.records import BadRecordError, Record, of_member, records
from parse.readings import readings

_COMMENT = 0x10
"""The gzip flag that says a comment follows: it fills an empty member up to the length of the old one."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased of a file."""

    offsets: list[int]
    flaw: str | None
    """Why what follows in the file was not looked through; None where all of it was."""


def erase(warc: Path, offsets: Collection[int], shows: Callable[[str], bool], start: int = 0) -> Erased:
    """Erases the records at `offsets` of a `.warc.gz` file, and after byte `start` any that `shows`.

    In their place stands an empty metadata record of the same length, so that the offsets of all others hold.
    What is damaged is told; what stands before it is erased all the same.
    """
    gone: dict[int, int] = {}
    flaw = None
    try:
        for member in members(warc):
            if member.offset in offsets or (member.offset >= start and _shows(member, warc, shows)):
                gone[member.offset] = member.length
    except CutMemberError as cut:
        flaw = f"{warc}: {cut} at byte {cut.offset}; what follows was not looked through"
    with warc.open("r+b") as file:
        for offset, length in gone.items():
            file.seek(offset)
            file.write(blank(length))
        file.flush()
        os.fsync(file.fileno())
    return Erased(list(gone), flaw)


def parts(warc: Path) -> Iterator[bytes]:
    """Everything that stands in an archive file, encodings undone: what there is to be searched."""
    for record in records(warc):
        yield from _parts(record, warc)


def _shows(member: Member, warc: Path, shows: Callable[[str], bool]) -> bool:
    try:
        found = [part for record in of_member(member) for part in _parts(record, warc)]
    except BadRecordError:  # bytes all the same
        found = [member.data]
    return any(shows(text) for part in found for text in readings(part))


def _parts(record: Record, warc: Path) -> Iterator[bytes]:
    """The record as it stands, and its payload with the encoding undone."""
    yield record.headers.to_str().encode()
    yield record.block
    try:
        yield page_at(record, str(warc)).body
    except (ValueError, EOFError, StatusAndHeadersParserException, TooLargeError):
        return  # a request, say; what is larger than a page was never read as one


def blank(length: int) -> bytes:
    """A gzip member of exactly `length` bytes that holds an empty WARC record."""
    head = f"WARC/1.1\r\nWARC-Type: {BLANK}\r\nWARC-Record-ID: <urn:uuid:{uuid4()}>\r\n"
    record = f"{head}WARC-Date: 1970-01-01T00:00:00Z\r\nContent-Length: 0\r\n\r\n\r\n\r\n".encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    deflated = packer.compress(record) + packer.flush()
    header = struct.pack("<BBBBIBB", 0x1F, 0x8B, 8, _COMMENT, 0, 0, 255)
    tail = struct.pack("<II", zlib.crc32(record), len(record))
    fill = length - len(header) - len(deflated) - len(tail) - 1
    if fill < 0:
        raise CrawlError(f"a record of {length} bytes is too short to be erased in place")
    return header + b" " * fill + b"\0" + deflated + tail
