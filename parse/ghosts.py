"""Posts that no page shows but that others quote: rebuilt from all their quotes."""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from parse.model import Author, Post, PostState, Quote
from parse.names import Names, normal
from parse.shingles import Wording, wording
from parse.sources import with_source

_FEWEST_WORDS = 4
"""Less could be anybody's."""
_SHARED = 3
"""Words in a row that two quotes must share to overlap."""


@dataclass(slots=True)
class _Piece:
    """A quote without a source."""

    post: int
    quote: Quote
    text: Wording


@dataclass(slots=True)
class _Ghost:
    pieces: list[_Piece] = field(default_factory=list)
    shortest: int = sys.maxsize
    """Pairs of words in its shortest piece."""

    def add(self, piece: _Piece) -> None:
        self.pieces.append(piece)
        self.shortest = min(self.shortest, len(piece.text.pairs))


def rebuild(
    posts: Sequence[Post],
    quotes: Sequence[tuple[Quote, ...]],
    thread_id: str,
    is_unheard: Callable[[Quote, int], bool],
) -> tuple[list[Post], list[tuple[Quote, ...]]]:
    """The ghosts of a thread, and the quotes with those that come from a ghost tied to it.

    Only quotes that name their author become ghosts: a blockquote without a name is as likely a document.
    `is_unheard(quote, post number)` tells whether no post holds anything like its words.
    """
    names = Names(post.author for post in posts if post.author)
    pieces = [
        _Piece(number, quote, wording(quote.text))
        for number, found in enumerate(quotes)
        for quote in found
        if _is_homeless(quote, thread_id) and is_unheard(quote, number)
    ]
    pieces = [piece for piece in pieces if len(piece.text.words) >= _FEWEST_WORDS]
    if not pieces:
        return [], list(quotes)
    authors = {post.author.key: post.author for post in posts if post.author}
    found = [
        (_rebuilt(ghost, posts, quotes, thread_id, _author(ghost, authors, names)), ghost)
        for ghost in _grouped(pieces, names)
    ]
    tied = {(p.post, p.quote.ordinal): post for post, ghost in found for p in ghost.pieces}
    updated = [
        tuple(_tied(quote, tied.get((number, quote.ordinal))) for quote in each)
        for number, each in enumerate(quotes)
    ]
    return [post for post, _ in found], updated


def _is_homeless(quote: Quote, thread_id: str) -> bool:
    elsewhere = quote.source_thread_id not in (None, thread_id)
    return quote.source_post_id is None and bool(quote.attributed_to) and not elsewhere


def _tied(quote: Quote, ghost: Post | None) -> Quote:
    return with_source(quote, ghost.id, "ghost", ghost.author_confidence) if ghost else quote


def _grouped(pieces: list[_Piece], names: Names) -> list[_Ghost]:
    """Pieces of one post together: the same author, and shared words or neighbours in one answer."""
    people: dict[str, _Person] = {}
    for piece in pieces:
        people.setdefault(_key(piece.quote.attributed_to or "", names), _Person()).add(piece)
    return [ghost for person in people.values() for ghost in person.ghosts]


class _Person:
    """The ghosts of one author, to be found by link, by answer and by words."""

    def __init__(self) -> None:
        self.ghosts: list[_Ghost] = []
        self._known: dict[object, int] = {}
        """Which of them has a link, an answer or a pair of words."""

    def add(self, piece: _Piece) -> None:
        ref, answer = piece.quote.source_ref, (piece.post, piece.quote.parent)
        home = self._known.get(ref or answer)
        if home is None and not ref:
            home = self._sharing(piece.text)
        if home is None:
            home = len(self.ghosts)
            self.ghosts.append(_Ghost())
        self.ghosts[home].add(piece)
        for key in (ref, answer, *piece.text.pairs):
            if key is not None:
                self._known.setdefault(key, home)

    def _sharing(self, text: Wording) -> int | None:
        """The ghost with which the text has most pairs of words in common, if they are enough."""
        shared = Counter(self._known[pair] for pair in text.pairs if pair in self._known)
        if not shared:
            return None
        home = min(shared, key=lambda number: (-shared[number], number))  # of equals the one found first
        fewest = max(_SHARED, 0.3 * min(self.ghosts[home].shortest, len(text.pairs)))
        return home if shared[home] >= fewest else None


def _key(name: str, names: Names) -> str:
    found = names.find(name)
    return next(iter(found)) if len(found) == 1 else normal(name)


def _rebuilt(
    ghost: _Ghost,
    posts: Sequence[Post],
    quotes: Sequence[tuple[Quote, ...]],
    thread_id: str,
    author: tuple[Author, bool],
) -> Post:
    first = ghost.pieces[0]
    seed = f"{thread_id}\n{posts[first.post].id}\n{first.quote.ordinal}"
    text = _merged([piece.quote.text for piece in ghost.pieces])
    written_by, is_known = author
    quoters = {piece.post for piece in ghost.pieces}
    sure = 0.5 + 0.2 * is_known + 0.1 * (len(quoters) > 1)
    return Post(
        id="ghost-" + blake2b(seed.encode(), digest_size=8).hexdigest(),
        text=text,
        full_text=text,
        aliases=tuple(dict.fromkeys(p.quote.source_ref for p in ghost.pieces if p.quote.source_ref)),
        author=written_by,
        author_method="quoted",
        author_confidence=round(sure, 3),
        state=PostState.GHOST,
        quotes=_inner(first, quotes[first.post]),
    )


def _author(ghost: _Ghost, authors: dict[str, Author], names: Names) -> tuple[Author, bool]:
    """The member of that name; else whoever is named most often."""
    written = Counter(piece.quote.attributed_to or "" for piece in ghost.pieces).most_common(1)[0][0]
    keys = names.find(written)
    known = authors.get(next(iter(keys))) if len(keys) == 1 else None
    return (known, True) if known else (Author(name=written), False)


def _inner(piece: _Piece, siblings: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """What the ghost itself quoted, as far as its quoter kept it."""
    kept = {piece.quote.ordinal: 0}
    inner: list[Quote] = []
    for quote in siblings:
        if quote.parent in kept:
            kept[quote.ordinal] = len(inner) + 1
            depth = quote.depth - piece.quote.depth
            inner.append(
                replace(quote, ordinal=len(inner) + 1, depth=depth, parent=kept[quote.parent] or None)
            )
    return tuple(inner)


def _merged(texts: list[str]) -> str:
    """One text from overlapping pieces, in order: nothing twice, nothing lost."""
    merged = ""
    for text in sorted(dict.fromkeys(texts), key=len, reverse=True):
        merged = _joined(merged, text) if merged else text
    return merged


def _joined(whole: str, piece: str) -> str:
    """The piece worked into the whole: swallowed, joined where an end and a beginning agree, or appended."""
    if wording(piece).line in wording(whole).line:
        return whole
    for one, other in ((whole, piece), (piece, whole)):
        size = _common_end(one.split(), other.split())
        if size >= _SHARED:
            rest = _after(other, size)
            return one + ("" if not rest or rest.startswith("\n") else " ") + rest
    lines = [p for p in piece.split("\n\n") if wording(p).line not in wording(whole).line]
    return "\n\n".join([whole, *lines])


def _common_end(one: list[str], other: list[str]) -> int:
    """How many of the last words of one are the first words of the other."""
    for size in range(min(len(one), len(other)) - 1, _SHARED - 1, -1):
        if one[-size:] == other[:size]:
            return size
    return 0


def _after(text: str, count: int) -> str:
    """The text behind its first words, with the white space in it as it was."""
    rest = text
    for word in text.split()[:count]:
        rest = rest[rest.index(word) + len(word) :]
    return rest.lstrip(" ")
