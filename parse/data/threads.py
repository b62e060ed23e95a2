"""Threads from the talks that an unknown interface's JSON holds."""

import re
from dataclasses import replace
from datetime import datetime

from parse.body import QuoteMarkup, untangle
from parse.data.posts import Said, Talk, talks
from parse.json_fields import fragment, leading
from parse.model import Board, Post, Thread
from parse.page import Document
from parse.quotes.plain import Body, untangle_text
from parse.unknown.pages import digest, heading, thread_id

_MARKUP = re.compile(r"<(?:p|br|div|blockquote|ul|ol|pre|a|span|strong|em|b|i)\b[^<>]*>", re.I)
_DATA = re.compile(r"\s*(?:(?:var|let|const)\s+)?(?:[\w.$\[\]\"']+\s*=\s*)?(?=[{\[])")
_LEAST = 200
"""Characters of a script that may hold a talk."""
_QUOTES = QuoteMarkup(block="blockquote", head="cite")


def kept_talks(doc: Document) -> list[Talk]:
    """The talks in the data that a page keeps for its scripts: those of the script that holds most.

    Where none has a second post they are the rows of a listing, whose words are excerpts.
    """
    best: list[Talk] = []
    for script in doc.tree.css("script"):
        words = script.text()
        start = _DATA.match(words) if len(words) > _LEAST else None
        value = leading(words[start.end() :]) if start else None
        found = talks(value, doc.page.fetched_at) if value is not None else []
        best = max(best, found, key=_size)
    named = [replace(talk, title=talk.title or heading(doc)) for talk in best]
    return named if any(len(talk.said) > 1 for talk in best) else []


def _size(found: list[Talk]) -> int:
    return sum(len(talk.said) for talk in found)


def thread_of(talk: Talk, url: str) -> Thread:
    """The thread of a talk on the page at `url`: by its own number, else by that page."""
    posts = list({post.id: post for post in map(_post, talk.said)}.values())
    opens = talk.opens and posts[0].reply_to is None
    first = posts[:1] if opens else []
    rest = posts[1:] if opens else posts
    if all(post.posted_at for post in rest):  # many interfaces put the newest first
        rest.sort(key=lambda post: post.posted_at or datetime.max)
    own = (*first, *rest)
    return Thread(
        id=talk.id or thread_id(url),
        title=talk.title,
        url=talk.url or url,
        board=Board(id=talk.board, title=talk.board, url="") if talk.board else None,
        status=talk.status.capitalize() or None,
        started_at=own[0].posted_at if opens else None,
        posts=own,
    )


def _post(said: Said) -> Post:
    body = _body(said.text)
    seed = f"{said.author.name if said.author else ''}\n{said.at}\n{body.full_text}"
    return Post(
        id=said.id or digest(seed),
        text=body.text,
        full_text=body.full_text,
        quotes=body.quotes,
        author=said.author,
        author_method="byline" if said.author else None,
        author_confidence=0.9 if said.author else None,
        posted_at=said.at,
        url=said.url or None,
        like_count=said.likes,
        reply_to=said.parent,
    )


def _body(words: str) -> Body:
    return untangle(fragment(words), _QUOTES) if _MARKUP.search(words) else untangle_text(words)
