"""What a linear model sees of a sentence in which staff may say what they did.

The rules know common ways of saying it; how a word or two speak for a deed of staff or for something else
("the price plans were merged") is learnt from sentences written for it (analyze/models/moderation). No one
writes all verbs that staff may use, so words are seen by what they have in common as well (lexicon/senses).
"""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise

from analyze.features import EMPTY, MOST_WORDS
from analyze.gate import marked
from analyze.rules import Match, read_lexicon

KINDS = (
    "posts_removed", "post_removed", "posts_edited", "post_edited_by_staff", "inline_redaction",
    "post_hidden",
    "thread_locked", "thread_unlocked", "thread_moved", "thread_merged", "thread_split", "thread_retitled",
    "thread_removed", "conduct_reminder", "user_warned", "user_banned",
)  # fmt: skip
NONE = "none"
"""The label of what is no event."""
_LOWEST = 3
"""Tenths of confidence below which a rule says nothing more."""
_STEP, _LONGEST = 4, 6
"""Lengths are told apart in steps of so many words, up to so many steps."""
_OWN_SENSE_WORDS = """
out down off up away back into from to for in by and this that own new here there again same it but so as
because due since ? ! :
"""
_OWN_SENSE = frozenset(_OWN_SENSE_WORDS.split())
"""Words that no other can stand for: in an outline they are kept as they are."""
_ADDRESS = re.compile(r"(?<!\S)\S*?(?://|www\.|\.(?:com|org|net|html?|php)\b)\S*")
"""A web address, whose words are nobody's."""


def features(
    folded: str, matches: Sequence[Match], guards: Sequence[Match], voice: str
) -> dict[str, Collection[str]]:
    """Of a folded sentence or clause, the rules and guards found in it, and who speaks. By kind:

    `v` who speaks, `r` rule, `g` guard, `k` kind of event that a rule speaks of, `x` who speaks and whether
    a rule or guard was found, `s` how sure the surest rule is; `w` word, `b` pair of neighbours, `o` opening
    words, `c` sense, `p` pair of neighbours in the outline of senses, `l` length, `m` a question. Each once,
    always in the same order.
    """
    words = marked(_ADDRESS.sub(" ", folded) if "." in folded else folded)[:MOST_WORDS]
    outline = _outline(words)
    pairs = list(map(" ".join, pairwise(words)))
    plain = any(not match.rule.label.startswith("staff ") for match in matches)
    surest = max((match.rule.confidence for match in matches), default=0.0)
    return {
        "v": [voice],
        "x": [f"{voice} {bool(matches)} {plain} {bool(guards)}"],
        "r": dict.fromkeys(match.rule.name for match in matches),
        "g": dict.fromkeys(match.rule.name for match in guards),
        "k": dict.fromkeys(match.rule.label.removeprefix("staff ") for match in matches),
        "s": [f"{voice} {tenths}" for tenths in range(_LOWEST, int(surest * 10) + 1)],
        "w": [word for word in dict.fromkeys(words) if word not in EMPTY],
        "b": dict.fromkeys(pairs),
        "o": [*words[:1], *pairs[:1]],
        "c": dict.fromkeys(sense for senses in outline for sense in senses),
        "p": dict.fromkeys(
            f"{first} {second}"
            for these, those in pairwise((("^",), *outline, ("$",)))
            for first in these
            for second in those
        ),
        "l": [str(min(len(words) // _STEP, _LONGEST))],
        "m": ["asks"] if folded.rstrip("\"' ").endswith("?") else [],
    }


def _outline(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The senses of each word that has any."""
    return [senses for senses in map(_senses, words) if senses]


@lru_cache(maxsize=50_000)
def _senses(word: str) -> tuple[str, ...]:
    whole, begun = _known_senses()
    found = [*whole.get(word, ()), *(sense for start, sense in begun if word.startswith(start))]
    return tuple(dict.fromkeys(found)) or ((word,) if word in _OWN_SENSE else ())


@lru_cache(maxsize=1)
def _known_senses() -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    """The senses of whole words, and (beginning of words, sense)."""
    whole: dict[str, list[str]] = {}
    begun: list[tuple[str, str]] = []
    for sense, words in read_lexicon("senses").words.items():
        for word in words:
            if word.endswith("*"):
                begun.append((word.removesuffix("*"), sense))
            else:
                whole.setdefault(word, []).append(sense)
    return whole, begun
