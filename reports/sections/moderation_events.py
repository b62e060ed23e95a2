"""Acts of moderation one by one: the timeline, and the acts behind each number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from reports import links, words
from reports.source import Source

TIMELINE = 500
"""Events on the timeline, and behind a number; the newest."""

HOW = {
    "notice": "said in a notice",
    "redaction": "left as a mark in the text",
    "platform": "shown by the forum",
    "recrawl": "seen by comparing two crawls",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One event; its fields are the columns of `report_moderation_events.sql`."""

    event_id: str
    kind: str
    span: str | None
    """How long after its post; None where that is not known."""
    methods: list[str]
    stamp: datetime | None
    is_detection: bool
    is_dated: bool
    """It is known when it happened, or between which two crawls."""
    is_recent: bool
    excerpt: str
    confidence: float
    thread_id: str | None
    thread_title: str | None
    thread_url: str | None
    post_id: str | None
    url: str | None
    page_id: str | None
    actor_id: str | None
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event as a reader sees it."""

    kind: str
    is_recent: bool
    how: str
    when: str
    actor_id: str | None
    actor: str
    excerpt: str
    thread_title: str
    thread_page: str | None
    anchor: str | None
    """The post's place on the thread's page."""
    url: str | None
    page_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    name: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The events behind a number."""

    name: str
    events: tuple[Event, ...]

    @property
    def title(self) -> str:
        return words.kind(self.name)

    @property
    def page(self) -> str:
        return page_of(self.name)

    @property
    def parts(self) -> tuple[tuple[str, str, tuple[Event, ...]], ...]:
        """Anchor, heading and events of the recent stretch and of what was before, where there are any."""
        parts = (
            ("lately", "Lately", tuple(event for event in self.events if event.is_recent)),
            ("before", "Before", tuple(event for event in self.events if not event.is_recent)),
        )
        return tuple(part for part in parts if part[2])

    @property
    def extent(self) -> str:
        """What may be left out; empty where nothing is."""
        return f"The newest {TIMELINE}." if len(self.events) == TIMELINE else ""


def newest(source: Source) -> list[EventRow]:
    """The newest events of all, of each kind and of each span of time after a post; the newest first."""
    return source.rows(EventRow, "moderation_events", limit=TIMELINE)


def timeline(rows: Sequence[EventRow], pages: Mapping[str, str]) -> tuple[Month, ...]:
    """The newest events by month; `pages` says which threads have a page in this report."""
    return tuple(
        Month(name=name, events=tuple(_event(row, pages) for row in found))
        for name, found in groupby(rows[:TIMELINE], key=_month)
    )


def ledgers(rows: Sequence[EventRow], pages: Mapping[str, str]) -> tuple[Ledger, ...]:
    """The events of each kind, and of each span of time after a post, to be read behind their number."""
    found: dict[str, list[EventRow]] = {}
    for row in rows:
        for name in (row.kind, row.span):
            if name:
                found.setdefault(name, []).append(row)
    return tuple(
        Ledger(name=name, events=tuple(_event(row, pages) for row in of[:TIMELINE]))
        for name, of in sorted(found.items())
    )


def page_of(name: str) -> str:
    return f"moderation/{links.file_name(name)}.html"


def _event(row: EventRow, pages: Mapping[str, str]) -> Event:
    return Event(
        kind=words.kind(row.kind),
        is_recent=row.is_recent,
        how=words.listed([HOW.get(method, method) for method in row.methods]),
        when=("seen " if row.is_detection else "") + words.minute(row.stamp),
        actor_id=row.actor_id,
        actor=words.clip(row.actor, 60),
        excerpt=words.excerpt(row.excerpt),
        thread_title=words.title(row.thread_title or ""),
        thread_page=pages.get(row.thread_id or ""),
        anchor=links.anchor(row.post_id) if row.post_id else None,
        url=links.outward(row.url) or links.outward(row.thread_url),
        page_id=row.page_id,
    )


def _month(row: EventRow) -> str:
    if not row.is_dated or not row.stamp:
        return "When is not known"
    return words.day(row.stamp).partition(" ")[2]
