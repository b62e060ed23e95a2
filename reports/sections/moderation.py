"""What staff did: of which kinds, how fast, about what, and the whole timeline."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from reports import cells, words
from reports.numbers import Share, counted, duration
from reports.sections.moderation_events import TIMELINE, Subject, named
from reports.sections.moderation_events import page_of as acts_page
from reports.source import Source

SUBJECTS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Events of one kind; its fields are the columns of `report_moderation_kinds.sql`."""

    kind: str
    maybe_by_author: bool
    events: int
    recent_events: int
    threads: int

    @property
    def name(self) -> str:
        return named(self.kind, self.maybe_by_author)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """How long staff took, where both times are known (`report_moderation_speed.sql`)."""

    events: int
    within_hour: int
    within_day: int
    within_week: int
    median_hours: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLine:
    """A kind in the table of what staff did, with its bar."""

    name: str
    page: str
    """Where its events stand one by one."""
    events: int
    recent_events: int
    threads: int
    bar: Markup = field(metadata={"figure": False})


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedLine:
    """How many moderated posts were acted on within a span of time."""

    name: str
    page: str
    """Where its events stand one by one."""
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
            f"Below: the newest {TIMELINE} of {counted(self.events, 'act')}; the view moderation_timeline "
            "of the warehouse holds all."
        )


def subjects(source: Source, paged: Container[str]) -> tuple[Subject, ...]:
    """What the moderated threads were about; `paged` are the proposals that have a page."""
    found = source.rows(Subject, "moderation_subjects", limit=10 * SUBJECTS)
    return tuple(row for row in found if row.proposal_id in paged)[:SUBJECTS]


def moderation(source: Source, about: tuple[Subject, ...]) -> Moderation:
    """The moderation section of the front page."""
    kinds = source.rows(Kind, "moderation_kinds")
    speed = source.one(Speed, "moderation_speed")
    events = sum(kind.events for kind in kinds)
    bars = cells.meters([kind.events for kind in kinds])
    return Moderation(
        events=events,
        kinds=tuple(_line(kind, bar) for kind, bar in zip(kinds, bars, strict=True)),
        speeds=tuple(_speeds(speed)) if speed.events > 1 else (),
        subjects=about,
        within_day=Share(speed.within_day, speed.events),
        sentence=_sentence(kinds, speed, events),
        days=source.period.recent_days,
    )


def _line(kind: Kind, bar: Markup) -> KindLine:
    return KindLine(
        name=kind.name,
        page=acts_page(kind.name),
        events=kind.events,
        recent_events=kind.recent_events,
        threads=kind.threads,
        bar=bar,
    )


def _speeds(speed: Speed) -> Iterator[SpeedLine]:
    """Each post in one span: those within the hour are not counted again within the day."""
    spans = (
        ("within an hour", speed.within_hour),
        ("after an hour, within a day", speed.within_day - speed.within_hour),
        ("after a day, within a week", speed.within_week - speed.within_day),
        ("after more than a week", speed.events - speed.within_week),
    )
    bars = cells.meters([posts for _, posts in spans])
    for (name, posts), bar in zip(spans, bars, strict=True):
        yield SpeedLine(name=name, page=acts_page(name), posts=posts, bar=bar)


def _sentence(kinds: Sequence[Kind], speed: Speed, events: int) -> str:
    if not events:
        return "No moderation was seen in this period."
    return f"{_seen(kinds, events)} {_speed(speed)}"


def _seen(kinds: Sequence[Kind], events: int) -> str:
    if len(kinds) == 1:
        return f"{counted(events, 'act')} of moderation seen: {kinds[0].name}."
    seen = f"{counted(events, 'act')} of moderation of {len(kinds)} kinds seen; {_most(kinds)}."
    doubtful = sum(kind.events for kind in kinds if kind.maybe_by_author)
    return (
        f"{seen} Of {doubtful} of them nobody says whether staff did it or the author." if doubtful else seen
    )


def _most(kinds: Sequence[Kind]) -> str:
    """The most frequent kind; several where they are equally frequent."""
    top = [kind.name for kind in kinds if kind.events == kinds[0].events]
    if len(top) == len(kinds):
        return f"{kinds[0].events} of each"
    each = f"{kinds[0].events} each" if len(top) > 1 else str(kinds[0].events)
    return f"most often {words.listed(top)} ({each})"


def _speed(speed: Speed) -> str:
    if not speed.events:
        return "How fast is not known: of no moderated post are both times known."
    if speed.events == 1:
        return (
            f"The one post of which both times are known was acted on within {duration(speed.median_hours)}."
        )
    share = Share(speed.within_day, speed.events)
    return (
        f"Of the {speed.events} acts on a post of which both times are known, half came within "
        f"{duration(speed.median_hours)}; within a day: {share.text}."
    )
