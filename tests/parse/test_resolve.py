"""Whole threads, at random: whatever is quoted, renamed, lost or out of order, these things hold."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from parse.threads import assemble, resolve
from tests.parse.made import LONG, START, post, thread

SENTENCES = [
    f"{a} {b} {c} for every {d} in the {e} contract."
    for a, b, c in (("Fees", "rise", "again"), ("Clients", "cancel", "quietly"), ("Ratings", "fall", "fast"))
    for d in ("milestone", "dispute", "beginner")
    for e in ("hourly", "fixed", "secret")
]
people = st.sampled_from(["Ann", "Bob", "Cid D", None])


@st.composite
def threads(draw):
    posts = []
    for number in range(draw(st.integers(1, 9))):
        quoted = draw(st.lists(st.tuples(people, st.sampled_from(SENTENCES)), max_size=2))
        text = " ".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3)))
        hour = draw(st.integers(0, 9))
        reply_to = draw(st.none() | st.integers(0, 9).map(str))
        dated = draw(st.booleans())
        posts.append(
            post(
                number,
                draw(people),
                text,
                *quoted,
                reply_to=reply_to,
                posted_at=START + timedelta(hours=hour) if dated else None,
            )
        )
    return thread(*posts)


def test_an_author_who_was_only_inferred_makes_no_other_post_of_it():
    raw = thread(post(0, None, LONG, posted_at=None), post(1, None, LONG, ("Ann", LONG), posted_at=None))
    once = resolve(assemble(None, [raw]))
    assert once.posts[0].author.name == "Ann"
    assert resolve(assemble(once, [raw])) == once


@settings(max_examples=150, deadline=None)
@given(threads())
def test_resolving_twice_changes_nothing(raw):
    once = resolve(assemble(None, [raw]))
    assert resolve(once) == once
    assert resolve(assemble(once, [raw])) == once


@settings(max_examples=150, deadline=None)
@given(threads())
def test_the_primary_replies_are_a_forest(raw):
    result = resolve(assemble(None, [raw]))
    parent = {r.post: r.parent for r in result.replies if r.is_primary}
    assert len(parent) == sum(r.is_primary for r in result.replies)
    assert set(parent) == {p.id for p in result.posts} - {raw.posts[0].id}
    for at in parent:
        seen = set()
        while at in parent:
            assert at not in seen
            seen.add(at)
            at = parent[at]


@settings(max_examples=150, deadline=None)
@given(threads())
def test_answers_are_sure_or_silent_and_lead_to_a_post(raw):
    result = resolve(assemble(None, [raw]))
    ids = {p.id for p in result.posts}
    for each in result.posts:
        for quote in each.quotes:
            assert (quote.source_post_id is None) == (quote.source_confidence is None)
            assert quote.source_post_id is None or quote.source_post_id in ids - {each.id}
            assert quote.source_confidence is None or 0.5 <= quote.source_confidence <= 1
