"""One statement as every component sees it: its sentences, and the keys that the gate found in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from analyze.gate import WORD, Gate, Key, fold
from analyze.language import sentences
from analyze.model import Statement


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
    words: Sequence[str]
    """The words of the folded text from left to right."""
    keys: frozenset[Key]
    """Those of the gate's keys that the sentence has."""
    _vocabulary: frozenset[str] | None = None
    _places: list[tuple[tuple[str, str], int]] | None = None

    @property
    def vocabulary(self) -> frozenset[str]:
        if self._vocabulary is None:
            self._vocabulary = frozenset(self.words)
        return self._vocabulary

    @property
    def places(self) -> Sequence[tuple[tuple[str, str], int]]:
        """((word, the next one or ""), offset in the sentence) from left to right."""
        if self._places is None:
            at, folded, self._places = 0, self.folded, []
            for pair in zip_longest(self.words, self.words[1:], fillvalue=""):
                at = folded.find(pair[0], at)
                self._places.append((pair, at))
                at += len(pair[0])
        return self._places


@dataclass(frozen=True, kw_only=True)
class View:
    """A statement, folded and cut into sentences."""

    statement: Statement
    folded: str
    sentences: tuple[Sentence, ...]


def view(statement: Statement, gate: Gate) -> View:
    """Folds, cuts and gates one statement. Tokens are made later, for the sentences read."""
    text = statement.text
    folded = fold(text)
    hits = gate.cues(folded)
    made: list[Sentence] = []
    at = 0
    for index, (start, end) in enumerate(sentences(text)):
        first = at
        while at < len(hits) and hits[at][0] < end:
            at += 1
        inner = folded[start:end]
        words = WORD.findall(inner)
        keys = gate.keys(words, [cue for _, cue in hits[first:at]])
        made.append(Sentence(index, start, end, text[start:end], inner, words, keys))
    return View(statement=statement, folded=folded, sentences=tuple(made))
