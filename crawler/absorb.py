"""What a response changes: the page is noted as held, its thread as read, its links as to be fetched.

Each response is one transaction. The page is in the archive before it comes here.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

from crawler.cycle import MOST_TRIES
from crawler.follow import Follower, has_shifted
from crawler.frontier import SiteFrontier, Task
from crawler.look import Look, look_at
from crawler.model import Place, Reason, SiteSpec
from crawler.news import Newsstand
from crawler.threads import Threads, from_the_start
from parse.model import LinkKind, PageKind, ParseError
from parse.news import News, Told, feeds_of, read_news
from parse.page import Document, Page
from parse.urls import absolute, is_of_web

USUAL_SITEMAP = "/sitemap.xml"
"""Looked for where robots.txt names none; many sites show a page with an apology there."""
BEGIN_ELSEWHERE = "a crawl begins at the index of a forum, at a board or at a thread: give the address of one"
FRESHLY_MADE = timedelta(minutes=2)
"""A Last-Modified this close to the moment of the fetch says when the page was rendered, no more."""


class Verdict(StrEnum):
    """What a response was good for."""

    CONTENT = "content"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    REFUSED = "refused"
    GONE = "gone"


@dataclass(slots=True)
class Absorber:
    """Takes in the responses of one site in one pass, and counts them."""

    frontier: SiteFrontier
    spec: SiteSpec
    cycle: int
    low: timedelta
    """Bounds of a thread's own interval; the upper one is the rotation too."""
    high: timedelta
    sitemaps: list[str] = field(default_factory=list)
    """As robots.txt names them, those on the site's own hosts."""
    verdicts: dict[Verdict, int] = field(default_factory=lambda: dict.fromkeys(Verdict, 0))
    failures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def page(self, task: Task, page: Page, look: Look, place: Place, size: int) -> Verdict:
        """Takes in a page that is archived at `place`; before `size`, no page of the file is unknown then."""
        with self.frontier.transaction():
            self.frontier.do("put_archived", file=place.file, size=size)
            url = self._done(task, look.url if page.url != task.url else task.url)
            verdict = self._sort(task, page, look, place, url)
        return self._count(verdict)

    def news(self, task: Task, page: Page, place: Place) -> Verdict:
        """Takes in a feed or a sitemap."""
        now = page.fetched_at.timestamp()
        stand = Newsstand(self.frontier, self.spec, self.cycle, now)
        with self.frontier.transaction():
            self._done(task, task.url)
            try:
                follow = stand.read(task.url, self._told(page))
            except ParseError as error:
                if task.url in self.sitemaps or not task.url.endswith(USUAL_SITEMAP):
                    self.notes.append(str(error))
                follow = stand.missed(task.url)
            else:
                look = Look(kind=PageKind.FEED, url=task.url, digest=page.content_sha256)
                self._put(page, look, place, task.url, "news", "[]", None)
            self._enqueue(follow)
        return Verdict.UNCHANGED

    def _told(self, page: Page) -> News:
        """A feed or sitemap in XML, or what the platform itself has for it. Raises ParseError for neither."""
        if page.body.lstrip()[:1] in (b"{", b"["):
            look = look_at(page, self.frontier.state().platform)
            if look.error:
                raise ParseError(look.error)
            return News(entries=tuple(Told(row.url, row.last_post_at) for row in look.rows))
        return read_news(page)

    def no_news(self, task: Task, now: float) -> None:
        """A feed or a sitemap that cannot be had is no failure: it was only to save requests."""
        with self.frontier.transaction():
            self._done(task, task.url)
            self._enqueue(Newsstand(self.frontier, self.spec, self.cycle, now).missed(task.url))

    def unchanged(self, task: Task, now: float) -> Verdict:
        """The server says 304: what is held is what there is."""
        with self.frontier.transaction():
            self._done(task, task.url)
            self.frontier.do("touch_page", url=task.url, cycle=self.cycle, now=now)
            self.frontier.do("touch_source", url=task.url, cycle=self.cycle)
            if task.thread_id:
                self._threads(now).hold(task.thread_id, task.is_whole)
                self._threads(now).learn(task.thread_id, changed=False)
        return self._count(Verdict.UNCHANGED)

    def failed(self, task: Task, why: str, now: float) -> Verdict:
        """The page could not be had or read; a later run tries again."""
        with self.frontier.transaction():
            self._done(task, task.url)
            verdict = self._fail(task, why, now)
        return self._count(verdict)

    def refused(self, task: Task, why: str, now: float) -> Verdict:
        """robots.txt, a wall or the configuration stands before the page: left alone, and said."""
        with self.frontier.transaction():
            self._done(task, task.url)
            verdict = self._refuse(task, why, now)
        return self._count(verdict)

    def _count(self, verdict: Verdict) -> Verdict:
        self.verdicts[verdict] += 1
        return verdict

    def _done(self, task: Task, url: str) -> str:
        """Out of the queue, under the URL asked for and the one it led to."""
        for each in {task.url, url}:
            self.frontier.do("dequeue", url=each)
            self.frontier.do("mark_seen", url=each)
        return url

    def _sort(self, task: Task, page: Page, look: Look, place: Place, url: str) -> Verdict:
        now = page.fetched_at.timestamp()
        if look.error:
            begun = task.reason is Reason.START
            return self._fail(task, f"{look.error}; {BEGIN_ELSEWHERE}" if begun else look.error, now)
        self.frontier.do("heal", url=task.url)
        if look.platform and look.kind is not PageKind.OTHER and (look.links or look.rows or look.post_ids):
            self.frontier.do("learn_platform", platform=look.platform)
        match look.kind:
            case PageKind.LOGIN:
                return self._refuse(task, f"{task.url}: a login or permission wall", now)
            case PageKind.SCRIPT_ONLY:
                return self._fail(
                    task, f"{task.url}: shows nothing without JavaScript, which is not run", now
                )
            case PageKind.MISSING:
                how = f"not there ({page.status})" if page.is_gone else "the site says that it does not exist"
                return self._gone(task, now, f"{task.url}: {how}")
            case PageKind.NO_TALK:
                return self._refuse(task, f"{task.url}: nobody has said anything here, and nobody can", now)
            case PageKind.PAST_END:
                return self._beyond(task)
        if task.thread_id and look.is_list_of_unknown:
            self.frontier.do("end_thread", thread=task.thread_id, state="gone", now=now)
            task = replace(task, thread_id=None)
        if look.leads_nowhere or (task.thread_id and look.kind is not PageKind.THREAD):
            wanted = "a thread" if task.thread_id else "a listing or a thread"
            return self._fail(task, f"{task.url}: not {wanted}, as far as {look.platform} pages go", now)
        return self._content(task, page, look, place, url)

    def _content(self, task: Task, page: Page, look: Look, place: Place, url: str) -> Verdict:
        now = page.fetched_at.timestamp()
        kind = "thread" if look.kind is PageKind.THREAD else "board"
        ids = json.dumps(look.post_ids if kind == "thread" else [row.id for row in look.rows])
        twin = {"kind": kind, "thread": look.thread_id, "board": look.board_id, "posts": ids}
        if ids != "[]" and self.frontier.row("twin", url=url, cycle=self.cycle, **twin):
            return self._beyond(task)
        old = self.frontier.row("page", url=url)
        self._put(page, look, place, url, kind, ids, self._number(task, look, kind))
        if url != task.url:  # a board or thread that was renamed is held once, where it is now
            self.frontier.do("drop_page", url=task.url)
        changed = old is None or old["digest"] != look.digest
        follower = Follower(self.frontier, self.spec, self.cycle, now)
        if kind == "board":
            self._enqueue(follower.listing(task, look, old))
        elif thread_id := look.thread_id or task.thread_id:
            self._enqueue(self._threads(now).read(thread_id, task, look, old, changed))
            self._enqueue(follower.thread(task, look, task.is_whole or has_shifted(look, old)))
        is_front = look.kind is PageKind.INDEX or self.frontier.state().has_index
        if task.reason is Reason.START and is_front:
            stand = Newsstand(self.frontier, self.spec, self.cycle, now)
            self._enqueue(stand.offered(self._sources(page, look)))
        return Verdict.CONTENT if changed else Verdict.UNCHANGED

    def _sources(self, page: Page, look: Look) -> Iterator[str]:
        """Where this site may tell of changes; a sitemap's usual place where robots.txt names none."""
        yield from (link.url for link in look.links if link.kind is LinkKind.FEED)
        yield from self.sitemaps[:1] or [absolute(page.url, USUAL_SITEMAP)]
        yield from feeds_of(Document(page))

    def _threads(self, now: float) -> Threads:
        return Threads(self.frontier, self.cycle, self.low, self.high, now)

    def _enqueue(self, tasks: Iterable[Task]) -> None:
        for task in tasks:
            if is_of_web(task.url):  # not "http://[invalid", which no request can be made of
                self.frontier.enqueue(task)

    def _put(
        self, page: Page, look: Look, place: Place, url: str, kind: str, ids: str, number: int | None
    ) -> None:
        self.frontier.do(
            "put_page",
            url=url,
            kind=kind,
            thread=look.thread_id,
            board=look.board_id,
            number=number,
            posts=ids,
            digest=look.digest,
            etag=page.header("etag"),
            modified=_last_modified(page),
            now=page.fetched_at.timestamp(),
            cycle=self.cycle,
            file=place.file,
            offset=place.offset,
            length=place.length,
        )

    def _number(self, task: Task, look: Look, kind: str) -> int | None:
        """Of a thread page, as it says; a listing that a pass starts from is a first page."""
        if kind == "thread":
            return look.page_number
        is_start_board = task.reason is Reason.START and look.kind is PageKind.BOARD
        return 1 if is_start_board or task.reason is Reason.LISTING else None

    def _beyond(self, task: Task) -> Verdict:
        """A page after the last. Where one was held, the thread has lost pages: it is read from the start."""
        held = self.frontier.row("page", url=task.url)
        self.frontier.do("drop_page", url=task.url)
        known = self.frontier.thread(task.thread_id)
        if held and known and known["url"] != task.url:
            self.frontier.enqueue(from_the_start(known["thread_id"], known["url"]))
        return Verdict.UNCHANGED

    def _gone(self, task: Task, now: float, why: str) -> Verdict:
        """The thread was removed, or has fewer pages than before."""
        known = self.frontier.thread(task.thread_id)
        if known and known["url"] != task.url:
            return self._beyond(task)
        self.frontier.do("drop_page", url=task.url)
        self.frontier.do("heal", url=task.url)
        if known:
            self.frontier.do("end_thread", thread=task.thread_id, state="gone", now=now)
            if (known["listed_at"] or 0) >= (self.frontier.state().opened_at or 0):
                self._threads(now).learn(
                    known["thread_id"], changed=False
                )  # its board will show it again, and in vain
        if task.reason is Reason.START:
            return self._fail(task, why, now)
        self.notes.append(why)
        return Verdict.GONE

    def _refuse(self, task: Task, why: str, now: float) -> Verdict:
        self.frontier.do("heal", url=task.url)
        if task.thread_id:
            self.frontier.do("end_thread", thread=task.thread_id, state="refused", now=now)
        (self.failures if task.reason is Reason.START else self.notes).append(why)
        return Verdict.REFUSED

    def _fail(self, task: Task, why: str, now: float) -> Verdict:
        """A later run tries again; a thread that none could read is looked at as one that never changes."""
        known = self.frontier.thread(task.thread_id)
        if known and self._is_given_up(task.url):
            self._threads(now).learn(known["thread_id"], changed=False)
        self.frontier.do(
            "fail",
            url=task.url,
            why=why,
            reason=task.reason.value,
            thread=task.thread_id,
            whole=task.is_whole,
        )
        self.failures.append(why)
        return Verdict.FAILED

    def _is_given_up(self, url: str) -> bool:
        """Whether this try is the last of those that follow each other."""
        row = self.frontier.row("tries", url=url)
        return row is not None and row["tries"] + 1 >= MOST_TRIES


def _last_modified(page: Page) -> str | None:
    """The header where it tells anything."""
    value = page.header("last-modified")
    try:
        stated = parsedate_to_datetime(value) if value else None
        return value if stated and page.fetched_at - stated > FRESHLY_MADE else None
    except (ValueError, TypeError):
        return None
