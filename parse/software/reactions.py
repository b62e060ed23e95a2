"""Reactions: signs that people put under a message. Two of them say whether they are for or against it."""

import re
from collections.abc import Iterable
from typing import TypedDict

_TONE = r"(?:[\U0001f3fb-\U0001f3ff]|::skin-tone-\d|(?:_[a-z]+)+_tone)?"
_UP, _DOWN = (re.compile(rf"(?:{sign}){_TONE}") for sign in (r"👍|\+1|thumbs_?up", r"👎|-1|thumbs_?down"))
"""By its sign or by its name, of any colour."""


class Thumbs(TypedDict):
    """Fields of a post."""

    like_count: int | None
    dislike_count: int | None


def thumbs(reactions: Iterable[tuple[str, int | None]]) -> Thumbs:
    """How many point up, and how many down, of reactions by name or sign with their counts; None for none."""
    counts = list(reactions)
    return Thumbs(like_count=_pointing(_UP, counts), dislike_count=_pointing(_DOWN, counts))


def _pointing(way: re.Pattern[str], counts: Iterable[tuple[str, int | None]]) -> int | None:
    found = [count for name, count in counts if way.fullmatch(name)]
    return sum(count or 0 for count in found) if found else None
