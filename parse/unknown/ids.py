"""What the posts of an unknown forum go by: numbers and keys in ids and permalinks that tell posts apart."""

import re
from collections.abc import Collection, Iterator, Sequence

from bs4.element import Tag

from parse.model import Post
from parse.unknown.block import Block
from parse.unknown.pager import LONGEST_STEP, Place, page_number
from parse.unknown.tags import KEY, attribute, inside, wholes
from parse.urls import split

_LINKS = 60
"""In a block, among which its permalink is looked for."""
_ID = re.compile(rf"({KEY}|\d{{2,}})", re.I)
_ANCHOR = re.compile(r"(?:p|pid|post|msg|message|c|comment|reply|entry)[-_]?\d{2,}", re.I)
_CONTROL = re.compile(r"(?:^|[_$])ctl\d+(?:[_$]|$)", re.I)
"""What ASP.NET calls the parts of a page by where they stand on it."""
_PARTS = re.compile(rf"{KEY}|\d+", re.I)
_LEAST = 2
"""Digits of a number that may tell posts apart."""
_REPEATED = 2
"""Posts that a page may show again: the opening one, the last of the page before."""
_ID_PLACES = (
    "id", "data-id", "data-post-id", "data-post", "data-comment-id", "data-message-id", "data-pid", "data-no",
    "name",
)  # fmt: skip
PERMALINK = re.compile(rf"(?:#[a-z_-]*?|[?&/](?:p|pid|post|comment|msg)[=/_-]?)({KEY}|\d{{2,}}\b)", re.I)


def block_ids(blocks: Sequence[Block], url: str, here: Place) -> list[str | None]:
    """The posts' ids, from the first kind of place that gives most blocks one and no two blocks the same.

    `url` is that of the page on which they stand, `here` where that is in its thread. Openings that are
    called otherwise than answers are counted apart, and elsewhere an answer may have the same number: they go
    by the whole name.
    """
    around = wholes([block.element for block in blocks])
    own = [_own_id(b.element) or _own_id(whole) for b, whole in zip(blocks, around, strict=True)]
    is_apart = _is_apart(own)
    for found in (*_columns([None, *own[1:]] if is_apart else own), [_linked_id(b) for b in blocks]):
        shown = [number for number in found if number]
        if 2 * len(shown) <= len(blocks) or len(set(shown)) < len(shown):
            continue
        is_of_thread = set(shown) <= set(_PARTS.findall(url))
        if (
            is_of_thread
            or not _only_count(shown, len(blocks), here)
            or _are_linked(blocks, found, here.start)
        ):
            return [own[0], *found[1:]] if is_apart and found[0] is None else found
    return [None] * len(blocks)


def is_permalink(url: str, posts: Sequence[Post]) -> bool:
    """Whether a page was asked for by the address of one of its posts, and shows more."""
    found = PERMALINK.search(url)
    return found is not None and len(posts) > 1 and found[1] in {post.id for post in posts}


def numbers_in(place: str) -> list[str]:
    """The numbers and keys in an id or an address."""
    return _PARTS.findall(place)


def _is_apart(names: Sequence[str | None]) -> bool:
    """Whether an opening post is called otherwise than all answers, "topic-19" above "post-74"."""
    kinds = [name and _PARTS.sub("#", name) for name in names]
    answers = set(kinds[1:])
    return len(answers) == 1 and None not in (*answers, kinds[0]) and kinds[0] not in answers


def _columns(names: Sequence[str | None]) -> Iterator[list[str | None]]:
    """What the posts may go by, number by number: "change-3-170912" counts them first, then says when.

    Names that are not all made alike, "c12" and "c12-reply-3", are read for their first number only.
    """
    parts = [_PARTS.findall(name or "") for name in names]
    widths = {len(each) for each in parts if each}
    if len(widths) > 1:
        yield [m[1] if (m := _ID.search(name or "")) else None for name in names]
        return
    for place in range(max(widths, default=0)):
        column = [each[place] if each else None for each in parts]
        yield [number if number and len(number) >= _LEAST else None for number in column]


def _only_count(numbers: Sequence[str], blocks: int, here: Place) -> bool:
    """Numbers that run from 1 in every thread are no ids: the next one would have the same.

    On a later page they go on, "41, 42, 43": one by one, from where that page may begin. Where more pages
    follow, this one is as full as those before it.
    """
    if not all(map(str.isdecimal, numbers)):
        return False
    counted, page = sorted(map(int, numbers)), here.number or 1
    if page == 1:
        return counted[-1] <= blocks
    is_last = all((page_number(url) or 1) <= page for url in here.others)
    longest = LONGEST_STEP if is_last else blocks + _REPEATED
    return counted[-1] - counted[0] == len(counted) - 1 and counted[0] <= longest * (page - 1) + _REPEATED


def _are_linked(blocks: Sequence[Block], numbers: Sequence[str | None], start: str) -> bool:
    """Whether posts are linked by their numbers alone, "/post/60/": what counts in a thread needs its own."""
    thread = {*_PARTS.findall(start), split(start).path.rstrip("/").rpartition("/")[2]} - {""}
    alone = [
        number is not None and any(_leads_to(link, number, thread) for link in links_beside(block))
        for block, number in zip(blocks, numbers, strict=True)
    ]
    return 2 * sum(alone) > len(blocks)


def _leads_to(link: Tag, number: str, thread: Collection[str]) -> bool:
    parts = split(attribute(link, "href"))
    address = f"{parts.path}?{parts.query}"
    return number in _PARTS.findall(address) and not any(part in address for part in thread)


def _own_id(element: Tag) -> str | None:
    """What the block, an element it opens with, or an anchor in it goes by, where a number is in it."""
    first = next((child for child in element.children if isinstance(child, Tag)), None)
    anchors = inside(element, "a")
    named = next((a for a in anchors if _ID.search(attribute(a, "name"))), None)
    marked = next((a for a in anchors if _ANCHOR.fullmatch(attribute(a, "id"))), None)
    for tag in filter(None, (element, first, named, marked)):
        for place in _ID_PLACES:
            told = attribute(tag, place)
            if _ID.search(told) and not _CONTROL.search(told):
                return told
    return None


def _linked_id(block: Block) -> str | None:
    """The number in the permalink: the first that stands outside the words."""
    return next((m[1] for a in links_beside(block) if (m := PERMALINK.search(attribute(a, "href")))), None)


def links_beside(block: Block) -> list[Tag]:
    """The first links of a block outside its words, which may link to other posts."""
    said = {id(link) for link in inside(block.body, "a")}
    return [a for a in inside(block.element, "a")[:_LINKS] if id(a) not in said]
