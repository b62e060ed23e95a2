"""What links to things of one kind have in common: where they stand, and how their addresses begin."""

import re
from collections.abc import Hashable
from itertools import islice

from bs4.element import Tag

from parse.urls import split

_AROUND = 3
"""Elements around a link by which its place is known."""


def likeness(link: Tag, url: str) -> Hashable:
    """The same for links that stand in the same place and whose addresses have the same shape."""
    return tuple(above.name for above in islice(link.parents, _AROUND)), _shape(url)


def _shape(url: str) -> Hashable:
    """A URL without what tells one thing from the next: numbers, and all of a path but how it begins."""
    parts = split(url)
    path = re.sub(r"\d+", "0", parts.path).strip("/").split("/")
    named = (re.sub(r"\d+", "0", part.partition("=")[0]) for part in re.split("[&;]", parts.query) if part)
    keys = tuple(sorted(named))
    return (*(path if keys else path[:-1][:1]), len(path), keys)
