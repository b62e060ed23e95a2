"""The notation of a codebook's phrases, as token patterns of spaCy's Matcher.

    [words]
    client = ["client", "clients", "buyer", "buyers"]

    phrases = ["@client ('s|')? (record|history)", "refund* ... (automatic|by itself)"]

What the signs mean stands in analyze.notation. A phrase without any of them is no pattern: spaCy's
PhraseMatcher looks for its words.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from analyze.gate import WORD, fold
from analyze.notation import Element, Words, parsed
from analyze.patterns import telling
from analyze.token_patterns import TokenPattern

Tokenizer = Callable[[str], Sequence[str]]

_SIGNS = re.compile(r"[(|)*@]|\.\.|\w\?\s|\s\?\s")
_FOREIGN = re.compile(r"[!^~$]")
"""Signs of the lexicons that a phrase does not know."""
_MISPLACED = (
    (re.compile(r"\s\?\s"), "“?” stands right behind the word that may be missing: late?"),
    (re.compile(r"[^\s.]\.\.|\.\.[^\s.]"), "“..” and “...” stand between spaces"),
)
_BRACKETS = re.compile(r"\([^()]*\)")
_PLAIN = re.compile(r"[^\W_]+")
_BEGINNING = re.compile(r"[^\W_]{3,}\*")
_PIECES = re.compile(r"\w+|[^\w\s]")
_JOINT = re.compile(r"(?<=\w)[ -](?=\w)")
_MOST_SKIPPED = 20
"""Words that a phrase may skip, all in all: each doubles the ways in which a matcher may try it."""
_MOST = 100
"""Token patterns that a phrase may stand for."""
_ANY = {"IS_PUNCT": False}
_GAP = {"IS_PUNCT": False, "OP": "?"}
_HYPHEN = {"LOWER": "-", "OP": "?"}


@dataclass(frozen=True, slots=True)
class Notated:
    """A phrase in the notation, read."""

    elements: tuple[Element, ...]

    @property
    def keys(self) -> frozenset[str]:
        """Of these words, or beginnings of words (`refund*`), every text that has the phrase has one."""
        held = [list(map(_key, one.options)) for one in self.elements if one.needed]
        return frozenset(telling([keys for keys in held if all(keys)]))

    def tokens(self) -> list[tuple[frozenset[str], int]]:
        """Of each part, the words of which one must be there (none if that is open), and its most tokens."""
        return [(_needed(one), _length(one)) for one in self.elements]

    def patterns(self, tokenized: Tokenizer) -> list[TokenPattern]:
        """What spaCy's Matcher looks for; `tokenized` gives the words of an option as spaCy takes them."""
        variants = [list(_variants(one, tokenized)) for one in self.elements]
        return [_joined(parts) for parts in product(*variants)]


def is_notated(phrase: str) -> bool:
    """Whether a phrase says more than its words."""
    return _SIGNS.search(_typed(phrase)) is not None


def notated(phrase: str, words: Words) -> Notated:
    """Reads a phrase; `words` are the codebook's classes. Raises ValueError, saying what is wrong with it."""
    phrase = _typed(phrase)
    _refuse_misplaced(phrase)
    read = Notated(tuple(parsed(fold(phrase), words)))
    if not read.keys:
        raise ValueError(
            "no word must be there, and no beginning of three letters or more (refund*), so it would be "
            f"found anywhere: {phrase}"
        )
    if sum(one.gap for one in read.elements) > _MOST_SKIPPED:
        raise ValueError(f"it skips more than {_MOST_SKIPPED} words; make it shorter: {phrase}")
    combined = 1
    for one in read.elements:
        combined *= 1 + sum(not _PLAIN.fullmatch(option) for option in one.options)
    if combined > _MOST:
        raise ValueError(f"too many alternatives of several words; make several phrases of it: {phrase}")
    return read


def _typed(phrase: str) -> str:
    """As it was typed: word processors make one sign of three dots."""
    return phrase.replace("…", "...")


def _refuse_misplaced(phrase: str) -> None:
    if foreign := _FOREIGN.search(phrase):
        raise ValueError(f"“{foreign[0]}” means nothing in a phrase: {phrase}")
    for sign, said in _MISPLACED:
        if sign.search(phrase):
            raise ValueError(f"{said}: {phrase}")
    if "|" in _BRACKETS.sub("", phrase) and "(" not in _BRACKETS.sub("", phrase):
        raise ValueError(f"“|” parts words within brackets: (dark|night) mode, not {phrase}")


def spellings(phrase: str) -> set[str]:
    """A phrase of words alone as people write it: "dark mode" and "dark-mode"."""
    phrase = phrase.replace("’", "'")
    joints = [found.start() for found in _JOINT.finditer(phrase)]
    return {phrase, *(phrase[:at] + sign + phrase[at + 1 :] for at in joints for sign in " -")}


def _key(option: str) -> str:
    """A word that stands in every text that has the option, or its beginning; empty if there is none."""
    if "*" in option:
        return option if _BEGINNING.fullmatch(option) else ""
    return next(iter(telling([[word] for word in WORD.findall(option)])), "")


def _needed(element: Element) -> frozenset[str]:
    is_told = element.needed and all(map(_PLAIN.fullmatch, element.options))
    return frozenset(element.options) if is_told else frozenset()


def _length(element: Element) -> int:
    return element.gap or max(len(_PIECES.findall(option)) for option in element.options)


def _joined(parts: Sequence[TokenPattern]) -> TokenPattern:
    """The parts in a row; two words may be written with a hyphen."""
    row: TokenPattern = []
    for part in filter(None, parts):
        row += [_HYPHEN, *part] if row else part
    return row


def _variants(element: Element, tokenized: Tokenizer) -> Iterator[TokenPattern]:
    """The token patterns of one part, one of which has to match."""
    if element.gap:
        yield [_GAP] * element.gap
        return
    written = [option for option in element.options if "*" not in option]
    # To spaCy "id" is "i'd", but "ID" is one token.
    forms = [form for option in written for form in (option, option.upper(), option.title())]
    taken = list(dict.fromkeys(tuple(tokenized(form)) for form in forms))
    alone = [tokens[0] for tokens in taken if len(tokens) == 1]
    open_ended = [_open(option) for option in element.options if "*" in option]
    several = [_joined([[{"LOWER": token}] for token in tokens]) for tokens in taken if len(tokens) > 1]
    single = [*([{"LOWER": {"IN": alone}}] if alone else []), *open_ended]
    if element.maybe and several:
        yield []
    for token in single:
        yield [{**token, "OP": "?"} if element.maybe and not several else token]
    yield from several


def _open(option: str) -> dict[str, Any]:
    if option == "*":
        return dict(_ANY)
    return {"LOWER": {"REGEX": rf"\A{re.escape(option).replace(re.escape('*'), '.*')}\Z"}}
