"""One statement as every component sees it: its sentences, and the cues that the gate found in each."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from analyze.gate import Gate, fold
from analyze.language import english, sentences
from analyze.model import Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence of a statement. No slots: spaCy's tokens are kept once someone has asked for them."""

    index: int
    start: int
    """Offset in the statement's text."""
    end: int
    text: str
    folded: str
    """The same characters in lower case with straight apostrophes; offsets agree with `text`."""
    cues: tuple[tuple[int, str], ...]
    """(offset in the statement, cue) of what the gate found here, every component's cues together."""

    @cached_property
    def tokens(self) -> "Doc":
        """spaCy's tokens; `token.idx + start` is an offset in the statement."""
        return english().make_doc(self.text)


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
        made.append(
            Sentence(
                index=index,
                start=start,
                end=end,
                text=text[start:end],
                folded=folded[start:end],
                cues=tuple(hits[first:at]),
            )
        )
    return View(statement=statement, folded=folded, sentences=tuple(made))
