"""What a proposal is about, where its own sentence does not say: the rest of the post, the words answered,
the topic of the thread. "Scrap it altogether" asks for something only in the light of what stands before it.
"""

from collections.abc import Sequence
from dataclasses import replace

from analyze.codebook import Codebook
from analyze.gate import Gate
from analyze.linking import Linker
from analyze.model import Findings, ProposalMention, Statement
from analyze.view import view

SAME_POST, ANSWERED, THREAD = 0.8, 0.7, 0.6
"""What is left of a mention's confidence when its code comes from there."""
PROPOSE = "propose"
_PLACES = ((SAME_POST, "post"), (ANSWERED, "answered"), (THREAD, "thread"))


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
        proposed = {found.id: _proposed(found) for found in findings}
        topic = self._topic(statements)
        return [
            self._linked(found, (proposed[found.id], proposed.get(statement.reply_to_id or "", set()), topic))
            for statement, found in zip(statements, findings, strict=True)
        ]

    def _topic(self, statements: Sequence[Statement]) -> set[str]:
        """The entries that the thread's title speaks of."""
        title = next((statement.topic for statement in statements if statement.topic), "")
        seen = view(Statement(id="", text=title), self._gate)
        return {link.proposal_id for sentence in seen.sentences for link in self._linker.links(sentence)}

    def _linked(self, found: Findings, near: tuple[set[str], set[str], set[str]]) -> Findings:
        """The nearest place that speaks of exactly one entry decides."""
        for codes, (share, place) in zip(near, _PLACES, strict=True):
            if len(codes) == 1:
                (code,) = codes
                mentions = (m if m.proposal_id else _with(m, code, share, place) for m in found.proposals)
                return replace(found, proposals=tuple(mentions))
        return found


def _proposed(found: Findings) -> set[str]:
    """The entries that a post asks for in so many words."""
    return {m.proposal_id for m in found.proposals if m.proposal_id and m.act == PROPOSE}


def _with(mention: ProposalMention, code: str, share: float, place: str) -> ProposalMention:
    confidence = round(mention.confidence * share, 4)
    return replace(mention, proposal_id=code, confidence=confidence, rule=f"{mention.rule}+{place}")
