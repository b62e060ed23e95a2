"""Recipes of the cookbook on threads small enough to count by hand, where a careless count goes wrong."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from analyze.model import Findings, ModerationEvent, ProposalMention, Stance
from parse.model import PlatformEvent, PostState
from tests.warehouse.conftest import ANN, BO, CY, MONDAY, WEEK, batch, page, post, thread_of
from tests.warehouse.test_findings import Codebook
from warehouse import findings
from warehouse.cookbook import recipes
from warehouse.load import load
from warehouse.store import Warehouse

Rows = Callable[[str], list[dict[str, Any]]]
RECIPES = {recipe.name: recipe.sql for recipe in recipes()}


def test_an_answer_without_a_date_is_an_answer(db: Warehouse, rows: Rows) -> None:
    first = page(1)
    undated = thread_of(post("1", ANN, "Why?", first), post("2", BO, "Because.", first, posted_at=None))
    alone = thread_of(post("3", ANN, "Anybody?", first, position=1), id="8")
    load(db, batch(undated, alone, pages=(first,)))
    (board,) = rows(RECIPES["first_answer"])
    assert (board["threads"], board["never_answered"], board["median_hours"]) == (2, 1, None)


def test_of_new_members_nobody_can_tell_yet_whether_they_stay(db: Warehouse, rows: Rows) -> None:
    first = page(1)
    later = {"b": 40, "c": 45}
    posts = (
        post("1", ANN, "Hello", first),
        post("2", BO, "Hello", first, posted_at=MONDAY + timedelta(days=later["b"])),
        post("3", ANN, "Still here", first, posted_at=MONDAY + timedelta(days=later["c"])),
    )
    load(db, batch(thread_of(*posts), pages=(first,)))
    assert [tuple(row.values())[1:] for row in rows(RECIPES["new_voices"])] == [(1, 1, 0), (1, 0, 1)]


def test_what_the_first_crawl_found_done_has_no_month(db: Warehouse, rows: Rows) -> None:
    first = page(1)
    found = PlatformEvent(kind="thread_locked")
    seen = replace(found, actor=CY, occurred_at=MONDAY)
    posts = (post("1", ANN, "Why?", first),)
    load(
        db,
        batch(thread_of(*posts, events=(found,)), thread_of(*posts, id="8", events=(seen,)), pages=(first,)),
    )
    months = [(str(row["month"]), row["times"]) for row in rows(RECIPES["moderation_by_month"])]
    assert months == [("2026-03-01", 1), ("None", 1)]


def test_who_gains_support_is_told_by_the_stances_that_count(db: Warehouse, rows: Rows) -> None:
    first = page(1)
    load(db, batch(thread_of(post("1", ANN, "Yes", first), post("2", BO, "Hm", first)), pages=(first,)))
    sure = Stance(stance="support", confidence=0.8, rule="r", proposal_id="fee")
    run = findings.begin_run(db, version="1", codebook=Codebook())
    faint = replace(sure, confidence=0.1)
    said = [Findings(id="forum:1", positions=(sure,)), Findings(id="forum:2", positions=(faint,))]
    findings.save(db, run, said)
    findings.end_run(db, run, 2)
    assert [row["new_supporters"] for row in rows(RECIPES["gaining_support"])] == [1]


def test_whoever_takes_a_side_is_new_by_when_they_said_so(db: Warehouse, rows: Rows) -> None:
    first, later = page(1), MONDAY + timedelta(days=120)
    posts = (
        post("1", ANN, "Hello", first),
        post("2", ANN, "Yes", first, posted_at=later),
        post("3", BO, "Yes", first, posted_at=later),
        post("4", CY, "No", first, posted_at=later),
    )
    load(db, batch(thread_of(*posts), pages=(first,)))
    run = findings.begin_run(db, version="1", codebook=Codebook())
    said = [("forum:2", "support"), ("forum:3", "support"), ("forum:4", "oppose")]
    stances = [
        Findings(id=key, positions=(Stance(stance=stance, confidence=0.8, rule="r", proposal_id="fee"),))
        for key, stance in said
    ]
    findings.save(db, run, stances)
    findings.end_run(db, run, 3)
    told = {
        (row["role"], row["is_new"]): (row["supporters"], row["opposers"])
        for row in rows(RECIPES["who_they_are"])
    }
    assert told == {("members", False): (1, 0), ("members", True): (1, 0), ("staff", True): (0, 1)}


def test_what_is_known_from_quotes_only_is_counted_as_quotation_alone(db: Warehouse, rows: Rows) -> None:
    first = page(1)
    posts = [post(str(number), ANN, "0123456789", first) for number in (1, 2, 3)]
    ghost = post("ghost-1", BO, "x" * 1000, None, state=PostState.GHOST)
    load(db, batch(thread_of(*posts, ghost), pages=(first,)))
    assert [row["percent_quoted"] for row in rows(RECIPES["quotation"])] == [0.0]
    assert [row["posts"] for row in rows(RECIPES["quotation"])] == [3]


def test_each_revision_is_told_with_its_own_editor(db: Warehouse, rows: Rows) -> None:
    """Ann edits first, staff later: her edit stays hers."""
    editors = ((None, False), ("Ann Ortega", False), ("Cy", True))
    for week, (editor, by_staff) in enumerate(editors):
        seen = page(1, at=MONDAY + week * WEEK, body=f"{week}".encode())
        words = post("1", ANN, f"Version {week}", seen, edited_by=editor, edited_by_staff=by_staff)
        load(db, batch(thread_of(words), pages=(seen,)))
    told = [(row["edited_by"], row["by_staff"]) for row in rows(RECIPES["before_and_after"])]
    assert told == [("Ann Ortega", False), ("Cy", True)]


def test_what_an_author_may_have_taken_back_is_no_act_of_staff(db: Warehouse, rows: Rows) -> None:
    day = timedelta(hours=20)
    first, again = page(1), page(1, at=MONDAY + day, body=b"z")
    posts = [post(str(number), ANN, f"Words {number}", first) for number in (1, 2, 3)]
    load(db, batch(thread_of(*posts), pages=(first,)))
    left = [replace(one, page_id=again.page_id) for one in posts if one.id != "2"]
    load(db, batch(thread_of(*left), pages=(again,)))
    assert rows("SELECT kind FROM moderation_timeline") == [{"kind": "post_removed"}]
    assert rows(RECIPES["acted_within_a_day"]) == []


def test_a_mark_of_staff_whose_time_nobody_knows_is_no_act_within_the_hour(db: Warehouse, rows: Rows) -> None:
    first = page(1)
    load(db, batch(thread_of(post("1", ANN, "So ***. Edited by mods", first)), pages=(first,)))
    mark = ModerationEvent(
        start=3, end=6, kind="inline_redaction", confidence=0.9, rule="r", method="redaction"
    )
    run = findings.begin_run(db, version="1", codebook=Codebook())
    findings.save(db, run, [Findings(id="forum:1", moderation=(mark,))])
    assert rows("SELECT kind FROM moderation_timeline") == [{"kind": "inline_redaction"}]
    assert rows(RECIPES["acted_within_a_day"]) == []


def test_of_two_examples_equally_sure_the_same_is_shown_whichever_came_first(
    db: Warehouse, rows: Rows
) -> None:
    first = page(1)
    load(
        db,
        batch(thread_of(post("1", ANN, "One one", first), post("2", BO, "Two two", first)), pages=(first,)),
    )
    asks = ProposalMention(start=0, end=3, proposal_id=None, act="propose", confidence=0.9, rule="r")
    run = findings.begin_run(db, version="1", codebook=Codebook())
    findings.save(db, run, [Findings(id=key, proposals=(asks,)) for key in ("forum:1", "forum:2")])
    db.connection.execute("INSERT INTO proposals VALUES ('d', 'Found', '', 'discovered')")
    db.connection.execute("UPDATE proposal_mentions SET proposal_id = 'd'")
    shown = [row["example"] for row in rows(RECIPES["emerging"])]
    db.connection.execute("CREATE TEMP TABLE held AS FROM proposal_mentions")
    db.connection.execute("DELETE FROM proposal_mentions")
    db.connection.execute("INSERT INTO proposal_mentions FROM held ORDER BY mention_id DESC")
    turned = [row["example"] for row in rows(RECIPES["emerging"])]
    db.connection.execute("DELETE FROM proposal_mentions")
    db.connection.execute("INSERT INTO proposal_mentions FROM held ORDER BY mention_id")
    assert shown == turned == [row["example"] for row in rows(RECIPES["emerging"])]


def test_a_thread_of_lost_posts_only_is_no_thread_that_staff_left_unanswered(
    db: Warehouse, rows: Rows
) -> None:
    first = page(1)
    ghost = post("ghost-1", BO, "gone", None, state=PostState.GHOST)
    load(db, batch(thread_of(post("1", CY, "Hello", first)), thread_of(ghost, id="8"), pages=(first,)))
    assert [(row["threads"], row["with_staff"]) for row in rows(RECIPES["staff_answers"])] == [(1, 1)]
    assert [row["posts"] for row in rows(RECIPES["longest_exchanges"])] == [1]


def test_two_proposals_of_one_name_are_not_counted_as_one(db: Warehouse, rows: Rows) -> None:
    """A codebook may call something as the people do whose requests were grouped beside it."""
    first = page(1)
    load(
        db,
        batch(thread_of(post("1", ANN, "One one", first), post("2", BO, "Two two", first)), pages=(first,)),
    )
    asks = ProposalMention(
        start=0, end=3, proposal_id="fee", act="propose", confidence=0.9, rule="r", facets=("a",)
    )
    stance = Stance(stance="support", confidence=0.8, rule="r", proposal_id="fee")
    said = [
        Findings(id="forum:1", proposals=(asks,), positions=(stance,)),
        Findings(
            id="forum:2",
            proposals=(replace(asks, proposal_id="escrow"),),
            positions=(replace(stance, proposal_id="escrow"),),
        ),
    ]
    run = findings.begin_run(db, version="1", codebook=Codebook())
    findings.save(db, run, said)
    db.connection.execute("UPDATE proposals SET label = 'The same', origin = 'discovered'")
    for name in ("gaining_support", "emerging", "facets"):
        assert len(rows(RECIPES[name])) == 2, name
    assert [row["threads"] for row in rows(RECIPES["proposed_together"])] == [1]
