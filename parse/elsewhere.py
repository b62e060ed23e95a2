"""Quotes that their own thread does not explain, looked up in other threads of the site.

People carry an argument from one thread to the next, and moderators split threads: the post quoted stands
elsewhere. A common sentence proves nothing across threads, so only longer quotes are answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from parse.model import Author, Post, Quote, Thread, changed
from parse.names import Names
from parse.shingles import Wording
from parse.sources import SILENT, comparable, with_source
from parse.threads import resolve

FEWEST_WORDS = 8
"""Shorter quotes are not looked up."""
_LONG = 12
_CLOSE = 0.8
"""Coverage that words must have which are not the same letter for letter."""
_NAMED, _UNNAMED, _UNNAMED_SHORT, _MISNAMED = 1.0, 0.93, 0.8, 0.6
_RIVALLED = 0.7
_BY_LINK = 0.97

Found = Mapping[tuple[str, int], Quote]
"""Quotes of a thread with their sources, by the id of the post that quotes and the quote's ordinal."""


def with_sources(thread: Thread, found: Found) -> Thread:
    """The thread with its quotes tied to the posts of other threads that they come from.

    Where a ghost or another post of the thread stood for such a post, all that was inferred from it is
    inferred anew; nothing else in a thread depends on what stands in others.
    """
    quoting = {post_id for post_id, _ in found}
    posts = tuple(_with_sources(post, found) if post.id in quoting else post for post in thread.posts)
    tied = replace(thread, posts=posts)
    before = (quote for post in thread.posts for quote in post.quotes if (post.id, quote.ordinal) in found)
    return resolve(tied) if any(quote.source_post_id for quote in before) else tied


def _with_sources(post: Post, found: Found) -> Post:
    quotes = tuple(_tied(quote, found.get((post.id, quote.ordinal))) for quote in post.quotes)
    return changed(post, quotes=quotes)


def _tied(quote: Quote, found: Quote | None) -> Quote:
    """The quote as it stands in its post, with the source that was found."""
    if found is None:
        return quote
    return with_source(
        quote, found.source_post_id, found.source_method, found.source_confidence, found.source_thread_id
    )


def source(quote: Quote, candidates: Sequence[tuple[str, Post]]) -> Quote | None:
    """The quote with its source among posts of other threads, each with its thread's id; None without one."""
    linked = [(thread_id, post) for thread_id, post in candidates if post.id == quote.source_ref]
    if linked:
        thread_id, post = linked[0]
        return with_source(quote, post.id, "link", _BY_LINK, thread_id)
    words = comparable(quote.text)
    if len(words.words) < FEWEST_WORDS or not candidates:
        return None
    shares = [words.share_in(comparable(post.text)) for _, post in candidates]
    trusted = _trust(quote, words, [post.author for _, post in candidates])
    scored = [_by_share(share, words) * trust for share, trust in zip(shares, trusted, strict=True)]
    best = max(range(len(scored)), key=scored.__getitem__)
    rivals = sum(score >= scored[best] - 0.1 for score in scored) - 1
    sure = round(scored[best] * (_RIVALLED if rivals else 1.0), 3)
    thread_id, post = candidates[best]
    return with_source(quote, post.id, "text", sure, thread_id) if sure >= SILENT else None


def _by_share(share: float, words: Wording) -> float:
    """How sure words that another post holds to this share make of the source."""
    if share == 1.0:
        return 0.99
    return min(0.95, 0.15 + 0.85 * share) if share >= _CLOSE and len(words.words) >= _LONG else 0.0


def _trust(quote: Quote, words: Wording, authors: Sequence[Author | None]) -> list[float]:
    """How far each candidate's author agrees with the name that the quote bears."""
    if not quote.attributed_to:
        return [_UNNAMED if len(words.words) >= _LONG else _UNNAMED_SHORT] * len(authors)
    means = Names(author for author in authors if author).find(quote.attributed_to)
    return [_NAMED if author and means.get(author.key, 0.0) > SILENT else _MISNAMED for author in authors]
