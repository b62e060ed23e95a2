"""Markup to text as a reader sees it: which elements break a line, which a paragraph, which show nothing."""

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

LINE, PARAGRAPH, BREAK = "\x01", "\x02", "\x03"
"""Marks between the pieces of a flow: end the line, end the paragraph, `<br>`."""
_NEWLINE, _SPACE = "\x04", "\x05"
"""Whitespace of preformatted text, kept out of the way of collapsing."""

_LINE_TAGS = """
    div li tr dt dd section article address figure figcaption details summary form fieldset center aside main
    header footer nav option caption tbody thead
"""
_PARAGRAPH_TAGS = "p blockquote ul ol dl table pre h1 h2 h3 h4 h5 h6 hr"
_SILENT_TAGS = """
    script style template svg button select iframe object embed head noscript video audio canvas map
"""
MARKS = dict.fromkeys(_LINE_TAGS.split(), LINE) | dict.fromkeys(_PARAGRAPH_TAGS.split(), PARAGRAPH)
SILENT = frozenset(_SILENT_TAGS.split())

_MARKS = re.compile(r"([\x01-\x03][\x01-\x03 ]*)")
_EMOJI_CLASS = re.compile(r"emoji|smil|emotic|inlineimg", re.I)


def render(pieces: list[str]) -> str:
    """The text of a flow: whitespace collapsed as a browser does, paragraphs ended by one blank line."""
    text = " ".join("".join(pieces).split()).strip(" \x01\x02\x03")
    parts = _MARKS.split(text)  # words, marks, words, marks, …
    if len(parts) > 1:
        text = "".join([_line_ends(part) if at % 2 else part.rstrip() for at, part in enumerate(parts)])
    if _SPACE in text or _NEWLINE in text:
        text = text.replace(_NEWLINE, "\n").replace(_SPACE, " ").strip("\n")
    return text


def preformatted(text: str) -> str:
    """Text inside `<pre>`, its spaces and line ends kept."""
    return text.replace("\r\n", "\n").replace("\n", _NEWLINE).replace(" ", _SPACE).replace("\t", _SPACE * 4)


def alternative(image: LexborNode) -> str:
    """What an image stands for: an emoji or smiley its characters, any other image nothing."""
    attributes = image.attributes
    alt = attributes.get("alt") or ""
    if not alt or len(alt) > 40:
        return ""
    looks = f"{attributes.get('class') or ''} {attributes.get('src') or ''}"
    is_emoji = _EMOJI_CLASS.search(looks) or (len(alt) <= 12 and max(alt) >= "\u2190")
    return alt if is_emoji else ""


@lru_cache(maxsize=4096)
def _line_ends(marks: str) -> str:
    """A `<br>` ends the line it stands on, or leaves a line empty where nothing stands on it."""
    breaks = marks.count(BREAK) + (marks[0] != BREAK)
    return "\n\n" if breaks > 1 or PARAGRAPH in marks else "\n"
