"""Polls in the warehouse: how a vote stood at each crawl, who is forgotten, what another hand is given."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from parse.model import Poll, PollOption
from parse.threads import assemble
from tests.warehouse.conftest import ANN, BO, MONDAY, WEEK, batch, page, post, thread_of
from warehouse.batch import Batch
from warehouse.exporting import export
from warehouse.forget import forgetting
from warehouse.held import held_threads
from warehouse.load import load
from warehouse.restore import restore
from warehouse.store import Warehouse, writing

Rows = Callable[[str], list[dict[str, Any]]]
HISTORY = "SELECT option_number, seen_at, votes FROM poll_votes ORDER BY ALL"
RESULTS = "SELECT option, votes, round(share, 2) AS share, votes_gained FROM poll_results ORDER BY ALL"


def poll(*votes: int | None, **more: Any) -> Poll:
    names = ("Yes", "No", "Later, said Ann Ortega")
    options = tuple(PollOption(text=name, votes=count) for name, count in zip(names, votes, strict=False))
    return Poll(id="1", question="A test?", options=options, **more)


def asked(week: int, *polls: Poll, author: Any = ANN, shown: int = 1) -> Batch:
    """A thread with a poll as the crawl of a week shows it."""
    seen = page(shown, at=MONDAY + week * WEEK, body=f"{week} {polls}".encode())
    posts = (post("1", author, "Vote.", seen, position=1), post("2", BO, "I did.", seen, position=2))
    thread = thread_of(*posts[shown - 1 :], polls=polls)
    return batch(thread, pages=(seen,))


def crawl(db: Warehouse, *batches: Batch) -> None:
    for seen in batches:
        held = held_threads(db, "forum", [thread.id for thread in seen.threads])
        threads = tuple(assemble(held.get(thread.id), (thread,)) for thread in seen.threads)
        load(db, replace(seen, threads=threads))


def told(rows: Rows) -> list[tuple[int, int, int | None]]:
    """(option, week, votes) of each line of the history."""
    return [(row["option_number"], (row["seen_at"] - MONDAY) // WEEK, row["votes"]) for row in rows(HISTORY)]


def test_votes_are_kept_each_time_that_they_changed(db: Warehouse, rows: Rows) -> None:
    crawl(db, *(asked(week, poll(*votes)) for week, votes in enumerate([(3, 1), (3, 1), (5, 1)])))
    assert told(rows) == [(1, 0, 3), (1, 2, 5), (2, 0, 1)]
    assert rows(RESULTS) == [
        {"option": "No", "votes": 1, "share": 0.17, "votes_gained": 0},
        {"option": "Yes", "votes": 5, "share": 0.83, "votes_gained": 2},
    ]


def test_votes_that_are_not_shown_any_more_stay_as_they_were(db: Warehouse, rows: Rows) -> None:
    crawl(db, asked(0, poll(None, None)), asked(1, poll(3, 1, voters=4)), asked(2, poll(None, None)))
    assert told(rows) == [(1, 0, None), (1, 1, 3), (2, 0, None), (2, 1, 1)]
    assert [row["share"] for row in rows(RESULTS)] == [0.25, 0.75]


def test_with_several_choices_the_share_is_that_of_the_voters(db: Warehouse, rows: Rows) -> None:
    crawl(db, asked(0, poll(8, 6, voters=10, max_choices=2)))
    assert [row["share"] for row in rows(RESULTS)] == [0.6, 0.8]


def test_nobody_has_voted_yet(db: Warehouse, rows: Rows) -> None:
    crawl(db, asked(0, poll(0, 0, voters=0)))
    assert [(row["votes"], row["share"]) for row in rows(RESULTS)] == [(0, None), (0, None)]


def test_the_same_pages_again_and_an_older_one_change_nothing(db: Warehouse, rows: Rows) -> None:
    weeks = [asked(0, poll(3, 1)), asked(1, poll(4, 1)), asked(2, poll(4, 2))]
    crawl(db, *weeks)
    before = rows("FROM polls"), told(rows)
    crawl(db, weeks[2], weeks[0], weeks[1])
    assert (rows("FROM polls"), told(rows)) == before


def test_an_option_taken_away_is_shown_no_more(db: Warehouse, rows: Rows) -> None:
    crawl(db, asked(0, poll(1, 1, 1)), asked(1, poll(0, 0)))
    assert [row["option"] for row in rows(RESULTS)] == ["No", "Yes"]


def test_who_asked_is_forgotten_with_the_poll_and_no_crawl_brings_it_back(path: Path) -> None:
    with writing(path) as db:
        crawl(db, asked(0, poll(3, 1)))
    with forgetting(path, "forum:1", today=date(2026, 3, 1)):
        pass
    with writing(path) as db:
        assert db.query("FROM polls").num_rows == db.query("FROM poll_votes").num_rows == 0
        crawl(db, asked(1, poll(4, 1)))
        crawl(db, asked(2, poll(4, 1), shown=2))  # the page after, on which the poll stands as well
        assert db.query("FROM polls").num_rows == db.query("FROM poll_votes").num_rows == 0


def test_every_page_above_which_their_poll_stands_is_told_as_one_to_be_erased(path: Path) -> None:
    late = asked(0, poll(3, 1), shown=2)
    with writing(path) as db:
        crawl(db, asked(0, poll(3, 1)), late)
    with forgetting(path, "forum:1", today=date(2026, 3, 1)) as forgotten:
        assert late.pages[0].url in [record.url for record in forgotten.records]


def test_a_name_in_an_option_is_blotted_out(path: Path) -> None:
    elsewhere = page(1, thread="8", at=MONDAY)
    hers = thread_of(post("81", ANN, "Hello.", elsewhere, position=1), id="8")
    with writing(path) as db:
        crawl(db, asked(0, poll(3, 1, 1), author=BO))
        load(db, batch(hers, pages=(elsewhere,)))
    with forgetting(path, "Ann Ortega", today=date(2026, 3, 1)):
        pass
    with writing(path) as db:
        crawl(db, asked(1, poll(3, 1, 2), author=BO))
        options = db.query("SELECT DISTINCT option FROM poll_votes")["option"].to_pylist()
    assert len(options) == 3 and not any("Ann" in option for option in options)


def test_an_export_holds_the_polls_and_gives_them_back(path: Path, tmp_path: Path) -> None:
    with writing(path) as db:
        crawl(db, asked(0, poll(3, 1)), asked(1, poll(4, 1)))
        export(db, "parquet", tmp_path / "out")
        told = db.query("FROM poll_results ORDER BY ALL").to_pylist()
    with writing(tmp_path / "again.duckdb") as other:
        restore(other, tmp_path / "out")
        assert other.query("FROM poll_results ORDER BY ALL").to_pylist() == told != []
