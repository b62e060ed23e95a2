"""Where posts end in a text extract that lost most of its bylines.

Evidence for and against a border before each line is added up: quote heads, people spoken to, whose words
the lines are (known from quotes of them), how the lines are set apart. A border is where it outweighs.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from parse.extracts.bylines import Byline
from parse.extracts.lines import Line
from parse.extracts.quotes import Found
from parse.names import normal
from parse.shingles import words

_BORDER = 1.5
_RARE = 4
"""Lines in which a word may stand that still ties two of them together."""
_SAME_POST = 12
"""Lines that may lie between two parts of a post that one answer quotes one after the other."""
_REACH = 40
"""Lines looked back or ahead, so that a page of any length is read in one pass."""
_CONFLICT = 0.4
"""Evidence that is enough where two people's words meet: the border must be somewhere between them."""

_LIST_ITEM = re.compile(r"\s*(?:\(?\d{1,2}[.):]|[-*•·–]\s|\(?[a-z]\))")
_QUOTED_LINE = re.compile(r"\s*[\"“„«'‘].*[\"”“»'’]\s*\Z", re.S)
_SPOKEN_TO = re.compile(
    r"\s*@?(?:[^\W\d_][\w'’.]*[ ,]+){0,4}?(?P<name>[A-Z][\w'’]{2,24})(?: [A-Z]\b\.?)?"
    r"\s*(?:,|\s[-–]\s|[-–—]\s|\.\s|!|:|\Z|\s(?=for\b|that\b|and\b))"
)
_SIGNED = re.compile(r"\s*[~–—]\s*[A-Z]\w+\s*\Z")
_LOWER = re.compile(r"\b[a-z]\w+")
_DOUBLE_SPACE = re.compile(r"\S[ \xa0]{2,}(?:\S|\Z)")


@dataclass(slots=True)
class Draft:
    """The lines of one post: where it begins and ends, its byline, its quotes."""

    start: int
    end: int
    byline: Byline | None = None
    quotes: list[Found] = field(default_factory=list)


def drafts(
    lines: Sequence[Line], bylines: Sequence[Byline], quotes: Sequence[Found], keeps_bylines: bool
) -> list[Draft]:
    """The posts in order. `keeps_bylines`: every post has one, so that nothing else divides them."""
    found: list[Draft] = []
    heads = [quote.head for quote in quotes]
    evidence = _Evidence(lines, quotes)
    dividers = {byline.start for byline in bylines if byline.is_divider}
    for byline, start, end in _regions(len(lines), bylines):
        borders = [start]
        if not (keeps_bylines or end in dividers):
            borders += evidence.borders(start, end)
        for first, last in zip(borders, [*borders[1:], end], strict=True):
            own = quotes[bisect_left(heads, first) : bisect_left(heads, last)]
            found.append(Draft(first, last, byline if first == start else None, list(own)))
    return [draft for draft in found if draft.byline or draft.end > draft.start]


def _regions(count: int, bylines: Sequence[Byline]) -> Iterator[tuple[Byline | None, int, int]]:
    if not bylines or bylines[0].start > 0:
        yield None, 0, bylines[0].start if bylines else count
    if not bylines:
        return
    for byline, following in zip(bylines, [*bylines[1:], None], strict=True):
        yield byline, byline.end, following.start if following else count


class _Evidence:
    """What the page tells about where posts end, gathered once."""

    def __init__(self, lines: Sequence[Line], quotes: Sequence[Found]) -> None:
        self.lines, self.end = lines, len(lines)
        self.heads = {q.head: q for q in quotes}
        self.head_lines = sorted(self.heads)
        self.in_quote = {n: q for q in quotes for n in range(q.head, q.end)}
        self.author: dict[int, str] = {}
        self.joined: set[int] = set()
        self.begins: set[int] = set()
        for quote in quotes:
            self._learn(quote)
        self.people = self._people(quotes)
        self.keeps_blanks = sum(line.blank > 0 for line in lines) > 0.15 * len(lines)
        inner = [lines[n].blank > 0 for q in quotes for n in range(q.head + 2, q.end)]
        self.is_regular = len(inner) > 2 and sum(inner) >= 0.85 * len(inner)
        self.long_words = [frozenset(w for w in words(line.text) if len(w) > 6) for line in lines]
        self.used_in = Counter(word for found in self.long_words for word in found)

    def _learn(self, quote: Found) -> None:
        """What a quote says of the place its words come from: one author, one post, perhaps its beginning."""
        source = [n for n in quote.source if n not in self.in_quote]
        if not source:
            return
        for n in source:
            self.author[n] = _person(quote.name)
        self.joined.update(range(source[0] + 1, source[-1] + 1))
        if quote.end - quote.head > 2 or len(self.lines[source[0]].text) < 1.2 * len(
            self.lines[quote.head + 1].text
        ):
            self.begins.add(source[0])

    def _people(self, quotes: Sequence[Found]) -> frozenset[str]:
        """First names of everybody quoted, and of everybody spoken to twice, but for common words."""
        named = {_person(q.name) for q in quotes}
        spoken = Counter(name for line in self.lines if (name := _spoken_to(line.text)))
        ordinary = {word for line in self.lines for word in _LOWER.findall(line.text)}
        return frozenset(named | {name for name, count in spoken.items() if count > 1} - ordinary)

    def borders(self, start: int, end: int) -> Iterator[int]:
        """Where posts begin between two bylines, but for the first."""
        begun, self.end = start, end
        for n in range(start + 1, end):
            if self._evidence(n, begun) >= _BORDER or self._is_best_end(n, begun):
                begun = n
                yield n

    def _evidence(self, n: int, begun: int) -> float:
        if n in self.joined and n not in self.heads:
            return -9.0
        if n in self.in_quote and n not in self.heads:
            return -9.0
        if n in self.heads:
            return self._head_evidence(self.heads[n], begun)
        if self.lines[n].gap == 0 or (n - 1 in self.in_quote and not self._is_by_quoted(n)):
            return -9.0
        return self._text_evidence(n, begun)

    def _is_by_quoted(self, n: int) -> bool:
        """Behind a quote stands its answer, unless the line is known to be the quoted person's own."""
        return self.author.get(n) == _person(self.in_quote[n - 1].name)

    def _head_evidence(self, quote: Found, begun: int) -> float:
        """A quote begins a post, unless it goes on with the post quoted before it: a split quote."""
        if quote.depth > 1 or quote.head == begun:
            return -9.0
        at = bisect_left(self.head_lines, quote.head)
        if at == 0 or self.head_lines[at - 1] < begun:
            return 3.0
        last = self.heads[self.head_lines[at - 1]]
        if _person(last.name) != _person(quote.name) or not last.source or not quote.source:
            return 2.0
        apart = quote.source[0] - last.source[-1]
        if not 0 <= apart <= _SAME_POST:
            return 3.0
        between = range(last.source[-1] + 1, quote.source[0] + 1)
        return 3.0 if any(n in self.begins or n in self.heads for n in between) else -3.0

    def _text_evidence(self, n: int, begun: int) -> float:
        line, before = self.lines[n], self.lines[n - 1]
        score = 2.5 if n in self.begins else 0.0
        score += 2.5 * (_spoken_to(line.text) in self.people)
        score += (
            2.0 * (line.blank >= 3) + 1.0 * (line.blank == 2) - 1.0 * (self.is_regular and line.blank == 1)
        )
        score += 3.0 * bool(_SIGNED.match(before.text))
        score += self._tightness(n, begun) + self._style(n, begun)
        if _LIST_ITEM.match(line.text) or _SIGNED.match(line.text) or before.text.rstrip().endswith(":"):
            score -= 3.0
        if _QUOTED_LINE.match(line.text) or line.text.strip()[:1].islower():
            score -= 2.0
        return score

    def _tightness(self, n: int, begun: int) -> float:
        """Some editors put an empty paragraph between paragraphs; between posts there is none."""
        if not self.keeps_blanks or self.lines[n].blank or self.lines[n].empty > 1:
            return 0.0
        gaps = [
            self.lines[k].blank
            for k in range(max(begun + 1, n - _REACH), n)
            if k not in self.in_quote and k - 1 not in self.in_quote
        ]
        if not gaps:
            return 1.5 - 0.7 * self._goes_on(n, begun) if self.is_regular else 0.5
        return 1.6 if all(gaps) else 0.0

    def _goes_on(self, n: int, begun: int) -> bool:
        """Whether the line takes up a word of the post so far that is rare on this page."""
        before = {word for k in range(max(begun, n - _REACH), n) for word in self.long_words[k]}
        return any(self.used_in[word] <= _RARE for word in self.long_words[n] & before)

    def _style(self, n: int, begun: int) -> float:
        """Two spaces behind a sentence are a habit: one has it or not."""
        own = [k for k in range(max(begun, n - _REACH), n) if k not in self.in_quote]
        if len(own) < 2:
            return 0.0
        habits = [bool(_DOUBLE_SPACE.search(self.lines[k].text)) for k in own]
        has = bool(_DOUBLE_SPACE.search(self.lines[n].text))
        return 1.6 if has and not any(habits) else 0.8 if not has and all(habits) else 0.0

    def _is_best_end(self, n: int, begun: int) -> bool:
        """Whether somebody else's words begin soon, and no gap before them divides better than this one."""
        reach = min(self.end, n + _REACH)
        stop = next((k for k in range(n, reach) if k in self.heads), reach)
        known = next((k for k in range(n, stop) if k in self.author), None)
        if known is None or not self._is_other(self.author[known], n, begun):
            return False
        evidence = {k: self._evidence(k, begun) for k in range(n, known + 1)}
        best = max(evidence, key=lambda k: (evidence[k], k))
        return best == n and (evidence[n] >= _CONFLICT or n == known)

    def _is_other(self, who: str, n: int, begun: int) -> bool:
        """Whether the post so far is known to be another's: their words are in it, or it quotes `who`."""
        before = {self.author[k] for k in range(max(begun, n - _REACH), n) if k in self.author}
        quoted = {
            _person(self.in_quote[k].name) for k in range(max(begun, n - _REACH), n) if k in self.in_quote
        }
        return who in quoted or bool(before - {who})


def _spoken_to(text: str) -> str | None:
    """The first name that a line begins by addressing; None where it addresses nobody."""
    m = _SPOKEN_TO.match(text[:60])
    return _person(m["name"]) if m else None


def _person(name: str) -> str:
    """What stays of a name that people shorten: its first word."""
    return normal(name).split(" ")[0]
