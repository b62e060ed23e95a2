"""Drawings small enough for a table row: a line of weeks, a bar of two sides. Geometry only."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

SPARK_WIDTH, SPARK_HEIGHT = 96, 22
BAR_WIDTH = 150
METER = 180
INTERVAL, DECADES = 150, 1.0
"""Width of an interval; it spans this many powers of ten to either side of 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spark:
    """Bars of a sparkline: x, y, width, height of each; none where there was nothing to draw."""

    bars: tuple[tuple[float, float, float, float], ...]
    words: str
    """What it shows, for whoever cannot see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """A bar from a middle line: against to the left, for to the right, to one scale for the whole table.

    The part next to the middle is those who say so themselves.
    """

    against_x: float
    against: float
    said_against_x: float
    said_against: float
    middle: float
    support_x: float
    support: float
    said_support: float


def spark(counts: Sequence[int]) -> Spark:
    """One bar a week, the tallest as high as the drawing. Bars, not a line: weeks without words are zero."""
    top = max(counts, default=0)
    if not top:
        return Spark(bars=(), words="no mention with a date")
    step = SPARK_WIDTH / len(counts)
    bars = tuple(
        (
            round(at * step, 2),
            round(SPARK_HEIGHT - height, 2),
            round(max(step - 0.6, 0.6), 2),
            round(height, 2),
        )
        for at, count in enumerate(counts)
        if (height := max(1.5, SPARK_HEIGHT * count / top) if count else 0)
    )
    return Spark(bars=bars, words=f"at most {top} a week over {len(counts)} weeks")


def sides(support: int, oppose: int, scale: int, *, said_support: int, said_oppose: int) -> Sides:
    """`scale` is the largest count of either side in the table."""
    half = BAR_WIDTH / 2
    unit = (half - 2) / max(scale, 1)
    return Sides(
        against_x=round(half - 1 - oppose * unit, 2),
        against=round(oppose * unit, 2),
        said_against_x=round(half - 1 - said_oppose * unit, 2),
        said_against=round(said_oppose * unit, 2),
        middle=half,
        support_x=half + 1,
        support=round(support * unit, 2),
        said_support=round(said_support * unit, 2),
    )


def bar(count: int, top: int) -> float:
    """The length of a bar among bars of which the longest stands for `top`."""
    return round(METER * count / max(1, top), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """An estimate and its interval on a scale of ratios: 1 in the middle, doubling as far as halving."""

    low: float
    width: float
    dot: float | None
    """None where there is nothing to compare with."""
    middle: float
    is_open: bool
    """The interval goes on beyond the drawing."""


def interval(low: float, high: float | None, ratio: float | None) -> Range:
    left, right = _on_ratios(low), _on_ratios(high)
    return Range(
        low=left,
        width=round(right - left, 1),
        dot=None if ratio is None else _on_ratios(ratio),
        middle=INTERVAL / 2,
        is_open=high is None,
    )


def _on_ratios(ratio: float | None) -> float:
    """Where a ratio stands: logarithmic, and at the edge where it is beyond."""
    if ratio is None:
        return float(INTERVAL - 4)
    place = max(-DECADES, min(DECADES, log10(ratio) if ratio > 0 else -DECADES))
    return round(INTERVAL / 2 + place / DECADES * (INTERVAL / 2 - 4), 1)
