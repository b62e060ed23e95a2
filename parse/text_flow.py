"""Markup to text as a reader sees it: which elements break a line, which a paragraph, which show nothing."""

import re
from collections.abc import Iterable
from functools import lru_cache

from selectolax.lexbor import LexborNode

LINE, PARAGRAPH, BREAK = "\x01", "\x02", "\x03"
"""Marks between the pieces of a flow: end the line, end the paragraph, `<br>`."""
ITEM = "\x0e"
"""Begins a piece with what stands before the next words, as a browser draws it: "• ", "2. ". Alone it ends
the item: an empty one shows nothing."""
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

_ENDS = frozenset((LINE, PARAGRAPH, BREAK))
_RAW_MARKS = str.maketrans(dict.fromkeys((*_ENDS, ITEM), " "))
_EMOJI_CLASS = re.compile(r"emoji|smil|emotic|inlineimg", re.I)


def collapsed(text: str) -> str:
    """A piece of text, its white space collapsed as a browser does: a blank at either end stays one."""
    core = text.strip()
    if not core:
        return " " if text else ""
    if not core.isprintable():  # so says a line end, and any blank but the common one
        core = " ".join(core.split())
        if not core.isprintable():  # what is left is hardly ever there: control characters, invisible marks
            core = " ".join(core.translate(_RAW_MARKS).split())
    elif "  " in core:
        core = " ".join(core.split())
    return f"{' ' if text[0].isspace() else ''}{core}{' ' if text[-1].isspace() else ''}"


def render(pieces: Iterable[str]) -> str:
    """The text of a flow of marks and collapsed pieces, paragraphs ended by one blank line."""
    parts: list[str] = []
    ends, item, is_apart = "", "", False
    for piece in pieces:
        if piece in _ENDS:
            ends += piece
        elif words := piece.strip(" "):
            if words[0] == ITEM:
                item = piece[1:]
                continue
            if parts:
                parts.append(_line_ends(ends) if ends else " " if is_apart or piece[0] == " " else "")
            parts.append(item + words)
            ends, item, is_apart = "", "", piece[-1] == " "
        else:
            is_apart = is_apart or bool(piece)
    text = "".join(parts)
    if _SPACE in text or _NEWLINE in text:
        text = text.replace(_NEWLINE, "\n").replace(_SPACE, " ").strip("\n")
    return text


def ends_line(piece: str) -> bool:
    """Whether a piece of a flow keeps what stands before it off the line of what follows."""
    return piece in _ENDS or piece[:1] == ITEM


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


def item_mark(item: LexborNode, counted: dict[int, int]) -> str:
    """What a browser draws before a `<li>`: a bullet, or its number in a `<ol>`.

    `counted` holds the last number of each list that was begun, by the `mem_id` of the list.
    """
    around = item.parent
    if around is None or around.tag != "ol":
        return "• "
    following = counted[around.mem_id] + 1 if around.mem_id in counted else _number(around, "start", 1)
    counted[around.mem_id] = number = _number(item, "value", following)
    return f"{number}. "


def _number(node: LexborNode, name: str, otherwise: int) -> int:
    stated = node.attributes.get(name) or ""
    return int(stated) if stated.isdecimal() and len(stated) < 10 else otherwise


@lru_cache(maxsize=4096)
def _line_ends(marks: str) -> str:
    """A `<br>` ends the line it stands on, or leaves a line empty where nothing stands on it."""
    breaks = marks.count(BREAK) + (marks[0] != BREAK)
    return "\n\n" if breaks > 1 or PARAGRAPH in marks else "\n"
