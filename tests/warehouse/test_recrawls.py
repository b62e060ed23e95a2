"""What a recrawl shows: what was taken out, what only moved, and what is not to be concluded."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from parse.model import PostState
from parse.threads import assemble
from tests.warehouse.conftest import (
    ANN,
    BOARD,
    MONDAY,
    WEEK,
    Rows,
    batch,
    everything,
    page,
    post,
    thread_of,
    two_pages,
    week_one,
)
from warehouse.batch import Batch, LoadSummary
from warehouse.held import held_threads
from warehouse.load import load
from warehouse.store import Warehouse


def recrawled(*kept: str, number: int = 1) -> Batch:
    """Page `number` again a week later, with only these of the posts on it; what is held stands beside them."""
    again = page(number, at=MONDAY + WEEK, body=b"z")
    posts = [replace(p, page_id=again.page_id) if p.id in kept else p for p in week_one().threads[0].posts]
    return batch(thread_of(*posts), pages=(again,))


def test_missing_from_a_page_read_again_is_removed(db: Warehouse, rows: Rows) -> None:
    load(db, week_one())
    assert load(db, recrawled("1", "3")) == LoadSummary(threads_changed=1, posts_removed=1)
    assert rows("SELECT state, last_seen_at, removed_at FROM posts WHERE post_id = 'forum:2'") == [
        {"state": "removed", "last_seen_at": MONDAY, "removed_at": MONDAY + WEEK}
    ]
    assert rows("SELECT kind, method, post_id FROM moderation_events") == [
        {"kind": "post_removed", "method": "recrawl", "post_id": "forum:2"}
    ]
    assert held_threads(db, "forum", ["7"])["7"].posts[1].state is PostState.REMOVED


def test_removal_is_told_once(db: Warehouse, rows: Rows) -> None:
    load(db, week_one())
    load(db, recrawled("1", "3"))
    before = everything(rows)
    held = held_threads(db, "forum", ["7"])["7"]
    assert load(db, replace(recrawled("1", "3"), threads=(held,))) == LoadSummary()
    assert load(db, recrawled("1", "3")) == LoadSummary()
    assert everything(rows) == before


@pytest.mark.parametrize(
    ("kept", "number", "removed"),
    [
        (("4", "6"), 2, ["forum:5"]),
        (("5", "6"), 2, []),  # 4 may have slipped to page 1, which was not read
        (("1", "2"), 1, []),  # 3 may have slipped to page 2
        (("2", "3"), 1, ["forum:1"]),
        (("4", "5"), 2, ["forum:6"]),
    ],
)
def test_at_the_edge_of_what_was_read_nothing_is_concluded(
    db: Warehouse, rows: Rows, kept: tuple[str, ...], number: int, removed: list[str]
) -> None:
    load(db, two_pages())
    again = page(number, at=MONDAY + WEEK)
    posts = [replace(p, page_id=again.page_id) if p.id in kept else p for p in two_pages().threads[0].posts]
    load(db, batch(thread_of(*posts), pages=(again,)))
    assert [row["post_id"] for row in rows("SELECT post_id FROM posts WHERE state = 'removed'")] == removed


def test_a_page_that_was_not_read_again_loses_nothing(db: Warehouse, rows: Rows) -> None:
    load(db, week_one())
    other = page(1, thread="8", at=MONDAY + WEEK)
    load(db, batch(thread_of(post("9", ANN, "Another thread.", other), id="8"), pages=(other,)))
    assert rows("SELECT count(*) AS n FROM posts WHERE state = 'removed'") == [{"n": 0}]


def numbered(words: list[str], at: datetime) -> Batch:
    """A page of a forum that numbers posts by their place."""
    seen = page(1, at=at, body=str(words).encode())
    posts = [post(str(n), ANN, text, seen, posted_at=None, position=n) for n, text in enumerate(words, 1)]
    return batch(thread_of(*posts, replies=()), pages=(seen,))


def test_numbers_that_move_when_a_post_is_taken_out_are_no_edits(db: Warehouse, rows: Rows) -> None:
    words = [f"The fee for job number {n} is far too high." for n in range(6)]
    load(db, numbered(words, MONDAY))
    again = numbered([words[0], *words[2:], "A new post in the last place."], MONDAY + WEEK)
    thread = assemble(held_threads(db, "forum", ["7"])["7"], again.threads)
    summary = load(db, replace(again, threads=(thread,)))
    assert (summary.posts_new, summary.posts_changed, summary.posts_removed) == (1, 0, 1)
    assert rows("SELECT text FROM posts WHERE state = 'removed'") == [{"text": words[1]}]
    assert rows("SELECT kind FROM moderation_events") == [{"kind": "post_removed"}]


def test_days_ago_means_the_day_that_was_read_first(db: Warehouse, rows: Rows) -> None:
    """It says another minute at each visit, and nobody has written or edited anything."""
    for at, ago in ((MONDAY, timedelta(hours=3)), (MONDAY + WEEK, timedelta(days=7))):
        seen = page(1, at=at, body=str(at).encode())
        said = post("1", ANN, "The fee is too high.", seen, posted_at=at - ago, edited_at=at - ago / 3)
        summary = load(db, batch(thread_of(said, replies=()), pages=(seen,)))
    assert summary.posts_changed == 0
    written, edited = MONDAY - timedelta(hours=3), MONDAY - timedelta(hours=1)
    assert rows("SELECT posted_at, edited_at FROM posts") == [{"posted_at": written, "edited_at": edited}]


def threads_of(at: datetime, **posts_by_thread: str) -> Batch:
    """A reading of whole threads, each on a page of its own: their ids, and the ids of their posts."""
    pages = {name: page(1, thread=name, at=at, body=ids.encode()) for name, ids in posts_by_thread.items()}
    threads = [
        thread_of(
            *(post(n, ANN, f"Words number {n}.", pages[name], url=f"/{name}#{n}") for n in ids.split()),
            id=name,
        )
        for name, ids in posts_by_thread.items()
    ]
    return batch(*threads, pages=tuple(pages.values()))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"t7": "1 2 3", "t8": "4 5"}, {"t7": "1 2 3 4 5"}, [("thread_merged", "forum:t7")]),
        ({"t7": "1 2 3 4 5"}, {"t7": "1 2", "t9": "3 4 5"}, [("thread_split", "forum:t7")]),
        ({"t7": "1 2 3 4 5"}, {"t9": "3 4 5", "t7": "1 2"}, [("thread_split", "forum:t7")]),
        ({"t7": "1 2 3"}, {"t9": "1 2 3"}, []),
    ],
    ids=["merged", "split", "split, the new part read first", "only another address"],
)
def test_threads_that_are_merged_or_split_edit_and_remove_nothing(
    db: Warehouse, rows: Rows, before: dict[str, str], after: dict[str, str], told: list[tuple[str, str]]
) -> None:
    load(db, threads_of(MONDAY, **before))
    read = threads_of(MONDAY + WEEK, **after)
    held = held_threads(db, "forum", list(after))
    whole = [assemble(held.get(thread.id), [thread]) for thread in read.threads]
    summary = load(db, replace(read, threads=tuple(replace(thread, replies=()) for thread in whole)))
    assert (summary.posts_new, summary.posts_changed, summary.posts_removed) == (0, 0, 0)
    assert [tuple(row.values()) for row in rows("SELECT kind, thread_id FROM moderation_events")] == told
    left = [f"forum:{name}" for name in before if name not in after]
    assert [row["thread_id"] for row in rows("SELECT thread_id FROM threads WHERE state = 'moved'")] == left
    homes = {f"forum:{n}": f"forum:{name}" for name, ids in after.items() for n in ids.split()}
    assert {row["post_id"]: row["thread_id"] for row in rows("FROM posts")} == homes


def test_a_thread_whose_first_page_is_gone_is_removed_with_its_posts(db: Warehouse, rows: Rows) -> None:
    load(db, week_one())
    again = page(1, at=MONDAY + WEEK)
    visit = batch(pages=(again,), gone=(again.page_id,), boards=(BOARD,))
    assert load(db, visit) == LoadSummary(threads_changed=1, posts_removed=3)
    assert rows("SELECT state FROM threads") == [{"state": "removed"}]
    assert rows("SELECT kind, post_id FROM moderation_events") == [
        {"kind": "thread_removed", "post_id": None}
    ]
    assert load(db, visit) == LoadSummary()


def test_a_thread_that_stands_no_more_where_all_of_its_board_stand_is_removed(
    db: Warehouse, rows: Rows
) -> None:
    """As on a wiki's talk page; one that was moved to the archive of that page was seen there."""
    talk = page(1)
    names = ("1", "2", "3")
    load(db, batch(*(thread_of(post(n, ANN, f"On {n}.", talk), id=n) for n in names), pages=(talk,)))
    again, archive = page(1, at=MONDAY + WEEK), page(2, at=MONDAY + WEEK)
    left = thread_of(post("1", ANN, "On 1.", again), id="1")
    archived = thread_of(post("2", ANN, "On 2.", archive), id="2")
    visit = batch(left, archived, pages=(again, archive), boards_whole=(again.page_id, archive.page_id))
    assert load(db, visit) == LoadSummary(threads_changed=1, posts_removed=1)
    assert rows("SELECT thread_id FROM threads WHERE state = 'removed'") == [{"thread_id": "forum:3"}]
    assert load(db, visit) == LoadSummary()
    emptied = page(1, at=MONDAY + 2 * WEEK)
    load(db, batch(pages=(emptied,), boards_whole=(emptied.page_id,)))
    assert rows("SELECT post_id FROM posts WHERE state = 'visible'") == [{"post_id": "forum:2"}]


def test_where_nothing_of_the_forum_is_to_be_seen_nothing_was_removed(db: Warehouse, rows: Rows) -> None:
    """It has moved to another address or other software, or its server has lost its way."""
    load(db, week_one())
    gone, foreign = page(1, at=MONDAY + WEEK), page(7, at=MONDAY + WEEK)
    elsewhere = thread_of(post("900", ANN, "A thread of another forum.", foreign), id="99", board=None)
    visit = batch(elsewhere, pages=(gone, foreign), gone=(gone.page_id,))
    assert load(db, visit).posts_removed == 0
    assert rows("SELECT count(*) AS n FROM moderation_events") == [{"n": 0}]


def test_threads_of_a_board_that_is_gone_with_them_may_be_there_for_members(
    db: Warehouse, rows: Rows
) -> None:
    load(db, week_one())
    load(db, batch(thread_of(post("900", ANN, "Elsewhere.", page(7)), id="99"), pages=(page(7),)))
    gone, closed = page(1, at=MONDAY + WEEK), replace(page(8, at=MONDAY + WEEK), url=BOARD.url)
    other = page(7, at=MONDAY + WEEK)
    seen = thread_of(post("900", ANN, "Elsewhere.", other), id="99")
    visit = batch(seen, pages=(gone, closed, other), gone=(gone.page_id, closed.page_id))
    assert load(db, visit).posts_removed == 0
    assert rows("SELECT count(*) AS n FROM moderation_events") == [{"n": 0}]
