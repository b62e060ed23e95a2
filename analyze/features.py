"""What a linear model sees of a sentence: which rules matched, its words, pairs of words, and its outline."""

import re
from collections.abc import Iterable
from itertools import pairwise

from analyze.rules import Match

_WORD = re.compile(r"[a-z][a-z']*|\d+|[?!:…]|\.\.+")
_EMPTY_WORDS = """
a an the to of in on at for and or is are was were be been it its it's this that these those there here
with as by from i we you they he she me us them my our your their his her do does did has have had not no
"""
EMPTY = frozenset(_EMPTY_WORDS.split())
"""Words that say nothing alone: what was fitted to them is the style of whoever wrote the examples."""
_MARKS = {
    "m:code": re.compile(
        r"[;{}()/>=:.](?:(?<=[;{}])\s*$|(?<=\w\()\)|(?<=</)|(?<==)[>=]|(?<=::)|(?<=\w\.)\w+\(|(?<=^/)/|(?<=/>))"
    ),
    "m:quoted": re.compile(r"^\s*[\"“][^\"“”]+[\"”]\s*[a-z,]"),
    "m:asks": re.compile(r"\?\W*$"),
}
"""Code; a quotation of which something is said; a question."""
_MOST_WORDS = 60
"""Sentences without full stops exist; what is asked for stands at the beginning."""


def words_of(folded: str) -> list[str]:
    """The words of folded text and the marks that say something; numbers are all alike."""
    return ["0" if word[0].isdigit() else word for word in _WORD.findall(folded)[:_MOST_WORDS]]


def features(folded: str, matches: Iterable[Match]) -> list[str]:
    """By kind: `r:` rule, `s:` how sure the surest rule of each label is, `w:` word, `b:` pair of neighbours,
    `o:` opening words, `m:` marks.

    Each once, always in the same order: sums of weights must not depend on the order of a set.
    """
    words = words_of(folded)
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    found = ["r:" + match.rule.name for match in matches]
    found += [
        f"s:{label} {level}" for label, surest in _surest(matches) for level in range(1, min(surest, 9) + 1)
    ]
    found += ["w:" + word for word in words if word not in EMPTY]
    found += ["b:" + pair for pair in pairs]
    found += ["o:" + opening for opening in words[:1] + pairs[:1]]
    found += [name for name, mark in _MARKS.items() if mark.search(folded)]
    return list(dict.fromkeys(found))


def _surest(matches: Iterable[Match]) -> list[tuple[str, int]]:
    """(label, tenths of the highest confidence) for every label that has a match."""
    surest: dict[str, float] = {}
    for match in matches:
        label = match.rule.label
        surest[label] = max(surest.get(label, 0.0), match.rule.confidence)
    return [(label, min(9, round(confidence * 10))) for label, confidence in surest.items()]
