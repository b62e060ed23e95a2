"""Posts known from an earlier visit, found again under another id.

Some forums number posts by their place in the thread, others give them no id at all, so that one is made of
their words. When a post is taken out, all numbers behind it move; when one is edited, its id changes. By id
alone the first looks like a mass edit, the second like a removal. So posts are matched by id, then by words.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from itertools import pairwise

from parse.model import Post, Quote, Thread

_DIGEST = re.compile(r"(?:[0-9a-f]{8}){2,3}")
TELLING = 20
"""Characters of a post whose place proves that ids are places: "me too" is said often."""
ONCE = 100
"""Characters that nobody posts twice in a thread."""
ALIKE = 0.5
"""More than this share of the shorter one's pairs of neighbouring words an edited post has in common with
what it was. Half of the words of a short post stand in most long ones; its pairs do not."""


def recognised(held: Sequence[Post], parts: Sequence[Thread]) -> list[Thread]:
    """Pages with the ids by which their posts are held already. A post that is new gets one that is free."""
    shown = {post.id: post for part in parts for post in part.posts if not post.is_copy}
    names = _names(held, list(shown.values()))
    if not names:
        return list(parts)
    return [replace(part, posts=tuple(_renamed(post, names) for post in part.posts)) for part in parts]


def _names(held: Sequence[Post], shown: Sequence[Post]) -> dict[str, str]:
    """The held id of each post that shows another one now."""
    known = {post.id: post for post in held}
    pairing = _Pairing(known)
    if any(_is_elsewhere(post, known, pairing) for post in shown):
        pairing.by_words(shown)
        pairing.by_moment(shown)
        pairing.apart(shown)
    else:
        pairing.edited(shown)
    return {now: before for now, before in pairing.names.items() if now != before}


def _is_elsewhere(post: Post, known: Mapping[str, Post], pairing: "_Pairing") -> bool:
    """Its id is held for other words, and its words under another id."""
    namesake = known.get(post.id)
    if namesake is None or _words(namesake) == _words(post) or len(post.full_text) < TELLING:
        return False
    return any(_is_same_moment(known[other], post) for other in pairing.places.get(_words(post), ()))


@dataclass
class _Pairing:
    """Shown posts beside held ones; each held one is given away once."""

    known: Mapping[str, Post]
    names: dict[str, str] = field(default_factory=dict)
    """The held id, by the one that is shown now."""
    given: set[str] = field(default_factory=set)
    places: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    moments: dict[tuple[str, datetime], list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for post in self.known.values():
            self.places.setdefault(_words(post), []).append(post.id)
            if moment := _moment(post):
                self.moments.setdefault(moment, []).append(post.id)

    def by_words(self, posts: Iterable[Post]) -> None:
        for post in posts:
            self._give(post, self.places.get(_words(post), ()))

    def by_moment(self, posts: Iterable[Post]) -> None:
        """Edited in between: the same person's post of the same minute."""
        for post in posts:
            self._give(post, self._of_its_moment(post))

    def apart(self, posts: Iterable[Post]) -> None:
        """What is left is new. A number that others had before is not its own."""
        for post in posts:
            if post.id not in self.names:
                is_taken = post.id in self.known or post.id in self.given
                self._give(post, [f"{post.id}-{_digest(post)}" if is_taken else post.id])

    def edited(self, posts: Sequence[Post]) -> None:
        """Ids made of words: the same person's post of the same minute, in mostly the same words.

        An id that the page gives is another post's than another such id, but may stand now where there were
        only words to go by.
        """
        here = {post.id for post in posts}
        for post in (post for post in posts if post.id not in self.known):
            same = [*self._of_its_moment(post), *self._of_its_words(post)]
            gone = [self.known[held] for held in same if held not in here]
            able = [held for held in gone if _is_made(held.id) or _is_made(post.id)]
            self._give(post, [held.id for held in able if _is_version(held, post)])

    def _of_its_moment(self, post: Post) -> Sequence[str]:
        moment = _moment(post)
        return self.moments.get(moment, ()) if moment else ()

    def _of_its_words(self, post: Post) -> Sequence[str]:
        """The same person's post in the same words, too many to be written twice: its date was misread."""
        return self.places.get(_words(post), ()) if len(post.full_text) >= ONCE else ()

    def _give(self, post: Post, candidates: Iterable[str]) -> None:
        free = next((held for held in candidates if held not in self.given), None)
        if post.id not in self.names and free is not None:
            self.names[post.id] = free
            self.given.add(free)


def _words(post: Post) -> tuple[str, str]:
    return (post.author.name.casefold() if post.author else "", post.full_text)


def _moment(post: Post) -> tuple[str, datetime] | None:
    """Who wrote when; None where the page does not say both."""
    return (post.author.name.casefold(), post.posted_at) if post.author and post.posted_at else None


def _is_made(name: str) -> bool:
    """Whether an id is a digest of words, or looks like one."""
    return _DIGEST.fullmatch(name) is not None


def _is_same_moment(one: Post, other: Post) -> bool:
    return one.posted_at is None or other.posted_at is None or one.posted_at == other.posted_at


def _is_version(before: Post, after: Post) -> bool:
    one, other = _pairs(before.full_text), _pairs(after.full_text)
    return len(one & other) > ALIKE * min(len(one), len(other))


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairwise(("", *text.split(), "")))


def _digest(post: Post) -> str:
    seed = "\n".join((*_words(post), str(post.posted_at)))
    return blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def _renamed(post: Post, names: Mapping[str, str]) -> Post:
    """Under its held id, and so are the posts of this page that it answers and quotes."""
    quotes = tuple(_pointing(quote, names) for quote in post.quotes)
    answered = names.get(post.reply_to or "", post.reply_to)
    return replace(post, id=names.get(post.id, post.id), reply_to=answered, quotes=quotes)


def _pointing(quote: Quote, names: Mapping[str, str]) -> Quote:
    there = names.get(quote.source_ref or "")
    return replace(quote, source_ref=there) if there else quote
