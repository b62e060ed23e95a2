"""Rules as data: a lexicon of word patterns in TOML, read into regular expressions that the gate wakes up.

A lexicon has a table of word classes and a list of rules; a linguist edits it without reading Python:

    [words]
    good = ["nice", "great", "good"]

    [[rule]]
    name = "wish.would_be_good"
    patterns = ["would be @good (to|if)", "^please"]
    confidence = 0.9

A pattern is in the notation of analyze.notation; besides, `^` and `$` are the edges of the sentence, `~` the
beginning of a clause.
Any other key of a rule (`confidence`, `label`, …) is kept for the tagger that owns the lexicon.

How patterns are compiled, and which sentences they are tried on, stands in analyze.patterns.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import NamedTuple

from analyze.gate import Key, fold
from analyze.model import AnalyzeError
from analyze.patterns import Compiled, compiled
from analyze.view import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    name: str
    confidence: float
    label: str
    """What the rule stands for, in the words of its lexicon: a kind, a stance, an act."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """The rule's other keys."""


@dataclass(frozen=True, slots=True)
class Pattern:
    rule: Rule
    compiled: Compiled


class Match(NamedTuple):
    """A tuple, since there are ten to a post and a frozen dataclass takes three times as long to make."""

    rule: Rule
    start: int
    """Offset in the statement's text, like everywhere."""
    end: int


class Lexicon:
    """The rules and word classes of one TOML file."""

    def __init__(self, patterns: Sequence[Pattern], words: Mapping[str, Sequence[str]]) -> None:
        self.words = words
        self._patterns = tuple(patterns)
        by_key: dict[Key, list[int]] = defaultdict(list)
        for number, pattern in enumerate(patterns):
            for key in pattern.compiled.keys:
                by_key[key].append(number)
        self._tries = [(one.compiled.others, one.compiled.find, one.rule) for one in self._patterns]
        self._by_key = dict(by_key)
        self.keys = frozenset(by_key)

    def labelled(self, *labels: str) -> "Lexicon":
        """The part of the lexicon whose rules have one of these labels."""
        return Lexicon([one for one in self._patterns if one.rule.label in labels], self.words)

    @property
    def rules(self) -> list[Rule]:
        """Its rules, one for each of their patterns."""
        return [one.rule for one in self._patterns]

    def matches(self, sentence: Sentence) -> list[Match]:
        """The first place at which each pattern that a key woke applies, in the order of the lexicon."""
        woken = sentence.keys & self.keys
        if not woken:
            return []
        found: list[Match] = []
        words, tries, by_key = sentence.vocabulary, self._tries, self._by_key
        for number in sorted({number for key in woken for number in by_key[key]}):
            others, find, rule = tries[number]
            for options in others:
                if options.isdisjoint(words):
                    break
            else:
                if match := find(sentence):
                    start = sentence.start + match.start(1)
                    found.append(Match(rule, start, start + len(match[1].rstrip(_TRAILING))))
        return found


_TRAILING = ' \t\n.,;:!?…-–—()[]"“”*'


def read_lexicon(name: str) -> Lexicon:
    """The lexicon `analyze/lexicon/<name>.toml` of this package.

    Raises AnalyzeError, naming file and rule, where a pattern cannot be read.
    """
    file = f"lexicon/{name}.toml"
    return parse_lexicon(files("analyze").joinpath(file).read_text(encoding="utf-8"), file)


def parse_lexicon(source: str, file: str) -> Lexicon:
    """A lexicon from its TOML source; `file` is what errors call it."""
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise AnalyzeError(f"{file} is not valid TOML: {error}") from error
    words = {name: tuple(map(fold, options)) for name, options in table.get("words", {}).items()}
    patterns = [pattern for entry in table.get("rule", ()) for pattern in _rule(entry, words, file)]
    return Lexicon(patterns, words)


def _rule(entry: Mapping[str, object], words: Mapping[str, Sequence[str]], file: str) -> Iterator[Pattern]:
    name, patterns = str(entry.get("name", "?")), entry.get("patterns")
    if not isinstance(patterns, list) or not patterns:
        raise AnalyzeError(f"{file}: rule {name} has no patterns; give it a list of at least one.")
    rule = Rule(
        name=name,
        confidence=float(str(entry.get("confidence", 0.8))),
        label=str(entry.get("label", "")),
        extra={k: v for k, v in entry.items() if k not in {"name", "patterns", "confidence", "label"}},
    )
    for pattern in patterns:
        try:
            yield Pattern(rule, compiled(fold(str(pattern)), words))
        except ValueError as error:
            raise AnalyzeError(f"{file}: rule {name}: pattern {pattern!r}: {error}") from error
