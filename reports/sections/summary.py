"""What the report rests on, and what changed since the one before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports import words
from reports.numbers import counted, grouped, noun, signed
from reports.period import Period
from reports.sections.emerging import Emerging
from reports.sections.proposal_rows import Tally, page_of
from reports.source import Source

MOVED, LIVELY = 6, 4
"""Proposals and threads named among the changes."""
SITES = 3
"""Sites named in a title; of more, the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A count of the whole period, of its recent stretch, and of the one before that."""

    name: str
    number: str
    place: str
    """Where what was counted is listed."""
    recent: str
    before: str


def _figure(name: str, names: str, place: str, number: int, recent: int, before: int) -> Figure:
    return Figure(
        name=noun(number, name, names),
        number=grouped(number),
        place=place,
        recent=grouped(recent),
        before=grouped(before),
    )


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
    future_posts: int
    """Dated after the report was written and its period, so left out of everything."""
    foreign_posts: int
    outside_requests: int
    outside_people: int
    """What is asked for and belongs to no proposal, and by how many."""
    recent_posts: int
    before_posts: int
    recent_people: int
    before_people: int
    recent_threads: int
    before_threads: int
    events: int
    recent_events: int
    before_events: int
    analysis_version: str | None
    codebook_sha256: str | None

    @property
    def names(self) -> str:
        names = [words.clip(site, 60) for site in self.sites]
        if len(names) > SITES + 1:
            names[SITES:] = [counted(len(names) - SITES, "other site")]
        return words.listed(names) or "nothing yet"

    @property
    def outside(self) -> str:
        """What the list of proposals leaves out."""
        people = counted(self.outside_people, "person", "people")
        return f"{counted(self.outside_requests, 'request')} by {people}"

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
            (
                self.future_posts,
                "post is dated in the future: left out",
                "posts are dated in the future: left out",
            ),
            (
                self.foreign_posts,
                "post is not in English: no request or stance is read from it",
                "posts are not in English: no request or stance is read from them",
            ),
        )
        return tuple(counted(number, one, many) for number, one, many in said if number)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The counts at the top of the page, each with how it went lately."""
        return (
            _figure("post", "posts", "#h-people", self.posts, self.recent_posts, self.before_posts),
            _figure("person", "people", "#h-people", self.people, self.recent_people, self.before_people),
            _figure(
                "thread", "threads", "threads.html", self.threads, self.recent_threads, self.before_threads
            ),
            _figure(
                "act of moderation",
                "acts of moderation",
                "moderation.html",
                self.events,
                self.recent_events,
                self.before_events,
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lively:
    """A thread in which much was written lately (`report_lively.sql`)."""

    thread_id: str
    title: str
    posts: int
    people: int
    is_new: bool
    events: int


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
    stretches: str
    """What `lately` and `before` mean in this report; empty where there is nothing to compare."""
    items: tuple[Change, ...]


def lively(source: Source) -> list[Lively]:
    """The threads in which most was written lately."""
    return source.rows(Lively, "lively", limit=LIVELY)


def changes(
    summary: Summary,
    tallies: Sequence[Tally],
    rising: Emerging,
    threads: Sequence[Lively],
    pages: Mapping[str, str],
    period: Period,
) -> Changes:
    """What the recent stretch brought, against all that was said until then; `pages` are those of threads."""
    moved = sorted(
        (tally for tally in tallies if tally.net_change and period.has_past),
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
        *(_talk(row, pages.get(row.thread_id)) for row in threads),
    )
    return Changes(sentence=_sentence(summary, moved, period), stretches=_stretches(period), items=items)


def _talk(row: Lively, page: str | None) -> Change:
    said = f"{counted(row.posts, 'post')} by {counted(row.people, 'person', 'people')}"
    acts = f"; {counted(row.events, 'act')} of moderation" if row.events else ""
    return Change(
        text=f"{'new thread, ' if row.is_new else ''}{said}{acts}",
        page=page,
        subject=words.title(row.title),
        direction="level",
    )


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


def _stretches(period: Period) -> str:
    if not period.has_past:
        return ""
    lately = f"{words.day(period.recent)} to {words.day(period.until)}"
    days = counted(period.recent_days, "day")
    return f"Lately: {lately} ({days}). Before: the {days} until then."


def _sentence(summary: Summary, moved: Sequence[Tally], period: Period) -> str:
    if not period.is_dated:
        return "No post carries a date, so what changed cannot be told."
    if not period.has_past:
        return f"No post is older than {words.day(period.recent)}, so there is nothing to compare with."
    last = f"the last report, which went to {words.day(period.last_report)}" if period.last_report else ""
    stretch = f"Since {last or words.day(period.recent)} ({counted(period.recent_days, 'day')})"
    if not summary.recent_posts and not moved:
        return f"{stretch} nothing was written."
    people = counted(summary.recent_people, "person", "people")
    said = f"{stretch}: {counted(summary.recent_posts, 'post')} by {people}"
    if not moved:
        return f"{said}; no proposal gained or lost support."
    gained = f"{said}; {counted(len(moved), 'proposal')} gained or lost support"
    if period.since is None:
        return f"{gained}."
    return f"{gained}, all counted that was ever said; the tables below count this period alone."
