"""Who wrote what the page does not say: from quotes that name the author, from answers, from sign-offs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parse.addresses import written_name
from parse.model import Author, Post, Quote
from parse.names import Names, normal
from parse.shingles import wording, words
from parse.sources import Search

BYLINE, QUOTED, ADDRESSED = "byline", "quoted", "addressed"

_NOBODY = frozenset(
    (
        "deleted", "deleted user", "former user", "a former user", "former member", "anonymous",
        "anonymous user", "guest", "unregistered", "unknown", "gelöschter benutzer", "gast", "invité",
        "utilisateur supprimé", "usuario eliminado", "invitado", "utente cancellato", "ospite",
        "not applicable", "n a",
    )
)  # fmt: skip
"""Names, as `normal` writes them, that stand for an author who is not named."""

_SIGN_OFF = re.compile(
    r"(?:\A|\n)[ \t]*(?:[~–—-]{1,2}[ \t]*|(?:(?:kind |best |warm )?regards|cheers|thanks|thank you|best"
    r"|sincerely|(?:viele |liebe |beste )?grüße|gruß|cordialement|saludos|saluti|abraços)"
    r"[ \t]*[,!.]?[ \t]*\n+[ \t]*[~–—-]?[ \t]*)"
    r"(?P<name>[A-Z\u00c0-\u024f][\w.'’\-]{1,24}(?:[ \t][A-Z\u00c0-\u024f][\w.'’\-]{0,24}){0,2})"
    r"[ \t]*(?:\n+[^\n]{0,40})?\s*\Z",
    re.I,
)
_IN_MARKS = re.compile(r"[\"“„«]([^\"“”„«»\n]{8,200})[\"”“»]")
_FEWEST_WORDS = 3
"""Words that somebody must take up from a post to show that he means it."""
_NEAR = 2
"""Posts above an answer among which the one answered is looked for."""
_SURE_QUOTE = 0.75
"""Below this a quote does not prove who wrote its source."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """One reason to believe that a post is somebody's."""

    name: str
    method: str
    confidence: float


def recover(posts: Sequence[Post], quotes: Sequence[tuple[Quote, ...]], search: Search) -> list[Post]:
    """The posts, those without a known author with the one that the thread proves, method and confidence.

    `search` finds the posts that hold some words.

    Names that mean one person ("Steven", "Steven S") become one. A known author is never changed; staff
    in one post is staff in all.
    """
    unknown = {post.id for post in posts if is_unknown(post.author)}
    staff = {post.author.key for post in posts if post.author and post.author.is_staff}
    if not unknown and not staff:
        return list(posts)
    claims = _claims(posts, quotes, unknown) if unknown else {}
    for post_id, claim in _spoken_to(posts, quotes, unknown, search) if unknown else ():
        claims.setdefault(post_id, []).append(claim)
    known = _named(posts, claims, staff)
    later = dict(_answered(known, quotes)) if unknown else {}
    return _named(known, later, set()) if later else known


def _named(posts: Sequence[Post], claims: dict[str, list[_Claim]], staff: set[str]) -> list[Post]:
    members = _members(posts, claims)
    return [_with_author(post, claims.get(post.id, []), members, staff) for post in posts]


def is_unknown(author: Author | None) -> bool:
    """No author, or a name like "[deleted]" that is nobody's."""
    return author is None or (author.user_id is None and normal(author.name) in _NOBODY)


def _claims(
    posts: Sequence[Post], quotes: Sequence[tuple[Quote, ...]], unknown: set[str]
) -> dict[str, list[_Claim]]:
    claims: dict[str, list[_Claim]] = {}
    for post, found in zip(posts, quotes, strict=True):
        for quote in found:
            source, sure = quote.source_post_id, quote.source_confidence or 0.0
            if source not in unknown or sure < _SURE_QUOTE or source is None:
                continue
            if quote.attributed_to:
                claims.setdefault(source, []).append(_Claim(quote.attributed_to, QUOTED, 0.97 * sure))
            elif quote.depth == 1 and (name := written_name(post.text)):
                claims.setdefault(source, []).append(_Claim(name, ADDRESSED, 0.6 * sure))
        if post.id in unknown and (signed := signature(post.text)):
            claims.setdefault(post.id, []).append(_Claim(signed, BYLINE, 0.85))
    return claims


def _spoken_to(
    posts: Sequence[Post], quotes: Sequence[tuple[Quote, ...]], unknown: set[str], search: Search
) -> Iterator[tuple[str, _Claim]]:
    for number, post in enumerate(posts):
        yield from _taken_up(number, post, posts, unknown, search)
    yield from _answering(posts, quotes, unknown)


def _answering(
    posts: Sequence[Post], quotes: Sequence[tuple[Quote, ...]], unknown: set[str]
) -> Iterator[tuple[str, _Claim]]:
    """Whoever alone quotes "Ann, you ..." with the name and answers it is Ann. (On board threads with known
    authors: 50 of 68.)"""
    quoters: dict[str, set[str]] = {}
    for post, found in zip(posts, quotes, strict=True):
        for quote in found:
            if quote.depth == 1 and quote.source_post_id:
                quoters.setdefault(quote.source_post_id, set()).add(post.id)
    for post, found in zip(posts, quotes, strict=True):
        if post.id in unknown and found and len({quote.source_post_id for quote in found}) == 1:
            name = written_name(found[0].text)
            if name and quoters.get(found[0].source_post_id or "") == {post.id}:
                yield post.id, _Claim(name, ADDRESSED, 0.7)


def _taken_up(
    number: int, post: Post, posts: Sequence[Post], unknown: set[str], search: Search
) -> Iterator[tuple[str, _Claim]]:
    """ "Yes, Ann, as you say, "that is too much"": the one post that holds these words is Ann's."""
    name = written_name(post.text)
    if name is None:
        return
    for phrase in _IN_MARKS.findall(post.text[:5000]):
        if len(words(phrase)) < _FEWEST_WORDS:
            continue
        found = [
            hit.post
            for hit in search.index.find(wording(phrase), number)
            if hit.is_exact and hit.post != number
        ]
        if len(found) == 1 and posts[found[0]].id in unknown:
            yield posts[found[0]].id, _Claim(name, ADDRESSED, 0.75)


def _answered(
    posts: Sequence[Post], quotes: Sequence[tuple[Quote, ...]]
) -> Iterator[tuple[str, list[_Claim]]]:
    """Somebody who was quoted answers "Ann, ...": the post right above that quoted him is Ann's."""
    keys = {post.id: post.author.key for post in posts if post.author}
    for number, post in enumerate(posts):
        name = written_name(post.text)
        if name is None or post.author is None:
            continue
        for above in range(number - 1, max(-1, number - 1 - _NEAR), -1):
            if not is_unknown(posts[above].author):
                break
            if any(_is_of(quote, post.author, keys) for quote in quotes[above]):
                yield posts[above].id, [_Claim(name, ADDRESSED, 0.65 - 0.05 * (number - 1 - above))]
                break


def _is_of(quote: Quote, author: Author, keys: dict[str, str]) -> bool:
    if quote.source_post_id in keys:
        return keys[quote.source_post_id] == author.key
    return bool(quote.attributed_to) and normal(quote.attributed_to or "") == normal(author.name)


def signature(text: str) -> str | None:
    """The name a post is signed with in its last lines."""
    m = _SIGN_OFF.search(text[-160:])
    return m["name"] if m else None


def _members(posts: Sequence[Post], claims: dict[str, list[_Claim]]) -> dict[str, Author]:
    """By written name: the author it means. Members first; else the longest name that it abbreviates."""
    known = {p.author.key: p.author for p in posts if p.author and not is_unknown(p.author)}
    written = Counter(c.name for found in claims.values() for c in found if c.method != ADDRESSED)
    longest = sorted(written, key=lambda name: (-len(normal(name)), name))
    names, members = Names(known.values()), {}
    for name in [*longest, *(c.name for found in claims.values() for c in found)]:
        means = names.find(name)
        if len(means) != 1:
            author = Author(name=name)
            known[author.key] = author
            names.add(author)
            means = {author.key: 1.0}
        members[name] = known[next(iter(means))]
    return members


def _with_author(post: Post, claims: list[_Claim], members: dict[str, Author], staff: set[str]) -> Post:
    author = post.author
    if claims and is_unknown(author):
        named, method, confidence = _verdict(claims, members)
        return replace(post, author=named, author_method=method, author_confidence=round(confidence, 3))
    if author and not author.is_staff and author.key in staff:
        return replace(post, author=replace(author, is_staff=True))
    return post


def _verdict(claims: list[_Claim], members: dict[str, Author]) -> tuple[Author, str, float]:
    """The author most claims agree on: independent ones add up, contradicting ones take away."""
    weights: Counter[str] = Counter()
    doubt: dict[str, float] = {}
    for claim in claims:
        key = members[claim.name].key
        weights[key] += 1
        doubt[key] = doubt.get(key, 1.0) * (1 - claim.confidence)
    key = max(weights, key=lambda k: (1 - doubt[k], k))
    agreeing = [claim for claim in claims if members[claim.name].key == key]
    best = max(agreeing, key=lambda claim: claim.confidence)
    confidence = min(0.99, 1 - doubt[key]) * len(agreeing) / len(claims)
    return members[best.name], best.method, confidence
