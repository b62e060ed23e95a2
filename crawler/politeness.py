"""Manners: robots.txt, the hosts of the configuration, waiting when asked to, one request at a time."""

import asyncio
import re
import time
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from twisted.internet.defer import Deferred

from crawler.addresses import host_of, is_literal, is_public
from crawler.mishaps import explain
from crawler.payload import TooLargeError, decode

LONGEST_WAIT = 300.0
"""Seconds a run waits on a server's word; asked for more, it stops and leaves the rest to the next run."""
FIRST_PAUSE = 0.5
"""Seconds before a retry when the server says nothing; doubled each time."""
ASKS_TO_WAIT = (429, 503)
SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(https?://\S+)", re.I | re.M)
MOST_ROBOTS = 512_000
"""Bytes of robots.txt that are read, as RFC 9309 allows: a million rules would be tried on every page."""
DENY_ALL = b"User-agent: *\nDisallow: /\n"


ENTRANCES = ("/robots.txt", "/")
"""Where a forum that has moved says so."""


class RefusedError(IgnoreRequest):
    """A page is left alone on purpose. The message says why."""


class OversizeError(IgnoreRequest):
    """A response is larger than any page of a forum."""


class BrokenOffError(IgnoreRequest):
    """A response ends before its content does."""


class UnreachableError(IgnoreRequest):
    """The host does not answer, so that not even its robots.txt is known."""


class WaitError(IgnoreRequest):
    """The server asks for more patience than one run has."""


class HostGuard:
    """Lets only requests to the configured hosts through, redirects included."""

    def __init__(self, hosts: frozenset[tuple[str, int]], allow_private: bool) -> None:
        self._hosts, self._allow_private = hosts, allow_private

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings["FOLKMOOT_HOSTS"], crawler.settings.getbool("FOLKMOOT_ALLOW_PRIVATE"))

    def process_request(self, request: Request) -> None:
        host, port = host_of(request.url)
        came_from = request.meta.get("redirect_urls", [request.url])[0]
        is_known = any(host == known for known, _ in self._hosts)
        there = f"{host}:{port}" if is_known else host or request.url
        how = f"{came_from}: leads to {there}" if came_from != request.url else request.url
        if (host, port) not in self._hosts:
            way = "; if the forum has moved there, add it to start" if came_from.endswith(ENTRANCES) else ""
            raise RefusedError(f"{how}, a host that the configuration does not name{way}")
        if is_literal(host) and not is_public(host) and not self._allow_private:
            way = "set allow_private (--allow-private) if it is yours to crawl"
            raise RefusedError(f"{how}: a private address; {way}")


class Robots(RobotsTxtMiddleware):
    """robots.txt as RFC 9309 has it: an absent file allows all, one that cannot be had allows nothing.

    A server that has had too many requests has not said that there is none.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._unknown: dict[str, str] = {}

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Scrapy gives the answer to the first of those that wait for it, and lets the others pass."""
        await super().robot_parser(request)
        known = self._parsers[urlsplit(request.url).netloc]
        assert not isinstance(known, Deferred)
        return known

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status in ASKS_TO_WAIT:
            self._unknown[netloc] = f"robots.txt could not be had (status {response.status})"
            response = response.replace(body=DENY_ALL)
        elif response.status >= 400:
            response = response.replace(body=b"")
        else:
            response = response.replace(body=_unpacked(response)[:MOST_ROBOTS])
        named = SITEMAP.findall(response.body.decode("utf-8", "replace"))
        self.crawler.spider.note_sitemaps(named)  # type: ignore[union-attr]
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._unknown[netloc] = explain(exc)
        super()._robots_error(exc, netloc)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        why = self._unknown.get(urlsplit(request.url).netloc)
        if why:
            told = why if why.startswith("http") else f"{request.url}: {why}"  # some name what was asked for
            raise UnreachableError(f"{told}; nothing is fetched without robots.txt")
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            raise RefusedError(f"{request.url}: robots.txt forbids it") from None


class CrawlDelay:
    """Slows down to the Crawl-delay that robots.txt asks for."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        crawler.signals.connect(self._slow_down, signal=signals.robots_parsed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def _slow_down(self, robotparser: RobotParser, request: Request) -> None:
        wanted = robotparser.crawl_delay(self._crawler.settings["USER_AGENT"])
        if not wanted:
            return
        if wanted > LONGEST_WAIT:
            why = f"robots.txt asks for {wanted:.0f} s between two pages; a run fetches one"
            self._crawler.spider.hold_back(f"{request.url}: {why}")  # type: ignore[union-attr]
            return
        downloader = self._crawler.engine.downloader
        downloader._delay = max(downloader._delay, wanted)
        for slot in downloader.slots.values():
            slot.delay = max(slot.delay, wanted)
        throttle = self._crawler.get_extension(AutoThrottle)
        if throttle is not None:
            throttle.mindelay = max(throttle.mindelay, wanted)


class Patience:
    """Retries after as long as the server asks for, or after a pause that doubles."""

    def __init__(self, crawler: Crawler) -> None:
        self._inner = RetryMiddleware.from_crawler(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        retry = self._inner.process_response(request, response)
        if isinstance(retry, Request):
            await self._wait(request, _asked(response))
        return retry

    async def process_exception(self, request: Request, exception: Exception) -> Request | Response | None:
        retry = self._inner.process_exception(request, exception)
        if isinstance(retry, Request):
            await self._wait(request, None)
        return retry

    async def _wait(self, request: Request, asked: float | None) -> None:
        if asked is not None and asked > LONGEST_WAIT:
            raise WaitError(f"{request.url}: the server asks to come back in {asked:.0f} s; try again then")
        pause = FIRST_PAUSE * 2 ** int(request.meta.get("retry_times", 0))
        await asyncio.sleep(max(asked or 0.0, pause))


def _unpacked(response: Response) -> bytes:
    try:
        return decode(response.body, (response.headers.get("Content-Encoding") or b"").decode("latin-1"))
    except TooLargeError:
        return DENY_ALL


def _asked(response: Response) -> float | None:
    """Seconds of Retry-After, given as a number or as a date; None where there is none."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if response.status not in ASKS_TO_WAIT or not value:
        return None
    try:
        if value.isdecimal():
            return float(value)
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError):
        return None
