"""How often threads were answered, as listings of forums that nobody knows say it: no number rather than a wrong one."""

from datetime import UTC, datetime

import pytest

from parse.page import Page
from parse.registry import read

TITLES = ("What the lamps on the quay cost", "Who has the key to the shed", "3 comments on the new berths")
POSTS = (9, 1, 1204)
VIEWS = (340, 12, 5)


def counted(row: str, head: str = "", title: str = "<a href='/talk/{n}'>{title}</a>") -> list[int | None]:
    """What is read of three rows, of which each says its posts, answers and views in its own way."""
    shown = (
        "<li>"
        + row.format(
            title=title.format(n=n, title=words),
            posts=posts,
            answers=posts - 1,
            views=views,
            at=f"<time datetime='2024-04-0{n}T10:00'>{n} April 2024</time>",
        )
        + "</li>"
        for n, words, posts, views in zip((7, 8, 9), TITLES, POSTS, VIEWS, strict=True)
    )
    body = f"<html><body><h1>Quay</h1><ul>{head}{''.join(shown)}</ul></body></html>".encode()
    page = Page(url="https://quay.example/board/2", body=body, fetched_at=datetime(2024, 5, 1, tzinfo=UTC))
    return [row.reply_count for row in read(page).rows]


HEAD = "<li><div><b>Topic</b><b>{0}</b><b>{1}</b><b>Last</b></div></li>"
BOXES = "<div><p>{title}</p><p>{0}</p><p>{1}</p><p>{at}</p></div>"


def boxes(first: str, second: str) -> str:
    return BOXES.replace("{0}", first).replace("{1}", second)


@pytest.mark.parametrize(
    ("row", "head"),
    [
        (boxes("{posts}", "{views}"), HEAD.format("Posts", "Views")),
        (boxes("{views}", "{answers}"), HEAD.format("Aufrufe", "<a href='?by=2'>Antworten</a>")),
        (boxes("{posts}", "{answers}"), HEAD.format("Messages", "Réponses")),
        ("{title} {at} <i>{answers}</i> <b>replies</b> <i>{views}</i> <b>views</b>", ""),
        ("{title} {at} <b>Views</b> <i>{views}</i> <b>Replies</b> <i>{answers}</i>", ""),
        ("<dl><dt>Views</dt><dd>{views}</dd><dt>Posts</dt><dd>{posts}</dd></dl>{title} {at}", ""),
        ("{title} {at} <p title='Views: {views}, Replies: {answers}'>hot</p>", ""),
        ("{title} {at} <p>{views} <i aria-label='Replies'></i> {answers}</p>", ""),
        ("{title} {at} <i>1</i> <i>2</i> <p>Replies: {answers}</p>", ""),
        ("{title} {at} <p class='views'>{views}</p> <p class='topic-replies'><b>{answers}</b></p>", ""),
    ],
)
def test_answers_are_told_from_views_and_from_all_posts(row: str, head: str) -> None:
    assert counted(row, head) == [posts - 1 for posts in POSTS]


@pytest.mark.parametrize(
    ("row", "head"),
    [
        (boxes("{views}", "{posts}"), HEAD.format("Views", "Votes")),
        (boxes("{answers}", "{views}") + "<p>new</p>", "<li><p>Topic</p><p>Replies</p></li>"),
        ("{title} {at} <b>Votes</b> <i>{views}</i> <b>Replies</b> <i>{answers}</i>", ""),
        ("{title} {at} <p>by Ida ({posts} posts)</p>", ""),
        ("{title} {at} <p>{answers}k replies</p>", ""),
        ("{title} {at} <p class='post-number'>{posts}</p>", ""),
    ],
)
def test_what_may_be_something_else_is_no_count(row: str, head: str) -> None:
    assert counted(row, head) == [None] * 3


def test_the_first_answer_is_seen_where_posts_are_counted_without_the_first() -> None:
    assert counted("{title} {at} <p>0 posts</p>") == [None] * 3
    assert counted("{title} {at} <p>1 posts</p>") == [0] * 3


def test_none_is_a_number_and_a_title_says_nothing_of_its_thread() -> None:
    assert counted("{title} {at} <p>No replies</p>") == [0] * 3
    assert (
        counted("<p>{title}</p> {at}", title="<a href='/talk/{n}'><h3>{title}</h3> 4 replies</a>") == [4] * 3
    )


def test_the_last_thread_of_a_board_has_not_all_answers_of_the_board() -> None:
    head = "<li><div><b>Board</b><b>Topics</b><b>Posts</b><b>Last post</b></div></li>"
    row = "<div><b><a href='/board/{views}'>Board {views}</a></b><b>{views}</b><b>{posts}</b><b>{title} {at}</b></div>"
    assert not any(counted(row, head))
