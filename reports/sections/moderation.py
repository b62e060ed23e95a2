"""What staff did: of which kinds, how fast, about what, and the whole timeline."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from markupsafe import Markup

from reports import cells, links, words
from reports.numbers import Share, counted, duration
from reports.sections.ranking import page_of
from reports.source import Source

TIMELINE = 500
"""Events on the timeline, newest first."""
SUBJECTS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Events of one kind; its fields are the columns of `report_moderation_kinds.sql`."""

    kind: str
    events: int
    recent_events: int
    threads: int
    seen_by_recrawl: int

    @property
    def name(self) -> str:
        return words.kind(self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """How long staff took, where both times are known (`report_moderation_speed.sql`)."""

    events: int
    within_hour: int
    within_day: int
    within_week: int
    median_hours: float | None


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
        return page_of(self.proposal_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLine:
    """A kind in the table of what staff did, with its bar."""

    name: str
    page: str | None
    """Its newest event on the timeline; None where the timeline does not reach back to it."""
    events: int
    recent_events: int
    threads: int
    seen_by_recrawl: int
    bar: Markup = field(metadata={"figure": False})


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedLine:
    """How many moderated posts were acted on within a span of time."""

    name: str
    posts: int
    bar: Markup = field(metadata={"figure": False})


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderation:
    """The section of the front page."""

    events: int
    kinds: tuple[KindLine, ...]
    speeds: tuple[SpeedLine, ...]
    subjects: tuple[Subject, ...]
    within_day: Share
    sentence: str
    days: int
    """Of the recent stretch."""

    @property
    def extent(self) -> str:
        """What the timeline leaves out; empty where it holds all."""
        if self.events <= TIMELINE:
            return ""
        return (
            f"Below: the newest {TIMELINE} of {counted(self.events, 'event')}; the view moderation_timeline "
            "of the warehouse holds all."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One event; its fields are the columns of `report_moderation_events.sql`."""

    event_id: str
    kind: str
    methods: list[str]
    stamp: datetime | None
    is_detection: bool
    is_dated: bool
    """It is known when it happened, or between which two crawls."""
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
    mark: str
    """The name of this place on the page, where it is the newest event of its kind."""
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


HOW = {
    "notice": "said in a notice",
    "redaction": "left as a mark in the text",
    "platform": "shown by the forum",
    "recrawl": "seen by comparing two crawls",
}


def moderation(source: Source, paged: Container[str], told: Sequence[Month]) -> Moderation:
    """The moderation section of the front page; `paged` are the proposals that have a page."""
    subjects = source.rows(Subject, "moderation_subjects", limit=10 * SUBJECTS)
    kinds = source.rows(Kind, "moderation_kinds")
    speed = source.one(Speed, "moderation_speed")
    events = sum(kind.events for kind in kinds)
    bars = cells.meters([kind.events for kind in kinds])
    marks = {event.mark for month in told for event in month.events}
    return Moderation(
        events=events,
        kinds=tuple(_line(kind, marks, bar) for kind, bar in zip(kinds, bars, strict=True)),
        speeds=tuple(_speeds(speed)) if speed.events > 1 else (),
        subjects=tuple(row for row in subjects if row.proposal_id in paged)[:SUBJECTS],
        within_day=Share(speed.within_day, speed.events),
        sentence=_sentence(kinds, speed, events),
        days=source.period.recent_days,
    )


def _line(kind: Kind, marks: Container[str], bar: Markup) -> KindLine:
    mark = _mark(kind.kind)
    return KindLine(
        name=kind.name,
        page=f"moderation.html#{mark}" if mark in marks else None,
        events=kind.events,
        recent_events=kind.recent_events,
        threads=kind.threads,
        seen_by_recrawl=kind.seen_by_recrawl,
        bar=bar,
    )


def _mark(kind: str) -> str:
    return f"kind-{links.file_name(kind)}"


def _speeds(speed: Speed) -> Iterator[SpeedLine]:
    """Each post in one span: those within the hour are not counted again within the day."""
    spans = (
        ("within an hour", speed.within_hour),
        ("within a day", speed.within_day - speed.within_hour),
        ("within a week", speed.within_week - speed.within_day),
        ("later", speed.events - speed.within_week),
    )
    bars = cells.meters([posts for _, posts in spans])
    for (name, posts), bar in zip(spans, bars, strict=True):
        yield SpeedLine(name=name, posts=posts, bar=bar)


def timeline(source: Source, pages: dict[str, str]) -> tuple[Month, ...]:
    """The newest events by month; `pages` says which threads have a page in this report."""
    rows = source.rows(EventRow, "moderation_events", limit=TIMELINE)
    newest = {row.kind: row.event_id for row in reversed(rows)}
    return tuple(
        Month(name=name, events=tuple(_event(row, pages, newest) for row in found))
        for name, found in groupby(rows, key=_month)
    )


def _event(row: EventRow, pages: dict[str, str], newest: dict[str, str]) -> Event:
    return Event(
        kind=words.kind(row.kind),
        mark=_mark(row.kind) if newest[row.kind] == row.event_id else "",
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


def _sentence(kinds: Sequence[Kind], speed: Speed, events: int) -> str:
    if not events:
        return "No moderation was seen in this period."
    return f"{_seen(kinds, events)} {_speed(speed)}"


def _seen(kinds: Sequence[Kind], events: int) -> str:
    if len(kinds) == 1:
        return f"{counted(events, 'event')} seen: {kinds[0].name}."
    return f"{counted(events, 'event')} of {len(kinds)} kinds seen; {_most(kinds)}."


def _most(kinds: Sequence[Kind]) -> str:
    """The most frequent kind; several where they are equally frequent."""
    top = [kind.name for kind in kinds if kind.events == kinds[0].events]
    if len(top) == len(kinds):
        return "each as often as the others"
    each = f"{kinds[0].events} each" if len(top) > 1 else str(kinds[0].events)
    return f"most often {words.listed(top)} ({each})"


def _speed(speed: Speed) -> str:
    if not speed.events:
        return "How fast staff acted is not known: no moderated post carries both times."
    if speed.events == 1:
        return f"Staff acted after {duration(speed.median_hours)} on the one post that carries both times."
    share = Share(speed.within_day, speed.events)
    return (
        f"Of {counted(speed.events, 'post')} with both times known, half were acted on within "
        f"{duration(speed.median_hours)}; within a day: {share.text}."
    )
