"""English as forums write it: sentences with exact offsets, and the spaCy that reads those worth reading.

The sentence rules look at characters, not at tokens, because tokenising everything is what costs.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from analyze.model import AnalyzeError

if TYPE_CHECKING:
    from spacy.language import Language

_ABBREVIATED = """
e.g i.e eg ie etc vs cf al approx mr mrs ms dr prof st jr sr inc ltd co corp dept a.m p.m u.s u.k
"""
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())
"""What carries a full stop inside a sentence. Some also end one ("etc."): then a capital follows."""

_COUNTED = """
no nos vol p pp fig figs ca min max ver rev v jan feb mar apr jun jul aug sep sept oct nov dec
"""
_BEFORE_NUMBERS = frozenset(_COUNTED.split())
"""Abbreviations where a number follows, words where none does ("no.")."""

_CLOSING = """
etc al inc ltd co corp a.m p.m u.s u.k jr sr v
"""
_ENDS_TOO = frozenset(_CLOSING.split())

_LIST_MARK = r"(?:[-*•·–—+>]|\(?\d{1,2}[.):]|\(?[a-z][.)]|\#\d{1,2})[ \t]"

_BOUNDARY = re.compile(
    r"[\n.?!…](?:(?<=\n)\s*|(?<!\n)(?<![.?!…]{2})[.?!…]*+['\")\]”’»*]*+(?:[^\S\n]+|(?=\n)|$))"
)
"""Begins with a set of characters, which is what `re` can look for quickly; so does the next. A row of marks
is tried once: tried at each of them, a hundred thousand in a row before a word would take minutes."""
_TIGHT = re.compile(
    r"[.?!](?<=[a-z)][.?!])[.?!]*(?=(?:Please|And|But|I|It|We|You|They|The|This|That|There|So|If|My|When|Why|How)\b)"
)
"""No space after the full stop; only before words that no address or type name goes on with."""
_EMOJI = r"[\U0001F300-\U0001FAFF☀-➿\uFE0F]"
_FACE = re.compile(rf"(?<!{_EMOJI}){_EMOJI}+[^\S\n]+(?=[A-Z])")
"""An emoji ends the sentence it comments on."""
_STARTS_LIST = re.compile(_LIST_MARK)
_NUMBERED = re.compile(r"(?<![^\s:;,])\(?(\d{1,2}|[a-z])[.)]\s(?=\S)")
_LISTS = (("1", "2"), ("a", "b"))
"""How the first two items of an inline list are marked."""
_LAST_WORD = re.compile(r"[\w.'-]+$")
_LONGEST = max(map(len, _ABBREVIATIONS | _BEFORE_NUMBERS))
"""No longer word is an abbreviation: that many letters and one tell."""
_FIRST_WORD = re.compile(r"\S+")
_NARROWEST, _RAGGED = 40, 12
"""Characters: nobody wraps at less, and people who do it by hand leave that many."""
_AROUND = 240
"""Characters of a paragraph, to either side, that tell how long its lines are."""
_MOST = 1500
"""Characters of a sentence. Matchers take time that grows with its square; nobody says so much in one."""
_WORDS_OF_MOST = re.compile(rf"(?s:.{{1,{_MOST - 1}}})(?=\s)|\s*\S+(?=\s)")
"""As many words as fit, else one that does not."""


@lru_cache(maxsize=1)
def english() -> "Language":
    """spaCy's blank English: tokenizer and vocabulary, no model. Loaded once, a quarter of a second."""
    import spacy

    return spacy.blank("en")


@lru_cache(maxsize=1)
def trained(name: str) -> "Language":
    """An installed spaCy pipeline, or one in a folder. Raises AnalyzeError if there is none of that name."""
    import spacy

    try:
        return spacy.load(name)
    except (OSError, ImportError, ValueError) as error:
        raise AnalyzeError(
            f"The codebook asks for the spaCy pipeline {name}, which cannot be loaded. Install it (python -m "
            f"spacy download {name}) or take the key `spacy` out of the codebook."
        ) from error


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of every sentence: in order, disjoint, not empty, without white space at the edges.

    A line break ends a sentence unless the next line goes on in lower case and the line was full; so do list
    marks, and full stops that are not part of an abbreviation, a number, an address or an ellipsis that the
    sentence survives.
    What goes on for more than 1,500 characters is cut between two words.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for cut in _cuts(text):
        _keep(text, start, cut, found)
        start = cut
    _keep(text, start, len(text), found)
    return found


def _keep(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    while end - start > _MOST and (last := _WORDS_OF_MOST.match(text, start, end)):
        _keep(text, start, last.end(), found)
        start = last.end()
    piece = text[start:end]
    inner = piece.strip()
    if inner:
        start += len(piece) - len(piece.lstrip())
        found.append((start, start + len(inner)))


def _cuts(text: str) -> list[int]:
    """Where one sentence ends and the next begins, in order."""
    cuts = [match.end() for match in _BOUNDARY.finditer(text) if _ends(text, match)]
    more = [match.end() for match in _TIGHT.finditer(text)] + _numbered(text)
    if not text.isascii():
        more += [match.end() for match in _FACE.finditer(text)]
    return sorted({*cuts, *more}) if more else cuts


def _ends(text: str, match: re.Match[str]) -> bool:
    mark = match[0]
    if mark[0] == "\n":
        return mark.count("\n") > 1 or _breaks(text, match.start(), match.end())
    return _stops(text, match.start(), mark.rstrip(), match.end())


def _numbered(text: str) -> list[int]:
    """Where the items of an inline list "1) … 2) …" start, if there is one: a lone "2)" is no list."""
    if not any(_has_mark(text, first) and _has_mark(text, second) for first, second in _LISTS):
        return []
    marks = list(_NUMBERED.finditer(text))
    names = [mark[1] for mark in marks]
    for first, second in _LISTS:
        if first in names and second in names[names.index(first) :]:
            return [mark.start() for mark in marks[names.index(first) :]]
    return []


def _has_mark(text: str, name: str) -> bool:
    return f"{name})" in text or f"{name}." in text


def _breaks(text: str, start: int, end: int) -> bool:
    """Whether a line break ends the sentence: not where a wrapped line goes on."""
    if end >= len(text) or _STARTS_LIST.match(text, end):
        return True
    if not text[end].islower() or (start > 0 and text[start - 1] in ".?!:…"):
        return True
    is_indented = end - start > 1
    return not (is_indented or _is_wrapped(text, start, end))


def _is_wrapped(text: str, start: int, end: int) -> bool:
    """Whether a line may have been ended because it was full, as mail programs do: the next word would have
    made it about the longest of its paragraph."""
    paragraph = text[max(0, start - _AROUND) : start].rpartition("\n\n")[2]
    behind = text[end : end + _AROUND].partition("\n\n")[0]
    before = len(paragraph.rpartition("\n")[2])
    longest = max(map(len, f"{paragraph}\n{behind}".split("\n")))
    word = _FIRST_WORD.match(text, end)
    room = longest - _RAGGED - before - 1
    return longest >= _NARROWEST and (word is None or len(word[0]) > room)


def _stops(text: str, start: int, stop: str, end: int) -> bool:
    """Whether a full stop ends the sentence."""
    following = text[end : end + 1]
    if not following or following == "\n":
        return True
    if stop[0] != "." or (len(stop) > 1 and stop[1] in "?!"):
        return not (following.islower() and stop[-1] in "\"'”’»)")
    if stop.startswith("..") or stop[0] == "…":
        return not following.islower()
    before = _LAST_WORD.search(text, max(0, start - _LONGEST - 1), start)
    word = before[0].lower() if before else ""
    if word in _BEFORE_NUMBERS and following.isdigit():
        return False
    if word in _ABBREVIATIONS:
        return word in _ENDS_TOO and following.isupper()
    if len(word) == 1 and word.isalpha() and word != "i" and text[start - 1].isupper():
        return False  # an initial: "J. Smith"
    return not (word.isdigit() and len(word) < 3 and _is_list_number(text, start - len(word)))


def _is_list_number(text: str, start: int) -> bool:
    """Whether the number at `start` opens its line ("1. Refunds") or ends a sentence ("in 12.")."""
    before = text[:start].rstrip(" \t(")
    return not before or before[-1] in "\n:;,.?!"
