"""Comments of Disqus: the same talk by its interface, by the page it embeds, and as it is exported."""

import importlib.util
import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from parse.model import ParseError, PostState
from parse.registry import read
from parse.threads import assemble, resolve

_SPEC = importlib.util.spec_from_file_location("golden_folders", Path(__file__).parent / "golden.py")
golden = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(golden)

WAYS = ("posts", "embed", "export")


def page(case):
    return golden.page_of(golden.ROOT / "disqus" / case)


def talk(case):
    return next(thread for thread in read(page(case)).threads if thread.id == "7001")


@pytest.mark.parametrize("order", list(itertools.permutations(WAYS)))
def test_one_talk_is_put_together_from_all_ways_in_any_order(order):
    held = None
    for case in order:
        held = resolve(assemble(held, [talk(case)]))
    assert held.title == "The fog horn & the quay" and held.is_locked
    assert [post.id for post in held.posts][:3] == ["7001#0", "9001", "9002"]
    assert len({post.id for post in held.posts}) == len(held.posts) == 9
    answers = {reply.post: reply.parent for reply in held.replies if reply.is_primary}
    assert (answers["9001"], answers["9002"], answers["9003"]) == ("7001#0", "9001", "9002")


def test_people_are_the_same_whichever_way_they_come():
    keys = [{post.id: post.author.key for post in talk(case).posts if post.author} for case in WAYS]
    for one, other in itertools.pairwise(keys):
        assert {post: one[post] for post in one.keys() & other} == {
            post: other[post] for post in one.keys() & other
        }


def test_of_an_export_that_breaks_off_what_stands_before_is_read_and_the_rest_is_told():
    whole = page("export")
    reading = read(replace(whole, body=whole.body[: whole.body.index(b'<post dsq:id="9004"') + 40]))
    assert [post.id for post in reading.threads[0].posts] == ["7001#0", "9001", "9002"]
    assert "breaks off" in reading.warnings[0]
    with pytest.raises(ParseError, match="no post was found"):
        read(replace(whole, body=whole.body[: whole.body.index(b"<post ")]))


def test_an_export_may_not_grow_by_what_it_defines():
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "horn"}">' for n in range(12))
    body = page("export").body.replace(b"<disqus ", f"<!DOCTYPE disqus [{bomb}]><disqus ".encode(), 1)
    grown = replace(page("export"), body=body.replace(b"<title>The", b"<title>&l11;The"))
    with pytest.raises(ParseError, match="no post was found"):
        read(grown)


def test_a_page_whose_state_is_cut_off_is_refused():
    whole = page("embed")
    with pytest.raises(ParseError, match="thread page of disqus, but no post"):
        read(replace(whole, body=whole.body.replace(b'"order": "popular"}', b"")))


def test_what_is_held_back_or_taken_down_is_told_apart_from_what_is_shown():
    states = {post.id: post.state for post in talk("posts").posts}
    assert states["9001"] is PostState.VISIBLE
    assert (states["9005"], states["9006"]) == (PostState.REMOVED, PostState.HIDDEN)
