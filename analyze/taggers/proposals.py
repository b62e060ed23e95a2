"""Sentences that ask for something to be changed, built, allowed, stopped or done; which entry they mean."""

from dataclasses import replace

from analyze.codebook import Codebook
from analyze.model import PROPOSALS, Findings, ProposalMention
from analyze.rules import read_lexicon
from analyze.view import Sentence, View


class Tagger:
    task = PROPOSALS
    needs: frozenset[str] = frozenset()
    assigns = frozenset({"proposals", "is_proposal", "proposal_score"})

    def __init__(self, codebook: Codebook) -> None:
        self._lexicon = read_lexicon("proposals")
        self.cues = self._lexicon.cues

    def tag(self, seen: View, found: Findings) -> Findings:
        mentions = tuple(mention for sentence in seen.sentences for mention in self._mentions(sentence))
        if not mentions:
            return found
        score = max(mention.confidence for mention in mentions)
        return replace(found, proposals=mentions, is_proposal=True, proposal_score=score)

    def _mentions(self, sentence: Sentence) -> list[ProposalMention]:
        matches = self._lexicon.matches(sentence)
        if not matches:
            return []
        best = max(matches, key=lambda match: match.rule.confidence)
        return [
            ProposalMention(
                start=sentence.start,
                end=sentence.end,
                proposal_id=None,
                act="propose",
                confidence=best.rule.confidence,
                rule=best.rule.name,
            )
        ]
