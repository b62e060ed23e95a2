"""Who wrote a post that nothing signs as others are signed: a guest's name is no link."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from bs4.element import NavigableString, PageElement, Tag

from parse.unknown.block import Block
from parse.unknown.byline_text import name_in_line
from parse.unknown.marks import DATE_TEXT, JOINED, is_person_address
from parse.unknown.name_places import may_name
from parse.unknown.tags import attribute, clean, inside, opening
from parse.unknown.ways import at_end, way_to

_HEADS = frozenset(
    ("author", "message", "subject", "topic", "post", "posted", "autor", "verfasser", "auteur")
)
"""Of columns."""
_BOXES = ("td", "div", "dl", "ul", "aside")
_ACCOUNT = 200
"""Characters in which a box about an account comes to when it was opened."""
_STEPS = 3
"""Up from a name to what stands around a guest's as well."""


def with_guests(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those without a name given the one that stands where most others have theirs."""
    if len(blocks) == 1 and blocks[0].person is None:
        return [replace(blocks[0], person=_in_bold(blocks[0]) or _above_account(blocks[0]))]
    signed = [(b.element, b.person) for b in blocks if b.person and b.element in b.person.parents]
    if len(signed) == len(blocks) or len(signed) < len(blocks) / 2:
        return list(blocks)
    return [
        block if block.person else replace(block, person=_name(block, signed) or _in_date(block))
        for block in blocks
    ]


def _in_bold(block: Block) -> Tag | None:
    """What is set in bold above the words of a lone post: old boards make names of nothing else."""
    for tag in inside(block.element, "b", "strong", block.body.name):
        if tag is block.body:
            break
        is_strong = tag.name in ("b", "strong") and not _is_button(tag)
        if is_strong and may_name(tag, clean(tag)) and clean(tag).casefold() not in _HEADS:
            return tag
    return None


def _above_account(block: Block) -> Tag | None:
    """What a box beside the words of a lone post begins with, if it tells since when somebody is a member."""
    around = {id(tag) for tag in (block.body, *block.body.parents, *inside(block.body))}
    told = (box for box in inside(block.element, *_BOXES) if id(box) not in around)
    boxes = (box for box in told if (words := opening(box, _ACCOUNT)) and _tells_since(words))
    box = next(boxes, None)
    text = next(filter(clean, _texts(box)), None) if box else None
    if text is None or _is_button(text) or text.parent is None or not may_name(text.parent, text.strip()):
        return None
    return text.wrap(Tag(name="span"))


def _tells_since(words: str) -> bool:
    return len(words) <= _ACCOUNT and bool(JOINED.search(words) and DATE_TEXT.search(words))


def _name(block: Block, signed: Sequence[tuple[Tag, Tag]]) -> Tag | None:
    for steps in range(1, _STEPS + 1):
        around = [(top, next(islice(name.parents, steps - 1, None))) for top, name in signed]
        ways = Counter(way_to(tag, top) for top, tag in around if top in tag.parents)
        way, often = ways.most_common(1)[0] if ways else ((), 0)
        there = at_end(block.element, way) if 2 * often > len(signed) else None
        text = next(filter(clean, _texts(there)), None) if there else None
        if text is not None and _is_button(text):
            return None
        if text is not None and text.parent and may_name(text.parent, text.strip()):
            text.wrap(Tag(name="span"))
            return text.parent
    return None


def _in_date(block: Block) -> Tag | None:
    """The name in one line with the date, where those of members are links: "3 May 2010 - Jane"."""
    name = name_in_line(clean(block.date)) if block.date else None
    person = Tag(name="span") if name else None
    if person is not None and name:
        person.string = name
    return person


def _is_button(part: PageElement) -> bool:
    """Whether words lead elsewhere than to an account."""
    link = part.find_parent("a")
    return link is not None and not is_person_address(attribute(link, "href"))


def _texts(tag: Tag) -> Iterator[NavigableString]:
    return (part for part in tag.descendants if isinstance(part, NavigableString))
