"""Pages that a browser saved with all that belongs to them in one file: MHTML, and Safari's web archive."""

import plistlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime
from xml.parsers.expat import ExpatError

from parse.model import ParseError

MAILS = (".mhtml", ".mht")
SAFARIS = (".webarchive",)
SUFFIXES = (*MAILS, *SAFARIS)
_MARK = b"snapshot-content-location:"
_PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The page itself."""

    body: bytes
    content_type: str
    url: str | None
    saved_at: datetime | None


def unpacked(data: bytes, suffix: str) -> Unpacked | None:
    """The page in such a file; None for another file. Raises ParseError when a web archive is damaged."""
    if suffix in SAFARIS:
        return _of_safari(data)
    if suffix in MAILS or _MARK in data[:2000].lower():
        return _of_mail(data)
    return None


def _of_mail(data: bytes) -> Unpacked | None:
    mail = message_from_bytes(data)
    pages = [part for part in mail.walk() if part.get_content_type() in _PAGES]
    if not pages:
        return None
    url = mail["Snapshot-Content-Location"] or pages[0]["Content-Location"]
    page = next((part for part in pages if part["Content-Location"] == url), pages[0])
    body = page.get_payload(decode=True)
    return Unpacked(
        body if isinstance(body, bytes) else b"",
        str(page["Content-Type"] or ""),
        str(url).strip() if url else None,
        _date(mail),
    )


def _date(mail: Message) -> datetime | None:
    try:
        found = parsedate_to_datetime(str(mail["Date"]))
    except (ValueError, TypeError):
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _of_safari(data: bytes) -> Unpacked:
    try:
        page = plistlib.loads(data)["WebMainResource"]
        body, url = page["WebResourceData"], page["WebResourceURL"]
    except (plistlib.InvalidFileException, ExpatError, KeyError, TypeError, ValueError, RecursionError):
        raise ParseError("no web archive as Safari saves them, or a damaged one") from None
    if not isinstance(body, bytes) or not isinstance(url, str):
        raise ParseError("a web archive without a page in it")
    return Unpacked(body, _content_type(page), url, None)


def _content_type(page: Mapping[str, object]) -> str:
    kind = page.get("WebResourceMIMEType") or "text/html"
    charset = page.get("WebResourceTextEncodingName")
    return f"{kind}; charset={charset}" if charset else str(kind)
