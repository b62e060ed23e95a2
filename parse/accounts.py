"""Account ids that are none: a platform shows one name an account at a time, everywhere.

Saved and anonymised pages number their people anew in each thread; some software gives one id to all guests.
Taken for accounts, such numbers would make one author of many. Without its id an author is known by login or
name. Whether an id is one follows from all that a site has shown, however many pages are read at a time: what
was shown before comes as `called` and as the posts held.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from parse.model import Author, Post, Thread, changed

FEWEST = 3
"""Doubtful ids from which a site may be one that numbers its people anew."""
RENAMED = 0.1
"""Share of the accounts met in several threads that may have taken another name since they were met last. On
sites that number their people anew, nearly all of them seem to."""
_GUESTS = "0"
"""What software that gives its guests an id gives them."""


def crowded(pages: Iterable[Thread]) -> set[str]:
    """The ids that stand beside several names on one page: no account does."""
    found = {_GUESTS}
    for page in pages:
        names: dict[str, str] = {}
        for _, author in _signed(page):
            if names.setdefault(author.user_id or "", author.called) != author.called:
                found.add(author.user_id or "")
    return found


def doubtful(pages: Iterable[Thread], held: Iterable[Thread], called: Mapping[str, str]) -> set[str]:
    """The ids on these pages (oldest first) that stand beside another name than they did before.

    `held` are the threads of the pages as they were known before, `called` what the accounts of the site are
    known as, by id (`Author.called`). An account that surely was renamed is none of them: a post that it
    wrote bears the new name where it bore the old one.
    """
    names = dict(called)
    before = {(thread.id, post.id): author for thread in held for post, author in _signed(thread)}
    found: set[str] = set()
    for page in pages:
        signed = [(author, before.get((page.id, post.id))) for post, author in _signed(page)]
        renamed = {author.user_id for author, then in signed if then and _is_renamed(then, author)}
        before |= {(page.id, post.id): author for post, author in _signed(page)}
        for author, _ in signed:
            user_id = author.user_id or ""
            if author.user_id in renamed:
                names[user_id] = author.called
            elif names.setdefault(user_id, author.called) != author.called:
                found.add(user_id)
    return found


def shared(pages: Iterable[Thread]) -> set[str]:
    """The ids that stand in more than one thread."""
    threads: defaultdict[str, set[str]] = defaultdict(set)
    for page in pages:
        for _, author in _signed(page):
            threads[author.user_id or ""].add(page.id)
    return {user_id for user_id, found in threads.items() if len(found) > 1}


def shown(threads: Iterable[Thread]) -> set[str]:
    """Every account id in these threads."""
    return {author.user_id for thread in threads for author in _authors(thread) if author.user_id}


def without(thread: Thread, ids: Collection[str]) -> Thread:
    """The thread whose people have no such ids; itself where nobody has one."""
    if not ids:
        return thread
    bare = {
        author: changed(author, user_id=None, profile_url=None)
        for author in _authors(thread)
        if author.user_id in ids
    }
    if not bare:
        return thread
    events = (
        replace(event, actor=bare.get(event.actor, event.actor)) if event.actor else event
        for event in thread.events
    )
    posts = (
        changed(post, author=bare.get(post.author, post.author)) if post.author else post
        for post in thread.posts
    )
    return replace(thread, posts=tuple(posts), events=tuple(events))


def _authors(thread: Thread) -> set[Author]:
    posted = {post.author for post in thread.posts if post.author}
    return posted | {event.actor for event in thread.events if event.actor}


def _signed(thread: Thread) -> Iterator[tuple[Post, Author]]:
    """The posts whose byline, not somebody's quote, shows an account."""
    for post in thread.posts:
        if post.author and post.author.user_id and post.author_method in (None, "byline"):
            yield post, post.author


def _is_renamed(then: Author, now: Author) -> bool:
    return then.user_id == now.user_id and then.called != now.called
