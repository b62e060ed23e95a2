"""What a first load, a second one and a recrawl leave behind."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from parse.model import Author, PlatformEvent, PostState, Quote, Reply, ThreadRow
from parse.threads import assemble
from tests.warehouse.conftest import ANN, BO, CY, MONDAY, WEEK, batch, page, post, thread_of, week_one
from warehouse.errors import WarehouseError
from warehouse.load import Batch, LoadSummary, archive_position, held_threads, load
from warehouse.store import Warehouse

Rows = Callable[[str], list[dict[str, Any]]]
EVERYTHING = [
    "sites",
    "pages",
    "boards",
    "threads",
    "authors",
    "posts",
    "post_revisions",
    "quotes",
    "replies",
    "moderation_events",
]


def everything(rows: Rows) -> dict[str, Any]:
    return {table: rows(f"FROM {table} ORDER BY ALL") for table in EVERYTHING}


def test_the_first_load_holds_all_of_it(db: Warehouse, rows: Rows) -> None:
    assert load(db, week_one()) == LoadSummary(threads_new=1, posts_new=3)
    assert rows("SELECT post_id, author_id, depth FROM posts ORDER BY position") == [
        {"post_id": "forum:1", "author_id": "forum:11", "depth": 0},
        {"post_id": "forum:2", "author_id": "forum:12", "depth": 1},
        {"post_id": "forum:3", "author_id": "forum:13", "depth": 1},
    ]
    assert rows("SELECT quote_id, parent_quote_id, source_post_id FROM quotes ORDER BY ordinal") == [
        {"quote_id": "forum:2/1", "parent_quote_id": None, "source_post_id": "forum:1"},
        {"quote_id": "forum:2/2", "parent_quote_id": "forum:2/1", "source_post_id": None},
    ]
    assert rows("SELECT first_seen_at, last_seen_at FROM threads") == [
        {"first_seen_at": MONDAY, "last_seen_at": MONDAY}
    ]


def test_the_same_input_twice_changes_nothing(db: Warehouse, rows: Rows) -> None:
    load(db, week_one())
    before = everything(rows)
    assert load(db, week_one()) == LoadSummary()
    assert everything(rows) == before


def test_what_is_held_is_what_was_loaded(db: Warehouse) -> None:
    event = PlatformEvent(kind="thread_locked", actor=CY, occurred_at=MONDAY, excerpt="Locked by Cy")
    given = replace(week_one().threads[0], events=(event,))
    load(db, replace(week_one(), threads=(given,)))
    assert held_threads(db, "forum", ["7", "never seen"]) == {"7": given}


def test_an_edit_is_a_revision_and_the_first_text_stays(db: Warehouse, rows: Rows) -> None:
    load(db, week_one())
    second = page(1, at=MONDAY + WEEK, body=b"y")
    posts = week_one().threads[0].posts
    seen = [replace(each, page_id=second.page_id) for each in posts]
    seen[1] = replace(seen[1], text="No, it is more than fair.", edited_at=MONDAY + WEEK, edited_by="Bo")
    recrawl = batch(thread_of(*seen), pages=(second,))
    assert load(db, recrawl) == LoadSummary(threads_changed=1, posts_changed=1)
    assert load(db, recrawl) == LoadSummary()
    assert rows(
        "SELECT revision, seen_at, text FROM post_revisions WHERE post_id = 'forum:2' ORDER BY 1"
    ) == [
        {"revision": 1, "seen_at": MONDAY, "text": "No, it is fair."},
        {"revision": 2, "seen_at": MONDAY + WEEK, "text": "No, it is more than fair."},
    ]
    assert rows("SELECT kind FROM moderation_events") == []


@pytest.mark.parametrize(
    "change",
    [
        {"text": "No, it is not fair."},
        {"full_text": "No, it is fair. (Shown otherwise.)"},
        {"edited_at": MONDAY},
        {"edited_by": "Cy"},
        {"edit_reason": "typo"},
        {"reply_to": "1"},
        {"reply_to_name": "Ann"},
        {"aliases": ("#2",)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_a_page_shows_of_a_post_a_difference_in_it_alone_is_noticed(
    db: Warehouse, rows: Rows, change: dict[str, Any]
) -> None:
    """An edit without a notice among them: most forums show none for some minutes, some none at all."""
    load(db, week_one())
    second = page(1, at=MONDAY + WEEK, body=b"y")
    seen = [replace(each, page_id=second.page_id) for each in week_one().threads[0].posts]
    seen[1] = replace(seen[1], **change)
    recrawl = batch(thread_of(*seen), pages=(second,))
    assert load(db, recrawl) == LoadSummary(threads_changed=1, posts_changed=1)
    assert load(db, recrawl) == LoadSummary()
    said = [
        row["text"]
        for row in rows("SELECT text FROM post_revisions WHERE post_id = 'forum:2' ORDER BY revision")
    ]
    assert said[0] == "No, it is fair." and said[-1] == seen[1].text


def test_an_old_archive_loaded_again_takes_nothing_back(db: Warehouse, rows: Rows) -> None:
    load(db, week_one())
    second = page(1, at=MONDAY + WEEK, body=b"y")
    posts = week_one().threads[0].posts
    load(
        db,
        batch(
            thread_of(*(replace(p, page_id=second.page_id, text=p.text + "!") for p in posts[:2])),
            pages=(second,),
        ),
    )
    before = everything(rows)
    assert load(db, week_one()) == LoadSummary()
    assert everything(rows) == before


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


def two_pages() -> Batch:
    pages = (page(1), page(2))
    posts = [post(str(n), ANN if n % 2 else BO, f"Words number {n}.", pages[n > 3]) for n in range(1, 7)]
    return batch(thread_of(*posts), pages=pages)


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


def test_a_placeholder_keeps_the_words(db: Warehouse, rows: Rows) -> None:
    load(db, week_one())
    again = page(1, at=MONDAY + WEEK)
    posts = [replace(p, page_id=again.page_id) for p in week_one().threads[0].posts]
    posts[1] = replace(posts[1], text="", full_text="", state=PostState.HIDDEN, quotes=())
    hidden = batch(thread_of(*posts), pages=(again,))
    assert load(db, hidden).posts_changed == 1
    assert load(db, hidden) == LoadSummary()
    assert rows("SELECT state, text FROM posts WHERE post_id = 'forum:2'") == [
        {"state": "hidden", "text": "No, it is fair."}
    ]
    assert rows("SELECT kind FROM moderation_events") == [{"kind": "post_hidden"}]


def test_a_ghost_gives_way_to_the_post(db: Warehouse, rows: Rows) -> None:
    ghost = post("ghost-1", ANN, "The fee is too high.", None, state=PostState.GHOST)
    first = week_one()
    load(db, replace(first, threads=(thread_of(*first.threads[0].posts[1:], ghost),)))
    assert rows("SELECT count(*) AS n FROM posts WHERE state = 'ghost'") == [{"n": 1}]
    assert rows("SELECT count(*) AS n FROM post_revisions") == [{"n": 2}]
    load(db, first)
    assert rows("SELECT count(*) AS n FROM posts WHERE state = 'ghost'") == [{"n": 0}]
    assert rows("SELECT count(*) AS n FROM replies WHERE post_id LIKE '%ghost%'") == [{"n": 0}]


def test_edges_that_are_no_longer_there_go(db: Warehouse, rows: Rows) -> None:
    load(db, week_one())
    thread = week_one().threads[0]
    posts = (thread.posts[0], replace(thread.posts[1], quotes=thread.posts[1].quotes[:1]), thread.posts[2])
    edges = (
        *thread.replies[:1],
        Reply(post="3", parent="2", method="sequence", confidence=0.3, is_primary=True),
    )
    load(db, replace(week_one(), threads=(replace(thread, posts=posts, replies=edges),)))
    assert rows("SELECT quote_id FROM quotes") == [{"quote_id": "forum:2/1"}]
    assert rows("SELECT parent_post_id FROM replies WHERE post_id = 'forum:3'") == [
        {"parent_post_id": "forum:2"}
    ]
    assert rows("SELECT depth FROM posts WHERE post_id = 'forum:3'") == [{"depth": 2}]


def named_only(name: str) -> Author:
    return Author(name=name)


def test_a_name_alone_meets_the_account_of_that_name(db: Warehouse, rows: Rows) -> None:
    first = page(1)
    quoted = post(
        "2", named_only("ann ortega"), "Words.", first, author_method="quoted", author_confidence=0.8
    )
    load(db, batch(thread_of(post("1", ANN, "More.", first), quoted), pages=(first,)))
    assert rows("SELECT DISTINCT author_id FROM posts") == [{"author_id": "forum:11"}]
    assert rows("SELECT author_id FROM authors") == [{"author_id": "forum:11"}]


def test_a_name_alone_meets_the_account_that_shows_up_later(db: Warehouse, rows: Rows) -> None:
    first, second = page(1), page(1, thread="8")
    load(db, batch(thread_of(post("1", named_only("Ann Ortega"), "Words.", first)), pages=(first,)))
    load(db, batch(thread_of(post("2", ANN, "More.", second), id="8"), pages=(second,)))
    assert rows("SELECT DISTINCT author_id FROM posts") == [{"author_id": "forum:11"}]
    assert rows("SELECT author_id FROM authors") == [{"author_id": "forum:11"}]


def test_a_name_that_two_accounts_bear_meets_neither(db: Warehouse, rows: Rows) -> None:
    first = page(1)
    twin = Author(name="Ann Ortega", user_id="99")
    posts = (
        post("1", ANN, "a", first),
        post("2", twin, "b", first),
        post("3", named_only("Ann Ortega"), "c", first),
    )
    load(db, batch(thread_of(*posts), pages=(first,)))
    assert rows("SELECT author_id FROM posts ORDER BY post_id")[2] == {"author_id": "forum:ann ortega"}


def test_where_the_archive_goes_on(db: Warehouse) -> None:
    assert archive_position(db, "f.warc.gz") == 0
    load(db, two_pages())
    assert archive_position(db, "f.warc.gz") == 290


def test_a_thread_that_changes_hands_and_names(db: Warehouse, rows: Rows) -> None:
    load(db, week_one())
    again = page(1, at=MONDAY + WEEK)
    posts = [replace(p, page_id=again.page_id) for p in week_one().threads[0].posts]
    load(db, batch(thread_of(*posts, title="Fee", is_locked=True), pages=(again,)))
    assert rows("SELECT kind, excerpt FROM moderation_events ORDER BY kind::VARCHAR") == [
        {"kind": "thread_locked", "excerpt": ""},
        {"kind": "thread_retitled", "excerpt": "Arbitration fee → Fee"},
    ]


def test_staff_edits_and_redactions_are_told_from_the_authors_own(db: Warehouse, rows: Rows) -> None:
    load(db, week_one())
    again = page(1, at=MONDAY + WEEK)
    posts = [replace(p, page_id=again.page_id) for p in week_one().threads[0].posts]
    posts[0] = replace(
        posts[0],
        text="The fee is [removed by Cy].",
        edited_by="Cy",
        edited_by_staff=True,
        edited_at=MONDAY + WEEK,
    )
    load(db, batch(thread_of(*posts), pages=(again,)))
    assert rows("SELECT kind, method, actor_author_id FROM moderation_events ORDER BY ALL") == [
        {"kind": "post_edited_by_staff", "method": "platform", "actor_author_id": "forum:13"},
        {"kind": "post_edited_by_staff", "method": "recrawl", "actor_author_id": None},
        {"kind": "inline_redaction", "method": "recrawl", "actor_author_id": None},
    ]
    assert rows("SELECT kind, actor, excerpt, methods FROM moderation_timeline ORDER BY kind") == [
        {"kind": "post_edited_by_staff", "actor": "Cy", "excerpt": "", "methods": ["platform", "recrawl"]},
        {"kind": "inline_redaction", "actor": None, "excerpt": "[removed by Cy]", "methods": ["recrawl"]},
    ]


def test_a_thread_whose_first_page_is_gone_is_removed_with_its_posts(db: Warehouse, rows: Rows) -> None:
    load(db, week_one())
    again = page(1, at=MONDAY + WEEK)
    summary = load(db, batch(pages=(again,), gone=(again.page_id,)))
    assert summary == LoadSummary(threads_changed=1, posts_removed=3)
    assert rows("SELECT state FROM threads") == [{"state": "removed"}]
    assert rows("SELECT kind, post_id FROM moderation_events") == [
        {"kind": "thread_removed", "post_id": None}
    ]
    assert load(db, batch(pages=(again,), gone=(again.page_id,))) == LoadSummary()


def test_a_listing_tells_of_a_lock(db: Warehouse, rows: Rows) -> None:
    load(db, week_one())
    listing = page(1, thread="board", at=MONDAY + WEEK)
    row = ThreadRow(id="7", title="x", url="x", is_locked=True, reply_count=9)
    assert load(db, batch(pages=(listing,), rows=(row,))).threads_changed == 1
    assert load(db, batch(pages=(listing,), rows=(row,))).threads_changed == 0
    assert rows("SELECT is_locked, stated_reply_count FROM threads") == [
        {"is_locked": True, "stated_reply_count": 9}
    ]


def test_a_batch_is_loaded_whole_or_not_at_all(db: Warehouse, rows: Rows) -> None:
    broken = Quote(ordinal=1, depth=1, text="x", source_method="hearsay")
    thread = week_one().threads[0]
    posts = (replace(thread.posts[0], quotes=(broken,)), *thread.posts[1:])
    with pytest.raises(WarehouseError, match="hearsay"):
        load(db, replace(week_one(), threads=(replace(thread, posts=posts),)))
    assert all(count == [] for count in everything(rows).values())


def test_half_a_surrogate_does_not_stop_a_load(db: Warehouse, rows: Rows) -> None:
    first = page(1)
    load(db, batch(thread_of(post("1", ANN, "half \ud83d here", first)), pages=(first,)))
    assert rows("SELECT text FROM posts") == [{"text": "half ? here"}]


def test_an_empty_batch_is_fine(db: Warehouse) -> None:
    assert load(db, batch(pages=())) == LoadSummary()


def test_two_versions_of_a_page_from_one_second_do_not_take_turns(db: Warehouse, rows: Rows) -> None:
    """Two copies of a page in a folder: read again, the one read last stays, and history does not grow."""
    one, other = page(1, body=b"one"), page(1, body=b"other")
    versions = [
        batch(thread_of(post("1", ANN, text, on)), pages=(on,))
        for on, text in ((one, "As it was."), (other, "As it is."))
    ]
    for each in versions:
        load(db, each)
    before = everything(rows)
    assert [load(db, each) for each in versions] == [LoadSummary(), LoadSummary()]
    assert everything(rows) == before
    assert rows("SELECT text FROM posts") == [{"text": "As it is."}]
