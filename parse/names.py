"""Who a written name means: as shown, as login, shortened, with other spaces, or under a later name."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from parse.model import Author

_SEPARATORS = re.compile(r"[\s_.\-]+")
_TITLES = frozenset(
    (
        "the", "mrs", "miss", "sir", "doc", "lord", "lady", "old", "big", "der", "die", "das", "den", "les",
        "los", "las", "von", "van",
    )
)  # fmt: skip
"""Words that begin the names of many and alone mean nobody."""
_EDGES = "@\"'“”„«»()[]{}*~:,;!? "


@lru_cache(maxsize=8192)
def normal(name: str) -> str:
    """A name without what people and platforms vary: case, width, spaces, dots and underscores."""
    return _SEPARATORS.sub(" ", narrow(name).casefold().strip(_EDGES)).strip()


def narrow(name: str) -> str:
    """A name in the letters that everybody types, where it stands in wide or mathematical ones."""
    return unicodedata.normalize("NFKC", name)


class Names:
    """The people of a thread, to be found by any way of writing their names."""

    def __init__(self, authors: Iterable[Author]) -> None:
        # By name the keys of its bearers; no sets, whose order would change from run to run.
        self._exact: dict[str, dict[str, None]] = {}
        self._squeezed: dict[str, dict[str, None]] = {}
        self._first: dict[str, dict[str, None]] = {}
        self._written: dict[str, list[str]] = {}
        """By key the names of one person."""
        self._known: dict[str, dict[str, float]] = {}
        self._aliases: dict[str, dict[str, float]] = {}
        for author in authors:
            self.add(author)

    def add(self, author: Author) -> None:
        """One more person."""
        self._known.clear()
        for name in dict.fromkeys(normal(n) for n in (author.name, author.login) if n):
            self._written.setdefault(author.key, []).append(name)
            self._exact.setdefault(name, {})[author.key] = None
            self._squeezed.setdefault(name.replace(" ", ""), {})[author.key] = None
            self._first.setdefault(name.split(" ")[0], {})[author.key] = None

    def learn(self, name: str, key: str, strength: float) -> None:
        """Words attributed to `name` were found in posts of this author."""
        self._aliases.setdefault(normal(name), {})[key] = strength
        self._known.pop(normal(name), None)

    def find(self, name: str) -> dict[str, float]:
        """The authors (by key) that this name can mean, each with how surely; empty for a stranger.

        They come in the order in which they were named first.
        """
        wanted = normal(name)
        found = self._known.get(wanted)
        if found is None:
            found = self._known[wanted] = self._search(wanted)
        return found

    def _search(self, wanted: str) -> dict[str, float]:
        if wanted in self._exact:
            return dict.fromkeys(self._exact[wanted], 1.0)
        squeezed = self._squeezed.get(wanted.replace(" ", ""))
        if squeezed:
            return dict.fromkeys(squeezed, 0.95)
        aliases = self._aliases.get(wanted)
        if aliases:
            return aliases
        return self._shortened(wanted)

    def _shortened(self, wanted: str) -> dict[str, float]:
        """ "Steven" for "Steven S", "Steven Smith" for "Steven S", "Steve" for nobody."""
        words = wanted.split(" ")
        is_telling = len(words[0]) > 2 and words[0] not in _TITLES
        keys = self._first.get(words[0], {}) if is_telling else {}
        if len(words) > 1:
            keys = {
                key: None for key in keys if any(_abbreviates(name, wanted) for name in self._written[key])
            }
        return dict.fromkeys(keys, 0.85 if len(keys) == 1 else 0.5)


def _abbreviates(one: str, other: str) -> bool:
    """Whether two names agree word by word, a letter standing for a word."""
    pairs = list(zip(one.split(" "), other.split(" "), strict=False))
    return all(a == b or (min(len(a), len(b)) == 1 and a[:1] == b[:1]) for a, b in pairs)
