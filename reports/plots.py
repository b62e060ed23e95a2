"""Drawings over time, of our own making: bars of what happened, steps of what holds. Geometry only.

Templates draw them as SVG whose colours are classes, so that one drawing serves light, dark and print, and
whose columns say their own values, so that a pointer or the arrow keys can ask for them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reports import words

WIDE, NARROW, HEIGHT = 620, 320, 168
LEFT, TOP, FOOT = 34, 14, 24
"""Room for the numbers at the left, above the tallest bar, and for the dates below."""
LABEL = 46
"""Points that a date needs along the axis."""
_STEPS = (1, 2, 5)


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


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    style: str


@dataclass(frozen=True, slots=True)
class Line:
    path: str
    style: str


@dataclass(frozen=True, slots=True)
class Label:
    x: float
    y: float
    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A column of the drawing that answers to a pointer."""

    x: float
    width: float
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """One drawing at one width."""

    width: int
    height: int = HEIGHT
    left: int = LEFT
    right: float
    top: int = TOP
    depth: int = HEIGHT - FOOT - TOP
    rules: tuple[float, ...]
    labels: tuple[Label, ...]
    boxes: tuple[Box, ...] = ()
    lines: tuple[Line, ...] = ()
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where days and counts lie in a drawing."""

    width: int
    right: float
    first: date
    days: int
    ticks: tuple[int, ...]

    def x(self, day: date) -> float:
        along = (day - self.first).days / max(1, self.days)
        return round(LEFT + (self.right - LEFT) * along, 1)

    def y(self, count: int) -> float:
        base = HEIGHT - FOOT
        return round(base - (base - TOP) * count / self.ticks[-1], 1)


def bars(stretches: Sequence[Stretch], styles: Sequence[str], width: int) -> Plot:
    """Stacked bars, one a stretch: counts of events, with nothing drawn between them."""
    frame = _frame(stretches, width, right=width - 4, top=max(sum(one.counts) for one in stretches))
    return Plot(
        width=width,
        right=frame.right,
        rules=tuple(frame.y(tick) for tick in frame.ticks),
        labels=(*_counts(frame), *_days(frame)),
        boxes=tuple(box for one in stretches for box in _stack(frame, one, styles)),
        hits=_hits(frame, stretches),
    )


def steps(levels: Sequence[Stretch], styles: Sequence[str], names: Sequence[str], width: int) -> Plot:
    """Lines in steps, for what holds until it changes; each is named where it ends."""
    frame = _frame(levels, width, right=width - 78, top=max(max(one.counts) for one in levels))
    return Plot(
        width=width,
        right=frame.right,
        rules=tuple(frame.y(tick) for tick in frame.ticks),
        labels=(*_counts(frame), *_days(frame), *_ends(frame, levels[-1], styles, names)),
        lines=tuple(Line(_path(frame, levels, part), style) for part, style in enumerate(styles)),
        hits=_hits(frame, levels),
    )


def _frame(stretches: Sequence[Stretch], width: int, *, right: float, top: int) -> Frame:
    first = stretches[0].start
    days = (stretches[-1].end - first).days
    return Frame(width=width, right=right, first=first, days=days, ticks=ticks(top))


def ticks(top: int) -> tuple[int, ...]:
    """Whole numbers from zero to the first that reaches `top`, five of them at most."""
    scale = 1
    while True:
        for step in _STEPS:
            if step * scale * 4 >= top:
                number = -(-top // (step * scale))
                return tuple(step * scale * at for at in range(max(1, number) + 1))
        scale *= 10


def _counts(frame: Frame) -> Iterator[Label]:
    for tick in frame.ticks:
        yield Label(LEFT - 6, frame.y(tick) + 3.5, f"{tick:,}".replace(",", "\u202f"), "count")


def _days(frame: Frame) -> Iterator[Label]:
    """Dates along the axis, as many as have room: months over a long stretch, else Mondays."""
    named = list(_months(frame) if frame.days > 80 else _mondays(frame))
    room = (frame.right - LEFT) / max(1, len(named))
    thin = int(LABEL // max(1.0, room)) + 1
    for at, (day, text) in enumerate(named[::thin]):
        year = f" {day.year}" if at == 0 or (text == "Jan" and room * thin > 1.3 * LABEL) else ""
        yield Label(frame.x(day), HEIGHT - 6, text + year, "day")


def _months(frame: Frame) -> Iterator[tuple[date, str]]:
    day = frame.first.replace(day=1)
    last = frame.first + timedelta(days=frame.days - 20)
    while day <= last:
        if day >= frame.first:
            yield day, words.month(day)
        day = (day + timedelta(days=32)).replace(day=1)


def _mondays(frame: Frame) -> Iterator[tuple[date, str]]:
    for days in range(0, frame.days, 7):
        day = frame.first + timedelta(days=days)
        yield day, f"{day.day} {words.month(day)}"


def _stack(frame: Frame, one: Stretch, styles: Sequence[str]) -> Iterator[Box]:
    left, right = frame.x(one.start), frame.x(one.end)
    gap = min(2.0, 0.2 * (right - left))
    low = 0
    for count, style in zip(one.counts, styles, strict=True):
        if count:
            y = frame.y(low + count)
            yield Box(left, y, round(right - left - gap, 1), round(frame.y(low) - y, 1), style)
        low += count


def _path(frame: Frame, levels: Sequence[Stretch], part: int) -> str:
    start = levels[0]
    turns = [f"V{frame.y(one.counts[part])}H{frame.x(one.end)}" for one in levels]
    return f"M{frame.x(start.start)},{frame.y(start.counts[part])}" + "".join(turns)


def _ends(frame: Frame, last: Stretch, styles: Sequence[str], names: Sequence[str]) -> Iterator[Label]:
    """The names of the lines at their ends, from the top, pushed apart where they would touch."""
    order = sorted(range(len(styles)), key=lambda part: -last.counts[part])
    lowest = float(TOP)
    for part in order:
        y = max(frame.y(last.counts[part]) + 4, lowest)
        lowest = y + 13
        yield Label(frame.right + 6, round(y, 1), f"{names[part]} {last.counts[part]}", f"end {styles[part]}")


def _hits(frame: Frame, stretches: Sequence[Stretch]) -> tuple[Hit, ...]:
    return tuple(
        Hit(frame.x(one.start), round(frame.x(one.end) - frame.x(one.start), 1), one.says)
        for one in stretches
    )
