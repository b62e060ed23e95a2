"""Sentences that ask for something to be changed, built, allowed, stopped or done; which entry they mean.

The lexicon's rules say in which ways a sentence asks, or only looks like it; a linear model fitted on
sentences written for this (analyze/models/proposals) weighs them against each other. A sentence without any
rule that speaks for it is not read further, unless it names an entry of the codebook. The confidence is the
model's probability.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

from analyze.codebook import Codebook
from analyze.features import AGAINST, asked, features
from analyze.linear import Linear, names, read_linear
from analyze.linking import Link, Linker
from analyze.model import PROPOSALS, REFUSED, Findings, ProposalMention
from analyze.rules import Match, read_lexicon
from analyze.view import Sentence, View

PROPOSE, ADVISE, DISCUSS = "propose", "advise", "discuss"
_ENOUGH = 0.5
_HINT = 0.35
"""What is enough for advice, demands counted in: less depends on it, and it is told in more ways than can be
written down. Chosen on files of sentences left out of the fit.
"""
_DISCUSSED = 0.6
"""A sentence that names an entry without asking for anything: how often it is about the entry's matter."""
_INHERITED = 0.9
"""What an item of a list keeps of its lead-in's confidence."""
_LIST_MARK = re.compile(r"(?:[-*•·–—+>]|\(?\d{1,2}[.):]|\(?[a-z][.)]|#\d{1,2})(?=\D|$)\s*")
_LEADS = re.compile(r"[:…]\W*$|\b(?:including|such as|like|namely|following|e\.g\.|for example)\W*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What one sentence does."""

    act: str | None
    confidence: float
    rule: str
    score: float
    """How likely it proposes, whatever was decided."""


_NOTHING = _Reading(act=None, confidence=0.0, rule="", score=0.0)


class Tagger:
    task = PROPOSALS
    needs: frozenset[str] = frozenset()
    assigns = frozenset({"proposals", "is_proposal", "proposal_score"})
    reads_codebook = True

    def __init__(self, codebook: Codebook, weights: Linear | None = None) -> None:
        self._codebook = codebook
        self._lexicon = read_lexicon("proposals")
        self.weights = weights or read_linear(files("analyze").joinpath("models/proposals/weights.tsv"))
        self._by_staff = {
            one.name: str(one.extra["by_staff"]) for one in self._lexicon.rules if "by_staff" in one.extra
        }
        self._linker = Linker(codebook)
        self.keys = self._lexicon.keys | self._linker.keys

    def tag(self, seen: View, found: Findings) -> Findings:
        mentions: list[ProposalMention] = []
        score = 0.0
        lead: tuple[_Reading, tuple[Link, ...]] | None = None
        for sentence in seen.sentences:
            links = self._linker.links(sentence)
            reading = own = self._said_by(sentence, _among(links, seen), seen.statement.is_staff)
            if lead and _LIST_MARK.match(sentence.text):
                reading, links = _as_item(own, links, lead)
            elif own.act and _LEADS.search(sentence.folded):
                lead = (own, links)
            else:
                lead = None
            if reading.act or links:
                mentions += _mentions(sentence, reading, links)
            score = max(score, reading.score)
        if not mentions and score == 0.0:
            return found
        proposes = any(one.act == PROPOSE or one.is_refused for one in mentions)
        return replace(found, proposals=tuple(mentions), is_proposal=proposes, proposal_score=score)

    def with_weights(self, weights: Linear) -> "Tagger":
        return Tagger(self._codebook, weights)

    def evidence(self, seen: View) -> tuple[str, ...]:
        """The features of the sentence that most likely asks: a post asks if one sentence of it does."""
        read = [
            features(one, self._matches(one), _among(self._linker.links(one), seen)) for one in seen.sentences
        ]
        return tuple(names(max(read, key=lambda found: self.weights.probabilities(found)[1], default={})))

    def _matches(self, sentence: Sentence) -> Sequence[Match]:
        return asked(sentence, self._lexicon.matches(sentence))

    def _said_by(self, sentence: Sentence, among: int, is_staff: bool) -> _Reading:
        """What the sentence does, who says it considered: some of what staff ask for they ask of members."""
        read = self._read(sentence, among)
        if is_staff and read.act == PROPOSE and read.rule in self._by_staff:
            return replace(read, act=self._by_staff[read.rule], score=0.0)
        return read

    def _read(self, sentence: Sentence, among: int) -> _Reading:
        matches = self._matches(sentence)
        asking = [match for match in matches if match.rule.label != AGAINST]
        if not asking and among:
            return _NOTHING
        _, propose, advise = self.weights.probabilities(features(sentence, matches, among))
        if propose >= _ENOUGH and propose >= advise:
            return _Reading(act=PROPOSE, confidence=propose, rule=_best(asking, PROPOSE), score=propose)
        if advise >= propose and propose + advise >= _HINT:
            return _Reading(act=ADVISE, confidence=advise, rule=_best(asking, ADVISE), score=propose)
        return _Reading(act=None, confidence=0.0, rule="", score=propose)


def _among(links: tuple[Link, ...], seen: View) -> int:
    """Among how many sentences it would be the one that asks; 0 for one that names an entry."""
    return 0 if links else len(seen.sentences)


def _best(matches: list[Match], act: str) -> str:
    """The name of the rule that shows the act best."""
    shown = [match for match in matches if match.rule.label == act] or matches
    return max(shown, key=lambda match: match.rule.confidence).rule.name if shown else "words"


def _as_item(
    own: _Reading, links: tuple[Link, ...], lead: tuple[_Reading, tuple[Link, ...]]
) -> tuple[_Reading, tuple[Link, ...]]:
    """An item of a list asks or advises because its lead-in does, and the same unless it says what."""
    head, head_links = lead
    inherited = head.confidence * _INHERITED
    if own.act != head.act or own.confidence < inherited:
        score = inherited if head.act == PROPOSE else own.score
        own = _Reading(act=head.act, confidence=inherited, rule=f"list.{head.rule}", score=score)
    return own, links or tuple(replace(link, facets=()) for link in head_links)


def _mentions(sentence: Sentence, reading: _Reading, links: tuple[Link, ...]) -> Iterator[ProposalMention]:
    if reading.act is None:
        reading = replace(reading, act=DISCUSS, confidence=_DISCUSSED, rule="codebook")
    elif not links:
        yield _mention(sentence, reading, None)
    for link in links:
        is_refused = link.is_refused and reading.act == PROPOSE
        spared = replace(reading, act=DISCUSS, rule=reading.rule + REFUSED)
        yield _mention(sentence, spared if is_refused else reading, link)


def _mention(sentence: Sentence, reading: _Reading, link: Link | None) -> ProposalMention:
    mark = _LIST_MARK.match(sentence.text)
    # The span leaves out the list mark, unless there is nothing else.
    start = sentence.start + (mark.end() if mark and mark.end() < len(sentence.text) else 0)
    return ProposalMention(
        start=start,
        end=sentence.end,
        proposal_id=link.proposal_id if link else None,
        act=reading.act or DISCUSS,
        confidence=reading.confidence,
        rule=reading.rule,
        facets=link.facets if link else (),
    )
