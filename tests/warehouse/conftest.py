"""Threads made by hand, and a warehouse to put them in."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from parse.model import Author, Board, Post, Quote, Reply, Thread
from parse.page import Page
from warehouse.batch import Batch
from warehouse.store import Warehouse, writing

Rows = Callable[[str], list[dict[str, Any]]]
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
WEEK = timedelta(days=7)
BOARD = Board(id="fees", title="Fees and payments", url="https://forum.example/b/fees")
ANN = Author(name="Ann Ortega", user_id="11", login="ann")
BO = Author(name="Bo", user_id="12", login="bo")
CY = Author(name="Cy", user_id="13", login="cy", role="Community Manager", is_staff=True)


def page(number: int = 1, *, thread: str = "7", at: datetime = MONDAY, body: bytes = b"x") -> Page:
    url = f"https://forum.example/t/{thread}?page={number}"
    return Page(
        url=url,
        body=body,
        fetched_at=at,
        archive_file="f.warc.gz",
        archive_offset=number * 100,
        archive_length=90,
    )


def post(id: str, author: Author | None, text: str, on: Page | None, **more: Any) -> Post:
    given: dict[str, Any] = {
        "full_text": text,
        "author": author,
        "author_method": "byline" if author and on else None,
        "author_confidence": 1.0 if author and on else None,
        "page_id": on.page_id if on else None,
        "posted_at": MONDAY + timedelta(hours=int(id)) if id.isdigit() else None,
        "position": int(id) if id.isdigit() else None,
        "url": f"https://forum.example/p/{id}",
    }
    return Post(id=id, text=text, **given | more)


def answers(post: str, parent: str, **more: Any) -> Reply:
    given: dict[str, Any] = {"method": "native", "confidence": 1.0, "is_primary": True}
    return Reply(post=post, parent=parent, **given | more)


def thread_of(*posts: Post, id: str = "7", **more: Any) -> Thread:
    given: dict[str, Any] = {
        "title": "Arbitration fee",
        "url": f"https://forum.example/t/{id}",
        "board": BOARD,
        "started_at": MONDAY,
        "replies": tuple(answers(each.id, posts[0].id) for each in posts[1:]),
    }
    return Thread(id=id, posts=posts, **given | more)


def batch(*threads: Thread, pages: tuple[Page, ...], **more: Any) -> Batch:
    return Batch(
        site_id="forum",
        platform="khoros",
        base_url="https://forum.example/",
        site_title="The forum",
        threads=threads,
        pages=pages,
        **more,
    )


def week_one() -> Batch:
    """Ann asks, Bo quotes and disagrees, Cy closes."""
    first = page(1)
    quote = Quote(
        ordinal=1, depth=1, text="The fee is too high.", attributed_to="Ann Ortega", source_ref="1",
        source_post_id="1", source_method="link", source_confidence=1.0,
    )  # fmt: skip
    inner = Quote(ordinal=2, depth=2, text="before", parent=1)
    posts = (
        post("1", ANN, "The fee is too high. Please lower it.", first),
        post(
            "2",
            BO,
            "No, it is fair.",
            first,
            full_text="The fee is too high.\nNo, it is fair.",
            quotes=(quote, inner),
        ),
        post("3", CY, "This thread is closed.", first, aliases=("m3",)),
    )
    return batch(thread_of(*posts), pages=(first,))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "w.duckdb"


@pytest.fixture
def db(path: Path) -> Iterator[Warehouse]:
    with writing(path) as warehouse:
        yield warehouse


@pytest.fixture
def rows(db: Warehouse) -> Callable[[str], list[dict[str, Any]]]:
    return lambda sql: db.query(sql).to_pylist()


def two_pages() -> Batch:
    pages = (page(1), page(2))
    posts = [post(str(n), ANN if n % 2 else BO, f"Words number {n}.", pages[n > 3]) for n in range(1, 7)]
    return batch(thread_of(*posts), pages=pages)


EVERYTHING = [
    "sites",
    "pages",
    "boards",
    "threads",
    "thread_statuses",
    "polls",
    "poll_votes",
    "authors",
    "posts",
    "post_revisions",
    "quotes",
    "replies",
    "moderation_events",
]


def everything(rows: Rows) -> dict[str, Any]:
    return {table: rows(f"FROM {table} ORDER BY ALL") for table in EVERYTHING}
