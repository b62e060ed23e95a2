"""What forums tell of an account beside what it said: lines that no class gives away."""

import re
from collections.abc import Sequence

from bs4.element import PageElement, Tag

from parse.unknown.marks import JOINED
from parse.unknown.tags import clean, inside

_SINCE = re.compile(r"\b(?:19|20)\d\d\b")
_LONGEST = 160
"""Characters of all that is told of an account in one box."""
_LONGEST_LINE = 50
_SENTENCE = re.compile(r"[^\W\d_]{2,}[.!?…](?:\s|\Z)")
_FEW = 2
_LINES = ("p", "blockquote", "ul", "ol", "pre", "a", "b", "i", "em", "strong")


def cut_accounts(bodies: Sequence[Tag]) -> None:
    """Takes what is told of accounts out of bodies that open or end with it: "Posts: 12", "Joined: May 2009".

    It counts where half of the bodies have it, for all of them.
    """
    found = [_account(_parts(body, 0)) or _account(_parts(body, -1)[::-1]) for body in bodies]
    if 2 * sum(map(bool, found)) >= max(_FEW, len(bodies)):
        for part in (part for parts in found for part in parts):
            part.extract()


def _parts(body: Tag, end: int) -> list[PageElement]:
    """What a body is made of; what it begins with, or ends with (-1), is taken apart down to a line."""
    parts = [node for node in body.contents if clean(node)]
    while parts and isinstance(box := parts[end], Tag) and box.name not in _LINES and not _may_tell(box):
        inner = [node for node in box.contents if clean(node)]
        parts = [*parts[:-1], *inner] if end else [*inner, *parts[1:]]
    return parts


def _account(parts: Sequence[PageElement]) -> list[PageElement]:
    """The first parts, up to those around the one that says since when; empty where it is not among them."""
    short: list[PageElement] = []
    for part in parts[:-1]:  # something has to be said
        if not _may_tell(part):
            break
        short.append(part)
    since = [n for n, part in enumerate(short) if _tells_since(clean(part))]
    if not since:
        return []
    labelled = [n for n, part in enumerate(short) if ":" in clean(part) and n > since[-1]]
    end = since[-1] + sum(n == since[-1] + at for at, n in enumerate(labelled, 1))
    return short[: end + 1]


def _may_tell(part: PageElement) -> bool:
    """Whether a part is a line, or a list of lines, in which nobody speaks."""
    words = clean(part)
    if isinstance(part, Tag) and inside(part, "p", "blockquote", "br"):
        return False
    return len(words) <= (_LONGEST if JOINED.search(words) else _LONGEST_LINE) and not _SENTENCE.search(words)


def _tells_since(words: str) -> bool:
    found = JOINED.search(words)
    return found is not None and _SINCE.search(words, found.end()) is not None
