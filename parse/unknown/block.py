"""A post as the reader of unknown forums finds it, before anything in it is read."""

from dataclasses import dataclass

from bs4.element import Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One post as found: where it stands and which of its parts are what."""

    element: Tag
    body: Tag
    person: Tag | None
    date: Tag | None
    nested: tuple[Tag, ...] = ()
    """Blocks of other posts right inside this one (a tree of comments)."""
    answers: Tag | None = None
    """The block that this one answers, where they stand in a tree."""
