"""One statement as every component sees it: its sentences, and the cues that the gate found in each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyze.gate import Gate, fold
from analyze.language import sentences
from analyze.model import Statement

WORD = re.compile(r"[\w$](?:[\w'$]*[\w$])?")
Key = str | tuple[str, str]
"""What rules are woken by: a word, a cue, or two neighbouring words. The opening word stands behind ""."""


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence of a statement; components read it and leave it as it is.

    Not frozen: there are five to a post, and a frozen one takes three times as long to make.
    """

    index: int
    start: int
    """Offset in the statement's text."""
    end: int
    text: str
    folded: str
    """The same characters in lower case with straight apostrophes; offsets agree with `text`."""
    cues: Sequence[tuple[int, str]]
    """(offset in the statement, cue) of what the gate found here, every component's cues together."""
    said: frozenset[str]
    """The same cues without their places."""
    _words: tuple[str, ...] | None = None
    _keys: frozenset[Key] | None = None
    _places: Sequence[tuple[str, int]] | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the folded text from left to right, "don't" being one."""
        if self._words is None:
            self._words = tuple(WORD.findall(self.folded))
        return self._words

    @property
    def keys(self) -> frozenset[Key]:
        """All that may wake a rule: the words, their neighbours, the cues."""
        if self._keys is None:
            words = self.words
            # A list mark does not open a sentence: "1. add", "b) add".
            marked = [("", words[1])] if len(words) > 1 and (words[0].isdigit() or len(words[0]) == 1) else ()
            self._keys = self.said.union(words, zip(("", *words), words, strict=False), marked)
        return self._keys

    @property
    def places(self) -> Sequence[tuple[str, int]]:
        """(word, offset in the sentence) from left to right."""
        if self._places is None:
            at, folded, self._places = 0, self.folded, []
            for word in self.words:
                at = folded.find(word, at)
                self._places.append((word, at))
                at += len(word)
        return self._places


@dataclass(frozen=True, kw_only=True)
class View:
    """A statement, folded and cut into sentences."""

    statement: Statement
    folded: str
    sentences: tuple[Sentence, ...]


def view(statement: Statement, gate: Gate) -> View:
    """Folds, cuts and gates one statement. One pass each; tokens are made later, for the sentences read."""
    text = statement.text
    folded = fold(text)
    hits = gate.find(folded)
    # The automaton reports in the order in which cues end; components read from left to right.
    hits.sort()
    made: list[Sentence] = []
    at = 0
    for index, (start, end) in enumerate(sentences(text)):
        first = at
        while at < len(hits) and hits[at][0] < end:
            at += 1
        cues = hits[first:at]
        said = frozenset([cue for _, cue in cues])
        made.append(Sentence(index, start, end, text[start:end], folded[start:end], cues, said))
    return View(statement=statement, folded=folded, sentences=tuple(made))
