"""Crawls as `crawler.run.crawl` does, in a process of its own, but one that has Scrapy imported already.

Importing takes longer than crawling a forum of fifty pages. `tests/crawler/test_traps.py` goes the long way.
"""

import multiprocessing
from collections.abc import Sequence
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from scrapy.settings import default_settings

from crawler.model import CrawlError, SiteSpec, SiteSummary
from crawler.settings import settings_for
from parse import registry


def _modules() -> list[str]:
    """What a crawl imports on its way: Scrapy looks its parts up by name only then."""
    ours = settings_for(SiteSpec(id="any", start=("http://127.0.0.1/",)), "nobody")
    named = [
        *default_settings.DOWNLOADER_MIDDLEWARES_BASE,
        *default_settings.SPIDER_MIDDLEWARES_BASE,
        *default_settings.EXTENSIONS_BASE,
        *ours["DOWNLOADER_MIDDLEWARES"],
        *ours["DOWNLOAD_HANDLERS"].values(),
        ours["SCHEDULER"],
    ]
    platforms = [f"parse.platforms.{name}" for name in registry.platforms()]
    return ["crawler.crawling", *platforms, *{str(name).rpartition(".")[0] for name in named}]


CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(_modules())


def crawl(
    sites: Sequence[SiteSpec], archive: Path, *, contact: str, recrawl_max: timedelta = timedelta(days=30)
) -> list[SiteSummary]:
    ours, theirs = CONTEXT.Pipe()
    process = start(sites, archive, contact=contact, recrawl_max=recrawl_max, out=theirs)
    theirs.close()
    try:
        answer: Any = ours.recv()
    finally:
        process.join()
    if isinstance(answer, Exception):
        raise answer
    return list(answer)


def start(
    sites: Sequence[SiteSpec], archive: Path, *, contact: str, recrawl_max: timedelta, out: Connection | None
) -> BaseProcess:
    """A crawl that runs beside the test, to be waited for or killed."""
    process = CONTEXT.Process(target=_crawl, args=(list(sites), archive, contact, recrawl_max, out))
    process.start()
    return process


def _crawl(
    sites: list[SiteSpec], archive: Path, contact: str, recrawl_max: timedelta, out: Connection | None
) -> None:
    from crawler.crawling import crawl_here

    bounds = (timedelta(0), recrawl_max)
    answer: object
    try:
        answer = crawl_here(sites, archive, contact=contact, bounds=bounds, tell=_nobody)
    except CrawlError as error:
        answer = error
    if out:
        out.send(answer)


def _nobody(site_id: str, url: str) -> None:
    pass


def crawl_on_small_disk(sites: Sequence[SiteSpec], archive: Path, *, contact: str, limit: int) -> str:
    """A crawl for which no file can grow beyond `limit` bytes; what it says of that."""
    ours, theirs = CONTEXT.Pipe()
    process = CONTEXT.Process(target=_limited, args=(limit, list(sites), archive, contact, theirs))
    process.start()
    theirs.close()
    answer: Any = ours.recv()
    process.join()
    return str(answer) if isinstance(answer, Exception) else "\n".join(answer[0].failures)


def _limited(limit: int, sites: list[SiteSpec], archive: Path, contact: str, out: Connection) -> None:
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing beyond the limit then fails with EFBIG
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    _crawl(sites, archive, contact, timedelta(days=30), out)
