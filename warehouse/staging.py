"""A batch of threads as Arrow tables, the columns named as in the warehouse: what the loading SQL reads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from operator import attrgetter, itemgetter

import pyarrow as pa

from parse.model import Author, Board, PlatformEvent, Poll, PollOption, Post, Quote, Reply, Thread
from parse.replies import depths
from warehouse.batch import Batch, CrawlRun
from warehouse.columns import BIG, REAL, SMALL, TEXT, TEXTS, TIME, TRUTH, Column, table


def tables(batch: Batch) -> dict[str, pa.Table]:
    """What the loading SQL calls `in_pages`, `in_posts` and so on."""
    site = batch.site_id
    fetched = {page.page_id: page.fetched_at for page in batch.pages}
    posts = _newest_posts(batch.threads, fetched)
    return {
        "in_site": table([batch], _SITE),
        "in_pages": _of_site(table(batch.pages, _PAGES), site),
        "in_gone": table(batch.gone, _GONE),
        "in_boards_whole": table(batch.boards_whole, _GONE),
        "in_whole": _of_site(table(batch.whole, _WHOLE), site),
        "in_boards": _of_site(table(_boards(batch), _BOARDS), site),
        "in_threads": _of_site(table(batch.threads, _THREADS), site),
        "in_rows": _of_site(table(batch.rows, _ROWS), site),
        "in_authors": _of_site(table(_authors(batch.threads, fetched), _AUTHORS), site),
        "in_posts": _of_site(_posts(posts), site),
        "in_quotes": _of_site(table(_quotes(posts), _QUOTES), site),
        "in_replies": _of_site(table(_replies(batch.threads), _REPLIES), site),
        "in_polls": _of_site(table(_polls(batch.threads), _POLLS), site),
        "in_poll_options": _of_site(table(_options(batch.threads), _OPTIONS), site),
        "in_events": _of_site(table(_events(batch.threads), _EVENTS), site),
    }


def run_table(runs: Iterable[CrawlRun]) -> pa.Table:
    return table(runs, _RUNS)


def stable_id(*parts: object) -> str:
    """A short hash that is the same for the same parts, in any run."""
    return blake2b("\x1f".join(map(str, parts)).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _of_site(made: pa.Table, site: str) -> pa.Table:
    return made.append_column("site_id", pa.repeat(pa.scalar(site), len(made)))


def _newest_posts(threads: Iterable[Thread], fetched: dict[str, datetime]) -> dict[str, tuple[Thread, Post]]:
    """Each post once: after a split, two threads may claim it, and the newer page is right."""
    kept: dict[str, tuple[Thread, Post]] = {}
    for thread in threads:
        for post in thread.posts:
            other = kept.setdefault(post.id, (thread, post))
            if other[1] is not post and _seen(post, fetched) >= _seen(other[1], fetched):
                kept[post.id] = (thread, post)
    return kept


def _seen(post: Post, fetched: dict[str, datetime]) -> float:
    when = fetched.get(post.page_id or "")
    return when.timestamp() if when else 0.0


def _posts(kept: dict[str, tuple[Thread, Post]]) -> pa.Table:
    threads = {thread.id: thread for thread, _ in kept.values()}
    steps = {name: depths(thread.replies) for name, thread in threads.items()}
    made = table([post for _, post in kept.values()], _POSTS)
    made = made.append_column("thread", pa.array([thread.id for thread, _ in kept.values()], TEXT))
    return made.append_column(
        "depth", pa.array([steps[thread.id].get(post.id, 0) for thread, post in kept.values()], SMALL)
    )


def _boards(batch: Batch) -> list[Board]:
    found = [*batch.boards, *(thread.board for thread in batch.threads if thread.board)]
    named_last = sorted(found, key=lambda board: bool(board.title))  # some know a number only
    return list({board.id: board for board in named_last}.values())


@dataclass(slots=True)
class _Person:
    """Somebody as the newest page shows them."""

    author: Author
    shown_at: datetime | None
    names: set[str]
    """All that pages call them."""


def _authors(threads: Iterable[Thread], fetched: dict[str, datetime]) -> list[_Person]:
    """Every person once."""
    people: dict[str, _Person] = {}
    for author, when in _shown(threads, fetched):
        held = people.setdefault(author.key, _Person(author, when, set()))
        if when is not None:
            held.names.add(author.name)
            if held.shown_at is None or when >= held.shown_at:
                held.author, held.shown_at = author, when
    return list(people.values())


def _shown(
    threads: Iterable[Thread], fetched: dict[str, datetime]
) -> Iterator[tuple[Author, datetime | None]]:
    for thread in threads:
        for post in thread.posts:
            if post.author is not None:
                # A name that was inferred says nothing new about the person.
                shown = post.page_id is not None and post.author_method == "byline"
                yield post.author, fetched.get(post.page_id or "") if shown else None
        for event in (*thread.events, *_staff_edits(thread)):
            if event.actor is not None:
                yield event.actor, None


def _quotes(kept: dict[str, tuple[Thread, Post]]) -> Iterator[tuple[Post, Quote]]:
    told = {(post.id, quote.ordinal): (post, quote) for _, post in kept.values() for quote in post.quotes}
    return iter(told.values())


def _replies(threads: Iterable[Thread]) -> Iterator[Reply]:
    edges = {(reply.post, reply.parent): reply for thread in threads for reply in thread.replies}
    return iter(edges.values())


def _polls(threads: Iterable[Thread]) -> Iterator[tuple[Thread, Poll]]:
    return ((thread, poll) for thread in threads for poll in thread.polls)


def _options(threads: Iterable[Thread]) -> Iterator[tuple[Thread, Poll, int, PollOption]]:
    for thread, poll in _polls(threads):
        for number, option in enumerate(poll.options, 1):
            yield thread, poll, number, option


def _events(threads: Iterable[Thread]) -> Iterator[tuple[Thread, PlatformEvent]]:
    told: dict[str, tuple[Thread, PlatformEvent]] = {}
    for thread in threads:
        for event in (*thread.events, *_staff_edits(thread)):
            told.setdefault(_event_seed(thread, event), (thread, event))
    return iter(told.values())


def _staff_edits(thread: Thread) -> Iterator[PlatformEvent]:
    """Edits by somebody other than the author, which the platform shows under the post."""
    for post in thread.posts:
        if post.edited_by_staff:
            yield PlatformEvent(
                kind="post_edited_by_staff",
                post_id=post.id,
                actor=Author(name=post.edited_by) if post.edited_by else None,
                occurred_at=post.edited_at,
                excerpt=post.edit_reason or "",
            )


def _event_seed(thread: Thread, event: PlatformEvent) -> str:
    when = event.occurred_at.timestamp() if event.occurred_at else None
    return stable_id("platform", thread.id, event.post_id, event.kind, when)


_SITE: tuple[Column, ...] = (
    ("site_id", TEXT, attrgetter("site_id")),
    ("platform", TEXT, attrgetter("platform")),
    ("base_url", TEXT, attrgetter("base_url")),
    ("title", TEXT, attrgetter("site_title")),
)
_PAGES: tuple[Column, ...] = (
    ("page_id", TEXT, attrgetter("page_id")),
    ("url", TEXT, attrgetter("url")),
    ("fetched_at", TIME, attrgetter("fetched_at")),
    ("status", SMALL, attrgetter("status")),
    ("etag", TEXT, lambda page: page.header("etag")),
    ("last_modified", TEXT, lambda page: page.header("last-modified")),
    ("content_sha256", TEXT, attrgetter("content_sha256")),
    ("archive_file", TEXT, attrgetter("archive_file")),
    ("archive_offset", BIG, attrgetter("archive_offset")),
    ("archive_length", BIG, attrgetter("archive_length")),
    ("run_id", TEXT, attrgetter("run_id")),
    ("begins_thread", TEXT, attrgetter("begins_thread")),
)
_POLLS: tuple[Column, ...] = (
    ("thread", TEXT, lambda told: told[0].id),
    ("id", TEXT, lambda told: told[1].id),
    ("post", TEXT, lambda told: told[1].post_id),
    ("question", TEXT, lambda told: told[1].question),
    ("option_count", SMALL, lambda told: len(told[1].options)),
    ("voters", BIG, lambda told: told[1].voters),
    ("max_choices", SMALL, lambda told: told[1].max_choices),
    ("is_closed", TRUTH, lambda told: told[1].is_closed),
    ("closes_at", TIME, lambda told: told[1].closes_at),
)
_OPTIONS: tuple[Column, ...] = (
    ("thread", TEXT, lambda told: told[0].id),
    ("poll", TEXT, lambda told: told[1].id),
    ("number", SMALL, lambda told: told[2]),
    ("option", TEXT, lambda told: told[3].text),
    ("votes", BIG, lambda told: told[3].votes),
)
_RUNS: tuple[Column, ...] = (
    ("run_id", TEXT, attrgetter("run_id")),
    ("site_id", TEXT, attrgetter("site_id")),
    ("started_at", TIME, attrgetter("started_at")),
    ("finished_at", TIME, attrgetter("finished_at")),
    ("pages_fetched", BIG, attrgetter("pages_fetched")),
    ("pages_unchanged", BIG, attrgetter("pages_unchanged")),
    ("pages_failed", BIG, attrgetter("pages_failed")),
    ("bytes_received", BIG, attrgetter("bytes_received")),
    ("outcome", TEXT, attrgetter("outcome")),
)
_GONE: tuple[Column, ...] = (("page_id", TEXT, lambda page_id: page_id),)
_WHOLE: tuple[Column, ...] = (("id", TEXT, itemgetter(0)), ("from_at", TIME, itemgetter(1)))
_BOARDS: tuple[Column, ...] = (
    ("id", TEXT, attrgetter("id")),
    ("title", TEXT, attrgetter("title")),
    ("url", TEXT, attrgetter("url")),
)
_THREADS: tuple[Column, ...] = (
    ("id", TEXT, attrgetter("id")),
    ("board", TEXT, lambda thread: thread.board.id if thread.board else None),
    ("title", TEXT, attrgetter("title")),
    ("url", TEXT, attrgetter("url")),
    ("started_at", TIME, attrgetter("started_at")),
    ("stated_reply_count", BIG, attrgetter("stated_reply_count")),
    ("view_count", BIG, attrgetter("view_count")),
    ("is_locked", TRUTH, lambda thread: bool(thread.is_locked)),
    ("is_sticky", TRUTH, lambda thread: bool(thread.is_sticky)),
    ("is_solved", TRUTH, attrgetter("is_solved")),
    ("status", TEXT, attrgetter("status")),
    ("state", TEXT, lambda thread: thread.state.value),
)
_ROWS: tuple[Column, ...] = (
    ("id", TEXT, attrgetter("id")),
    ("reply_count", BIG, attrgetter("reply_count")),
    ("is_sticky", TRUTH, attrgetter("is_sticky")),
    ("is_locked", TRUTH, attrgetter("is_locked")),
    ("is_moved", TRUTH, attrgetter("is_moved")),
)
_AUTHORS: tuple[Column, ...] = (
    ("id", TEXT, attrgetter("author.key")),
    ("name", TEXT, attrgetter("author.name")),
    ("login", TEXT, attrgetter("author.login")),
    ("user_id", TEXT, attrgetter("author.user_id")),
    ("profile_url", TEXT, attrgetter("author.profile_url")),
    ("role", TEXT, attrgetter("author.role")),
    ("is_staff", TRUTH, attrgetter("author.is_staff")),
    ("shown_at", TIME, attrgetter("shown_at")),
    ("former_names", TEXTS, lambda person: sorted(person.names - {person.author.name})),
)
_POSTS: tuple[Column, ...] = (
    ("id", TEXT, attrgetter("id")),
    ("author", TEXT, lambda post: post.author.key if post.author else None),
    ("author_method", TEXT, attrgetter("author_method")),
    ("author_confidence", REAL, attrgetter("author_confidence")),
    ("position", SMALL, attrgetter("position")),
    ("posted_at", TIME, attrgetter("posted_at")),
    ("edited_at", TIME, attrgetter("edited_at")),
    ("edited_by", TEXT, attrgetter("edited_by")),
    ("url", TEXT, attrgetter("url")),
    ("text", TEXT, attrgetter("text")),
    ("full_text", TEXT, attrgetter("full_text")),
    ("like_count", BIG, attrgetter("like_count")),
    ("dislike_count", BIG, attrgetter("dislike_count")),
    ("declared_stance", TEXT, attrgetter("declared_stance")),
    ("is_solution", TRUTH, attrgetter("is_solution")),
    ("page_id", TEXT, attrgetter("page_id")),
    ("state", TEXT, lambda post: post.state.value),
    ("edited_by_staff", TRUTH, attrgetter("edited_by_staff")),
    ("edit_reason", TEXT, attrgetter("edit_reason")),
    ("aliases", TEXTS, attrgetter("aliases")),
    ("reply_to", TEXT, attrgetter("reply_to")),
    ("reply_to_name", TEXT, attrgetter("reply_to_name")),
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
    ("post", TEXT, attrgetter("post")),
    ("parent", TEXT, attrgetter("parent")),
    ("method", TEXT, attrgetter("method")),
    ("confidence", REAL, attrgetter("confidence")),
    ("is_primary", TRUTH, attrgetter("is_primary")),
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
