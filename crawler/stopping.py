"""How a crawl is stopped: what is in flight is finished, but nobody waits long for it."""

import asyncio
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerProcess

SIGNALS = (signal.SIGINT, signal.SIGTERM)
PATIENCE = 10.0
"""Seconds for what is in flight: a server may take minutes over an answer, and Scrapy does not end at all
when it is stopped while it begins."""


@contextmanager
def signals_held() -> Iterator[None]:
    """Signals to stop wait meanwhile; for a process started in here, until it can be stopped in order.
    Else Ctrl-C while Python loads its modules shows a traceback."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Stopping:
    """Stops the crawls of a process at a signal, or when the other end of its lifeline is gone."""

    def __init__(self, process: "AsyncCrawlerProcess", crawls: "Sequence[asyncio.Task[None]]") -> None:
        self._process, self._crawls = process, crawls
        self._loop = asyncio.get_event_loop()
        self._stop: asyncio.Task[None] | None = None

    def listen(self, lifeline: int | None) -> None:
        """From now on, signals that were held included."""
        for number in SIGNALS:
            self._loop.add_signal_handler(number, self.stop)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        if lifeline is not None:
            self._loop.add_reader(lifeline, self._mind, lifeline)

    def stop(self) -> None:
        """Asked once, in order; asked twice, at once."""
        if self._stop:
            self._give_up()
            return
        self._stop = self._loop.create_task(self._process.stop())
        self._loop.call_later(PATIENCE, self._give_up)

    def _give_up(self) -> None:
        for crawl in self._crawls:
            crawl.cancel()

    def _mind(self, lifeline: int) -> None:
        if not os.read(lifeline, 4096):
            self._loop.remove_reader(lifeline)
            self.stop()
