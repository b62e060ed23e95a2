"""What the warehouse holds of the threads that a report shows: rows, thread by thread."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from reports.sections.highlight import TagRow
from reports.sections.polls import PollRow
from reports.source import Source

POSTS = 400
"""Posts of one thread on its page; the rest stands at the original."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A thread; its fields are the columns of `report_thread_heads.sql`."""

    thread_id: str
    title: str
    url: str | None
    board: str
    is_locked: bool
    is_solved: bool
    status: str | None
    """What became of the idea, as shown."""
    state: str
    stated_reply_count: int | None
    rows: int
    """Posts and lost posts, of which a page shows the first."""
    posts: int
    ghosts: int
    people: int
    period_posts: int
    supports: int
    opposes: int
    """Replies for and against the post that they answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow:
    """A post; its fields are the columns of `report_thread_posts.sql`."""

    post_id: str
    thread_id: str
    position: int | None
    stamp: datetime | None
    text: str
    url: str | None
    state: str
    is_solution: bool
    edited_at: datetime | None
    edited_by: str
    author_id: str | None
    author: str
    role: str
    is_staff: bool
    author_method: str | None
    author_confidence: float | None
    parent_post_id: str | None
    reply_method: str | None
    reply_confidence: float | None
    page_id: str | None
    like_count: int | None
    dislike_count: int | None
    is_in_period: bool


def number(row: PostRow) -> str:
    """What a post is called on its page."""
    if row.state == "ghost":
        return "a lost post"
    if row.position is None:
        return "–"
    # Forums number what is left: the post after a removed one has its number now.
    return f"{row.position} (removed)" if row.state == "removed" else str(row.position)


def place(row: PostRow) -> str:
    """The same within a sentence."""
    said = number(row)
    return said if row.state == "ghost" else f"post {said}"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRow:
    """A quote; its fields are the columns of `report_thread_quotes.sql`."""

    post_id: str
    ordinal: int
    depth: int
    attributed_to: str
    text: str
    source_post_id: str | None
    source_method: str | None
    source_confidence: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """A moderation event; its fields are the columns of `report_thread_events.sql`."""

    thread_id: str | None
    post_id: str | None
    kind: str
    maybe_by_author: bool
    methods: list[str]
    stamp: datetime | None
    is_detection: bool
    excerpt: str
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """Another word on what became of the idea; its fields are the columns of `report_thread_statuses.sql`."""

    thread_id: str
    stamp: datetime
    status: str
    previous: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The rows of one thread."""

    head: Head
    posts: Sequence[PostRow]
    quotes: dict[str, list[QuoteRow]]
    tags: dict[str, list[TagRow]]
    events: Sequence[EventRow]
    statuses: Sequence[StatusChange]
    polls: Sequence[PollRow]


def contents(source: Source, thread_ids: Sequence[str]) -> Iterable[Content]:
    """The rows of the threads asked for, in the warehouse's order of their ids."""
    heads = {head.thread_id: head for head in source.rows(Head, "thread_heads", thread_ids=list(thread_ids))}
    posts = source.rows(PostRow, "thread_posts", thread_ids=list(thread_ids), limit=POSTS)
    shown = [post.post_id for post in posts]
    quotes = {
        key: list(rows)
        for key, rows in groupby(
            source.rows(QuoteRow, "thread_quotes", post_ids=shown), key=lambda row: row.post_id
        )
    }
    tags = {
        key: list(rows)
        for key, rows in groupby(
            source.rows(TagRow, "thread_tags", post_ids=shown), key=lambda row: row.post_id
        )
    }
    events: dict[str, list[EventRow]] = {}
    for event in source.rows(EventRow, "thread_events", thread_ids=list(thread_ids)):
        events.setdefault(event.thread_id or "", []).append(event)
    statuses: dict[str, list[StatusChange]] = {}
    for change in source.rows(StatusChange, "thread_statuses", thread_ids=list(thread_ids)):
        statuses.setdefault(change.thread_id, []).append(change)
    polls: dict[str, list[PollRow]] = {}
    for poll in source.rows(PollRow, "thread_polls", thread_ids=list(thread_ids)):
        polls.setdefault(poll.thread_id, []).append(poll)
    for thread_id, rows in groupby(posts, key=lambda row: row.thread_id):
        yield Content(
            head=heads[thread_id],
            posts=list(rows),
            quotes=quotes,
            tags=tags,
            events=events.get(thread_id, []),
            statuses=statuses.get(thread_id, []),
            polls=polls.get(thread_id, []),
        )
