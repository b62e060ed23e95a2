"""Threads made up as trees: what each post answers, how deep it stands, and whether it was changed later."""

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True)
class Said:
    author: str
    at: datetime
    paragraphs: tuple[str, ...]
    parent: int | None = None
    depth: int = 0
    is_edited: bool = False

    @property
    def text(self):
        return " ".join(" ".join(self.paragraphs).split())


def thread(posts, rng, edited, is_tree):
    """The posts, each but the first as an answer to one before it; in the order of the tree, or that of time."""
    said = []
    for n, each in enumerate(posts):
        parent = None if not n else rng.choice((0, n - 1, rng.randrange(n)))
        depth = 0 if parent is None else said[parent].depth + 1
        is_edited = edited and rng.random() < 0.4
        said.append(Said(each.author, each.at, each.paragraphs, parent, depth, is_edited))
    return _in_order(said) if is_tree else said


def _in_order(said):
    """The posts of a tree as a page shows them: each before what answers it."""
    order = _branch(said, None)
    place = {n: at for at, n in enumerate(order)}
    return [replace(said[n], parent=place.get(said[n].parent)) for n in order]


def _branch(said, parent):
    found = [n for n, each in enumerate(said) if each.parent == parent]
    return [n for top in found for n in (top, *_branch(said, top))]
