"""One site, one pass: asks the frontier what to fetch, archives and reads what comes, tells the frontier."""

from asyncio import CancelledError
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import VerboseCookie
from twisted.python.failure import Failure

from crawler.absorb import Absorber, Verdict
from crawler.addresses import host_of, hosts_of
from crawler.archive import Archive
from crawler.cookies import cookies_for
from crawler.frontier import SiteFrontier, Task
from crawler.mishaps import explain, is_unreachable
from crawler.model import CrawlError, Fetched, Place, Reason, SiteSpec
from crawler.politeness import (
    ASKS_TO_WAIT,
    BrokenOffError,
    OversizeError,
    RefusedError,
    UnreachableError,
    WaitError,
)
from crawler.reader import Read
from parse.page import Document, Page
from parse.walls import needs_script

GIVE_UP_AFTER = 5
"""Requests in a row that the host does not answer, retries not counted."""
WALLED, UNCHANGED = (401, 403, 451), 304


@dataclass(slots=True)
class Job:
    """All that a spider works with."""

    spec: SiteSpec
    run_id: str
    started_at: datetime
    frontier: SiteFrontier
    archive: Archive
    absorber: Absorber
    platform: str | None
    cookies: list[VerboseCookie]
    read: Read
    tell: Callable[[str], None]
    """Called with each URL that was dealt with."""
    requests: int = 0
    bytes_received: int = 0
    pages: int = 0
    in_flight: set[str] = field(default_factory=set)
    """URLs handed out and not dealt with yet; the frontier still holds them, in case we do not live to."""
    unnoted: dict[Place, int] = field(default_factory=dict)
    """Pages archived that the frontier does not know yet, each with the size of its file behind it."""
    noted_to: dict[str, int] = field(default_factory=dict)
    """How far into each file the furthest page read reaches: the last one read may stand before it."""
    silent: int = 0
    """Requests in a row without an answer."""
    refused: int = 0
    """Requests in a row to which the server said that it is too much."""
    stopped: str = ""
    """Why the run ends before the pass does: an outcome."""
    wreck: CrawlError | None = None
    """What makes going on pointless: the disk is full."""


class SiteSpider(scrapy.Spider):
    """Fetches what the frontier of its site holds. Requests come from `FrontierScheduler`, not from here."""

    name = "site"

    def __init__(self, job: Job, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.job = job
        self.run_id = job.run_id
        self.greeted: set[str] = set()
        self.private_headers = frozenset(name.lower() for name, _ in job.spec.headers)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "SiteSpider":
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.interrupted, signal=signals.spider_closed)
        crawler.signals.connect(spider.stumbled, signal=signals.spider_error)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Nothing to add: the frontier holds the start pages."""
        return
        yield

    # For the scheduler

    @property
    def is_stopping(self) -> bool:
        return bool(self.job.stopped)

    def is_full(self, handed_out: int) -> bool:
        """Whether the run has asked for as many pages as it may."""
        return 0 < self.job.spec.max_pages <= handed_out

    def waiting(self, limit: int) -> list[Task]:
        """The next pages of the frontier that are not on their way."""
        in_flight = self.job.in_flight
        tasks = self.job.frontier.take(limit + len(in_flight))
        return [task for task in tasks if task.url not in in_flight]

    def request(self, task: Task) -> scrapy.Request:
        """The request of a task: conditional where a whole answer would tell nothing new."""
        self.job.in_flight.add(task.url)
        page = self.job.frontier.row("page", url=task.url)
        headers = dict(self.job.spec.headers)
        if page and page["etag"]:
            headers["If-None-Match"] = page["etag"]
        if page and page["last_modified"]:
            headers["If-Modified-Since"] = page["last_modified"]
        return scrapy.Request(
            task.url,
            headers=headers,
            cookies=self._greeting(host_of(task.url)[0]),
            meta={"task": task},
            callback=self.parse,
            errback=self.missed,
            dont_filter=True,
        )

    def _greeting(self, host: str) -> list[VerboseCookie]:
        """Those of the configuration until a host has answered: what it makes of them goes before them."""
        return [] if host in self.greeted else cookies_for(host, self.job.cookies)

    # For the middlewares

    def note_sitemaps(self, urls: list[str]) -> None:
        own = hosts_of(self.job.spec.start)
        self.job.absorber.sitemaps += [url for url in urls if host_of(url) in own]

    def hold_back(self, why: str) -> None:
        """What is on its way is fetched, and nothing more in this run."""
        self.job.absorber.notes.append(why)
        self.job.stopped = "asked to wait"

    def count_request(self) -> None:
        self.job.requests += 1

    def archive_response(self, request: scrapy.Request, fetched: Fetched, body: bytes) -> None:
        """Writes it. A disk that is full ends the run: what cannot be kept is not fetched."""
        self.job.silent = 0
        self.job.bytes_received += len(fetched.body)
        try:
            place = self.job.archive.append(fetched)
        except CrawlError as error:
            self.wreck(error)
            raise RefusedError(str(error)) from None
        if fetched.is_page:
            self.job.unnoted[place] = self.job.archive.size
        request.meta["archived"] = (fetched, body, place)

    def thread_beginning_at(self, task: Task | None) -> str | None:
        """The thread whose first page is asked for, if one is."""
        known = self.job.frontier.thread(task.thread_id) if task else None
        return known["thread_id"] if known and task and known["url"] == task.url else None

    def wreck(self, error: CrawlError) -> None:
        self.job.wreck = error
        self.job.stopped = "failed"

    # What came of a request

    async def parse(self, response: Response, **kwargs: Any) -> None:
        self.greeted.add(host_of(response.url)[0])
        task: Task = response.meta["task"]
        fetched, body, place = response.meta["archived"]
        try:
            await self._take_in(task, fetched, body, place)
        except CrawlError as error:
            self.wreck(error)
        self._tell(task.url)

    def missed(self, failure: Failure) -> None:
        """No response that counts: refused by us, not sent by them, or not arrived."""
        task: Task = failure.request.meta["task"]  # type: ignore[attr-defined]
        try:
            self._give_up(task, failure.value or RefusedError("no reason given"))
        except CrawlError as error:
            self.wreck(error)
        self._tell(task.url)

    def stumbled(self, failure: Failure, response: Response) -> None:
        """A bug of ours: said, and the page stays in the queue."""
        self.job.absorber.failures.append(f"{response.url}: unexpected {failure.getErrorMessage()}")
        self.job.stopped = "failed"

    def interrupted(self, reason: str) -> None:
        if reason != "finished" and not self.job.stopped:
            self.job.stopped = "interrupted"

    async def _take_in(self, task: Task, fetched: Fetched, body: bytes, place: Place) -> None:
        absorber, now = self.job.absorber, fetched.fetched_at.timestamp()
        if task.reason is Reason.NEWS and fetched.status != UNCHANGED:
            self._take_news(task, fetched, body, place)
        elif fetched.status == UNCHANGED:
            absorber.unchanged(task, now)
        elif fetched.status in WALLED:
            self._walled(task, page_of(fetched, body, place))
        elif not fetched.is_page:
            absorber.failed(task, f"{task.url}: status {fetched.status}", now)
            self._mind_refusals(fetched)
        else:
            await self._read(task, fetched, body, place)

    def _walled(self, task: Task, page: Page) -> None:
        """What is not for guests is left alone for long; a challenge to robots may be over tomorrow."""
        if needs_script(Document(page)):
            why = f"{task.url}: a challenge that wants JavaScript, which is not run (status {page.status})"
            self.job.absorber.failed(task, why, page.fetched_at.timestamp())
        else:
            why = f"{task.url}: not for guests (status {page.status})"
            self.job.absorber.refused(task, why, page.fetched_at.timestamp())

    def _take_news(self, task: Task, fetched: Fetched, body: bytes, place: Place) -> None:
        if fetched.status == 200:
            self.job.absorber.news(task, page_of(fetched, body, place), place)
        else:
            self.job.absorber.no_news(task, fetched.fetched_at.timestamp())

    async def _read(self, task: Task, fetched: Fetched, body: bytes, place: Place) -> None:
        self.job.refused = 0
        page = page_of(fetched, body, place)
        look = await self.job.read(page, self.job.platform)
        verdict = self.job.absorber.page(task, page, look, place, self._known_until(place))
        del self.job.unnoted[place]
        self.job.pages += not page.is_gone and verdict in (Verdict.CONTENT, Verdict.UNCHANGED)
        if look.platform != self.job.platform:
            self.job.platform = self.job.spec.platform or self.job.frontier.state().platform

    def _known_until(self, place: Place) -> int:
        """Up to where the frontier knows the file once it knows this page; others may be read out of turn."""
        ends = self.job.noted_to
        ends[place.file] = max(ends.get(place.file, 0), self.job.unnoted[place])
        waiting = (other.offset for other in self.job.unnoted if other.file == place.file and other != place)
        return min(waiting, default=ends[place.file])

    def _give_up(self, task: Task, error: BaseException) -> None:
        absorber, now = self.job.absorber, datetime.now(UTC).timestamp()
        if self.job.wreck:
            return
        if isinstance(error, CancelledError):  # by whoever stops the run: the page stays in the queue
            self.job.stopped = "interrupted"
        elif isinstance(error, WaitError):
            self.hold_back(str(error))
        elif isinstance(error, UnreachableError):
            if self.job.stopped != "unreachable":  # said once, not for each page that waited for robots.txt
                absorber.failures.append(str(error))
            self.job.stopped = "unreachable"
        elif task.reason is Reason.NEWS:
            absorber.no_news(task, now)
        elif isinstance(error, OversizeError | BrokenOffError):
            absorber.failed(task, str(error), now)
        elif isinstance(error, RefusedError):
            absorber.refused(task, str(error), now)
        else:
            absorber.failed(task, f"{task.url}: {explain(error)}", now)
            self._mind_silence(error)

    def _mind_silence(self, error: BaseException) -> None:
        self.job.silent = self.job.silent + 1 if is_unreachable(error) else 0
        if self.job.silent >= GIVE_UP_AFTER:
            self.job.stopped = "unreachable"

    def _mind_refusals(self, fetched: Fetched) -> None:
        """A server that says of page after page that it is too much, though not for how long."""
        self.job.refused = self.job.refused + 1 if fetched.status in ASKS_TO_WAIT else 0
        if self.job.refused >= GIVE_UP_AFTER and not self.job.stopped:
            self.hold_back(f"{fetched.url}: too much for the server (status {fetched.status}); try later")

    def _tell(self, url: str) -> None:
        self.job.in_flight.discard(url)
        self.job.tell(url)


def page_of(fetched: Fetched, body: bytes, place: Place) -> Page:
    """The page as the archive will give it back."""
    headers = tuple((name.lower(), value) for name, value in fetched.headers)
    found = dict(reversed(headers))
    return Page(
        url=fetched.url,
        body=body,
        fetched_at=fetched.fetched_at,
        content_type=found.get("content-type", ""),
        status=fetched.status,
        headers=headers,
        archive_file=place.file,
        archive_offset=place.offset,
        archive_length=place.length,
        run_id=fetched.run_id,
    )
