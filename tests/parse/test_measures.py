"""The graph of a thread and its measures."""

import io
from datetime import UTC, datetime

import networkx as nx
import pytest

from parse.measures import measure, people_graph, reply_graph
from parse.model import Author, Post, PostState, Reply, Thread


def thread(authors, parents):
    """Posts 0, 1, 2, … by these authors; `parents` are numbers of the posts answered (None: none)."""
    posts = tuple(
        Post(
            id=str(n),
            text=f"words of {n}",
            full_text="",
            author=Author(name=name) if name else None,
            position=n + 1,
            posted_at=datetime(2024, 5, 1, n % 24, tzinfo=UTC),
            state=PostState.VISIBLE if name else PostState.GHOST,
        )
        for n, name in enumerate(authors)
    )
    replies = tuple(
        Reply(post=str(n), parent=str(parent), method="quote", confidence=0.9, is_primary=True)
        for n, parent in enumerate(parents)
        if parent is not None
    )
    return Thread(id="t", title="Fees", url="https://forum.example.org/t", posts=posts, replies=replies)


def test_a_chain_is_deep_and_a_star_is_broad():
    chain = measure(thread("abab", [None, 0, 1, 2]))
    star = measure(thread("abcd", [None, 0, 0, 0]))
    assert (chain.depth, chain.branching, chain.reciprocity) == (3, 1.0, 1.0)
    assert (star.depth, star.branching, star.reciprocity) == (1, 3.0, 0.0)
    assert star.bridges == ("a",)


def test_evenness_tells_a_monologue_from_a_talk():
    assert measure(thread("abab", [None, 0, 1, 2])).evenness == pytest.approx(1.0)
    assert measure(thread("aaaaaaab", [None, *range(7)])).evenness < 0.6
    assert measure(thread("aa", [None, 0])).evenness is None


def test_contention_is_the_share_of_opposing_answers():
    talk = thread("abc", [None, 0, 0])
    assert measure(talk).contention is None
    assert measure(talk, {("1", "0"): "oppose", ("2", "0"): "support"}).contention == 0.5


def test_bridges_hold_groups_together():
    talk = thread("abcde", [None, 0, 1, 2, 3])
    assert measure(talk).bridges == ("c", "b", "d")


def test_people_are_tied_by_answers_and_not_to_themselves():
    graph = people_graph(thread("aabb", [None, 0, 1, 1]))
    assert list(graph.edges(data="weight")) == [("b", "a", 2)]
    assert dict(graph.nodes(data="posts")) == {"a": 2, "b": 2}


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_the_graph_survives_a_round_trip(form):
    graph = reply_graph(thread(["a", None, "b"], [None, 0, 1]))
    written = io.BytesIO()
    getattr(nx, f"write_{form}")(graph, written)
    written.seek(0)
    again = getattr(nx, f"read_{form}")(written)
    assert set(again.edges) == {("1", "0"), ("2", "1")}
    assert again.edges["1", "0"]["method"] == "quote"
    assert float(again.edges["1", "0"]["weight"]) == 0.9
    assert again.nodes["0"]["author"] == "a"
    assert again.nodes["1"]["state"] == "ghost"


def test_ten_thousand_answers_in_a_row_are_measured():
    long = thread(["a", "b"] * 5000, [None, *range(9999)])
    assert measure(long).depth == 9999


def test_an_empty_thread_has_no_measures():
    empty = measure(thread("", []))
    assert (empty.posts, empty.depth, empty.branching, empty.bridges) == (0, 0, None, ())
