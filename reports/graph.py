"""The reply graph of a thread as a drawing: a tree from left to right, one row a branch. Geometry only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

ROW, MARGIN = 34, 30
STEP, LEAST_STEP, WIDTH = 84, 22, 940
NAMED_STEP = 58
"""Posts closer than this have no room for a name."""
DRAWN = 300
"""Posts drawn; a longer thread is drawn up to here and says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What the drawing needs to know of a post."""

    post_id: str
    parent_id: str | None
    stance: str
    """Toward the post answered: `support`, `oppose`, `mixed`, `neutral` or ``."""
    is_guess: bool
    """Nothing better than the order of the posts says whom it answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    post_id: str
    parent: int | None
    """Index of the post answered among the nodes."""
    x: float
    y: float
    radius: float
    shape: str
    """Drawn around (0, 0): a circle, and by stance a square or a diamond, so that colour is not needed."""
    stance: str
    trunk: str
    """The way down from the post answered, shared by its answers and so without colour; empty in one row."""
    edge: str
    """The rest of the way, in the colour of the stance; empty for a root."""
    is_guess: bool
    replies: int

    @property
    def name_y(self) -> float:
        return round(self.y + self.radius + 9, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    width: int
    height: int
    nodes: tuple[Node, ...]
    is_named: bool
    """There is room for names beside the posts."""
    left_out: int


def drawing(links: Sequence[Link]) -> Drawing:
    """Lays out posts given in reading order: deterministic, linear in their number however deep they nest."""
    kept = links[:DRAWN]
    index = {link.post_id: at for at, link in enumerate(kept)}
    parents = _forest(kept, index)
    depths = _depths(parents)
    rows = _rows(parents)
    replies = _replies(links)
    step = max(LEAST_STEP, min(STEP, (WIDTH - 2 * MARGIN) / max(1, max(depths, default=0))))
    places = [(MARGIN + depth * step, MARGIN + row * ROW) for depth, row in zip(depths, rows, strict=True)]
    nodes = tuple(
        _node(link, parents[at], places, at, replies.get(link.post_id, 0)) for at, link in enumerate(kept)
    )
    return Drawing(
        width=round(2 * MARGIN + max(depths, default=0) * step),
        height=round(2 * MARGIN + max(rows, default=0) * ROW),
        nodes=nodes,
        is_named=step >= NAMED_STEP,
        left_out=len(links) - len(kept),
    )


def _node(
    link: Link, parent: int | None, places: Sequence[tuple[float, float]], at: int, replies: int
) -> Node:
    x, y = places[at]
    trunk, edge = _way(places[parent], (x, y)) if parent is not None else ("", "")
    radius = round(min(4.5 + 1.8 * sqrt(replies), 11), 1)
    return Node(
        post_id=link.post_id,
        parent=parent,
        x=round(x, 1),
        y=round(y, 1),
        radius=radius,
        shape=shape(link.stance, radius),
        stance=link.stance or "none",
        trunk=trunk,
        edge=edge,
        is_guess=link.is_guess,
        replies=replies,
    )


def _forest(links: Sequence[Link], index: Mapping[str, int]) -> list[int | None]:
    """The parent of each post; an edge that closes a circle, or leads nowhere, is left out."""
    parents = [index.get(link.parent_id or "") for link in links]
    state = [0] * len(parents)
    for start in range(len(parents)):
        at: int | None = start
        while at is not None and state[at] == 0:
            state[at] = start + 1
            step = parents[at]
            if step is not None and state[step] == start + 1:
                parents[at] = step = None
            at = step
    return parents


def _depths(parents: Sequence[int | None]) -> list[int]:
    depths = [-1] * len(parents)
    for start in range(len(parents)):
        chain, at = [], start
        while depths[at] < 0 and (parent := parents[at]) is not None:
            chain.append(at)
            at = parent
        depths[at] = max(depths[at], 0)
        for child in reversed(chain):
            depths[child] = depths[at] + 1
            at = child
    return depths


def _rows(parents: Sequence[int | None]) -> list[int]:
    """A row for each post: the first answer goes on in its parent's row, further ones open new rows."""
    children: dict[int | None, list[int]] = {}
    for at, parent in enumerate(parents):
        children.setdefault(parent, []).append(at)
    rows = [0] * len(parents)
    stack, used = list(reversed(children.get(None, []))), -1
    while stack:
        at = stack.pop()
        parent = parents[at]
        goes_on = parent is not None and children[parent][0] == at
        if goes_on and parent is not None:
            rows[at] = rows[parent]
        else:
            used += 1
            rows[at] = used
        stack += reversed(children.get(at, []))
    return rows


def _replies(links: Sequence[Link]) -> dict[str, int]:
    found: dict[str, int] = {}
    for link in links:
        if link.parent_id:
            found[link.parent_id] = found.get(link.parent_id, 0) + 1
    return found


def _way(start: tuple[float, float], end: tuple[float, float]) -> tuple[str, str]:
    """Down along the other answers, then over to the answer."""
    (x1, y1), (x2, y2) = start, end
    if y1 == y2:
        return "", f"M{x1:.1f},{y1:.1f}H{x2:.1f}"
    bend = min(12.0, abs(y2 - y1), x2 - x1)
    over = f"M{x1:.1f},{y2 - bend:.1f}Q{x1:.1f},{y2:.1f} {x1 + bend:.1f},{y2:.1f}H{x2:.1f}"
    return f"M{x1:.1f},{y1:.1f}V{y2 - bend:.1f}", over


def shape(stance: str, radius: float) -> str:
    r = radius
    if stance == "oppose":
        return f"M0,{-r * 1.25:.1f}L{r * 1.25:.1f},0L0,{r * 1.25:.1f}L{-r * 1.25:.1f},0Z"
    if stance == "mixed":
        return f"M{-r:.1f},{-r:.1f}H{r:.1f}V{r:.1f}H{-r:.1f}Z"
    return f"M{-r:.1f},0A{r},{r} 0 1 1 {r:.1f},0A{r},{r} 0 1 1 {-r:.1f},0Z"
