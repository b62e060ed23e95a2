"""The source of a quote where its markup links to it: most forum software writes such a link in the head."""

import re
from collections.abc import Callable

from selectolax.lexbor import LexborNode

from parse.html_fields import attribute, every, first
from parse.quotes.heads import NO_HEAD, QuoteHead


def linked(selector: str, *patterns: str) -> Callable[[LexborNode], QuoteHead]:
    """A `QuoteMarkup.describe` that reads the id from a link in the block's own head.

    `selector` finds the link within the block; group 1 of the first pattern that its href matches is the id
    of the quoted post. Links in the heads of deeper quotes are not taken for the block's own.
    """
    compiled = [re.compile(pattern) for pattern in patterns]

    def describe(block: LexborNode) -> QuoteHead:
        link = first(block, selector)
        if link is not None and not _is_own(link, block):  # rarely: a block's own head stands first in it
            link = next((each for each in every(block, selector) if _is_own(each, block)), None)
        if link is None:
            return NO_HEAD
        href = attribute(link, "href")
        found = next((m for pattern in compiled if (m := pattern.search(href))), None)
        return QuoteHead(source_ref=found[1] if found else None)

    return describe


def _is_own(link: LexborNode, block: LexborNode) -> bool:
    above = link.parent
    while above is not None and above.mem_id != block.mem_id:
        if above.tag == block.tag == "blockquote":
            return False
        above = above.parent
    return True
