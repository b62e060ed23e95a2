"""One statement as every component sees it: its sentences, and the keys that the gate found in each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from analyze.gate import Gate, Key, fold, marked, plain
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
    _plain: str
    """The folded text with a blank for all that is not of a word, and one more at either edge."""
    _vocabulary: frozenset[str] | None = None
    _marked: list[str] | None = None
    _places: dict[str, list[tuple[int, str]]] | None = None

    @property
    def vocabulary(self) -> frozenset[str]:
        if self._vocabulary is None:
            self._vocabulary = frozenset(self.words)
        return self._vocabulary

    @property
    def marked(self) -> list[str]:
        """See `analyze.gate.marked`."""
        if self._marked is None:
            self._marked = marked(self.folded)
        return self._marked

    def places(self, words: Collection[str]) -> list[tuple[int, str]]:
        """(where in the sentence one of these words begins, the next word or "") in order."""
        if self._places is None:
            self._places = {}
        found: list[tuple[int, str]] = []
        for word in words:
            if word not in self._places:
                self._places[word] = self._places_of(word)
            found += self._places[word]
        if len(words) > 1:
            found.sort()
        return found

    def beside(self, start: int, end: int) -> tuple[str, str]:
        """The words before and behind a stretch of the statement, "" at the sentence's edges."""
        before = self._plain[: start - self.start + 1].rsplit(None, 1)
        behind = self._plain[end - self.start + 1 :].split(None, 1)
        return before[-1] if before else "", behind[0] if behind else ""

    def _places_of(self, word: str) -> list[tuple[int, str]]:
        found, at, number, wanted = [], -1, -1, f" {word} "
        for _ in range(self.words.count(word)):
            at = self._plain.find(wanted, at + 1)
            number = self.words.index(word, number + 1)
            found.append((at, self.words[number + 1] if number + 1 < len(self.words) else ""))
        return found


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
    blanked = plain(folded)
    hits = gate.cues(folded)
    made: list[Sentence] = []
    at = 0
    for index, (start, end) in enumerate(sentences(text)):
        first = at
        while at < len(hits) and hits[at][0] < end:
            at += 1
        inner = folded[start:end]
        words = blanked[start:end].split()
        keys = gate.keys(words, [cue for _, cue in hits[first:at]])
        made.append(
            Sentence(index, start, end, text[start:end], inner, words, keys, f" {blanked[start:end]} ")
        )
    return View(statement=statement, folded=folded, sentences=tuple(made))
