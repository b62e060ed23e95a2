"""What a thread is about, in terms of the codebook: its title, its opening post, what is asked for in it.

People who discuss a proposal seldom name it. "Ten per cent, and the loser pays it" asks for another
arbitration fee only because it stands in a thread about that fee.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analyze.gate import Gate
from analyze.linking import Linker
from analyze.model import Findings, ProposalMention, Statement
from analyze.profiles import Profiles
from analyze.view import view
from analyze.vocabulary import stems

_TITLE, _HINTED, _OPENING = 3.0, 1.5, 2.0
_SAID = {"propose": 1.0, "discuss": 0.5, "advise": 0.25}
"""What a post that names an entry says about the thread, by what it does with it."""
_ENOUGH, _A_POST, _MOST = 2.0, 0.1, 0.5
"""Weight, weight a post where title and opening do not name it, and share of all, that make a topic."""
_NEAR = 0.75
"""How near the words of a title have to be to an entry that it does not name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """An entry that a thread is about."""

    entry: str
    share: float
    """Of all that is said of entries in the thread, how much is said of this one."""
    words: frozenset[str]
    """Stems that stand for it in this thread: of its title, of what its opening post says of it, of what
    several posts say of it."""


class Topics:
    """Made once from a codebook."""

    def __init__(self, linker: Linker, profiles: Profiles) -> None:
        self._linker, self._profiles = linker, profiles
        self._gate = Gate(linker.keys)

    def of(self, statements: Sequence[Statement], findings: Sequence[Findings]) -> Topic | None:
        """The entry that a thread is about, if there is one that it is mostly about."""
        title = next((statement.topic for statement in statements if statement.topic), "")
        first = self._titled(title)
        later: dict[str, float] = defaultdict(float)
        for statement, found in zip(statements, findings, strict=True):
            for entry, said in _said(found).items():
                if statement.is_opening:
                    first[entry] = first.get(entry, 0.0) + _OPENING * said
                else:
                    later[entry] += said
        # Sorted: floats add up otherwise in another order, and that of a set changes from run to run.
        named = sorted(first.keys() | later)
        weights = {entry: first.get(entry, 0.0) + later.get(entry, 0.0) for entry in named}
        if not weights:
            return None
        entry = min(weights, key=lambda one: (-weights[one], one))
        share = weights[entry] / sum(weights.values())
        # What title and opening post are about, a thread is about; of what only comes up there must be more.
        enough = _ENOUGH if first.get(entry, 0.0) >= _ENOUGH else max(_ENOUGH, _A_POST * len(statements))
        if weights[entry] < enough or share < _MOST:
            return None
        return Topic(entry=entry, share=share, words=_words(entry, title, statements, findings))

    def _titled(self, title: str) -> dict[str, float]:
        """The entries that a title names; else the one that its words are nearest to."""
        seen = view(Statement(id="", text=title), self._gate)
        named = {link.proposal_id for sentence in seen.sentences for link in self._linker.links(sentence)}
        if named:
            return dict.fromkeys(named, _TITLE / len(named))
        ties = self._profiles.ties(stems(title))
        best = max(ties, key=lambda entry: (ties[entry], entry), default=None)
        return {best: _HINTED * min(1.0, ties[best] / 2)} if best and ties[best] >= _NEAR else {}


def _said(found: Findings) -> dict[str, float]:
    """Every entry that a post names, once, for the most that it does with it."""
    said: dict[str, float] = {}
    for mention in found.proposals:
        if mention.proposal_id:
            said[mention.proposal_id] = max(said.get(mention.proposal_id, 0.0), _SAID[mention.act])
    return said


def _words(
    entry: str, title: str, statements: Sequence[Statement], findings: Sequence[Findings]
) -> frozenset[str]:
    posts: dict[str, set[str]] = defaultdict(set)
    opening: set[str] = set()
    for statement, found in zip(statements, findings, strict=True):
        for word in _stems_of(statement, (one for one in found.proposals if one.proposal_id == entry)):
            posts[word].add(statement.id)
            if statement.is_opening:
                opening.add(word)
    return frozenset(stems(title) | opening | {word for word, held in posts.items() if len(held) > 1})


def _stems_of(statement: Statement, mentions: Iterable[ProposalMention]) -> set[str]:
    return {word for one in mentions for word in stems(statement.text[one.start : one.end])}
