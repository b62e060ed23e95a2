"""The notation of lexicons (see analyze.rules), compiled: a regular expression, and what wakes it up.

A pattern is searched for only in sentences that have a *key* of it: a word, two neighbouring words, or a word
that opens the sentence. Of all keys that a pattern cannot do without, the rarest are chosen here, so that no
list of them has to be kept by hand. Measured on board posts of 4.5 sentences with 311 patterns: 21 are woken,
14 searched for, 3 found.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import product
from math import inf

from analyze.gate import WORD, Key
from analyze.notation import Element, Words, parsed
from analyze.view import Sentence

_BETWEEN = r"(?:[^\w'$]{1,4}|$)"
_OPENING = r"^ *[^\w]{0,3}(?:(?:\d{1,2}|[a-z])[.):]\s*)?"
"""What may stand before the first word of a sentence: blanks of BBCode, quotation marks, a list mark."""
_CLAUSE = (
    rf"(?<![\w'$])(?:{_OPENING}|(?<=[,;:(!?/.–—] )|(?<= - )|(?<=\bso )|(?<=\bbut )"
    r"|(?<=\bthen |\balso |\bjust )|(?<=\bis to )|(?<=\bplease ))"
)
"""Where an order may begin within a sentence: behind a comma or a conjunction."""
_FREQUENT = {
    400: "the to and",
    250: "a i of is that in it you",
    80: "for this not be have on are with as but they",
    40: "if or so what we my do can your would just there no at was all about like from an by one he",
    20: "more will don't has who think people how their me i'm it's when which out up get them only know "
    "any some",
    10: "than other because good even time should could see make want why way need really then right now "
    "also does did use go been had were into never too most well his our us am being here",
}
_TIMES = {word: times for times, words in _FREQUENT.items() for word in words.split()}
"""How often a word stands in ten thousand words of a forum, roughly; all others: once."""
_NEIGHBOURS = 1250
"""Two words stand together as often as the product of their frequencies over this, which is eight times what
chance would have: those that patterns ask for belong together."""
_OPENS = 5
"""One word of thirteen opens a sentence; the words that patterns open with do so more often."""
_TELLING = 3
"""Letters from which on the beginning of a word says something."""
_MOST_PAIRS = 3000
"""Pairs of words a pattern may have; two long lists would make a million."""
_WHOLE_WORD = re.compile(rf"(?<![\w'$*]){WORD.pattern}(?![\w'$*])")
"""A word of a pattern that neither begins nor ends with the sign for any letters."""
Find = Callable[[Sentence], re.Match[str] | None]


@dataclass(frozen=True, slots=True)
class Compiled:
    find: Find
    """In the folded sentence; group 1 is what the pattern points at."""
    keys: frozenset[Key]
    """One of them is in every sentence in which the pattern is found."""
    others: tuple[frozenset[str], ...]
    """Of each of these a word is there, too. Looking is ten times cheaper than searching for the pattern."""


def compiled(pattern: str, words: Words) -> Compiled:
    """Raises ValueError, saying what is wrong with the pattern."""
    elements = list(parsed(pattern.lstrip("^~").removesuffix("$"), words))
    needed = [element.options for element in elements if element.needed]
    best = telling(needed)
    if _often(best) in (0, inf):
        raise ValueError("it has no word that must be there.")
    others = [frozenset(_edge_words(options, 0)) for options in needed if options is not best]
    made = partial(_expression, pattern, elements)
    return Compiled(
        _at_opening(made, elements) if pattern[0] == "^" else _finder(made, pattern[0], elements),
        _keys(elements, best, opens=pattern[0] == "^"),
        tuple(sorted((one for one in others if one), key=lambda one: _often(sorted(one)))),
    )


def _expression(pattern: str, elements: Sequence[Element]) -> re.Pattern[str]:
    before = {"^": _OPENING, "~": _CLAUSE}.get(pattern[0], r"(?<![\w'$])")
    after = "$" if pattern.endswith("$") else ""
    return re.compile(f"{before}({''.join(_source(element) for element in elements)}){after}")


def _source(element: Element) -> str:
    if element.gap:
        return rf"(?:[\w'$]+{_BETWEEN}){{0,{element.gap}}}?"
    one = f"(?:{alternatives(element.options)}{_BETWEEN})"
    return f"(?!{one})" if element.no else one + "?" * element.maybe


def _at_opening(made: Callable[[], re.Pattern[str]], elements: Sequence[Element]) -> Find:
    """Tries the expression where the first word that must be there is one of the first in the sentence."""
    expression = cache(made)
    number = next(number for number, element in enumerate(elements) if element.needed)
    firsts = frozenset(_edge_words(elements[number].options, 0))
    # A list mark is a word, too.
    most = 2 + sum(map(_length, elements[:number]))
    if not firsts:
        return lambda sentence: expression().match(sentence.folded)

    def find(sentence: Sentence) -> re.Match[str] | None:
        if firsts.isdisjoint(sentence.words[:most]):
            return None
        return expression().match(sentence.folded)

    return find


def _length(element: Element) -> int:
    """Words that an element takes at most."""
    if element.no:
        return 0
    return element.gap or max(max(len(one.split()), len(WORD.findall(one))) for one in element.options)


def _finder(made: Callable[[], re.Pattern[str]], edge: str, elements: Sequence[Element]) -> Find:
    """Tries the expression only where its first words stand: `search` would try it at every letter.

    It is made when it is first tried: making all of them takes half a second, and a text wakes few.
    """
    expression = cache(made)
    starts = frozenset(_next_words(elements))
    if not starts:
        return lambda sentence: expression().search(sentence.folded)
    seconds = _seconds(elements)

    def find(sentence: Sentence) -> re.Match[str] | None:
        begun = starts & sentence.vocabulary
        if not begun:
            return None
        folded, found_at = sentence.folded, expression().match
        if edge == "~" and (match := found_at(folded)):
            return match
        for at, second in sentence.places(begun):
            if (not seconds or second in seconds) and (match := found_at(folded, at)):
                return match
        return None

    return find


def _seconds(elements: Sequence[Element]) -> frozenset[str]:
    """The words that may stand behind the first one; none if that is open."""
    seconds: set[str] = set()
    for number, element in enumerate(elements):
        if element.no:
            continue
        following = _next_words(elements[number + 1 :])
        for option in element.options:
            second = WORD.findall(option)[1:2]
            if "*" in option or not (second or following):
                return frozenset()
            seconds.update(second or following)
        if element.needed:
            return frozenset(seconds)
    return frozenset()


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


def _keys(elements: Sequence[Element], alone: Sequence[str], opens: bool) -> frozenset[Key]:
    """The rarest keys: neighbouring words or the opening one, or those of the options that stand `alone`."""
    best: frozenset[Key] = frozenset(map(_key, alone))
    least = _often(alone)
    for first, second in _neighbours(elements, opens):
        often = _often(first) * _often(second) / _NEIGHBOURS if first != [""] else _often(second) / _OPENS
        if often < least and len(first) * len(second) <= _MOST_PAIRS:
            best, least = frozenset(product(first, second)), often
    return best


def _key(option: str) -> Key:
    """The two words that an option begins with, its only word, or what the gate finds of it otherwise."""
    words = _WHOLE_WORD.findall(option)
    if len(words) > 1 and "*" not in option:
        return words[0], words[1]
    return min(words, key=_frequency) if words else option


def _neighbours(elements: Sequence[Element], opens: bool) -> Iterator[tuple[list[str], list[str]]]:
    """The words of which one stands directly before one of the others; before the opening word stands ""."""
    if opens and (second := _next_words(elements)):
        yield [""], second
    for at, element in enumerate(elements):
        if element.needed:
            first, second = _edge_words(element.options, -1), _next_words(elements[at + 1 :])
            if first and second:
                yield first, second


def _next_words(elements: Sequence[Element]) -> list[str]:
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
    """The first (0) or last (-1) word of each option; nothing if one cannot be told by that word."""
    if any("*" in option.split()[edge] for option in options):
        return []
    words = [WORD.findall(option) for option in options]
    return [found[edge] for found in words] if all(words) else []


def _often(options: Sequence[str]) -> float:
    """How often one of these words stands in ten thousand; a rough guess will do."""
    return sum(_frequency(option) for option in options)


def _frequency(option: str) -> float:
    """Several words are as rare as their rarest; what begins anyhow is found everywhere."""
    words = _WHOLE_WORD.findall(option)
    if words:
        return min(_TIMES.get(word, 1) for word in words)
    begun, open_ended, _ = option.partition("*")
    return inf if open_ended and len(begun) < _TELLING else 1
