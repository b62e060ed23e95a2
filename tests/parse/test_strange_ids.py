"""What the posts of an unknown forum go by, where their pages give them no number that is theirs alone."""

from datetime import UTC, datetime

import pytest

from parse.page import Page
from parse.registry import read

SAYS = (
    "The kiln reached its heat at noon, and the cones bent as they should, one after the other.",
    "Thanks!",
    "Mine took until the evening, since the lower element had burnt through again over the winter.",
)
NAMES = ("Henrike", "mira_k", "Old Bo")


def post_ids(url: str, show) -> list[str]:
    """The ids of a thread's posts, each made up by `show` from its name and words."""
    posts = "".join(map(show, NAMES, SAYS, (1, 2, 3)))
    body = f"<html><head><title>Firing</title></head><body><h1>Firing</h1>{posts}</body></html>".encode()
    page = Page(url=url, body=body, fetched_at=datetime(2026, 3, 4, 12, tzinfo=UTC))
    (thread,) = read(page).threads
    assert [post.text for post in thread.posts] == list(SAYS)
    return [post.id for post in thread.posts]


def without_numbers(name: str, said: str, _number: int) -> str:
    return (
        f"<div class='entry'><a href='/people/{name}'>{name}</a> <span>2 days ago</span><p>{said}</p></div>"
    )


def test_a_word_of_thanks_in_two_threads_is_two_posts() -> None:
    here, there = (post_ids(f"https://kiln.example/talk/{n}", without_numbers) for n in ("ash", "tin"))
    assert here[1] != there[1]


def test_it_is_the_same_post_on_the_next_visit() -> None:
    url = "https://kiln.example/talk/ash"
    assert post_ids(url, without_numbers) == post_ids(f"{url}?sid=4", without_numbers)


def test_how_often_it_was_read_makes_no_other_post() -> None:
    def read_often(hits: int):
        shown = f"March 1, 2026, 2:53 p.m., {hits} hits"
        return lambda name, said, _: without_numbers(name, said, 0).replace("2 days ago", shown)

    url = "https://kiln.example/talk/ash"
    assert post_ids(url, read_often(9)) == post_ids(url, read_often(35))


@pytest.mark.parametrize("first", [20, 40])
def test_what_counts_the_posts_of_a_thread_is_no_id(first: int) -> None:
    def counted(name: str, said: str, number: int) -> str:
        return without_numbers(name, said, 0).replace("<div", f"<div id='n{first + number}'", 1)

    ids = post_ids(f"https://kiln.example/talk/ash?page={first // 20 + 1}", counted)
    assert not {str(first + n) for n in (1, 2, 3)} & set(ids)


def test_numbers_of_posts_that_others_stand_between_are_ids() -> None:
    def numbered(name: str, said: str, number: int) -> str:
        return without_numbers(name, said, 0).replace("<div", f"<div id='n{18 + 5 * number}'", 1)

    assert post_ids("https://kiln.example/talk/ash?page=2", numbered) == ["23", "28", "33"]


def linked(address: str):
    """A post whose anchor counts and that has a link with the same number."""

    def show(name: str, said: str, number: int) -> str:
        post = without_numbers(name, said, 0).replace("<div", f"<div id='n{20 + number}'", 1)
        return post.replace("2 days ago", f"<a href='{address}{20 + number}'>2 days ago</a>")

    return show


def test_numbers_that_lead_to_posts_without_their_thread_are_ids() -> None:
    assert post_ids("https://kiln.example/talk/ash?page=2", linked("/post/")) == ["21", "22", "23"]


@pytest.mark.parametrize("address", ["/talk/ash/", "/reply?to=ash&n="])
def test_numbers_that_need_their_thread_to_lead_to_posts_are_none(address: str) -> None:
    assert post_ids("https://kiln.example/talk/ash?page=2", linked(address))[0] != "21"
