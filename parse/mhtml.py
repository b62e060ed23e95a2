"""Pages that a browser saved with all that belongs to them as one mail (MHTML)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime

SUFFIXES = (".mhtml", ".mht")
_MARK = b"snapshot-content-location:"


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The page itself."""

    body: bytes
    content_type: str
    url: str | None
    saved_at: datetime | None


def unpacked(data: bytes, suffix: str) -> Unpacked | None:
    """The page in such a mail; None for another file."""
    if suffix not in SUFFIXES and _MARK not in data[:2000].lower():
        return None
    mail = message_from_bytes(data)
    pages = [
        part for part in mail.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
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
