"""What a post answers where posts stand one below the other and only a number tells how deep each would hang.

"level-2" among the classes, `data-depth`, a margin, empty boxes for the lines beside it: a style sheet moves
such a post to the right, and whoever reads the page sees a tree. A post answers the last one before it that
hangs less deep.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bs4.element import Tag

from parse.unknown.block import Block
from parse.unknown.tags import attribute, classes, clean, wholes

_CALLED = re.compile(r"(?:^|[-_])(?:level|lvl|depth|indent(?:ed)?|nest(?:ed|ing)?)[-_]{0,2}(\d{1,2})$", re.I)
_INDENTED = re.compile(r"(?:^|[-_])(?:depth|indent(?:ed)?|nest(?:ed|ing)?)[-_]{0,2}(\d{1,2})$", re.I)
"""The same where those that hang nowhere have none: a level may be a person's."""
_TOLD = ("data-depth", "data-level", "aria-level")
_MARGIN = re.compile(r"(?:margin|padding)-left\s*:\s*(\d{1,4}(?:\.\d+)?)\s*(?:px|em|rem|%|ch)", re.I)
_FEWEST = 2


def with_depths(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, each with the one that it answers, where numbers tell it and nothing else does."""
    if len(blocks) < _FEWEST or any(block.answers for block in blocks):
        return list(blocks)
    around = wholes([block.element for block in blocks])
    told = [list(_depths(b.element, whole)) for b, whole in zip(blocks, around, strict=True)]
    for kind in zip(*told, strict=True):
        # An article above the comments has no depth, and they have one each.
        first = int(kind[0] is None)
        deep = [depth for depth in kind[first:] if depth is not None]
        if len(deep) == len(blocks) - first and _is_tree(deep):
            return [*blocks[:first], *_tied(blocks[first:], deep)]
    moved = [list(_moved(b.element, whole)) for b, whole in zip(blocks, around, strict=True)]
    for far in zip(*moved, strict=True):
        if not far[0] and any(far) and _is_tree(far):
            return list(_tied(blocks, far))
    return list(blocks)


def _depths(element: Tag, whole: Tag) -> Iterator[float | None]:
    """How deep a post hangs by each way to tell it; its name may be on what stands around it alone."""
    tags = (element, whole)
    names = (_CALLED.search(name) for tag in tags for name in classes(tag))
    yield next((float(m[1]) for m in names if m), None)
    numbers = (attribute(tag, place) for tag in tags for place in _TOLD)
    yield next((float(number) for number in numbers if number.isdecimal()), None)
    yield _margin(tags)
    yield float(sum(map(_is_line, element.find_all(recursive=False))))


def _moved(element: Tag, whole: Tag) -> Iterator[float]:
    """How far a post is moved to the right by each way to do so only to those that answer another."""
    tags = (element, whole)
    names = (_INDENTED.search(name) for tag in tags for name in classes(tag))
    yield next((float(m[1]) for m in names if m), 0.0)
    yield _margin(tags) or 0.0


def _margin(tags: Sequence[Tag]) -> float | None:
    margins = (_MARGIN.search(attribute(tag, "style")) for tag in tags)
    return next((float(m[1]) for m in margins if m), None)


def _is_line(tag: Tag) -> bool:
    """Whether an element is there to be drawn as one of the lines that lead down to a post."""
    return not clean(tag) and any(map(_CALLED.search, classes(tag)))


def _is_tree(deep: Sequence[float]) -> bool:
    """Whether depths are those of a tree that is written branch by branch: none skips one on its way down."""
    steps = sorted(set(deep))
    ranks = [steps.index(depth) for depth in deep]
    down = all(after <= before + 1 for before, after in pairwise(ranks))
    return len(steps) > 1 and ranks[0] == 0 and down


def _tied(blocks: Sequence[Block], deep: Sequence[float]) -> Iterator[Block]:
    above: list[tuple[float, Block]] = []
    for block, depth in zip(blocks, deep, strict=True):
        while above and above[-1][0] >= depth:
            above.pop()
        yield replace(block, answers=above[-1][1].element if above else None)
        above.append((depth, block))
