"""What one person said of one proposal, on a line of time: a mark a statement. Geometry only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reports.graph import shape

WIDTH, HEIGHT, EDGE, RADIUS = 300, 18, 9, 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    day: date | None
    side: str
    anchor: str
    """Where on the page its words stand."""
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    x: float
    path: str
    """Drawn around (0, 0): the shape tells the side as well as the colour does."""
    side: str
    anchor: str
    says: str


def marks(statements: Sequence[Statement], first: date | None, last: date | None) -> tuple[Mark, ...]:
    """The dated ones of them between two days, in the order of time; those of one day side by side."""
    dated = sorted((one for one in statements if one.day), key=lambda one: one.day or date.min)
    places = _apart([_place(one.day, first, last) for one in dated])
    return tuple(
        Mark(x=x, path=shape(one.side, _radius(one.side)), side=one.side, anchor=one.anchor, says=one.says)
        for x, one in zip(places, dated, strict=True)
    )


def _radius(side: str) -> float:
    return RADIUS if side != "raised" else RADIUS - 1.5


def _place(day: date | None, first: date | None, last: date | None) -> float:
    if not day or not first or not last or first == last:
        return WIDTH / 2
    along = (day - first).days / (last - first).days
    return EDGE + (WIDTH - 2 * EDGE) * max(0.0, min(1.0, along))


def _apart(places: Sequence[float]) -> list[float]:
    """Places in order, moved so far that marks do not cover each other, as long as there is room."""
    gap = min(2 * RADIUS + 1, (WIDTH - 2 * EDGE) / max(1, len(places)))
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + gap) if found else place)
    edge = WIDTH - float(EDGE)
    for at in range(len(found) - 1, -1, -1):
        found[at] = round(min(found[at], edge), 1)
        edge = found[at] - gap
    return found
