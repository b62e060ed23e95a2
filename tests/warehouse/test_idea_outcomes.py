"""What became of ideas: the history of their statuses, and the view on it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from analyze.model import Findings, Span, Stance
from parse.model import Board
from parse.threads import assemble
from tests.warehouse.conftest import ANN, BO, CY, MONDAY, WEEK, batch, everything, page, post, thread_of
from tests.warehouse.test_findings import Codebook
from warehouse import findings
from warehouse.batch import Batch, LoadSummary
from warehouse.cookbook import recipes
from warehouse.exporting import export
from warehouse.forget import forgetting
from warehouse.held import held_threads
from warehouse.load import load
from warehouse.restore import restore
from warehouse.store import Warehouse, writing

Rows = Callable[[str], list[dict[str, Any]]]
HISTORY = "SELECT thread_id, seen_at, status FROM thread_statuses ORDER BY ALL"


def idea(week: int, status: str | None, id: str = "7", votes: int = 5, **more: Any) -> Batch:
    """One idea as the crawl of a week shows it."""
    shown = page(1, thread=id, at=MONDAY + week * WEEK, body=f"{week} {status}".encode())
    return batch(
        thread_of(
            post(f"{id}1", ANN, "Night mode, please", shown, position=1, like_count=votes, posted_at=MONDAY),
            post(f"{id}2", BO, "Mine too", shown, position=2),
            id=id,
            status=status,
            **more,
        ),
        pages=(shown,),
    )


def told(rows: Rows) -> list[tuple[int, str | None]]:
    """(week, status) of each line of the history."""
    return [((row["seen_at"] - MONDAY) // WEEK, row["status"]) for row in rows(HISTORY)]


def crawl(db: Warehouse, *weeks: str | None, id: str = "7") -> None:
    """A crawl a week, each read beside what is held."""
    for week, status in enumerate(weeks):
        seen = idea(week, status, id)
        held = held_threads(db, "forum", [id]).get(id)
        load(db, replace(seen, threads=(assemble(held, seen.threads),)))


@pytest.mark.parametrize(
    ("weeks", "history"),
    [
        (("New", "New", "Planned"), [(0, "New"), (2, "Planned")]),
        (("New", "Planned", "New"), [(0, "New"), (1, "Planned"), (2, "New")]),  # taken back
        ((None, None, "Planned"), [(1, None), (2, "Planned")]),  # said nothing until then
        (("Planned", None, "Planned"), [(0, "Planned")]),  # another theme shows none for a week
        (("Planned", "PLANNED", "Planned"), [(0, "Planned")]),  # another theme shouts
        ((None, None), []),
    ],
)
def test_a_line_is_kept_for_each_other_word(
    db: Warehouse, rows: Rows, weeks: tuple[str | None, ...], history: list[tuple[int, str | None]]
) -> None:
    crawl(db, *weeks)
    assert told(rows) == history
    now = rows("SELECT status FROM threads")
    assert [row["status"] for row in now] == [history[-1][1] if history else None]


def test_a_change_of_status_alone_changes_the_thread(db: Warehouse) -> None:
    load(db, idea(0, "New"))
    assert load(db, idea(1, "New")) == LoadSummary()
    assert load(db, idea(2, "Declined")) == LoadSummary(threads_changed=1)


def test_the_same_archive_again_changes_nothing(db: Warehouse, rows: Rows) -> None:
    weeks = [idea(week, status) for week, status in enumerate((None, "Planned", "Shipped"))]
    for seen in weeks:
        load(db, seen)
    before = everything(rows)
    assert [load(db, seen) for seen in weeks] == [LoadSummary()] * 3
    assert everything(rows) == before


def test_an_older_page_read_again_takes_no_status_back(db: Warehouse, rows: Rows) -> None:
    """Not even of a thread in which something stands that only a newer page showed."""
    load(db, idea(0, "New"))
    newer = page(2, thread="7", at=MONDAY + WEEK)
    seen = idea(1, "Declined")
    reply = post("73", CY, "No, sorry.", newer, position=3)
    load(db, replace(seen, threads=(thread_of(*seen.threads[0].posts, reply, id="7", status="Declined"),)))
    older = idea(0, "New")
    load(db, replace(older, threads=(assemble(held_threads(db, "forum", ["7"])["7"], older.threads),)))
    assert told(rows) == [(0, "New"), (1, "Declined")]
    assert rows("SELECT status FROM threads") == [{"status": "Declined"}]


def test_two_versions_of_a_page_from_one_moment_leave_one_line(db: Warehouse, rows: Rows) -> None:
    versions = [idea(0, status) for status in ("New", "Planned")]
    for seen in (*versions, *versions):
        load(db, seen)
    assert told(rows) == [(0, "Planned")]


def test_a_thread_whose_words_were_not_kept_begins_with_what_was_held(db: Warehouse, rows: Rows) -> None:
    load(db, idea(0, "New"))
    db.connection.execute("DELETE FROM thread_statuses")
    load(db, idea(2, "Planned"))
    assert told(rows) == [(0, "New"), (2, "Planned")]


def test_an_older_warehouse_is_seeded_with_what_it_holds(path: Path) -> None:
    with writing(path) as db:
        load(db, idea(0, "New"))
        load(db, idea(1, "Planned"))
        db.connection.execute("DROP TABLE thread_statuses")
        db.connection.execute("ALTER TABLE tombstones DROP COLUMN opens_with")
        db.connection.execute("DROP TABLE polls")
        db.connection.execute("DROP TABLE poll_votes")
        db.connection.execute("ALTER TABLE posts DROP COLUMN dislike_count")
        db.connection.execute("ALTER TABLE posts DROP COLUMN declared_stance")
        db.connection.execute("DELETE FROM schema_migrations WHERE version = 0 OR version >= 10")
    with writing(path) as db:
        assert db.query(HISTORY).to_pylist() == [
            {"thread_id": "forum:7", "seen_at": MONDAY, "status": "Planned"}
        ]
        assert db.query("SELECT changes FROM idea_outcomes").to_pylist() == [{"changes": 0}]


def test_history_goes_with_a_forgotten_thread_and_names_in_it_are_blotted(path: Path) -> None:
    with writing(path) as db:
        load(db, idea(0, "New"))
        load(db, idea(0, "Bo says no", id="8"))
    with forgetting(path, "forum:7", today=MONDAY.date()):
        pass
    with forgetting(path, "Ann Ortega", today=MONDAY.date()):
        pass
    with writing(path) as db:
        load(db, idea(1, "Ann Ortega takes it", id="8"))
        held = [row["status"] for row in db.query(HISTORY).to_pylist()]
    assert held[0] == "Bo says no"
    assert len(held) == 2
    assert "Ann" not in held[1]


def test_history_travels_with_an_export(path: Path, tmp_path: Path) -> None:
    with writing(path) as db:
        crawl(db, "New", "Declined")
        export(db, "parquet", tmp_path / "out")
        held = db.query(HISTORY).to_pylist()
    with writing(tmp_path / "other.duckdb") as db:
        restore(db, tmp_path / "out")
        assert db.query(HISTORY).to_pylist() == held


def view(rows: Rows, *columns: str) -> list[tuple[Any, ...]]:
    return [
        tuple(row.values())
        for row in rows(f"SELECT {', '.join(columns)} FROM idea_outcomes ORDER BY thread_id")
    ]


def test_what_became_of_an_idea_stands_in_one_line(db: Warehouse, rows: Rows) -> None:
    crawl(db, "New", "New", "Under review", "Declined")
    agrees = Stance(stance="support", confidence=0.8, rule="r", evidence=(Span(start=0, end=4),))
    run = findings.begin_run(db, version="1", codebook=Codebook())
    findings.save(db, run, [Findings(id="forum:72", stance=agrees)])
    assert view(
        rows, "title", "board", "votes", "replies", "supporters", "opposers", "status", "outcome",
        "previous_status", "changes", "waited_days",
    ) == [
        ("Arbitration fee", "Fees and payments", 5, 1, 1, 0, "Declined", "declined", "Under review", 2, 14)
    ]  # fmt: skip
    assert view(rows, "first_seen_at", "status_since") == [(MONDAY, MONDAY + 3 * WEEK)]


def test_who_waits_has_waited_until_last_read_and_found_answers_have_no_wait(
    db: Warehouse, rows: Rows
) -> None:
    crawl(db, "New", "New", "New")
    crawl(db, "Declined", "Declined", id="8")
    assert view(rows, "outcome", "waited_days", "changes") == [("waiting", 14, 0), ("declined", None, 0)]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("New Idea", "waiting"), ("OPEN", "waiting"), ("Needs votes", "waiting"), ("UNCONFIRMED", "waiting"),
        ("Under review", "considered"), ("Not right now", "considered"), ("In Prüfung", "considered"),
        ("Planned", "planned"), ("Working on it", "planned"), ("Fix Committed", "planned"),
        ("Won't be done", "declined"), ("Not planned right now", "declined"), ("RESOLVED WONTFIX", "declined"),
        ("Nicht geplant", "declined"), ("No longer planned", "declined"), ("Closed as not planned", "declined"),
        ("RESOLVED DUPLICATE of bug 298", "closed"), ("Closed", "closed"),
        ("On the wheel", "other"), ("newsworthy", "other"),
    ],
)  # fmt: skip
def test_what_a_word_says(db: Warehouse, rows: Rows, status: str, outcome: str) -> None:
    load(db, idea(0, status))
    assert view(rows, "outcome") == [(outcome,)]


def test_what_the_platform_takes_for_solved_is_done_whatever_it_is_called(db: Warehouse, rows: Rows) -> None:
    load(db, idea(0, "Closed", is_solved=True))
    assert view(rows, "outcome") == [("done",)]


TALK = Board(id="talk", title="Talk", url="https://forum.example/b/talk")


def test_where_no_word_says_that_ideas_wait_those_without_a_word_do(db: Warehouse, rows: Rows) -> None:
    """UserVoice and Zendesk say nothing of what nobody has answered; a board of talk has no ideas."""
    load(db, idea(0, "Planned"))
    load(db, idea(0, None, id="8"))
    load(db, idea(0, None, id="9", board=TALK))
    assert view(rows, "thread_id", "outcome") == [("forum:7", "planned"), ("forum:8", "waiting")]
    load(db, idea(0, "New", id="10"))
    assert view(rows, "thread_id", "outcome") == [("forum:10", "waiting"), ("forum:7", "planned")]


def test_a_silent_idea_that_is_answered_was_waiting_until_then(db: Warehouse, rows: Rows) -> None:
    crawl(db, None, None, "Planned")
    assert view(rows, "outcome", "previous_status", "changes", "waited_days") == [("planned", None, 1, 14)]


def test_two_sites_keep_their_own_custom(db: Warehouse, rows: Rows) -> None:
    load(db, idea(0, "Planned"))
    load(db, idea(0, None, id="8"))
    load(db, replace(idea(0, "New", id="7"), site_id="tracker"))
    load(db, replace(idea(0, None, id="8"), site_id="tracker"))
    assert view(rows, "thread_id", "outcome") == [
        ("forum:7", "planned"), ("forum:8", "waiting"), ("tracker:7", "waiting")
    ]  # fmt: skip


def test_the_recipe_tells_the_most_wanted_of_the_declined_and_the_longest_wait(
    db: Warehouse, rows: Rows
) -> None:
    (recipe,) = (recipe for recipe in recipes() if recipe.name == "declined_and_waiting")
    for id, status, votes, asked in (("1", "Declined", 3, 9), ("2", "Declined", 40, 1), ("3", "New", 50, 2),
                                     ("4", "New", 1, 30), ("5", "Shipped", 90, 90)):  # fmt: skip
        more = {"title": f"Idea {id}", "started_at": MONDAY - timedelta(days=asked)}
        load(db, idea(0, status, id=id, votes=votes, **more))
    answer = [
        (row["outcome"], row["idea"], row["votes"], (MONDAY - row["asked_at"]).days)
        for row in rows(recipe.sql)
    ]
    assert answer == [
        ("declined", "Idea 2", 40, 1), ("declined", "Idea 1", 3, 9),
        ("waiting", "Idea 4", 1, 30), ("waiting", "Idea 3", 50, 2),
    ]  # fmt: skip
