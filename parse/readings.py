"""The ways in which bytes can be read as text: for finding words wherever they hide in a file."""

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from parse.charset import decode

_TAG = re.compile(r"<[^<>]{0,2000}>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


def readings(data: bytes) -> Iterator[str]:
    """The same bytes as text: escapes of HTML and JSON undone, without markup, as a decoded address.

    Without markup twice: a tag may split a word (`An<b>n</b>`) or part two (`Ann<br>Ortega`).
    """
    for raw in _decoded(data):
        plain = html.unescape(_json_unescaped(raw) if "\\u" in raw else raw)
        yield plain
        if "<" in plain:
            yield html.unescape(_TAG.sub("", plain))
            yield html.unescape(_TAG.sub(" ", plain))
        if "%" in plain:
            yield unquote(plain)


def _decoded(data: bytes) -> Iterator[str]:
    """As the page says, and as UTF-8 with what is none left out; then as what most of the rest is."""
    yield decode(data, "")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        yield data.decode("utf-8", "replace")
        yield data.decode("windows-1252", "replace")


def _json_unescaped(text: str) -> str:
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
