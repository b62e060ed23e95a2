"""Positions toward proposals, put together over a thread.

Who proposes supports; who says "I am against that test" opposes it; and who supports or opposes a post
that proposes does so with its proposal, less surely: "I agree with Maria" names no test, but Maria did.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analyze.gate import fold
from analyze.model import Findings, ProposalMention, Span, Stance, Statement

_PROPOSED = 0.95
"""How far whoever proposes also supports what is proposed."""
_CARRIED = 0.7
"""What is left of a stance's confidence for each edge it is carried over."""
_ASSUMED_EDGE = 0.5
"""Below this confidence of the edge it is not known well enough which post is answered."""
_SAID = 0.8
"""How far words for or against something, in a sentence that names a proposal, are a position on it."""
_FOR = re.compile(
    r"\b(?:(?:i|we|i'd|i'm|we're|am|fully|all|would|strongly) (?:\w+ )?(?:support|welcome|back|love"
    r"|endorse|in favou?r of"
    r"|all for|like|agree with|for|behind|second)\b|(?:is|was|be|sounds|seems) (?:a |an "
    r"|such a )?(?:very |really )?"
    r"(?:good|great|excellent|brilliant|wonderful|sensible|fair|overdue|needed|useful) (?:idea|thing"
    r"|plan|proposal|rule)?)"
)
_AGAINST = re.compile(
    r"\b(?:(?:i|we|i'd|i'm|we're|am|strongly|would) (?:\w+ )?(?:oppose|opposed to|against|reject|hate"
    r"|disagree with|dislike)"
    r"\b|(?:don't|do not|doesn't|does not|didn't|never|no one|nobody) (?:\w+ )?(?:want|need|needs"
    r"|wants|like|support|agree"
    r"|see the point|see how|work|help|solve|help|change|prove)\b|(?:won't|will not|wouldn't"
    r"|would not|can't|cannot) "
    r"(?:work|help|change|solve|stop|fix|make)\b|(?:is|was|are|be|seems|sounds) (?:a |an |just "
    r"|such a |not a |completely |not )"
    r"*(?:bad|terrible|horrible|stupid|useless|pointless|unfair|ridiculous|nonsense|joke|waste|silly"
    r"|wrong|the answer))"
)
_TAKEN = ("support", "oppose", "mixed")
_OF = {"propose": 1.0, "discuss": 0.6}
"""How far a stance toward a post is one toward a proposal that it makes, or that it only talks about."""


def carry_over(statements: Sequence[Statement], findings: Sequence[Findings]) -> list[Findings]:
    """The findings of one thread, in the order given, each with its author's `positions` toward proposals.

    `statements` and `findings` are of the same posts in any order. Positions are made from the proposals and
    stances found, not from positions that findings may already have: done twice, nothing changes. Proposals
    without a codebook entry have no id to take a position on and are left out. Raises KeyError where a
    finding has no statement.
    """
    said = {statement.id: statement for statement in statements}
    held = {finding.id: finding for finding in findings}
    return [replace(finding, positions=_positions(finding, said[finding.id], held)) for finding in findings]


def _positions(finding: Findings, statement: Statement, held: Mapping[str, Findings]) -> tuple[Stance, ...]:
    if statement.is_staff and finding.moderation:
        return ()  # "I've merged your votes into one topic" moderates; it is for nothing
    positions = {key: _proposed(mention) for key, mention in _best(finding, ("propose",)).items()}
    # What people say themselves counts for more than what they agree with.
    for key, mention in _best(finding, ("discuss", "advise")).items():
        if said := _said(statement.text, mention):
            positions.setdefault(key, said)
    if finding.stance is not None and finding.stance.stance in _TAKEN:
        for target, edge in _answered(statement):
            if target in held and target != finding.id:
                for key, position in _carried(finding.stance, edge, held[target]):
                    positions.setdefault(key, position)
    return tuple(positions[key] for key in sorted(positions))


def _answered(statement: Statement) -> Sequence[tuple[str, float]]:
    """(post, confidence) of the one post that the stance is about: the one whose words were read."""
    if statement.reply_to_id is None:
        return statement.answers[:1]
    known = dict(statement.answers)
    return [(statement.reply_to_id, known.get(statement.reply_to_id, 1.0))]


def _best(finding: Findings, acts: Sequence[str]) -> dict[str, ProposalMention]:
    """The surest mention of each codebook entry."""
    best: dict[str, ProposalMention] = {}
    for mention in finding.proposals:
        key = mention.proposal_id
        if key is not None and mention.act in acts:
            held = best.get(key)
            best[key] = mention if held is None or held.confidence < mention.confidence else held
    return best


def _proposed(mention: ProposalMention) -> Stance:
    return Stance(
        stance="support",
        confidence=round(_PROPOSED * mention.confidence, 3),
        rule="proposes",
        score=round(_PROPOSED * mention.confidence, 3),
        proposal_id=mention.proposal_id,
        evidence=(Span(start=mention.start, end=mention.end),),
    )


def _said(text: str, mention: ProposalMention) -> Stance | None:
    """The position that the sentence of a mention states in plain words."""
    words = fold(text[mention.start : mention.end])
    against, favour = _AGAINST.search(words), _FOR.search(words)
    found = against or favour
    if found is None:
        return None
    stance = "mixed" if against and favour else "oppose" if against else "support"
    sure = round(_SAID * mention.confidence, 3)
    return Stance(
        stance=stance,
        confidence=sure,
        rule="says",
        score={"support": sure, "oppose": -sure, "mixed": 0.0}[stance],
        proposal_id=mention.proposal_id,
        evidence=(Span(start=mention.start + found.start(), end=mention.start + found.end()),),
    )


def _carried(stance: Stance, edge: float, target: Findings) -> list[tuple[str, Stance]]:
    """The stance toward a post as positions toward what that post proposes.

    A post that makes proposals is answered for them; only where it makes none, for those that it talks about.
    """
    if edge < _ASSUMED_EDGE:
        return []
    acts = ("propose",) if _best(target, ("propose",)) else ("discuss",)
    weight = _CARRIED * edge * _OF[acts[0]]
    return [
        (key, _weighed(stance, weight * mention.confidence, target.id, key))
        for key, mention in _best(target, acts).items()
    ]


def _weighed(stance: Stance, weight: float, post: str, proposal: str) -> Stance:
    return replace(
        stance,
        confidence=round(weight * stance.confidence, 3),
        score=round(weight * stance.score, 3),
        rule=f"carried.{stance.rule}",
        target_post_id=post,
        proposal_id=proposal,
    )
