"""Forums that are broken, overloaded or hostile: the run ends, says what it left, and takes no half for a whole."""

import gzip
import re
import sqlite3
import warnings
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from quick import crawl, crawl_on_small_disk
from trapsite import START, Reply, Site, Topic, page, serving

from crawler.archive import read_pages
from crawler.model import Reason, SiteSpec, SiteSummary
from crawler.payload import TooLargeError, decode
from crawler.run import plan

HTML = {"Content-Type": "text/html"}
DAY = timedelta(days=1)


class Forum:
    """A site with one board, crawled as often as a test wants, and a memory that can be made to age."""

    def __init__(self, site: Site, root: Path) -> None:
        self.site, self.root = site, root
        self.topics = [site.topic("Talk", f"Thread {n}", 3, START + timedelta(hours=n)) for n in range(4)]

    def spec(self, **spec: object) -> SiteSpec:
        values: dict[str, object] = {"start": (self.site.url,), "delay": 0, "allow_private": True} | spec
        return SiteSpec(id="forum", **values)  # type: ignore[arg-type]

    def visit(self, rotation: timedelta = timedelta(days=30), **spec: object) -> SiteSummary:
        self.site.log.clear()
        (summary,) = crawl([self.spec(**spec)], self.root, contact="me@example.org", recrawl_max=rotation)
        return summary

    def remember(self, sql: str) -> None:
        """Changes what the crawler noted, as if it had been noted longer ago."""
        with closing(sqlite3.connect(self.root / "frontier.sqlite")) as frontier, frontier:
            frontier.execute(sql)

    def archived(self) -> list[str]:
        return [page.url for file in sorted((self.root / "forum").glob("*.gz")) for page in read_pages(file)]

    def trap(self, part: str, reply: Reply) -> None:
        self.site.traps.append(lambda path, _: reply if part in path else None)


@pytest.fixture
def forum(tmp_path: Path) -> Iterator[Forum]:
    site = Site()
    with serving(site):
        yield Forum(site, tmp_path)


# ---- servers that have had enough


def test_a_server_that_says_too_much_of_page_after_page_is_left_in_peace(forum: Forum) -> None:
    for n in range(40):
        forum.site.topic("Talk", f"More {n}", 2)
    forum.trap("/td-p/", Reply(b"", 429))
    summary = forum.visit()
    assert summary.outcome == "asked to wait"
    assert "too much for the server (status 429)" in summary.notes[0]
    assert len(set(forum.site.asked("/td-p/"))) < 40  # eight at once, and others while these wait
    forum.site.traps.clear()
    forum.visit()
    forum.visit()
    assert len({url for url in forum.archived() if "/td-p/" in url}) == 44


def test_a_delay_longer_than_any_run_costs_one_page_a_run(forum: Forum) -> None:
    forum.site.robots = b"User-agent: *\nCrawl-delay: 86400\n"
    summary = forum.visit()
    assert summary.outcome == "asked to wait"
    assert "robots.txt asks for 86400 s between two pages" in summary.notes[0]
    assert forum.site.asked() == ["/"]
    forum.visit()
    assert len(forum.site.asked()) == 1


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_robots_txt_that_is_not_there_forbids_nothing_whatever_its_error_page_says(
    forum: Forum, status: int
) -> None:
    forum.trap("/robots.txt", Reply(b"User-agent: *\nDisallow: /\n", status))
    assert forum.visit().outcome == "finished"
    assert len(forum.archived()) == 6


def test_a_packed_robots_txt_is_obeyed(forum: Forum) -> None:
    body = gzip.compress(b"User-agent: *\nDisallow: /t5/\n")
    forum.trap("/robots.txt", Reply(body, headers={"Content-Encoding": "gzip"}))
    forum.visit()
    assert forum.site.asked() == ["/"]


def test_of_an_endless_robots_txt_the_beginning_is_obeyed(forum: Forum) -> None:
    hidden = forum.site.topic("Hidden", "Not for robots", 3)
    rules = b"".join(b"Disallow: /x%d/*/y$\n" % n for n in range(50_000))
    forum.site.robots = b"User-agent: *\nDisallow: /t5/Hidden/\n" + rules + b"Disallow: /t5/\n"
    assert forum.visit().outcome == "finished"
    assert forum.site.asked("/t5/Talk/")
    assert not forum.site.asked(hidden.path)


# ---- pages that are not what they seem


def test_half_a_page_is_a_failure_and_not_a_page_with_less_on_it(forum: Forum) -> None:
    whole = gzip.compress(page(forum.site.board("Talk", 1), "ForumPage").body)
    half = Reply(whole[: len(whole) // 2], headers=HTML | {"Content-Encoding": "gzip"})
    forum.trap("/bd-p/", half)
    assert "breaks off in its middle" in forum.visit().failures[0]
    forum.site.traps.clear()
    assert forum.visit().failures == ()
    assert len(forum.archived()) == 7  # the front page twice


def test_a_page_packed_in_pieces_is_whole(forum: Forum) -> None:
    body = page(forum.site.board("Talk", 1), "ForumPage").body
    pieces = b"".join(gzip.compress(body[at : at + 500]) for at in range(0, len(body), 500))
    forum.trap("/bd-p/", Reply(pieces, headers=HTML | {"Content-Encoding": "gzip"}))
    assert forum.visit().failures == ()
    assert len(forum.archived()) == 6


def test_a_page_that_claims_to_be_packed_and_is_not_is_read(forum: Forum) -> None:
    body = page(forum.site.board("Talk", 1), "ForumPage").body
    forum.trap("/bd-p/", Reply(body, headers=HTML | {"Content-Encoding": "br"}))
    assert forum.visit().failures == ()
    assert len(forum.archived()) == 6


@pytest.mark.parametrize("encoding", ["", "gzip", "gzip, gzip"])
def test_what_is_too_large_is_refused_however_often_it_is_packed(encoding: str) -> None:
    layers = encoding.count("gzip")
    with pytest.raises(TooLargeError):
        decode(packed(b"a" * 1001, layers), encoding, limit=1000)
    assert decode(packed(b"a" * 1000, layers), encoding, limit=1000) == b"a" * 1000


def packed(body: bytes, layers: int) -> bytes:
    return packed(gzip.compress(body), layers - 1) if layers else body


def test_packed_nothings_without_number_are_unpacked_in_no_time() -> None:
    """Each is twenty bytes; what follows them must not be copied for each."""
    assert decode(gzip.compress(b"") * 200_000 + gzip.compress(b"end"), "gzip") == b"end"


def test_a_page_without_end_is_left_when_it_is_too_large(forum: Forum) -> None:
    endless = Reply(b"<html>", pad=200)
    forum.trap(forum.topics[0].path, endless)
    assert "larger than 32 MB" in forum.visit().failures[0]
    assert endless.padded < 60


def test_a_redirect_without_end_is_followed_a_few_times(forum: Forum) -> None:
    topic = forum.topics[0]

    def further(path: str, headers: Mapping[str, str]) -> Reply | None:
        return Reply(b"", 302, {"Location": f"{path}x"}) if path.startswith(topic.path) else None

    forum.site.traps.append(further)
    assert "it redirects in circles" in forum.visit().failures[0]
    assert len(forum.site.asked(topic.path)) == 7


def test_a_redirect_to_no_address_is_said_in_words(forum: Forum) -> None:
    forum.trap(forum.topics[0].path, Reply(b"", 302, {"Location": "http://[bad"}))
    assert "its answer makes no sense" in forum.visit().failures[0]


# ---- threads that cannot be had, and how often they are asked for


def test_a_thread_that_was_never_readable_is_asked_for_ever_more_rarely(forum: Forum) -> None:
    topic = forum.topics[0]
    forum.trap(topic.path, Reply(b"<p>A page</p>", headers=HTML))
    asked = []
    for _ in range(6):
        forum.visit()
        asked.append(len(forum.site.asked(topic.path)))
    assert asked == [1, 1, 1, 1, 1, 0]
    pauses = []
    for _ in range(3):
        forum.remember("UPDATE thread SET due_at = 0 WHERE fetched_at IS NULL")
        forum.visit()
        assert len(forum.site.asked(topic.path)) == 1
        forum.visit()
        assert forum.site.asked(topic.path) == []
        pauses.append(pause(forum, topic))
    assert pauses == [1.5, 2.25, 3.375]  # days
    forum.site.traps.clear()
    forum.remember("UPDATE thread SET due_at = 0 WHERE fetched_at IS NULL")
    assert forum.visit().failures == ()
    assert f"{forum.site.url}{topic.path}" in forum.archived()


def pause(forum: Forum, topic: Topic) -> float:
    with closing(sqlite3.connect(forum.root / "frontier.sqlite")) as frontier:
        sql = "SELECT interval FROM thread WHERE thread_id = ?"
        return float(frontier.execute(sql, (str(topic.id),)).fetchone()[0]) / DAY.total_seconds()


def test_a_thread_that_its_board_lists_and_its_server_denies_is_not_asked_for_in_every_run(
    forum: Forum,
) -> None:
    topic = forum.topics[0]
    forum.trap(topic.path, Reply(b"gone", 410))
    forum.visit()
    assert forum.site.asked(topic.path)
    forum.visit()
    assert not forum.site.asked(topic.path)
    forum.site.traps.clear()
    forum.remember("UPDATE thread SET due_at = 0")
    forum.visit()
    assert f"{forum.site.url}{topic.path}" in forum.archived()


def unlisted(site: Site) -> None:
    """The board names its threads and says no more of them; a thread has an ETag that never changes."""

    def answer(path: str, headers: Mapping[str, str]) -> Reply | None:
        if path.endswith("/bd-p/Talk"):
            rows = re.sub(r"<time [^>]*></time>|<span>\d+</span>", "", site.board("Talk", 1))
            return page(rows, "ForumPage")
        if "/td-p/" in path and headers.get("If-None-Match") == '"same"':
            return Reply(b"", 304)
        if "/td-p/" in path:
            shown = site._forum(path)
            return Reply(shown.body, headers=shown.headers | {"ETag": '"same"'})
        return None

    site.traps.append(answer)


def test_a_thread_that_says_it_is_unchanged_is_not_due_again_at_once(forum: Forum) -> None:
    unlisted(forum.site)
    forum.visit()
    forum.remember("UPDATE thread SET due_at = 0")
    assert forum.visit().pages_unchanged >= 4
    assert len(forum.site.asked("/td-p/")) == 4
    forum.visit()
    assert forum.site.asked("/td-p/") == []
    assert {pause(forum, topic) for topic in forum.topics} == {1.5}


def test_a_thread_that_says_it_is_unchanged_is_read_as_its_board_shows_it(forum: Forum) -> None:
    topic, tag = forum.topics[0], {"ETag": '"same"'}

    def answer(path: str, headers: Mapping[str, str]) -> Reply | None:
        if path != topic.path:
            return None
        shown = forum.site._forum(path)
        is_known = headers.get("If-None-Match") == '"same"'
        return Reply(b"", 304) if is_known else Reply(shown.body, headers=shown.headers | tag)

    forum.site.traps.append(answer)
    forum.visit()
    topic.locked = True
    forum.visit()
    assert forum.site.asked(topic.path) == [topic.path]
    forum.visit()
    assert forum.site.asked(topic.path) == []


def test_a_rotation_that_a_reply_overtakes_is_still_one(forum: Forum) -> None:
    forum.visit()
    forum.remember("UPDATE thread SET whole_at = whole_at - 864000")
    forum.site.post(forum.topics[0], "A late thought", START + timedelta(days=9))
    forum.visit(rotation=2 * DAY)
    reasons = [decision.reason for decision in plan([forum.spec()], forum.root, recrawl_max=2 * DAY)]
    assert Reason.ROTATION not in reasons


# ---- passes that were cut short


def test_a_pass_taken_up_days_later_reads_the_listings_anew(forum: Forum) -> None:
    assert forum.visit(max_pages=3).outcome == "limit"
    new = forum.site.topic("Talk", "Said in between", 2, START + timedelta(days=2))
    forum.remember("UPDATE site SET opened_at = opened_at - 180000")
    assert forum.visit().outcome == "finished"
    assert new.path in forum.site.asked()


def test_a_full_disk_leaves_no_half_record_behind(forum: Forum) -> None:
    noise = "".join(f"{n * n % 99991:x}" for n in range(700_000))
    forum.site.post(forum.topics[0], noise, START + timedelta(days=1))
    said = crawl_on_small_disk([forum.spec()], forum.root, contact="me@example.org", limit=600_000)
    assert "the crawl stops here" in said
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert forum.archived()
    assert forum.visit().outcome == "finished"
    assert len(forum.archived()) == len(set(forum.archived())) == 6
