"""Places in a text, to be asked what lies in them: a post may have ten thousand."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable


class Spans:
    """(start, end) pairs in order, disjoint."""

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        kept = list(pairs)
        self._starts, self._ends = [start for start, _ in kept], [end for _, end in kept]

    def __contains__(self, at: int) -> bool:
        number = bisect_right(self._starts, at) - 1
        return number >= 0 and at < self._ends[number]

    def any_in(self, start: int, end: int) -> bool:
        """Whether one begins in that stretch."""
        return bisect_left(self._starts, start) < bisect_left(self._starts, end)
