"""What is exported can be read again by the commands."""

import json
from pathlib import Path
from typing import Any

import pytest

from folkmoot.cli import main
from tests.bench.posts import fill
from warehouse.store import reading

COMPARED = {
    "threads": "SELECT thread_id, title FROM threads",
    "posts": "SELECT post_id, thread_id, text, full_text, position, like_count, url FROM posts",
    "authors": "SELECT post_id, name, role, is_staff FROM posts JOIN authors USING (author_id)",
    "quotes": "SELECT post_id, ordinal, depth, text, attributed_to, source_post_id FROM quotes",
    "replies": "SELECT post_id, parent_post_id FROM replies WHERE is_primary",
}


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    fill(tmp_path / "w.duckdb", 400)
    return tmp_path / "w.duckdb"


def rows(path: Path, sql: str, site: str = "") -> set[str]:
    with reading(path) as db:
        return {json.dumps(row).replace(site, "") for row in db.query(f"{sql} ORDER BY ALL").to_pylist()}


def run(*words: Any) -> None:
    main([str(word) for word in words])


def test_a_convokit_corpus_comes_back_as_the_same_threads_posts_and_replies(warehouse: Path) -> None:
    corpus, again = warehouse.parent / "corpus", warehouse.parent / "again.duckdb"
    run("export", "--warehouse", warehouse, "--format", "convokit", "--out", corpus)
    run("parse", corpus, "--warehouse", again, "--site", "back")
    for what, sql in COMPARED.items():
        assert rows(again, sql, "back:") == rows(warehouse, sql), what


def test_parquet_comes_back_as_a_warehouse(warehouse: Path) -> None:
    folder, again = warehouse.parent / "tables", warehouse.parent / "again.duckdb"
    run("export", "--warehouse", warehouse, "--format", "parquet", "--out", folder)
    run("import", folder, "--warehouse", again)
    for what, sql in COMPARED.items():
        assert rows(again, sql) == rows(warehouse, sql), what
    assert rows(again, "SELECT label, net_support FROM proposal_leaderboard")
