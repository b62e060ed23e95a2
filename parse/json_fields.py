"""Small questions to a value of somebody's JSON, which may be missing or of another type."""

import json
import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]").search
MOST = 2**31 - 1
"""What counts and positions are kept as: a larger number on a page is damage, not a count."""


def fragment(html: str) -> LexborNode:
    """The tree of a piece of HTML, for `parse.body.untangle`."""
    body = LexborHTMLParser(f"<body>{html}").body
    assert body is not None  # lexbor makes one for any text
    return body


def plain(html: str) -> str:
    """The words of a piece of HTML in one line."""
    return " ".join(fragment(html).text().split())


def decoded(source: str | bytes, strict: bool = True) -> Any:
    """JSON as values; None where it is none, or nested deeper than the decoder goes.

    Half a surrogate pair, left where a program cut a text in the middle of an emoji, becomes "?": it is no
    character and nothing later could store it. `strict` forbids bare line ends inside strings.
    """
    try:
        value = json.loads(source, strict=strict)
        if not _ESCAPED_SURROGATE(source if isinstance(source, str) else source.decode("utf-8", "replace")):
            return value
        return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None


def leading(source: str) -> Any:
    """The JSON that a text begins with, whatever follows it; None where it begins with none."""
    try:
        _, end = json.JSONDecoder().raw_decode(source)
    except (ValueError, RecursionError):
        return None
    return decoded(source[:end])


def text(value: Any) -> str:
    """A string as it is, a number as its digits, all else as the empty string."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def whole(value: Any) -> int | None:
    """A whole number, be it written as a number or as digits."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        value = value.strip()
        value = int(value) if value.isdecimal() and len(value) < 19 else None
    number = int(value) if isinstance(value, (int, float)) and math.isfinite(value) else None
    return number if number is not None and abs(number) <= MOST else None


def mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def entries(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a list (or the object itself), whatever else stands between them."""
    yield from (each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict))


def epoch(value: Any) -> datetime | None:
    """A moment from seconds since 1970, or milliseconds where they would lie beyond the year 5000."""
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return None
    try:
        return datetime.fromtimestamp(value / 1000 if abs(value) > 1e11 else value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
