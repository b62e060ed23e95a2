"""What people write in Jira, as its interface gives it: in the wiki's markup, or as a document of parts."""

import re
from collections.abc import Callable
from typing import Any

from parse.json_fields import entries, listed, mapping, text
from parse.quotes.plain import Body, shielded, unshielded, untangle_text

_CODE = re.compile(r"\{(code|noformat)(?::[^}\n]*)?\}(.*?)(?:\{\1\}|\Z)", re.S)
_QUOTE = re.compile(r"\{quote\}(.*?)(?:\{quote\}|\Z)", re.S)
_LINE = re.compile(r"^bq\. ", re.M)
_PERSON = re.compile(r"\[~(?:accountid:)?([^\]\n]+)\]")
_LINK = re.compile(r"\[([^|\[\]\n]+)\|[^\]\n]+\]")


def untangle_jira(written: Any) -> Body:
    """The own words and the quotes of a description or a comment; the wiki's marks of bold and lists stay."""
    said = _laid_out(mapping(written)) if isinstance(written, dict) else _plain(text(written))
    return unshielded(untangle_text(said))


def _plain(written: str) -> str:
    """Quotes as lines that begin with `>`, people and links by their names, code without its tags."""
    said = _CODE.sub(lambda m: shielded(m[2].strip("\r\n")), written.replace("\r\n", "\n"))
    said = _QUOTE.sub(lambda m: f"\n{_quoted(m[1].strip())}\n\n", said)
    return _LINK.sub(r"\1", _PERSON.sub(r"@\1", _LINE.sub("> ", said)))


def _quoted(words: str) -> str:
    return "\n".join(f"> {line}" for line in words.split("\n"))


def _laid_out(part: dict[str, Any]) -> str:
    """A part of a document (Atlassian's format) as plain text; blocks are set apart by empty lines."""
    kind = text(part.get("type"))
    if kind in _INLINE:
        return _INLINE[kind](part)
    inner = list(entries(listed(part.get("content"))))
    if kind in ("paragraph", "heading", "codeBlock"):
        words = "".join(map(_laid_out, inner))
        return shielded(words) if kind == "codeBlock" else words
    if kind in ("bulletList", "orderedList", "taskList"):
        return "\n".join(f"- {_laid_out(item)}" for item in inner)
    words = "\n\n".join(filter(None, map(_laid_out, inner)))
    return _quoted(words) if kind == "blockquote" else words


def _attribute(name: str) -> Callable[[dict[str, Any]], str]:
    return lambda part: text(mapping(part.get("attrs")).get(name))


def _emoji(part: dict[str, Any]) -> str:
    return _attribute("text")(part) or _attribute("shortName")(part)


_INLINE: dict[str, Callable[[dict[str, Any]], str]] = {
    "text": lambda part: text(part.get("text")),
    "hardBreak": lambda _: "\n",
    "mention": _attribute("text"),
    "emoji": _emoji,
    "inlineCard": _attribute("url"),
    "blockCard": _attribute("url"),
    "status": _attribute("text"),
    "rule": lambda _: "",
}
