"""The gate: what wakes the rules of every component, so that only work that can lead to something is done.

A rule names the *keys* of which one is in every sentence that it applies to: a word, two neighbouring words,
or what words cannot tell, a *cue*. Words and neighbours are looked up in a set. Cues are found by an
Aho-Corasick automaton, which reads 12 million words a second, spaCy's tokenizer 0.27 million (measured on
posts of 65 words): whatever the gate leaves out costs next to nothing.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, pairwise

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

WORD = re.compile(r"[\w$](?:[\w'$]*[\w$])?")
"""A word of folded text, "don't" being one."""
Key = str | tuple[str, str]
"""A word, a cue, or two neighbouring words; before the word that opens a sentence stands ""."""

_KEPT = "’ʼ‘´"
"""With "'" and "`" what stands inside a word ("don't", "don’t"), all read as an apostrophe."""
_BBCODE = re.compile(r"\[/?(?:b|i|u|s|colou?r|size|font|center)(?:=[^\]\n]{1,40})?\]", re.IGNORECASE)
"""How words look, which says nothing: staff write notices in red."""
_OTHER = re.compile(r"[^\w$' ]")
_APOSTROPHES = re.compile(r"'+")
_MARKED = re.compile(r"[a-z][a-z']*|\d+|[?!:…]|\.\.+")


@lru_cache(maxsize=1)
def _blank_table() -> dict[int, str]:
    marks = '!"#$%&()*+,-./:;<=>?@[\\]^_{|}~\t\n\r\x0b\x0c\xa0“”„«»…–—‐‑•·¿¡'
    return dict.fromkeys(map(ord, marks), " ")


def fold(text: str) -> str:
    """The text in lower case, apostrophes straight, BBCode blanked; every character keeps its offset."""
    if not text.isascii():
        for mark in _KEPT:
            text = text.replace(mark, "'")
        # The one character whose lower case is longer than itself: it would shift every offset behind it.
        text = text.replace("İ", "i")
    if "[/" in text:
        text = _BBCODE.sub(lambda tag: " " * len(tag[0]), text)
    return text.replace("`", "'").lower()


def plain(folded: str) -> str:
    """Folded text with a blank for every character that is not of a word; every other keeps its offset."""
    blanked = _OTHER.sub(" ", folded)
    return _APOSTROPHES.sub(_within_a_word, blanked) if "'" in blanked else blanked


def _within_a_word(found: re.Match[str]) -> str:
    """Apostrophes, or blanks where they are quotation marks."""
    text, start, end = found.string, found.start(), found.end()
    inside = text[start - 1 : start].strip() and text[end : end + 1].strip()
    return found[0] if inside else " " * (end - start)


def marked(folded: str) -> list[str]:
    """What models see of folded text: its words and the marks that say something; numbers are all alike."""
    return ["0" if word[0].isdigit() else word for word in _MARKED.findall(folded)]


class Gate:
    """Finds which keys a sentence has, of those that somebody asks for.

    A cue is the beginning of words ("propos*") or a symbol ("😀"), found anywhere. Every other string is a
    word and found as a whole one only.
    """

    def __init__(self, keys: Iterable[Key]) -> None:
        self._keys = frozenset(keys)
        cues = sorted(key for key in self._keys if isinstance(key, str) and not WORD.fullmatch(key))
        padded = [_padded(cue) for cue in cues]
        self._cues = tuple(
            (cue, len(p) - len(p.lstrip(" ")) - 1) for cue, p in zip(cues, padded, strict=True)
        )
        self._automaton = (
            AhoCorasick(padded, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA)
            if padded
            else None
        )

    def cues(self, folded: str) -> list[tuple[int, str]]:
        """(offset, cue) of every cue in text that `fold` has folded, overlapping ones too, in their order."""
        if self._automaton is None:
            return []
        cues = self._cues
        hits = self._automaton.find_matches_as_indexes(_blanked(folded), overlapping=True)
        # The haystack has one space before the text.
        return sorted([(start + cues[i][1], cues[i][0]) for i, start, _ in hits])

    def keys(self, words: Sequence[str], cues: Iterable[str]) -> frozenset[Key]:
        """Which keys a sentence of these words and cues has."""
        # A list mark does not open a sentence: "1. add", "b) add".
        marked = [("", words[1])] if len(words) > 1 and (words[0].isdigit() or len(words[0]) == 1) else ()
        return self._keys.intersection(chain(words, pairwise(("", *words)), marked, cues))


def _blanked(folded: str) -> str:
    plain = f" {folded.translate(_blank_table())} "
    # An apostrophe at the edge of a word is a quotation mark.
    return plain.replace(" '", "  ").replace("' ", "  ") if "'" in plain else plain


def _padded(cue: str) -> str:
    prefix = cue.endswith("*")
    plain = " ".join(fold(cue).translate(_blank_table()).split()) or fold(cue).strip()
    after = " " if plain[-1].isalnum() and not prefix else ""
    return f"{' ' if plain[0].isalnum() else ''}{plain}{after}"
