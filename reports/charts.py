"""A chart as a reader gets it: the drawing, the sentence that says what it shows, its table, its evidence.

A chart is drawn twice, for a page and for a phone: letters that shrink with the drawing cannot be read.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from markupsafe import Markup

WIDE, NARROW = 520, 320
"""Points across: of a page, of a phone."""

FEW_POINTS = 4
"""A line through fewer points draws a trend that nobody measured: those are drawn as bars."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The numbers of a chart, for whoever cannot or would rather not look at it."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Where the evidence behind a chart stands."""

    text: str
    page: str


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
    links: tuple[Link, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    """Style and name of each part, where the drawing does not name them itself."""
    wide: Markup = field(metadata={"figure": False})
    narrow: Markup = field(metadata={"figure": False})


def chart(
    plot: Callable[[int], Markup],
    *,
    key: str,
    title: str,
    sentence: str,
    alt: str,
    table: Table,
    links: tuple[Link, ...] = (),
    legend: tuple[tuple[str, str], ...] = (),
) -> Chart:
    """A chart of the drawing that `plot` makes for a width."""
    return Chart(
        key=key,
        title=title,
        sentence=sentence,
        alt=alt,
        table=table,
        links=links,
        legend=legend,
        wide=plot(WIDE),
        narrow=plot(NARROW),
    )
