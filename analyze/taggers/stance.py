"""Stance of a reply toward the words it answers: support, oppose, mixed or neutral, and what shows it.

A post that answers several others has a stance toward each, told from the words that answer it.

The lexicon's rules find the ways in which people say that they agree or not; a linear model, fitted on pairs
written for this (analyze/models/stance), weighs them together with everything else a reply shows, since most
replies agree or disagree without saying so. The confidence is the model's probability of the stance given,
calibrated on pairs that it had not seen.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files

from analyze.codebook import Codebook
from analyze.exchanges import Exchange, exchanges
from analyze.linear import ByKind, Linear, names, read_linear
from analyze.model import STANCE, Findings, Span, Stance
from analyze.rules import Match, read_lexicon
from analyze.stance_features import Reply, answered, classes, features, replied
from analyze.view import Sentence, View

SUPPORT, NEUTRAL, OPPOSE, MIXED = "support", "neutral", "oppose", "mixed"
_MOST_EVIDENCE = 3
_WORD = re.compile(r"\w")


class Tagger:
    """Fills `Findings.stance` of statements that answer something."""

    task = STANCE
    needs: frozenset[str] = frozenset()
    assigns = frozenset({"stance"})
    reads_codebook = False

    def __init__(self, codebook: Codebook, weights: Linear | None = None) -> None:
        self._codebook = codebook
        self._lexicon = read_lexicon("stance")
        self.weights = weights or read_linear(files("analyze").joinpath("models/stance/weights.tsv"))
        self._words = classes(self._lexicon.words)
        self.keys = self._lexicon.keys

    def tag(self, seen: View, found: Findings) -> Findings:
        stances = [self._stance(exchange, _said(seen, exchange)) for exchange in exchanges(seen.statement)]
        if not stances:
            return found
        if seen.statement.declared:
            stances[0] = _declared(seen.statement.declared, stances[0])
        return replace(found, stance=stances[0], other_stances=tuple(stances[1:]))

    def with_weights(self, weights: Linear) -> "Tagger":
        return Tagger(self._codebook, weights)

    def evidence(self, seen: View) -> tuple[str, ...]:
        """The features of the reply to the post mainly answered; none where nothing is answered."""
        for exchange in exchanges(seen.statement)[:1]:
            reply = replied(_said(seen, exchange), self._lexicon)
            return tuple(names(self._shown(reply, exchange.answered)))
        return ()

    def _shown(self, reply: Reply, reply_to: str) -> ByKind:
        return features(reply, answered(reply_to, self._words), self._words)

    def _stance(self, exchange: Exchange, said: Sequence[Sentence]) -> Stance:
        target, reply_to = exchange.post_id, exchange.answered
        reply = replied(said, self._lexicon)
        wordless = not any(reply.matches) and not any(_WORD.search(sentence.folded) for sentence in said)
        if wordless or not reply_to.strip():
            return Stance(stance=NEUTRAL, confidence=0.5, rule="nothing_said", target_post_id=target)
        probabilities = self.weights.probabilities(self._shown(reply, reply_to))
        sure = dict(zip(self.weights.labels, probabilities, strict=True))
        stance = max(sure, key=lambda label: sure[label])
        evidence = _evidence([match for found in reply.matches for match in found], stance)
        spans = tuple(Span(start=match.start, end=match.end) for match in evidence[:_MOST_EVIDENCE])
        if not spans and stance != NEUTRAL:
            spans = (self._most_telling(reply, stance),)
        return Stance(
            stance=stance,
            confidence=round(sure[stance], 3),
            rule=evidence[0].rule.name if evidence else "model",
            score=round(sure[SUPPORT] - sure[OPPOSE], 3),
            target_post_id=target,
            evidence=spans,
        )

    def _most_telling(self, reply: Reply, stance: str) -> Span:
        """The sentence whose words alone speak most for the stance."""
        label, weights = self.weights.labels.index(stance), self.weights.by_kind.get("w", {})

        def speaks(number: int) -> float:
            return sum([row[label] for row in map(weights.get, reply.words[number]) if row])

        best = reply.sentences[max(range(len(reply.sentences)), key=speaks)]
        return Span(start=best.start, end=best.end)


def _declared(stance: str, read: Stance) -> Stance:
    """What the author declared, shown by the words that were read so as well."""
    evidence = read.evidence if read.stance == stance else ()
    score = {SUPPORT: 1.0, OPPOSE: -1.0}.get(stance, 0.0)
    return replace(read, stance=stance, confidence=1.0, rule="declared", score=score, evidence=evidence)


def _said(seen: View, exchange: Exchange) -> Sequence[Sentence]:
    """The sentences of an exchange."""
    if not exchange.spans:
        return seen.sentences
    spans = exchange.spans
    return [one for one in seen.sentences if any(span.start <= one.start < span.end for span in spans)]


def _evidence(matches: Sequence[Match], stance: str) -> list[Match]:
    """What shows the stance, strongest first, without what lies inside another."""
    wanted = {SUPPORT, OPPOSE, MIXED} if stance == MIXED else {stance}
    shown = [match for match in matches if match.rule.label in wanted]
    shown.sort(key=lambda match: (-match.rule.confidence, match.start - match.end, match.start))
    kept: list[Match] = []
    for match in shown:
        if not any(match.start < other.end and other.start < match.end for other in kept):
            kept.append(match)
    return kept
