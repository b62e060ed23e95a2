"""The charts of a proposal: how often it is spoken of, and where people stand over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reports import charts, words
from reports.numbers import counted
from reports.period import Period
from reports.sections.ranking import Week

_WEEKLY = 60
"""Weeks drawn one by one; a longer history is drawn in stretches of four weeks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """People for and against at the end of a week (`report_position_weeks.sql`)."""

    proposal_id: str
    week: date
    supporters: int
    opposers: int


def trend(weeks: Sequence[Week]) -> charts.Chart | None:
    """Mentions over time, as bars: they are counts of events, not a level between them."""
    if not weeks:
        return None
    span = 4 if (weeks[-1].week - weeks[0].week).days > 7 * _WEEKLY else 1
    counts = _stretches(weeks, span)
    rows = [{"week": day.isoformat(), "name": "mentions", "count": count} for day, count in counts]
    top_day, top = max(counts, key=lambda pair: (pair[1], pair[0]))
    unit = "week" if span == 1 else f"{span} weeks"
    return charts.drawn(
        charts.weekly_bars(rows, title="mentions", series={"mentions": charts.ACCENT}, top=top, weeks=span),
        key="trend",
        title=f"Mentions, {unit} by {unit}" if span == 1 else f"Mentions every {unit}",
        sentence=f"Most in the {unit} from {words.day(top_day)}: {counted(top, 'mention')}; spoken of in "
        f"{sum(count > 0 for _, count in counts)} of {len(counts)} such stretches.",
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


def _thinned(standings: Sequence[Standing]) -> Sequence[Standing]:
    """Over a long history, the last standing of every four weeks: more could not be told apart."""
    if (standings[-1].week - standings[0].week).days <= 7 * _WEEKLY:
        return standings
    last = {(row.week - standings[0].week).days // 28: row for row in standings}
    return list(last.values())


def positions(standings: Sequence[Standing], period: Period) -> charts.Chart | None:
    """People for and against as it stood at each week's end; None for too few weeks."""
    if len(standings) < charts.FEW_POINTS:
        return None
    ends = [(row.week, row.supporters, row.opposers) for row in _thinned(standings)]
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
