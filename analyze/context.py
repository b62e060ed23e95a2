"""What a proposal is about, where its own sentence does not say: the rest of the post, the words answered,
the topic of the thread. "Scrap it altogether" asks for something only in the light of what stands before it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from analyze.codebook import Codebook
from analyze.gate import Gate
from analyze.linking import Linker
from analyze.model import Findings, ProposalMention, Statement
from analyze.view import view

SAME_POST, ANSWERED, THREAD = 0.8, 0.7, 0.6
"""What is left of a mention's confidence when its code comes from there."""
_TITLE, _OPENING = 3, 2
"""How many mentions the title and the opening post of a thread weigh."""


class Context:
    """Links uncoded mentions of one thread to the codebook. Made once from a codebook."""

    def __init__(self, codebook: Codebook) -> None:
        self._linker = Linker(codebook)
        self._gate = Gate(self._linker.cues)

    def link(self, statements: Sequence[Statement], findings: Sequence[Findings]) -> list[Findings]:
        """The findings of a thread, in the same order, with what the context tells of uncoded mentions.

        A code that came from the context shows in the mention's rule ("modal.should+thread") and lowers its
        confidence. A mention in a thread that speaks of several proposals, or of none, stays uncoded.
        """
        if not any(mention.proposal_id is None for found in findings for mention in found.proposals):
            return list(findings)
        topic = self._topic(statements, findings)
        return [
            self._linked(statement, found, topic)
            for statement, found in zip(statements, findings, strict=True)
        ]

    def codes(self, text: str) -> set[str]:
        """The codebook entries that a text speaks of."""
        seen = view(Statement(id="", text=text), self._gate)
        return {link.proposal_id for sentence in seen.sentences for link in self._linker.links(sentence)}

    def _topic(self, statements: Sequence[Statement], findings: Sequence[Findings]) -> str | None:
        """The one entry that the thread is about: half of all that speaks of any entry speaks of it."""
        weights: Counter[str] = Counter()
        for statement, found in zip(statements, findings, strict=True):
            if statement.is_opening:
                weights.update(dict.fromkeys(self.codes(statement.topic or ""), _TITLE))
                weights.update(dict.fromkeys(self.codes(statement.text), _OPENING))
            weights.update({m.proposal_id for m in found.proposals if m.proposal_id})
        top = weights.most_common(2)
        alone = top and (len(top) == 1 or top[0][1] > top[1][1])
        return top[0][0] if alone and top[0][1] * 2 >= weights.total() else None

    def _linked(self, statement: Statement, found: Findings, topic: str | None) -> Findings:
        if all(mention.proposal_id for mention in found.proposals):
            return found
        code, share, place = self._nearest(statement, topic)
        if code is None:
            return found
        mentions = tuple(m if m.proposal_id else _with(m, code, share, place) for m in found.proposals)
        return replace(found, proposals=mentions)

    def _nearest(self, statement: Statement, topic: str | None) -> tuple[str | None, float, str]:
        for text, share, place in (
            (statement.text, SAME_POST, "post"),
            (statement.reply_to or "", ANSWERED, "answered"),
        ):
            codes = self.codes(text)
            if topic in codes:
                return topic, share, place
            if len(codes) == 1:
                return codes.pop(), share, place
        return topic, THREAD, "thread"


def _with(mention: ProposalMention, code: str, share: float, place: str) -> ProposalMention:
    confidence = round(mention.confidence * share, 4)
    return replace(mention, proposal_id=code, confidence=confidence, rule=f"{mention.rule}+{place}")
