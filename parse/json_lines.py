"""JSON Lines: an object a line, as corpora and archivers write them."""

from collections.abc import Iterator
from typing import Any

from parse.json_fields import decoded, mapping
from parse.page import Document


def first(doc: Document) -> dict[str, Any]:
    """The object on the first line; empty where that is none."""
    head = doc.page.body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] != b"{":
        return {}
    line, _, more = head.partition(b"\n")
    return mapping(decoded(line) if more else doc.json)


def objects(doc: Document) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """Every line's number and object; None for a line that holds none (cut off, or not JSON)."""
    for number, line in enumerate(doc.page.body.lstrip(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        found = decoded(line)
        yield number, found if isinstance(found, dict) else None


def unread(numbers: list[int]) -> tuple[str, ...]:
    """What to warn of when lines were no objects."""
    if not numbers:
        return ()
    return (f"lines that are no JSON objects: {len(numbers)}, the first is line {numbers[0]}",)
