"""Feeds and sitemaps: which threads have changed, in one answer, and how far that can be believed.

Many a feed tells of new threads only, many a sitemap is written once a month. So each is compared with what
the listings show (`judge`); one that told of all of it is trusted, and until the next survey of all listings
it is read instead of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from crawler.addresses import host_of, hosts_of
from crawler.cycle import listings, task_for
from crawler.frontier import SiteFrontier, Task
from crawler.look import canonical
from crawler.model import Reason, SiteSpec
from parse.news import News, Told
from parse.registry import first_page, thread_at

MOST_SOURCES = 3
"""Each costs a request a pass."""
MOST_PARTS = 100
"""Of a sitemap that is a list of sitemaps."""


@dataclass(frozen=True, slots=True)
class Newsstand:
    """The feeds and sitemaps of one site in one pass."""

    frontier: SiteFrontier
    spec: SiteSpec
    cycle: int
    now: float

    def offered(self, urls: Iterable[str]) -> Iterator[Task]:
        """Those that the start page or robots.txt names, on the site's own hosts."""
        own = hosts_of(self.spec.start)
        known = {row["url"] for row in self.frontier.rows("all_sources")}
        for url in urls:
            if host_of(url) in own and url not in known and len(known) < MOST_SOURCES:
                known.add(url)
                self.frontier.do("add_source", url=url, part_of=None)
                yield Task(url=url, reason=Reason.NEWS)

    def read(self, url: str, news: News) -> Iterator[Task]:
        """What follows from one: threads that have changed, and the listings where it does not suffice."""
        source = self.frontier.row("source", url=url)
        whole = (source["part_of"] if source else None) or url
        before = self.frontier.row("newest_told", source=url)
        for entry in news.entries:
            yield from self._thread(whole, entry)
        if whole == url:
            since = news.since.timestamp() if news.since else None
            self.frontier.do("read_source", url=url, since=since, cycle=self.cycle)
            yield from self._parts(url, news.parts[:MOST_PARTS])
            newest = before["at"] if before else None
            reaches_back = since is not None and newest is not None and since <= newest
            if source and source["is_trusted"] and not reaches_back:  # more was told since than it holds
                yield from listings(self.frontier, self.spec)

    def missed(self, url: str) -> Iterator[Task]:
        """One cannot be had, or is no news: the listings have to tell."""
        source = self.frontier.row("source", url=url)
        whole = (source["part_of"] if source else None) or url
        self.frontier.do("distrust", url=whole, now=self.now)
        yield from listings(self.frontier, self.spec)

    @property
    def _is_surveyed(self) -> bool:
        """The first pass finds threads in the listings, which say more of them."""
        return self.frontier.row("survey") is not None

    def _parts(self, whole: str, parts: Iterable[Told]) -> Iterator[Task]:
        """The sitemaps of a list that have changed since they were read."""
        own = hosts_of(self.spec.start)
        for part in parts:
            self.frontier.do("add_source", url=part.url, part_of=whole)
            known = self.frontier.row("source", url=part.url)
            at = _seconds(part.at)
            read_at = known["changed_at"] if known else None
            is_new = at is None or read_at is None or at > read_at
            if host_of(part.url) in own and is_new:
                self.frontier.do("read_part", url=part.url, changed_at=at)
                yield Task(url=part.url, reason=Reason.NEWS)

    def _thread(self, source: str, entry: Told) -> Iterator[Task]:
        if host_of(entry.url) not in hosts_of(self.spec.start):
            return
        platform = self.spec.platform or self.frontier.state().platform
        url, at = canonical(entry.url, platform), _seconds(entry.at)
        start = first_page(url, platform)
        held = self.frontier.row("thread_at", url=url) or self.frontier.row("thread_at", url=start)
        thread = held["thread_id"] if held else thread_at(url, platform)
        if thread is None:
            return
        before = self.frontier.row("told", thread=thread, source=source)
        if at is not None:
            self.frontier.do("tell", source=source, thread=thread, at=at, now=self.now)
        known = self.frontier.thread(thread)
        if known is None:
            if self._is_surveyed and self.spec.allows(url):
                yield Task(url=url, reason=Reason.NEW_THREAD, thread_id=thread, is_whole=True)
        elif known["state"] == "visible" and known["fetched_at"]:
            # By the site's own clock, as far as it has told the time before.
            last = before["at"] if before else known["held_last_post_at"] or known["fetched_at"]
            if at is not None and at > last:
                yield task_for(self.frontier, known, Reason.TOLD)


def _seconds(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None
