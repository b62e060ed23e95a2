"""Keeps what was forgotten from coming back: takes it out of a batch before it is loaded."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from parse.model import Author, Post, PostState, Quote, Thread
from warehouse.batch import Batch
from warehouse.secret import digest, key
from warehouse.store import Warehouse

Buried = Callable[[str, str], bool]
"""Whether (kind, what) was forgotten on this site."""

LONGEST = 4
"""Words of the longest name that is looked for in running text."""


def without_forgotten(db: Warehouse, batch: Batch) -> Batch:
    """The batch as if the forgotten had never been there. Costs nothing where nobody was forgotten."""
    digests = set(db.query("SELECT digest FROM tombstones")["digest"].to_pylist())
    if not digests:
        return batch
    secret = key(db.path)

    @cache
    def buried(kind: str, what: str) -> bool:
        return digest(secret, kind, batch.site_id, what) in digests

    threads = (thread for thread in batch.threads if not buried("thread", thread.id))
    return replace(batch, threads=tuple(_thread(thread, buried) for thread in threads))


def _thread(thread: Thread, buried: Buried) -> Thread:
    gone = {post.id for post in thread.posts if _is_gone(post, buried)}
    return replace(
        thread,
        title=_blotted(thread.title, buried),
        posts=tuple(_post(post, gone, buried) for post in thread.posts if post.id not in gone),
        replies=tuple(r for r in thread.replies if r.post not in gone and r.parent not in gone),
        events=tuple(
            replace(
                event,
                actor=None if event.actor and _is_person(event.actor, buried) else event.actor,
                excerpt=_blotted(event.excerpt, buried),
            )
            for event in thread.events
            if event.post_id not in gone
        ),
    )


def _is_gone(post: Post, buried: Buried) -> bool:
    if buried("post", post.id) or (post.author is not None and _is_person(post.author, buried)):
        return True
    return post.state is PostState.GHOST and any(buried("post", alias) for alias in post.aliases)


def _is_person(author: Author, buried: Buried) -> bool:
    names = (author.name, author.login) if author.user_id is None else ()
    return buried("author", author.key) or any(name and buried("name", name.casefold()) for name in names)


def _post(post: Post, gone: set[str], buried: Buried) -> Post:
    quotes = tuple(_quote(quote, gone, buried) for quote in post.quotes)
    text = _blotted(post.text, buried)
    return replace(
        post,
        text=text,
        # Quotes stand in the full text in a shape of their own: where one is emptied, the own words remain.
        full_text=_blotted(post.full_text, buried) if quotes == post.quotes else text,
        quotes=quotes,
        edited_by=_blotted(post.edited_by, buried) if post.edited_by else None,
        edit_reason=_blotted(post.edit_reason, buried) if post.edit_reason else None,
        reply_to_name=None if buried("name", (post.reply_to_name or "").casefold()) else post.reply_to_name,
        reply_to=None if post.reply_to and buried("post", post.reply_to) else post.reply_to,
    )


def _quote(quote: Quote, gone: set[str], buried: Buried) -> Quote:
    of_them = (
        quote.source_post_id in gone
        or any(ref is not None and buried("post", ref) for ref in (quote.source_post_id, quote.source_ref))
        or buried("name", (quote.attributed_to or "").casefold())
    )
    if of_them:
        return Quote(ordinal=quote.ordinal, depth=quote.depth, parent=quote.parent, text="")
    return replace(quote, text=_blotted(quote.text, buried))


def _blotted(text: str, buried: Buried) -> str:
    """Text with every run of words that is a forgotten name blotted out, as long as it was."""
    words = [(found.start(), found.end()) for found in re.finditer(r"[\w.@-]*\w", text)]
    blots = [
        (words[first][0], words[last][1])
        for first in range(len(words))
        for last in range(first, min(first + LONGEST, len(words)))
        if buried("name", text[words[first][0] : words[last][1]].lstrip("@").casefold())
    ]
    for start, end in blots:
        text = text[:start] + "█" * (end - start) + text[end:]
    return text
