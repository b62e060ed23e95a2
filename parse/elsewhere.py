"""Quotes that their own thread does not explain, looked up in other threads of the site.

People carry an argument from one thread to the next, and moderators split threads: the post quoted stands
elsewhere. A common sentence proves nothing across threads, so only longer quotes are answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from parse.model import Post, Quote, Thread
from parse.names import Names
from parse.shingles import Wording
from parse.sources import SILENT, comparable, with_source

FEWEST_WORDS = 8
"""Shorter quotes are not looked up."""
_LONG = 12
_CLOSE = 0.8
"""Coverage that words must have which are not the same letter for letter."""
_NAMED, _UNNAMED, _UNNAMED_SHORT, _MISNAMED = 1.0, 0.93, 0.8, 0.6
_RIVALLED = 0.7
_BY_LINK = 0.97

Asked = tuple[str, int]
"""A quote of a thread: the id of the post that quotes, and the quote's ordinal."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A post of another thread that a quote may come from."""

    post: Post
    thread_id: str


def look_up(thread: Thread, offered: Mapping[Asked, Sequence[Candidate]]) -> Thread:
    """The thread with the quotes asked for tied to the post they come from, where one of those offered is it.

    Quotes that are not answered stay as they are. `parse.threads.resolve` keeps what was found here and
    builds no ghost from it.
    """
    asking = {post_id for post_id, _ in offered}
    posts = tuple(_answered(post, offered) if post.id in asking else post for post in thread.posts)
    return thread if posts == thread.posts else replace(thread, posts=posts)


def _answered(post: Post, offered: Mapping[Asked, Sequence[Candidate]]) -> Post:
    quotes = tuple(_source(quote, offered.get((post.id, quote.ordinal), ())) for quote in post.quotes)
    return post if quotes == post.quotes else replace(post, quotes=quotes)


def _source(quote: Quote, candidates: Sequence[Candidate]) -> Quote:
    linked = [each for each in candidates if quote.source_ref in (each.post.id, *each.post.aliases)]
    if linked:
        return with_source(quote, linked[0].post.id, "link", _BY_LINK, linked[0].thread_id)
    words = comparable(quote.text)
    if len(words.words) < FEWEST_WORDS:
        return quote
    shares = [words.share_in(comparable(each.post.text)) for each in candidates]
    trusted = _trust(quote, words, candidates)
    scored = [_by_share(share, words) * trust for share, trust in zip(shares, trusted, strict=True)]
    best = max(range(len(scored)), key=scored.__getitem__, default=None)
    if best is None:
        return quote
    rivals = sum(score >= scored[best] - 0.1 for score in scored) - 1
    sure = round(scored[best] * (_RIVALLED if rivals else 1.0), 3)
    found = candidates[best]
    return with_source(quote, found.post.id, "text", sure, found.thread_id) if sure >= SILENT else quote


def _by_share(share: float, words: Wording) -> float:
    """How sure words that another post holds to this share make of the source."""
    if share == 1.0:
        return 0.99
    return min(0.95, 0.15 + 0.85 * share) if share >= _CLOSE and len(words.words) >= _LONG else 0.0


def _trust(quote: Quote, words: Wording, candidates: Sequence[Candidate]) -> list[float]:
    """How far each candidate's author agrees with the name that the quote bears."""
    if not quote.attributed_to:
        return [_UNNAMED if len(words.words) >= _LONG else _UNNAMED_SHORT] * len(candidates)
    means = Names(each.post.author for each in candidates if each.post.author).find(quote.attributed_to)
    return [
        _NAMED if each.post.author and means.get(each.post.author.key, 0.0) > SILENT else _MISNAMED
        for each in candidates
    ]
