"""Questions of Stack Exchange: pages of answers put together, what a tag or a closing says became of a wish."""

from dataclasses import replace

import pytest

from parse.registry import read
from parse.replies import connect
from parse.threads import assemble, resolve
from tests.parse import golden


def _page(case: str, **changes: str):
    page = golden.page_of(golden.ROOT / "stackexchange" / case)
    text = page.body.decode()
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return replace(page, body=text.encode())


def _thread(case: str, **changes: str):
    (thread,) = read(_page(case, **changes)).threads
    return thread


@pytest.mark.parametrize("order", [1, -1])
def test_pages_of_answers_follow_each_other_below_one_question(order: int) -> None:
    thread = resolve(assemble(None, [_thread(case) for case in ("locked", "later_answers")[::order]]))
    ids = [post.id for post in thread.posts]
    assert ids[0] == "300" and len(ids) == len(set(ids))
    assert ids.index("302") < ids.index("340")
    parents = {reply.post: reply.parent for reply in thread.replies if reply.is_primary}
    assert parents == {"302": "300", "c401": "302", "340": "300", "301": "300"}


def test_a_comment_that_names_somebody_answers_what_that_person_said_last_there() -> None:
    thread = _thread("meta_request")
    parents = {reply.post: (reply.parent, reply.method) for reply in connect(thread.posts)}
    assert parents["c903"] == ("c900", "native"), "a name without its space"
    assert parents["c907"] == ("c900", "native"), "the first of two names"
    assert parents["c931"] == ("5133", "native"), "who wrote the answer and no comment yet"


@pytest.mark.parametrize(
    ("tag", "status", "is_solved"),
    [
        ("status-planned", "Planned", False),
        ("status-completed", "Completed", True),
        ("status-bydesign", "Bydesign", False),
    ],
)
def test_a_wish_has_come_true_when_its_tag_says_so_and_not_when_an_answer_was_accepted(
    tag: str, status: str, is_solved: bool
) -> None:
    thread = _thread("meta_request", **{"status-planned": tag})
    assert (thread.status, thread.is_solved) == (status, is_solved)


def test_a_question_that_is_closed_keeps_its_title_and_only_a_wish_has_an_outcome_by_it() -> None:
    wish = _thread("duplicate")
    other = _thread("duplicate", **{"feature-request": "piers"})
    assert (wish.title, wish.status, wish.is_locked) == ("Print tickets at the pier", "Duplicate", True)
    assert (other.title, other.status, other.is_locked) == ("Print tickets at the pier", None, True)
