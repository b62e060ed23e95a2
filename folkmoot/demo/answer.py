"""What a demo server says to a request, and the small things both servers need to say it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

_URL = re.compile(r"https?://[^\s<>()]+[^\s<>().,;:!?]")
_MENTION = re.compile(r"(?<![\w/])@([a-z]\w+)")
_NUMBERED = re.compile(r"\d\) ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    body: bytes = b""
    etag: str | None = None
    """A client that already has this version is told so (304)."""


ROBOTS = Answer(
    content_type="text/plain", body=b"User-agent: *\nDisallow: /t5/notifications/\nDisallow: /search\n"
)


def slug(title: str, space: str = "-") -> str:
    """A title as it stands in URLs."""
    return re.sub(r"[^A-Za-z0-9]+", space, title).strip(space) or "topic"


def words_to_html(text: str, mention: Callable[[str], str]) -> str:
    """Paragraphs, lists, links and mentions of the demo's markup; `mention` makes a login a link's HTML."""
    return "".join(_paragraph(block, mention) for block in re.split(r"\n\s*\n", text.strip()))


def _paragraph(block: str, mention: Callable[[str], str]) -> str:
    lines = block.split("\n")
    bulleted = [line.startswith("* ") for line in lines]
    if all(bulleted):
        items = "".join(f"<li>{_inline(line[2:], mention)}</li>" for line in lines)
        return f"<ul>{items}</ul>"
    if any(bulleted):  # a sentence, and its list right below it
        first = bulleted.index(True)
        head, tail = "\n".join(lines[:first]), "\n".join(lines[first:])
        return (
            f"<p>{_inline(head, mention)}</p>{_paragraph(tail, mention)}"
            if head
            else f"<p>{_inline(tail, mention)}</p>"
        )
    return f"<p>{_inline(block, mention)}</p>"


def _inline(text: str, mention: Callable[[str], str]) -> str:
    linked = _URL.sub(lambda m: f'<a href="{m[0]}" rel="nofollow">{m[0]}</a>', escape(text, quote=False))
    named = _MENTION.sub(lambda m: mention(m[1]), linked)
    return named.replace("\n", "<br>\n")
