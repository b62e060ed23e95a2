"""What a linear model sees of a reply and of what it answers, to tell support from opposition.

Most replies agree or disagree without saying so: they go on in the same direction, or ask back. What tells
then is whether they talk to the person ("you") or with them about others ("they"), insult, ask, and how they
begin.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyze.gate import fold
from analyze.rules import Match

_WORD = re.compile(r"[a-z][a-z']*|\d+|[?!]|\.\.+|…")
_PUZZLED = re.compile(
    r"\b(?:don'?t (?:get|know|understand)|no idea|what (?:is|does|are) (?:this|that|it|the)|confused"
    r"|wonder\w*)\b"
)
_DENIES = re.compile(r"(?:n't|\bnot?|\bnever|\bnobody|\bcannot|\bno one)\b[^.!?]*[.!?]*\s*$")
_END = 400
"""Characters of what is answered that are looked at: its last sentences are what a reply reacts to."""
READ = 5
"""Sentences read for rules: a reply says what it thinks of a post before it goes on about the matter."""
_MOST_WORDS = 80
"""Of a reply; what it thinks of the post before it stands in front, later words are about the matter."""
_SIZES = (3, 6, 12, 25, 60)
"""Words from which a reply counts as longer."""
_MARKS = {"s:dots": ("...", "…"), "s:quotes": ('"', "“"), "s:link": ("http", "www.")}
_CLASSES = ("they", "you", "self", "insult")


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The lexicon's word classes, turned round: word to the classes it is in."""

    classes: Mapping[str, tuple[str, ...]]

    def in_text(self, words: Iterable[str]) -> dict[str, int]:
        """1 for each class that one of the words is in, 0 for the others."""
        found = dict.fromkeys(_CLASSES, 0)
        for word in words:
            for name in self.classes.get(word, ()):
                found[name] = 1
        return found


def classes(words: Mapping[str, Sequence[str]]) -> Words:
    """From the [words] of the stance lexicon."""
    turned: dict[str, tuple[str, ...]] = {}
    for name in _CLASSES:
        for word in words[name]:
            turned[word] = (*turned.get(word, ()), name)
    return Words(turned)


def words_of(folded: str, most: int = _MOST_WORDS) -> list[str]:
    """The words of folded text and the marks that say something; numbers are all alike."""
    return ["0" if word[0].isdigit() else word for word in _WORD.findall(folded[: most * 12])[:most]]


@dataclass(frozen=True, slots=True)
class Answered:
    """What a reply answers, as far as its features go."""

    asks: bool
    puzzled: bool
    """Says that it does not know or understand something: the reply may simply explain."""
    denies: bool
    """Its last sentence is negated: a "no" behind it may well agree."""
    insults: bool


def answered(text: str, words: Words) -> Answered:
    """Of the text that is answered, as it stands."""
    end = fold(text[-_END:])
    return Answered(
        asks=end.rstrip().endswith("?"),
        puzzled=bool(_PUZZLED.search(end)),
        denies=bool(_DENIES.search(end)),
        insults=bool(words.in_text(_WORD.findall(end))["insult"]),
    )


def outspoken(matches: Sequence[Match]) -> list[Match]:
    """Without what lies inside longer words that say something else: "yeah, right" is no "yeah"."""
    return [
        one
        for one in matches
        if not any(
            other.start <= one.start
            and one.end <= other.end
            and other.end - other.start > one.end - one.start
            and "mixed" not in (other.rule.label, one.rule.label)
            and other.rule.label != one.rule.label
            for other in matches
        )
    ]


def features(
    folded: str, first: Sequence[Match], later: Sequence[Match], before: Answered, words: Words
) -> list[str]:
    """Names of what is there, by kind:

    `r` a rule in the first sentence, `q` in a later one, `c` which labels stand in which, `w` a word, `b` a
    pair of neighbours, `o` the opening words, `s` the outline of the reply, `x` how it relates to its post.
    `folded` is the reply, `first` and `later` the rules found in it. Each once, always in the same order.
    """
    own = words_of(folded)
    found = [f"w:{word}" for word in own]
    found += [f"b:{one} {two}" for one, two in pairwise(own)]
    found += [f"o:{' '.join(own[:n])}" for n in (1, 2, 3)]
    found += _rules(first, later)
    found += _outline(folded, own)
    found += _relation(own, before, words)
    return list(dict.fromkeys(found))


def _rules(first: Sequence[Match], later: Sequence[Match]) -> list[str]:
    labels = [
        "+".join(sorted({match.rule.label for match in matches})) or "none" for matches in (first, later)
    ]
    found = [f"r:{match.rule.name}" for match in first] + [f"q:{match.rule.name}" for match in later]
    return [*found, f"c:1 {labels[0]}", f"c:2 {labels[1]}"]


def _outline(folded: str, words: Sequence[str]) -> list[str]:
    size = sum(len(words) >= bound for bound in _SIZES)
    found = [f"s:length {size}"]
    stripped = folded.rstrip()
    if stripped.endswith("?"):
        found += ["s:ends ?", f"s:ends ? {size}"]
    elif "?" in stripped:
        found.append("s:asks on the way")
    found += [name for name, marks in _MARKS.items() if any(mark in folded for mark in marks)]
    if stripped.endswith("!"):
        found.append("s:ends !")
    if "0" in words:
        found.append("s:number")
    return found


def _relation(words: Sequence[str], before: Answered, lexicon: Words) -> list[str]:
    """Whom the reply talks to and of, and whether it may simply be an answer.

    Shared words, mood and length relative to what is answered were tried and told nothing more.
    """
    own = lexicon.in_text(words)
    found = [
        f"x:you {own['you']} they {own['they']} self {own['self']}",
        f"x:insult {own['insult']} you {own['you']} they {own['they']}",
    ]
    if words[:1] == ["no"] and before.denies:
        found.append("x:no after a denial")
    if before.insults and own["insult"] and not own["you"]:
        found.append("x:insults others as well")
    if before.asks:
        found += ["x:after a question", f"x:after a question {'?' in words}"]
    if before.puzzled:
        found += ["x:after a puzzle", f"x:after a puzzle {'?' in words}"]
    return found
