"""What one person said of each proposal, on a line of time: a mark a statement, which leads to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

import altair as alt
from markupsafe import Markup

from reports.drawing import COLOURS, Form, Rows, cell_form, cells

LANE = (300, 18)
WIDTH = LANE[0]
_MARK = 11
"""Points that a mark takes."""
_SHAPES = {"support": "circle", "oppose": "diamond", "mixed": "square", "raised": "circle"}
"""The shape tells the side as well as the colour does, as in the drawing of a thread."""
_TONES = {"support": "support", "oppose": "oppose", "mixed": "mixed", "raised": "accent"}
_SIZES = {"support": 100, "oppose": 144, "mixed": 78, "raised": 49}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    day: date | None
    side: str
    anchor: str
    """Where on the page its words stand."""
    says: str


def lanes(people: Sequence[Sequence[Sequence[Statement]]]) -> list[list[Markup]]:
    """For each person a lane a row, all of them from their first to their last day; nothing in a lane without
    a date. Everybody's in one go, which takes a third of the time of one person after the other.
    """
    marks = [mark for rows in people for mark in _rows(rows)]
    drawn = iter(
        cells(_form(), [one | {"row": at} for at, row in enumerate(marks) for one in row], len(marks), LANE)
    )
    return [list(islice(drawn, len(rows))) for rows in people]


def _rows(rows: Sequence[Sequence[Statement]]) -> Iterator[Rows]:
    """The marks of one person, row by row."""
    days = [one.day for row in rows for one in row if one.day]
    first = min(days, default=date.min)
    stretch = max(1, (max(days, default=first) - first).days)
    return (list(_marks(row, first, stretch)) for row in rows)


def _marks(row: Sequence[Statement], first: date, stretch: int) -> Iterator[dict[str, Any]]:
    dated = sorted((one.day, at) for at, one in enumerate(row) if one.day)
    places = _apart([(day - first).days / stretch for day, _ in dated])
    for place, (_, at) in zip(places, dated, strict=True):
        one = row[at]
        yield {"at": place, "side": one.side, "href": f"#{one.anchor}", "says": one.says}


def _apart(places: Sequence[float]) -> list[float]:
    """Places from 0 to 1 in order, moved so far that no mark covers another, as long as there is room."""
    gap = min(_MARK / (WIDTH - _MARK), 1 / max(1, len(places) - 1))
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + gap) if found else place)
    edge = 1.0
    for at in range(len(found) - 1, -1, -1):
        found[at] = min(found[at], edge)
        edge = found[at] - gap
    return found


def _by_side(values: dict[str, Any]) -> alt.Scale:
    return alt.Scale(domain=list(values), range=list(values.values()))


@cache
def _form() -> Form:
    ends = [_MARK / 2 + 2, WIDTH - _MARK / 2 - 2]
    place = alt.Scale(domain=[0, 1], range=ends, nice=False)
    colours = _by_side({side: COLOURS[tone] for side, tone in _TONES.items()})
    chart = (
        alt.Chart()
        .mark_point(filled=True, opacity=1, stroke=COLOURS["sheet"], strokeWidth=1.5)
        .encode(
            x=alt.X("at", type="quantitative", axis=None, scale=place),
            shape=alt.Shape("side", type="nominal", scale=_by_side(_SHAPES), legend=None),
            size=alt.Size("side", type="nominal", scale=_by_side(_SIZES), legend=None),
            color=alt.Color("side", type="nominal", scale=colours, legend=None),
            href=alt.Href("href", type="nominal"),
            description=alt.Description("says", type="nominal"),
        )
    )
    return cell_form(chart, LANE)
