"""Keeps what was forgotten from coming back: takes it out of a batch before it is loaded.

A tombstone is a keyed hash of a kind, a site and a word: `author` an account, `byline` a name as shown over a
post or a quote, `name` a name in running text, `exact` the same in this case only, `post` and `thread` an id.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import unquote

import pyarrow as pa

from parse.model import Author, Post, PostState, Quote, Reply, Thread
from parse.names import normal
from warehouse.batch import Batch
from warehouse.secret import digest, key
from warehouse.spelling import BLOT, WORD, composed
from warehouse.store import Warehouse

NAMED = ("byline", "exact", "name")
"""The kinds that may stand in running text."""
LONGEST = 5
"""Words of the longest name that is looked for in running text."""
_APART = 3
"""Characters between two words of a name at most."""
_BYLINE = re.compile(r"(?<=[>\"'/@=])[^<>\"'/?&#=]{1,60}(?=[<\"'/?&#])")


@dataclass(frozen=True, slots=True)
class Graveyard:
    """What was forgotten on one site."""

    is_buried: Callable[[str, str], bool]
    """Whether (kind, what) was forgotten."""
    opens_a_name: Callable[[str], bool]
    """Whether a forgotten name may begin with this word: asked of every word of every text."""

    def blotted(self, text: str) -> str:
        """The text with every run of words that is a forgotten name blotted out, as long as it was."""
        for start, end in reversed(list(self._names_in(text))):
            text = text[:start] + BLOT * (end - start) + text[end:]
        return text

    def shown(self, text: str) -> bool:
        """Whether a forgotten name stands in a page: in its text, or as a byline of its markup."""
        if any(True for _ in self._names_in(text)):
            return True
        return any(self.is_buried("byline", normal(found)) for found in set(_BYLINE.findall(text)))

    def is_person(self, author: Author) -> bool:
        names = (author.name, author.login) if author.user_id is None else ()
        return self.is_buried("author", author.key) or any(self.is_name(name) for name in names)

    def is_name(self, name: str | None) -> bool:
        return bool(name) and self.is_buried("byline", normal(name or ""))

    def _names_in(self, text: str) -> Iterator[tuple[int, int]]:
        words = [(found.start(), found.end()) for found in WORD.finditer(text)]
        done = 0
        for first, (start, first_end) in enumerate(words):
            if start < done or not self.opens_a_name(text[start:first_end]):
                continue
            end = max((e for e in _ends(words, first) if self._is_named(text, start, e)), default=0)
            if end:
                done = end
                yield start, end

    def _is_named(self, text: str, start: int, end: int) -> bool:
        said = text[start:end]
        if self.is_buried("exact", composed(said)) or self.is_buried("name", normal(said)):
            return True
        return text[start - 1 : start] == "@" and self.is_buried("byline", normal(said))


def _ends(words: list[tuple[int, int]], first: int) -> Iterator[int]:
    """Where a run of words that begins with this one may end."""
    for number in range(first, min(first + LONGEST, len(words))):
        if number > first and words[number][0] - words[number - 1][1] > _APART:
            return
        yield words[number][1]


def graveyard(db: Warehouse, site_id: str) -> Graveyard | None:
    """What was forgotten on this site; None where nobody was."""
    stones = db.query("SELECT digest, opens_with FROM tombstones")
    digests, openings = (set(stones[name].to_pylist()) for name in ("digest", "opens_with"))
    if not digests:
        return None
    secret = key(db.path)

    @cache
    def is_buried(kind: str, what: str) -> bool:
        return digest(secret, kind, site_id, what) in digests

    @cache
    def opens_a_name(word: str) -> bool:
        return None in openings or opening(secret, site_id, word) in openings

    return Graveyard(is_buried, opens_a_name)


def opening(secret: bytes, site_id: str, name: str) -> str:
    """The hash of the first word of a name, however it is written; empty where it has none."""
    first = WORD.search(normal(name))
    return digest(secret, "opening", site_id, first[0]) if first else ""


def graveyards(db: Warehouse) -> dict[str, Graveyard]:
    """What was forgotten, by site; empty where nobody was."""
    sites = db.query("SELECT site_id FROM sites ORDER BY ALL")["site_id"].to_pylist()
    return {site_id: graves for site_id in sites if (graves := graveyard(db, site_id)) is not None}


def without_forgotten(batch: Batch, graves: Graveyard) -> Batch:
    """The batch as if the forgotten had never been there, but for their names in texts (`blotted_texts`)."""
    threads = (thread for thread in batch.threads if not graves.is_buried("thread", thread.id))
    return replace(batch, threads=tuple(_thread(thread, graves) for thread in threads))


def blotted_texts(arrow: dict[str, pa.Table], graves: Graveyard) -> dict[str, pa.Table]:
    """The same tables with the forgotten names blotted out in every text: ids, titles, addresses, words."""
    return {name: _blotted_table(table, graves) for name, table in arrow.items()}


def pages_with_forgotten(batch: Batch, graves: Graveyard) -> set[str]:
    """Ids of the pages on which a forgotten post stood, or a post that quotes or names the forgotten."""
    return {
        post.page_id
        for thread in batch.threads
        for post in thread.posts
        if post.page_id and _shows(thread, post, graves)
    }


def _shows(thread: Thread, post: Post, graves: Graveyard) -> bool:
    if graves.is_buried("thread", thread.id) or _is_gone(post, graves) or graves.shown(post.full_text):
        return True
    # What they put to the vote is drawn above every page of the thread.
    if any(poll.post_id and graves.is_buried("post", poll.post_id) for poll in thread.polls):
        return True
    return any(_quote(quote, set(), graves) is not quote for quote in post.quotes)


def _blotted_table(table: pa.Table, graves: Graveyard) -> pa.Table:
    for number, column in enumerate(table.schema):
        if column.type == pa.string() and column.name != "page_id":
            texts = table[column.name].to_pylist()
            blotted = [_blotted_value(text, graves) for text in texts]
            if blotted != texts:
                table = table.set_column(number, column, pa.array(blotted, pa.string()))
    return table


def _blotted_value(text: str | None, graves: Graveyard) -> str | None:
    if not text:
        return text
    spelt_out = unquote(text) if "://" in text and "%" in text else text
    blotted = graves.blotted(spelt_out)
    return text if blotted == spelt_out else blotted


def _thread(thread: Thread, graves: Graveyard) -> Thread:
    gone = {post.id for post in thread.posts if _is_gone(post, graves)}
    return replace(
        thread,
        posts=tuple(_post(post, gone, graves) for post in thread.posts if post.id not in gone),
        replies=tuple(_replies(thread, gone)),
        # Of a poll above a thread whose opening post is not there nobody can say whose words it holds.
        polls=tuple(poll for poll in thread.polls if poll.post_id is not None and poll.post_id not in gone),
        events=tuple(
            replace(event, actor=None if event.actor and graves.is_person(event.actor) else event.actor)
            for event in thread.events
            if event.post_id not in gone
        ),
    )


def _replies(thread: Thread, gone: set[str]) -> Iterator[Reply]:
    """The edges between posts that stay. What answered one that goes answers the opening post, as
    `forgetting/erase.sql` has it: the next crawl changes no number."""
    stay = [post for post in thread.posts if post.id not in gone and post.position is not None]
    opening = min(stay, key=lambda post: post.position or 0, default=None)
    orphans = {reply.post for reply in thread.replies if reply.is_primary and reply.parent in gone} - gone
    for reply in thread.replies:
        if reply.post not in gone and reply.parent not in gone:
            is_left = opening is not None and reply.parent == opening.id and reply.post in orphans
            yield replace(reply, is_primary=True) if is_left else reply
    if opening is not None:
        known = {reply.post for reply in thread.replies if reply.parent == opening.id}
        for post in stay:
            if post.id in orphans - known and post.id != opening.id:
                yield Reply(
                    post=post.id, parent=opening.id, method="sequence", confidence=0.1, is_primary=True
                )


def _is_gone(post: Post, graves: Graveyard) -> bool:
    if graves.is_buried("post", post.id) or (post.author is not None and graves.is_person(post.author)):
        return True
    return post.state is PostState.GHOST and any(graves.is_buried("post", alias) for alias in post.aliases)


def _post(post: Post, gone: set[str], graves: Graveyard) -> Post:
    quotes = tuple(_quote(quote, gone, graves) for quote in post.quotes)
    return replace(
        post,
        # Quotes stand in the full text in a shape of their own: where one is emptied, the own words remain.
        full_text=post.full_text if quotes == post.quotes else post.text,
        quotes=quotes,
        edited_by=None if graves.is_name(post.edited_by) else post.edited_by,
        reply_to_name=None if graves.is_name(post.reply_to_name) else post.reply_to_name,
        reply_to=None if post.reply_to and graves.is_buried("post", post.reply_to) else post.reply_to,
    )


def _quote(quote: Quote, gone: set[str], graves: Graveyard) -> Quote:
    of_them = (
        quote.source_post_id in gone
        or any(ref and graves.is_buried("post", ref) for ref in (quote.source_post_id, quote.source_ref))
        or graves.is_name(quote.attributed_to)
    )
    if of_them:
        return Quote(ordinal=quote.ordinal, depth=quote.depth, parent=quote.parent, text="")
    return quote
