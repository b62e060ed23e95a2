"""Pages that somebody saved to disk: which URL they had, which site they belong to."""

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

import zstandard

from parse import browser_saves, har, mirrors, packed
from parse.json_fields import decoded
from parse.mirrors import Origin
from parse.model import ParseError
from parse.page import Page
from parse.urls import absolute, is_of_web, split

SUFFIXES = (
    ".html",
    ".htm",
    ".xhtml",
    ".json",
    ".jsonl",
    ".xml",
    ".txt",
    ".mbox",
    ".eml",
    *browser_saves.SUFFIXES,
)
PACKED = ".warc.zst"
"""An archive of pages in a form that is not read: named, lest it be taken for read."""
ZSTD = ".zst"
_WINDOW = 2**31
"""Bytes that an unpacker may look back: dumps of Reddit were packed for the least size."""
CASES = ".wacz"
"""Zips of WARC files, with lists of what these hold."""
_TYPES = {
    ".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml",
    ".json": "application/json", ".jsonl": "application/x-ndjson", ".ndjson": "application/x-ndjson",
    ".csv": "text/csv", ".tsv": "text/tab-separated-values", ".xml": "application/xml",
    ".txt": "text/plain", ".mbox": "application/mbox", ".eml": "message/rfc822",
}  # fmt: skip

_LINES = (".jsonl", ".ndjson")
LONG = 16_000_000
"""Bytes of lines that are read at once: dumps of subreddits have gigabytes."""
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
_SAVED_BESIDE = re.compile(
    r"(.+?)(?:_files|\.files|-Dateien|_fichiers|_archivos|_ficheiros|_file|_bestanden)\Z"
)
"""What browsers call the folder in which they put what belongs to a saved page."""
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html)\b", re.I | re.S)


def files(path: Path) -> Iterator[Path]:
    """The file itself, or every page below a folder, in a stable order. WARC files count as pages here."""
    if path.is_dir():
        found = sorted(p for p in path.rglob("*") if p.is_file() and _is_page_at(p) and not _is_beside(p))
        if not found:
            raise ParseError(f"{path}: no pages in this folder ({' '.join(SUFFIXES)} .warc .warc.gz)")
        yield from found
    elif path.exists():
        yield path
    else:
        raise ParseError(f"{path}: no such file or folder")


def is_warc(path: Path) -> bool:
    return _is_warc(path.name)


def is_recording(path: Path) -> bool:
    return path.name.lower().endswith(har.SUFFIX)


def is_packed(path: Path) -> bool:
    """Whether it is a folder of pages in one file."""
    return not is_warc(path) and packed.is_folder(path)


@contextmanager
def unpacked(path: Path, failed: Callable[[str], None]) -> Iterator[Path]:
    """The pages in a packed folder, for as long as the block lasts, in a folder to be read as any other."""
    is_case = path.suffix.lower() == CASES

    def keeps(name: str, head: bytes) -> bool:
        return _is_warc(name) if is_case else _is_page(name, head)

    with packed.unpacked(path, keeps=keeps, failed=failed) as folder:
        yield folder


def as_packed(page: Page, folder: Path, path: Path) -> Page:
    """The page under the name that it has in the archive `path`, which was unpacked to `folder`."""
    here, there = folder.resolve(), path.resolve()
    return replace(
        page,
        url=page.url.replace(here.as_uri(), there.as_uri(), 1),
        archive_file=page.archive_file.replace(str(here), str(there), 1),
    )


def read(path: Path, *, url: str | None = None) -> Page:
    """A saved file as a page. Raises ParseError when it is empty or cannot be read."""
    try:
        body, modified, beside = path.read_bytes(), path.stat().st_mtime, _beside(path)
    except OSError as error:
        raise ParseError(f"{path}: {error.strerror or error}") from None
    if not body.strip():
        raise ParseError(f"{path}: the file is empty")
    suffix = path.suffix.lower()
    if body.startswith(_GZIP):
        body, suffix = _gunzipped(path, body), path.with_suffix("").suffix.lower()
    if body.startswith(_PACKED):
        raise ParseError(f"{path}: it is packed in a way that is not read; unpack it and name what is inside")
    content_type = _TYPES.get(suffix, "")
    if whole := _whole(path, body, suffix):
        body, content_type = whole.body, whole.content_type
        origin = Origin(whole.url, whole.saved_at) if whole.url else None
    else:
        origin = noted(body)
    if not origin and (origin := mirrors.origin(path, body)):
        body = mirrors.with_own_links(path, body, origin.url)
    return Page(
        url=url or (origin.url if origin else stated_url(body)) or path.resolve().as_uri(),
        body=body,
        fetched_at=(origin and origin.at) or datetime.fromtimestamp(modified, UTC),
        content_type=content_type,
        archive_file=str(path.resolve()),
        archive_length=len(body),
        beside=beside,
    )


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


def is_dump(path: Path) -> bool:
    """Whether the file holds a JSON object a line, and more of them than are read at once, or packed."""
    is_packed = path.suffix.lower() == ZSTD and not path.name.lower().endswith(PACKED)
    return is_packed or (path.suffix.lower() in _LINES and path.stat().st_size > LONG)


def pieces(path: Path) -> Iterator[Page]:
    """A file of lines, whole lines at a time; offsets count what is in it, unpacked.

    Raises ParseError where it cannot be read, after what could be.
    """
    begin, body = 0, b""
    try:
        fetched_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        with _opened(path) as file:
            while more := file.read(LONG) + file.readline(LONG):
                body = more
                yield Page(
                    url=f"{path.resolve().as_uri()}?from={begin}",
                    body=body,
                    fetched_at=fetched_at,
                    content_type=_TYPES[".jsonl"],
                    archive_file=str(path.resolve()),
                    archive_offset=begin,
                    archive_length=len(body),
                )
                begin += len(body)
    except OSError as error:
        raise ParseError(f"{path}: {error.strerror or error}") from None
    except zstandard.ZstdError:
        body = b""
    if (
        decoded(body[body.rstrip().rfind(b"\n") + 1 :]) is None
    ):  # an unpacker says nothing of an end that is not there
        raise ParseError(f"{path}: it is empty, damaged or cut off after {begin:,} bytes of what is in it")


def _opened(path: Path) -> BinaryIO:
    if path.suffix.lower() != ZSTD:
        return path.open("rb")
    unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    return BufferedReader(unpacker.stream_reader(path.open("rb"), read_across_frames=True))


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


def _is_beside(path: Path) -> bool:
    """Whether a file only goes with others: with the utterances of a ConvoKit corpus, with the channels of
    a workspace, with a saved page, with a copied site. Or says again what stands in another."""
    if path.name in _CORPUS and (path.parent / "utterances.jsonl").exists():
        return True
    if path.suffix == ".json" and _members(path.parent):
        return True
    if _CHAT.fullmatch(path.name) and _is_told_twice(path):
        return True
    if path.name == _MANNERS:
        return True
    beside = ((_SAVED_BESIDE.match(folder.name), folder.parent) for folder in path.parents)
    return any(m and any((at / (m[1] + suffix)).exists() for suffix in _MAIN) for m, at in beside)


def _is_told_twice(path: Path) -> bool:
    """Whether a chat of Telegram was exported as HTML and as JSON, alone or with others: that tells more."""
    above = path.parent.parent
    folder = above.parent if above.name == "chats" else path.parent
    return (folder / "result.json").exists()


def _members(folder: Path) -> Path | None:
    """The list of people in an exported workspace; the other lists there name channels and apps, and what was
    said stands in folders below."""
    if not (folder / _CHANNELS).exists():
        return None
    return next((folder / name for name in _MEMBERS if (folder / name).exists()), None)


def _beside(path: Path) -> bytes:
    members = _members(path.parent.parent) if path.suffix == ".json" else None
    return _kept(members, members.stat().st_mtime_ns) if members else b""


@lru_cache(maxsize=1)
def _kept(path: Path, _modified: int) -> bytes:
    """The same bytes for all pages that they go with, which are thousands."""
    return path.read_bytes()


_CHANNELS = "channels.json"
_MEMBERS = ("users.json", "org_users.json")
"""What Slack calls the list of people, of a workspace and of an organisation."""
_CHAT = re.compile(r"messages\d*\.html")
"""What Telegram calls the pages of a chat."""
_MANNERS = "robots.txt"
_MAIN = (".html", ".htm", ".xhtml")
_CORPUS = ("corpus.json", "index.json", "speakers.json", "users.json", "conversations.json")


def _is_page_at(path: Path) -> bool:
    if _is_named_so(path.name):
        return True
    with path.open("rb") as file:
        return _is_page(path.name, file.read(1000))


def _is_page(name: str, head: bytes) -> bool:
    """By its name; else, as mirrors keep `viewtopic.php?t=5`, by how it begins."""
    return _is_named_so(name) or _MARKUP.match(head) is not None


def _is_named_so(name: str) -> bool:
    return name.lower().removesuffix(".gz").endswith((*SUFFIXES, ZSTD, CASES)) or _is_warc(name)


def _is_warc(name: str) -> bool:
    return name.endswith((".warc", ".warc.gz"))
