"""What is to be crawled, what came of it, and why a page is fetched."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from parse.urls import split

RECRAWL_MIN, RECRAWL_MAX = timedelta(hours=6), timedelta(days=30)
"""Between two looks at a thread of which no listing tells, where the configuration does not say."""


class CrawlError(Exception):
    """A crawl cannot go on. The message says what was wrong, where, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSpec:
    """One site to crawl, and how politely."""

    id: str
    start: tuple[str, ...]
    platform: str | None = None
    """What it is made with; detected page by page where None."""
    delay: float = 1.0
    """Seconds between two requests to a host, at least; 0 for loopback hosts only."""
    max_pages: int = 0
    """Pages fetched in one run, at most; 0 = no limit. The next run goes on from there."""
    allow_private: bool = False
    """The hosts may resolve to loopback, link-local or private addresses."""
    verify_certificates: bool = True
    """Of https hosts: who answers is who the name says, which matters most where a login goes along."""
    include: tuple[str, ...] = ()
    """Path prefixes; a page of another path is not followed. Empty: the whole host."""
    headers: tuple[tuple[str, str], ...] = ()
    """Sent with every request, archived with none."""
    cookies: Path | None = None
    """A cookies.txt in Netscape format."""
    timeout: float = 60.0
    """Seconds for one response, from the request to its last byte."""

    def allows(self, url: str) -> bool:
        """Within the path prefixes of `include`."""
        path = split(url).path or "/"
        return not self.include or any(path.startswith(prefix) for prefix in self.include)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSummary:
    """What one run did on one site."""

    site_id: str
    run_id: str
    started_at: datetime
    finished_at: datetime | None
    """None: it died."""
    pages_fetched: int
    """Pages archived as content: no robots.txt, no redirect, no error page."""
    pages_unchanged: int
    """Of those, how many said what they said before; plus those the server called unchanged (304)."""
    pages_failed: int
    bytes_received: int
    """On the wire, headers not counted."""
    outcome: str
    """`finished`; `limit` (max_pages), `interrupted`, `unreachable`, `asked to wait`: the next run goes on;
    `refused`: robots.txt or a wall stands before the start page; `failed`: said why in `failures`; `died`:
    killed before it could say anything."""
    requests: int = 0
    """Requests sent, of any kind: robots.txt, redirects and retries included."""
    requests_saved: int = 0
    """Pages held that had no need to be fetched again."""
    failures: tuple[str, ...] = ()
    """One line a page that should have been there and was not."""
    notes: tuple[str, ...] = ()
    """One line each for what was left alone on purpose: robots.txt, login walls, hosts not configured."""


class Reason(StrEnum):
    """Why a page is fetched: what `--dry-run` tells."""

    START = "start page"
    LISTING = "board listing, newest activity first"
    NEWS = "a feed or sitemap: which threads have changed"
    TOLD = "a feed or sitemap tells of a change: last page held and what follows"
    FURTHER_LISTING = "the listing goes on: the page before had news"
    NEW_THREAD = "new thread"
    CHANGED_THREAD = "the listing shows a change: last page held and what follows"
    DUE_THREAD = "no listing tells of this thread: its own interval is over"
    ROTATION = "rotation: every page is read again for edits and deletions"
    SHIFTED = "posts have moved between pages: the whole thread again"
    FOLLOWING = "another page of a thread being read"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchDecision:
    """One page that would be fetched, and why."""

    site_id: str
    url: str
    reason: Reason
    thread_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One response as it came off the wire: transfer encoding undone, content encoding not."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    """In the order sent; no Transfer-Encoding."""
    body: bytes
    fetched_at: datetime
    run_id: str
    is_page: bool
    """A page of the site, or word that it is gone; False for robots.txt, redirects, errors."""
    request_headers: tuple[tuple[str, str], ...] = ()
    """Without credentials."""
    begins_thread: str | None = None
    """The thread that was looked for where it begins: an answer that it is not there tells of all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a response is archived."""

    file: str
    """Relative to the archive."""
    offset: int
    length: int
