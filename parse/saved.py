"""Pages that somebody saved to disk: which URL they had, which site they belong to."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from parse import mhtml
from parse.model import ParseError
from parse.page import Page
from parse.urls import absolute, is_of_web, split

SUFFIXES = (".html", ".htm", ".xhtml", ".json", ".jsonl", ".xml", ".txt", ".mbox", ".eml", *mhtml.SUFFIXES)
PACKED = (".warc.zst", ".wacz")
"""Archives of pages in a form that is not read: named, lest they be taken for read."""
_TYPES = {
    ".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml",
    ".json": "application/json", ".jsonl": "application/x-ndjson", ".xml": "application/xml",
    ".txt": "text/plain", ".mbox": "application/mbox", ".eml": "message/rfc822",
}  # fmt: skip

_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd")
"""How zip, gzip, bzip2, xz, 7z and Zstandard begin."""

_TAG = re.compile(rb"<(?:link|meta|base)\b[^>]{0,2000}>", re.I)
_ATTRIBUTE = re.compile(rb"([a-z:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.I)
_BROWSER_NOTE = re.compile(
    rb"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(\S+?)(?:\s*-->|\s)|"
    rb"<!-- Mirrored from (\S+) by HTTrack",
    re.I,
)
_SAVED_BESIDE = re.compile(
    r"(.+?)(?:_files|\.files|-Dateien|_fichiers|_archivos|_ficheiros|_file|_bestanden)\Z"
)
"""What browsers call the folder in which they put what belongs to a saved page."""
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html)\b", re.I | re.S)


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
    content_type = _TYPES.get(path.suffix.lower(), "")
    fetched_at, stated = datetime.fromtimestamp(int(modified), UTC), None
    if mail := mhtml.unpacked(body, path.suffix.lower()):
        body, content_type, stated = mail.body, mail.content_type, mail.url
        fetched_at = mail.saved_at or fetched_at
    return Page(
        url=url or stated or stated_url(body) or path.resolve().as_uri(),
        body=body,
        fetched_at=fetched_at,
        content_type=content_type,
        archive_file=str(path.resolve()),
        archive_length=len(body),
    )


def stated_url(body: bytes) -> str | None:
    """The URL that a page states of itself: what saved it noted, canonical link, og:url, `<base>`."""
    head = body[:200_000]
    found: dict[str, str] = {}
    for tag in _TAG.finditer(head):
        attributes = {m[1].lower(): m[2] or m[3] or m[4] or b"" for m in _ATTRIBUTE.finditer(tag[0])}
        _collect(attributes, found)
    note = _BROWSER_NOTE.search(head)
    if note:
        found["note"] = (note[1] or b"http://" + note[2]).decode("utf-8", "replace")
    candidates = (found.get(name) for name in ("note", "canonical", "og:url", "base"))
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
    elif attributes.get(b"name", b"").lower() == b"savepage-url":
        found.setdefault("note", attributes.get(b"content", b"").decode("utf-8", "replace"))
    elif attributes.get(b"property", b"").lower() == b"og:url":
        found.setdefault("og:url", attributes.get(b"content", b"").decode("utf-8", "replace"))
    elif b"href" in attributes and b"rel" not in attributes:
        found.setdefault("base", attributes[b"href"].decode("utf-8", "replace"))


def _is_beside(path: Path) -> bool:
    """Whether a file only goes with others: with the utterances of a ConvoKit corpus, with a saved page."""
    if path.name in _CORPUS:
        return (path.parent / "utterances.jsonl").exists()
    beside = ((_SAVED_BESIDE.match(folder.name), folder.parent) for folder in path.parents)
    return any(m and any((at / (m[1] + suffix)).exists() for suffix in _MAIN) for m, at in beside)


_MAIN = (".html", ".htm", ".xhtml")
_CORPUS = ("corpus.json", "index.json", "speakers.json", "users.json", "conversations.json")


def _is_page(path: Path) -> bool:
    """By its name; else, as mirrors keep `viewtopic.php?t=5`, by how it begins."""
    if is_warc(path) or path.suffix.lower() in SUFFIXES or path.name.endswith(PACKED):
        return True
    with path.open("rb") as file:
        return _MARKUP.match(file.read(1000)) is not None
