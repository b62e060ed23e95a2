"""The way down from a block of a page to what stands in it: the same in every block, whatever classes say."""

from collections.abc import Sequence

from bs4.element import Tag

Way = tuple[tuple[str, int], ...]
"""The tags on the way, the last first, each with its number among those of its name."""


def way_to(tag: Tag, top: Tag) -> Way:
    steps = []
    at: Tag | None = tag
    while at is not None and at is not top:
        steps.append((at.name, len(at.find_previous_siblings(at.name))))
        at = at.parent
    return tuple(steps)


def at_end(top: Tag, way: Sequence[tuple[str, int]]) -> Tag | None:
    """What stands there in a block."""
    at: Tag | None = top
    for name, number in reversed(way):
        children = at.find_all(name, recursive=False) if at else []
        at = children[number] if number < len(children) else None
    return at
