"""One proposal: its trend, where people stand over time, the evidence, its facets, threads and relatives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from reports import charts, links, words
from reports.numbers import Growth, Share, counted, signed
from reports.period import Period
from reports.sections import evidence as proof
from reports.sections.ranking import Tally, Week, growth, page_of
from reports.source import Source

STRONGEST = 4
"""Sentences a side on the proposal's own page; the others stand on its pages of evidence."""
THREADS, RELATED, MINDS = 12, 8, 20
_WEEKLY = 60
"""Weeks drawn one by one; a longer history is drawn in stretches of four weeks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """People for and against at the end of a week (`report_position_weeks.sql`)."""

    proposal_id: str
    week: date
    supporters: int
    opposers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mind:
    """Somebody who changed sides (`report_minds.sql`)."""

    proposal_id: str
    author: str
    earlier: str
    later: str
    day: date | None
    post_id: str
    thread_id: str
    excerpt: str
    url: str | None

    @property
    def name(self) -> str:
        return words.person(self.author)

    @property
    def turn(self) -> str:
        return f"from {proof.NAMES[self.earlier]} to {proof.NAMES[self.later]}"

    @property
    def when(self) -> str:
        return words.day(self.day)

    @property
    def anchor(self) -> str:
        return links.anchor(self.post_id)

    @property
    def link(self) -> str | None:
        return links.outward(self.url)

    @property
    def short(self) -> str:
        return words.excerpt(self.excerpt)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A side of the proposal that people speak of (`report_facets.sql`)."""

    proposal_id: str
    facet: str
    mentions: int
    people: int

    @property
    def name(self) -> str:
        return words.kind(self.facet)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenIn:
    """A thread that speaks of the proposal (`report_proposal_threads.sql`)."""

    proposal_id: str
    thread_id: str
    title: str
    url: str | None
    mentions: int
    people: int
    supporters: int
    opposers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """A proposal raised in the same threads (`report_related.sql`)."""

    proposal_id: str
    related_id: str
    label: str
    shared: int
    own_threads: int
    related_threads: int

    @property
    def page(self) -> str:
        return page_of(self.related_id)

    @property
    def share(self) -> Share:
        return Share(self.shared, self.own_threads)


Row = TypeVar("Row", Standing, Mind, Facet, SpokenIn, Relative)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What the proposal pages need beyond the ranking, by proposal."""

    standings: dict[str, list[Standing]]
    minds: dict[str, list[Mind]]
    facets: dict[str, list[Facet]]
    threads: dict[str, list[SpokenIn]]
    relatives: dict[str, list[Relative]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadLine:
    title: str
    page: str | None
    url: str | None
    mentions: int
    people: int
    supporters: int
    opposers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Everything a proposal's page shows."""

    proposal_id: str
    page: str
    label: str
    description: str
    origin: str
    sentence: str
    mentions: int
    people: int
    proposers: int
    thread_count: int
    supporters: int
    opposers: int
    undecided: int
    net_text: str
    favour: Share
    novelty: Share
    growth: Growth
    first_day: str
    last_day: str
    charts: tuple[charts.Chart, ...]
    arguments: tuple[proof.Argument, ...]
    minds: tuple[Mind, ...]
    facets: tuple[Facet, ...]
    threads: tuple[ThreadLine, ...]
    relatives: tuple[Relative, ...]


def details(source: Source) -> Details:
    """Reads what all proposal pages need, one query each."""
    return Details(
        standings=_grouped(source.rows(Standing, "position_weeks")),
        minds=_grouped(source.rows(Mind, "minds", limit=MINDS)),
        facets=_grouped(source.rows(Facet, "facets")),
        threads=_grouped(source.rows(SpokenIn, "proposal_threads", limit=THREADS)),
        relatives=_grouped(source.rows(Relative, "related", limit=RELATED)),
    )


def _grouped(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.proposal_id, []).append(row)
    return found


def proposal(
    tally: Tally,
    weeks: Sequence[Week],
    known: Details,
    arguments: Sequence[proof.Argument],
    pages: dict[str, str],
    period: Period,
) -> Proposal:
    """The page of one proposal; `pages` says which threads have a page in this report."""
    key = tally.proposal_id
    standings = known.standings.get(key, [])
    return Proposal(
        proposal_id=key,
        page=page_of(key),
        label=words.title(tally.label),
        description=words.clip(tally.description, 600),
        origin=tally.origin,
        sentence=_sentence(tally, period),
        mentions=tally.mentions,
        people=tally.people,
        proposers=tally.proposers,
        thread_count=tally.threads,
        supporters=tally.supporters,
        opposers=tally.opposers,
        undecided=tally.undecided,
        net_text=signed(tally.net),
        favour=Share(tally.supporters, tally.supporters + tally.opposers),
        novelty=Share(tally.new_people, tally.recent_people),
        growth=growth(tally, period),
        first_day=words.day(tally.first_day),
        last_day=words.day(tally.last_day),
        charts=tuple(chart for chart in (_trend(weeks), _positions(standings, period)) if chart),
        arguments=tuple(arguments),
        minds=tuple(known.minds.get(key, [])),
        facets=tuple(known.facets.get(key, [])),
        threads=tuple(_line(row, pages) for row in known.threads.get(key, [])),
        relatives=tuple(known.relatives.get(key, [])),
    )


def _line(row: SpokenIn, pages: dict[str, str]) -> ThreadLine:
    return ThreadLine(
        title=words.title(row.title),
        page=pages.get(row.thread_id),
        url=links.outward(row.url),
        mentions=row.mentions,
        people=row.people,
        supporters=row.supporters,
        opposers=row.opposers,
    )


def _sentence(tally: Tally, period: Period) -> str:
    said = (
        f"{counted(tally.people, 'person', 'people')} spoke of it in {counted(tally.mentions, 'passage')} of "
        f"{counted(tally.threads, 'thread')}; {tally.supporters} stand for it, {tally.opposers} against"
    )
    if tally.undecided:
        said += f", {tally.undecided} for it in part"
    rate = growth(tally, period)
    if rate.verdict in ("growing", "fading", "new"):
        said += f". In the last {period.recent_days} days: {rate.text}"
    return said + "."


def _trend(weeks: Sequence[Week]) -> charts.Chart | None:
    """Mentions over time, as bars: they are counts of events, not a level between them."""
    if not weeks:
        return None
    span = 4 if (weeks[-1].week - weeks[0].week).days > 7 * _WEEKLY else 1
    counts = _stretches(weeks, span)
    rows = [{"week": day.isoformat(), "name": "mentions", "count": count} for day, count in counts]
    top_day, top = max(counts, key=lambda pair: (pair[1], pair[0]))
    unit = "week" if span == 1 else f"{span} weeks"
    return charts.drawn(
        charts.weekly_bars(rows, title="mentions", series={"mentions": charts.ACCENT}, top=top),
        key="trend",
        title=f"Mentions, {unit} by {unit}" if span == 1 else f"Mentions every {unit}",
        sentence=f"Most in the {unit} from {words.day(top_day)}: {counted(top, 'mention')}; spoken of in "
        f"{sum(count > 0 for _, count in counts)} of {counted(len(counts), 'stretch' if span > 1 else 'week', 'stretches' if span > 1 else None)}.",
        alt=f"Bars of mentions from {words.day(counts[0][0])} to {words.day(counts[-1][0])}, at most {top}.",
        table=charts.Table(
            headings=(f"{unit.capitalize()} from", "Mentions"),
            rows=tuple((words.day(day), count) for day, count in counts if count),
        ),
        height=120,
    )


def _stretches(weeks: Sequence[Week], span: int) -> list[tuple[date, int]]:
    """Mentions by stretches of `span` weeks without gaps."""
    first, step = weeks[0].week, timedelta(weeks=span)
    number = (weeks[-1].week - first) // step + 1
    counts = [0] * number
    for week in weeks:
        counts[(week.week - first) // step] += week.mentions
    return [(first + step * at, count) for at, count in enumerate(counts)]


def _positions(standings: Sequence[Standing], period: Period) -> charts.Chart | None:
    """People for and against as it stood at each week's end; too few weeks are left to the table of evidence."""
    if len(standings) < charts.FEW_POINTS:
        return None
    ends = [(row.week, row.supporters, row.opposers) for row in standings]
    last = max(period.until - timedelta(days=period.until.weekday()), ends[-1][0])
    held = [*ends, (last, *ends[-1][1:])] if last > ends[-1][0] else ends
    rows = [
        {"week": week.isoformat(), "name": name, "count": count}
        for week, support, oppose in held
        for name, count in (("for", support), ("against", oppose))
    ]
    top = max(max(support, oppose) for _, support, oppose in ends)
    _, support, oppose = ends[-1]
    return charts.drawn(
        charts.weekly_steps(
            rows, title="people", series={"for": charts.SUPPORT, "against": charts.OPPOSE}, top=top
        ),
        key="positions",
        title="Where people stand, by their last word",
        sentence=f"At the end {support} for and {oppose} against; in the week of {words.day(ends[0][0])}, "
        f"{ends[0][1]} and {ends[0][2]}.",
        alt=f"Two stepped lines of people for and against, ending at {support} and {oppose}.",
        table=charts.Table(
            headings=("Week of", "For", "Against"),
            rows=tuple((words.day(week), support, oppose) for week, support, oppose in ends),
        ),
        height=140,
    )
