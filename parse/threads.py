"""Pages of one thread to the thread: what each page shows merged, then everything inferred over the whole."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from parse import ghosts, people, replies, sources
from parse.model import Author, Poll, Post, PostState, Quote, Thread, changed
from parse.recognise import recognised

_POST_FIELDS = (
    "author", "author_method", "author_confidence", "position", "posted_at", "edited_at", "edited_by",
    "edit_reason", "url", "like_count", "dislike_count", "declared_stance", "reply_to",
    "reply_to_name", "page_id",
)  # fmt: skip
_THREAD_FIELDS = (
    "title", "board", "started_at", "stated_reply_count", "view_count", "page_count", "status",
    "is_locked", "is_sticky",
)  # fmt: skip
_AUTHOR_FIELDS = ("user_id", "login", "profile_url", "role")


def assemble(held: Thread | None, parts: Sequence[Thread]) -> Thread:
    """One thread from what is held of it and from its pages, oldest fetch first: the newest wins.

    A post shown on several pages is one post; what one showing lacks another fills in. Copies (a solution
    repeated under the topic) only complement. Positions are the platform's numbers where it shows any, and
    follow from the order of the pages otherwise; None while the opening post has not been seen. Ghosts are
    left behind: `resolve` rebuilds those that are still needed.
    Raises ValueError without a page and without a held thread.
    """
    if held:
        # Whom an earlier run inferred stands on no page: a page must not be compared with that.
        shown = tuple(_stated(post) for post in held.posts if post.state is not PostState.GHOST)
        held = replace(held, posts=shown)
        parts = recognised(shown, parts)
    known = [held, *parts] if held else list(parts)
    if not known:
        raise ValueError("assemble needs at least one page of the thread")
    posts = _merged_posts(known)
    order = list(dict.fromkeys(post.id for post in held.posts)) if held else []
    seen = set(order)
    for part in sorted(parts, key=lambda part: part.page_number or 1):
        ids = _shown(part)
        order = _inserted(order, seen, ids, posts)
        seen.update(ids)
    # A later page that shows the opening post once more may be all that there is of the thread.
    order = [post.id for post in posts.values() if post.position == 1 and post.id not in seen] + order
    stated = {p.id for part in parts for p in part.posts if p.position is not None and not p.is_copy}
    opening_seen = any(part.page_number in (None, 1) for part in parts)
    opening_seen = opening_seen or bool(held and held.posts and held.posts[0].position == 1)
    frame = _frame(known)
    numbered = tuple(_numbered([posts[i] for i in order], stated, opening_seen))
    return replace(
        frame,
        page_number=None,
        is_solved=frame.is_solved or _head(held, parts, frame).is_solved,
        posts=numbered,
        events=tuple(dict.fromkeys(event for part in known for event in part.events)),
        polls=tuple(_polls(parts, numbered, frame)),
        **_newest([frame, *known[::-1]], _THREAD_FIELDS),
    )


def is_whole(parts: Sequence[Thread]) -> bool:
    """Whether these pages are all that the thread has, by their own account, each of them once."""
    count = max((part.page_count or 1 for part in parts), default=0)
    return sorted(part.page_number or 1 for part in parts) == list(range(1, count + 1))


def resolve(thread: Thread) -> Thread:
    """The thread with everything inferred over the whole of it: sources, people, ghosts, replies.

    Pure and idempotent: what an earlier run inferred is set aside first, so that a ghost whose source has
    appeared is gone and its quotes point to the real post.
    """
    posts = [_stated(post) for post in thread.posts if post.state is not PostState.GHOST]
    search = sources.search(posts, thread.id)
    quotes = search.quotes()
    named = people.recover(posts, quotes, search)
    if any(one.author_method != other.author_method for one, other in zip(named, posts, strict=True)):
        # Who wrote what settles which of two equal sentences is meant.
        search = sources.search(named, thread.id)
        quotes = search.quotes()
    ghostly, quotes = ghosts.rebuild(named, quotes, thread.id, search.is_unheard)
    shown = [_with_quotes(post, found) for post, found in zip(named, quotes, strict=True)]
    posts = _with_ghosts(shown, ghostly)
    return replace(thread, posts=tuple(posts), replies=replies.connect(posts))


def _polls(parts: Sequence[Thread], posts: Sequence[Post], frame: Thread) -> Iterator[Poll]:
    """Each poll once, its votes as the last page that shows any has them, with the post that asks.

    What asks nothing of its own asks what the thread is called.
    """
    opening = next((post.id for post in posts if post.position == 1), None)
    shown = [poll for part in parts for poll in part.polls]
    counted = {poll.id: poll for poll in shown if any(option.votes is not None for option in poll.options)}
    for poll in ({poll.id: poll for poll in shown} | counted).values():
        yield replace(poll, post_id=poll.post_id or opening, question=poll.question or frame.title)


def _frame(known: Sequence[Thread]) -> Thread:
    """The newest showing of the thread itself: a chunk of its posts says nothing about title or locks."""
    return next((thread for thread in reversed(known) if thread.title), known[-1])


def _head(held: Thread | None, parts: Sequence[Thread], frame: Thread) -> Thread:
    """The newest first page, where many platforms alone say what became of the question."""
    heads = [part for part in parts if part.page_number in (None, 1) and part.title]
    return heads[-1] if heads else held or frame


def _stated(post: Post) -> Post:
    """The post with no more than its page says of its author."""
    if post.author_method in (people.QUOTED, people.ADDRESSED):
        return replace(post, author=None, author_method=None, author_confidence=None)
    if post.author and post.author_method is None and not people.is_unknown(post.author):
        return replace(post, author_method=people.BYLINE, author_confidence=1.0)
    return post


def _with_quotes(post: Post, quotes: tuple[Quote, ...]) -> Post:
    return post if post.quotes == quotes else changed(post, quotes=quotes)


def _with_ghosts(posts: list[Post], ghostly: list[Post]) -> list[Post]:
    """Ghosts stand before the first post that quotes them."""
    if not ghostly:
        return posts
    waiting = {ghost.id: ghost for ghost in ghostly}
    out: list[Post] = []
    for post in posts:
        quoted = dict.fromkeys(quote.source_post_id for quote in post.quotes)
        out += [waiting.pop(source) for source in quoted if source in waiting]
        out.append(post)
    return out


def _newest(newer_first: Sequence[Any], names: Iterable[str]) -> dict[str, Any]:
    """The first value that is one, field by field."""
    return {
        name: next((value for thing in newer_first if (value := getattr(thing, name)) is not None), None)
        for name in names
    }


def _merged_posts(known: Sequence[Thread]) -> dict[str, Post]:
    posts: dict[str, Post] = {}
    for part in known:
        for post in part.posts:
            posts[post.id] = _merged(posts[post.id], post) if post.id in posts else post
    return posts


def _merged(older: Post, newer: Post) -> Post:
    if newer.is_copy and not older.is_copy:
        older, newer = newer, older
    filled = _newest((newer, older), _POST_FIELDS)
    if newer.author and older.author and newer.author.key == older.author.key:
        filled["author"] = _completed(newer.author, older.author)
    elif newer.author and older.author and _has_left(newer.author, older.author):
        filled["author"] = older.author
    return replace(
        newer,
        quotes=_with_kept_sources(newer.quotes, older.quotes),
        aliases=tuple(dict.fromkeys(newer.aliases + older.aliases)),
        is_solution=newer.is_solution or (older.is_copy and older.is_solution),
        **filled,
    )


def _with_kept_sources(newer: tuple[Quote, ...], older: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """What was found in other threads stays found: the page says no more of it than when it was looked up."""
    found = {(quote.ordinal, quote.text): quote for quote in older if quote.source_thread_id}
    return tuple(found.get((quote.ordinal, quote.text), quote) for quote in newer) if found else newer


def _completed(newer: Author, older: Author) -> Author:
    whole = replace(newer, **_newest((newer, older), _AUTHOR_FIELDS))
    # Who is staff no more has lost the role, and not only a page that shows it.
    return replace(whole, role=newer.role) if older.is_staff and not newer.is_staff else whole


def _has_left(now: Author, before: Author) -> bool:
    """An account that was deleted leaves its posts to a name without one: "Guest", for all who left."""
    return before.user_id is not None and now.user_id is None and now.login is None


def _shown(part: Thread) -> list[str]:
    """The posts of a page, each once; copies where it has no other."""
    return list(dict.fromkeys([p.id for p in part.posts if not p.is_copy] or [p.id for p in part.posts]))


def _inserted(order: list[str], seen: set[str], shown: list[str], posts: dict[str, Post]) -> list[str]:
    """The order (`seen`, as a set) with the unseen posts of a page behind the post that precedes them there.

    A page with nothing seen goes where its first post belongs by time, or by number, among those held:
    pages of a thread may arrive in any order.
    """
    if not shown:
        return order
    if seen.isdisjoint(shown):
        at = _place(order, posts, posts[shown[0]])
        return order[:at] + shown + order[at:]
    behind: dict[str | None, list[str]] = {}
    last: str | None = None
    for post_id in shown:
        if post_id in seen:
            last = post_id
        else:
            behind.setdefault(last, []).append(post_id)
    first = behind.pop(None, [])
    anchor = next(post_id for post_id in shown if post_id in seen)
    out: list[str] = []
    for post_id in order:
        out += first if post_id == anchor else []
        out += [post_id, *behind.get(post_id, ())]
    return out


def _place(order: list[str], posts: dict[str, Post], first: Post) -> int:
    """Behind the last post that it is not before: from the end, since most pages come in their order, and a
    page may begin with a younger post than those that follow (sorted by votes)."""
    at = len(order)
    while at and _is_before(first, posts[order[at - 1]]):
        at -= 1
    return at


def _is_before(one: Post, other: Post) -> bool:
    if one.position is not None and other.position is not None:
        return one.position < other.position
    if one.posted_at and other.posted_at:
        return one.posted_at < other.posted_at
    return one.id.isdecimal() and other.id.isdecimal() and int(one.id) < int(other.id)


def _numbered(posts: list[Post], stated: set[str], opening_seen: bool) -> Iterator[Post]:
    """Each post with its position: as stated, or one behind the post before it."""
    position = 0
    for post in posts:
        if post.id in stated or (stated and post.position is not None):
            position = post.position or position
        else:
            position += 1
            post = changed(post, position=position if opening_seen else None)
        yield post
