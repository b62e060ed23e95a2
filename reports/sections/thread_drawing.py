"""The reply graph of a thread with its words, and the table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports import graph, links, words
from reports.sections.thread_rows import PostRow, number, place

PAIRS = 12
NAME = 12
"""Letters of a name under its dot."""
SPIRIT = {"support": "agrees", "oppose": "disagrees", "mixed": "agrees in part", "neutral": "takes no side"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A node of the drawing with its words."""

    node: graph.Node
    anchor: str
    name: str
    """Short enough to stand under the dot."""
    label: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Who answered whom, how often, in which spirit."""

    answering: str
    answered: str
    replies: int
    supports: int
    opposes: int


def link(row: PostRow, stance: str) -> graph.Link:
    return graph.Link(
        post_id=row.post_id,
        parent_id=row.parent_post_id,
        stance=stance,
        is_guess=row.reply_method == "sequence",
    )


def dot(node: graph.Node, by_id: dict[str, PostRow], stances: dict[str, str]) -> Dot:
    row = by_id[node.post_id]
    parent = by_id.get(row.parent_post_id or "")
    spirit = SPIRIT.get(stances[node.post_id], "")
    to = f", answers {number(parent)} by {words.person(parent.author)}" if parent else ""
    return Dot(
        node=node,
        anchor=links.anchor(node.post_id),
        name=words.clip(words.person(row.author), NAME),
        label=f"{place(row).capitalize()} by {words.person(row.author)}{to}{spirit and ': ' + spirit}",
        says=words.clip(row.text, 140),
    )


def pairs(rows: Sequence[PostRow], by_id: dict[str, PostRow], stances: dict[str, str]) -> tuple[Pair, ...]:
    """The table beside the drawing: who answers whom most."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if parent := by_id.get(row.parent_post_id or ""):
            key = (words.person(row.author), words.person(parent.author))
            found.setdefault(key, []).append(stances[row.post_id])
    most = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))[:PAIRS]
    return tuple(
        Pair(
            answering=key[0],
            answered=key[1],
            replies=len(spirits),
            supports=spirits.count("support"),
            opposes=spirits.count("oppose"),
        )
        for key, spirits in most
    )
