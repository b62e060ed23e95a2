"""What was read before is found again: numbers that shift, ids made of words, pages that reflow."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from parse.model import Author, Post, Quote, Thread
from parse.threads import assemble

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
WORDS = "said at length why the fee of a small job is too high for those who only begin"


def written(number: int, text: str | None = None) -> Post:
    """The post that was written as the n-th of its thread."""
    words = text if text is not None else f"Member number {number} {WORDS}."
    author = Author(name=f"Member {number % 3}")
    return Post(id="?", text=words, full_text=words, author=author, posted_at=START + timedelta(hours=number))


def page(posts: Sequence[Post], first: int = 1, number: int = 1) -> Thread:
    """A page of a forum whose posts go by their place in the thread."""
    shown = tuple(replace(post, id=str(n), position=n) for n, post in enumerate(posts, first))
    return Thread(id="7", title="Fee", url="https://forum.example/7", page_number=number, posts=shown)


def held(thread: Thread) -> dict[str, str]:
    return {post.id: post.text for post in thread.posts}


def test_a_post_taken_out_moves_the_others_and_edits_none() -> None:
    five = [written(n) for n in range(5)]
    before = assemble(None, [page(five)])
    after = assemble(before, [page([five[0], *five[2:]])])
    assert held(after) == held(before)


def test_a_reply_in_the_place_of_a_removed_post_is_a_new_one() -> None:
    five = [written(n) for n in range(5)]
    before = assemble(None, [page(five)])
    now = [five[0], *five[2:], written(9)]
    after = assemble(before, [page(now)])
    new = held(after).keys() - held(before).keys()
    assert [held(after)[post] for post in new] == [written(9).text]
    assert held(after).items() >= held(before).items()
    assert held(assemble(after, [page([*now, written(10)])])).items() >= held(after).items()


def test_an_edit_among_posts_that_moved_is_that_post_s() -> None:
    five = [written(n) for n in range(5)]
    before = assemble(None, [page(five)])
    edited = replace(five[3], text="Thought better of it.", full_text="Thought better of it.")
    after = assemble(before, [page([five[0], five[2], edited, five[4]])])
    assert held(after) == held(before) | {"4": "Thought better of it."}


def test_an_edit_where_nothing_moved_is_an_edit() -> None:
    five = [written(n) for n in range(5)]
    before = assemble(None, [page(five)])
    edited = replace(five[1], text=five[4].text[:30], full_text=five[4].text[:30])
    after = assemble(before, [page([five[0], edited, *five[2:]])])
    assert held(after) == held(before) | {"2": edited.text}


def test_quotes_and_answers_follow_their_posts() -> None:
    five = [written(n) for n in range(5)]
    before = assemble(None, [page(five)])
    answer = replace(
        written(9), reply_to="2", quotes=(Quote(ordinal=1, depth=1, text="at length", source_ref="3"),)
    )
    after = assemble(before, [page([five[0], *five[2:], answer])])
    (new,) = (post for post in after.posts if post.text == written(9).text)
    assert (new.reply_to, new.quotes[0].source_ref) == ("3", "4")


def test_a_number_where_there_were_only_words_to_go_by_makes_no_other_post() -> None:
    five = [written(n) for n in range(5)]
    wordy = page(five)
    before = assemble(None, [replace(wordy, posts=tuple(map(by_words, wordy.posts)))])
    after = assemble(before, [page([*five, written(9)], first=40)])
    assert held(after) == held(before) | {"45": written(9).text}


def test_a_date_that_is_read_otherwise_makes_no_other_post() -> None:
    long = written(0, " ".join(f"The {n} lamps on the quay are out again." for n in range(4)))
    before = assemble(None, [replace(page([long]), posts=(by_words(long),))])
    again = replace(long, id="f" * 16, posted_at=START - timedelta(days=9))
    assert held(assemble(before, [replace(page([long]), posts=(again,))])) == held(before)


def test_another_page_size_moves_nothing() -> None:
    nine = [written(n) for n in range(9)]
    before = assemble(None, [page(nine[:5]), page(nine[5:], 6, 2)])
    after = assemble(before, [page(nine[:3]), page(nine[3:6], 4, 2), page(nine[6:], 7, 3)])
    assert held(after) == held(before)
    assert [post.position for post in after.posts] == list(range(1, 10))


def test_two_who_say_the_same_are_told_apart_by_their_place() -> None:
    same = [written(0), written(1, "Me too."), written(2, "Me too."), written(3), written(4)]
    before = assemble(None, [page(same)])
    after = assemble(before, [page([*same[:3], same[4]])])
    assert held(after) == held(before)


def by_words(post: Post) -> Post:
    """As a reader without ids names it."""
    return replace(post, id=f"{abs(hash(post.text)):016x}")


def test_an_edited_post_keeps_an_id_that_was_made_of_its_words() -> None:
    posts = [by_words(written(n)) for n in range(3)]
    thread = Thread(id="7", title="Fee", url="https://forum.example/7", page_number=1, posts=tuple(posts))
    before = assemble(None, [thread])
    text = posts[1].text + " Edit: or so I heard."
    edited = by_words(replace(posts[1], text=text, full_text=text))
    after = assemble(before, [replace(thread, posts=(posts[0], edited, posts[2]))])
    assert held(after) == held(before) | {posts[1].id: text}


def test_posts_with_ids_of_their_own_are_never_one_whatever_day_they_share() -> None:
    author = Author(name="Ann")
    day = [replace(written(0, f"{WORDS}, says the {n}th reply."), author=author) for n in range(4)]
    first, second = (
        replace(page(day), posts=tuple(replace(post, id=f"reply-{n}") for n, post in enumerate(half, at)))
        for half, at in ((day[:2], 1), (day[2:], 3))
    )
    after = assemble(assemble(None, [first]), [replace(second, page_number=2)])
    assert list(held(after)) == ["reply-1", "reply-2", "reply-3", "reply-4"]


def test_a_short_answer_is_no_edit_of_a_long_post_of_its_day() -> None:
    author = Author(name="Ann")
    long = by_words(
        replace(written(0, f"I have {WORDS}, and that is all I have to say to you."), author=author)
    )
    before = assemble(None, [replace(page([long]), posts=(long,))])
    for words in ("Thanks", "I say no to that.", "You have to say it is all too high."):
        short = by_words(replace(long, text=words, full_text=words))
        after = assemble(before, [replace(page([short]), page_number=2, posts=(short,))])
        assert list(held(after).values()) == [long.text, words]


def test_other_words_of_the_same_minute_are_another_post() -> None:
    posts = [by_words(written(n)) for n in range(3)]
    thread = Thread(id="7", title="Fee", url="https://forum.example/7", page_number=1, posts=tuple(posts))
    before = assemble(None, [thread])
    other = by_words(replace(posts[1], text="Nothing in common", full_text="Nothing in common"))
    after = assemble(before, [replace(thread, posts=(posts[0], other, posts[2]))])
    assert held(after).items() >= held(before).items()
    assert len(after.posts) == 4


@given(
    count=st.integers(2, 12),
    gone=st.sets(st.integers(0, 11), max_size=5),
    more=st.integers(0, 4),
    size=st.integers(2, 12),
)
@settings(deadline=None)
def test_whatever_is_taken_out_and_added_nobody_s_words_change(
    count: int, gone: set[int], more: int, size: int
) -> None:
    first = [written(n) for n in range(count)]
    before = assemble(None, [page(first)])
    now = [post for n, post in enumerate(first) if n not in gone]
    now += [written(n) for n in range(20, 20 + more)]
    pages = [page(now[n : n + size], n + 1, n // size + 1) for n in range(0, len(now), size)]
    after = assemble(before, pages)
    changed = {post for post, text in held(before).items() if held(after)[post] != text}
    # A number whose post is gone for good, and behind which nothing else has moved, may be taken over.
    assert len(changed) <= (
        0 if any(n < max(gone, default=0) for n in range(count)) and _proof(count, gone) else more
    )
    assert sorted(text for text in held(after).values() if text in {p.text for p in now}) == sorted(
        post.text for post in now
    )


def _proof(count: int, gone: set[int]) -> bool:
    """Whether a post that stays stands behind one that went, and so shows that numbers are places."""
    stay = [n for n in range(count) if n not in gone]
    return any(n < other for n in gone for other in stay if n < count)
