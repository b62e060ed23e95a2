"""Words for or against what is proposed: "hard no", "I'd vote for that", "it will leak within a week"."""

from collections.abc import Sequence
from dataclasses import dataclass

from analyze.gate import Gate
from analyze.model import Span, Statement
from analyze.rules import Match, read_lexicon
from analyze.view import view

SUPPORT, OPPOSE, MIXED = "support", "oppose", "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attitude:
    """What one sentence says of whatever it speaks of."""

    sentence: Span
    index: int
    """Of the sentence in its post, from 0."""
    stance: str
    confidence: float
    evidence: Span
    answers: bool
    """The words say it alone, to someone who has just proposed something."""
    settles: bool = False
    """Says that the person thought otherwise before."""


class Attitudes:
    """Made once: it compiles a lexicon."""

    def __init__(self) -> None:
        self._lexicon = read_lexicon("positions")
        self._gate = Gate(self._lexicon.keys)

    def of(self, statement: Statement) -> list[Attitude]:
        """One for each sentence that says something for or against, in order."""
        found = []
        for sentence in view(statement, self._gate).sentences:
            if matches := self._lexicon.matches(sentence):
                span = Span(start=sentence.start, end=sentence.end)
                found.append(_attitude(span, sentence.index, matches))
        return found


def _attitude(sentence: Span, index: int, matches: Sequence[Match]) -> Attitude:
    labels = {match.rule.label for match in matches}
    stance = labels.pop() if len(labels) == 1 else MIXED
    best = max(matches, key=lambda match: (match.rule.confidence, match.start - match.end))
    return Attitude(
        sentence=sentence,
        index=index,
        stance=stance,
        confidence=best.rule.confidence,
        evidence=Span(start=best.start, end=best.end),
        answers=any(match.rule.extra.get("answer") is True for match in matches),
        settles=any(match.rule.extra.get("settles") is True for match in matches),
    )
