"""One person: what they asked for, where they stand over time, whom they answer, what moderation met them."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from reports import lanes, links, words
from reports.numbers import counted, grouped
from reports.sections.evidence import CONTEXT, around
from reports.sections.moderation_events import how_told, named, when_told
from reports.sections.person_rows import (
    AnswerRow,
    EventRow,
    Known,
    PersonRow,
    SaidRow,
    ThreadRow,
)
from reports.sections.person_stands import (
    Stand,
    more_stands,
    said_anchor,
    side_name,
    sides,
    stands,
    statements,
    stretch,
)
from reports.sections.proposal_rows import page_of as proposal_page
from reports.sections.thread_index import by_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One statement, with the words that carry it."""

    anchor: str
    side: str
    side_name: str
    asks: bool
    """The same words ask for it."""
    is_carried: bool
    label: str
    page: str | None
    """The proposal's page; None where it has none."""
    day: str
    before: str
    words: str
    after: str
    thread_id: str
    thread_title: str
    post_anchor: str
    url: str | None
    page_id: str | None
    rule: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Somebody they answer, or who answers them."""

    author_id: str
    name: str
    replies: int
    supports: int
    opposes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WroteIn:
    thread_id: str
    title: str
    url: str | None
    posts: int
    has_opened: bool
    last_day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An event of moderation that concerns them."""

    kind: str
    when: str
    how: str
    actor: str
    excerpt: str
    thread_id: str
    thread_title: str
    post_anchor: str | None
    url: str | None
    page_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A list of which a part may be shown."""

    total: int
    shown: int

    @property
    def extent(self) -> str:
        """How much of it is shown; empty where all is."""
        return "" if self.shown >= self.total else f"The {self.shown} newest of {grouped(self.total)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Everything a person's page shows."""

    author_id: str
    page: str
    name: str
    role: str
    is_staff: bool
    profile_url: str | None
    site: str
    sentence: str
    posts: int
    opened: int
    thread_count: int
    recent_posts: int
    first_day: str
    last_day: str
    wrote: str
    """From when to when."""
    asked_for: int
    """Proposals they asked for."""
    stands: tuple[Stand, ...]
    more_stands: str
    """How many are not shown; empty where all are."""
    stretch: tuple[str, ...]
    """The days of the first and the last dated statement, the ends of the lanes; empty without any."""
    said: tuple[Said, ...]
    said_part: Part
    answers: tuple[Other, ...]
    answers_total: int
    answered_by: tuple[Other, ...]
    answered_by_total: int
    """People they answer, and who answer them; the lists hold those with most replies."""
    threads: tuple[WroteIn, ...]
    did: tuple[Act, ...]
    did_part: Part
    met: tuple[Act, ...]
    met_part: Part

    @property
    def anchor(self) -> str:
        """Where on a thread's page their posts are named."""
        return by_person(self.author_id)

    @property
    def said_extent(self) -> str:
        """Which of their statements are drawn and quoted; empty where all are."""
        part = self.said_part
        if part.shown >= part.total:
            return ""
        return (
            f"{part.shown} of {counted(part.total, 'statement')}, the newest on each proposal before others."
        )

    @property
    def more_answers(self) -> tuple[str, str]:
        """How many of those they answer, and of those who answer them, are not shown; empty where all are."""
        return (
            _and_more(self.answers_total - len(self.answers), "person", "people"),
            _and_more(self.answered_by_total - len(self.answered_by), "person", "people"),
        )

    @property
    def more_threads(self) -> str:
        """How many threads are not shown; empty where all are."""
        return _and_more(self.thread_count - len(self.threads), "thread", "threads")


def _and_more(number: int, one: str, many: str) -> str:
    return f"and {counted(number, f'more {one}', f'more {many}')}" if number > 0 else ""


def page_of(author_id: str) -> str:
    return f"people/{links.file_name(author_id)}.html"


def persons(everybody: Sequence[Known], paged: Container[str]) -> tuple[Person, ...]:
    """The page of each person; `paged` are the proposals that have a page."""
    shown = [statements(known.stands, known.said) for known in everybody]
    return tuple(
        _person(known, stands(known.stands, some, drawn, paged), paged)
        for known, some, drawn in zip(everybody, shown, lanes.lanes(shown), strict=True)
    )


def _person(known: Known, stood: tuple[Stand, ...], paged: Container[str]) -> Person:
    row = known.person
    acts = {part: [one for one in known.events if one.part == part] for part in ("did", "met")}
    return Person(
        author_id=row.author_id,
        page=page_of(row.author_id),
        name=words.person(row.name),
        role=words.clip(row.role, 40),
        is_staff=row.is_staff,
        profile_url=links.outward(row.profile_url),
        site=words.clip(row.site, 60),
        sentence=_sentence(row, stood),
        posts=row.posts,
        opened=row.opened,
        thread_count=row.threads,
        recent_posts=row.recent_posts,
        first_day=words.day(row.first_day),
        last_day=words.day(row.last_day),
        wrote=words.days(row.first_day, row.last_day),
        asked_for=row.asked_for,
        stands=stood,
        more_stands=more_stands(known.stands),
        stretch=stretch(known.said, {one.proposal_id for one in known.stands}),
        said=tuple(_said(number, one, paged) for number, one in enumerate(known.said, start=1)),
        said_part=_part(known.said),
        answers=_others(known.answers, "answers"),
        answers_total=_total(known.answers, "answers"),
        answered_by=_others(known.answers, "answered by"),
        answered_by_total=_total(known.answers, "answered by"),
        threads=tuple(_wrote(one) for one in known.threads),
        did=tuple(_act(one) for one in acts["did"]),
        did_part=_part(acts["did"]),
        met=tuple(_act(one) for one in acts["met"]),
        met_part=_part(acts["met"]),
    )


def _part(rows: Sequence[SaidRow | EventRow]) -> Part:
    return Part(total=rows[0].total if rows else 0, shown=len(rows))


def _said(number: int, row: SaidRow, paged: Container[str]) -> Said:
    before, after = around(row.lead or "", row.excerpt, row.tail or "")
    carried = words.excerpt(row.excerpt)
    return Said(
        anchor=said_anchor(number),
        side=row.side,
        side_name=side_name(row.side),
        is_carried=row.is_carried,
        asks=row.asks,
        label=words.title(row.label),
        page=proposal_page(row.proposal_id) if row.proposal_id in paged else None,
        day=words.day(row.stamp),
        before=before if carried else words.clip(row.opening, CONTEXT),
        words=carried,
        after=after if carried else "",
        thread_id=row.thread_id,
        thread_title=words.title(row.thread_title),
        post_anchor=links.anchor(row.post_id),
        url=links.outward(row.url),
        page_id=row.page_id,
        rule=words.clip(row.rule, 80),
        confidence=f"{row.confidence:.2f}",
    )


def _total(rows: Sequence[AnswerRow], direction: str) -> int:
    return next((row.total for row in rows if row.direction == direction), 0)


def _others(rows: Sequence[AnswerRow], direction: str) -> tuple[Other, ...]:
    return tuple(
        Other(
            author_id=row.other_id,
            name=words.person(row.other),
            replies=row.replies,
            supports=row.supports,
            opposes=row.opposes,
        )
        for row in rows
        if row.direction == direction
    )


def _wrote(row: ThreadRow) -> WroteIn:
    return WroteIn(
        thread_id=row.thread_id,
        title=words.title(row.title),
        url=links.outward(row.url),
        posts=row.posts,
        has_opened=row.has_opened,
        last_day=words.day(row.last_day),
    )


def _act(row: EventRow) -> Act:
    return Act(
        kind=named(row.kind, row.maybe_by_author),
        when=when_told(row.stamp, row.is_detection),
        how=how_told(row.methods),
        actor=words.clip(row.actor, 60),
        excerpt=words.excerpt(row.excerpt),
        thread_id=row.thread_id or "",
        thread_title=words.title(row.thread_title or ""),
        post_anchor=links.anchor(row.post_id) if row.post_id else None,
        url=links.outward(row.url),
        page_id=row.page_id,
    )


def _sentence(row: PersonRow, stood: Sequence[Stand]) -> str:
    if not row.posts and not stood:
        return "Known from what others quote and say."
    wrote = f"{counted(row.posts, 'post')} in {counted(row.threads, 'thread')}"
    said = f"{wrote}, of which they opened {row.opened or 'none'}"
    taken = sides(stood)
    return f"{said}. Stands {taken}." if taken else f"{said}. Takes no side on any proposal."
