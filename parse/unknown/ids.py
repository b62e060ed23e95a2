"""What the posts of an unknown forum go by: numbers and keys in ids and permalinks that tell posts apart."""

import re
from collections.abc import Sequence

from bs4.element import Tag

from parse.unknown.repeated import Block
from parse.unknown.tags import KEY, attribute, inside, wholes

_LINKS = 60
"""In a block, among which its permalink is looked for."""
_ID = re.compile(rf"({KEY}|\d{{2,}})", re.I)
_ID_PLACES = ("id", "data-id", "data-post-id", "data-post", "data-comment-id", "name")
PERMALINK = re.compile(rf"(?:#[a-z_-]*?|[?&/](?:p|pid|post|comment|msg)[=/_-]?)({KEY}|\d{{2,}}\b)", re.I)


def block_ids(blocks: Sequence[Block]) -> list[str | None]:
    """The posts' ids, from the first kind of place that gives most blocks one and no two blocks the same."""
    around = wholes([block.element for block in blocks])
    own = [_own_id(b.element) or _own_id(whole) for b, whole in zip(blocks, around, strict=True)]
    for found in (own, [_linked_id(b) for b in blocks]):
        shown = [number for number in found if number]
        if 2 * len(shown) > len(blocks) and len(set(shown)) == len(shown) and not _only_count(shown, blocks):
            return found
    return [None] * len(blocks)


def _only_count(numbers: Sequence[str], blocks: Sequence[Block]) -> bool:
    """Numbers that run from 1 on every page are no ids: the next page would have the same."""
    return all(number.isdecimal() and int(number) <= len(blocks) for number in numbers)


def _own_id(element: Tag) -> str | None:
    """The number that the block, an element it opens with, or an anchor in it goes by."""
    first = next((child for child in element.children if isinstance(child, Tag)), None)
    anchor = next((a for a in inside(element, "a") if _ID.search(attribute(a, "name"))), None)
    for tag in filter(None, (element, first, anchor)):
        for place in _ID_PLACES:
            if number := _ID.search(attribute(tag, place)):
                return number[1]
    return None


def _linked_id(block: Block) -> str | None:
    """The number in the permalink: the first that stands outside the words, which may link to other posts."""
    said = {id(link) for link in inside(block.body, "a")}
    links = (a for a in inside(block.element, "a")[:_LINKS] if id(a) not in said)
    return next((m[1] for a in links if (m := PERMALINK.search(attribute(a, "href")))), None)
