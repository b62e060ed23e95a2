"""Proposals that no code covers yet: uncoded mentions that ask for the same.

Two mentions ask for the same if they share two content words that stand close together once small words are
gone ("mode that is dark" and "dark modes" share dark+mode), or if they stand in one thread and share a word
of its title: in "Stamps went up" both "give the stamps back" and "just give them back" are about stamps.
What their community or board is named after, they do not share: there every request may be about it.
What is shared makes the group's id; `analyze.naming` names it. Mentions are taken in the order in which they
were said, so that new posts join groups or make new ones, and leave those that there are as they were.
"""

import re
import textwrap
from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from analyze.model import Discovered, UncodedMention
from analyze.naming import REACH, names
from analyze.vocabulary import lemmas, points_back

_FEWEST_POSTS = 2
_FEW = 3
"""Content words of a request that leaves it to its thread what it asks for."""
_MOST_WAITING = 100
"""Mentions of one post, or that only point back, which wait for another with their key: a post may ask for
the same a hundred thousand times."""
_TITLE_WORDS = """
thread topic forum board discussion debate question poll survey community post page site message
"""
_OF_ANY_THREAD = frozenset(_TITLE_WORDS.split())
"""Lemmas that say nothing of what a title is about."""
_EXAMPLE = 160
"""Characters of an example in a description."""


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What mentions share: two lemmas in alphabetical order, or one and the thread that is about it."""

    words: tuple[str, ...]
    thread: str = ""

    @property
    def id(self) -> str:
        """Stable: made of nothing but what is shared."""
        plain = "_".join(re.sub(r"[^a-z0-9]+", "-", word) for word in self.words)
        return f"discovered_{plain}" + (f"_in_{_digest(self.thread)}" if self.thread else "")


def words_of_id(proposal_id: str) -> list[str]:
    """The lemmas in the id of a group."""
    return proposal_id.removeprefix("discovered_").split("_in_")[0].split("_")


def group(mentions: Sequence[UncodedMention]) -> list[Discovered]:
    """The groups of at least two posts and, where their authors are known, two people, the biggest first.

    Each mention is in one group at most.

    The order of `mentions` does not matter. What is said later never takes a mention out of its group.
    """
    groups = _Groups()
    for mention in sorted(mentions, key=_when):
        groups.take(mention)
    found: dict[str, Discovered] = {}
    for key, held in groups.members.items():
        one = _discovered(key, held, taken=found)
        found[one.label] = one
    return sorted(found.values(), key=lambda one: (-len(one.mention_ids), one.id))


def _when(mention: UncodedMention) -> tuple[bool, float, str]:
    said = mention.said_at
    return said is None, said.timestamp() if said else 0.0, mention.mention_id


class _Groups:
    """Mentions taken in the order in which they were said."""

    def __init__(self) -> None:
        self.members: dict[Key, list[UncodedMention]] = {}
        self._waiting: dict[Key, list[UncodedMention]] = defaultdict(list)
        self._placed: set[str] = set()
        """Mentions that have found their group, of those that waited."""

    def take(self, mention: UncodedMention) -> None:
        """Puts a mention into the group that has most of its kind, or makes one with what waited for it."""
        keys = list(dict.fromkeys((*keys_said(mention), *keys_meant(mention))))
        if known := [key for key in keys if key in self.members]:
            best = min(known, key=lambda key: _rank(key, len(self.members[key])))
            self.members[best].append(mention)
        elif ready := [key for key in keys if self._ready(key, mention)]:
            best = min(ready, key=lambda key: _rank(key, len(self._held(key))))
            held = self._held(best)
            self._placed.update(one.mention_id for one in held)
            self.members[best] = [*held, mention]
        else:
            for key in keys:
                if len(self._waiting[key]) < _MOST_WAITING:
                    self._waiting[key].append(mention)

    def _held(self, key: Key) -> list[UncodedMention]:
        """What waits for another with this key."""
        return [one for one in self._waiting.get(key, ()) if one.mention_id not in self._placed]

    def _ready(self, key: Key, mention: UncodedMention) -> bool:
        """Whether a mention and what waits make a group: of two posts, not both by one person that is known,
        and one of them names the matter."""
        held = [*self._held(key), mention]
        posts, people = {one.post_id for one in held}, {one.author_id for one in held}
        several = len(posts) >= _FEWEST_POSTS and (len(people) > 1 or None in people)
        return several and any(key in keys_said(one) for one in held)


def keys_said(mention: UncodedMention) -> list[Key]:
    """All that the words of a mention may share with another, in the order in which they are said."""
    said, everywhere = lemmas(mention.excerpt), frozenset(lemmas(mention.place))
    pairs = (
        Key((min(first, second), max(first, second)))
        for at, first in enumerate(said)
        for second in said[at + 1 : at + REACH]
        if first != second and not everywhere.issuperset((first, second))
    )
    about = _about(mention)
    return list(dict.fromkeys((*pairs, *(Key((word,), mention.thread_id) for word in said if word in about))))


def keys_meant(mention: UncodedMention) -> list[Key]:
    """What a mention that only points back may be about: the words of its thread's title."""
    if not points_back(mention.excerpt, _FEW):
        return []
    return [Key((word,), mention.thread_id) for word in sorted(_about(mention))]


def _about(mention: UncodedMention) -> set[str]:
    return set(lemmas(mention.topic)) - _OF_ANY_THREAD


def _rank(key: Key, size: int) -> tuple[int, bool]:
    """The biggest first; what is shared across threads before what one thread is about. Of equals the one
    said first is taken: as a rule, what is asked for stands before its reasons."""
    return -size, bool(key.thread)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:6]


def _discovered(key: Key, held: Sequence[UncodedMention], taken: Container[str]) -> Discovered:
    naming = [mention for mention in held if key in keys_said(mention)] or held
    often = Counter(word for mention in held for word in set(lemmas(mention.excerpt)))
    typical = min(naming, key=lambda mention: (_distance(mention, often), mention.mention_id))
    said = textwrap.shorten(typical.excerpt, _EXAMPLE, placeholder=" …")
    posts = len({mention.post_id for mention in held})
    offered = names([mention.excerpt for mention in naming], key.words)
    return Discovered(
        id=key.id,
        # two groups of one name could not be told apart; the id always can
        label=next((name for name in offered if name not in taken), f"{offered[0]} ({key.id})"),
        description=f"Asked for in {posts} posts, for example: “{said}”",
        mention_ids=tuple(mention.mention_id for mention in held),
    )


def _distance(mention: UncodedMention, often: Mapping[str, int]) -> tuple[int, int]:
    """How little a mention has in common with the others of its group, and how long it is.

    `often` counts in how many mentions of the group each lemma stands, this one included.
    """
    shared = sum(often[word] - 1 for word in set(lemmas(mention.excerpt)))
    return -shared, len(mention.excerpt)
