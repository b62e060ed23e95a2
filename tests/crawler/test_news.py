"""Feeds and sitemaps save requests where they tell the truth, and cost no post where they do not."""

import gzip
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from quick import crawl
from trapsite import Reply, Site, Topic, serving

from crawler.archive import read_pages
from crawler.model import SiteSpec, SiteSummary
from parse.registry import read

BOARDS = 6
Newest = Callable[[Topic], datetime]


class Forum:
    """A site of several boards, of which a feed or a sitemap tells."""

    def __init__(self, site: Site, root: Path) -> None:
        self.site, self.root = site, root
        self.at = datetime.now(UTC).replace(microsecond=0) - timedelta(days=60)
        for n in range(60):
            site.topic(f"Board{n % BOARDS}", f"Thread {n}", 3, self.at + timedelta(hours=n))

    def visit(self, include: tuple[str, ...] = ()) -> SiteSummary:
        self.site.log.clear()
        spec = SiteSpec(id="forum", start=(self.site.url,), delay=0, allow_private=True, include=include)
        (summary,) = crawl([spec], self.root, contact="me@example.org")
        assert summary.failures == ()
        return summary

    def reply(self, topic: Topic) -> int:
        """A new post, written now."""
        return self.site.post(topic, "A late thought", datetime.now(UTC).replace(microsecond=0)).id

    def held(self) -> set[int]:
        pages = (page for file in (self.root / "forum").glob("*.gz") for page in read_pages(file))
        return {int(post.id) for page in pages for thread in read(page).threads for post in thread.posts}

    def listings(self) -> int:
        return len(self.site.asked("/bd-p/"))


@pytest.fixture
def forum(tmp_path: Path) -> Iterator[Forum]:
    site = Site(rows=20)
    forum = Forum(site, tmp_path)
    with serving(site):
        yield forum


def last_post(topic: Topic) -> datetime:
    return topic.last_at


def first_post(topic: Topic) -> datetime:
    return topic.entries[0].at


def feed(site: Site, when: Newest, entries: int) -> bytes:
    newest = sorted(site.topics.values(), key=when, reverse=True)[:entries]
    items = "".join(
        f"<item><link>{site.url}{t.path}</link><pubDate>{format_datetime(when(t))}</pubDate></item>"
        for t in newest
    )
    return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()


def offer_feed(site: Site, when: Newest, entries: int = 20) -> None:
    def answer(path: str, headers: Mapping[str, str]) -> Reply | None:
        if path == "/feed":
            return Reply(feed(site, when, entries), headers={"Content-Type": "application/rss+xml"})
        if path != "/":
            return None
        head = b"<head><link rel='alternate' type='application/rss+xml' href='/feed'>"
        shown = site._forum(path)
        return Reply(shown.body.replace(b"<head>", head), headers=shown.headers)

    site.traps.append(answer)


def offer_sitemap(site: Site, when: Newest) -> None:
    """In two packed parts, named in robots.txt."""
    site.robots = f"User-agent: *\nSitemap: {site.url}/maps.xml\n".encode()

    def answer(path: str, headers: Mapping[str, str]) -> Reply | None:
        topics = list(site.topics.values())
        halves = [topics[::2], topics[1::2]]
        if path == "/maps.xml":
            parts = [(f"{site.url}/map-{n}.xml.gz", max(map(when, half))) for n, half in enumerate(halves)]
            return Reply(xml("sitemapindex", "sitemap", parts))
        if path.startswith("/map-"):
            return Reply(
                gzip.compress(
                    xml("urlset", "url", [(site.url + t.path, when(t)) for t in halves[int(path[5])]])
                )
            )
        return None

    site.traps.append(answer)


def xml(root: str, each: str, told: list[tuple[str, datetime]]) -> bytes:
    rows = (f"<{each}><loc>{url}</loc><lastmod>{at.isoformat()}</lastmod></{each}>" for url, at in told)
    return f"<{root}>{''.join(rows)}</{root}>".encode()


@pytest.mark.parametrize("offer", [offer_feed, offer_sitemap], ids=["feed", "sitemap"])
def test_what_told_the_truth_is_read_in_place_of_the_listings(
    forum: Forum, offer: Callable[[Site, Newest], None]
) -> None:
    offer(forum.site, last_post)
    forum.visit()
    new = {forum.reply(forum.site.topics[min(forum.site.topics)]) for _ in range(2)}
    fresh = forum.site.topic("Board3", "A new worry", 2, datetime.now(UTC).replace(microsecond=0))
    forum.visit()
    assert forum.listings() == 0
    assert new | {entry.id for entry in fresh.entries} <= forum.held()
    assert len(forum.site.asked("/td-p/")) == 2


def test_nothing_new_costs_the_front_page_and_the_feed(forum: Forum) -> None:
    offer_feed(forum.site, last_post)
    forum.visit()
    forum.visit()
    assert sorted(forum.site.asked()) == ["/", "/feed"]


def test_parts_of_a_sitemap_that_did_not_change_are_not_read_again(forum: Forum) -> None:
    offer_sitemap(forum.site, last_post)
    forum.visit()
    forum.reply(next(iter(forum.site.topics.values())))
    forum.visit()
    assert sorted(forum.site.asked("map")) == ["/map-0.xml.gz", "/maps.xml"]


def test_a_feed_of_new_threads_only_is_not_believed(forum: Forum) -> None:
    offer_feed(forum.site, first_post, entries=60)
    topic = forum.site.topics[min(forum.site.topics)]
    forum.site.post(topic, "An answer a month later", forum.at + timedelta(days=30))
    forum.visit()
    new = forum.reply(topic)
    forum.visit()
    assert forum.listings() == BOARDS
    assert new in forum.held()
    assert forum.site.asked("/feed") == []  # and not asked again before a rotation is over


def test_a_feed_that_does_not_reach_back_is_helped_out_by_the_listings(forum: Forum) -> None:
    offer_feed(forum.site, last_post, entries=3)
    forum.visit()
    new = {forum.reply(topic) for topic in list(forum.site.topics.values())[:8]}
    forum.visit()
    assert forum.listings() == BOARDS
    assert new <= forum.held()


def test_discourse_tells_of_its_newest_posts(tmp_path: Path) -> None:
    """A reply and a new topic in the second week: categories and lists of topics are spared."""
    from folkmoot.demo.site import serve

    with serve() as demo:
        spec = SiteSpec(id="d", start=(demo.discourse_url,), delay=0, allow_private=True)
        crawl([spec], tmp_path, contact="me@example.org")
        (again,) = crawl([spec], tmp_path, contact="me@example.org")
        demo.advance_week()
        (week,) = crawl([spec], tmp_path, contact="me@example.org")
        whole = crawl([spec], tmp_path / "whole", contact="me@example.org")[0]
    assert (again.requests, again.pages_fetched) == (3, 1)  # robots.txt, the front page, posts.json
    assert week.requests < whole.requests / 2
    # What was taken out shows in the listings only: in a day, with the next survey.
    assert newest(tmp_path / "whole" / "d") <= newest(tmp_path / "d")


def newest(folder: Path) -> set[str]:
    """The posts of the topics' last readings."""
    topics = {p.url: p for f in sorted(folder.glob("*.gz")) for p in read_pages(f) if "/t/" in p.url}
    return {post.id for page in topics.values() for thread in read(page).threads for post in thread.posts}


def test_a_sitemap_may_tell_of_other_hosts_which_are_not_visited_and_not_worth_a_word(forum: Forum) -> None:
    offer_sitemap(forum.site, last_post)
    robots = (
        f"User-agent: *\nSitemap: https://elsewhere.example/maps.xml\nSitemap: {forum.site.url}/maps.xml\n"
    )
    forum.site.robots = robots.encode()
    stolen = Topic(4711, "Board1", "Not here", forum.site.topics[min(forum.site.topics)].entries)
    told = xml("urlset", "url", [(f"https://elsewhere.example{stolen.path}", datetime.now(UTC))])
    trap = {"/maps.xml": lambda: abroad(forum.site), "/abroad.xml": lambda: Reply(told)}
    forum.site.traps.insert(0, lambda path, _: trap[path]() if path in trap else None)
    forum.visit()
    new = forum.reply(forum.site.topics[min(forum.site.topics)])
    summary = forum.visit()
    assert summary.notes == ()
    assert forum.listings() == 0  # it is trusted all the same
    assert new in forum.held()


def abroad(site: Site) -> Reply:
    """A list of sitemaps, one of them on another host, one of threads on another host."""
    now = datetime.now(UTC)
    names = ("https://elsewhere.example/map.xml", *(f"{site.url}/{name}" for name in PARTS))
    return Reply(xml("sitemapindex", "sitemap", [(name, now) for name in names]))


PARTS = ("map-0.xml.gz", "map-1.xml.gz", "abroad.xml")


@pytest.mark.parametrize("reply", [Reply(b"gone", 404), Reply(b"<html>Maintenance"), Reply(reset=True)])
def test_a_feed_that_breaks_is_no_failure_and_loses_no_post(forum: Forum, reply: Reply) -> None:
    offer_feed(forum.site, last_post)
    forum.visit()
    forum.site.traps.insert(0, lambda path, _: reply if path == "/feed" else None)
    new = forum.reply(forum.site.topics[min(forum.site.topics)])
    forum.visit()
    assert new in forum.held()
    forum.visit()
    assert (forum.listings(), forum.site.asked("/feed")) == (BOARDS, [])  # it is not relied on any more


def test_new_threads_that_a_feed_tells_of_are_read_only_below_the_prefixes(forum: Forum) -> None:
    offer_feed(forum.site, last_post)
    include = ("/t5/Board1/", "/t5/Board2/")
    forum.visit(include)
    now = datetime.now(UTC).replace(microsecond=0)
    wanted, other = (forum.site.topic(board, "A new worry", 2, now) for board in ("Board2", "Board3"))
    forum.visit(include)
    assert wanted.path in forum.site.asked()
    assert other.path not in forum.site.asked()


def test_an_apology_in_place_of_a_sitemap_is_not_worth_a_word(forum: Forum) -> None:
    forum.site.traps.append(lambda path, _: Reply(b"<html>Oh no!") if path == "/sitemap.xml" else None)
    assert forum.visit().notes == ()
    assert (
        forum.visit().requests == 2 + BOARDS
    )  # robots.txt, the front page, the boards: it is not asked again


def test_feeds_are_no_content(forum: Forum) -> None:
    offer_feed(forum.site, last_post)
    summary = forum.visit()
    pages = [page.url for file in (forum.root / "forum").glob("*.gz") for page in read_pages(file)]
    assert not [url for url in pages if url.endswith("/feed")]
    assert summary.pages_fetched == len(pages)
