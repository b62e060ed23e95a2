"""What the report rests on, and what changed since the one before."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports import words
from reports.numbers import counted, grouped, signed
from reports.period import Period
from reports.sections.emerging import Emerging
from reports.sections.ranking import Tally, page_of

MOVED = 6
"""Proposals named among the changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts of the period; its fields are the columns of `report_summary.sql`."""

    sites: list[str]
    posts: int
    threads: int
    people: int
    staff: int
    ghosts: int
    unknown_author_posts: int
    undated_posts: int
    recent_posts: int
    before_posts: int
    recent_people: int
    before_people: int
    events: int
    recent_events: int
    before_events: int
    analysis_version: str | None
    codebook_sha256: str | None

    @property
    def names(self) -> str:
        return words.listed([words.clip(site, 60) for site in self.sites]) or "nothing yet"

    @property
    def doubts(self) -> tuple[str, ...]:
        """What a reader must know before trusting the counts."""
        said = (
            (self.ghosts, "post is known from quotes only", "posts are known from quotes only"),
            (self.unknown_author_posts, "post has no known author", "posts have no known author"),
            (
                self.undated_posts,
                "post has no date: counted, not drawn",
                "posts have no date: counted, not drawn",
            ),
        )
        return tuple(counted(number, one, many) for number, one, many in said if number)

    @property
    def figures(self) -> tuple[tuple[str, str], ...]:
        pairs = (
            ("posts", self.posts),
            ("threads", self.threads),
            ("people", self.people),
            ("staff", self.staff),
        )
        return tuple((name, grouped(number)) for name, number in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that moved, with the page that shows why."""

    text: str
    page: str | None
    subject: str | None
    """What the page is of: the words of the link."""
    direction: str
    """`up`, `down` or `level`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    sentence: str
    items: tuple[Change, ...]


def changes(summary: Summary, tallies: Sequence[Tally], rising: Emerging, period: Period) -> Changes:
    """What the recent stretch brought, against the stretch of equal length before it."""
    moved = sorted(
        (tally for tally in tallies if tally.net_change),
        key=lambda tally: (-abs(tally.net_change), tally.proposal_id),
    )
    new = [row for row in rising.rows if row.verdict == "new"]
    items = (
        *(_moved(tally) for tally in moved[:MOVED]),
        *(
            Change(
                text=f"is new: {counted(row.growth.recent, 'mention')} by "
                f"{counted(row.people, 'person', 'people')}",
                page=row.page,
                subject=row.label,
                direction="up",
            )
            for row in new[:3]
        ),
        *(_volume(summary) if period.is_dated else ()),
    )
    return Changes(sentence=_sentence(summary, moved, period), items=items)


def _moved(tally: Tally) -> Change:
    before = tally.start_supporters - tally.start_opposers
    after = tally.end_supporters - tally.end_opposers
    return Change(
        text=f"net support {signed(before)} → {signed(after)}: "
        f"{_shift('for', tally.start_supporters, tally.end_supporters)}, "
        f"{_shift('against', tally.start_opposers, tally.end_opposers)}",
        page=page_of(tally.proposal_id),
        subject=words.title(tally.label),
        direction="up" if tally.net_change > 0 else "down",
    )


def _shift(side: str, before: int, after: int) -> str:
    return f"{side} {before} → {after}" if before != after else f"{side} {after} as before"


def _volume(summary: Summary) -> tuple[Change, ...]:
    pairs = (
        ("posts", summary.before_posts, summary.recent_posts, None),
        ("people writing", summary.before_people, summary.recent_people, None),
        ("moderation events", summary.before_events, summary.recent_events, "moderation.html"),
    )
    return tuple(
        Change(
            text=f"{grouped(before)} → {grouped(after)}",
            page=page,
            subject=name,
            direction="up" if after > before else "down" if after < before else "level",
        )
        for name, before, after, page in pairs
        if before or after
    )


def _sentence(summary: Summary, moved: Sequence[Tally], period: Period) -> str:
    if not period.is_dated:
        return "No post carries a date, so what changed cannot be told."
    stretch = f"Since {words.day(period.recent)} ({period.recent_days} days)"
    if not summary.recent_posts and not moved:
        return f"{stretch} nothing was written."
    people = counted(summary.recent_people, "person", "people")
    said = f"{stretch}: {counted(summary.recent_posts, 'post')} by {people}"
    if not moved:
        return f"{said}; no proposal gained or lost support."
    return f"{said}; net support moved on {counted(len(moved), 'proposal')}."
