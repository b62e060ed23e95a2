"""What a browser's developer tools recorded of a visit (HTTP Archive, `.har`): each answer is a page.

The way to forums that scripts draw: what the scripts asked for is in it.
"""

import base64
import binascii
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from parse.json_fields import decoded
from parse.model import ParseError
from parse.page import Page

SUFFIX = ".har"
_PAGES = ("html", "json")


def answers(path: Path) -> Iterator[Page]:
    """The answers in a recording that may be pages, in their order: markup or JSON that came when asked for.

    Raises ParseError when the file is no recording, or one without what was answered.
    """
    try:
        recording = decoded(path.read_bytes())
    except OSError as error:
        raise ParseError(f"{path}: {error.strerror or error}") from None
    try:
        entries = [entry for entry in recording["log"]["entries"] if _is_page(entry)]
        pages = [page for entry in entries if (page := _page(entry, path))]
    except (KeyError, TypeError, AttributeError):
        raise ParseError(f"{path}: no recording as browsers save them (.har), or a damaged one") from None
    if entries and not pages:
        raise ParseError(f"{path}: recorded without what was answered; save it again, with content")
    if not pages:
        raise ParseError(f"{path}: holds no page")
    yield from pages


def _is_page(entry: Any) -> bool:
    asked, answer = entry["request"], entry["response"]
    kind = str(answer["content"].get("mimeType", "")).lower()
    is_one = any(word in kind for word in _PAGES)
    return asked["method"] == "GET" and answer["status"] == 200 and is_one


def _page(entry: Any, path: Path) -> Page | None:
    content = entry["response"]["content"]
    body = _body(str(content.get("text") or ""), content.get("encoding"))
    if not body.strip():
        return None
    return Page(
        url=str(entry["request"]["url"]),
        body=body,
        fetched_at=_moment(str(entry["startedDateTime"]), path),
        content_type=_content_type(content),
        archive_file=str(path.resolve()),
        archive_length=len(body),
    )


def _body(text: str, encoding: object) -> bytes:
    if encoding != "base64":
        return text.encode("utf-8", "replace")
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return b""


def _content_type(content: Any) -> str:
    """As sent for bytes; text was decoded by the browser already."""
    kind = str(content["mimeType"])
    return kind if content.get("encoding") == "base64" else f"{kind.partition(';')[0]}; charset=utf-8"


def _moment(told: str, path: Path) -> datetime:
    try:
        found = datetime.fromisoformat(told)
    except ValueError:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
