"""Charts over time: bars of what happened, steps of what holds until it changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal

import altair as alt
from markupsafe import Markup

from reports.drawing import COLOURS, Form, Rows, form, svg

HEIGHT = 130
_LEFT, _NAMES = 42, 74
"""Points beside a plot: for the counts at its left, and for the names at the ends of its lines."""
_WIDEST = 90
"""Of one bar: a single week over the whole width says nothing more."""
_LONG = 100
"""Days from which on months are named instead of Mondays."""
_DATE = 40
"""Points that a date takes."""
_MONTHS = (1, 2, 3, 6, 12, 24, 60)
_TICKS = 4
_FORMS = 64
"""Forms kept compiled: the charts of a report share a few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of time and what was counted in it, part by part."""

    start: date
    days: int
    counts: tuple[int, ...]
    says: str
    """Its values in words, for whoever points at it."""

    @property
    def end(self) -> date:
        return self.start + timedelta(days=self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The axes of a chart."""

    width: int
    """Of the plot between them."""
    ticks: int
    """Of the counts."""
    months: int
    """Between the dates named; 0 where Mondays are."""
    mondays: tuple[date, ...]


def bars(stretches: Sequence[Stretch], styles: tuple[str, ...], width: int) -> Markup:
    """Stacked bars, one a stretch: counts of events, with nothing drawn between them."""
    slots = (stretches[-1].end - stretches[0].start).days / stretches[0].days
    plot = min(width - _LEFT, round(_WIDEST * slots))
    frame = _frame(stretches, plot, max(sum(one.counts) for one in stretches))
    gap = min(2.0, round(0.2 * plot / len(stretches), 1))
    return svg(
        _bar_form(frame, styles, gap),
        bars=[row for one in stretches for row in _stacked(one, styles)],
        columns=_columns(stretches),
    )


def _stacked(one: Stretch, styles: Sequence[str]) -> Iterator[dict[str, Any]]:
    low = 0
    for count, style in zip(one.counts, styles, strict=True):
        if count:
            yield {**_span(one), "low": low, "high": low + count, "style": style}
        low += count


def _span(one: Stretch) -> dict[str, str]:
    return {"start": one.start.isoformat(), "end": one.end.isoformat()}


def _columns(stretches: Sequence[Stretch]) -> Rows:
    return [{**_span(one), "says": one.says} for one in stretches]


def steps(levels: Sequence[Stretch], styles: tuple[str, ...], names: Sequence[str], width: int) -> Markup:
    """Lines in steps, for what holds until it changes; each is named where it ends."""
    frame = _frame(levels, width - _LEFT - _NAMES, max(max(one.counts) for one in levels))
    first, *others = _ends(levels[-1], styles, names)
    return svg(
        _step_form(frame, styles),
        lines=[row for part, style in enumerate(styles) for row in _line(levels, part, style)],
        first=[first],
        others=others,
        columns=_columns(levels),
    )


def _line(levels: Sequence[Stretch], part: int, style: str) -> Iterator[dict[str, Any]]:
    for one in levels:
        yield {"start": one.start.isoformat(), "count": one.counts[part], "style": style}
    yield {"start": levels[-1].end.isoformat(), "count": levels[-1].counts[part], "style": style}


def _ends(last: Stretch, styles: Sequence[str], names: Sequence[str]) -> Rows:
    """The names of the lines, the highest first."""
    parts = sorted(zip(last.counts, styles, names, strict=True), key=lambda part: -part[0])
    return [
        {**_span(last), "count": count, "style": style, "name": f"{name} {count}"}
        for count, style, name in parts
    ]


def _frame(stretches: Sequence[Stretch], plot: int, top: int) -> Frame:
    days = (stretches[-1].end - stretches[0].start).days
    months, mondays = 0, [one.start for one in stretches]
    if days > _LONG:
        room = plot / (days / 30.4)
        months = next((step for step in _MONTHS if step * room >= _DATE), _MONTHS[-1])
        mondays = []
    named = mondays[:: len(mondays) * _DATE // plot + 1]
    return Frame(width=plot, ticks=min(_TICKS, max(1, top)), months=months, mondays=tuple(named))


@lru_cache(_FORMS)
def _bar_form(frame: Frame, styles: tuple[str, ...], gap: float) -> Form:
    drawn = (
        alt.Chart(alt.NamedData("bars"))
        .mark_rect(aria=False, x2Offset=-gap)
        .encode(
            x=_days(frame),
            x2=alt.X2("end"),
            y=_counts("low", frame),
            y2=alt.Y2("high"),
            color=_colours(styles),
        )
    )
    return form(alt.layer(drawn, _COLUMNS).properties(width=frame.width, height=HEIGHT))


@lru_cache(_FORMS)
def _step_form(frame: Frame, styles: tuple[str, ...]) -> Form:
    lines = (
        alt.Chart(alt.NamedData("lines"))
        .mark_line(aria=False, interpolate="step-after", strokeWidth=2.5, strokeJoin="round")
        .encode(x=_days(frame), y=_counts("count", frame), color=_colours(styles))
    )
    names = _name_form("first", "bottom", 4), _name_form("others", "top", -4)
    return form(alt.layer(lines, *names, _COLUMNS).properties(width=frame.width, height=HEIGHT))


def _name_form(rows: str, baseline: Literal["top", "bottom"], shift: int) -> alt.Chart:
    """Names at the ends of lines: that of the highest stands above it, the others below, so none touches."""
    chart: alt.Chart = (
        alt.Chart(alt.NamedData(rows))
        .mark_text(aria=False, align="left", baseline=baseline, dx=6, dy=shift, fontSize=12, fontWeight=600)
        .encode(
            x=alt.X("end", type="temporal"),
            y=alt.Y("count", type="quantitative"),
            text=alt.Text("name", type="nominal"),
            color=alt.Color("style", type="nominal"),
        )
    )
    return chart


_COLUMNS = (
    alt.Chart(alt.NamedData("columns"))
    .mark_rect(fill="transparent")
    .encode(
        x=alt.X("start", type="temporal"),
        x2=alt.X2("end"),
        y=alt.value(0),
        y2=alt.value(HEIGHT),
        description=alt.Description("says", type="nominal"),
    )
)
"""A column a stretch over the whole height, not to be seen, which says what was counted."""


def _colours(styles: Sequence[str]) -> alt.Color:
    """The colours of the parts, which the page's own legend names."""
    scale = alt.Scale(domain=list(styles), range=[COLOURS[style] for style in styles])
    return alt.Color("style", type="nominal", scale=scale, legend=None)


def _counts(field: str, frame: Frame) -> alt.Y:
    """An axis for counts: whole numbers from zero, a few of them."""
    axis = alt.Axis(tickCount=frame.ticks, tickMinStep=1, format=",d", ticks=False, minExtent=_LEFT - 10)
    return alt.Y(field, type="quantitative", scale=alt.Scale(nice=frame.ticks, zero=True), axis=axis)


def _days(frame: Frame) -> alt.X:
    """A time axis in UTC."""
    axis = _month_axis(frame.months) if frame.months else _monday_axis(frame.mondays)
    return alt.X("start", type="temporal", scale=alt.Scale(type="utc", nice=False), axis=axis)


def _month_axis(step: int) -> alt.Axis:
    year = "datum.index == 0 || utcmonth(datum.value) == 0"
    return alt.Axis(
        grid=False,
        tickCount=alt.TimeIntervalStep(interval="month", step=step),
        labelExpr=f"utcFormat(datum.value, {year} ? '%b %Y' : '%b')",
        labelOverlap="parity",
    )


def _monday_axis(mondays: Sequence[date]) -> alt.Axis:
    return alt.Axis(
        grid=False,
        values=[alt.DateTime(year=day.year, month=day.month, date=day.day, utc=True) for day in mondays],
        labelExpr="utcFormat(datum.value, datum.index == 0 ? '%-d %b %Y' : '%-d %b')",
        labelOverlap="parity",
    )
