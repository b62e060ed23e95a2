"""Rules as data: a lexicon of word patterns in TOML, read into regular expressions that the gate wakes up.

A lexicon has a table of word classes and a list of rules; a linguist edits it without reading Python:

    [words]
    good = ["nice", "great", "good"]

    [[rule]]
    name = "wish.would_be_good"
    patterns = ["would be @good (to|if)", "^please"]
    confidence = 0.9

A pattern is words in lower case. `(a|b)` is one of several, `@good` one of a class, `word?` may be missing,
`!word` must not follow, `...` skips up to four words, `^` and `$` are the edges of the sentence, `~` the
beginning of a clause; `word*` may go on, `*word` may have begun earlier, `*` is any word.
Any other key of a rule (`confidence`, `label`, …) is kept for the tagger that owns the lexicon.

Each rule is tried only on sentences that contain a cue of it: of the words a pattern cannot do without, the
ones that say most, chosen here so that no list of cues has to be kept by hand.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

from analyze.gate import fold
from analyze.model import AnalyzeError
from analyze.view import WORD, Sentence

_BETWEEN = r"(?:[^\w'$]{1,4}|$)"
_GAP = rf"(?:[\w'$]+{_BETWEEN}){{0,4}}?"
_OPENING = r"^[^\w]{0,3}(?:(?:\d{1,2}|[a-z])[.):]\s*)?"
"""What may stand before the first word of a sentence: quotation marks, a list mark."""
_CLAUSE = (
    rf"(?<![\w'$])(?:{_OPENING}|(?<=[,;:(!?/.–—] )|(?<= - )|(?<=\bso )|(?<=\bbut )"
    r"|(?<=\bthen |\balso |\bjust )|(?<=\bis to )|(?<=\bplease ))"
)
"""Where an order may begin within a sentence: behind a comma or a conjunction."""
_COMMON_WORDS = """
a an the to of in on at for and or but if it its it's is are was be been this that these those there
with as by from i we you they he she me us them my our your their not no so do does have has had can
will would
"""
_COMMONEST = frozenset("a the to of in and is it i that you for on".split())  # noqa: SIM905
_COMMON = frozenset(_COMMON_WORDS.split())
_ELEMENT = re.compile(
    r"(?P<gap>\.\.\.)|(?P<no>!)?(?:\((?P<any>[^()]+)\)|@(?P<cls>\w+)|(?P<word>[^\s?!]+))(?P<maybe>\?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    name: str
    confidence: float
    label: str
    """What the rule stands for, in the words of its lexicon: a kind, a stance, an act."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """The rule's other keys."""


Find = Callable[[str], re.Match[str] | None]


@dataclass(frozen=True, slots=True)
class Pattern:
    rule: Rule
    find: Find
    """In a folded sentence; group 1 is what the rule points at."""
    cues: frozenset[str]
    """Folded; one of them stands in every sentence in which the pattern is found."""
    others: tuple[frozenset[str], ...]
    """Of each of these, too: looking them up is ten times cheaper than searching for the pattern."""

    def possible(self, words: frozenset[str]) -> bool:
        for options in self.others:  # noqa: SIM110 - any() with a generator takes three times as long
            if options.isdisjoint(words):
                return False
        return True


@dataclass(frozen=True, slots=True)
class Match:
    rule: Rule
    start: int
    """Offset in the statement's text, like everywhere."""
    end: int


class Lexicon:
    """The rules and word classes of one TOML file."""

    def __init__(self, patterns: Sequence[Pattern], words: Mapping[str, Sequence[str]]) -> None:
        self.words = words
        self._patterns = tuple(patterns)
        by_cue: dict[str, list[int]] = defaultdict(list)
        for number, pattern in enumerate(patterns):
            for cue in pattern.cues:
                by_cue[cue].append(number)
        self._by_cue = dict(by_cue)
        self.cues = frozenset(by_cue)

    def labelled(self, *labels: str) -> "Lexicon":
        """The part of the lexicon whose rules have one of these labels."""
        return Lexicon([one for one in self._patterns if one.rule.label in labels], self.words)

    def matches(self, sentence: Sentence) -> list[Match]:
        """The first place at which each pattern that a cue woke applies, in the order of the lexicon."""
        cues = sentence.said & self.cues
        if not cues:
            return []
        found: list[Match] = []
        words = sentence.words
        woken = {number for cue in cues for number in self._by_cue[cue]}
        for number in sorted(woken):
            pattern = self._patterns[number]
            if pattern.possible(words) and (match := pattern.find(sentence.folded)):
                start, end = match.span(1)
                end = start + len(match[1].rstrip(_TRAILING))
                found.append(Match(pattern.rule, sentence.start + start, sentence.start + end))
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
            yield _compiled(rule, fold(str(pattern)), words)
        except (ValueError, re.error) as error:
            raise AnalyzeError(f"{file}: rule {name}: pattern {pattern!r}: {error}") from error


def _compiled(rule: Rule, pattern: str, words: Mapping[str, Sequence[str]]) -> Pattern:
    parts: list[str] = []
    needed: list[Sequence[str]] = []
    for element in _ELEMENT.finditer(pattern.lstrip("^~").removesuffix("$")):
        if element["gap"]:
            parts.append(_GAP)
            continue
        options = _options(element, words)
        source = f"(?:(?:{'|'.join(map(_word, options))}){_BETWEEN})"
        parts.append(f"(?!{source})" if element["no"] else source + (element["maybe"] or ""))
        if not (element["no"] or element["maybe"]):
            needed.append(options)
    if not needed:
        raise ValueError("it has no word that must be there.")
    before = {"^": _OPENING, "~": _CLAUSE}.get(pattern[0], r"(?<![\w'$])")
    after = "$" if pattern.endswith("$") else ""
    expression = re.compile(f"{before}({''.join(parts)}){after}")
    # Searching on behind the beginning is what would cost.
    find = expression.match if pattern[0] == "^" else expression.search
    cues = telling(needed)
    others = [frozenset(_first_words(options)) for options in needed if options is not cues]
    return Pattern(rule, find, frozenset(cues), tuple(sorted((one for one in others if one), key=len)))


def _options(element: re.Match[str], words: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """The words an element may be."""
    parts = (
        [part.strip() for part in element["any"].split("|")] if element["any"] else [element["word"] or ""]
    )
    names = [element["cls"]] if element["cls"] else [part[1:] for part in parts if part.startswith("@")]
    if unknown := set(names) - words.keys():
        raise ValueError(f"there is no word class @{unknown.pop()}; there are {', '.join(sorted(words))}.")
    listed = [word for name in names for word in words[name]]
    return listed + [part for part in parts if part and not part.startswith("@")]


def _first_words(options: Sequence[str]) -> list[str]:
    """The word each option begins with; nothing if there is an option that no list of words can show."""
    words = [option.split()[0] for option in options]
    return words if all(WORD.fullmatch(word) for word in words) else []


def _word(option: str) -> str:
    begun, on = r"[\w']+", r"[\w']*"
    words = [
        begun * word.startswith("*") + re.escape(word.strip("*")) + on * word.endswith("*")
        for word in option.split()
    ]
    return _BETWEEN.join(words)


def telling(needed: Sequence[Sequence[str]]) -> Sequence[str]:
    """Of several lists of words, from each of which a sentence must have one, the list that says most."""
    return max(needed, key=lambda options: _worth(options), default=())


def _worth(options: Sequence[str]) -> int:
    """The less often one of these words stands in a sentence, the more they say; a rough guess will do."""
    return -sum(_often(option) for option in options)


def _often(option: str) -> int:
    if option in _COMMONEST or option.startswith("*"):
        return 40
    return 8 if option in _COMMON else 1
