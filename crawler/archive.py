"""The archive: every response exactly as it came, in WARC files that only grow."""

import os
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO, FileIO
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit
from uuid import uuid4

from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParserException
from warcio.timeutils import datetime_to_iso_date, iso_date_to_datetime
from warcio.warcwriter import WARCWriter

from crawler.members import pack, whole_after, whole_until
from crawler.model import CrawlError, Fetched, Place
from crawler.payload import TooLargeError, decode
from crawler.records import BadRecordError, Record, records, salvaged
from parse.page import Page

ROLL_AT = 512_000_000
"""A new file is begun after so many bytes: small enough to copy, check and repair in one go."""
SYNC_EVERY = 64
"""Responses between two fsync calls: what a power loss can cost at most. A kill costs none of them."""
NUMBER_WIDTH = 5
BLANK = "metadata"
"""The type of the record that stands where another was erased."""
ROLE, RUN, THREAD = "Folkmoot-Role", "Folkmoot-Run", "Folkmoot-Thread"
FOREIGN = ("br", "compress")
TEXTUAL = ("html", "json", "xml", "text/")


class CutArchive(UserWarning):
    """A WARC file ends in, or holds, bytes that are no whole record."""


def read_pages(warc: Path, start: int = 0, failed: Callable[[str], None] | None = None) -> Iterator[Page]:
    """The pages archived in one WARC file (`.warc.gz`, `.warc.zst`, `.warc`), from byte `start` on.

    Only content is yielded: no requests, no robots.txt, no redirects, no error pages. `archive_file` is
    the path as given. What cannot be read is told to `failed` (default: a CutArchive warning) and left out;
    nothing is raised midway.
    """
    tell = failed or (lambda message: warnings.warn(message, CutArchive, stacklevel=2))

    def damaged(bad: BadRecordError, then: int | None) -> None:
        rest = "what stands before it was read" if then is None else f"read on from byte {then}"
        tell(f"{warc}: {bad} at byte {bad.offset}; {rest}")

    try:
        for record in salvaged(warc, start, damaged):
            try:
                page = page_at(record, str(warc)) if _is_content(record) else None
            except (StatusAndHeadersParserException, EOFError, ValueError, TooLargeError) as error:
                tell(f"{warc}: the page at byte {record.offset} cannot be read ({error})")
                continue
            if page:
                yield page
    except OSError as error:
        tell(f"{warc}: {error.strerror or error}")


def stands_at(warc: Path, offset: int, url: str, fetched_at: datetime) -> bool:
    """Whether the record at this byte holds that fetch, or did before it was erased."""
    try:
        record = next(records(warc, offset), None)
        if record is None or record.header("WARC-Type") == BLANK:
            return record is not None
        is_its_url = record.header("WARC-Target-URI").strip("<>") == url
        return is_its_url and _moment(record.header("WARC-Date")) == fetched_at
    except (BadRecordError, ValueError, OSError):
        return False


def _is_content(record: Record) -> bool:
    """Ours say what they are; in a foreign archive every text with status 200 may be a page."""
    if record.header(ROLE):
        return record.header("WARC-Type") == "response" and record.header(ROLE) == "page"
    if not record.header("WARC-Target-URI").strip("<").startswith("http"):
        return False
    if record.header("WARC-Type") == "resource":
        return _is_textual(record.header("Content-Type"))
    if record.header("WARC-Type") != "response":
        return False
    http, _ = record.http()
    return http.get_statuscode() == "200" and _is_textual(str(http.get_header("Content-Type") or ""))


def page_at(record: Record, archive_file: str) -> Page:
    """The page that a response or resource holds. Raises ValueError, TooLargeError for what is none."""
    if record.header("WARC-Type") == "resource":
        http, body = (
            StatusAndHeaders("200 OK", [("Content-Type", record.header("Content-Type"))]),
            record.block,
        )
    else:
        http, body = record.http()
    encoding = str(http.get_header("Content-Encoding") or "")
    _refuse_unreadable(body, encoding)
    return Page(
        url=record.header("WARC-Target-URI").strip("<>"),
        body=decode(body, encoding),
        fetched_at=_moment(record.header("WARC-Date")),
        content_type=str(http.get_header("Content-Type") or ""),
        status=int(http.get_statuscode()),
        headers=tuple((name.lower(), value) for name, value in http.headers),
        archive_file=archive_file,
        archive_offset=record.offset,
        archive_length=record.length,
        run_id=record.header(RUN) or None,
        begins_thread=unquote(record.header(THREAD)) or None,
    )


def _moment(written: str) -> datetime:
    try:
        moment: datetime = iso_date_to_datetime(written, tz_aware=True)
    except (ValueError, TypeError):
        raise ValueError(f"its date is {written!r}") from None
    return moment


def _refuse_unreadable(body: bytes, encoding: str) -> None:
    """Others archive encodings that we never ask for, under a header that often no longer holds."""
    if encoding.strip().lower() in FOREIGN and b"<" not in body[:1000]:
        raise ValueError(f"its content is encoded as {encoding}, which is not read here")


def _is_textual(content_type: str) -> bool:
    return not content_type or any(word in content_type.lower() for word in TEXTUAL)


def repair(warc: Path, start: int = 0) -> int:
    """Cuts off a half-written tail, looking from `start` (known to be whole) on. Returns the new size.

    What is damaged in the middle stays: nothing whole is cut off with it.
    """
    if not warc.exists():
        return 0
    size = warc.stat().st_size
    end = whole_until(warc, min(start, size))
    if end < size and whole_after(warc, end) is not None:
        return size
    if end < size:
        with warc.open("r+b") as file:
            file.truncate(end)
            os.fsync(file.fileno())
    return end


class Archive:
    """Appends to the WARC files of one site. One writer at a time (`crawler.lock`).

    A response is one gzip member holding its record, followed by one for the request that asked for it.
    """

    def __init__(self, root: Path, site_id: str) -> None:
        self._root, self._folder = root, root / site_id
        self._folder.mkdir(parents=True, exist_ok=True)
        self._site_id = site_id
        self._number = max(self._numbers(), default=1)
        self._file = self._open()
        self._unsynced = 0

    def files(self) -> list[Path]:
        return sorted(self._folder.glob("*.warc.gz"))

    def _numbers(self) -> Iterator[int]:
        """Of our own files: others may have been laid beside them."""
        for file in self.files():
            number = file.name.removeprefix(f"{self._site_id}-").removesuffix(".warc.gz")
            if number.isdecimal() and len(number) == NUMBER_WIDTH:
                yield int(number)

    @property
    def size(self) -> int:
        """Of the file that is written to, at this moment."""
        return self._file.tell()

    def append(self, fetched: Fetched) -> Place:
        """Writes a response; once this returns, a kill does not lose it. Raises CrawlError (disk full)."""
        if self._file.tell() >= ROLL_AT:
            self._roll()
        response_id = f"<urn:uuid:{uuid4()}>"
        member = pack(_response(fetched, response_id))
        offset = self._file.tell()
        self._write(member + pack(_request(fetched, response_id)), offset)
        return Place(file=f"{self._site_id}/{self._name()}", offset=offset, length=len(member))

    def sync(self) -> None:
        """Waits until the disk has what was written."""
        os.fsync(self._file.fileno())
        self._unsynced = 0

    def close(self) -> None:
        self.sync()
        self._file.close()

    def _write(self, data: bytes, offset: int) -> None:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[self._file.write(rest) :]
            self._unsynced += 1
            if self._unsynced >= SYNC_EVERY:
                self.sync()
        except OSError as error:
            self._file.truncate(offset)
            raise CrawlError(
                f"{self._folder / self._name()}: {error.strerror}; the crawl stops here"
            ) from None

    def _roll(self) -> None:
        self.close()
        self._number += 1
        self._file = self._open()

    def _open(self) -> FileIO:
        return (self._folder / self._name()).open("ab", buffering=0)

    def _name(self) -> str:
        return f"{self._site_id}-{self._number:0{NUMBER_WIDTH}d}.warc.gz"


def _response(fetched: Fetched, record_id: str) -> bytes:
    known = fetched.status in HTTPStatus._value2member_map_
    status = f"{fetched.status} {HTTPStatus(fetched.status).phrase if known else 'Unknown'}"
    http = StatusAndHeaders(status, list(fetched.headers), protocol="HTTP/1.1")
    extra = {ROLE: "page" if fetched.is_page else "support", RUN: fetched.run_id, "WARC-Record-ID": record_id}
    if fetched.begins_thread:
        extra[THREAD] = quote(fetched.begins_thread)
    return _record(fetched, "response", http, fetched.body, extra)


def _request(fetched: Fetched, response_id: str) -> bytes:
    path = urlsplit(fetched.url)._replace(scheme="", netloc="", fragment="").geturl() or "/"
    http = StatusAndHeaders(f"GET {path} HTTP/1.1", list(fetched.request_headers), is_http_request=True)
    return _record(fetched, "request", http, b"", {"WARC-Concurrent-To": response_id})


def _record(fetched: Fetched, kind: str, http: StatusAndHeaders, body: bytes, extra: dict[str, str]) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    when = datetime_to_iso_date(fetched.fetched_at.astimezone(UTC).replace(tzinfo=None), use_micros=True)
    record = writer.create_warc_record(
        fetched.url,
        kind,
        payload=BytesIO(body),
        length=len(body),
        warc_headers_dict={"WARC-Date": when, **extra},
        http_headers=http,
    )
    writer.write_record(record)
    return out.getvalue()
