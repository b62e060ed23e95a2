"""Quotes that their own thread does not explain: looked up over the whole site when all pages are read."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from parse.elsewhere import FEWEST_WORDS, Asked, Candidate, look_up
from parse.model import Thread

if TYPE_CHECKING:
    from warehouse.elsewhere import Offer
    from warehouse.store import Warehouse

_AT_ONCE = 200
"""Threads in memory with those that they may quote."""


def answered_elsewhere(db: "Warehouse", site_id: str) -> Iterator[list[Thread]]:
    """Threads of the site, some at a time, of whose homeless quotes some now have their source elsewhere.

    Everything else in them is to be inferred anew: a ghost whose post was found in another thread is gone.
    """
    from warehouse.elsewhere import offers
    from warehouse.held import held_threads

    found_for = offers(db, site_id, FEWEST_WORDS)
    for start in range(0, len(found_for), _AT_ONCE):
        some = found_for[start : start + _AT_ONCE]
        others = (offer.other_thread_id for _, found in some for offer in found)
        held = held_threads(db, site_id, {*(thread_id for thread_id, _ in some), *others})
        changed = [
            answered
            for thread_id, found in some
            if (answered := look_up(held[thread_id], _offered(found, held))) is not held[thread_id]
        ]
        if changed:
            yield changed


def _offered(found: Iterable["Offer"], held: dict[str, Thread]) -> dict[Asked, list[Candidate]]:
    offered: dict[Asked, list[Candidate]] = {}
    for offer in found:
        other = next(post for post in held[offer.other_thread_id].posts if post.id == offer.other_post_id)
        offered.setdefault((offer.post_id, offer.ordinal), []).append(Candidate(other, offer.other_thread_id))
    return offered
