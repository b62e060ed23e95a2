"""What a first load, a second one and a changed page leave behind."""

from dataclasses import replace
from typing import Any

import pytest

from parse.model import Author, PlatformEvent, PostState, Quote, Reply, ThreadRow
from tests.warehouse.conftest import (
    ANN,
    CY,
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
from warehouse.batch import LoadSummary
from warehouse.errors import WarehouseError
from warehouse.held import held_threads
from warehouse.load import archive_position, load, transaction
from warehouse.store import Warehouse


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


def test_what_becomes_of_an_idea_is_the_word_shown_last(db: Warehouse, rows: Rows) -> None:
    idea = week_one().threads[0]
    load(db, replace(week_one(), threads=(replace(idea, status="Planned"),)))
    assert held_threads(db, "forum", ["7"])["7"].status == "Planned"
    again = page(at=MONDAY + WEEK)
    posts = tuple(replace(each, page_id=again.page_id) for each in idea.posts)
    load(db, batch(replace(idea, status="Declined", posts=posts), pages=(again,)))
    assert rows("SELECT status FROM thread_overview") == [{"status": "Declined"}]


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


def test_ctrl_c_where_duckdb_has_ended_the_transaction_is_still_ctrl_c(db: Warehouse, rows: Rows) -> None:
    with pytest.raises(KeyboardInterrupt), transaction(db):
        db.connection.execute("ROLLBACK")
        raise KeyboardInterrupt
    load(db, week_one())
    assert rows("SELECT count(*) > 0 AS is_held FROM posts") == [{"is_held": True}]


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
