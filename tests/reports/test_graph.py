"""The drawing of a thread: every post once, answers to the right of what they answer."""

from hypothesis import given
from hypothesis import strategies as st

from reports.graph import DRAWN, Link, drawing


def link(post: int, parent: int | None, stance: str = "") -> Link:
    return Link(
        post_id=str(post), parent_id=None if parent is None else str(parent), stance=stance, is_guess=False
    )


@given(st.lists(st.one_of(st.none(), st.integers(0, 40)), max_size=40))
def test_any_edges_even_in_circles_give_a_drawing_that_answers_lead_away_from(
    parents: list[int | None],
) -> None:
    drawn = drawing([link(at, parent) for at, parent in enumerate(parents)])
    assert [node.post_id for node in drawn.nodes] == [str(at) for at in range(len(parents))]
    for node in drawn.nodes:
        if node.parent is not None:
            assert drawn.nodes[node.parent].x < node.x
        assert 0 < node.x <= drawn.width
        assert 0 < node.y <= drawn.height
    assert len({(node.x, node.y) for node in drawn.nodes}) == len(parents)


def test_size_tells_replies_and_shape_tells_stance() -> None:
    drawn = drawing([link(0, None), link(1, 0, "oppose"), link(2, 0, "support"), link(3, 1)])
    first, against, agrees, last = drawn.nodes
    assert first.radius > against.radius > last.radius
    assert against.shape != agrees.shape
    assert [node.replies for node in drawn.nodes] == [2, 1, 0, 0]


def test_five_thousand_answers_deep_is_drawn_as_far_as_it_can_be_read() -> None:
    drawn = drawing([link(at, at - 1 if at else None) for at in range(5000)])
    assert len(drawn.nodes) == DRAWN
    assert drawn.left_out == 5000 - DRAWN


def test_nothing_is_an_empty_drawing() -> None:
    assert drawing([]).nodes == ()
