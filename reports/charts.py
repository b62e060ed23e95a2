"""Charts: an Altair specification drawn to SVG by vl-convert, with its words and its table beside it.

A chart is drawn twice, for a page and for a phone, because letters that shrink with the drawing cannot be
read. Colours are marks that `static/report.css` replaces, so that one drawing serves light and dark.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup

SUPPORT, OPPOSE, NEUTRAL, ACCENT = "#0f766e", "#b45309", "#94a3b8", "#3b5bdb"
_INK, _LINE = "#475569", "#e2e8f0"
WIDE, NARROW = 620, 272
_MARGIN = 36

_AXIS = {
    "labelColor": _INK,
    "labelFontSize": 11,
    "gridColor": _LINE,
    "domainColor": _LINE,
    "tickColor": _LINE,
    "titleColor": _INK,
    "titleFontSize": 11,
    "titleFontWeight": "normal",
}
_LEGEND = {
    "orient": "top",
    "title": None,
    "labelColor": _INK,
    "labelFontSize": 12,
    "symbolType": "square",
    "columns": 3,
}
_CONFIG = {
    "background": "transparent",
    "aria": False,
    "padding": {"left": 10, "right": 6, "top": 4, "bottom": 4},
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": _AXIS,
    "legend": _LEGEND,
}

FEW_POINTS = 4
"""A line through fewer points draws a trend that nobody measured: those are drawn as bars."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The numbers of a chart, for whoever cannot or would rather not look at it."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing and everything said about it."""

    key: str
    """Names the drawing within its page."""
    title: str
    sentence: str
    """What it shows, in words with numbers."""
    alt: str
    table: Table
    wide: Markup = field(metadata={"figure": False})
    narrow: Markup = field(metadata={"figure": False})


def drawn(
    chart: Any, *, key: str, title: str, sentence: str, alt: str, table: Table, height: int = 150
) -> Chart:
    """A chart of Altair as one of ours."""
    spec = chart.to_dict(validate=False)  # ours, not a user's: validating costs as much as drawing
    return Chart(
        key=key,
        title=title,
        sentence=sentence,
        alt=alt,
        table=table,
        wide=_svg(spec, WIDE, height, f"{key}-w"),
        narrow=_svg(spec, NARROW, height, f"{key}-n"),
    )


def _svg(spec: dict[str, Any], width: int, height: int, key: str) -> Markup:
    sized = spec | {"width": width - _MARGIN, "height": height, "config": _CONFIG}
    return _inlined(vl_convert.vegalite_to_svg(sized), key)


def _inlined(svg: str, key: str) -> Markup:
    """The drawing with ids that are its own on the page, and silent: its words stand beside it."""
    own = re.sub(r'(\bid="|url\(#)', rf"\g<1>{key}-", svg)
    quiet = re.sub(r' (role|aria-[a-z]+)="[^"]*"', "", own)
    return Markup(quiet.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S704


def _chart(rows: Sequence[dict[str, object]]) -> Any:
    return alt.Chart(alt.InlineData(values=list(rows)))


def week_axis(weeks: Sequence[date]) -> Any:
    """A time axis in UTC: named by month over a long stretch, by some of its Mondays over a short one."""
    stretch = (max(weeks) - min(weeks)).days if weeks else 0
    axis = _month_axis(stretch) if stretch > 80 else _monday_axis(sorted(set(weeks)))
    return alt.X("week:T", title=None, scale=alt.Scale(type="utc"), axis=axis)


def _month_axis(stretch: int) -> Any:
    ticks: Any = "month" if stretch < 700 else 8
    year = "datum.index == 0 || utcmonth(datum.value) == 0 ? ' %Y' : ''"
    return alt.Axis(
        labelExpr=f"utcFormat(datum.value, '%b' + ({year}))", tickCount=ticks, grid=False, labelOverlap=True
    )


def _monday_axis(mondays: Sequence[date]) -> Any:
    named = mondays[:: len(mondays) // 6 + 1]
    values = [alt.DateTime(year=day.year, month=day.month, date=day.day, utc=True) for day in named]
    return alt.Axis(
        labelExpr="utcFormat(datum.value, datum.index == 0 ? '%-d %b %Y' : '%-d %b')",
        values=values,
        grid=False,
    )


def count_axis(name: str, title: str, top: int) -> Any:
    """A vertical axis for counts: whole numbers only."""
    return alt.Y(
        f"{name}:Q", title=title, axis=alt.Axis(tickCount=min(4, max(1, top)), format=",d", tickMinStep=1)
    )


def weekly_bars(
    rows: Sequence[dict[str, Any]], *, title: str, series: dict[str, str], top: int, weeks: int = 1
) -> Any:
    """Stacked bars of `weeks` weeks each; `rows` hold week (ISO), name, count; `series` colours by name."""
    starts = [date.fromisoformat(row["week"]) for row in rows]
    return (
        _chart(_stacked(rows, 7 * weeks - 1))
        .mark_rect()
        .encode(
            x=week_axis(starts),
            x2=alt.X2("end:T"),
            y=count_axis("low", title, top),
            y2=alt.Y2("high:Q"),
            color=_colours(series),
        )
    )


def _stacked(rows: Sequence[dict[str, Any]], days: int) -> list[dict[str, Any]]:
    """Each row with the corners of its bar: its last day, and where it stands on those of the same week."""
    heights: dict[str, int] = {}
    placed = []
    for row in rows:
        low = heights.get(row["week"], 0)
        heights[row["week"]] = low + row["count"]
        end = (date.fromisoformat(row["week"]) + timedelta(days=days)).isoformat()
        placed.append(row | {"end": end, "low": low, "high": low + row["count"]})
    return [row for row in placed if row["count"]]


def weekly_steps(rows: Sequence[dict[str, object]], *, title: str, series: dict[str, str], top: int) -> Any:
    """Lines in steps, for what holds until it changes."""
    weeks = [date.fromisoformat(str(row["week"])) for row in rows]
    return (
        _chart(rows)
        .mark_line(interpolate="step-after", strokeWidth=2)
        .encode(x=week_axis(weeks), y=count_axis("count", title, top), color=_colours(series))
    )


def bars_across(rows: Sequence[dict[str, object]], *, title: str, series: dict[str, str]) -> Any:
    """Horizontal bars, one a `name`, stacked by `part`; in the order of the rows."""
    return (
        _chart(rows)
        .mark_bar(size=14)
        .encode(
            y=alt.Y(
                "name:N", title=None, sort=None, axis=alt.Axis(labelLimit=130, ticks=False, domain=False)
            ),
            x=alt.X("count:Q", title=title, axis=alt.Axis(tickCount=4, format=",d", tickMinStep=1)),
            color=_colours(series, field="part"),
        )
    )


def _colours(series: dict[str, str], field: str = "name") -> Any:
    legend: Any = alt.Legend() if len(series) > 1 else None
    return alt.Color(
        f"{field}:N", scale=alt.Scale(domain=list(series), range=list(series.values())), legend=legend
    )
