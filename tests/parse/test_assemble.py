"""Pages of one thread, put together."""

from dataclasses import replace

import pytest

from parse.model import Author, Post, Thread
from parse.threads import assemble, resolve


def post(number, author, text, **more):
    return Post(id=str(number), text=text, full_text=text, author=Author(name=author), **more)


def thread(*posts, **more):
    return Thread(id="t", title="Fees", url="https://forum.example.org/t/1", posts=posts, **more)


def test_pages_in_any_order_make_one_thread():
    first = thread(post(1, "Ann", "a"), post(2, "Bob", "b"), page_number=1, page_count=3)
    second = thread(post(3, "Ann", "c"), post(4, "Bob", "d"), page_number=2, page_count=3)
    third = thread(post(5, "Ann", "e"), page_number=3, page_count=3)
    for parts in ([first, second, third], [third, first, second], [second, third, first]):
        whole = assemble(None, parts)
        assert [(p.id, p.position) for p in whole.posts] == [(str(n), n) for n in range(1, 6)]
    late = assemble(assemble(None, [first, third]), [second])
    assert [p.id for p in late.posts] == ["1", "2", "3", "4", "5"]


def test_pages_sorted_by_votes_follow_one_another():
    """The best answer, written late, stands above earlier ones; the next page is no part of this one."""
    first = thread(post(1, "Ann", "a"), post(9, "Bob", "best"), post(2, "Cy", "b"), page_number=1)
    second = thread(post(4, "Dee", "c"), post(3, "Bob", "d"), page_number=2)
    assert [p.id for p in assemble(None, [first, second]).posts] == ["1", "9", "2", "4", "3"]


def test_positions_are_unknown_until_the_opening_post_is_seen():
    second = thread(post(11, "Ann", "k"), page_number=2)
    held = assemble(None, [second])
    assert held.posts[0].position is None
    whole = assemble(held, [thread(post(1, "Bob", "a"), page_number=1)])
    assert [(p.id, p.position) for p in whole.posts] == [("1", 1), ("11", 2)]


def test_the_newest_showing_wins_and_keeps_what_it_lacks():
    old = thread(post(1, "Ann", "first words", like_count=3))
    new = thread(post(1, "Ann", "edited words", like_count=None), is_locked=True)
    whole = assemble(old, [new])
    assert (whole.posts[0].text, whole.posts[0].like_count, whole.is_locked) == ("edited words", 3, True)


def test_what_became_of_a_question_stands_on_its_first_page_and_is_kept_when_a_later_one_is_read():
    first = thread(post(1, "Ann", "a"), page_number=1, page_count=2, is_solved=True, status="Planned")
    second = thread(post(2, "Bob", "b"), page_number=2, page_count=2)
    held = assemble(None, [first, second])
    assert (held.is_solved, held.status) == (True, "Planned")
    assert assemble(held, [second]).is_solved
    assert not assemble(held, [replace(first, is_solved=False), second]).is_solved
    assert assemble(None, [replace(first, is_solved=False), replace(second, is_solved=True)]).is_solved


def test_a_copy_of_the_solution_only_complements():
    copy = post(5, "Ann", "short…", is_copy=True, is_solution=True)
    page_one = thread(post(1, "Bob", "Opening."), copy, page_number=1)
    page_two = thread(post(5, "Ann", "the whole answer"), page_number=2)
    whole = assemble(None, [page_one, page_two])
    assert [(p.id, p.text, p.is_solution) for p in whole.posts] == [
        ("1", "Opening.", False),
        ("5", "the whole answer", True),
    ]


def test_nothing_to_assemble_is_an_error():
    with pytest.raises(ValueError, match="at least one page"):
        assemble(None, [])


def test_a_thread_without_posts_is_resolved():
    assert resolve(thread()).posts == ()


def test_posts_of_accounts_that_were_deleted_stay_whose_they_were():
    """Both are shown as "Guest" from then on, and are two people still."""
    ann, bob = Author(name="Ann", user_id="11"), Author(name="Bob", user_id="12")
    said = [Post(id=str(n), text=t, full_text=t, author=who) for n, t, who in ((1, "a", ann), (2, "b", bob))]
    later = thread(*(post(n, "Guest", t) for n, t in ((1, "a"), (2, "b"), (3, "c"))))
    whole = assemble(assemble(None, [thread(*said)]), [later])
    assert [p.author.key for p in whole.posts] == ["11", "12", "guest"]
    renamed = thread(Post(id="1", text="a", full_text="a", author=Author(name="Anne", user_id="11")))
    assert assemble(whole, [renamed]).posts[0].author.name == "Anne"
