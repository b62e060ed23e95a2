"""One pass over a site: what it starts from, how a run that died is taken up, how it ends."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from crawler.addresses import host_of, hosts_of
from crawler.frontier import SiteFrontier, SiteState, Task, as_task
from crawler.look import canonical
from crawler.model import Reason, SiteSpec
from crawler.recrawl import has_shrunk, is_behind, is_told_of, rotation_due
from parse.urls import without_mark

RESUME_WITHIN = timedelta(days=1)
"""A pass that stopped longer ago goes on as well, but reads the listings anew."""
SURVEY_EVERY = timedelta(days=1)
"""Locks, moves and new titles show in listings only, so that all of these are read as often as this."""
_FORGET_AT = ("drop_queue_at", "drop_pages_at", "drop_sources_at", "drop_failed_at", "reopen_at")
MOST_TRIES = 5
"""Runs in a row in which a page is tried. A thread that could not be read is then tried ever more rarely."""


def begin(frontier: SiteFrontier, spec: SiteSpec, rotation: timedelta, now: float) -> int:
    """Opens a pass, or takes up the open one, and returns its number."""
    with frontier.transaction():
        if not is_resumable(frontier.state(), now):
            frontier.do("open_cycle", now=now)
            frontier.do("forget_seen")
            for task in seeds(frontier, spec, rotation, now):
                frontier.enqueue(task)
    return frontier.state().cycle


def leave_behind(frontier: SiteFrontier, spec: SiteSpec) -> int:
    """Forgets the pages at addresses that are no longer the site's; returns how many.

    What threads they were and what listings said of them stays: one that the new place lists as it was is
    not fetched again.
    """
    own, left = hosts_of(spec.start), 0
    with frontier.transaction():
        for row in frontier.rows("origins"):
            if host_of(origin := row["origin"]) not in own:
                left += frontier.count("pages_at", origin=origin)
                for name in _FORGET_AT:
                    frontier.do(name, origin=origin)
        if left:
            frontier.do("close_cycle")  # a pass over the old place is not gone on with
    return left


def is_resumable(site: SiteState, now: float) -> bool:
    """Whether a pass is open and young enough to go on with as it stands."""
    return site.is_open and now - (site.opened_at or 0) < RESUME_WITHIN.total_seconds()


def end(frontier: SiteFrontier, spec: SiteSpec) -> bool:
    """Closes the pass if nothing is left to fetch; whether it did."""
    if frontier.count("queued"):
        return False
    with frontier.transaction():
        site = frontier.state()
        frontier.do("drop_reflowed", cycle=site.cycle)
        if all(board["cycle"] >= site.cycle for board in boards(frontier, spec)[0]):
            frontier.do("put_survey", at=site.opened_at)
            frontier.do("judge", cycle=site.cycle, opened=site.opened_at)
        frontier.do("forget_seen")
        frontier.do("close_cycle")
    return True


def seeds(frontier: SiteFrontier, spec: SiteSpec, rotation: timedelta, now: float) -> Iterator[Task]:
    """The pages a pass begins with, and why; listings add to them. What stood at an address that is no longer
    the site's waits until a listing tells where it stands now."""
    own = hosts_of(spec.start)
    return (task for task in _seeds(frontier, spec, rotation, now) if host_of(task.url) in own)


def _seeds(frontier: SiteFrontier, spec: SiteSpec, rotation: timedelta, now: float) -> Iterator[Task]:
    yield from start_tasks(spec, spec.platform or frontier.state().platform)
    if relies_on_news(frontier, rotation, now):
        sources = frontier.rows("best_source")
    else:
        sources = frontier.rows("due_sources", again=now - rotation.total_seconds())
        yield from listings(frontier, spec)
    for row in sources:
        yield Task(url=row["url"], reason=Reason.NEWS)
    for row in frontier.rows("failed", most=MOST_TRIES, start=Reason.START.value):
        yield as_task(row)
    left_out = {board["board_id"] for board in boards(frontier, spec)[1]} - {None}
    for known in frontier.rows("known_threads"):
        if known["board_id"] not in left_out:
            yield from _thread_seed(frontier, known, rotation, now)


def relies_on_news(frontier: SiteFrontier, rotation: timedelta, now: float) -> bool:
    """Whether a feed or sitemap is read in place of the listings: it is trusted, the survey is recent."""
    last = frontier.row("survey")
    longest = min(SURVEY_EVERY, rotation).total_seconds()
    is_recent = last is not None and now - last["surveyed_at"] < longest
    return is_recent and frontier.count("trusted_sources") > 0


def listings(frontier: SiteFrontier, spec: SiteSpec) -> Iterator[Task]:
    """The first page of every board that is known."""
    for row in boards(frontier, spec)[0]:
        yield Task(url=row["url"], reason=Reason.LISTING)


def boards(frontier: SiteFrontier, spec: SiteSpec) -> tuple[list[sqlite3.Row], list[sqlite3.Row]]:
    """The first pages of the boards that are known: of those that are read, and of those that the
    configuration takes in no more."""
    starts = {task.url for task in start_tasks(spec, spec.platform or frontier.state().platform)}
    found: tuple[list[sqlite3.Row], list[sqlite3.Row]] = [], []
    for row in frontier.rows("board_pages"):
        found[not (spec.allows(row["url"]) or row["url"] in starts)].append(row)
    return found


def start_tasks(spec: SiteSpec, platform: str | None) -> Iterator[Task]:
    for url in spec.start:
        yield Task(url=canonical(with_path(url), platform), reason=Reason.START, is_whole=True)


def _thread_seed(
    frontier: SiteFrontier, known: sqlite3.Row, rotation: timedelta, now: float
) -> Iterator[Task]:
    if known["state"] == "refused":
        if now >= (known["state_at"] or 0) + rotation.total_seconds():
            yield task_for(frontier, known, Reason.DUE_THREAD)
    elif known["fetched_at"] is None:
        if now >= (known["due_at"] or 0):
            yield task_for(frontier, known, Reason.NEW_THREAD)
    elif rotation_due(known, rotation, now):
        yield task_for(frontier, known, Reason.ROTATION)
    elif is_behind(known):
        yield task_for(frontier, known, Reason.CHANGED_THREAD)
    elif not is_told_of(known) and now >= (known["due_at"] or 0):
        yield task_for(frontier, known, Reason.DUE_THREAD)


def task_for(frontier: SiteFrontier, known: sqlite3.Row, reason: Reason) -> Task:
    """How a thread is read: from its first page on, or from the last page held."""
    is_whole = reason in (Reason.NEW_THREAD, Reason.ROTATION) or has_shrunk(known)
    url: str = known["url"]
    if not is_whole:
        last = frontier.row("last_page", thread=known["thread_id"])
        is_further = last and (last["page_number"] is not None or without_mark(last["url"]) == url)
        url = last["url"] if last and is_further else url
    return Task(url=url, reason=reason, thread_id=known["thread_id"], is_whole=is_whole)


def with_path(url: str) -> str:
    """`https://a.example` and `https://a.example/` are one page."""
    return url if urlsplit(url).path else urlsplit(url)._replace(path="/").geturl()
