"""Puts pseudonyms in the place of names, before anything is merged or stored (`pseudonymize = true`).

A pseudonym is a keyed hash of the name: one person has one pseudonym on every page and in every quote, and
only the holder of the key can say whose it is. Applied to the parts of a thread as they are read.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from urllib.parse import unquote

from parse.model import Author, Poll, Post, Quote, Thread
from parse.names import normal
from warehouse.secret import digest
from warehouse.spelling import alone

Rename = Callable[[str], str]


def pseudonymize(thread: Thread, secret: bytes, *, known: Iterable[Author] = ()) -> Thread:
    """The thread without the names of people: authors, quotes, mentions and addresses included.

    Names in running text are found when they are those of an author or a quote of this thread, of `known`
    people, or stand after an @. Roles and `is_staff` stay; profile pages go. Twice is the same as once.
    """
    names = sorted(_names(thread, known), key=lambda name: (-len(name), name))
    rename = _renamer(secret, names)
    return replace(
        thread,
        title=rename(thread.title),
        url=rename(thread.url),
        posts=tuple(_post(post, secret, rename) for post in thread.posts),
        events=tuple(
            replace(
                event,
                actor=_author(event.actor, secret) if event.actor else None,
                excerpt=rename(event.excerpt),
            )
            for event in thread.events
        ),
        polls=tuple(_poll(poll, rename) for poll in thread.polls),
    )


def pseudonym(name: str, secret: bytes) -> str:
    """The pseudonym of a name; that of a pseudonym is itself."""
    return name if MADE.fullmatch(name) else "member-" + digest(secret, "name", name.strip().casefold())[:10]


MADE = re.compile(r"member-[0-9a-f]{10}")
"""What pseudonyms look like."""


def _names(thread: Thread, known: Iterable[Author]) -> set[str]:
    authors = [
        *known,
        *(post.author for post in thread.posts if post.author),
        *(event.actor for event in thread.events if event.actor),
    ]
    found = {name for author in authors for name in (author.name, author.login) if name}
    for post in thread.posts:
        found |= {name for name in (post.edited_by, post.reply_to_name) if name}
        found |= {quote.attributed_to for quote in post.quotes if quote.attributed_to}
    return {name for name in found if not MADE.fullmatch(name)}


def _renamer(secret: bytes, names: Iterable[str]) -> Rename:
    """Replaces the names in a text, however they are written there, and whatever stands after an @."""
    each = list(names)
    meant = {normal(name): name for name in each}
    pattern = re.compile("|".join(map(alone, each)) or r"(?!)")
    mention = re.compile(r"(?<![\w.])@(?!member-)(\w[\w.-]*\w|\w)")

    def rename(text: str) -> str:
        text = pattern.sub(lambda found: pseudonym(_meant(found.group(), meant), secret), text)
        return mention.sub(lambda found: "@" + pseudonym(found.group(1), secret), text)

    return rename


def _meant(said: str, meant: dict[str, str]) -> str:
    """The name as a byline has it: one person has one pseudonym, written `ann-ortega` or `Ann%20Ortega`."""
    return meant.get(normal(said), meant.get(normal(unquote(said)), said))


def _author(author: Author, secret: bytes) -> Author:
    return Author(
        name=pseudonym(author.name, secret),
        user_id=_hidden(author.user_id, secret),
        login=pseudonym(author.login, secret) if author.login else None,
        role=author.role,
        is_staff=author.is_staff,
    )


def _hidden(user_id: str | None, secret: bytes) -> str | None:
    if user_id is None or re.fullmatch(r"u-[0-9a-f]{16}", user_id):
        return user_id
    return "u-" + digest(secret, "account", user_id)[:16]


def _post(post: Post, secret: bytes, rename: Rename) -> Post:
    return replace(
        post,
        text=rename(post.text),
        full_text=rename(post.full_text),
        author=_author(post.author, secret) if post.author else None,
        edited_by=pseudonym(post.edited_by, secret) if post.edited_by else None,
        edit_reason=rename(post.edit_reason) if post.edit_reason else None,
        reply_to_name=pseudonym(post.reply_to_name, secret) if post.reply_to_name else None,
        url=rename(post.url) if post.url else None,
        quotes=tuple(_quote(quote, secret, rename) for quote in post.quotes),
    )


def _poll(poll: Poll, rename: Rename) -> Poll:
    options = tuple(replace(option, text=rename(option.text)) for option in poll.options)
    return replace(poll, question=rename(poll.question), options=options)


def _quote(quote: Quote, secret: bytes, rename: Rename) -> Quote:
    name = pseudonym(quote.attributed_to, secret) if quote.attributed_to else None
    return replace(quote, text=rename(quote.text), attributed_to=name)
