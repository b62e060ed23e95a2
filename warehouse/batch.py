"""What is handed to the loader, and what it says it did."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from parse.model import Board, Thread, ThreadRow
from parse.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Pages of one site from one crawl and the threads that stood on them.

    All pages of a thread that were read in a crawl belong in one batch, and two crawls of a thread in two
    batches, the older one first: that is how the loader knows what is missing and what was edited.
    """

    site_id: str
    platform: str
    base_url: str
    site_title: str | None = None
    boards: tuple[Board, ...] = ()
    threads: tuple[Thread, ...] = ()
    """Assembled with what was held, and resolved."""
    pages: tuple[Page, ...] = ()
    """All pages read, listings included."""
    rows: tuple[ThreadRow, ...] = ()
    gone: tuple[str, ...] = ()
    """Ids of those `pages` that say there is no such thread (404, 410, or in words)."""
    boards_whole: tuple[str, ...] = ()
    """Ids of those `pages` on which all threads of a board stand: what stood there before is gone."""
    whole: tuple[tuple[str, datetime], ...] = ()
    """Ids of those `threads` of which a crawl has by now read all pages that they have, and since when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadSummary:
    threads_new: int = 0
    threads_changed: int = 0
    """Threads held before in which something was said, edited, removed, or that were themselves changed."""
    posts_new: int = 0
    posts_changed: int = 0
    posts_removed: int = 0


class CrawlRun(Protocol):
    """What the crawler tells of one crawl of one site (its SiteSummary fits)."""

    @property
    def run_id(self) -> str: ...
    @property
    def site_id(self) -> str: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def finished_at(self) -> datetime | None: ...
    @property
    def pages_fetched(self) -> int: ...
    @property
    def pages_unchanged(self) -> int: ...
    @property
    def pages_failed(self) -> int: ...
    @property
    def bytes_received(self) -> int: ...
    @property
    def outcome(self) -> str: ...
