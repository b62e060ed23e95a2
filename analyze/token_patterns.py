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
        for key in _WORDS:
            for word in _asked(token.get(key)):
                _require_a_token(key, word)
    return pattern


def _asked(value: object) -> list[str]:
    """The words that a key of a pattern asks for: one, or any of those under IN."""
    options = value.get("IN", []) if isinstance(value, dict) else [value]
    return [option for option in options if isinstance(option, str)]


def _require_a_token(key: str, word: str) -> None:
    if key == "LOWER" and word != word.lower():
        raise ValueError(f"LOWER = {word!r} never matches: write {word.lower()!r}")
    # To spaCy "id" is "i'd", but "ID" is one token.
    written = {word} if key in ("ORTH", "TEXT") else {word, word.upper(), word.title()}
    if all(len(english().make_doc(form)) > 1 for form in written):
        parts = [token.text for token in english().make_doc(word) if not token.is_space]
        raise ValueError(
            f"{key} = {word!r} never matches, since it is more than one token; one after the other: "
            + ", ".join(f'{{{key} = "{part}"}}' for part in parts)
        )
