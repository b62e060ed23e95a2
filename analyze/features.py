"""What a linear model sees of a sentence: which rules matched, its words, pairs of words, and its outline."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from analyze.citations import uncited
from analyze.rules import Match
from analyze.view import Sentence

AGAINST = "against"
"""The label of rules that say that something is not asked for."""
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
_TURN = re.compile(r"\bbut (?!not |only |also )")
_ASKED = 0.7
"""How sure a rule has to be that something is asked for, for the "but" before it to lead there."""
CROWDS = (2, 3, 4, 6, 8, 12, 16, 24, 32)
"""Numbers of sentences that are told apart."""
MOST_WORDS = 60
"""Sentences without full stops exist; what is asked for stands at the beginning."""


def behind_but(sentence: Sentence, matches: Sequence[Match]) -> Sequence[Match]:
    """The rules found in a sentence, without what is held against it before the "but" that leads to what is
    asked: "I don't know if it was asked before, but please add a dark mode".
    """
    if len(matches) < 2 or "but" not in sentence.vocabulary:
        return matches
    turns = [turn.start() + sentence.start for turn in _TURN.finditer(sentence.folded)]
    asks = [one.start for one in matches if one.rule.label != AGAINST and one.rule.confidence >= _ASKED]
    turn = max((turn for turn in turns if turn < max(asks, default=-1)), default=-1)
    return [one for one in matches if one.rule.label != AGAINST or one.end > turn]


def asked(sentence: Sentence, matches: Sequence[Match]) -> Sequence[Match]:
    """The rules found in a sentence, without those that what else it says makes void."""
    return uncovered(behind_but(sentence, uncited(matches, sentence)))


def uncovered(matches: Sequence[Match]) -> Sequence[Match]:
    """The rules found in a sentence, without what is asked for within the words of a rule that covers:
    "could you explain" asks for an answer, whatever begins with "could you".
    """
    covers = [(one.start, one.end) for one in matches if one.rule.extra.get("covers")]
    if not covers:
        return matches
    return [
        one
        for one in matches
        if one.rule.label == AGAINST or not any(start <= one.start < end for start, end in covers)
    ]


def features(sentence: Sentence, matches: Sequence[Match], among: int) -> dict[str, Collection[str]]:
    """Of a sentence, the rules found in it, and among how many of its post it stands. By kind:

    `r` rule, `n` rule with the word before or behind it, `s` how sure the surest rule of each label is,
    `w` word, `b` pair of neighbours, `o` opening words, `m` marks, `a` among how many at least.

    Each once, always in the same order: sums of weights must not depend on the order of a set.
    """
    words = sentence.marked[:MOST_WORDS]
    pairs = list(map(" ".join, pairwise(words)))
    return {
        "r": dict.fromkeys([match.rule.name for match in matches]),
        "n": dict.fromkeys(_neighbours(sentence, matches)),
        "s": [
            f"{label} {level}" for label, surest in _surest(matches) for level in range(1, min(surest, 9) + 1)
        ],
        "w": [word for word in dict.fromkeys(words) if word not in EMPTY],
        "b": dict.fromkeys(pairs),
        "o": [*words[:1], *pairs[:1]],
        "a": [str(number) for number in CROWDS if number <= among],
        "m": [name for name, mark in _MARKS.items() if mark.search(sentence.folded)],
    }


def _neighbours(sentence: Sentence, matches: Iterable[Match]) -> Iterator[str]:
    """Who "should" and what "should" be: "should < they", "should > be"."""
    for match in matches:
        before, behind = sentence.beside(match.start, match.end)
        yield f"{match.rule.name} < {before}"
        yield f"{match.rule.name} > {behind}"


def _surest(matches: Iterable[Match]) -> list[tuple[str, int]]:
    """(label, tenths of the highest confidence) for every label that has a match."""
    surest: dict[str, float] = {}
    for match in matches:
        label = match.rule.label
        surest[label] = max(surest.get(label, 0.0), match.rule.confidence)
    return [(label, min(9, round(confidence * 10))) for label, confidence in surest.items()]
