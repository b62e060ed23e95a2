"""Whole crawls of a forum that no adapter knows: all of it is found, nothing is asked for twice."""

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import quick
from strangesite import Strange
from trapsite import Reply, serving

from crawler.archive import read_pages
from crawler.model import SiteSpec, SiteSummary
from parse.registry import read


@pytest.fixture
def site() -> Iterator[Strange]:
    forum = Strange()
    forum.board("berths", 1, 9, 2, 5, 1, 3, 1, 2, 13, 1, 4, 2)
    forum.board("tides", 6, 2)
    forum.board("lamps", 3)
    with serving(forum):
        yield forum


def crawl(site: Strange, root: Path) -> SiteSummary:
    spec = SiteSpec(id="strange", start=(site.url,), delay=0, allow_private=True)
    (summary,) = quick.crawl([spec], root, contact="me@example.org")
    return summary


def posts_held(root: Path) -> dict[str, set[str]]:
    """The ids of the posts in the archive, by the title of their thread."""
    found: dict[str, set[str]] = {}
    for file in sorted((root / "strange").glob("*.warc.gz")):
        for page in read_pages(file):
            for thread in read(page).threads:
                found.setdefault(thread.title or "", set()).update(post.id for post in thread.posts)
    return found


def test_every_post_is_found_by_as_few_requests_as_there_are_pages(site: Strange, tmp_path: Path) -> None:
    summary = crawl(site, tmp_path)
    assert (summary.outcome, summary.failures) == ("finished", ())
    talks = [talk for talks in site.boards.values() for talk in talks]
    assert {title: len(ids) for title, ids in posts_held(tmp_path).items()} == {
        talk.title: talk.posts for talk in talks
    }
    pages = 1 + 4 + sum(-(-talk.posts // site.page_size) for talk in talks)
    assert len(site.asked()) == len(set(site.asked())) == pages


def test_a_recrawl_reads_listings_and_what_changed(site: Strange, tmp_path: Path) -> None:
    crawl(site, tmp_path)
    site.log.clear()
    crawl(site, tmp_path)
    boards = ["/", "/board/berths/", "/board/lamps/", "/board/tides/"]
    assert sorted(site.asked()) == boards
    changed = site.boards["tides"][1]
    changed.posts += 1
    site.log.clear()
    crawl(site, tmp_path)
    assert sorted(site.asked()) == [*boards, f"/talk/{changed.number}/"]
    assert len(posts_held(tmp_path)[changed.title]) == changed.posts


def test_a_post_that_was_taken_out_shows_in_the_count_of_its_thread(site: Strange, tmp_path: Path) -> None:
    shrunk = site.boards["tides"][0]
    crawl(site, tmp_path)
    shrunk.posts -= 1
    site.log.clear()
    crawl(site, tmp_path)
    asked = [path for path in site.asked() if "/talk/" in path]
    assert asked == [f"/talk/{shrunk.number}/", f"/talk/{shrunk.number}/?page=2"]


def test_ages_alone_cost_no_thread_again_and_hide_neither_an_answer_nor_a_removal(
    site: Strange, tmp_path: Path
) -> None:
    site.has_ages = True
    crawl(site, tmp_path)
    gone, answered = site.boards["berths"].pop(0), site.boards["berths"][4]
    answered.posts += 1
    with sqlite3.connect(tmp_path / "frontier.sqlite") as frontier:
        frontier.execute("UPDATE thread SET due_at = 0")
    site.log.clear()
    summary = crawl(site, tmp_path)
    asked = [path for path in site.asked() if "/talk/" in path]
    assert sorted(asked) == sorted([f"/talk/{gone.number}/", f"/talk/{answered.number}/"])
    assert summary.notes == (f"{site.url}/talk/{gone.number}/: not there (404)",)


def test_an_apology_in_place_of_a_thread_is_no_removal_and_is_asked_for_ever_more_rarely(
    site: Strange, tmp_path: Path
) -> None:
    site.gone = 200
    crawl(site, tmp_path)
    gone = site.boards["berths"].pop(5)
    with sqlite3.connect(tmp_path / "frontier.sqlite") as frontier:
        frontier.execute("UPDATE thread SET due_at = 0")
    asked = []
    for _ in range(7):
        site.log.clear()
        assert crawl(site, tmp_path).notes == ()
        asked.append(f"/talk/{gone.number}/" in site.asked())
    assert asked == [True] * 5 + [False] * 2


def test_lists_that_go_on_from_a_mark_are_followed_and_later_gone_on_with(
    site: Strange, tmp_path: Path
) -> None:
    site.has_marks = True
    crawl(site, tmp_path)
    talks = [talk for talks in site.boards.values() for talk in talks]
    assert {title: len(ids) for title, ids in posts_held(tmp_path).items()} == {
        talk.title: talk.posts for talk in talks
    }
    longer = site.boards["tides"][0]
    longer.posts += 4
    site.log.clear()
    crawl(site, tmp_path)
    asked = [path for path in site.asked() if "/talk/" in path]
    assert asked == [f"/talk/{longer.number}/?after=2", f"/talk/{longer.number}/?after=3"]
    assert len(posts_held(tmp_path)[longer.title]) == longer.posts


class Vague(Strange):
    """Its index shows of each board what was said last, and counts no threads: so do lists of threads."""

    def answer(self, path: str, headers: Mapping[str, str]) -> Reply:
        return super().answer(path.replace("/about/", "/board/"), headers)

    def index(self) -> str:
        rows = "".join(
            f"<tr><td><a href='/about/{name}/'>All about {name}</a></td><td>{len(talks)}</td>"
            f"<td>marga - {talks[0].title}<br>{talks[0].last:%Y-%m-%d %H:%M}</td></tr>"
            for name, talks in self.boards.items()
        )
        return f"<table><tr><td></td><td>Posts</td><td>Last post</td></tr>{rows}</table>"


def test_a_board_that_passed_for_a_thread_is_followed_as_the_list_that_it_is(tmp_path: Path) -> None:
    forum = Vague()
    forum.board("berths", 1, 4, 2)
    forum.board("tides", 6, 2, 3)
    forum.board("lamps", 3, 2, 5)
    with serving(forum):
        assert crawl(forum, tmp_path).failures == ()
    talks = [talk for talks in forum.boards.values() for talk in talks]
    assert {title: len(ids) for title, ids in posts_held(tmp_path).items()} == {
        talk.title: talk.posts for talk in talks
    }


def test_a_crawl_that_finds_no_thread_says_where_one_begins(site: Strange, tmp_path: Path) -> None:
    site.boards = {"berths": [], "tides": []}
    summary = crawl(site, tmp_path)
    assert any("a crawl begins at the index of a forum" in line for line in summary.failures)
