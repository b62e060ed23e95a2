"""Threads where people disagree with each other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from reports import cells, links, words
from reports.numbers import Share, counted, noun
from reports.source import Source

LISTED = 200
"""Threads on the list; the front page shows the first `SHOWN`."""
SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """One thread counted; its fields are the columns of `report_contested.sql`."""

    thread_id: str
    title: str
    url: str | None
    board: str
    is_locked: bool
    status: str | None
    posts: int
    people: int
    staff_posts: int
    first_day: date | None
    last_day: date | None
    supports: int
    opposes: int
    mixed: int
    opposing_people: int
    contention: float
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """A row of the list."""

    thread_id: str
    page: str | None
    """The report's own page of it; None where it has none."""
    url: str | None
    title: str
    board: str
    is_locked: bool
    status: str | None
    """What became of the idea, as shown."""
    posts: int
    people: int
    staff_posts: int
    supports: int
    opposes: int
    opposing_people: int
    contention: float
    """As in the view thread_overview: 0 = nobody against, 1 = nobody for."""
    against: Share
    """Replies that oppose, of those that take a side toward the post they answer."""
    events: int
    last_day: str
    sides: Markup = field(metadata={"figure": False})


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    rows: tuple[Contest, ...]
    sentence: str


def disputed(source: Source) -> list[Disputed]:
    """Threads of the period, those with most opposing replies first."""
    return source.rows(Disputed, "contested", limit=LISTED)


def contested(found: Sequence[Disputed], pages: dict[str, str], *, only_opposed: bool) -> Contested:
    """The list of threads; `pages` says which have a page in this report."""
    kept = [row for row in found if row.opposes] if only_opposed else list(found)
    shown = kept[:SHOWN] if only_opposed else kept
    drawn = cells.sides([cells.Sides(row.supports, row.opposes, row.supports, row.opposes) for row in shown])
    rows = tuple(
        _contest(row, pages.get(row.thread_id), sides) for row, sides in zip(shown, drawn, strict=True)
    )
    return Contested(rows=rows, sentence=_sentence(rows))


def _contest(row: Disputed, page: str | None, sides: Markup) -> Contest:
    return Contest(
        thread_id=row.thread_id,
        page=page,
        url=links.outward(row.url),
        title=words.title(row.title),
        board=words.clip(row.board, 40),
        is_locked=row.is_locked,
        status=words.clip(row.status or "", 40) or None,
        posts=row.posts,
        people=row.people,
        staff_posts=row.staff_posts,
        supports=row.supports,
        opposes=row.opposes,
        opposing_people=row.opposing_people,
        contention=round(row.contention, 3),
        against=Share(row.opposes, row.supports + row.opposes),
        events=row.events,
        last_day=words.day(row.last_day),
        sides=sides,
    )


def _sentence(rows: Sequence[Contest]) -> str:
    opposed = [row for row in rows if row.opposes]
    if not opposed:
        return "No reply was found that opposes the post it answers."
    first = opposed[0]
    return (
        f"Most disagreement is in {words.named(first.title)} ({counted(first.posts, 'post')}): "
        f"{counted(first.opposes, 'reply opposes', 'replies oppose')} the post answered ({_by(first)}), "
        f"{first.supports or 'none'} {noun(first.supports, 'supports', 'support')} it."
    )


def _by(row: Contest) -> str:
    """Who opposes: some posts have no author that is known."""
    return (
        f"by {counted(row.opposing_people, 'person', 'people')}"
        if row.opposing_people
        else "by people unknown"
    )
