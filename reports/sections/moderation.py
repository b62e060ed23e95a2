"""What staff did: of which kinds, how fast, about what, and the whole timeline."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from reports import charts, links, words
from reports.numbers import Share, counted, duration
from reports.sections.ranking import page_of
from reports.source import Source

TIMELINE = 500
"""Events on the timeline, newest first."""
SUBJECTS = 8
_KINDS_DRAWN = 8


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
    within_day: int
    median_hours: float | None
    slow_hours: float | None


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
class Moderation:
    """The section of the front page."""

    events: int
    kinds: tuple[Kind, ...]
    subjects: tuple[Subject, ...]
    within_day: Share
    sentence: str
    chart: charts.Chart | None

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
    excerpt: str
    confidence: float
    thread_id: str | None
    thread_title: str | None
    thread_url: str | None
    post_id: str | None
    url: str | None
    actor: str
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event as a reader sees it."""

    kind: str
    how: str
    when: str
    actor: str
    excerpt: str
    thread_title: str
    thread_page: str | None
    anchor: str | None
    """The post's place on the thread's page."""
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    name: str
    events: tuple[Event, ...]


_HOW = {
    "notice": "said in a notice",
    "redaction": "left as a mark in the text",
    "platform": "shown by the forum",
    "recrawl": "seen by comparing two crawls",
}


def moderation(source: Source, paged: Container[str]) -> Moderation:
    """The moderation section of the front page; `paged` are the proposals that have a page."""
    subjects = source.rows(Subject, "moderation_subjects", limit=10 * SUBJECTS)
    kinds = tuple(source.rows(Kind, "moderation_kinds"))
    speed = source.one(Speed, "moderation_speed")
    events = sum(kind.events for kind in kinds)
    return Moderation(
        events=events,
        kinds=kinds,
        subjects=tuple(row for row in subjects if row.proposal_id in paged)[:SUBJECTS],
        within_day=Share(speed.within_day, speed.events),
        sentence=_sentence(kinds, speed, events),
        chart=_chart(kinds),
    )


def timeline(source: Source, pages: dict[str, str]) -> tuple[Month, ...]:
    """The newest events by month; `pages` says which threads have a page in this report."""
    rows = source.rows(EventRow, "moderation_events", limit=TIMELINE)
    return tuple(
        Month(name=name, events=tuple(_event(row, pages) for row in found))
        for name, found in groupby(rows, key=lambda row: _month(row.stamp))
    )


def _event(row: EventRow, pages: dict[str, str]) -> Event:
    return Event(
        kind=words.kind(row.kind),
        how=words.listed([_HOW.get(method, method) for method in row.methods]),
        when=("seen " if row.is_detection else "") + words.minute(row.stamp),
        actor=words.clip(row.actor, 60),
        excerpt=words.excerpt(row.excerpt),
        thread_title=words.title(row.thread_title or ""),
        thread_page=pages.get(row.thread_id or ""),
        anchor=links.anchor(row.post_id) if row.post_id else None,
        url=links.outward(row.url) or links.outward(row.thread_url),
    )


def _month(when: date | None) -> str:
    return words.day(when).partition(" ")[2] if when else "no date"


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


def _chart(kinds: Sequence[Kind]) -> charts.Chart | None:
    if len(kinds) < 2:
        return None
    drawn = kinds[:_KINDS_DRAWN]
    rows = [{"name": kind.name, "part": "events", "count": kind.events} for kind in drawn]
    rest = (
        ""
        if len(kinds) <= _KINDS_DRAWN
        else f" The {len(kinds) - _KINDS_DRAWN} rarest are in the table only."
    )
    return charts.drawn(
        charts.bars_across(rows, title="events", series={"events": charts.ACCENT}),
        key="moderation-kinds",
        title="What staff did",
        sentence=f"{len(kinds)} kinds of moderation, {_most(kinds)}.{rest}",
        alt="Bars: " + ", ".join(f"{kind.name} {kind.events}" for kind in drawn),
        table=charts.Table(
            headings=("Kind", "Events", "Threads", "Seen by recrawl only"),
            rows=tuple((kind.name, kind.events, kind.threads, kind.seen_by_recrawl) for kind in kinds),
        ),
        height=24 * len(drawn),
    )
