"""Acts of moderation one by one: the timeline, and the acts behind each number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from reports import links, words
from reports.sections.proposal_rows import page_of as proposal_page
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
class Subject:
    """A proposal raised in moderated threads."""

    proposal_id: str
    label: str
    events: int
    threads: int

    @property
    def name(self) -> str:
        return words.title(self.label)

    @property
    def page(self) -> str:
        return proposal_page(self.proposal_id)

    @property
    def acts(self) -> str:
        """What the list of the acts in its threads is called."""
        return f"Acts in threads on {self.name}"

    @property
    def acts_page(self) -> str:
        return page_of(f"about {self.proposal_id}")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One event; its fields are the columns of `report_moderation_events.sql`."""

    event_id: str
    kind: str
    maybe_by_author: bool
    """Nobody says that staff did it, and an author can do as much to what is theirs."""
    span: str | None
    """How long after its post; None where that is not known."""
    subjects: list[str]
    """The proposals, of those asked for, that its thread speaks of."""
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

    title: str
    page: str
    events: tuple[Event, ...]

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


def newest(source: Source, subjects: Sequence[Subject]) -> list[EventRow]:
    """The newest events of all, of each kind, of each span of time after a post and about each of these
    subjects; the newest first."""
    about = [subject.proposal_id for subject in subjects]
    return source.rows(EventRow, "moderation_events", limit=TIMELINE, subjects=about)


def named(kind: str, maybe_by_author: bool) -> str:
    """What an event is called; where nobody says whose act it is, by both who can have done it."""
    return f"{words.kind(kind)}, by staff or its author" if maybe_by_author else words.kind(kind)


def when_told(stamp: datetime | None, is_detection: bool) -> str:
    """When it happened; where no page tells, when it was seen."""
    return ("seen " if is_detection else "") + words.minute(stamp)


def how_told(methods: Sequence[str]) -> str:
    """How it is known."""
    return words.listed([HOW.get(method, method) for method in methods])


def timeline(rows: Sequence[EventRow], pages: Mapping[str, str]) -> tuple[Month, ...]:
    """The newest events by month; `pages` says which threads have a page in this report."""
    return tuple(
        Month(name=name, events=tuple(_event(row, pages) for row in found))
        for name, found in groupby(rows[:TIMELINE], key=_month)
    )


def ledgers(
    rows: Sequence[EventRow], pages: Mapping[str, str], subjects: Sequence[Subject]
) -> tuple[Ledger, ...]:
    """The events of each kind, of each span of time after a post, and in threads about each subject, to be
    read behind their number."""
    found: dict[tuple[str, str], list[EventRow]] = {}
    about = {subject.proposal_id: (subject.acts_page, subject.acts) for subject in subjects}
    for row in rows:
        names = (named(row.kind, row.maybe_by_author), row.span)
        kinds = [(page_of(name), name.capitalize()) for name in names if name]
        for key in (*kinds, *(about[subject] for subject in row.subjects)):
            found.setdefault(key, []).append(row)
    return tuple(
        Ledger(title=title, page=page, events=tuple(_event(row, pages) for row in of[:TIMELINE]))
        for (page, title), of in sorted(found.items())
    )


def page_of(name: str) -> str:
    return f"moderation/{links.file_name(name)}.html"


def _event(row: EventRow, pages: Mapping[str, str]) -> Event:
    return Event(
        kind=named(row.kind, row.maybe_by_author),
        is_recent=row.is_recent,
        how=how_told(row.methods),
        when=when_told(row.stamp, row.is_detection),
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
