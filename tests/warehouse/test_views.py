"""The views on a thread small enough to count by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from analyze.model import Findings, ModerationEvent, ProposalMention, Span, Stance
from parse.model import PlatformEvent, PostState, Quote, Thread
from tests.warehouse.conftest import ANN, BO, CY, MONDAY, answers, batch, page, post, thread_of
from tests.warehouse.test_findings import Codebook
from warehouse import findings
from warehouse.load import load
from warehouse.status import status
from warehouse.store import Warehouse

Rows = Callable[[str], list[dict[str, Any]]]
SUNDAY = datetime(2026, 3, 8, 23, 30, tzinfo=UTC)
LOCK = PlatformEvent(kind="thread_locked", actor=CY, occurred_at=MONDAY + timedelta(hours=5))


def argued() -> Thread:
    first = page(1)
    quote = Quote(
        ordinal=1, depth=1, text="12345", source_post_id="1", source_method="link", source_confidence=1.0
    )
    posts = (
        post("1", ANN, "0123456789", first),
        post("2", BO, "01234", first, quotes=(quote,), full_text="12345 01234"),
        post("3", ANN, "0123456789", first, posted_at=SUNDAY),
        post("4", CY, "Closed now", first, posted_at=None),
        post("ghost-1", None, "gone", None, state=PostState.GHOST),
    )
    edges = (answers("2", "1"), answers("3", "2"), answers("4", "3"), answers("4", "1", is_primary=False))
    return replace(thread_of(*posts), replies=edges, events=(LOCK,))


def stance(label: str, **more: Any) -> Stance:
    return Stance(stance=label, confidence=0.8, rule="r", evidence=(Span(start=0, end=3),), **more)


def said() -> list[Findings]:
    asks = ProposalMention(
        start=0, end=4, proposal_id="fee", act="propose", confidence=0.9, rule="r", facets=("a",)
    )
    return [
        Findings(id="forum:1", proposals=(asks,), positions=(stance("support", proposal_id="fee"),)),
        Findings(
            id="forum:2",
            stance=stance("oppose"),
            proposals=(replace(asks, act="discuss"),),
            positions=(stance("oppose", proposal_id="fee"),),
        ),
        Findings(id="forum:3", stance=stance("support"), positions=(stance("oppose", proposal_id="fee"),)),
        Findings(
            id="forum:4",
            stance=stance("mixed"),
            moderation=(ModerationEvent(kind="thread_locked", start=0, end=6, confidence=0.9, rule="n"),),
        ),
    ]


@pytest.fixture(autouse=True)
def tagged(db: Warehouse) -> None:
    load(db, batch(argued(), pages=(page(1),)))
    run = findings.begin_run(db, version="1", codebook=Codebook())
    findings.save(db, run, said())
    findings.end_run(db, run, 4)


def test_trends_count_people_once_a_week(rows: Rows) -> None:
    assert rows("FROM proposal_trends") == [
        {
            "week": date(2026, 3, 2),
            "proposal_id": "fee",
            "label": "Lower the fee",
            "mentions": 2,
            "proposers": 1,
            "supporters": 1,
            "opposers": 2,
            "net_support": -1,
        }
    ]


def test_a_week_ends_on_sunday_night_utc(db: Warehouse, rows: Rows) -> None:
    db.connection.execute(
        "UPDATE posts SET posted_at = TIMESTAMPTZ '2026-03-09 00:00:00+00' WHERE post_id = 'forum:3'"
    )
    assert [row["week"] for row in rows("FROM proposal_trends ORDER BY week")] == [
        date(2026, 3, 2),
        date(2026, 3, 9),
    ]


def test_weeks_are_those_of_utc_wherever_the_reader_sits(db: Warehouse, rows: Rows) -> None:
    weeks = rows("FROM proposal_trends")
    for place in ("America/New_York", "Asia/Tokyo"):
        db.connection.execute(f"SET TimeZone = '{place}'")
        assert rows("FROM proposal_trends") == weeks


def test_positions_hold_what_was_said_last(rows: Rows) -> None:
    sql = "SELECT author, first_stance, stance, changed, statements FROM positions ORDER BY author"
    assert rows(sql) == [
        {
            "author": "Ann Ortega",
            "first_stance": "support",
            "stance": "oppose",
            "changed": True,
            "statements": 2,
        },
        {"author": "Bo", "first_stance": "oppose", "stance": "oppose", "changed": False, "statements": 1},
    ]


def test_where_no_date_tells_what_was_said_first_nobody_is_said_to_have_changed(
    db: Warehouse, rows: Rows
) -> None:
    db.connection.execute(
        "UPDATE posts SET posted_at = NULL WHERE author_id = (SELECT author_id FROM authors WHERE name = 'Ann Ortega')"
    )
    (hers,) = rows("SELECT wavered, changed, posted_at FROM positions WHERE author = 'Ann Ortega'")
    assert hers == {"wavered": True, "changed": None, "posted_at": None}
    (fee,) = rows("SELECT changed_their_mind FROM proposal_leaderboard WHERE proposal_id = 'fee'")
    assert fee == {"changed_their_mind": 0}


def test_the_leaderboard_counts_people_by_their_last_word(rows: Rows) -> None:
    sql = "SELECT proposal_id, supporters, opposers, net_support, changed_their_mind, mentions FROM proposal_leaderboard"
    assert rows(sql) == [
        {
            "proposal_id": "escrow",
            "supporters": 0,
            "opposers": 0,
            "net_support": 0,
            "changed_their_mind": 0,
            "mentions": 0,
        },
        {
            "proposal_id": "fee",
            "supporters": 0,
            "opposers": 2,
            "net_support": -2,
            "changed_their_mind": 1,
            "mentions": 2,
        },
    ]


def test_evidence_leads_to_the_words_and_the_post(rows: Rows) -> None:
    sql = "SELECT proposal, stance, author, excerpt, post_url FROM evidence ORDER BY post_url"
    assert rows(sql)[0] == {
        "proposal": "Lower the fee",
        "stance": "support",
        "author": "Ann Ortega",
        "excerpt": "012",
        "post_url": "https://forum.example/p/1",
    }
    assert rows("SELECT act, facets FROM mentions ORDER BY post_id") == [
        {"act": "propose", "facets": ["a"]},
        {"act": "discuss", "facets": ["a"]},
    ]


def test_interactions_count_answers_and_their_spirit(rows: Rows) -> None:
    sql = "SELECT from_author, to_author, replies, supports, opposes FROM interactions ORDER BY 1, 2"
    assert rows(sql) == [
        {"from_author": "Ann Ortega", "to_author": "Bo", "replies": 1, "supports": 1, "opposes": 0},
        {"from_author": "Bo", "to_author": "Ann Ortega", "replies": 1, "supports": 0, "opposes": 1},
        {"from_author": "Cy", "to_author": "Ann Ortega", "replies": 1, "supports": 0, "opposes": 0},
    ]


def test_a_thread_in_one_line(rows: Rows) -> None:
    sql = """
        SELECT posts, participants, depth, round(quote_share, 4) AS quote_share, staff_posts, contention, ghosts
        FROM thread_overview
    """
    assert rows(sql) == [
        {
            "posts": 4,
            "participants": 3,
            "depth": 3,
            "quote_share": round(5 / (5 + 35), 4),  # a ghost's words are those of the quotes,
            "staff_posts": 1,
            "contention": 1.5 / 5,
            "ghosts": 1,
        }
    ]


def test_the_shape_of_a_thread_as_a_graph(rows: Rows) -> None:
    sql = "SELECT branching, evenness, reciprocity, bridge FROM thread_overview"
    (shape,) = rows(sql)
    assert shape["branching"] == 1.0
    assert shape["evenness"] == pytest.approx(0.9464, abs=1e-4)
    assert shape["reciprocity"] == pytest.approx(2 / 3)
    assert shape["bridge"] == "Ann Ortega"  # Bo and Cy do not answer each other
    sql = "SELECT from_author, replies_back FROM interactions ORDER BY from_author"
    assert [tuple(row.values()) for row in rows(sql)] == [("Ann Ortega", 1), ("Bo", 1), ("Cy", 0)]


def test_a_lock_told_twice_is_one_line(rows: Rows) -> None:
    assert rows("SELECT method FROM moderation_events ORDER BY method") == [
        {"method": "notice"},
        {"method": "platform"},
    ]
    (line,) = rows("SELECT kind, thread, actor, methods, excerpt, occurred_at FROM moderation_timeline")
    assert line == {
        "kind": "thread_locked",
        "thread": "Arbitration fee",
        "actor": "Cy",
        "methods": ["notice", "platform"],
        "excerpt": "Closed",
        "occurred_at": LOCK.occurred_at,
    }


def test_a_lock_told_twice_is_one_act_in_the_overview(rows: Rows) -> None:
    assert rows("SELECT moderation_events FROM thread_overview") == [{"moderation_events": 1}]


def test_a_lock_told_twice_is_one_act_in_the_status(db: Warehouse, rows: Rows) -> None:
    told = status(db, version="1")
    assert (told["moderation_events"], told["acts_of_moderation"]) == (2, 1)


@pytest.mark.parametrize(
    ("kind", "methods", "maybe"),
    [
        ("post_removed", ["recrawl"], True),
        ("post_removed", ["platform", "recrawl"], False),
        ("thread_retitled", ["recrawl"], True),
        ("thread_locked", ["recrawl"], False),
    ],
)
def test_what_an_author_can_do_as_well_is_marked_where_nobody_says_who_did(
    db: Warehouse, rows: Rows, kind: str, methods: list[str], maybe: bool
) -> None:
    for method in methods:
        db.connection.execute(
            "INSERT INTO moderation_events (event_id, thread_id, post_id, kind, detected_at, method, excerpt, confidence) "
            "VALUES (?, 'forum:9', 'forum:9', ?, ?, ?, '', 0.9)",
            [method, kind, MONDAY, method],
        )
    sql = "SELECT maybe_by_author FROM moderation_timeline WHERE thread_id = 'forum:9'"
    assert rows(sql) == [{"maybe_by_author": maybe}]


def test_who_asks_by_a_faint_hint_only_is_no_proposer(db: Warehouse, rows: Rows) -> None:
    asks = ProposalMention(start=0, end=4, proposal_id="fee", act="propose", confidence=0.3, rule="r")
    run = findings.begin_run(db, version="2", codebook=Codebook())
    findings.save(db, run, [Findings(id="forum:1"), Findings(id="forum:2", proposals=(asks,))])
    findings.end_run(db, run, 2)
    sql = "SELECT mentions, proposers FROM proposal_leaderboard WHERE proposal_id = 'fee'"
    assert rows(sql) == [{"mentions": 1, "proposers": 0}]
    assert rows("SELECT mentions, proposers FROM proposal_trends WHERE mentions > 0") == [
        {"mentions": 1, "proposers": 0}
    ]


def test_a_lock_without_a_time_is_the_one_announced_long_ago_on_the_same_pages(
    db: Warehouse, rows: Rows
) -> None:
    announced = MONDAY - timedelta(days=400)
    db.connection.execute(
        "UPDATE moderation_events SET occurred_at = CASE WHEN method = 'notice' THEN ?::TIMESTAMPTZ END",
        [announced],
    )
    (line,) = rows("SELECT methods, occurred_at, happened_at FROM moderation_timeline")
    assert line == {"methods": ["notice", "platform"], "occurred_at": announced, "happened_at": announced}
    db.connection.execute(
        "UPDATE moderation_events SET detected_at = detected_at + INTERVAL 30 DAYS WHERE method = 'platform'"
    )
    assert len(rows("FROM moderation_timeline")) == 2  # seen a month after the notice was: another lock


@pytest.mark.parametrize(("days", "acts"), [(0, 1), (3, 1), (9, 2)])
def test_a_notice_tells_of_the_edit_that_the_forum_shows_nearest_to_it(
    db: Warehouse, rows: Rows, days: int, acts: int
) -> None:
    tellings = (
        ("platform", "forum:4", MONDAY),
        ("platform", "forum:5", MONDAY - timedelta(days=6)),
        ("notice", "forum:9", MONDAY + timedelta(days=days)),
    )
    for method, post_id, at in tellings:
        db.connection.execute(
            "INSERT INTO moderation_events (event_id, thread_id, post_id, kind, method, occurred_at, detected_at, excerpt, "
            "confidence) VALUES (?, 'forum:9', ?, 'post_edited_by_staff', ?, ?, ?, '', 0.9)",
            [post_id, post_id, method, at, at],
        )
    told = rows("SELECT methods, post_id FROM moderation_timeline WHERE kind = 'post_edited_by_staff'")
    assert len(told) == acts + 1
    assert told.count({"methods": ["notice", "platform"], "post_id": "forum:4"}) == (acts == 1)


def test_locks_a_month_apart_are_two_lines(db: Warehouse, rows: Rows) -> None:
    later = replace(LOCK, occurred_at=MONDAY + timedelta(days=30))
    load(db, batch(replace(argued(), events=(LOCK, later)), pages=(page(1),)))
    assert len(rows("FROM moderation_timeline")) == 2


def test_documents_are_quotes_that_neither_name_nor_link_nor_repeat_a_post(db: Warehouse, rows: Rows) -> None:
    said = "See https://example.org/rules (2): no  fees."
    document = Quote(ordinal=1, depth=1, text=said)
    again = replace(document, text="see https://example.org/rules (2): no fees.")
    of_people = (
        replace(document, ordinal=2, attributed_to="Dee"),
        replace(document, ordinal=3, source_ref="77"),
        replace(document, ordinal=4, source_post_id="1", source_method="text", source_confidence=0.9),
    )
    posts = (
        post("5", ANN, "Read this.", page(1), quotes=(document, *of_people)),
        post("6", BO, "I have.", page(1), quotes=(again,)),
        post("ghost-2", None, "gone", None, state=PostState.GHOST, quotes=(document,)),
    )
    load(db, batch(replace(thread_of(*posts), id="documents"), pages=(page(1),)))
    sql = "SELECT quoted_by, text, link, words, times_quoted FROM documents ORDER BY post_id"
    told = {"link": "https://example.org/rules", "words": 8, "times_quoted": 2}
    assert rows(sql) == [
        {"quoted_by": "Ann Ortega", "text": said} | told,
        {"quoted_by": "Bo", "text": again.text} | told,
    ]
