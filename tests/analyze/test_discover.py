"""Uncoded proposals: grouped by what they ask for, whatever their order, and stable."""

import random

from hypothesis import given
from hypothesis import strategies as st

from analyze.discover import group, lemma
from analyze.model import UncodedMention


def mention(number: int, excerpt: str, post: int | None = None) -> UncodedMention:
    return UncodedMention(
        mention_id=f"m{number:03}",
        post_id=f"p{number if post is None else post}",
        thread_id="t",
        author_id=None,
        excerpt=excerpt,
    )


ASKED = [
    mention(1, "Please add a dark mode."),
    mention(2, "Dark modes would be nice"),
    mention(3, "Why not let us sort comments by age?"),
    mention(4, "I want sorted comments"),
    mention(5, "Could you have a dark mode for the reader?"),
    mention(6, "Free parking, please"),
]


def test_groups_are_named_by_their_own_words():
    found = group(ASKED)
    assert [(one.id, one.label, one.mention_ids) for one in found] == [
        ("discovered_dark_mode", "Dark mode", ("m001", "m002", "m005")),
        ("discovered_comment_sort", "Sort comments", ("m003", "m004")),
    ]
    assert found[0].description == "Asked for in 3 posts, for example: “Please add a dark mode.”"


def test_asking_twice_in_one_post_is_asking_once():
    assert group([mention(1, "Add a dark mode", post=1), mention(2, "A dark mode, please", post=1)]) == []


def test_a_group_keeps_its_id_when_new_posts_arrive():
    more = [*ASKED, mention(7, "dark mode!!"), mention(8, "More bike lanes"), mention(9, "Bike lanes, now")]
    assert {one.id for one in group(ASKED)} < {one.id for one in group(more)}


def test_nothing_asked_nothing_found():
    assert group([]) == []


def test_lemmas():
    words = ["tabs", "replies", "sorting", "stopped", "boxes", "class", "bus", "searches", "sorted", "red"]
    assert [lemma(word) for word in words] == [
        "tab", "reply", "sort", "stop", "box", "class", "bus", "search", "sort", "red",
    ]  # fmt: skip


@given(st.randoms(use_true_random=False))
def test_order_does_not_matter(shuffler: random.Random):
    shuffled = list(ASKED)
    shuffler.shuffle(shuffled)
    assert group(shuffled) == group(ASKED)
