"""What a request asks for: the words that matter in its clause, and which of two opposites it wants.

Two people who ask for the same say it differently: "sort the results by date", "newest results first". What
they say is brought closer by leaving out what stands in any request ("add", "an option to", "please"), the
inflection, and by one name for words that mean the same (`lexicon/asks.toml`, to be edited by whoever speaks
English).
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import islice

from analyze.clause import clause
from analyze.gate import fold
from analyze.vocabulary import ADDRESS, WORD, lemma, small_words, stem

_HYPHEN = re.compile(r"(?<=\w{3})-(?=\w)")
"""Parts what is also written apart ("sub-tags"), not "e-mail"."""
_SHORTEST_ROOT = 6
MOST_WORDS = 12
"""Content words of a request that are looked at, the first ones."""


@dataclass(frozen=True, slots=True)
class Said:
    """A word of a request that matters, or a saying of several words that means the same."""

    written: str
    """As the request has it, in lower case."""
    names: tuple[str, ...]
    """What it is compared by: one name, of some sayings two."""
    lemmas: tuple[str, ...]
    """The words of these names, without inflection."""
    at: int
    """Which word of the clause it begins with."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What one request asks for."""

    words: Mapping[str, str]
    """The matter: each word by the name it is compared by, and as the request says it, without inflection."""
    sides: frozenset[tuple[int, int]]
    """Which side it is on of those of the lexicon's opposites that it speaks of."""

    def without(self, words: frozenset[str]) -> "Ask":
        """The rest of what is asked for."""
        return Ask({word: said for word, said in self.words.items() if word not in words}, self.sides)

    def is_against(self, other: "Ask") -> bool:
        """Whether they want opposite things: "fewer ads" and "more ads"."""
        return any((which, 1 - side) in other.sides for which, side in self.sides)


@lru_cache(maxsize=50_000)
def ask(request: str) -> Ask:
    """What a request asks for. Without words that matter it is empty: "do it, please"."""
    words = dict(
        pair for said in spoken(clause(request)) for pair in zip(said.names, said.lemmas, strict=True)
    )
    return Ask(words=dict(islice(words.items(), MOST_WORDS)), sides=_sides(clause(request)))


def spoken(text: str) -> list[Said]:
    """The words of a text that could be what is asked for, in order."""
    lexicon = _lexicon()
    found: list[Said] = []
    at = 0
    for written in lexicon.words.findall(_HYPHEN.sub(" ", ADDRESS.sub(" ", fold(text)))):
        names = dict(lexicon.named(word) for word in lexicon.meaning.get(written, written).split())
        names.pop("", None)
        if names:
            found.append(Said(written, tuple(names), tuple(names.values()), at))
        at += len(written.split())
    return found


@lru_cache(maxsize=50_000)
def words_of(text: str) -> frozenset[str]:
    """All words of a text that could be what is asked for, by the names they are compared by."""
    return frozenset(name for said in spoken(text) for name in said.names)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    small: frozenset[str]
    """Words that stand in sentences about anything."""
    light: frozenset[str]
    """Lemmas of small words, and stems of those that name no matter."""
    names: Mapping[str, str]
    """Stem to the one that stands for all of the same meaning."""
    words: re.Pattern[str]
    """Sayings of several words that mean what another means, and other words."""
    meaning: Mapping[str, str]
    """Of each of those sayings, the other."""
    opposed: re.Pattern[str]
    """Words that have an opposite."""
    sides: Mapping[str, frozenset[tuple[int, int]]]
    """Of each of those, which pair of opposites it belongs to, and to which side."""

    def named(self, word: str) -> tuple[str, str]:
        """The name a word is compared by, and its lemma; empty where it says nothing of the matter."""
        short = lemma(word)
        is_light = word in self.small or not self.light.isdisjoint((short, stem(word)))
        return ("", "") if is_light else (self.names.get(_root(word), _root(word)), short)


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    said = tomllib.loads(files("analyze").joinpath("lexicon/asks.toml").read_text("utf-8"))
    same: list[list[str]] = said["same"]
    small = small_words() - set(said["heavy"])
    meaning = {one: group[0] for group in same for one in group if " " in one + group[0]}
    sides: dict[str, frozenset[tuple[int, int]]] = {}
    for which, pair in enumerate(said["opposites"]):
        for side, words in enumerate(pair):
            sides.update((word, sides.get(word, frozenset()) | {(which, side)}) for word in words)
    return _Lexicon(
        small=small,
        light=frozenset(map(lemma, small)) | frozenset(map(stem, (*said["light"], *said["talk"]))),
        names={_root(one): _root(group[0]) for group in same for one in group if " " not in one + group[0]},
        words=re.compile(rf"{_any_of(meaning).pattern}|(?<!\d){WORD.pattern}"),  # no "rd" of "3rd"
        meaning=meaning,
        opposed=_any_of(sides),
        sides=sides,
    )


def _root(word: str) -> str:
    """The stem, the same for "reserve" and "reservation"."""
    short = stem(word)
    if len(short) > 3 and short.endswith("y"):  # "copy", as in "copied"
        return short[:-1] + "i"
    return short.removesuffix("at") if len(short) > _SHORTEST_ROOT else short


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


def _sides(said: str) -> frozenset[tuple[int, int]]:
    """Where a request speaks of both sides, as in "the old menu instead of the new one", it is on none."""
    lexicon = _lexicon()
    found = {side for word in lexicon.opposed.findall(fold(said)) for side in lexicon.sides[word]}
    return frozenset((which, side) for which, side in found if (which, 1 - side) not in found)
