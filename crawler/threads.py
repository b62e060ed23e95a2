"""What the frontier keeps of threads: which were read, how often each changes, what slipped between pages."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from crawler.follow import has_shifted
from crawler.frontier import SiteFrontier, Task
from crawler.look import Look
from crawler.model import Reason
from crawler.recrawl import next_interval


@dataclass(frozen=True, slots=True)
class Threads:
    """The threads of one site at one moment of a pass."""

    frontier: SiteFrontier
    cycle: int
    low: timedelta
    """Bounds of a thread's own interval."""
    high: timedelta
    now: float

    def read(
        self, thread_id: str, task: Task, look: Look, old: sqlite3.Row | None, changed: bool
    ) -> Iterator[Task]:
        """Notes a page of a thread; yields what is to be read again, since posts have slipped to other pages.

        `old` is the page as it was held before, and `changed` whether it shows anything else now.
        """
        url = look.thread_url or task.url
        self.frontier.do("add_thread", thread=thread_id, url=url, board=look.board_id)
        if task.thread_id and look.thread_id and task.thread_id != look.thread_id:
            self._rename(task.thread_id, look.thread_id)
        self.hold(thread_id, task.is_whole)
        if task.reason is not Reason.FOLLOWING:
            self.learn(thread_id, changed)
        if has_shifted(look, old):
            yield from self._slipped(task, look, old) if task.is_whole else [from_the_start(thread_id, url)]

    def _rename(self, listed: str, own: str) -> None:
        """A page is of another thread than was asked for: one that took it in, or that its listing calls by
        another name, as by its last post. What the listing said of it is then said of that thread."""
        known = self.frontier.thread(listed)
        if known and known["fetched_at"] is None:
            self.frontier.do("take_over", thread=own, other=listed)
        self.frontier.do("end_thread", thread=listed, state="gone", now=self.now)

    def hold(self, thread_id: str, is_whole: bool) -> None:
        """It was read just now, all of it or only some pages."""
        self.frontier.do(
            "hold_thread", thread=thread_id, board=None, whole=is_whole, cycle=self.cycle, now=self.now
        )

    def learn(self, thread_id: str, changed: bool) -> None:
        """It was looked at and had changed, or had not: its interval becomes shorter or longer."""
        if known := self.frontier.thread(thread_id):
            interval = next_interval(known["interval"], changed, self.low, self.high)
            self.frontier.do(
                "learn_interval", thread=thread_id, changed=changed, interval=interval, now=self.now
            )

    def _slipped(self, task: Task, look: Look, old: sqlite3.Row | None) -> Iterator[Task]:
        """The post that this page began with may have slipped to the page before after that had been read,
        so that neither showed it: both are read once more."""
        before = self.frontier.row(
            "page_before", thread=look.thread_id, number=look.page_number, cycle=self.cycle
        )
        if before is None or old is None or task.reason is Reason.SHIFTED:
            return
        if json.loads(old["post_ids"])[0] in (*json.loads(before["post_ids"]), *look.post_ids):
            return
        for url in (before["url"], look.url):
            self.frontier.do("unsee", url=url)
            yield Task(url=url, reason=Reason.SHIFTED, thread_id=look.thread_id, is_whole=True)


def from_the_start(thread_id: str, url: str) -> Task:
    """The first page of a thread whose pages are no longer those that were held."""
    return Task(url=url, reason=Reason.SHIFTED, thread_id=thread_id, is_whole=True)
