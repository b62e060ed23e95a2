"""The shape of one thread as a graph: how deep, how even, how mutual, who holds it together, how contested.

networkx is right for a thread and wrong for a corpus; questions over many threads are SQL.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import log

import networkx as nx

from parse.model import Post, Thread
from parse.replies import depths

_SAMPLED = 200
"""People from which paths are followed at most: exact below, a fixed sample above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What `measure` finds. Shares and evenness lie in [0, 1]; None where there is nothing to measure."""

    posts: int
    """Ghosts included: they were part of the talk."""
    participants: int
    depth: int
    """Answers on the longest way from the opening post."""
    branching: float | None
    """Answers a post got, mean over the posts that got any."""
    evenness: float | None
    """How evenly the posts spread over the people: entropy over its maximum; None for one person."""
    reciprocity: float | None
    """The share of directed ties between two people that go both ways."""
    bridges: tuple[str, ...]
    """Author keys of people through whom others are connected, the most important first."""
    contention: float | None
    """The share of opposing answers among those whose stance is known."""


def reply_graph(thread: Thread) -> "nx.DiGraph[str]":
    """Posts and who answered whom: an edge from each answer to its parent.

    Nodes carry author, position, posted_at, state; edges method, weight (the confidence), is_primary. All
    values are text, numbers or booleans, so that GraphML and GEXF can hold them.
    """
    graph: nx.DiGraph[str] = nx.DiGraph(title=thread.title, url=thread.url)
    for post in thread.posts:
        graph.add_node(post.id, **_attributes(post))
    for reply in thread.replies:
        graph.add_edge(
            reply.post,
            reply.parent,
            method=reply.method,
            weight=float(reply.confidence),
            is_primary=reply.is_primary,
        )
    return graph


def people_graph(thread: Thread) -> "nx.DiGraph[str]":
    """People and how often one answered another (weight), but for themselves. Nodes carry name and posts."""
    author = {post.id: post.author for post in thread.posts if post.author}
    graph: nx.DiGraph[str] = nx.DiGraph(title=thread.title, url=thread.url)
    for key, count in Counter(a.key for a in author.values()).items():
        graph.add_node(key, posts=count)
    for each in author.values():
        graph.nodes[each.key].update(name=each.name, is_staff=each.is_staff)
    pairs = [(author.get(r.post), author.get(r.parent)) for r in thread.replies if r.is_primary]
    answered = Counter((a.key, b.key) for a, b in pairs if a and b and a.key != b.key)
    for (one, other), count in answered.items():
        graph.add_edge(one, other, weight=count)
    return graph


def measure(thread: Thread, stances: Mapping[tuple[str, str], str] | None = None) -> Measures:
    """The measures of a thread whose replies are connected.

    `stances` tells, by (post, parent), how an answer stands: "support", "oppose", "mixed" or "neutral".
    """
    people = people_graph(thread)
    known = Counter((stances or {}).values())
    return Measures(
        posts=len(thread.posts),
        participants=len(people),
        depth=max(depths(thread.replies).values(), default=0),
        branching=_branching(thread),
        evenness=_evenness([data["posts"] for _, data in people.nodes(data=True)]),
        reciprocity=float(nx.overall_reciprocity(people)) if people.number_of_edges() else None,
        bridges=_bridges(people),
        contention=known["oppose"] / known.total() if known else None,
    )


def _attributes(post: Post) -> dict[str, str | int | float | bool]:
    known = {
        "author": post.author.name if post.author else None,
        "is_staff": post.author.is_staff if post.author else None,
        "position": post.position,
        "posted_at": post.posted_at.isoformat() if post.posted_at else None,
        "words": len(post.text.split()),
        "state": str(post.state),
    }
    return {name: value for name, value in known.items() if value is not None}


def _branching(thread: Thread) -> float | None:
    answers = Counter(reply.parent for reply in thread.replies if reply.is_primary)
    return answers.total() / len(answers) if answers else None


def _evenness(counts: list[int]) -> float | None:
    if len(counts) < 2:
        return None
    total = sum(counts)
    return -sum(n / total * log(n / total) for n in counts) / log(len(counts))


def _bridges(people: "nx.DiGraph[str]") -> tuple[str, ...]:
    """People on the ways between others, by betweenness; only those without whom the talk falls apart."""
    ties = people.to_undirected()
    needed = set(nx.articulation_points(ties))
    if not needed:
        return ()
    sample = _SAMPLED if len(ties) > _SAMPLED else None
    between = nx.betweenness_centrality(ties, k=sample, seed=1)
    return tuple(sorted(needed, key=lambda key: (-between[key], key)))
