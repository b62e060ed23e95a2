"""Pages that somebody saved to disk: which URL they had, which site they belong to."""

import html
import re
from datetime import UTC, datetime
from pathlib import Path

from parse.files import browser_saves, mirrors, packed
from parse.files.companions import people_beside
from parse.files.mirrors import Origin
from parse.model import ParseError
from parse.page import Page
from parse.urls import absolute, is_of_web, split

TYPES = {
    ".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml",
    ".json": "application/json", ".jsonl": "application/x-ndjson", ".ndjson": "application/x-ndjson",
    ".csv": "text/csv", ".tsv": "text/tab-separated-values", ".xml": "application/xml",
    ".txt": "text/plain", ".mbox": "application/mbox", ".eml": "message/rfc822",
}  # fmt: skip

_GZIP = b"\x1f\x8b"
_PACKED = (b"PK\x03\x04", b"BZh", b"\xfd7zXZ\0", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd")
"""How zip, bzip2, xz, 7z and Zstandard begin."""

_TAG = re.compile(rb"<(?:link|meta|base)\b[^>]{0,2000}>", re.I)
_ATTRIBUTE = re.compile(rb"([a-z:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.I)
_BROWSER_NOTE = re.compile(
    rb"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(\S+?)(?=\s*-->|\s)|"
    rb"""<meta\s+name=["']savepage-url["']\s+content=["']([^"'>]+)""",
    re.I,
)
_SAVED_AT = re.compile(rb"\s+saved date:\s+\w{3} (\w{3} \d{1,2} \d{4} \d\d:\d\d:\d\d GMT[+-]\d{4})", re.I)
_HEAD = 200_000


def read(path: Path, *, url: str | None = None) -> Page:
    """A saved file as a page. Raises ParseError when it is empty or cannot be read."""
    try:
        body, modified, beside = path.read_bytes(), _modified(path), people_beside(path)
    except OSError as error:
        raise ParseError(f"{path}: {error.strerror or error}") from None
    if not body.strip():
        raise ParseError(f"{path}: the file is empty")
    suffix = path.suffix.lower()
    if body.startswith(_GZIP):
        body, suffix = _gunzipped(path, body), path.with_suffix("").suffix.lower()
    if body.startswith(_PACKED):
        raise ParseError(f"{path}: it is packed in a way that is not read; unpack it and name what is inside")
    content_type = TYPES.get(suffix, "")
    fetched_at = datetime.fromtimestamp(modified, UTC)
    if whole := _whole(path, body, suffix):
        body, content_type, fetched_at = whole.body, whole.content_type, whole.saved_at or fetched_at
        origin = Origin(whole.url) if whole.url else None
    else:
        origin = noted(body)
    stated = None if origin else stated_url(body)
    if not origin and (origin := mirrors.origin(path, body, stated)):
        body = mirrors.with_own_links(path, body, origin.url)
    return Page(
        url=url or (origin.url if origin else stated) or path.resolve().as_uri(),
        body=body,
        fetched_at=(origin and origin.at) or fetched_at,
        content_type=content_type,
        archive_file=str(path.resolve()),
        archive_length=len(body),
        beside=beside,
    )


def _modified(path: Path) -> float:
    """When it was saved; when it was put here, where an archive left that out."""
    held = path.stat()
    return held.st_mtime if held.st_mtime > packed.DATED_FROM else held.st_ctime


def _whole(path: Path, body: bytes, suffix: str) -> browser_saves.Unpacked | None:
    try:
        return browser_saves.unpacked(body, suffix)
    except ParseError as error:
        raise ParseError(f"{path}: {error}") from None


def _gunzipped(path: Path, body: bytes) -> bytes:
    try:
        return packed.gunzipped(body)
    except ParseError as error:
        raise ParseError(f"{path}: {error}") from None


def noted(body: bytes) -> Origin | None:
    """Where a page stood, and when it was saved, by the note that a browser or its add-on left on it."""
    found = _BROWSER_NOTE.search(body[:_HEAD])
    url = html.unescape((found[1] or found[2]).decode("utf-8", "replace")) if found else ""
    if not found or not is_of_web(url):
        return None
    dated = _SAVED_AT.match(body, found.end())
    return Origin(url, _moment(dated[1].decode()) if dated else None)


def _moment(told: str) -> datetime | None:
    try:
        return datetime.strptime(told, "%b %d %Y %H:%M:%S GMT%z").astimezone(UTC)
    except ValueError:
        return None


def stated_url(body: bytes) -> str | None:
    """The URL that a page calls its proper one: canonical link, og:url, `<base>`."""
    found: dict[str, str] = {}
    for tag in _TAG.finditer(body[:_HEAD]):
        attributes = {m[1].lower(): m[2] or m[3] or m[4] or b"" for m in _ATTRIBUTE.finditer(tag[0])}
        _collect(attributes, found)
    candidates = (found.get(name) for name in ("canonical", "og:url", "base"))
    urls = (absolute(found.get("base", ""), html.unescape(c)) for c in candidates if c)
    return next(filter(is_of_web, urls), None)


def site_of(url: str) -> str:
    """A site id for a page nobody configured: its host, or `local` for a file that tells no URL."""
    parts = split(url)
    if not is_of_web(url) or not parts.hostname:
        return "local"
    host = parts.hostname.removeprefix("www.")
    return f"{host}-{parts.port}" if parts.port else host


def _collect(attributes: dict[bytes, bytes], found: dict[str, str]) -> None:
    if b"canonical" in attributes.get(b"rel", b"").lower():
        found.setdefault("canonical", attributes.get(b"href", b"").decode("utf-8", "replace"))
    elif attributes.get(b"property", b"").lower() == b"og:url":
        found.setdefault("og:url", attributes.get(b"content", b"").decode("utf-8", "replace"))
    elif b"href" in attributes and b"rel" not in attributes:
        found.setdefault("base", attributes[b"href"].decode("utf-8", "replace"))
