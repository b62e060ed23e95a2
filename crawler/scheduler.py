"""Scrapy's queue is the frontier itself: what waits is on disk, and a run that dies forgets nothing."""

from collections import deque
from typing import TYPE_CHECKING

from scrapy import Request, Spider
from scrapy.core.scheduler import BaseScheduler

if TYPE_CHECKING:
    from crawler.frontier import Task
    from crawler.spider import SiteSpider

BATCH = 32
"""Pages looked up in the frontier at a time."""


class FrontierScheduler(BaseScheduler):
    """Hands out the frontier's pages; keeps in memory only redirects and retries of those in flight."""

    _spider: "SiteSpider"

    def __init__(self) -> None:
        self._returned: deque[Request] = deque()
        self._ready: deque[Task] = deque()
        self._handed_out: set[str] = set()

    def open(self, spider: Spider) -> None:
        self._spider = spider  # type: ignore[assignment]

    def enqueue_request(self, request: Request) -> bool:
        self._returned.append(request)
        return True

    def has_pending_requests(self) -> bool:
        return bool(self._returned) or self._refill()

    def next_request(self) -> Request | None:
        if self._returned:
            return self._returned.popleft()
        if not self._refill():
            return None
        task = self._ready.popleft()
        self._handed_out.add(task.url)
        return self._spider.request(task)

    def _refill(self) -> bool:
        """Whether a page may be handed out. Those that were stay in the frontier until dealt with."""
        if self._spider.is_stopping or self._spider.is_full(len(self._handed_out)):
            return False
        if not self._ready:
            waiting = self._spider.waiting(BATCH)
            self._ready.extend(task for task in waiting if task.url not in self._handed_out)
        return bool(self._ready)
