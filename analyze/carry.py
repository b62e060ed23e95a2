"""Positions toward proposals, put together over a thread.

Who proposes supports; who says "I am against that test" opposes it; and who supports or opposes a post does
so with the position of that post, less surely: "I agree with Maria" names no test, but Maria asked for one,
and whoever contradicts her critic is on her side.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from analyze.attitude import MIXED, OPPOSE, SUPPORT, Attitude, Attitudes
from analyze.model import Findings, ProposalMention, Span, Stance, Statement

_PROPOSED = 0.95
"""How far whoever proposes also supports what is proposed."""
_CARRIED = 0.7
"""What is left of a stance's confidence for each edge it is carried over."""
_ASSUMED_EDGE = 0.5
"""Below this confidence of the edge it is not known well enough which post is answered."""
_ANSWERING = 0.7
"""What is left of words for or against that name nothing and begin an answer to a post that proposes."""
_DOUBTED = 0.6
"""What is left of "who asks supports" where only the context told what is asked for."""
_TALKED_OF = 0.6
"""How far a stance toward a post is one toward a proposal that it only talks about."""
_FAINT = 0.12
"""Positions less sure than this are guesses over too many edges."""
_BEGINNING = 2
"""Sentences in which an answer says what it thinks of the post before it."""
_SIGN = {SUPPORT: 1, OPPOSE: -1}

Positions = dict[str, Stance]
"""By entry of the codebook."""


def carry_over(statements: Sequence[Statement], findings: Sequence[Findings]) -> list[Findings]:
    """The findings of one thread, in the order given, each with its author's `positions` toward proposals.

    `statements` and `findings` are of the same posts in any order. Positions are made from the proposals and
    stances found, not from positions that findings may already have: done twice, nothing changes. Proposals
    without a codebook entry have no id to take a position on and are left out. Raises KeyError where a
    finding has no statement.
    """
    said = {statement.id: statement for statement in statements}
    posts = {finding.id: _Post(said[finding.id], finding) for finding in findings}
    if not any(post.mentioned for post in posts.values()):
        return [replace(finding, positions=()) for finding in findings]
    held = _held(posts)
    return [
        replace(finding, positions=tuple(held[finding.id][key] for key in sorted(held[finding.id])))
        for finding in findings
    ]


@dataclass(frozen=True, slots=True)
class _Post:
    statement: Statement
    finding: Findings

    @property
    def mentioned(self) -> dict[str, list[ProposalMention]]:
        """Its mentions of each codebook entry."""
        by_entry: dict[str, list[ProposalMention]] = {}
        for mention in self.finding.proposals:
            if mention.proposal_id is not None:
                by_entry.setdefault(mention.proposal_id, []).append(mention)
        return by_entry

    @property
    def stances(self) -> list[tuple[str, Stance | None]]:
        """(post answered, stance toward it): the one mainly answered first, others whose words were read."""
        main = self.statement.reply_to_id or next((post for post, _ in self.statement.answers), None)
        others = [(one.target_post_id, one) for one in self.finding.other_stances]
        every = [(main, self.finding.stance), *others]
        return [(post, one) for post, one in every if post is not None and post != self.statement.id]

    def edge(self, post: str) -> float:
        """How surely that post is answered."""
        return dict(self.statement.answers).get(post, 1.0)

    @property
    def moderates(self) -> bool:
        """ "I've merged your votes into one topic" is for nothing."""
        return self.statement.is_staff and bool(self.finding.moderation)


@dataclass(frozen=True, slots=True)
class _Before:
    """A post that another one answers."""

    post: _Post
    stance: Stance | None
    """Toward it."""
    positions: Positions
    """Its own."""
    edge: float
    """How surely it is the one answered."""


@lru_cache(maxsize=1)
def _attitudes() -> Attitudes:
    return Attitudes()


def _held(posts: Mapping[str, _Post]) -> dict[str, Positions]:
    """The positions of every post. Those of the posts answered are made first, but for circles."""
    held: dict[str, Positions] = {}
    begun: set[str] = set()
    for start in posts:
        waiting = [start]
        while waiting:
            at = waiting[-1]
            if at in begun:
                waiting.pop()
                if at not in held:
                    held[at] = _positions(posts[at], _before(posts[at], posts, held))
            else:
                begun.add(at)
                waiting += [post for post, _ in posts[at].stances if post in posts and post not in begun]
    return held


def _before(post: _Post, posts: Mapping[str, _Post], held: Mapping[str, Positions]) -> list[_Before]:
    """The posts of the same thread that a post answers."""
    return [
        _Before(posts[other], stance, held.get(other, {}), post.edge(other))
        for other, stance in post.stances
        if other in posts
    ]


def _positions(post: _Post, before: Sequence[_Before]) -> Positions:
    """What people say themselves counts for more than what they agree with."""
    if post.moderates:
        return {}
    mentioned = post.mentioned
    asked = {key: _proposed(best) for key, held in mentioned.items() if (best := _best(held, "propose"))}
    refused = {key: _refused(one) for key, held in mentioned.items() for one in held if one.is_refused}
    sure = {key: one for key, one in {**refused, **asked}.items() if one.rule in ("proposes", "refuses")}
    said: Positions = {}
    if mentioned or before:
        said = _said(post, mentioned, before)
    carried: Positions = {}
    for one in reversed(before):
        carried |= _carried(one)
    return {**carried, **asked, **said, **sure}


def _best(mentions: Sequence[ProposalMention], act: str) -> ProposalMention | None:
    return max((one for one in mentions if one.act == act), key=lambda one: one.confidence, default=None)


def _proposed(mention: ProposalMention) -> Stance:
    told = "+" in mention.rule
    sure = round(_PROPOSED * mention.confidence * (_DOUBTED if told else 1.0), 3)
    return Stance(
        stance=SUPPORT,
        confidence=sure,
        rule="proposes.context" if told else "proposes",
        score=sure,
        proposal_id=mention.proposal_id,
        evidence=(Span(start=mention.start, end=mention.end),),
    )


def _refused(mention: ProposalMention) -> Stance:
    """Whoever asks to be spared it opposes it as surely as others support what they ask for."""
    wanted = _proposed(mention)
    return replace(wanted, stance=OPPOSE, score=-wanted.score, rule="refuses")


def _said(
    post: _Post, mentioned: Mapping[str, Sequence[ProposalMention]], before: Sequence[_Before]
) -> Positions:
    """Positions that a post states in words for or against."""
    matter = _only(mentioned) or (_only(before[0].post.mentioned, "propose") if before else None)
    if not mentioned and matter is None:
        return {}  # most posts: nothing that words for or against could be about
    found: dict[str, list[tuple[Attitude, float]]] = {}
    spoken = _Spoken(mentioned)
    for attitude in _attitudes().of(post.statement):
        keys = list(spoken.of(attitude.sentence).items())
        if not keys and matter and attitude.answers and (mentioned or attitude.index < _BEGINNING):
            keys = [(matter[0], matter[1] * _ANSWERING)]
        for key, sure in keys:
            found.setdefault(key, []).append((attitude, sure))
    return {key: _stated(key, attitudes) for key, attitudes in found.items()}


class _Spoken:
    """What the mentions of a post speak of, by place. They are sentences: only identical ones overlap."""

    def __init__(self, mentioned: Mapping[str, Sequence[ProposalMention]]) -> None:
        held = [(one.start, one.end, key, one.confidence) for key, ones in mentioned.items() for one in ones]
        self._held = sorted(held)
        self._starts = [start for start, *_ in self._held]

    def of(self, span: Span) -> dict[str, float]:
        """The entries that a sentence speaks of, and how surely."""
        found: dict[str, float] = {}
        at = bisect_left(self._starts, span.start)
        while at and self._held[at - 1][1] > span.start:
            at -= 1
        while at < len(self._held) and self._starts[at] < span.end:
            _, end, key, sure = self._held[at]
            if end > span.start:
                found[key] = max(found.get(key, 0.0), sure)
            at += 1
        return found


def _only(
    mentioned: Mapping[str, Sequence[ProposalMention]], act: str | None = None
) -> tuple[str, float] | None:
    """The one entry that a post speaks of, or does `act` with, and how surely; None if there are more."""
    sure = {
        key: max(one.confidence for one in held if act in (None, one.act))
        for key, held in mentioned.items()
        if any(act in (None, one.act) for one in held)
    }
    return next(iter(sure.items())) if len(sure) == 1 else None


def _stated(key: str, attitudes: Sequence[tuple[Attitude, float]]) -> Stance:
    """One position from all that a post says of an entry; what it held before it changed its mind is past."""
    attitudes = [one for one in attitudes if one[0].settles] or attitudes
    stances = {attitude.stance for attitude, _ in attitudes}
    stance = stances.pop() if len(stances) == 1 else MIXED
    sides = [one for one in attitudes if one[0].stance in (stance, MIXED) or stance == MIXED]
    best, mention = max(sides, key=lambda one: one[0].confidence * one[1])
    sure = round(best.confidence * mention, 3)
    return Stance(
        stance=stance,
        confidence=sure,
        rule="says",
        score=_SIGN.get(stance, 0) * sure,
        proposal_id=key,
        evidence=tuple(attitude.evidence for attitude, _ in attitudes[:3]),
    )


def _carried(before: _Before) -> Positions:
    """The stance toward a post as positions toward what that post is for or against.

    Where it takes no position, toward what it talks about: such a post is answered for or against its matter.
    """
    stance, target = before.stance, before.post
    if stance is None or stance.stance not in (*_SIGN, MIXED) or before.edge < _ASSUMED_EDGE:
        return {}
    weight = _CARRIED * before.edge
    carried = {key: _over(stance, position, weight) for key, position in before.positions.items()}
    if not carried:
        for key, mentions in target.mentioned.items():
            sure = weight * _TALKED_OF * max(one.confidence for one in mentions)
            carried[key] = _turned(stance, stance.stance, sure, target.statement.id, key)
    return {key: one for key, one in carried.items() if one.confidence >= _FAINT}


def _over(stance: Stance, position: Stance, weight: float) -> Stance:
    """Support of support is support; opposition to opposition is support, too."""
    sign = _SIGN.get(stance.stance, 0) * _SIGN.get(position.stance, 0)
    turned = {1: SUPPORT, -1: OPPOSE, 0: MIXED}[sign]
    return _turned(stance, turned, weight * position.confidence, stance.target_post_id, position.proposal_id)


def _turned(stance: Stance, into: str, weight: float, post: str | None, key: str | None) -> Stance:
    sure = round(weight * stance.confidence, 3)
    return replace(
        stance,
        stance=into,
        confidence=sure,
        score=round(_SIGN.get(into, 0) * abs(stance.score) * weight, 3),
        rule=f"carried.{stance.rule}",
        target_post_id=post,
        proposal_id=key,
    )
