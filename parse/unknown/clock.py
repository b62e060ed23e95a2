"""The clock of a page: the date in its head is when it was asked for, and nobody said anything then."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from parse.dates import parse_time
from parse.page import Document
from parse.unknown.block import Block
from parse.unknown.shown_dates import shown_date
from parse.unknown.tags import classes

_HOUR = timedelta(hours=1)
_ZONES = timedelta(hours=14)
_SLOW = timedelta(minutes=2)
"""What clocks may differ by beside whole hours."""


def without_clock(doc: Document, blocks: Sequence[Block]) -> list[Block]:
    """The blocks without a first one that is made unlike the others and shows the clock of the page.

    A post is made as others are, and one that opens a thread is older than its answers.
    """
    if len(blocks) < 2 or _made(blocks[0]) == _made(blocks[1]):
        return list(blocks)
    now = doc.page.fetched_at
    first, *others = (parse_time(shown_date(block.date), now=now) for block in blocks)
    is_newest = first is not None and all(other < first for other in others if other)
    return list(blocks[1:] if first and is_newest and _is_now(first, now) else blocks)


def _made(block: Block) -> tuple[str, ...]:
    return (block.element.name, *classes(block.element))


def _is_now(shown: datetime, now: datetime) -> bool:
    """Whether a time is that of the clock, in whatever zone of whole hours."""
    apart = abs(shown - now)
    beside = apart % _HOUR
    return apart <= _ZONES and min(beside, _HOUR - beside) <= _SLOW
