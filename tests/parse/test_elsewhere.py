"""Quotes whose source stands in another thread of the site."""

from dataclasses import replace

import pytest

from parse.elsewhere import source, with_sources
from parse.model import PostState, Quote
from parse.threads import assemble, resolve
from tests.parse.made import LONG, OTHER, post, thread


def looked_up(quote, *candidates):
    """The quote after Dan, who quotes it in a thread that does not hold its source, was offered candidates."""
    opened = resolve(thread(post(1, "Cid", "Opening."), post(2, "Dan", "See what was said there.", quote)))
    found = source(quote, [(f"t{each.id}", each) for each in candidates])
    return with_sources(opened, {("2", quote.ordinal): found} if found else {})


def answer(result):
    found = next(post for post in result.posts if post.id == "2").quotes[0]
    return found.source_post_id, found.source_thread_id, found.source_method


@pytest.mark.parametrize("text", [LONG, LONG.lower(), LONG[:60], "… " + LONG[12:]])
def test_words_that_another_thread_holds_are_tied_to_it(text):
    result = looked_up(
        Quote(ordinal=1, depth=1, text=text, attributed_to="Ann"), post(7, "Ann", f"Yes. {LONG}")
    )
    assert answer(result) == ("7", "t7", "text")


def test_a_post_found_elsewhere_is_no_ghost():
    quote = Quote(ordinal=1, depth=1, text=LONG, attributed_to="Ann")
    before = resolve(thread(post(1, "Cid", "Opening."), post(2, "Dan", "See.", quote)))
    assert [each.state for each in before.posts].count(PostState.GHOST) == 1
    result = looked_up(quote, post(7, "Ann", LONG))
    assert [each.id for each in result.posts] == ["1", "2"]


def test_a_link_needs_no_words():
    quote = Quote(ordinal=1, depth=1, text="Gone.", source_ref="8")
    result = looked_up(quote, post(8, "Bob", OTHER))
    assert answer(result) == ("8", "t8", "link")


def test_a_post_with_such_words_that_the_link_does_not_mean_is_not_answered():
    quote = Quote(ordinal=1, depth=1, text=LONG, attributed_to="Ann", source_ref="8")
    opened = resolve(thread(post(1, "Ann", LONG), post(2, "Bob", OTHER), post(3, "Dan", "See.", quote)))
    assert [(edge.parent, edge.method) for edge in opened.replies if edge.post == "3"] == [("1", "quote")]
    found = source(quote, [("t8", post(8, "Ann", LONG))])
    tied = with_sources(opened, {("3", 1): found})
    assert tied.posts[2].quotes[0].source_post_id == "8"
    assert "1" not in [edge.parent for edge in tied.replies if edge.post == "3"]


def test_a_short_sentence_proves_nothing_across_threads():
    quote = Quote(ordinal=1, depth=1, text="I agree with you.", attributed_to="Ann")
    assert answer(looked_up(quote, post(7, "Ann", "I agree with you.")))[2] == "ghost"


def test_other_words_are_not_taken_for_the_quote():
    quote = Quote(ordinal=1, depth=1, text=LONG, attributed_to="Ann")
    assert answer(looked_up(quote, post(7, "Ann", OTHER)))[2] == "ghost"


def test_the_one_who_is_named_is_believed_before_the_one_who_repeats():
    quote = Quote(ordinal=1, depth=1, text=LONG, attributed_to="Ann")
    result = looked_up(quote, post(6, "Eve", f"Somebody wrote: {LONG}"), post(7, "Ann", LONG))
    assert answer(result) == ("7", "t7", "text")


def test_words_that_two_threads_hold_make_no_sure_answer():
    quote = Quote(ordinal=1, depth=1, text=LONG)
    result = looked_up(quote, post(6, "Eve", LONG), post(7, "Ann", LONG))
    found = result.posts[1].quotes[0]
    assert found.source_confidence is None or found.source_confidence < 0.9


def test_what_was_found_elsewhere_stays_found_when_the_page_is_read_again():
    quote = Quote(ordinal=1, depth=1, text=LONG, attributed_to="Ann")
    held = looked_up(quote, post(7, "Ann", LONG))
    page = thread(post(1, "Cid", "Opening."), post(2, "Dan", "See what was said there.", quote))
    assert answer(resolve(assemble(held, [page]))) == ("7", "t7", "text")


def test_a_source_that_shows_up_in_the_thread_itself_is_the_nearer_one():
    quote = Quote(ordinal=1, depth=1, text=LONG, attributed_to="Ann")
    held = looked_up(quote, post(7, "Eve", LONG))
    late = thread(post(1, "Cid", "Opening."), post(2, "Dan", "See.", quote))
    late = replace(late, posts=(replace(post(0, "Ann", LONG), position=1), *late.posts))
    assert answer(resolve(assemble(held, [late]))) == ("0", None, "text")


def test_a_quote_found_elsewhere_keeps_its_place_among_the_quotes_of_its_post():
    outer = Quote(ordinal=1, depth=1, text=OTHER, attributed_to="Cid")
    inner = Quote(ordinal=2, depth=2, text=LONG, attributed_to="Ann", parent=1)
    opened = resolve(thread(post(1, "Cid", OTHER), post(2, "Dan", "See.", outer, inner)))
    offered = Quote(ordinal=2, depth=2, text=LONG, attributed_to="Ann")
    found = source(offered, [("t7", post(7, "Ann", LONG))])
    first, second = with_sources(opened, {("2", 2): found}).posts[-1].quotes
    assert (first.source_post_id, first.source_thread_id) == ("1", None)
    assert (second.parent, second.source_post_id, second.source_thread_id) == (1, "7", "t7")
