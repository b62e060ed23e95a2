"""What a page leads to: which of its links are fetched in this pass, and why."""

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.cycle import task_for
from crawler.frontier import SiteFrontier, Task
from crawler.look import Look
from crawler.model import Reason, SiteSpec
from crawler.recrawl import around, differs, has_shrunk
from parse.model import LinkKind, PageKind, ThreadRow
from parse.urls import split, without_mark

PINNED = 4
"""One of so many rows of a listing may stand above the order of the others."""
_FEWEST = 3
"""Rows by whose times it is seen that a listing goes by them."""


@dataclass(frozen=True, slots=True)
class Follower:
    """Decides for one site, in one pass. Reads and notes what listings say; fetches nothing."""

    frontier: SiteFrontier
    spec: SiteSpec
    cycle: int
    now: float

    def listing(self, task: Task, look: Look, old: sqlite3.Row | None) -> Iterator[Task]:
        """From an index or a board: its boards, its threads that are new or changed, its next page."""
        look = replace(look, rows=tuple(map(self._as_held, look.rows)))
        fresh = [self._note(row, look) for row in look.rows]
        yield from self._threads(look)
        yield from self._unshown(task, look, old)
        yield from self._boards(task, look)
        news = any(changed and not row.is_sticky for row, changed in zip(look.rows, fresh, strict=True))
        if old is None:
            yield from self._pages(look)
        elif news or not _by_activity(look.rows):
            yield from self._next_page(task, look)

    def thread(self, task: Task, look: Look, is_whole: bool) -> Iterator[Task]:
        """From a thread: its other pages; only those not held, unless all are read."""
        for link in look.links:
            if link.kind in (LinkKind.PAGE, LinkKind.POSTS) and (is_whole or not self._is_held(link.url)):
                yield Task(url=link.url, reason=Reason.FOLLOWING, thread_id=look.thread_id, is_whole=is_whole)

    def _as_held(self, row: ThreadRow) -> ThreadRow:
        """By what its thread calls itself where that page is held: some listings name it by its last post."""
        held = self.frontier.row("page", url=row.url)
        return replace(row, id=held["thread_id"]) if held and held["thread_id"] else row

    def _note(self, row: ThreadRow, look: Look) -> bool:
        """Keeps what the listing says of a thread; whether it is news."""
        if row.is_moved:
            return False
        known = self.frontier.thread(row.id)
        news = known is None or known["listed_at"] is None or differs(row, known, self.now)
        if known is None:
            self.frontier.do("add_thread", thread=row.id, url=row.url, board=look.board_id)
        self.frontier.do(
            "list_thread",
            thread=row.id,
            url=row.url,
            board=look.board_id,
            title=row.title,
            replies=row.reply_count,
            last_at=known["last_post_at"] if known and not news else _seconds(row.last_post_at),
            last_id=row.last_post_id,
            locked=row.is_locked,
            sticky=row.is_sticky,
            now=self.now,
        )
        return news

    def _threads(self, look: Look) -> Iterator[Task]:
        for row in look.rows:
            known = self.frontier.thread(row.id)
            if known is None:  # the stub of a thread that was moved where we have not looked yet
                yield Task(url=row.url, reason=Reason.NEW_THREAD, thread_id=row.id, is_whole=True)
            elif known["state"] == "refused":
                continue
            elif known["fetched_at"] is None:
                if self.now >= (known["due_at"] or 0):
                    yield task_for(self.frontier, known, Reason.NEW_THREAD)
            elif (
                not row.is_moved and differs(row, known, self.now, "held_") and not self._was_told(row, known)
            ):
                yield task_for(self.frontier, known, Reason.CHANGED_THREAD)
        yield from self._unlisted(look)

    def _unshown(self, task: Task, look: Look, old: sqlite3.Row | None) -> Iterator[Task]:
        """Threads that their board would have shown by now, and has not; each in its turn.

        A page tells of those that it would surely show by their times; where a listing was read page by page
        and ends here, of those that it may have to show.
        """
        times = _sorted_times(look.rows)
        is_all = old is not None and bool(look.rows) and not _further(task, look)
        if look.board_id is None or (len(times) < _FEWEST and not is_all):
            return
        older, newer = around(times[-1], self.now) if times else (-1.0, -1.0)
        # What came after the first row of a further page stood on the page before.
        is_further = task.reason is Reason.FURTHER_LISTING and not is_all
        found = self.frontier.rows(
            "unshown",
            board=look.board_id,
            opened=self.frontier.state().opened_at,
            now=self.now,
            after=older if is_all else newer,
            before=times[0].timestamp() if is_further else self.now,
        )
        yield from (task_for(self.frontier, known, Reason.DUE_THREAD) for known in found)

    def _was_told(self, row: ThreadRow, known: sqlite3.Row) -> bool:
        """A feed or sitemap told of the last post before, and the thread was read then: this is no news."""
        at = _seconds(row.last_post_at)
        marks = ((known["held_title"], row.title), (known["held_is_locked"], row.is_locked))
        if at is None or has_shrunk(known) or any(held not in (None, said) for held, said in marks):
            return False
        values = {"thread": row.id, "at": at, "read_at": known["fetched_at"]}
        if self.frontier.row("told_and_read", **values) is None:
            return False
        self.frontier.do("hold_listed", thread=row.id)
        return True

    def _unlisted(self, look: Look) -> Iterator[Task]:
        """Thread links without a row; on an index only where it is itself the list of threads."""
        if look.kind is not PageKind.BOARD and any(link.kind is LinkKind.BOARD for link in look.links):
            return
        listed = {row.url for row in look.rows}
        for link in look.links:
            if link.kind is LinkKind.THREAD and link.url not in listed and self.spec.allows(link.url):
                known = self.frontier.row("thread_at", url=link.url)
                if known is None and not self._is_held(link.url):
                    yield Task(url=link.url, reason=Reason.NEW_THREAD, is_whole=True)

    def _boards(self, task: Task, look: Look) -> Iterator[Task]:
        """A start page that lists threads is read alone: whoever names a board does not mean its site."""
        if task.reason is Reason.START and not look.rows:
            self.frontier.do("learn_index")
        if self.frontier.state().has_index:
            for link in look.links:
                if (
                    link.kind is LinkKind.BOARD
                    and self.spec.allows(link.url)
                    and not self._is_known(link.url)
                ):
                    yield Task(url=link.url, reason=Reason.LISTING)

    def _is_known(self, url: str) -> bool:
        """A board that the pass began with, or that a feed or sitemap stands for."""
        page = self.frontier.row("page", url=url)
        return page is not None and page["page_number"] == 1

    def _pages(self, look: Look) -> Iterator[Task]:
        for link in look.links:
            if link.kind is LinkKind.PAGE:
                yield Task(url=link.url, reason=Reason.FURTHER_LISTING)

    def _next_page(self, task: Task, look: Look) -> Iterator[Task]:
        if after := _further(task, look):
            yield Task(url=min(after, key=_place), reason=Reason.FURTHER_LISTING)

    def _is_held(self, url: str) -> bool:
        return self.frontier.row("page", url=url) is not None


def has_shifted(look: Look, old: sqlite3.Row | None) -> bool:
    """The page no longer begins with the post it began with: something before it was taken out or put in."""
    before = json.loads(old["post_ids"] or "[]") if old else []
    return bool(before and look.post_ids and before[0] != look.post_ids[0])


def _by_activity(rows: Sequence[ThreadRow]) -> bool:
    """Newest activity first, as far as the rows show times."""
    return bool(_sorted_times(rows)) or not any(row.last_post_at and not row.is_sticky for row in rows)


def _sorted_times(rows: Sequence[ThreadRow]) -> list[datetime]:
    """Those of a page that goes by them, else none. A few at the top may be sticky and not say so."""
    times = [row.last_post_at for row in rows if row.last_post_at and not row.is_sticky]
    pinned = range(len(times) // PINNED + 1)
    return next((times[n:] for n in pinned if times[n:] == sorted(times[n:], reverse=True)), [])


def _seconds(at: datetime | None) -> float | None:
    return at.timestamp() if at else None


def _further(task: Task, look: Look) -> list[str]:
    """The pages of a listing behind this one."""
    pages = [link.url for link in look.links if link.kind is LinkKind.PAGE]
    return [url for url in pages if _place(url) > _place(task.url) or without_mark(url) != url]


def _place(url: str) -> tuple[int, ...]:
    """Pages of one listing in order: their URLs differ in a number, or in having one."""
    parts = split(url)
    return tuple(int(number) for number in re.findall(r"\d+", f"{parts.path}?{parts.query}"))
