"""What a linear model sees of a sentence in which staff may say what they did.

The rules know common ways of saying it; how a word or two speak for a deed of staff or for something else
("the price plans were merged") is learnt from sentences written for it (analyze/models/moderation).
"""

from collections.abc import Collection, Sequence
from itertools import pairwise

from analyze.features import EMPTY, MOST_WORDS
from analyze.rules import Match

KINDS = (
    "posts_removed", "post_removed", "posts_edited", "post_edited_by_staff", "inline_redaction",
    "post_hidden",
    "thread_locked", "thread_unlocked", "thread_moved", "thread_merged", "thread_split", "thread_retitled",
    "thread_removed", "conduct_reminder", "user_warned", "user_banned",
)  # fmt: skip
STAFF, MEMBER, UNKNOWN = "staff", "member", "unknown"
"""Who speaks, as far as it is known."""
_LOWEST = 3
"""Tenths of confidence below which a rule says nothing more."""
_STEP, _LONGEST = 4, 6
"""Lengths are told apart in steps of so many words, up to so many steps."""


def features(
    folded: str, marked: Sequence[str], matches: Sequence[Match], guards: Sequence[Match], voice: str
) -> dict[str, Collection[str]]:
    """Of a folded sentence, its words and marks, the rules and guards found in it, and who speaks. By kind:

    `v` who speaks, `r` rule, `g` guard, `k` kind of event that a rule speaks of, `x` who speaks and whether
    a rule or guard was found, `s` how sure the surest rule is; `w` word, `b` pair of neighbours, `o` opening
    words, `l` length, `m` a question. Each once, always in the same order.
    """
    words = marked[:MOST_WORDS]
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
        "l": [str(min(len(words) // _STEP, _LONGEST))],
        "m": ["asks"] if folded.rstrip("\"' ").endswith("?") else [],
    }
