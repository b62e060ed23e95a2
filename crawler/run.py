"""Crawls from outside: in a process of its own, since Scrapy's loop can start only once in each."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from crawler import cycle
from crawler.frontier import NAME, Frontier, SiteFrontier
from crawler.model import RECRAWL_MAX, RECRAWL_MIN, CrawlError, FetchDecision, SiteSpec, SiteSummary
from crawler.stopping import signals_held

_SUMMARY = TypeAdapter(SiteSummary)
Progress = Callable[[int, str], None]
"""Told how many pages were dealt with, and the last one."""


def crawl(
    sites: Sequence[SiteSpec],
    archive: Path,
    *,
    contact: str | None,
    progress: Progress | None = None,
    recrawl_min: timedelta = RECRAWL_MIN,
    recrawl_max: timedelta = RECRAWL_MAX,
) -> list[SiteSummary]:
    """Fetches what is new or changed on each site into `archive`, and returns a summary of each.

    What a run leaves unfinished, the next one goes on with. `contact` becomes part of the User-Agent.
    `recrawl_min` and `recrawl_max` bound the interval at which a thread is looked at of which no listing
    tells; after `recrawl_max` at the latest every page of every thread is read again. Raises CrawlError
    when nothing could be done at all.
    """
    job = {
        "sites": [asdict(spec) for spec in sites],
        "archive": str(archive.resolve()),
        "contact": contact,
        "recrawl_min": recrawl_min.total_seconds(),
        "recrawl_max": recrawl_max.total_seconds(),
    }
    for done, message in enumerate(_messages(job), start=1):
        if "error" in message:
            raise CrawlError(message["error"])
        if "summaries" in message:
            return [_SUMMARY.validate_python(values) for values in message["summaries"]]
        if progress:
            progress(done, message["url"])
    raise CrawlError("the crawl ended without a word (killed?); the same command again goes on from there")


def plan(
    sites: Sequence[SiteSpec], archive: Path, *, recrawl_max: timedelta = RECRAWL_MAX
) -> list[FetchDecision]:
    """What the next run would fetch before it knows what listings say, and why. Fetches nothing."""
    if not (archive / NAME).exists():
        return [
            FetchDecision(site_id=spec.id, url=task.url, reason=task.reason)
            for spec in sites
            for task in cycle.start_tasks(spec, spec.platform)
        ]
    with closing(Frontier(archive / NAME)) as frontier:
        return [
            decision
            for spec in sites
            for decision in _decisions(SiteFrontier(frontier, spec.id), spec, recrawl_max)
        ]


def past_runs(archive: Path) -> list[SiteSummary]:
    """Every run on this archive, oldest first; one that died has the outcome `died` and no counts."""
    if not (archive / NAME).exists():
        return []
    with closing(Frontier(archive / NAME)) as frontier:
        return [
            _SUMMARY.validate_json(row["summary"]) if row["summary"] else _died(dict(row))
            for row in frontier.runs()
        ]


def platforms(archive: Path) -> dict[str, str]:
    """What the sites of this archive are made with, as far as their crawls have found."""
    if not (archive / NAME).exists():
        return {}
    with closing(Frontier(archive / NAME)) as frontier:
        return frontier.platforms()


def _decisions(frontier: SiteFrontier, spec: SiteSpec, rotation: timedelta) -> Iterator[FetchDecision]:
    now = datetime.now(UTC).timestamp()
    tasks = {task.url: task for task in frontier.planned()}
    if not cycle.is_resumable(frontier.state(), now):
        tasks |= {task.url: task for task in cycle.seeds(frontier, spec, rotation, now)}
    for task in tasks.values():
        yield FetchDecision(site_id=spec.id, url=task.url, reason=task.reason, thread_id=task.thread_id)


def _messages(job: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the crawling process tells. It ends with us: its stdin does."""
    command = [sys.executable, "-P", "-m", "crawler.child"]
    with signals_held():
        child = subprocess.Popen(  # noqa: S603 - our own module, in our own interpreter
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
    with child:
        assert child.stdin
        assert child.stdout
        child.stdin.write(json.dumps(job, default=str) + "\n")
        child.stdin.flush()
        for line in child.stdout:
            yield json.loads(line)


def _died(row: dict[str, Any]) -> SiteSummary:
    started = datetime.fromtimestamp(row["started_at"], UTC)
    return SiteSummary(
        site_id=row["site_id"],
        run_id=row["run_id"],
        started_at=started,
        finished_at=None,
        pages_fetched=0,
        pages_unchanged=0,
        pages_failed=0,
        bytes_received=0,
        outcome="died",
    )
