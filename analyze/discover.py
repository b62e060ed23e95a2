"""Proposals that no code covers yet: uncoded mentions that ask for the same.

Two mentions ask for the same if they share most of what their requests say (`analyze.asks`), where a word
weighs the less the more requests before held it (`analyze.likeness`): in a community about phones, "phone" is
in every request and holds none together; what the community or the board is named after weighs nothing. A
mention that only points back ("just give them back") asks for what its thread is about.

Mentions are taken in the order in which they were said, and each is weighed by what was said before it: new
posts join groups or make new ones, and leave those that there are as they were. What the first mentions of a
group share makes its id; `analyze.naming` names it.
"""

import re
import textwrap
from collections import Counter, defaultdict, deque
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations

from analyze.asks import ask, words_of
from analyze.clause import clause
from analyze.likeness import Matter, Weights
from analyze.model import Discovered, UncodedMention
from analyze.naming import HEARD, names
from analyze.vocabulary import points_back

_FEWEST_POSTS = 2
_FEW = 3
"""Content words of a request that leaves it to its thread what it asks for."""
_OWN = 1
"""Words that it may add to those of its thread's title, unless it says to do something with "them"."""
_POINTING = re.compile(r"(?:\w+ ){1,2}(?:it|them|this|that|these|those|both)\b", re.I)
_WAITING = 15
"""Mentions that wait with one word for another that is alike, the last ones."""
_LOOKED_UP = 3
"""The heaviest words of a request, by which those that wait are found."""
_SHARED = 3
"""Words that a group is made of at most."""
_TITLE_WORDS = "thread topic forum board poll survey community post page site message"
"""They say nothing of what a title is about."""
_EXAMPLE = 160
"""Characters of an example in a description."""


@dataclass(frozen=True, slots=True)
class _Asking:
    """A mention and what it asks for."""

    mention: UncodedMention
    matter: Matter
    topics: tuple[tuple[str, str], ...]
    """Thread and word of its title, for each that it names or points back to."""
    is_pointing: bool
    """It leaves it to its thread what it asks for."""


@dataclass(frozen=True, slots=True)
class _Group:
    id: str
    members: list[_Asking]
    matter: Matter


def group(mentions: Sequence[UncodedMention]) -> list[Discovered]:
    """The groups of at least two posts and, where their authors are known, two people, the biggest first.

    Each mention is in one group at most.

    The order of `mentions` does not matter. What is said later never takes a mention out of its group.
    """
    groups = _Groups()
    for mention in sorted(mentions, key=_when):
        groups.take(mention)
    found: dict[str, Discovered] = {}
    for made in groups.made.values():
        one = _discovered(made, taken=found)
        found[one.label] = one
    return sorted(found.values(), key=lambda one: (-len(one.mention_ids), one.id))


def _when(mention: UncodedMention) -> tuple[bool, float, str]:
    said = mention.said_at
    return said is None, said.timestamp() if said else 0.0, mention.mention_id


class _Groups:
    """Mentions taken in the order in which they were said."""

    def __init__(self) -> None:
        self.made: dict[str, _Group] = {}
        """By id."""
        self._weights = Weights()
        self._by_name: dict[str, list[_Group]] = defaultdict(list)
        """What shared words have made, by their id: one, or several that want opposite things."""
        self._by_words: dict[tuple[str, ...], list[_Group]] = defaultdict(list)
        self._by_topic: dict[tuple[str, str], _Group] = {}
        self._waiting: dict[str | tuple[str, str], deque[_Asking]] = defaultdict(
            lambda: deque(maxlen=_WAITING)
        )
        self._placed: set[str] = set()
        """Mentions that have found their group, of those that waited."""

    def take(self, mention: UncodedMention) -> None:
        """Puts a mention into the group that it is most like, or makes one with those that waited for it."""
        one = self._read(mention)
        found = self._most_like(one) or self._pointed_to(one)
        if found:
            self._join(found, one)
        elif not (self._make(one) or self._make_of_topic(one)):
            self._wait(one)

    def _read(self, mention: UncodedMention) -> _Asking:
        """What a mention asks for. The name of its community or board says nothing of it."""
        title = words_of(mention.topic) - words_of(_TITLE_WORDS)
        asked = ask(mention.excerpt).without(words_of(mention.place))
        is_pointing = points_back(mention.excerpt, _FEW) and (
            len(asked.words.keys() - title) <= _OWN or bool(_POINTING.match(clause(mention.excerpt)))
        )
        about = title if is_pointing else title & asked.words.keys()
        topics = tuple((mention.thread_id, word) for word in sorted(about))
        self._weights.learn(list(asked.words))
        return _Asking(mention, Matter(asked, self._weights), topics, is_pointing)

    def _most_like(self, one: _Asking) -> _Group | None:
        """The group that a mention is alike, if any; of equals the bigger one."""
        near = {found.id: found for key in _keys(one.matter.often) for found in self._by_words.get(key, ())}
        alike = [(found.matter.likeness(one.matter, self._weights), found) for found in near.values()]
        best = max(alike, key=lambda two: (two[0], len(two[1].members), two[1].id), default=None)
        return best[1] if best and best[0] else None

    def _pointed_to(self, one: _Asking) -> _Group | None:
        """The group of its thread that a mention points back to."""
        found = (
            [self._by_topic[key] for key in one.topics if key in self._by_topic] if one.is_pointing else []
        )
        return max(found, key=lambda group: (len(group.members), group.id), default=None)

    def _make(self, one: _Asking) -> bool:
        """A group of one mention and those alike that waited for it, if that is no chance.

        What they share makes one group only: where others share it too, several things are asked about it.
        """
        held = [*self._alike(one), one]
        shared = _shared(held)
        name = f"discovered_{_plain(shared, held)}"
        before = self._by_name[name]
        is_new = all(group.matter.first.is_against(held[0].matter.first) for group in before)
        if not (is_new and _are_several(held)) or self._weights.share_by_chance(shared):
            return False
        before.append(self._add(shared, f"{name}_{len(before) + 1}" if before else name, held))
        return True

    def _alike(self, one: _Asking) -> list[_Asking]:
        """Those that waited for a mention, in the order in which they were said."""
        near = {
            other.mention.mention_id: other
            for word in one.matter.heaviest(_LOOKED_UP)
            for other in self._held(word)
            if other.matter.likeness(one.matter, self._weights)
        }
        return sorted(near.values(), key=lambda other: _when(other.mention))

    def _make_of_topic(self, one: _Asking) -> bool:
        """A group of what its thread is about, where one names that and another points back to it."""
        for thread, word in one.topics:
            held = sorted((*self._held((thread, word)), one), key=lambda other: other.is_pointing)
            if not held[0].is_pointing and held[-1].is_pointing and _are_several(held):
                self._add((word,), f"discovered_{_plain((word,), held)}_in_{_digest(thread)}", held)
                return True
        return False

    def _add(self, shared: tuple[str, ...], group_id: str, held: Sequence[_Asking]) -> _Group:
        made = _Group(group_id, [], Matter(held[0].matter.first, self._weights))
        self.made[group_id] = made
        said = (sorted(one.matter.heaviest(_LOOKED_UP)) for one in held)
        pairs = {pair for words in (shared, *said) for pair in combinations(words, 2)}
        for key in pairs | ({shared} if len(shared) == 1 else set()):
            self._by_words[key].append(made)
        self._placed.update(one.mention.mention_id for one in held)
        for one in held:
            self._join(made, one)
        return made

    def _join(self, found: _Group, one: _Asking) -> None:
        """What a group asks for is what its first members ask: not the first one twice, nor the pointing."""
        if found.members and not one.is_pointing and len(found.members) < HEARD:
            found.matter.add(one.matter.first, self._weights)
        found.members.append(one)
        for key in one.topics:
            self._by_topic.setdefault(key, found)

    def _held(self, key: str | tuple[str, str]) -> list[_Asking]:
        """What waits with a word, or with one that its thread is about."""
        return [one for one in self._waiting.get(key, ()) if one.mention.mention_id not in self._placed]

    def _wait(self, one: _Asking) -> None:
        """A post that asks for the same again and again waits once."""
        keys: list[str | tuple[str, str]] = [*one.matter.heaviest(_LOOKED_UP), *one.topics]
        for key in keys:
            waiting = self._waiting[key]
            if not (waiting and waiting[-1].mention.post_id == one.mention.post_id):
                waiting.append(one)


def _shared(held: Sequence[_Asking]) -> tuple[str, ...]:
    """The words that most of them say, the heaviest of them."""
    often = Counter(word for one in held for word in one.matter.often)
    weights = held[-1].matter.weights
    said = sorted(
        (word for word in often if often[word] > 1),
        key=lambda word: (-often[word], -weights.get(word, 0.0), word),
    )
    return tuple(sorted(said[:_SHARED]))


def _keys(words: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """What groups are found by: two words that one of the first requests says, or the only one they share."""
    ordered = sorted(words)
    yield from combinations(ordered, 1)
    yield from combinations(ordered, 2)


def _are_several(held: Sequence[_Asking]) -> bool:
    """Whether they are of two posts, not all by one person that is known."""
    posts = {one.mention.post_id for one in held}
    people = {one.mention.author_id for one in held}
    return len(posts) >= _FEWEST_POSTS and (len(people) > 1 or None in people)


def _plain(shared: Sequence[str], held: Sequence[_Asking]) -> str:
    """Shared words as the first of a group says them, for an id."""
    said = [
        next(one.matter.first.words[word] for one in held if word in one.matter.first.words)
        for word in shared
    ]
    return "_".join(sorted(re.sub(r"[^a-z0-9]+", "-", word) for word in said))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:6]


def _discovered(made: _Group, taken: Container[str]) -> Discovered:
    naming = [one for one in made.members if not one.is_pointing] or made.members
    offered = names([one.mention.excerpt for one in naming])
    posts = len({one.mention.post_id for one in made.members})
    label, said = next(((name, said) for name, said in offered if name not in taken), offered[0])
    said = textwrap.shorten(said, _EXAMPLE, placeholder=" …")
    return Discovered(
        id=made.id,
        # two groups of one name could not be told apart; the id always can
        label=label if label not in taken else f"{label} ({made.id})",
        description=f"Asked for in {posts} posts, for example: “{said}”",
        mention_ids=tuple(one.mention.mention_id for one in made.members),
    )
