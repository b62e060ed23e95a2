"""The charts of a proposal: how often it is spoken of, and where people stand over time."""

from collections.abc import Sequence
from datetime import date, timedelta

from reports import charts, timelines, words
from reports.numbers import counted
from reports.period import Period
from reports.sections.proposal_rows import Standing, Tally, Week
from reports.timelines import Stretch

_WEEKLY = 60
"""Weeks drawn one by one; a longer history is drawn in stretches of four weeks."""


def trend(weeks: Sequence[Week], period: Period, links: tuple[charts.Link, ...] = ()) -> charts.Chart | None:
    """Mentions from the first to the period's end, as bars: counts of events, not a level between them."""
    if not weeks:
        return None
    span = 4 if (period.until - weeks[0].week).days > 7 * _WEEKLY else 1
    unit = "week" if span == 1 else f"{span} weeks"
    found = _stretches(weeks, period.until, span, unit)
    return charts.chart(
        lambda width: timelines.bars(found, ("accent",), width),
        key="trend",
        title="Mentions, week by week" if span == 1 else f"Mentions every {unit}",
        sentence=_trend_sentence(found, unit, span),
        alt=f"Bars of mentions from {words.day(found[0].start)} to {words.day(period.until)}, at most "
        f"{max(one.counts[0] for one in found)}.",
        table=charts.Table(
            headings=(f"{unit.capitalize()} from", "Mentions"),
            rows=tuple((words.day(one.start), *one.counts) for one in found if any(one.counts)),
        ),
        links=links,
    )


def _trend_sentence(found: Sequence[Stretch], unit: str, span: int) -> str:
    top = max(found, key=lambda one: (one.counts, one.start))
    most, begin = top.counts[0], f"the {unit} from {words.day(top.start)}"
    spoken = sum(any(one.counts) for one in found)
    if spoken == 1:
        return f"{counted(most, 'mention')}, all in {begin}."
    shown = f"{len(found)} {'weeks' if span == 1 else f'stretches of {unit}'} shown"
    if most == 1:
        return f"One mention in {spoken} of the {shown}, none in the others."
    return f"Spoken of in {spoken} of the {shown}, most in {begin}: {counted(most, 'mention')}."


def _stretches(weeks: Sequence[Week], until: date, span: int, unit: str) -> list[Stretch]:
    """Mentions by stretches of `span` weeks without gaps."""
    first, step = weeks[0].week, timedelta(weeks=span)
    counts = [0] * ((until - first) // step + 1)
    for week in weeks:
        counts[(week.week - first) // step] += week.mentions
    return [
        Stretch(
            start=first + step * at,
            days=7 * span,
            counts=(count,),
            says=f"{unit.capitalize()} from {words.day(first + step * at)}: {counted(count, 'mention')}",
        )
        for at, count in enumerate(counts)
    ]


def _thinned(standings: Sequence[Standing]) -> Sequence[Standing]:
    """Over a long history, the last standing of every four weeks: more could not be told apart."""
    if (standings[-1].week - standings[0].week).days <= 7 * _WEEKLY:
        return standings
    last = {(row.week - standings[0].week).days // 28: row for row in standings}
    return list(last.values())


def positions(
    standings: Sequence[Standing], tally: Tally, period: Period, links: tuple[charts.Link, ...] = ()
) -> charts.Chart | None:
    """People for and against as it stood at each week's end, by all that was said until then; None for too
    few weeks."""
    if len(standings) < charts.FEW_POINTS:
        return None
    turns = _thinned(standings)
    levels = _levels(turns, period)
    first, last = turns[0], turns[-1]
    return charts.chart(
        lambda width: timelines.steps(levels, ("support", "oppose"), ("for", "against"), width),
        key="positions",
        title="Where people stand, by their last word",
        sentence=f"{_until(period)} {last.supporters} for and {last.opposers} against; after the week of "
        f"{words.day(first.week)} it was {first.supporters} and {first.opposers}.{_not_drawn(tally, last)}",
        alt=f"Two stepped lines of people for and against, ending at {last.supporters} and {last.opposers}.",
        table=charts.Table(
            headings=("Week of", "For", "Against"),
            rows=tuple((words.day(row.week), row.supporters, row.opposers) for row in turns),
        ),
        links=links,
    )


def _until(period: Period) -> str:
    """The counts of the page are those of the period; a line that began anew there would be a fall."""
    return (
        f"At the end, with what was said before {words.day(period.since)}:" if period.since else "At the end"
    )


def _not_drawn(tally: Tally, last: Standing) -> str:
    """People who are counted, though no date tells when they took a side."""
    sides = (
        (tally.end_supporters - last.supporters, "for it"),
        (tally.end_opposers - last.opposers, "against it"),
    )
    more = [f"{number} {side}" for number, side in sides if number]
    return f" Without a date, so not drawn: {words.listed(more)}." if more else ""


def _levels(turns: Sequence[Standing], period: Period) -> list[Stretch]:
    """Each standing from its week until the next one; the last holds until the period ends."""
    ends = [*(row.week for row in turns[1:]), max(period.end, turns[-1].week + timedelta(days=7))]
    return [
        Stretch(
            start=row.week,
            days=(end - row.week).days,
            counts=(row.supporters, row.opposers),
            says=f"From {words.day(row.week)}: {row.supporters} for, {row.opposers} against",
        )
        for row, end in zip(turns, ends, strict=True)
    ]
