"""What a researcher finds in the warehouse after moderators were at work between two crawls, or during one."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from quick import crawl
from trapsite import START, Reply, Site, Topic, serving

from crawler.archive import read_pages
from crawler.model import SiteSpec
from folkmoot.crawling import Plan, load_archive
from folkmoot.erasure import Project, forget
from warehouse.store import reading, writing


class Watched:
    """A forum that is crawled again and again, every page of it, each visit read into a warehouse."""

    def __init__(self, site: Site, root: Path) -> None:
        self.site, self.root = site, root
        self.failures: list[str] = []
        """Of the last visit, fetching and reading."""

    def spec(self) -> SiteSpec:
        return SiteSpec(id="forum", start=(self.site.url,), delay=0, allow_private=True)

    def visit(self) -> list[tuple[str, str]]:
        """What moderation the visit showed: the kind, and the post or thread."""
        before = self._events()
        made = crawl([self.spec()], self.root / "archive", contact="me@example.org", recrawl_max=timedelta(0))
        plan = Plan(sites=(self.spec(),), archive=self.root / "archive", contact=None)
        with writing(self.root / "w.duckdb") as db:
            parsed = load_archive(db, plan, made, lambda *_: None)
        self.failures = [*made[0].failures, *parsed.failures]
        return sorted(set(self._events()) - set(before))

    def _events(self) -> list[tuple[str, str]]:
        if not (self.root / "w.duckdb").exists():
            return []
        sql = "SELECT kind::VARCHAR, split_part(coalesce(post_id, thread_id), ':', 2) FROM moderation_events"
        return [(kind, subject) for kind, subject in self.rows(sql)]

    def visible(self) -> set[int]:
        sql = "SELECT split_part(post_id, ':', 2)::INT FROM posts WHERE state = 'visible'"
        return {number for (number,) in self.rows(sql)}

    def rows(self, sql: str) -> list[tuple[str, ...]]:
        with reading(self.root / "w.duckdb") as db:
            return [tuple(row.values()) for row in db.query(sql).to_pylist()]

    def shown(self) -> set[int]:
        """Every post that the forum shows now."""
        return {entry.id for topic in self.site.topics.values() for entry in topic.entries}


@pytest.fixture
def forum(tmp_path: Path) -> Iterator[Watched]:
    site = Site()
    for n, posts in enumerate((3, 12, 6)):
        site.topic("Talk", f"Thread {n}", posts, START + timedelta(hours=n))
    with serving(site):
        watched = Watched(site, tmp_path)
        assert watched.visit() == []
        yield watched


def topic(forum: Watched, number: int) -> Topic:
    return list(forum.site.topics.values())[number]


def answering(path: str, status: int) -> Callable[[str, Mapping[str, str]], Reply | None]:
    return lambda asked, _: Reply(b"no", status) if path in asked and asked != "/robots.txt" else None


def test_a_thread_that_is_gone_was_removed_and_one_that_is_back_is_there_at_once(forum: Watched) -> None:
    thread = topic(forum, 1)
    del forum.site.topics[thread.id]
    assert forum.visit() == [("thread_removed", str(thread.id))]
    assert forum.visible() == forum.shown()
    forum.site.topics[thread.id] = thread
    assert forum.visit() == []
    assert forum.visible() == forum.shown()


@pytest.mark.parametrize("path", ["/", "/td-p/"], ids=["of everything", "of what its boards still list"])
def test_a_server_that_denies_having_anything_has_removed_nothing(forum: Watched, path: str) -> None:
    forum.site.traps.append(answering(path, 404))
    assert forum.visit() == []
    assert forum.visible() == forum.shown()


def test_posts_on_a_page_that_is_no_more_were_removed(forum: Watched) -> None:
    entries = topic(forum, 1).entries
    gone, entries[:] = entries[8:], entries[:8]
    assert forum.visit() == [("post_removed", str(entry.id)) for entry in gone]
    assert forum.visible() == forum.shown()


def test_a_page_that_is_denied_is_the_end_of_its_thread_and_not_of_all_of_it(forum: Watched) -> None:
    """Some forums answer for a page past the last with 404, as they do for a thread that is gone."""
    thread = topic(forum, 1)
    gone, thread.entries[:] = thread.entries[8:], thread.entries[:8]
    forum.site.traps.append(answering(f"{thread.path}/page/3", 404))
    assert forum.visit() == [("post_removed", str(entry.id)) for entry in gone]
    assert forum.visible() == forum.shown()
    assert forum.rows("SELECT thread_id FROM threads WHERE state <> 'visible'") == []


def test_a_post_that_slips_to_another_page_while_the_thread_is_read_is_still_there(forum: Watched) -> None:
    """The sixth post is first on page 2; the fourth is taken out when page 1 has been read."""
    thread = topic(forum, 2)
    slipping, gone = thread.entries[5], thread.entries[3]

    def moderator(asked: str, _: Mapping[str, str]) -> None:
        if asked == f"{thread.path}/page/2" and gone in thread.entries:
            forum.site.post(thread, "Last words, so that page 2 is there.", START + timedelta(days=1))
            thread.entries.remove(gone)

    forum.site.traps.append(moderator)
    assert forum.visit() == [("post_removed", str(gone.id))]
    assert slipping.id in forum.visible()
    assert forum.visible() == forum.shown()


def test_threads_that_became_one_are_told_and_lose_no_post(forum: Watched) -> None:
    one, other = topic(forum, 0), topic(forum, 1)
    one.entries += other.entries
    del forum.site.topics[other.id]
    assert forum.visit() == [("thread_merged", str(one.id))]
    assert forum.visible() == forum.shown()
    assert forum.rows("SELECT split_part(thread_id, ':', 2) FROM threads WHERE state = 'moved'") == [
        (str(other.id),)
    ]


def test_runs_that_died_or_had_no_warehouse_are_told_with_the_pages_they_fetched(forum: Watched) -> None:
    archive = forum.root / "archive"
    crawl([forum.spec()], archive, contact="me@example.org", recrawl_max=timedelta(0))
    with closing(sqlite3.connect(archive / "frontier.sqlite")) as frontier, frontier:
        frontier.execute("INSERT INTO run (run_id, site_id, started_at) VALUES ('killed', 'forum', 0)")
    forum.visit()
    assert forum.rows("SELECT run_id FROM pages ANTI JOIN crawl_runs USING (run_id)") == []
    sql = "SELECT outcome, finished_at IS NULL, count(*) FROM crawl_runs GROUP BY ALL ORDER BY ALL"
    assert forum.rows(sql) == [("died", True, 1), ("finished", False, 3)]


GOLDEN = Path(__file__).parents[1] / "golden" / "discourse"


def test_a_forum_that_went_over_to_other_software_has_removed_nothing_and_says_so(forum: Watched) -> None:
    """Its old addresses are gone; whatever stands at the new ones has other ids."""
    shown = forum.visible()
    home = (GOLDEN / "crawler_page" / "page.html").read_bytes()

    def other_software(asked: str, _: Mapping[str, str]) -> Reply:
        return Reply(home, headers={"Content-Type": "text/html"}) if asked == "/" else Reply(b"no", 404)

    forum.site.traps.append(other_software)
    assert forum.visit() == []
    assert forum.visible() == shown
    assert "made with discourse, while this site is known as khoros" in forum.failures[0]


def test_what_a_run_has_told_the_next_one_does_not_tell_again(forum: Watched) -> None:
    notice = Reply(b"<html><body>Back soon.</body></html>", headers={"Content-Type": "text/html"})
    forum.site.traps.append(lambda asked, _: notice if asked != "/robots.txt" else None)
    assert forum.visit() == []
    assert forum.failures
    forum.site.traps.clear()
    assert forum.visit() == []
    assert forum.failures == []


@pytest.fixture
def in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the pages of a crawl are more than are loaded at once: 16 MB."""
    monkeypatch.setattr("folkmoot.reading.BATCH_PAGES", 1)


@pytest.mark.parametrize(("into", "gone"), [(0, 1), (1, 0)])
@pytest.mark.usefixtures("in_portions")
def test_a_merged_thread_is_none_that_was_removed_in_whatever_order_it_is_read(
    forum: Watched, into: int, gone: int
) -> None:
    one, other = topic(forum, into), topic(forum, gone)
    removed = other.entries.pop()
    assert forum.visit() == [("post_removed", str(removed.id))]
    one.entries += other.entries
    del forum.site.topics[other.id]
    assert forum.visit() == [("thread_merged", str(one.id))]
    assert forum.visible() == forum.shown()
    assert forum.rows("SELECT state::VARCHAR FROM threads ORDER BY ALL") == [
        ("moved",),
        ("visible",),
        ("visible",),
    ]


@pytest.mark.parametrize("first", ["the old thread", "the new one"])
@pytest.mark.usefixtures("in_portions")
def test_a_split_thread_lost_no_post_in_whatever_order_it_is_read(forum: Watched, first: str) -> None:
    thread = topic(forum, 1)
    part = Topic(1 if first == "the new one" else 5000, "Talk", "The other matter", thread.entries[4:])
    forum.site.topics[part.id] = part
    del thread.entries[4:]
    assert forum.visit() == [("thread_split", str(thread.id))]
    assert forum.visible() == forum.shown()
    assert forum.visit() == []


@pytest.mark.usefixtures("in_portions")
def test_a_post_that_comes_back_pushes_none_out(forum: Watched) -> None:
    """It moves the last post of its page to the next one, which is loaded later."""
    thread = topic(forum, 1)
    back = thread.entries.pop(2)
    assert forum.visit() == [("post_removed", str(back.id))]
    thread.entries.insert(2, back)
    assert forum.visit() == []
    assert forum.visible() == forum.shown()


@pytest.mark.usefixtures("in_portions")
def test_what_a_board_lists_is_there_however_much_is_read_between(forum: Watched) -> None:
    """Of three threads the server denies one, which its board goes on to list."""
    forum.site.traps.append(answering(topic(forum, 2).path, 404))
    assert forum.visit() == []
    assert forum.visible() == forum.shown()


def test_a_thread_that_had_another_title_when_it_was_read_is_gone_all_the_same(forum: Watched) -> None:
    """Its address, and that of a forum that has moved, was not that of any page held."""
    thread = topic(forum, 0)
    thread.title = "What it is called now"
    assert forum.visit() == [("thread_retitled", str(thread.id))]
    del forum.site.topics[thread.id]
    assert forum.visit() == [("thread_removed", str(thread.id))]
    assert forum.visible() == forum.shown()


def test_a_merged_thread_of_which_a_post_had_been_removed_is_merged_and_no_more(forum: Watched) -> None:
    one, other = topic(forum, 0), topic(forum, 1)
    removed = other.entries.pop(3)
    assert forum.visit() == [("post_removed", str(removed.id))]
    one.entries += other.entries
    del forum.site.topics[other.id]
    assert forum.visit() == [("thread_merged", str(one.id))]


@pytest.mark.parametrize("gone", [slice(8, 12), slice(4, 5), slice(5, 6), slice(3, 11)])
@pytest.mark.usefixtures("in_portions")
def test_what_was_taken_out_is_seen_where_the_pages_of_its_thread_are_loaded_apart(
    forum: Watched, gone: slice
) -> None:
    thread = topic(forum, 1)
    taken = thread.entries[gone]
    del thread.entries[gone]
    assert forum.visit() == [("post_removed", str(entry.id)) for entry in taken]
    assert forum.visible() == forum.shown()


def test_a_post_is_forgotten_on_every_page_that_it_stood_on(forum: Watched) -> None:
    thread = topic(forum, 1)
    slipped = thread.entries[5]
    del thread.entries[2]
    forum.visit()
    project = Project(
        folder=forum.root, warehouse=forum.root / "w.duckdb", archive=forum.root / "archive", report=None
    )
    assert forget(project, f"post:forum:{slipped.id}", today=START.date())["posts"] == 1
    archived = [page for file in (forum.root / "archive").rglob("*.gz") for page in read_pages(file)]
    assert archived
    assert [page.url for page in archived if slipped.text.encode() in page.body] == []
