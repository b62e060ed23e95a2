"""What pages show under account ids that are none is told apart by name, before anything is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from parse import accounts
from parse.model import Thread

if TYPE_CHECKING:
    from warehouse.store import Warehouse


@dataclass(frozen=True, slots=True)
class Settled:
    """Threads of one site without the account ids that are none."""

    parts: dict[str, list[Thread]]
    """The pages of each thread."""
    held: dict[str, Thread]
    whole: dict[str, Thread]
    """Those that were resolved already and would be no other without the ids."""


def settled(
    db: "Warehouse",
    site_id: str,
    parts: Mapping[str, list[Thread]],
    held: Mapping[str, Thread],
    whole: Mapping[str, Thread],
) -> Settled:
    """The pages of each thread, and what is held of it, without ids that stand beside several names.

    What the warehouse holds under such ids in other threads is filed anew there.
    """
    lost = _lost(db, site_id, parts, held)
    bare = {thread_id: accounts.without(thread, lost) for thread_id, thread in whole.items()}
    return Settled(
        {thread_id: [accounts.without(page, lost) for page in pages] for thread_id, pages in parts.items()},
        {thread_id: accounts.without(thread, lost) for thread_id, thread in held.items()},
        # Two people of one name are one from here on: what was inferred of two does not hold for them.
        {name: thread for name, thread in bare.items() if _people(thread) == _people(whole[name])},
    )


def _people(thread: Thread) -> int:
    return len({post.author.key for post in thread.posts if post.author})


def _lost(
    db: "Warehouse", site_id: str, parts: Mapping[str, list[Thread]], held: Mapping[str, Thread]
) -> set[str]:
    """The ids in these threads that are no accounts."""
    from warehouse import doubts

    pages = list(chain.from_iterable(parts.values()))
    shown = accounts.shown([*pages, *held.values()])
    known = doubts.doubted(db, site_id)
    if doubts.EVERY in known:
        return shown
    crowded = (accounts.crowded(pages) & shown) - known
    torn = accounts.doubtful(pages, held.values(), doubts.called(db, site_id, shown)) - known
    if crowded or torn:
        doubted = known | crowded | torn
        sound = len(accounts.shared(pages) - doubted) + doubts.shared(db, site_id)
        if len(doubted) >= max(accounts.FEWEST, sound):
            doubts.doubt(db, site_id, {doubts.EVERY})
            return shown
        lost = crowded if len(torn) <= accounts.RENAMED * sound else crowded | torn
        doubts.doubt(db, site_id, lost)
        known |= lost
    return shown & known
