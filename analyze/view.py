"""One statement as every component sees it: its sentences, and the cues that the gate found in each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyze.gate import Gate, fold
from analyze.language import english, sentences
from analyze.model import Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc


WORD = re.compile(r"[\w$](?:[\w'$]*[\w$])?")


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
    _words: frozenset[str] | None = None
    _tokens: "Doc | None" = None

    @property
    def words(self) -> frozenset[str]:
        """The words of the folded text, "don't" being one."""
        if self._words is None:
            self._words = frozenset(WORD.findall(self.folded))
        return self._words

    @property
    def tokens(self) -> "Doc":
        """spaCy's tokens; `token.idx + start` is an offset in the statement."""
        if self._tokens is None:
            self._tokens = english().make_doc(self.text)
        return self._tokens


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
