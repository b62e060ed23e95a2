"""What is done to a thread and stands among its posts: "Jane locked this topic 3 days ago". Nobody's post.

Forums of all makes put such lines where answers stand, made like them, with whoever did it and when; and no
more, so that a line of which a name, an act and a date is all is one. What is said of an act in a post of
somebody's own words goes on, or has a byline beside it.
"""

import re
from collections.abc import Sequence

from bs4.element import Tag

from parse.dates import parse_time
from parse.model import Author, PlatformEvent
from parse.page import Document
from parse.unknown.block import Block
from parse.unknown.marks import DATE_TEXT, LONGEST_DATE, is_date
from parse.unknown.shown_dates import shown_date
from parse.unknown.tags import clean, inside, opening, own_text

_LONGEST = 160
_KINDS = {
    "locked": "thread_locked",
    "unlocked": "thread_unlocked",
    "moved": "thread_moved",
    "merged": "thread_merged",
    "split": "thread_split",
    "renamed": "thread_retitled",
}
"""Acts that are told by one word. "Closed" is not: where bugs are reported it says that one is solved."""
_OTHERS = ("closed", "reopened", "unclosed", "opened", "pinned", "unpinned", "stickied", "archived")
_ACT = re.compile(
    rf"(?:has |have )?(?P<act>{'|'.join((*_KINDS, *_OTHERS))})"
    r"(?: (?:this|the|it)\b(?: (?:topic|thread|discussion|conversation|question|issue)\b)?"
    r"(?: (?:from|to|into|with|as|globally)\b.*)?)?\W*(?:on|at)?\W*",
    re.I,
)


def without_acts(doc: Document, blocks: Sequence[Block]) -> tuple[list[Block], tuple[PlatformEvent, ...]]:
    """The blocks that are posts, and what those tell that are acts."""
    told = [(block, _act(block)) for block in blocks]
    posts = [block for block, act in told if act is None]
    acts = [_event(doc, block, _KINDS[act]) for block, act in told if act in _KINDS]
    return posts, tuple(acts)


def _act(block: Block) -> str | None:
    """The word for what was done, where a block says no more than who did it and when."""
    line = opening(block.element, _LONGEST)
    name = clean(block.person) if block.person else ""
    if not name or len(line) > _LONGEST or not line.startswith(name) or block.nested:
        return None
    dated = _dated(block)
    told = clean(dated) if dated else ""
    if told == line and (date := DATE_TEXT.search(line)):
        told = line[date.start() :] if date.end() == len(line.rstrip(" .")) else ""
    act = _ACT.fullmatch(line[len(name) :].removesuffix(told).strip()) if told else None
    return act["act"].lower() if act else None


def _dated(block: Block) -> Tag | None:
    return next((t for t in (*inside(block.element)[::-1], block.element) if is_date(t, own_text(t))), None)


def _event(doc: Document, block: Block, kind: str) -> PlatformEvent:
    at = parse_time(shown_date(_dated(block)), now=doc.page.fetched_at)
    who = Author(name=clean(block.person)) if block.person else None
    return PlatformEvent(kind=kind, actor=who, occurred_at=at, excerpt=opening(block.element, LONGEST_DATE))
