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
        self._handed_out = 0

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
        self._handed_out += 1
        return self._spider.request(task)

    def _refill(self) -> bool:
        """Whether a page may be handed out."""
        if self._spider.is_stopping or self._spider.is_full(self._handed_out):
            return False
        if not self._ready:
            self._ready.extend(self._spider.waiting(BATCH))
        return bool(self._ready)
