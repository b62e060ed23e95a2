"""Quotes that their own thread does not explain: looked up over the whole site when all pages are read."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from parse.elsewhere import FEWEST_WORDS, source, with_sources
from parse.model import Quote, Thread

if TYPE_CHECKING:
    from warehouse.store import Warehouse

_AT_ONCE = 200
"""Threads in memory at a time."""


def resolved_elsewhere(db: "Warehouse", site_id: str) -> Iterator[list[Thread]]:
    """Threads of the site, some at a time, of whose homeless quotes some now have their source elsewhere."""
    from warehouse.elsewhere import offers
    from warehouse.held import held_threads

    found: dict[str, dict[tuple[str, int], Quote]] = {}
    for offer in offers(db, site_id, FEWEST_WORDS):
        if (tied := source(offer.quote, offer.candidates)) is not None:
            found.setdefault(offer.thread_id, {})[offer.post_id, tied.ordinal] = tied
    waiting = iter(found)
    while some := list(islice(waiting, _AT_ONCE)):
        held = held_threads(db, site_id, some)
        yield [with_sources(held[thread_id], found[thread_id]) for thread_id in some]
