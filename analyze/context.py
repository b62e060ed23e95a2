"""What a passage is about, where its own sentence does not say: the post, the words answered, the thread.

"Scrap it altogether" asks for something only in the light of what stands before it; "the trouble isn't the
ruler" speaks of the rating system only because the whole thread does. Two things are done, both only in a
thread that is about an entry of the codebook or near a post that asks for one: a request that no code covers
gets one, and a sentence that asks for nothing but speaks of the thread's matter is found as `discuss`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analyze.codebook import Codebook
from analyze.language import sentences
from analyze.linking import Linker
from analyze.model import Findings, ProposalMention, Statement
from analyze.profiles import Profiles
from analyze.topic import Topic, Topics
from analyze.vocabulary import points_back, stems

SAME_POST, ANSWERED, THREAD = 0.8, 0.7, 0.6
"""What is left of a mention's confidence when its code comes from there."""
PASSING = 0.5
"""What is left of a mention's that only names an entry, in a thread about another."""
PROPOSE, DISCUSS = "propose", "discuss"
_DISCUSSED = 0.6
"""How often a sentence that speaks of a thread's matter is about the proposal itself."""
_NEAR, _ENOUGH = 1.0, 1.5
_IN_THREAD = 0.5
"""What a word that stands for the matter of a thread says, where the codebook's own words say 1."""
_FEW = 6
"""Content words up to which a request that points back is about what it points to."""
_BARE = 3
"""Content words up to which a request among others for one thing names nothing else."""
_MOST = 2
"""Sentences of a post that discuss a matter without naming it."""


@dataclass(frozen=True, slots=True)
class _Near:
    """What stands around the mentions of one post."""

    own: frozenset[str]
    """Entries that the post itself asks for."""
    answered: frozenset[str]
    topic: Topic | None


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    share: float
    """What is left of a mention's confidence when its code comes from here."""
    weight: float
    """How much speaks for the entry, whatever the sentence says."""


class Context:
    """Links what was found in one thread to the codebook. Made once from a codebook."""

    def __init__(self, codebook: Codebook) -> None:
        self._profiles = Profiles(codebook)
        self._topics = Topics(Linker(codebook), self._profiles)

    def link(self, statements: Sequence[Statement], findings: Sequence[Findings]) -> list[Findings]:
        """The findings of a thread, in the same order, with what the context tells.

        A code that came from the context shows in the mention's rule ("modal.should+thread") and lowers its
        confidence. A mention that nothing ties to an entry stays uncoded.
        """
        topic = self._topics.of(statements, findings)
        if topic is None and not any(_uncoded(found) or found.moderation for found in findings):
            return list(findings)
        asked = {found.id: _asked(found) for found in findings}
        linked = []
        for statement, found in zip(statements, findings, strict=True):
            near = _Near(asked[found.id], asked.get(statement.reply_to_id or "", frozenset()), topic)
            linked.append(self._linked(statement, found, near))
        return linked

    def _linked(self, statement: Statement, found: Findings, near: _Near) -> Findings:
        mentions = [
            mention if mention.proposal_id else self._coded(statement, mention, near)
            for mention in found.proposals
            if not (mention.act == DISCUSS and _notice(found, mention))
        ]
        if near.topic:
            mentions = _to_the_point(mentions, near.topic)
            mentions += self._discussed(statement, mentions, near.topic)
            mentions.sort(key=lambda mention: mention.start)
        return replace(found, proposals=tuple(mentions))

    def _coded(self, statement: Statement, mention: ProposalMention, near: _Near) -> ProposalMention:
        """The mention with the entry that what is around it speaks for most, if anything does enough.

        What staff ask ("Please send us the number") they ask of members, whatever the thread is about.
        """
        if statement.is_staff:
            return mention
        text = statement.text[mention.start : mention.end]
        words = stems(text)
        ties = self._ties(words, near.topic)
        places = _places(near)
        if not places:
            return mention
        best = max(places, key=lambda entry: (places[entry].weight + ties.get(entry, 0.0), entry))
        place, tie, back = places[best], ties.get(best, 0.0), points_back(text, _FEW)
        bare = len(words) <= _BARE and place.weight >= _ENOUGH
        if not (tie or back or bare) or place.weight + tie + back * _NEAR < _ENOUGH:
            return mention
        confidence = round(mention.confidence * place.share, 4)
        return replace(mention, proposal_id=best, confidence=confidence, rule=f"{mention.rule}+{place.name}")

    def _discussed(
        self, statement: Statement, mentions: Sequence[ProposalMention], topic: Topic
    ) -> list[ProposalMention]:
        """The sentences without a mention that speak most of the thread's matter."""
        rated = []
        for start, end in _untouched(statement.text, mentions):
            tie = self._ties(stems(statement.text[start:end]), topic).get(topic.entry, 0.0)
            if tie >= _NEAR:
                rated.append((-tie, start, end))
        return [_discuss(start, end, topic) for _, start, end in sorted(rated)[:_MOST]]

    def _ties(self, words: frozenset[str], topic: Topic | None) -> Mapping[str, float]:
        ties = dict(self._profiles.ties(words))
        if topic:
            told = _IN_THREAD * len(words & topic.words)
            ties[topic.entry] = ties.get(topic.entry, 0.0) + told
        return ties


def _untouched(text: str, mentions: Sequence[ProposalMention]) -> Iterator[tuple[int, int]]:
    """The sentences in which there is no mention."""
    taken = sorted((mention.start, mention.end) for mention in mentions)
    at = 0
    for start, end in sentences(text):
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        if at == len(taken) or taken[at][0] >= end:
            yield start, end


def _uncoded(found: Findings) -> bool:
    return any(mention.proposal_id is None for mention in found.proposals)


def _notice(found: Findings, mention: ProposalMention) -> bool:
    """Whether a mention only stands in what staff did: "edited for our guidelines" discusses no rules."""
    return any(event.start < mention.end and mention.start < event.end for event in found.moderation)


def _to_the_point(mentions: Sequence[ProposalMention], topic: Topic) -> list[ProposalMention]:
    """Without what a sentence about the thread's matter names in passing; elsewhere that is only doubted."""
    about = {(one.start, one.end) for one in mentions if one.proposal_id == topic.entry}
    kept = []
    for one in mentions:
        if one.act == DISCUSS and one.proposal_id != topic.entry:
            if (one.start, one.end) in about:
                continue
            one = replace(one, confidence=round(one.confidence * PASSING, 4))
        kept.append(one)
    return kept


def _asked(found: Findings) -> frozenset[str]:
    """The entries that a post asks for in so many words."""
    return frozenset(m.proposal_id for m in found.proposals if m.proposal_id and m.act == PROPOSE)


def _places(near: _Near) -> dict[str, _Place]:
    """Where each entry near by stands; the nearest place names it, all of them add up."""
    places: dict[str, _Place] = {}
    if near.topic:
        places[near.topic.entry] = _Place("thread", THREAD, near.topic.share)
    for entries, name, share in ((near.answered, "answered", ANSWERED), (near.own, "post", SAME_POST)):
        for entry in entries:
            before = places[entry].weight if entry in places else 0.0
            places[entry] = _Place(name, share, before + _NEAR / len(entries))
    return places


def _discuss(start: int, end: int, topic: Topic) -> ProposalMention:
    return ProposalMention(
        start=start,
        end=end,
        proposal_id=topic.entry,
        act=DISCUSS,
        confidence=round(_DISCUSSED * THREAD * topic.share, 4),
        rule="thread",
    )
