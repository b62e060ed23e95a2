"""Locks and pins that a forum shows in its lists alone: they hold for threads whose own pages do not tell."""

from pathlib import Path

import pytest

from folkmoot.cli import main
from warehouse.store import reading

GOLDEN = Path(__file__).parents[1] / "golden" / "redmine"


@pytest.fixture
def topic() -> str:
    """A topic that the list of its forum shows as locked and pinned."""
    return (GOLDEN / "topic" / "page.html").read_text().replace("topics/31", "topics/3")


def parse(saved: Path, warehouse: Path, **pages: str) -> tuple[object, list[object]]:
    """The thread's lock and pin, and what moderators are known to have done, once these pages are loaded too."""
    saved.mkdir()
    for name, page in pages.items():
        (saved / f"{name}.html").write_text(page)
    main(["parse", str(saved), "--warehouse", str(warehouse)])
    with reading(warehouse) as db:
        (thread,) = db.rows("SELECT is_locked, is_sticky FROM threads WHERE thread_id LIKE '%:topics/3'")
        events = [row["kind"] for row in db.rows("SELECT kind FROM moderation_events ORDER BY kind")]
    return tuple(thread.values()), events


def test_what_the_list_says_holds_until_the_list_says_otherwise(tmp_path: Path, topic: str) -> None:
    board, warehouse = (GOLDEN / "board" / "page.html").read_text(), tmp_path / "w.duckdb"
    locked = ((True, True), ["thread_locked"])
    assert parse(tmp_path / "1", warehouse, board=board, topic=topic) == locked
    assert (
        parse(tmp_path / "2", warehouse, topic=topic.replace("Same with the saws", "And the saws")) == locked
    )
    opened = board.replace("message sticky locked", "message sticky")
    assert opened != board
    assert parse(tmp_path / "3", warehouse, board=opened, topic=topic) == (
        (False, True),
        ["thread_locked", "thread_unlocked"],
    )
