"""Votes against, beside those for, and stances that people declare: kept, brought up to date, carried along."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.warehouse.conftest import ANN, BO, CY, MONDAY, WEEK, answers, batch, page, post, thread_of
from warehouse import findings
from warehouse.batch import Batch, LoadSummary
from warehouse.exporting import export
from warehouse.held import held_threads
from warehouse.load import load
from warehouse.store import Warehouse

COUNTS = "SELECT like_count, dislike_count FROM posts"


def said(week: int, likes: int | None, dislikes: int | None) -> Batch:
    seen = page(1, at=MONDAY + week * WEEK, body=f"{week}".encode())
    one = post("1", ANN, "Lower the fee.", seen, position=1, like_count=likes, dislike_count=dislikes)
    return batch(thread_of(one), pages=(seen,))


def test_a_vote_against_is_kept_and_is_no_edit(db: Warehouse, rows: Callable[[str], list[Any]]) -> None:
    load(db, said(0, 4, 1))
    assert load(db, said(1, 4, 3)) == LoadSummary()
    assert rows(COUNTS) == [{"like_count": 4, "dislike_count": 3}]
    assert rows("SELECT count(*) AS n FROM post_revisions") == [{"n": 1}]
    assert held_threads(db, "forum", ["7"])["7"].posts[0].dislike_count == 3


def test_none_shown_is_not_none_given(db: Warehouse, rows: Callable[[str], list[Any]]) -> None:
    load(db, said(0, 4, None))
    assert rows(COUNTS) == [{"like_count": 4, "dislike_count": None}]
    load(db, said(1, 4, 0))
    assert rows(COUNTS) == [{"like_count": 4, "dislike_count": 0}]


def test_they_go_along_to_convokit(db: Warehouse, tmp_path: Path) -> None:
    load(db, said(0, 4, 3))
    export(db, "convokit", tmp_path / "corpus")
    assert '"dislike_count": 3' in (tmp_path / "corpus" / "utterances.jsonl").read_text(encoding="utf-8")


def test_a_declared_stance_is_one_toward_the_opening_post_alone(db: Warehouse) -> None:
    seen = page(1)
    posts = (
        post("1", ANN, "Lower the fee.", seen, position=1),
        post("2", BO, "It is too high.", seen, position=2, declared_stance="support"),
        post("3", CY, "It is not.", seen, position=3, declared_stance="oppose"),
    )
    replies = (answers("2", "1"), answers("3", "2"))
    load(db, batch(replace(thread_of(*posts), replies=replies), pages=(seen,)))
    (thread,) = next(findings.stale(db, version="1", codebook_sha256=""))
    assert [statement.declared for statement in thread] == [None, "support", None]
