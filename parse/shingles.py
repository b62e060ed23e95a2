"""An index of what was said where, so that a quote finds its post without a look at all the others.

A post is filed under its longer words; a quote is looked up under its rarest ones, and only the few posts
found there are compared, word for word first and by pairs of neighbouring words then.
"""

import re
import unicodedata
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORDS = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
_ASCII = bytes(ord(chr(n).lower()) if n < 128 and chr(n).isalnum() else 32 for n in range(256))
_LONG = 6
"""Letters from which a word is filed: short words are everywhere."""
_TRIED = 4
"""Rare words that a post must all hold before it is read for the quote as a whole."""
_FEW = 6
_VOTING = 24
_COMPARED = 4
"""Posts compared with a quote that none holds word for word: those with most of its rare words."""
_COMMON = 200
"""A word that stands in more posts than this says nothing about which."""


def words(text: str) -> list[str]:
    """The words of a text as they are compared: no case, no punctuation; a CJK character is a word."""
    if text.isascii():
        return text.encode().translate(_ASCII).decode().split()
    return _WORDS.findall(unicodedata.normalize("NFKC", text).casefold())


@dataclass(slots=True)
class Wording:
    """A text prepared for comparison."""

    words: list[str]
    line: str
    """The words joined by single spaces."""
    _pairs: set[tuple[str, str]] | None = None

    @property
    def pairs(self) -> set[tuple[str, str]]:
        if self._pairs is None:
            self._pairs = set(zip(self.words, self.words[1:], strict=False))
        return self._pairs

    def long_words(self) -> list[str]:
        """Those from which it can be found: of a language in short words, all that are not of ASCII."""
        if self.line.isascii():
            return [word for word in self.words if len(word) >= _LONG]
        return [word for word in self.words if len(word) >= _LONG or word > "\x7f"]

    def holds(self, other: "Wording") -> bool:
        """Whether the other's words stand here in one piece. Longer pieces may begin or end within a word."""
        if other.line not in self.line:
            return False
        return len(other.words) > 3 or f" {other.line} " in f" {self.line} "

    def share_in(self, other: "Wording") -> float:
        """The share of these words, by pairs of neighbours, that the other holds; 1 when in one piece."""
        if other.holds(self):
            return 1.0
        return len(self.pairs & other.pairs) / len(self.pairs) if self.pairs else 0.0


def wording(text: str) -> Wording:
    found = words(text)
    return Wording(found, " ".join(found))


@dataclass(slots=True)
class Hit:
    """A post that may hold the words of a quote."""

    post: int
    coverage: float
    """The share of the quote's word pairs that stand in the post; 1 when it holds them in one piece."""
    is_exact: bool


@dataclass(slots=True)
class Index:
    """Texts by number. Filed in one pass; a lookup costs the length of the quote, not of the thread."""

    texts: list[Wording]
    _long: dict[str, list[int]] | None = None
    _short: dict[str, list[int]] | None = None

    def among(self, quote: Wording, numbers: Iterable[int]) -> list[Hit]:
        """Those of a few posts that hold the quote word for word."""
        longest = max(quote.words[1:-1], key=len, default="")
        if len(longest) >= _LONG:
            filed = self._all_long().get(longest, ())
            numbers = [n for n in numbers if n in filed]
        return [Hit(n, 1.0, True) for n in numbers if self.texts[n].holds(quote)]

    def find(self, quote: Wording, near: int = 0) -> list[Hit]:
        """Posts that hold the quote word for word; where there is none, those that hold most of it.

        Of words that stand in very many posts only those around `near` are looked at.
        """
        if not quote.words:
            return []
        inner, ends = self._postings(quote)
        exact = self._exact(quote, inner, ends, near)
        if exact or len(quote.words) == 1:
            return [Hit(n, 1.0, True) for n in exact]
        return self._closest(quote, inner + ends, None)

    def similar(self, quote: Wording, among: set[int]) -> list[Hit]:
        """Those of some posts that hold most of the quote, the closest first."""
        inner, ends = self._postings(quote)
        return self._closest(quote, inner + ends, among) if among else []

    def holders(self, quote: Wording, near: int = 0) -> list[int]:
        """Posts that hold the quote word for word."""
        return self._exact(quote, *self._postings(quote), near) if quote.words else []

    def _exact(self, quote: Wording, inner: list[list[int]], ends: list[list[int]], near: int) -> list[int]:
        """A post that holds the quote holds all of its inner words; of those at its ends perhaps a part."""
        if inner:
            rarest = _around(inner[0], near)
            if _FEW <= len(rarest) == len(inner[0]):
                rarest = sorted(set(rarest).intersection(*inner[1:_TRIED]))
            return [n for n in rarest if self.texts[n].holds(quote)]
        tried = (n for posting in ends for n in _around(posting, near) if self.texts[n].holds(quote))
        return sorted(set(tried))

    def _postings(self, quote: Wording) -> tuple[list[list[int]], list[list[int]]]:
        """The posts of the quote's inner words and of the words at its ends, each with the rarest first."""
        inner = dict.fromkeys(quote.words[1:-1])  # no set: its order would change from run to run
        ends = [w for w in dict.fromkeys((quote.words[0], quote.words[-1])) if w not in inner]
        long = self._all_long()
        filed = [long] if any(word in long for word in inner) else [long, self._all_short()]
        return _found(filed, inner), _found(filed, ends)

    def _all_long(self) -> dict[str, list[int]]:
        if self._long is None:
            filed: defaultdict[str, list[int]] = defaultdict(list)
            for number, text in enumerate(self.texts):
                for word in set(text.long_words()):
                    filed[word].append(number)
            self._long = filed
        return self._long

    def _all_short(self) -> dict[str, list[int]]:
        """The short words too, filed when the first quote comes that has no other."""
        if self._short is None:
            filed: defaultdict[str, list[int]] = defaultdict(list)
            for number, text in enumerate(self.texts):
                for word in set(text.words):
                    if len(word) < _LONG:
                        filed[word].append(number)
            self._short = filed
        return self._short

    def _closest(self, quote: Wording, posted: list[list[int]], among: set[int] | None) -> list[Hit]:
        votes: Counter[int] = Counter()
        for posting in posted[:_VOTING]:
            if len(posting) <= _COMMON:
                votes.update(posting if among is None else among.intersection(posting))
        leading = votes.most_common(_COMPARED)
        compared = [n for n, count in leading if 3 * count >= leading[0][1]]
        hits = [Hit(n, min(0.999, quote.share_in(self.texts[n])), False) for n in compared]
        return sorted(hits, key=lambda hit: -hit.coverage)


def _around(posting: list[int], near: int) -> list[int]:
    if len(posting) <= _COMMON:
        return posting
    at = bisect(posting, near)
    return posting[max(0, at - _COMMON) : at + _COMMON]


def _found(filed: Iterable[dict[str, list[int]]], wanted: Collection[str]) -> list[list[int]]:
    return sorted([p for each in filed for word in wanted if (p := each.get(word))], key=len)
