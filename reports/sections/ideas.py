"""What became of ideas: which answer each got, what changed lately, who waits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from reports import cells, links, words
from reports.numbers import counted, grouped, noun
from reports.source import Source

LISTED = 100
"""Ideas listed of each status, and of those that changed lately."""
STATUSES = 24
"""Statuses told apart; where a community has more, the rarest are left to the view."""
CHANGED, WANTED = 8, 5
"""Changed ideas, and ideas of each list, on the front page."""
LATEST = 4
"""Statuses of one stretch shown of an idea."""

PAGE = "ideas.html"
SAYS = {
    "waiting": "waits for an answer",
    "considered": "looked at, not decided",
    "planned": "planned or begun",
    "done": "done",
    "declined": "declined",
    "closed": "closed",
    "other": "a word of their own",
}
_DIRECTIONS = {"considered": "up", "planned": "up", "done": "up", "declined": "down"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Ideas counted; its fields are the columns of `report_idea_counts.sql`."""

    ideas: int
    waiting: int
    declined: int
    changed: int
    statuses: int
    waiting_days: float | None
    timed: int
    """Ideas whose first answer came between two crawls, so that it is known how long they waited for it."""
    answer_days: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRow:
    """A status; its fields are the columns of `report_idea_statuses.sql`."""

    status: str
    outcome: str
    ideas: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeaRow:
    """An idea; its fields are the columns of `report_ideas.sql`."""

    thread_id: str
    title: str
    url: str | None
    board: str
    status: str
    outcome: str
    votes: int | None
    replies: int
    asked: datetime | None
    since: datetime | None
    is_since_known: bool
    waited_days: int | None
    changed: datetime | None
    path: list[str | None]
    is_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """An idea as a reader sees it."""

    thread_id: str
    page: str | None
    """The report's own page of it; None where it has none."""
    url: str | None
    title: str
    board: str
    status: str
    direction: str
    """Of its last change: `up`, `down` or `level`."""
    votes: int | None
    votes_text: str
    replies: int
    asked: str
    waited: str
    """How long for its first answer, or until it was last read without one; empty where not known."""
    since: str
    """When its status was first seen, and whether it can be older."""
    change: str
    """The statuses of the recent stretch: "New → Planned"; empty where it brought none."""
    changed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A status with its ideas, the most voted first."""

    number: int
    """Its place; what is cut short, or done here and closed there, may print alike."""
    name: str
    says: str
    outcome: str
    ideas: int
    anchor: str
    rows: tuple[Idea, ...]
    left_out: str
    """What the list does not show; empty where it shows all."""
    bar: Markup = field(metadata={"figure": False})

    @property
    def page(self) -> str:
        return f"{PAGE}#{self.anchor}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ideas:
    counts: Counts
    sentence: str
    statuses: tuple[Status, ...]
    more_statuses: str
    changed: tuple[Idea, ...]
    """The most voted of those that the recent stretch changed."""
    waiting: tuple[Idea, ...]
    declined: tuple[Idea, ...]
    """The most voted of all that wait, and of all that were declined."""

    @property
    def changed_in_front(self) -> tuple[Idea, ...]:
        return self.changed[:CHANGED]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the warehouse holds of ideas: counts, the statuses in their order, the ideas most voted first."""

    counts: Counts
    statuses: Sequence[StatusRow]
    rows: Sequence[IdeaRow]

    @property
    def changed(self) -> list[IdeaRow]:
        return [row for row in self.rows if row.is_changed][:LISTED]

    def wanted(self, outcome: str) -> list[IdeaRow]:
        """The most voted of those that wait, or were declined."""
        return [row for row in self.rows if row.outcome == outcome][:WANTED]

    @property
    def named(self) -> list[str]:
        """The threads of the ideas that the front page names."""
        shown = (*self.changed[:CHANGED], *self.wanted("waiting"), *self.wanted("declined"))
        return [row.thread_id for row in shown]


def found(source: Source) -> Found:
    """The rows behind the section."""
    return Found(
        counts=source.one(Counts, "idea_counts"),
        statuses=source.rows(StatusRow, "idea_statuses", limit=STATUSES),
        rows=source.rows(IdeaRow, "ideas", limit=LISTED, statuses=STATUSES),
    )


def ideas(found: Found, pages: Mapping[str, str]) -> Ideas:
    """The section; `pages` says which threads have a page in this report."""
    seen = {row.thread_id: _idea(row, pages.get(row.thread_id)) for row in found.rows}
    statuses = tuple(_statuses(found, seen))
    missing = found.counts.statuses - len(statuses)
    return Ideas(
        counts=found.counts,
        sentence=_sentence(found),
        statuses=statuses,
        more_statuses=counted(missing, "rarer status", "rarer statuses") if missing else "",
        changed=tuple(seen[row.thread_id] for row in found.changed),
        waiting=tuple(seen[row.thread_id] for row in found.wanted("waiting")),
        declined=tuple(seen[row.thread_id] for row in found.wanted("declined")),
    )


def status_name(status: str) -> str:
    """A status fit to print; a community without a word for waiting says nothing."""
    return words.clip(status, 40) or "no answer yet"


def _statuses(found: Found, seen: Mapping[str, Idea]) -> Iterator[Status]:
    bars = cells.meters([row.ideas for row in found.statuses])
    for number, (row, bar) in enumerate(zip(found.statuses, bars, strict=True), start=1):
        of = [idea for idea in found.rows if (idea.status, idea.outcome) == (row.status, row.outcome)]
        shown = tuple(seen[idea.thread_id] for idea in of[:LISTED])
        yield Status(
            number=number,
            name=status_name(row.status),
            says=SAYS[row.outcome],
            outcome=row.outcome,
            ideas=row.ideas,
            anchor=f"status-{links.file_name(f'{row.status} {row.outcome}')}",
            rows=shown,
            left_out=f"The {LISTED} most voted; the view idea_outcomes holds all."
            if row.ideas > len(shown)
            else "",
            bar=bar,
        )


def _idea(row: IdeaRow, page: str | None) -> Idea:
    return Idea(
        thread_id=row.thread_id,
        page=page,
        url=links.outward(row.url),
        title=words.title(row.title),
        board=words.clip(row.board, 40),
        status=status_name(row.status),
        direction=_DIRECTIONS.get(row.outcome, "level"),
        votes=row.votes,
        votes_text="not shown" if row.votes is None else grouped(row.votes),
        replies=row.replies,
        asked=words.day(row.asked),
        waited="" if row.waited_days is None else counted(row.waited_days, "day"),
        since=f"{'' if row.is_since_known else 'before '}{words.day(row.since)}",
        change=_path(row.path),
        changed=words.day(row.changed) if row.changed else "",
    )


def _path(path: Sequence[str | None]) -> str:
    """ "New → Planned"; of many steps, the first and the last ones."""
    names = [status_name(status or "") for status in path]
    if len(names) > LATEST:
        names[1 : len(names) - LATEST + 2] = ["…"]
    return " → ".join(names)


def _sentence(found: Found) -> str:
    counts = found.counts
    waiting = (
        f"{grouped(counts.waiting)} {noun(counts.waiting, 'waits', 'wait')} for an answer"
        if counts.waiting
        else "none waits for an answer"
    )
    changed = (
        f"{counted(counts.changed, 'idea')} changed status lately"
        if counts.changed
        else "no status was seen to change lately"
    )
    ideas = counted(counts.ideas, "idea")
    return f"Of {ideas}, {waiting}{_median(counts)}; {changed}.{_timed(counts)}{_declined(found)}"


def _median(counts: Counts) -> str:
    if not counts.waiting or counts.waiting_days is None:
        return ""
    days = counted(round(counts.waiting_days), "day")
    return f" (for {days})" if counts.waiting == 1 else f" (half of them for {days} or longer)"


def _timed(counts: Counts) -> str:
    """How long answers take, by those that came between two crawls."""
    if counts.answer_days is None:
        return ""
    days = counted(round(counts.answer_days), "day")
    came = f" {grouped(counts.timed)} got a first answer that the crawls saw come, "
    return f"{came}after {days}." if counts.timed == 1 else f"{came}half of them after {days} or more."


def _declined(found: Found) -> str:
    """The one that most would have liked."""
    first = next(iter(found.wanted("declined")), None)
    if first is None or not first.votes:
        return ""
    votes = counted(first.votes, "vote")
    return f" Most wanted of those declined: {words.named(words.title(first.title))} ({votes})."
