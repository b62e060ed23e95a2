"""The ways in which the names of a person are written, and where they stand in a text.

Words of a name may stand apart by anything short ("Ann Ortega", "ann-ortega", "Ann%20Ortega"), accents may be
composed or not, and case is free. A name that is a word too is looked for more narrowly, so that forgetting
"Will" does not cost the community the word. Longer names of others in which a name stands are spared.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar
from urllib.parse import quote

from parse.names import normal

BLOT = "█"
SHORT = 5
"""A name of fewer letters, and nothing else in it, is looked for only in this case: "Will" is a word too."""

_T = TypeVar("_T")
_APART = r"(?:[\W_]{1,3}|%20|%[2C][0-9A-F])"
WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
BEFORE, AFTER = r"(?<![^\W_])", r"(?![^\W_]|[\u0300-\u036f])"
_BYLINE = r"(?<=[>\"'/@=])\s*{}\s*(?=[<\"'/?&#]|$)"
"""As pages and JSON show who wrote: `>ann<`, `"ann"`, `/ann`, `@ann`."""


@dataclass(frozen=True)
class Spelling:
    """The names to look for in one place."""

    names: tuple[str, ...]
    """Names and logins, as shown."""
    words: frozenset[str] = frozenset()
    """Those of them that the community uses as words as well."""
    addresses: tuple[str, ...] = ()
    """Profile pages: looked for as they stand, and without their host."""
    others: tuple[str, ...] = field(default=(), repr=False)
    """Names of other people. Where one of the names stands in one of these, it is not meant."""

    def shown(self, text: str) -> bool:
        """Whether a name stands in a text that people wrote, or that was made of such."""
        return self._shown(self._in_text, text)

    def shown_on_page(self, text: str) -> bool:
        """Whether a name stands in the markup or JSON of a page: bylines count, words alone do not."""
        return self._shown(self._in_text, text) or self._shown(self._in_byline, text)

    def blotted(self, text: str) -> str:
        """The text with the names blotted out, letter for letter so that offsets hold."""
        if self._in_text is None or not self._may_stand_in(text):
            return text

        def blot(found: re.Match[str]) -> str:
            return found[0] if found.lastgroup == "kept" else BLOT * len(found[0])

        return self._in_text.sub(blot, text)

    @cached_property
    def sieve(self) -> str:
        """A regular expression (RE2, and so DuckDB) for what may hold a name; empty when nothing can."""
        return _either([*map(core, self.names), *map(re.escape, self._addresses)], "(?i)")

    def _shown(self, pattern: re.Pattern[str] | None, text: str) -> bool:
        if pattern is None or not self._may_stand_in(text):
            return False
        return any(m.lastgroup != "kept" for m in pattern.finditer(text))

    def _may_stand_in(self, text: str) -> bool:
        """A look that costs a fiftieth of the patterns, and of most texts tells that no name stands there."""
        folded = _folded(text)
        return any(way in folded for way in self._clues)

    @cached_property
    def _clues(self) -> frozenset[str]:
        """Of every name its longest word, in each way to write it, and every address."""
        words = (max(WORD.findall(composed(name)), key=len, default=name.strip()) for name in self.names)
        return frozenset(map(_folded, [*(way for word in words for way in _ways(word)), *self._addresses]))

    @cached_property
    def _in_text(self) -> re.Pattern[str] | None:
        meant = [self._bounded(name) for name in _longest_first(self.names)]
        meant += [rf"(?i:{re.escape(address)}){AFTER}" for address in self._addresses]
        return self._compiled(meant)

    @cached_property
    def _in_byline(self) -> re.Pattern[str] | None:
        shown = (name for name in self.names if core(name) and not name.isdigit())
        return self._compiled([_BYLINE.format(f"(?i:{core(name)})") for name in shown])

    def _compiled(self, meant: list[str]) -> re.Pattern[str] | None:
        if not meant:
            return None
        kept = [rf"{BEFORE}(?i:{core(other)}){AFTER}" for other in self._longer]
        return re.compile("|".join([*([f"(?P<kept>{_either(kept)})"] if kept else []), _either(meant)]))

    @cached_property
    def _longer(self) -> list[str]:
        inner = [f" {normal(name)} " for name in self.names]
        longer = {name for name in self.others if any(i in f" {normal(name)} " for i in inner)}
        mine = {normal(name) for name in self.names}
        return [name for name in _longest_first(longer) if normal(name) not in mine and core(name)]

    @cached_property
    def _addresses(self) -> list[str]:
        paths = [re.sub(r"^\w+://[^/]*", "", address) for address in self.addresses]
        return _longest_first({*self.addresses, *(path for path in paths if path.count("/") > 1)})

    def _bounded(self, name: str) -> str:
        if name in self.words:
            return "|".join(rf"(?<={before}){core(name)}{AFTER}" for before in _around_a_word(name))
        return alone(name)


def is_exact(name: str) -> bool:
    """Whether a name is looked for in this case only."""
    return name.isalpha() and len(name) < SHORT


def alone(name: str) -> str:
    """The pattern of a name that stands for itself and is no part of a word."""
    return f"{BEFORE}{core(name)}{AFTER}" if is_exact(name) else f"{BEFORE}(?i:{core(name)}){AFTER}"


def composed(text: str) -> str:
    """With accents on their letters, however they were typed."""
    return unicodedata.normalize("NFC", text)


def _around_a_word(name: str) -> list[str]:
    """What stands before a name that is a word too: an @, or, with a capital, the middle of a sentence."""
    return ["@", *(("[a-z,;:] ",) if name != name.lower() else ())]


def core(name: str) -> str:
    """The pattern of a name without what stands around it; understood by Python and RE2."""
    words = WORD.findall(composed(name))
    return _APART.join(map(_word, words)) if words else re.escape(name.strip())


def _word(word: str) -> str:
    return _either(map(re.escape, _ways(word)))


def _ways(word: str) -> list[str]:
    apart = unicodedata.normalize("NFD", word)
    return list(dict.fromkeys((word, apart, quote(word), quote(apart))))


def _folded(text: str) -> str:
    """Alike for all that `re` takes for one letter in two cases, the dotless i and the dotted I too."""
    return text.casefold().replace("i\u0307", "i").replace("\u0131", "i")


def _either(ways: Iterable[str], flags: str = "") -> str:
    each = list(ways)
    return f"{flags}(?:{'|'.join(each)})" if each else ""


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))


def changed(texts: Iterable[_T], how: Callable[[_T], _T]) -> dict[_T, _T]:
    """Old to new, of those that are not the same afterwards."""
    pairs = ((text, how(text)) for text in dict.fromkeys(texts))
    return {old: new for old, new in pairs if old != new}
