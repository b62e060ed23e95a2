"""Files of lines, an object or a row each, that are too long for one page: dumps of subreddits and of Stack
Exchange have gigabytes."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

import zstandard

from parse.json_fields import decoded
from parse.model import ParseError
from parse.page import Page
from parse.software import question_dump

PACKED = ".zst"
_LINES = (".jsonl", ".ndjson")
LONG = 16_000_000
"""Bytes that are read at once."""
_WINDOW = 2**31
"""Bytes that an unpacker may look back: dumps of Reddit were packed for the least size."""


def is_dump(path: Path) -> bool:
    """Whether the file holds a JSON object a line, and more of them than are read at once, or packed; or rows
    of a dump of Stack Exchange."""
    if question_dump.is_table(path):
        return True
    return path.suffix.lower() == PACKED or (path.suffix.lower() in _LINES and path.stat().st_size > LONG)


def pieces(path: Path) -> Iterator[Page]:
    """A file of lines, whole lines at a time; offsets count what is in it, unpacked.

    Raises ParseError where it cannot be read, after what could be.
    """
    begin, body, is_table = 0, b"", question_dump.is_table(path)
    address = question_dump.address(path) if is_table else path.resolve().as_uri()
    try:
        fetched_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        with opened(path) as file:
            while more := file.read(LONG) + file.readline(LONG):
                body = more
                yield Page(
                    url=f"{address}?from={begin}",
                    body=body,
                    fetched_at=fetched_at,
                    content_type="application/xml" if is_table else "application/x-ndjson",
                    beside=question_dump.beside(path, body) if is_table else b"",
                    archive_file=str(path.resolve()),
                    archive_offset=begin,
                    archive_length=len(body),
                )
                begin += len(body)
    except OSError as error:
        raise ParseError(f"{path}: {error.strerror or error}") from None
    except zstandard.ZstdError:
        body = b""
    # An unpacker says nothing of an end that is not there.
    last = body[body.rstrip().rfind(b"\n") + 1 :]
    if not question_dump.is_ended(body) if is_table else decoded(last) is None:
        raise ParseError(f"{path}: it is empty, damaged or cut off after {begin:,} bytes of what is in it")


def opened(path: Path) -> BinaryIO:
    """A file of lines, unpacked where it is packed."""
    if path.suffix.lower() != PACKED:
        return path.open("rb")
    unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    return BufferedReader(unpacker.stream_reader(path.open("rb"), read_across_frames=True))
