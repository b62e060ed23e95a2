"""Charts small enough for a row of a table: weeks, two sides, a bar, an interval. All rows in one drawing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
from markupsafe import Markup

from reports.drawing import COLOURS, Form, cell_form, cells

SPARK, SIDES, METER, RANGE = (96, 22), (150, 14), (90, 10), (150, 16)
"""Width and height of each."""
DECADE = 10.0
"""An interval is drawn from a tenth to ten times."""
_LEAST = 0.07
"""Of the height of a sparkline: what is not nothing can be seen."""


@dataclass(frozen=True, slots=True)
class Sides:
    """People or replies for and against, and how many of them say so themselves."""

    support: int
    oppose: int
    said_support: int
    said_oppose: int


@dataclass(frozen=True, slots=True)
class Range:
    """An estimate of a ratio and its interval."""

    ratio: float | None
    """None where there is nothing to compare with."""
    low: float
    high: float | None
    """None where the interval has no end."""


def sparks(series: Sequence[Sequence[int]]) -> list[Markup]:
    """A bar a week, the tallest of each row as high as the drawing; nothing where all weeks are empty. Bars,
    not a line: weeks without words are zero."""
    rows = [
        {
            "row": row,
            "low": week / len(counts),
            "high": (week + 0.85) / len(counts),
            "height": max(_LEAST, count / max(counts)),
        }
        for row, counts in enumerate(series)
        for week, count in enumerate(counts)
        if count
    ]
    return cells(_spark_form(), rows, len(series), SPARK)


@cache
def _spark_form() -> Form:
    height = alt.Y("height", type="quantitative", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    return cell_form(_bars(0).encode(y=height, y2=alt.Y2Datum(0)), SPARK)


def sides(balances: Sequence[Sides]) -> list[Markup]:
    """A bar from a middle line, against to the left and for to the right, to one scale for the whole table.
    Next to the middle stand those who say so themselves; the others are paler."""
    top = max((max(one.support, one.oppose) for one in balances), default=0)
    rows = [part | {"row": row} for row, one in enumerate(balances) for part in _parts(one, top)]
    return cells(_sides_form(), rows, len(balances), SIDES)


def _parts(one: Sides, top: int) -> Iterator[dict[str, Any]]:
    for side, unit, said, all_ in (
        ("support", 1 / max(1, top), one.said_support, one.support),
        ("oppose", -1 / max(1, top), one.said_oppose, one.oppose),
    ):
        for low, high, strength in ((0, said, 1), (said, all_, 0.4)):
            if low < high:
                yield {"side": side, "low": unit * low, "high": unit * high, "strength": strength}


@cache
def _sides_form() -> Form:
    styles = ("support", "oppose")
    colours = alt.Scale(domain=list(styles), range=[COLOURS[style] for style in styles])
    return cell_form(
        _bars(-1).encode(
            color=alt.Color("side", type="nominal", scale=colours, legend=None),
            opacity=alt.Opacity("strength", type="quantitative", scale=None),
        ),
        SIDES,
    )


def meters(counts: Sequence[int]) -> list[Markup]:
    """A bar a row, the longest as long as the drawing."""
    top = max(counts, default=0)
    rows = [{"row": row, "low": 0, "high": count / top} for row, count in enumerate(counts) if count]
    return cells(_meter_form(), rows, len(counts), METER)


@cache
def _meter_form() -> Form:
    return cell_form(_bars(0), METER)


def ranges(found: Sequence[Range | None]) -> list[Markup]:
    """An interval as a line and its estimate as a dot, on a scale of ratios where halving is as far as
    doubling. Nothing where there is none; paler where it goes on beyond the drawing."""
    rows = [_bounds(row, one) for row, one in enumerate(found) if one]
    return cells(_range_form(), rows, len(found), RANGE)


def _bounds(row: int, one: Range) -> dict[str, Any]:
    return {
        "row": row,
        "low": _drawable(one.low),
        "high": _drawable(one.high or DECADE),
        "ratio": None if one.ratio is None else _drawable(one.ratio),
        "strength": 0.5 if one.high is None else 1,
    }


def _drawable(ratio: float) -> float:
    return min(DECADE, max(1 / DECADE, ratio))


@cache
def _range_form() -> Form:
    scale = alt.Scale(type="log", domain=[1 / DECADE, DECADE], nice=False, padding=5)
    line = (
        alt.Chart()
        .mark_rule(aria=False, strokeWidth=2, color=COLOURS["soft"])
        .encode(
            x=alt.X("low", type="quantitative", scale=scale, axis=None),
            x2=alt.X2("high"),
            opacity=alt.Opacity("strength", type="quantitative", scale=None),
        )
    )
    dot = (
        alt.Chart()
        .mark_circle(aria=False, size=50, opacity=1, color=COLOURS["accent"])
        .encode(x=alt.X("ratio", type="quantitative"))
    )
    return cell_form(alt.layer(line, dot), RANGE)


def _bars(least: float) -> alt.Chart:
    """Bars from `low` to `high`, between `least` and 1."""
    scale = alt.Scale(domain=[least, 1], nice=False)
    chart: alt.Chart = (
        alt.Chart()
        .mark_rect(aria=False, color=COLOURS["accent"])
        .encode(x=alt.X("low", type="quantitative", scale=scale, axis=None), x2=alt.X2("high"))
    )
    return chart
