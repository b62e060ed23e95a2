"""What the warehouse holds of the people that a report names: rows, person by person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from reports.source import Source

SAID, STANDS, OTHERS, THREADS, EVENTS = 60, 20, 10, 12, 20
"""Shown of one person: statements, proposals, people answered, threads, events of moderation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A person counted (`report_people.sql`)."""

    author_id: str
    name: str
    role: str
    is_staff: bool
    profile_url: str | None
    site: str
    posts: int
    opened: int
    threads: int
    recent_posts: int
    asked_for: int
    """Proposals."""
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandRow:
    """Where they stand on a proposal (`report_person_stands.sql`)."""

    author_id: str
    proposal_id: str
    label: str
    side: str
    """`support`, `oppose`, `mixed`, or `raised` where they only ask for it."""
    statements: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRow:
    """Something said of a proposal (`report_person_said.sql`)."""

    author_id: str
    proposal_id: str
    label: str
    side: str
    """`support`, `oppose`, `mixed`, or `raised` where they ask for it."""
    asks: bool
    """The same words ask for it and take this side."""
    is_carried: bool
    """Known by how they answer somebody, not by words about the proposal."""
    total: int
    stamp: datetime | None
    confidence: float
    excerpt: str
    rule: str
    lead: str | None
    tail: str | None
    opening: str
    post_id: str
    thread_id: str
    thread_title: str
    url: str | None
    page_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """Replies between this person and another one (`report_person_answers.sql`)."""

    author_id: str
    other_id: str
    other: str
    direction: str
    replies: int
    supports: int
    opposes: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadRow:
    """A thread they wrote in (`report_person_threads.sql`)."""

    author_id: str
    thread_id: str
    title: str
    url: str | None
    posts: int
    has_opened: bool
    last_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """Moderation that they did, or that met them (`report_person_events.sql`)."""

    author_id: str
    part: str
    kind: str
    maybe_by_author: bool
    stamp: datetime | None
    is_detection: bool
    methods: list[str]
    excerpt: str
    thread_id: str | None
    thread_title: str | None
    post_id: str | None
    url: str | None
    page_id: str | None
    actor: str
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The rows of one person."""

    person: PersonRow
    stands: Sequence[StandRow]
    said: Sequence[SaidRow]
    answers: Sequence[AnswerRow]
    threads: Sequence[ThreadRow]
    events: Sequence[EventRow]


class _OfAuthor(Protocol):
    @property
    def author_id(self) -> str: ...


Row = TypeVar("Row", bound=_OfAuthor)


def known(source: Source, author_ids: Sequence[str]) -> list[Known]:
    """What is known of these people, those who wrote most first; pseudonyms are left out."""
    people = source.rows(PersonRow, "people", author_ids=list(author_ids))
    ids = [row.author_id for row in people]
    stands = _by_author(source.rows(StandRow, "person_stands", author_ids=ids, limit=STANDS))
    said = _by_author(source.rows(SaidRow, "person_said", author_ids=ids, limit=SAID))
    answers = _by_author(source.rows(AnswerRow, "person_answers", author_ids=ids, limit=OTHERS))
    threads = _by_author(source.rows(ThreadRow, "person_threads", author_ids=ids, limit=THREADS))
    events = _by_author(source.rows(EventRow, "person_events", author_ids=ids, limit=EVENTS))
    return [
        Known(
            person=row,
            stands=stands.get(row.author_id, []),
            said=said.get(row.author_id, []),
            answers=answers.get(row.author_id, []),
            threads=threads.get(row.author_id, []),
            events=events.get(row.author_id, []),
        )
        for row in people
    ]


def _by_author(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.author_id, []).append(row)
    return found
