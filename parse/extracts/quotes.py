"""Quotes in a text extract: "Jane wrote:" says where they begin; their source says where they end."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from parse.extracts.lines import Line
from parse.names import normal
from parse.quotes import heads
from parse.shingles import Index, Wording
from parse.sources import comparable

_AHEAD = 3
"""Lines that may differ from the source in between: edited, redacted, left out."""
_LIKE = 0.7
_ITSELF = 1.5
"""Lines by which the run in another quote must be longer than that in the post itself to be followed."""
_DATED = re.compile(r"(:)[ ↑⇑]{1,3}(?=\D{0,12}\d)[^:\n]{6,40}(?::\d\d[^:\n]{0,6})?\s*\Z")
"""The date behind a head of phpBB: "Jane wrote: ↑Mon May 06, 2024 10:15 am"."""
_PLACES = 20
"""Places before a line, and as many behind it, at which its words are looked for."""
_LONGEST = 400
"""Lines of the longest quote that is believed."""


@dataclass(slots=True)
class Found:
    """A quote: its head's line, the lines that hold its words, and the lines they came from."""

    head: int
    name: str
    end: int
    """The first line behind it."""
    source: list[int]
    """Lines elsewhere on the page that hold its words, in order; empty when there are none."""
    depth: int = 1
    start: int = 0
    """Its first line of words: behind the head, or behind the quote nested in it."""

    def __post_init__(self) -> None:
        self.start = self.start or self.head + 1


class Finder:
    """Finds the ends of quotes on one page."""

    def __init__(
        self, lines: Sequence[Line], limits: Sequence[int], people: frozenset[str] = frozenset()
    ) -> None:
        """`people` are the names in bylines, as `normal` writes them: "Jane:" alone is a head of theirs."""
        self.lines = lines
        self.limits = set(limits)
        self.words: list[Wording] = [comparable(line.text) for line in lines]
        self.heads = {
            n: name for n, line in enumerate(lines) if (name := head_name(line) or _bare_name(line, people))
        }
        self.index = Index([w if n not in self.heads else Wording([], "") for n, w in enumerate(self.words)])
        self.is_airy = self._is_airy()

    def find(self) -> list[Found]:
        """Every quote in order. Heads directly under each other nest, the outermost first."""
        found: list[Found] = []
        for head, name in self.heads.items():
            stacked = found and found[-1].head == head - 1 and found[-1].end == head
            quote = self._quote(head, name)
            quote.depth = found[-1].depth + 1 if stacked else 1
            found.append(quote)
            self._extend_outer(found)
        return found

    def _extend_outer(self, found: list[Found]) -> None:
        """The words behind a nested quote go on with the outer one, as far as its source holds them."""
        inner = found[-1]
        for quote in reversed(found[:-1][-inner.depth + 1 :] if inner.depth > 1 else []):
            chain = self._longest_chain(inner.end, self._limit(inner.head))
            if chain is None:
                return
            quote.start, quote.end, quote.source = inner.end, chain[0] + 1, chain[1]
            inner = quote

    def _quote(self, head: int, name: str) -> Found:
        limit = self._limit(head)
        chain = self._longest_chain(head + 1, limit)
        if chain:
            last, source = chain
            # Another quote of the same lost post may show less of it than this one.
            end = self._end_by_shape(head, limit) if self.is_airy and self._is_quoted(source[0]) else 0
            return Found(head, name, max(last + 1, end), source)
        return Found(head, name, self._end_by_shape(head, limit), [])

    def _limit(self, head: int) -> int:
        n = head + 1
        while n < min(len(self.lines), head + _LONGEST) and n not in self.heads and n not in self.limits:
            n += 1
        return n

    def _longest_chain(self, start: int, limit: int) -> tuple[int, list[int]] | None:
        """The longest run of lines from `start` that stands elsewhere in the same order: last line, sources.

        The first line must be found; up to `_AHEAD` lines may then be missing or changed between two found.
        """
        best: tuple[int, list[int]] | None = None
        best_score = -1.0
        places = {start: self._places(start, start - 1, limit)} if start < limit else {}
        for place in places.get(start, ()):
            last, at, source = start, place, [place]
            for n in range(start + 1, limit):
                if n - last > _AHEAD or (self.is_airy and self._is_end(n)):
                    break
                if n not in places:
                    places[n] = self._places(n, start - 1, limit)
                following = bisect_left(places[n], at)
                if following < len(places[n]) and places[n][following] <= at + (n - last) + 1:
                    last, at = n, places[n][following]
                    source.append(at)
            score = last - start + _ITSELF * (len(self.words[start].words) > 3 and not self._is_quoted(place))
            if score > best_score:
                best, best_score = (last, source), score
        return best

    def _is_quoted(self, n: int) -> bool:
        """Whether a line stands below a head: then it is another quote of the same post, not the post."""
        first = max(0, n - _LONGEST)
        while n >= first and n not in self.heads and not (n in self.limits or self._is_end(n)):
            n -= 1
        return n in self.heads

    def _places(self, n: int, head: int, limit: int) -> list[int]:
        """Lines outside the quote and its answer that hold the words of line n, or most of them, in order.

        Of a line that stands in very many places only those around it are looked at.
        """
        words = self.words[n]
        if not words.words:
            return []
        hits = [h for h in self.index.find(words, n) if not head <= h.post < limit]
        enough = len(words.words) > 2
        found = sorted(
            h.post
            for h in hits
            if (h.is_exact and self._is_same(n, h.post))
            or (enough and not h.is_exact and h.coverage >= _LIKE)
        )
        at = bisect_left(found, n)
        return found[max(0, at - _PLACES) : at + _PLACES]

    def _is_same(self, n: int, place: int) -> bool:
        """A short line must be the whole of the other one: "Yes." stands in many."""
        return len(self.words[n].words) > 3 or self.words[n].line == self.words[place].line

    def _is_end(self, n: int) -> bool:
        """The frame of a quote leaves two empty lines behind."""
        return self.lines[n].empty >= 2

    def _is_airy(self) -> bool:
        """Whether this extract keeps the empty lines around quotes: most heads have two before them."""
        framed = sum(self.lines[head].empty >= 2 for head in self.heads)
        return framed >= 2 and framed >= 0.6 * len(self.heads)

    def _end_by_shape(self, head: int, limit: int) -> int:
        """For a quote that is nowhere else on the page: its frame, a ruler, else its first paragraph."""
        for n in range(head + 2, limit + 1):
            if n == len(self.lines) or self.lines[n].kind == "rule" or (self.is_airy and self._is_end(n)):
                return n
        n = min(head + 2, limit)
        if self.is_airy:
            return n
        while n < limit and self.lines[n].gap == 0 and self.lines[head + 1].gap > 0:
            n += 1
        return n


def _bare_name(line: Line, people: frozenset[str]) -> str | None:
    text = line.text.strip()
    return text[:-1].strip() if text.endswith(":") and normal(text[:-1]) in people else None


def head_name(line: Line) -> str | None:
    """The name in a line that is a quote head and nothing else."""
    if len(line.text) > 120 or line.kind != "text":
        return None
    head = heads.read_line(_DATED.sub(r"\1", line.text))
    return head.attributed_to if head else None
