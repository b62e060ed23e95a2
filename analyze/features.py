"""What a linear model sees of a sentence: which rules matched, its words, pairs of words, and its outline."""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from analyze.rules import Match

_EMPTY_WORDS = """
a an the to of in on at for and or is are was were be been it its it's this that these those there here
with as by from i we you they he she me us them my our your their his her do does did has have had not no
"""
EMPTY = frozenset(_EMPTY_WORDS.split())
"""Words that say nothing alone: what was fitted to them is the style of whoever wrote the examples."""
_MARKS = {
    "code": re.compile(
        r"[;{}()/>=:.](?:(?<=[;{}])\s*$|(?<=\w\()\)|(?<=</)|(?<==)[>=]|(?<=::)|(?<=\w\.)\w+\(|(?<=^/)/|(?<=/>))"
    ),
    "quoted": re.compile(r"^\s*[\"“][^\"“”]+[\"”]\s*[a-z,]"),
    "asks": re.compile(r"\?\W*$"),
}
"""Code; a quotation of which something is said; a question."""
MOST_WORDS = 60
"""Sentences without full stops exist; what is asked for stands at the beginning."""


def features(folded: str, marked: Sequence[str], matches: Iterable[Match]) -> dict[str, Collection[str]]:
    """Of folded text, its words and marks (see `analyze.gate.marked`) and the rules found in it. By kind:

    `r` rule, `s` how sure the surest rule of each label is, `w` word, `b` pair of neighbours, `o` opening
    words, `m` marks.

    Each once, always in the same order: sums of weights must not depend on the order of a set.
    """
    words = marked[:MOST_WORDS]
    pairs = list(map(" ".join, pairwise(words)))
    return {
        "r": dict.fromkeys([match.rule.name for match in matches]),
        "s": [
            f"{label} {level}" for label, surest in _surest(matches) for level in range(1, min(surest, 9) + 1)
        ],
        "w": [word for word in dict.fromkeys(words) if word not in EMPTY],
        "b": dict.fromkeys(pairs),
        "o": [*words[:1], *pairs[:1]],
        "m": [name for name, mark in _MARKS.items() if mark.search(folded)],
    }


def _surest(matches: Iterable[Match]) -> list[tuple[str, int]]:
    """(label, tenths of the highest confidence) for every label that has a match."""
    surest: dict[str, float] = {}
    for match in matches:
        label = match.rule.label
        surest[label] = max(surest.get(label, 0.0), match.rule.confidence)
    return [(label, min(9, round(confidence * 10))) for label, confidence in surest.items()]
