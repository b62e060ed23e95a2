"""How far blocks that repeat on a page are believed to be what people said."""

from collections.abc import Sequence

from bs4 import BeautifulSoup

from parse.unknown.block import Block
from parse.unknown.tags import clean
from parse.unknown.talk import is_place_of_talk, is_talk

TRUST = 0.2
"""Below this the repeated-structure reader is not believed and the page is reported instead."""
UNLIKELY = 0.15
"""How much is left of trust in a lone post where nothing on the page says that people talk there."""


def is_said(blocks: Sequence[Block]) -> bool:
    """Whether most blocks say anything: a name and a date without words are the last post of a board."""
    return 2 * sum(bool(clean(block.body)) for block in blocks) > len(blocks)


def trust_in_few(
    trust: float, page: BeautifulSoup, blocks: Sequence[Block], own_url: str, is_known: bool
) -> float:
    """How far to believe in a post or two: the last page of a thread may hold a word of thanks alone.

    Where the page `is_known` for a forum's, to a person or to the crawl that came to it, it need not say so
    itself.
    """
    if not is_known and not is_talk(page, blocks, own_url):
        return trust * UNLIKELY
    is_signed = len(blocks) == 1 and blocks[0].person is not None and blocks[0].date is not None
    is_place = is_known or is_place_of_talk(own_url)
    return max(trust, TRUST) if is_signed and is_place else trust
