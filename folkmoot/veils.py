"""Names or pseudonyms: what is done to the pages of a thread before anything of them is merged or kept."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from parse.model import Thread

if TYPE_CHECKING:
    from warehouse.store import Warehouse

Veil = Callable[[list[Thread]], list[Thread]]
"""Takes the pages of a thread and gives them as they are to be kept."""


def as_read(pages: list[Thread]) -> list[Thread]:
    """The veil that hides nothing."""
    return pages


def pseudonyms(db: "Warehouse") -> Veil:
    """Pseudonyms for names, with the key of this warehouse; the people of all pages of a thread are known."""
    from warehouse.pseudonyms import pseudonymize
    from warehouse.secret import key

    secret = key(db.path)

    def veil(pages: list[Thread]) -> list[Thread]:
        known = [post.author for page in pages for post in page.posts if post.author]
        return [pseudonymize(page, secret, known=known) for page in pages]

    return veil


def as_held(db: "Warehouse") -> Veil:
    """Pseudonyms where the warehouse has people of a site under them alone, names elsewhere."""
    from warehouse.status import addresses, are_pseudonyms

    is_veiled = any(are_pseudonyms(db, site_id) == {True} for site_id in addresses(db))
    return pseudonyms(db) if is_veiled else as_read
