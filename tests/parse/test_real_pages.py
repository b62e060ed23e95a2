"""Pages of running installations, read as their truth says. Skipped where the pages are not at hand."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from parse.model import Post, Thread
from parse.page import Page
from parse.registry import read

ROOT = Path(__file__).parents[3] / "shared" / "data" / "real_pages"
PLATFORMS = ("machina", "mybb", "nodebb", "phpbb", "smf")
FETCHED_AT = datetime(2026, 11, 23, 3, tzinfo=UTC)
TOPICS = {
    "topic_big_p1": "big_topic",
    "topic_big_p2": "big_topic",
    "topic_locked": "locked_topic",
    "topic_moved": "moved_topic",
}
NO_REFS = ("machina",)
"""Whose quotes are typed by hand, without a source in the markup."""
LOCK_UNSEEN = ("machina",)
"""Whose topic pages do not show a guest that the topic is locked."""

pytestmark = pytest.mark.skipif(not ROOT.exists(), reason="the saved pages are not at hand")


@pytest.fixture(scope="module", params=PLATFORMS)
def seen(request) -> tuple[str, dict, dict[str, Thread]]:
    """A platform, its truth, and what was read from each of its topic pages."""
    folder = ROOT / request.param
    readings = {
        file.stem: read(Page(url=file.as_uri(), body=file.read_bytes(), fetched_at=FETCHED_AT))
        for file in sorted(folder.glob("topic_*.html"))
    }
    assert {reading.platform for reading in readings.values()} == {request.param}
    truth = json.loads((folder / "expected.json").read_text("utf-8"))
    return request.param, truth, {name: reading.threads[0] for name, reading in readings.items()}


def pairs(seen) -> list[tuple[Post, dict]]:
    """Every post read, with what is true of it; each must be a post of the site."""
    _, truth, threads = seen
    known = {str(post["post_id"]): post for post in truth["posts"]}
    return [(post, known[post.id]) for thread in threads.values() for post in thread.posts]


def words(text: str) -> str:
    """White space as one blank; some software writes an ellipsis as three dots."""
    return re.sub(r"\s+", " ", text.replace("…", "...")).strip()


def test_every_visible_post_of_a_topic_is_read(seen):
    """Of topics whose later pages were not saved: every post of the pages that were."""
    _, truth, threads = seen
    assert {name: threads[name].id for name in TOPICS} == {
        name: str(truth["files"][key]) for name, key in TOPICS.items()
    }
    for topic in {thread.id for thread in threads.values()}:
        parts = {t.page_number: t for t in threads.values() if t.id == topic}
        read_ids = {post.id for part in parts.values() for post in part.posts}
        visible = [p for p in truth["posts"] if str(p["topic_id"]) == topic and p["visible_to_guest"]]
        in_order = [str(p["post_id"]) for p in sorted(visible, key=lambda p: p["visible_position"])]
        whole = max(part.page_count for part in parts.values()) == len(parts)
        assert read_ids == set(in_order if whole else in_order[: len(read_ids)])


def test_authors_are_those_shown(seen):
    wrong = [
        (p.id, p.author and p.author.name, t["author_shown"])
        for p, t in pairs(seen)
        if p.author is None or p.author.name != t["author_shown"]
    ]
    assert wrong == []


def test_times_are_right_to_the_minute(seen):
    wrong = []
    for post, truth in pairs(seen):
        true = datetime.fromisoformat(truth["posted_at"])
        if post.posted_at is None or abs((post.posted_at - true).total_seconds()) >= 60:
            wrong.append((post.id, post.posted_at, true))
    assert wrong == []


def test_positions_count_from_the_opening_post(seen):
    """A later page may leave them open: they follow once the pages are put together."""
    wrong = [
        (post.id, post.position)
        for post, truth in pairs(seen)
        if post.position not in (None, truth["visible_position"])
    ]
    assert wrong == []


def test_quotes_have_their_depth_and_their_source(seen):
    platform, _, _ = seen
    wrong = []
    for post, truth in pairs(seen):
        expected = [(q["depth"], source(q, platform)) for q in truth["quotes"]]
        found = [(q.depth, q.source_ref) for q in post.quotes]
        if found != expected:
            wrong.append((post.id, found, expected))
    assert wrong == []


def source(quote: dict, platform: str) -> str | None:
    known = quote.get("source_post_id")
    return str(known) if known and platform not in NO_REFS else None


def test_own_words_are_the_authors_own(seen):
    wrong = []
    for post, truth in pairs(seen):
        own, shown = [words(part) for part in truth["own_text"]], words(post.text)
        if not all(part in shown for part in own) or len(shown) > len(" ".join(own)) + 400:
            wrong.append((post.id, shown, own))
    assert wrong == []


def test_replies_are_those_the_markup_shows(seen):
    """NodeBB alone says which post another answers; of the others no post may claim to know."""
    platform, truth, _ = seen
    topic = {post["post_id"]: post["topic_id"] for post in truth["posts"]}
    wrong = []
    for post, true in pairs(seen):
        parent = true["reply_to"] if topic.get(true["reply_to"]) == true["topic_id"] else None
        known = [str(parent) if parent else None] + ([] if platform == "nodebb" else [None])
        if post.reply_to not in known:
            wrong.append((post.id, post.reply_to, parent))
    assert wrong == []


def test_locks_are_seen_where_the_page_shows_them(seen):
    platform, truth, threads = seen
    locked = {str(topic["topic_id"]): topic["locked"] for topic in truth["topics"]}
    expected = {thread.id: locked[thread.id] and platform not in LOCK_UNSEEN for thread in threads.values()}
    assert {thread.id: bool(thread.is_locked) for thread in threads.values()} == expected


def test_edit_notices_say_when_who_and_why(seen):
    wrong = []
    for post, truth in pairs(seen):
        if not truth["edit_notice_in_html"]:
            continue
        said = (post.edited_at is not None, post.edited_by, post.edit_reason)
        if said != (True, truth["edited_by"], truth["edit_reason"] or None):
            wrong.append((post.id, said, truth["edited_by"], truth["edit_reason"]))
    assert wrong == []


BOARDS = {"board": "Disputes and Arbitration", "board_moved_from": "Client Metrics & Disclosure"}
STUBLESS = ("nodebb", "machina")
"""Which leave nothing behind in the board that a topic was moved from."""
ROWS_APART = ("smf",)
"""Whose stub is a topic of its own, with an id of its own."""
NAMELESS = ("mybb", "machina")
"""Whose pages, saved to a file, do not say which board they are of."""


@pytest.fixture(scope="module", params=PLATFORMS)
def listings(request):
    """A platform, its truth, and what was read from its index and its boards."""
    folder = ROOT / request.param
    names = ("index", *BOARDS)
    files = {name: folder / f"{name}.html" for name in names}
    pages = {
        name: Page(url=file.as_uri(), body=file.read_bytes(), fetched_at=FETCHED_AT)
        for name, file in files.items()
    }
    truth = json.loads((folder / "expected.json").read_text("utf-8"))
    return request.param, truth, {name: read(page) for name, page in pages.items()}


def test_the_index_leads_to_every_board(listings):
    _, truth, readings = listings
    found = {board.id: board.title for board in readings["index"].boards}
    assert {str(t["board_id"]): t["board"] for t in truth["topics"]}.items() <= found.items()


def test_boards_are_called_what_the_site_calls_them(listings):
    platform, _, readings = listings
    titles = {name: readings[name].board and readings[name].board.title for name in BOARDS}
    assert titles == (dict.fromkeys(BOARDS) if platform in NAMELESS else BOARDS)


def test_rows_tell_what_is_locked_and_sticky(listings):
    _, truth, readings = listings
    known = {str(topic["topic_id"]): topic for topic in truth["topics"]}
    rows = [row for name in BOARDS for row in readings[name].rows if row.id in known]
    assert [(r.id, r.title, r.is_locked, r.is_sticky) for r in rows] == [
        (r.id, known[r.id]["title"], known[r.id]["locked"], known[r.id]["sticky"]) for r in rows
    ]


def test_a_moved_topic_leaves_the_stub_that_its_software_leaves(listings):
    platform, truth, readings = listings
    stubs = [row for row in readings["board_moved_from"].rows if row.is_moved]
    assert len(stubs) == (0 if platform in STUBLESS else 1)
    if stubs and platform not in ROWS_APART:
        assert stubs[0].id == str(truth["files"]["moved_topic"])
    assert not any(row.is_moved for row in readings["board"].rows)


def test_every_row_of_a_board_has_its_last_post_and_its_count_of_replies(listings):
    """But for a stub, which stands for a topic that is elsewhere."""
    _, _, readings = listings
    rows = [row for name in BOARDS for row in readings[name].rows if not row.is_moved]
    assert [row.id for row in rows if row.last_post_at is None or row.reply_count is None] == []
