"""The notation of lexicons (see analyze.rules), compiled: a regular expression, and what wakes it up.

A pattern is searched for only in sentences that have a *key* of it: a word, two neighbouring words, or a word
that opens the sentence. Of all keys that a pattern cannot do without, the rarest are chosen here, so that no
list of them has to be kept by hand. Measured on product feedback with 222 patterns: four are tried on a
sentence, one or two are found.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from analyze.view import WORD, Key, Sentence

_BETWEEN = r"(?:[^\w'$]{1,4}|$)"
_GAP = 4
"""Words that "..." skips at most."""
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
_NEIGHBOURS = 200
"""Times rarer that a word is behind a given word than anywhere; a rough guess will do."""
_OPENS = 15
"""Words of a sentence, of which only one opens it."""
_MOST_KEYS = 3000
"""Pairs of words a pattern may have; two long lists would make a million."""
_ELEMENT = re.compile(
    r"(?P<gap>\.\.\.)|(?P<no>!)?(?:\((?P<any>[^()]+)\)|@(?P<cls>\w+)|(?P<word>[^\s?!]+))(?P<maybe>\?)?"
)

Find = Callable[[Sentence], re.Match[str] | None]
Words = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Compiled:
    find: Find
    """In the folded sentence; group 1 is what the pattern points at."""
    keys: frozenset[Key]
    """One of them is in every sentence in which the pattern is found."""
    cues: frozenset[str]
    """Folded words for the gate, of which the same holds."""
    others: tuple[frozenset[str], ...]
    """Of each of these, too: looking them up is ten times cheaper than searching for the pattern."""


@dataclass(frozen=True, slots=True)
class _Element:
    options: Sequence[str] = ()
    """Empty for a gap."""
    gap: int = 0
    """Words that may be skipped. Gaps in a row are one: trying each of their ends would take for ever."""
    no: bool = False
    maybe: bool = False

    @property
    def needed(self) -> bool:
        return bool(self.options) and not self.no and not self.maybe

    def source(self) -> str:
        if self.gap:
            return rf"(?:[\w'$]+{_BETWEEN}){{0,{self.gap}}}?"
        one = f"(?:{alternatives(self.options)}{_BETWEEN})"
        return f"(?!{one})" if self.no else one + "?" * self.maybe


def compiled(pattern: str, words: Words) -> Compiled:
    """Raises ValueError or re.error, saying what is wrong with the pattern."""
    elements = list(_elements(pattern.lstrip("^~").removesuffix("$"), words))
    needed = [element.options for element in elements if element.needed]
    if not needed:
        raise ValueError("it has no word that must be there.")
    before = {"^": _OPENING, "~": _CLAUSE}.get(pattern[0], r"(?<![\w'$])")
    after = "$" if pattern.endswith("$") else ""
    expression = re.compile(f"{before}({''.join(element.source() for element in elements)}){after}")
    cues = telling(needed)
    others = [frozenset(_edge_words(options, 0)) for options in needed if options is not cues]
    return Compiled(
        _finder(expression, pattern[0], _next_words(elements)),
        _keys(elements, cues, opens=pattern[0] == "^"),
        frozenset(cues),
        tuple(sorted((one for one in others if one), key=len)),
    )


def _finder(expression: re.Pattern[str], edge: str, first: Sequence[str]) -> Find:
    """Tries the expression only where its first word stands: `search` would try it at every letter."""
    if edge == "^":
        return lambda sentence: expression.match(sentence.folded)
    if not first:
        return lambda sentence: expression.search(sentence.folded)
    firsts = frozenset(first)

    def find(sentence: Sentence) -> re.Match[str] | None:
        folded = sentence.folded
        if edge == "~" and (match := expression.match(folded)):
            return match
        for word, at in sentence.places:
            if word in firsts and (match := expression.match(folded, at)):
                return match
        return None

    return find


def telling(needed: Sequence[Sequence[str]]) -> Sequence[str]:
    """Of several lists of words, from each of which a sentence must have one, the list that says most."""
    return min(needed, key=_often, default=())


def alternatives(options: Sequence[str]) -> str:
    """An expression that matches one of the options; long lists are told apart letter by letter.

    `re` tries alternatives one by one: two hundred verbs would cost a microsecond at every word.
    """
    plain = [option for option in options if "*" not in option]
    others = [_word(option) for option in options if "*" in option]
    return f"(?:{'|'.join([*others, *([_by_letter(plain)] if plain else [])])})"


def _by_letter(options: Sequence[str]) -> str:
    """Options grouped by how they begin. Of "then" and "then why" the one that is listed first wins."""
    groups: dict[tuple[str, bool], list[str]] = {}
    ended = False
    for option in options:
        ended = ended or not option
        groups.setdefault((option[:1], ended), []).append(option[1:])
    parts = [
        _letters(letter) + (_by_letter(rests) if letter and len(rests) > 1 else _letters(rests[0]))
        for (letter, _), rests in groups.items()
    ]
    return f"(?:{'|'.join(parts)})" if len(parts) > 1 else parts[0]


def _letters(text: str) -> str:
    return _BETWEEN.join(map(re.escape, text.split(" ")))


def _word(option: str) -> str:
    begun, on = r"[\w']+", r"[\w']*"
    words = [
        begun * word.startswith("*") + re.escape(word.strip("*")) + on * word.endswith("*")
        for word in option.split()
    ]
    return _BETWEEN.join(words)


def _elements(pattern: str, words: Words) -> Iterator[_Element]:
    gap = 0
    for found in _ELEMENT.finditer(pattern):
        if found["gap"]:
            gap += _GAP
            continue
        if gap:
            yield _Element(gap=gap)
        gap = 0
        yield _Element(_options(found, words), no=bool(found["no"]), maybe=bool(found["maybe"]))
    if gap:
        yield _Element(gap=gap)


def _options(element: re.Match[str], words: Words) -> Sequence[str]:
    """The words an element may be."""
    parts = (
        [part.strip() for part in element["any"].split("|")] if element["any"] else [element["word"] or ""]
    )
    names = [element["cls"]] if element["cls"] else [part[1:] for part in parts if part.startswith("@")]
    if unknown := set(names) - words.keys():
        raise ValueError(f"there is no word class @{unknown.pop()}; there are {', '.join(sorted(words))}.")
    listed = [word for name in names for word in words[name]]
    return listed + [part for part in parts if part and not part.startswith("@")]


def _keys(elements: Sequence[_Element], cues: Sequence[str], opens: bool) -> frozenset[Key]:
    """The rarest keys: neighbouring words or the opening one if there are any, else the cues."""
    best: frozenset[Key] = frozenset(cues)
    least = float(_often(cues))
    for first, second in _neighbours(elements, opens):
        often = _often(first) * _often(second) / _NEIGHBOURS if first != [""] else _often(second) / _OPENS
        if often < least and len(first) * len(second) <= _MOST_KEYS:
            best, least = frozenset(product(first, second)), often
    return best


def _neighbours(elements: Sequence[_Element], opens: bool) -> Iterator[tuple[list[str], list[str]]]:
    """The words of which one stands directly before one of the others; before the opening word stands ""."""
    if opens and (second := _next_words(elements)):
        yield [""], second
    for at, element in enumerate(elements):
        if element.needed:
            first, second = _edge_words(element.options, -1), _next_words(elements[at + 1 :])
            if first and second:
                yield first, second


def _next_words(elements: Sequence[_Element]) -> list[str]:
    """The words that may come next; none if that is open."""
    words: list[str] = []
    for element in elements:
        if element.no:
            continue
        first = _edge_words(element.options, 0)
        if not first:
            return []
        words += first
        if element.needed:
            return words
    return []


def _edge_words(options: Sequence[str], edge: int) -> list[str]:
    """The first (0) or last (-1) word of each option; nothing if an option cannot be told by its words."""
    if any("*" in option for option in options):
        return []
    words = [WORD.findall(option) for option in options]
    return [found[edge] for found in words] if all(words) else []


def _often(options: Sequence[str]) -> int:
    """How often one of these words stands in a text; a rough guess will do."""
    return sum(_frequency(option) for option in options)


def _frequency(option: str) -> int:
    if option in _COMMONEST or option.startswith("*"):
        return 40
    return 8 if option in _COMMON else 1
