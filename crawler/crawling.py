"""A run from end to end, in the process that Scrapy has to itself."""

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.downloadermiddlewares import cookies
from tldextract import TLDExtract

from crawler import cycle
from crawler.absorb import BEGIN_ELSEWHERE, Absorber, Verdict
from crawler.archive import Archive
from crawler.cookies import load_cookies
from crawler.frontier import NAME, Frontier, SiteFrontier
from crawler.lock import holding
from crawler.model import SiteSpec, SiteSummary
from crawler.reader import Read, Reader, collect_rarely, read_here
from crawler.recover import cut_tails, take_in_unknown
from crawler.settings import settings_for
from crawler.spider import Job, SiteSpider
from crawler.stopping import Stopping

if TYPE_CHECKING:
    from asyncio import Task

MANY_WALLS = 3
"""Threads of one pass: fewer may have gone behind a wall by chance."""
_BEHIND_A_WALL = (
    "could be read: a login, a permission or robots.txt stands before them; where you may, take a login "
    "along (cookies = in the configuration)"
)
_DENIED = "is there, says the forum; is it being repaired, or for members only? Nothing is taken for removed"
_MOVED = "were held from addresses that are no longer in the configuration; their threads are looked for at"
Tell = Callable[[str, str], None]
"""Told a site id and a URL, once for every page that was dealt with."""


def crawl_here(
    sites: Sequence[SiteSpec],
    root: Path,
    *,
    contact: str | None,
    bounds: tuple[timedelta, timedelta],
    tell: Tell,
    lifeline: int | None = None,
) -> list[SiteSummary]:
    """Crawls every site, side by side, in this process: once only, since Scrapy's loop cannot start twice.

    `bounds` are those of a thread's recrawl interval. When the file descriptor `lifeline` comes to its end,
    the crawl finishes what is in flight and stops. Raises CrawlError: another crawl holds the archive, a
    cookies file is unusable, the disk is full.
    """
    with ExitStack() as stack:
        read = _reading(sites, stack)
        stack.enter_context(holding(root / "crawl.lock", "a crawl"))
        frontier = Frontier(root / NAME)
        stack.callback(frontier.close)
        jobs = [stack.enter_context(_job(spec, root, frontier, bounds, tell, read)) for spec in sites]
        for job, task in zip(jobs, _run(jobs, contact, lifeline), strict=True):
            _note_crash(job, task)
        return [_summary(job) for job in jobs]


def _run(jobs: Sequence[Job], contact: str | None, lifeline: int | None) -> "list[Task[None]]":
    _stay_offline()
    process = AsyncCrawlerProcess({"LOG_ENABLED": False, "TWISTED_REACTOR_ENABLED": False})
    logging.getLogger("scrapy").setLevel(logging.CRITICAL)  # lines that nobody sees are not even made
    collect_rarely()
    tasks = [process.crawl(Crawler(SiteSpider, settings_for(j.spec, contact)), job=j) for j in jobs]
    Stopping(process, tasks).listen(lifeline)
    process.start(install_signal_handlers=False)
    return tasks


def _reading(sites: Sequence[SiteSpec], stack: ExitStack) -> Read:
    """Beside the crawl where nothing slows it down; a polite one has time to read."""
    if all(spec.delay for spec in sites):
        return read_here
    reader = Reader.forked()
    stack.callback(reader.close)
    return reader.read


def _stay_offline() -> None:
    """Which domains are public, Scrapy's cookies look up in a list that is fetched, unless the one built in
    is asked for."""
    cookies._split_domain = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


@contextmanager
def _job(
    spec: SiteSpec,
    root: Path,
    file: Frontier,
    bounds: tuple[timedelta, timedelta],
    tell: Tell,
    read: Read,
) -> Iterator[Job]:
    own_cookies = load_cookies(spec.cookies) if spec.cookies else []
    started, run_id = datetime.now(UTC), uuid4().hex
    frontier = SiteFrontier(file, spec.id)
    with frontier.transaction():
        platform = spec.platform or frontier.state().platform
        frontier.do("add_run", run=run_id, now=started.timestamp())
    known = cut_tails(frontier, root)
    left = cycle.leave_behind(frontier, spec)
    absorber = Absorber(
        frontier=frontier, spec=spec, cycle=frontier.state().cycle, low=bounds[0], high=bounds[1]
    )
    take_in_unknown(absorber, root, known, platform)
    if left:
        absorber.notes.append(f"{left} pages {_MOVED} {', '.join(spec.start)}")
    absorber.cycle = cycle.begin(frontier, spec, bounds[1], started.timestamp())
    archive = Archive(root, spec.id)
    try:
        yield Job(
            spec=spec,
            run_id=run_id,
            started_at=started,
            frontier=frontier,
            archive=archive,
            absorber=absorber,
            platform=platform,
            cookies=own_cookies,
            read=read,
            tell=lambda url: tell(spec.id, url),
        )
    finally:
        archive.close()


def _note_crash(job: Job, task: "Task[None]") -> None:
    """An error of Scrapy's own machinery, rather than of a page; or nobody waited for its end."""
    if task.cancelled():
        job.stopped = job.stopped or "interrupted"
    error = None if task.cancelled() else task.exception()
    if error:
        job.absorber.failures.append(f"{job.spec.id}: {type(error).__name__}: {error}")
        job.stopped = "failed"
    if job.wreck:
        job.absorber.failures.append(str(job.wreck))


def _summary(job: Job) -> SiteSummary:
    """Ends the run: what came of it, noted in the frontier too."""
    absorber = job.absorber
    saved = job.frontier.count("held_elsewhere", cycle=absorber.cycle)
    finished = not job.stopped and cycle.end(job.frontier, job.spec)
    # Of a forum that gave nothing at all somebody must hear, however politely it asked to come back.
    is_shut = job.stopped == "asked to wait" and not any(absorber.verdicts.values())
    summary = SiteSummary(
        site_id=job.spec.id,
        run_id=job.run_id,
        started_at=job.started_at,
        finished_at=datetime.now(UTC),
        pages_fetched=job.pages,
        pages_unchanged=absorber.verdicts[Verdict.UNCHANGED],
        pages_failed=absorber.verdicts[Verdict.FAILED],
        bytes_received=job.bytes_received,
        outcome=_outcome(job, finished),
        requests=job.requests,
        requests_saved=saved if finished else 0,
        failures=(
            *absorber.failures,
            *(walls := tuple(_walls(job))),
            *(_emptiness(job) if finished and not walls else ()),
            *(absorber.notes if is_shut else ()),
        ),
        notes=() if is_shut else tuple(absorber.notes),
    )
    with job.frontier.transaction():
        text = json.dumps(asdict(summary), default=str)
        job.frontier.do("end_run", run=job.run_id, summary=text)
    return summary


def _walls(job: Job) -> Iterator[str]:
    """A thread for members is left alone; where all are, there is nothing to study, and somebody must hear of
    it: a login has run out, or the forum closed its doors."""
    row = job.frontier.row("walls", since=job.started_at.timestamp())
    assert row is not None
    none_read = row["read_now"] == 0
    if row["ever_read"] == 0 < row["refused"]:
        yield f"of {row['refused']} threads none {_BEHIND_A_WALL}"
    elif none_read and row["refused_now"] >= MANY_WALLS:
        yield f"of {row['refused_now']} threads asked for none {_BEHIND_A_WALL}"
    elif none_read and row["denied_now"] >= MANY_WALLS:
        yield f"of {row['denied_now']} threads that its boards list none {_DENIED}"


def _emptiness(job: Job) -> Iterator[str]:
    """A crawl that ends without a thread, and without a word on why, began in the wrong place."""
    said = job.absorber.failures or job.absorber.verdicts[Verdict.REFUSED]
    if job.pages and not said and job.frontier.count("threads_read") == 0:
        yield (
            f"{', '.join(job.spec.start)}: nothing here leads to a thread, as far as "
            f"{job.frontier.state().platform or 'these'} pages go; {BEGIN_ELSEWHERE}"
        )


def _outcome(job: Job, finished: bool) -> str:
    if job.stopped:
        return job.stopped
    if not finished:
        return "limit"
    verdicts = job.absorber.verdicts
    if job.pages == 0 and verdicts[Verdict.REFUSED]:
        return "refused"
    return "failed" if job.pages == 0 and verdicts[Verdict.FAILED] else "finished"
