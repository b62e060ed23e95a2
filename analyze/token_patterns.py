"""Token patterns of spaCy's Matcher, as a codebook may hold them."""

import re
from typing import Any

from analyze.language import english

TokenPattern = list[dict[str, Any]]

_ATTRIBUTES = """
ORTH TEXT NORM LOWER LENGTH SHAPE PREFIX SUFFIX IS_ALPHA IS_ASCII IS_DIGIT IS_LOWER IS_UPPER
IS_TITLE IS_PUNCT IS_SPACE IS_STOP IS_CURRENCY IS_BRACKET IS_QUOTE LIKE_NUM LIKE_URL LIKE_EMAIL OP
REGEX
"""
_ANSWERABLE = frozenset(_ATTRIBUTES.split())
"""What blank English can answer."""
SYNTAX = frozenset(("LEMMA", "POS", "TAG", "DEP", "MORPH", "ENT_TYPE", "ENT_IOB"))
"""What only a trained pipeline can answer."""
_OPERATOR = re.compile(r"[1!?+*]|\{\d*,?\d*\}")
_WORDS = ("LOWER", "ORTH", "TEXT", "NORM")
"""What a token pattern may ask a token to be, letter by letter."""


def matchable(pattern: TokenPattern) -> TokenPattern:
    """The pattern, if it says what it seems to; else ValueError.

    What finds nothing, or anything, would do so without a word: a misspelt key matches every token.
    """
    for token in pattern:
        if unknown := set(token) - _ANSWERABLE - SYNTAX:
            raise ValueError(f"{', '.join(sorted(unknown))} is no key of a token pattern")
        if not _OPERATOR.fullmatch(str(token.get("OP", "1"))):
            raise ValueError(f"OP = {token['OP']!r} is none of 1 ! ? + * {{n}} {{n,m}}")
        reasons = [_never(key, word) for key, word in _asked(token)]
        if reasons and all(reasons):
            raise ValueError(reasons[0])
    return pattern


def idle(pattern: TokenPattern) -> list[str]:
    """Words of a pattern that no token can be, and why: one of several under IN, without which it goes on."""
    reasons = [_never(key, word) for token in pattern for key, word in _asked(token)]
    return [reason for reason in reasons if reason]


def _asked(token: dict[str, Any]) -> list[tuple[str, str]]:
    """The words that a token is asked to be, each with its key: one, or any of those under IN."""
    wanted = {key: token[key] for key in _WORDS if key in token}
    return [
        (key, word)
        for key, value in wanted.items()
        for word in (value.get("IN", []) if isinstance(value, dict) else [value])
        if isinstance(word, str)
    ]


def _never(key: str, word: str) -> str:
    """Why no token is this word; empty where one may be."""
    if key == "LOWER" and word != word.lower():
        return f"LOWER = {word!r} never matches: write {word.lower()!r}"
    # To spaCy "id" is "i'd", but "ID" is one token.
    written = {word} if key in ("ORTH", "TEXT") else {word, word.upper(), word.title()}
    if any(len(english().make_doc(form)) == 1 for form in written):
        return ""
    parts = [token.text for token in english().make_doc(word) if not token.is_space]
    apart = ", ".join(f'{{{key} = "{part}"}}' for part in parts)
    return f"{key} = {word!r} never matches, since it is more than one token; one after the other: {apart}"
