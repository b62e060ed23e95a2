"""A batch of threads as Arrow tables, the columns named as in the warehouse: what the loading SQL reads."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any

import pyarrow as pa

from parse.model import Author, Board, PlatformEvent, Post, Quote, Reply, Thread
from warehouse.batch import Batch, CrawlRun
from warehouse.columns import BIG, REAL, SMALL, TEXT, TEXTS, TIME, TRUTH, Column, table


def tables(batch: Batch) -> dict[str, pa.Table]:
    """What the loading SQL calls `in_pages`, `in_posts` and so on."""
    site = batch.site_id
    fetched = {page.page_id: page.fetched_at for page in batch.pages}
    posts = _newest_posts(batch.threads, fetched)
    return {
        "in_site": _table([batch], _SITE),
        "in_pages": _table(batch.pages, _PAGES, site),
        "in_gone": _table(batch.gone, _GONE),
        "in_boards": _table(_boards(batch), _BOARDS, site),
        "in_threads": _table(batch.threads, _THREADS, site),
        "in_rows": _table(batch.rows, _ROWS, site),
        "in_authors": _table(_authors(batch.threads, fetched), _AUTHORS, site),
        "in_posts": _table(posts, _POSTS, site),
        "in_quotes": _table(_quotes(posts), _QUOTES, site),
        "in_replies": _table(_replies(batch.threads), _REPLIES, site),
        "in_events": _table(_events(batch.threads), _EVENTS, site),
    }


def run_table(runs: Iterable[CrawlRun]) -> pa.Table:
    return _table(runs, _RUNS)


def stable_id(*parts: object) -> str:
    """A short hash that is the same for the same parts, in any run."""
    return blake2b("\x1f".join(map(str, parts)).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _table(rows: Iterable[Any], columns: Sequence[Column], site: str = "") -> pa.Table:
    made = table(rows, columns)
    return made.append_column("site_id", pa.repeat(pa.scalar(site), len(made))) if site else made


def _newest_posts(threads: Iterable[Thread], fetched: dict[str, datetime]) -> list[tuple[Thread, Post, int]]:
    """Each post once with its depth: after a split, two threads may claim it, and the newer page is right."""
    kept: dict[str, tuple[Thread, Post, int]] = {}
    for thread in threads:
        depths = depths_of(thread)
        for post in thread.posts:
            other = kept.get(post.id)
            if other is None or _seen(post, fetched) >= _seen(other[1], fetched):
                kept[post.id] = (thread, post, depths.get(post.id, 0))
    return list(kept.values())


def _seen(post: Post, fetched: dict[str, datetime]) -> float:
    when = fetched.get(post.page_id or "")
    return when.timestamp() if when else 0.0


def depths_of(thread: Thread) -> dict[str, int]:
    """Steps from the root along primary replies. Ends even where the edges run in a circle."""
    parents = {reply.post: reply.parent for reply in thread.replies if reply.is_primary}
    depths: dict[str, int] = {}
    for start in parents:
        path, node = [], start
        while node in parents and node not in depths:
            depths[node] = 0
            path.append(node)
            node = parents[node]
        base = depths.get(node, 0)
        for step, name in enumerate(reversed(path), 1):
            depths[name] = base + step
    return depths


def _boards(batch: Batch) -> list[Board]:
    found = [*batch.boards, *(thread.board for thread in batch.threads if thread.board)]
    return list({board.id: board for board in found}.values())


def _authors(threads: Iterable[Thread], fetched: dict[str, datetime]) -> list[tuple[Author, datetime | None]]:
    """Every person once, as the newest page shows them."""
    newest: dict[str, tuple[Author, datetime | None]] = {}
    for author, when in _shown(threads, fetched):
        key = author.key
        held = newest.get(key)
        if held is None or (when is not None and (held[1] is None or when >= held[1])):
            newest[key] = (author, when)
    return list(newest.values())


def _shown(
    threads: Iterable[Thread], fetched: dict[str, datetime]
) -> Iterator[tuple[Author, datetime | None]]:
    for thread in threads:
        for post in thread.posts:
            if post.author is not None:
                # A name that was inferred says nothing new about the person.
                known = post.page_id if post.author_method == "byline" else None
                yield post.author, fetched.get(known or "")
        for event in thread.events:
            if event.actor is not None:
                yield event.actor, None


def _quotes(posts: Iterable[tuple[Thread, Post, int]]) -> Iterator[tuple[Post, Quote]]:
    return ((post, quote) for _thread, post, _depth in posts for quote in post.quotes)


def _replies(threads: Iterable[Thread]) -> Iterator[Reply]:
    edges = {(reply.post, reply.parent): reply for thread in threads for reply in thread.replies}
    return iter(edges.values())


def _events(threads: Iterable[Thread]) -> Iterator[tuple[Thread, PlatformEvent]]:
    told: dict[str, tuple[Thread, PlatformEvent]] = {}
    for thread in threads:
        for event in thread.events:
            told.setdefault(_event_seed(thread, event), (thread, event))
    return iter(told.values())


def _event_seed(thread: Thread, event: PlatformEvent) -> str:
    when = event.occurred_at.timestamp() if event.occurred_at else None
    return stable_id("platform", thread.id, event.post_id, event.kind, when)


_SITE: tuple[Column, ...] = (
    ("site_id", TEXT, lambda batch: batch.site_id),
    ("platform", TEXT, lambda batch: batch.platform),
    ("base_url", TEXT, lambda batch: batch.base_url),
    ("title", TEXT, lambda batch: batch.site_title),
)
_PAGES: tuple[Column, ...] = (
    ("page_id", TEXT, lambda page: page.page_id),
    ("url", TEXT, lambda page: page.url),
    ("fetched_at", TIME, lambda page: page.fetched_at),
    ("status", SMALL, lambda page: page.status),
    ("etag", TEXT, lambda page: page.header("etag")),
    ("last_modified", TEXT, lambda page: page.header("last-modified")),
    ("content_sha256", TEXT, lambda page: page.content_sha256),
    ("archive_file", TEXT, lambda page: page.archive_file),
    ("archive_offset", BIG, lambda page: page.archive_offset),
    ("archive_length", BIG, lambda page: page.archive_length),
    ("run_id", TEXT, lambda page: page.run_id),
)
_RUNS: tuple[Column, ...] = (
    ("run_id", TEXT, lambda run: run.run_id),
    ("site_id", TEXT, lambda run: run.site_id),
    ("started_at", TIME, lambda run: run.started_at),
    ("finished_at", TIME, lambda run: run.finished_at),
    ("pages_fetched", BIG, lambda run: run.pages_fetched),
    ("pages_unchanged", BIG, lambda run: run.pages_unchanged),
    ("pages_failed", BIG, lambda run: run.pages_failed),
    ("bytes_received", BIG, lambda run: run.bytes_received),
    ("outcome", TEXT, lambda run: run.outcome),
)
_GONE: tuple[Column, ...] = (("page_id", TEXT, lambda page_id: page_id),)
_BOARDS: tuple[Column, ...] = (
    ("id", TEXT, lambda board: board.id),
    ("title", TEXT, lambda board: board.title),
    ("url", TEXT, lambda board: board.url),
)
_THREADS: tuple[Column, ...] = (
    ("id", TEXT, lambda thread: thread.id),
    ("board", TEXT, lambda thread: thread.board.id if thread.board else None),
    ("title", TEXT, lambda thread: thread.title),
    ("url", TEXT, lambda thread: thread.url),
    ("started_at", TIME, lambda thread: thread.started_at),
    ("stated_reply_count", BIG, lambda thread: thread.stated_reply_count),
    ("view_count", BIG, lambda thread: thread.view_count),
    ("is_locked", TRUTH, lambda thread: thread.is_locked),
    ("is_sticky", TRUTH, lambda thread: thread.is_sticky),
    ("is_solved", TRUTH, lambda thread: thread.is_solved),
    ("state", TEXT, lambda thread: thread.state.value),
)
_ROWS: tuple[Column, ...] = (
    ("id", TEXT, lambda row: row.id),
    ("reply_count", BIG, lambda row: row.reply_count),
    ("is_sticky", TRUTH, lambda row: row.is_sticky),
    ("is_locked", TRUTH, lambda row: row.is_locked),
    ("is_moved", TRUTH, lambda row: row.is_moved),
)
_AUTHORS: tuple[Column, ...] = (
    ("id", TEXT, lambda pair: pair[0].key),
    ("name", TEXT, lambda pair: pair[0].name),
    ("login", TEXT, lambda pair: pair[0].login),
    ("user_id", TEXT, lambda pair: pair[0].user_id),
    ("profile_url", TEXT, lambda pair: pair[0].profile_url),
    ("role", TEXT, lambda pair: pair[0].role),
    ("is_staff", TRUTH, lambda pair: pair[0].is_staff),
    ("shown_at", TIME, lambda pair: pair[1]),
)
_POSTS: tuple[Column, ...] = (
    ("id", TEXT, lambda row: row[1].id),
    ("thread", TEXT, lambda row: row[0].id),
    ("author", TEXT, lambda row: row[1].author.key if row[1].author else None),
    ("author_method", TEXT, lambda row: row[1].author_method),
    ("author_confidence", REAL, lambda row: row[1].author_confidence),
    ("position", SMALL, lambda row: row[1].position),
    ("posted_at", TIME, lambda row: row[1].posted_at),
    ("edited_at", TIME, lambda row: row[1].edited_at),
    ("edited_by", TEXT, lambda row: row[1].edited_by),
    ("url", TEXT, lambda row: row[1].url),
    ("text", TEXT, lambda row: row[1].text),
    ("full_text", TEXT, lambda row: row[1].full_text),
    ("like_count", BIG, lambda row: row[1].like_count),
    ("is_solution", TRUTH, lambda row: row[1].is_solution),
    ("page_id", TEXT, lambda row: row[1].page_id),
    ("state", TEXT, lambda row: row[1].state.value),
    ("edited_by_staff", TRUTH, lambda row: row[1].edited_by_staff),
    ("edit_reason", TEXT, lambda row: row[1].edit_reason),
    ("depth", SMALL, lambda row: row[2]),
    ("aliases", TEXTS, lambda row: row[1].aliases),
    ("reply_to", TEXT, lambda row: row[1].reply_to),
    ("reply_to_name", TEXT, lambda row: row[1].reply_to_name),
)
_QUOTES: tuple[Column, ...] = (
    ("post", TEXT, lambda pair: pair[0].id),
    ("ordinal", SMALL, lambda pair: pair[1].ordinal),
    ("depth", SMALL, lambda pair: pair[1].depth),
    ("parent", SMALL, lambda pair: pair[1].parent),
    ("attributed_to", TEXT, lambda pair: pair[1].attributed_to),
    ("text", TEXT, lambda pair: pair[1].text),
    ("source", TEXT, lambda pair: pair[1].source_post_id),
    ("source_method", TEXT, lambda pair: pair[1].source_method),
    ("source_confidence", REAL, lambda pair: pair[1].source_confidence),
    ("source_ref", TEXT, lambda pair: pair[1].source_ref),
    ("source_thread", TEXT, lambda pair: pair[1].source_thread_id),
)
_REPLIES: tuple[Column, ...] = (
    ("post", TEXT, lambda reply: reply.post),
    ("parent", TEXT, lambda reply: reply.parent),
    ("method", TEXT, lambda reply: reply.method),
    ("confidence", REAL, lambda reply: reply.confidence),
    ("is_primary", TRUTH, lambda reply: reply.is_primary),
)
_EVENTS: tuple[Column, ...] = (
    ("event_id", TEXT, lambda pair: _event_seed(*pair)),
    ("thread", TEXT, lambda pair: pair[0].id),
    ("post", TEXT, lambda pair: pair[1].post_id),
    ("kind", TEXT, lambda pair: pair[1].kind),
    ("actor", TEXT, lambda pair: pair[1].actor.key if pair[1].actor else None),
    ("occurred_at", TIME, lambda pair: pair[1].occurred_at),
    ("excerpt", TEXT, lambda pair: pair[1].excerpt),
    ("confidence", REAL, lambda pair: pair[1].confidence),
)
