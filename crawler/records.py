"""WARC records, read one by one from whole members or from a plain file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.bufferedreaders import ChunkedDataReader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser, StatusAndHeadersParserException

from crawler.members import MAX_RECORD, CutMemberError, Member, is_packed, members, whole_after

_WARC = ["WARC/1.1", "WARC/1.0", "WARC/0.17", "WARC/0.18"]


class BadRecordError(ValueError):
    """The bytes from `offset` on are no record."""

    def __init__(self, offset: int, why: str) -> None:
        super().__init__(why)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Record:
    """One WARC record and where it stands in its file."""

    offset: int
    length: int
    """In the file: compressed, where the file is."""
    headers: StatusAndHeaders
    block: bytes

    def header(self, name: str) -> str:
        """A WARC header; empty when there is none."""
        return str(self.headers.get_header(name) or "")

    def http(self) -> tuple[StatusAndHeaders, bytes]:
        """Status line and headers, and the payload with its transfer encoding undone."""
        stream = BytesIO(self.block)
        headers = StatusAndHeadersParser(["HTTP/"], verify=False).parse(stream)
        body = stream.read()
        if "chunked" in str(headers.get_header("Transfer-Encoding") or "").lower():
            body = ChunkedDataReader(BytesIO(body)).read(len(body))
        return headers, body


def records(warc: Path, start: int = 0) -> Iterator[Record]:
    """Every record from byte `start` on. Raises BadRecordError where the file stops making sense."""
    if not is_packed(warc, start):
        with warc.open("rb") as file:
            file.seek(start)
            yield from _records(file, 0, None)
        return
    try:
        for member in members(warc, start):
            yield from of_member(member)
    except CutMemberError as cut:
        raise BadRecordError(cut.offset, str(cut)) from None


def salvaged(warc: Path, start: int, told: Callable[[BadRecordError, int | None], None]) -> Iterator[Record]:
    """Every record from byte `start` on, those behind a damaged one too. Each damage is told with the byte
    from which the file makes sense again; None where it does not."""
    at: int | None = start
    while at is not None:
        try:
            yield from records(warc, at)
            return
        except BadRecordError as bad:
            at = whole_after(warc, bad.offset)
            told(bad, at)


def of_member(member: Member) -> Iterator[Record]:
    """The records of one member. Raises BadRecordError where it stops making sense."""
    return _records(BytesIO(member.data), member.offset, member.length)


def _records(stream: BinaryIO, base: int, length: int | None) -> Iterator[Record]:
    """Records of a plain file, or of one member (`length` then is the member's, for all of them)."""
    while True:
        begin = stream.tell()
        offset = base if length is not None else begin
        try:
            headers = StatusAndHeadersParser(_WARC).parse(stream)
            wanted = int(headers.get_header("Content-Length") or -1)
            if wanted > MAX_RECORD:
                raise ValueError(f"one of {wanted} bytes")
        except EOFError:
            return
        except (StatusAndHeadersParserException, ValueError) as error:
            raise BadRecordError(offset, f"no WARC record ({error})") from None
        block = stream.read(max(wanted, 0))
        if wanted < 0 or len(block) < wanted:
            raise BadRecordError(offset, "cut off")
        end = stream.tell()
        _skip_blank_lines(stream)
        yield Record(offset, length if length is not None else end - begin, headers, block)


def _skip_blank_lines(stream: BinaryIO) -> None:
    while True:
        here = stream.tell()
        line = stream.readline()
        if not line or line.strip():
            stream.seek(here)
            return
