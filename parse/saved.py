"""Pages that somebody saved to disk: which URL they had, which site they belong to."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from parse.model import ParseError
from parse.page import Page
from parse.urls import absolute, is_of_web, split

SUFFIXES = (".html", ".htm", ".xhtml", ".json", ".jsonl", ".xml", ".txt", ".mbox", ".eml")
_TYPES = {
    ".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml",
    ".json": "application/json", ".jsonl": "application/x-ndjson", ".xml": "application/xml",
    ".txt": "text/plain", ".mbox": "application/mbox", ".eml": "message/rfc822",
}  # fmt: skip

_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd")
"""How zip, gzip, bzip2, xz, 7z and Zstandard begin."""

_TAG = re.compile(rb"<(?:link|meta|base)\b[^>]{0,2000}>", re.I)
_ATTRIBUTE = re.compile(rb"([a-z:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.I)
_BROWSER_NOTE = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.I)


def files(path: Path) -> Iterator[Path]:
    """The file itself, or every page below a folder, in a stable order. WARC files count as pages here."""
    if path.is_dir():
        found = sorted(p for p in path.rglob("*") if p.is_file() and _is_page(p) and not _is_beside(p))
        if not found:
            raise ParseError(f"{path}: no pages in this folder ({' '.join(SUFFIXES)} .warc .warc.gz)")
        yield from found
    elif path.exists():
        yield path
    else:
        raise ParseError(f"{path}: no such file or folder")


def is_warc(path: Path) -> bool:
    return path.name.endswith((".warc", ".warc.gz"))


def read(path: Path, *, url: str | None = None) -> Page:
    """A saved file as a page. Raises ParseError when it is empty or cannot be read."""
    try:
        body, modified = path.read_bytes(), path.stat().st_mtime
    except OSError as error:
        raise ParseError(f"{path}: {error.strerror or error}") from None
    if not body.strip():
        raise ParseError(f"{path}: the file is empty")
    if body.startswith(_PACKED):
        raise ParseError(f"{path}: it is packed (zip, gzip, …); unpack it and name the file or folder inside")
    return Page(
        url=url or stated_url(body) or path.resolve().as_uri(),
        body=body,
        fetched_at=datetime.fromtimestamp(int(modified), UTC),
        content_type=_TYPES.get(path.suffix.lower(), ""),
        archive_file=str(path.resolve()),
        archive_length=len(body),
    )


def stated_url(body: bytes) -> str | None:
    """The URL that a page states of itself: canonical link, og:url, a browser's note on saving, `<base>`."""
    head = body[:200_000]
    found: dict[str, str] = {}
    for tag in _TAG.finditer(head):
        attributes = {m[1].lower(): m[2] or m[3] or m[4] or b"" for m in _ATTRIBUTE.finditer(tag[0])}
        _collect(attributes, found)
    note = _BROWSER_NOTE.search(head)
    if note:
        found["note"] = note[1].decode("utf-8", "replace")
    candidates = (found.get("canonical"), found.get("og:url"), found.get("note"), found.get("base"))
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


def _is_beside(path: Path) -> bool:
    """Whether a file only goes with the utterances of a ConvoKit corpus, which are read."""
    return path.name in _CORPUS and (path.parent / "utterances.jsonl").exists()


_CORPUS = ("corpus.json", "index.json", "speakers.json", "users.json", "conversations.json")


def _is_page(path: Path) -> bool:
    return is_warc(path) or path.suffix.lower() in SUFFIXES
