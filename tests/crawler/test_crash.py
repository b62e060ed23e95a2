"""A crawl is killed, its disk loses what was not yet written down: nothing is lost, nothing is doubled."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from quick import crawl, crawl_on_small_disk, start
from trapsite import START, Site, serving

from crawler.archive import CutArchive, read_pages
from crawler.model import CrawlError, SiteSpec
from crawler.run import past_runs
from crawler.settings import PARALLEL
from parse.page import Page

KILLS = 50


@pytest.fixture
def site() -> Site:
    site = Site(rows=20)
    for n in range(60):
        site.topic("Talk", f"Thread {n}", 9, START + timedelta(hours=n))
    return site


def spec_of(site: Site) -> SiteSpec:
    return SiteSpec(id="site", start=(site.url,), delay=0, allow_private=True)


def archived(root: Path) -> list[Page]:
    return [page for file in sorted((root / "site").glob("*.gz")) for page in read_pages(file)]


def contents(pages: list[Page]) -> dict[str, str]:
    return {page.url: page.content_sha256 for page in pages}


@pytest.mark.slow
def test_killed_fifty_times_it_ends_where_an_undisturbed_crawl_does(site: Site, tmp_path: Path) -> None:
    for n in range(300):
        site.topic("Talk", f"Further thread {n}", 9, START + timedelta(hours=n, minutes=30))
    with serving(site):
        crawl([spec_of(site)], tmp_path / "calm", contact="me@example.org")
        asked_calmly = len(site.asked())
        site.log.clear()
        kills = random.Random(6)
        for _ in range(KILLS):
            kill_at(kills.randint(0, 4), kills.uniform(0, 0.006), site, tmp_path / "stormy")
            damage_tail(tmp_path / "stormy", kills)
        (last,) = crawl([spec_of(site)], tmp_path / "stormy", contact="me@example.org")
    assert last.outcome == "finished"
    assert last.failures == ()
    calm, stormy = archived(tmp_path / "calm"), archived(tmp_path / "stormy")
    assert contents(stormy) == contents(calm)
    # What was in flight at a kill, and only that, may have been asked for twice; the archive holds it once.
    # A pass that ends before the last kill is followed by another, which looks at the listings again.
    assert len(site.asked()) <= asked_calmly + KILLS * PARALLEL
    times = Counter(page.url for page in stormy if "/td-p/" in page.url)
    assert max(times.values()) == 1


def kill_at(request: int, later: float, site: Site, root: Path) -> None:
    """Starts a crawl and kills it so many seconds after so many requests, whatever it is at."""
    process = start([spec_of(site)], root, contact="me@example.org", recrawl_max=timedelta(30), out=None)
    wait_for(site, len(site.log) + request, process)
    time.sleep(later)
    process.kill()
    process.join()


def test_stopped_twice_in_a_hurry_the_next_run_still_fetches_all(site: Site, tmp_path: Path) -> None:
    """Ctrl-C reaches every process of the terminal, the crawling one twice: that cancels what is in flight."""
    with serving(site):
        crawl([spec_of(site)], tmp_path / "calm", contact="me@example.org")
        for _ in range(4):
            process = start(
                [replace(spec_of(site), delay=0.2)],  # so that one is waiting for its turn at any time
                tmp_path / "hasty",
                contact="me@example.org",
                recrawl_max=timedelta(30),
                out=None,
            )
            wait_for(site, len(site.log) + 3, process)
            for _ in range(2):
                with suppress(ProcessLookupError):  # it may be gone by the second
                    os.kill(process.pid or 0, signal.SIGINT)
                time.sleep(0.03)
            process.join()
        (last,) = crawl([spec_of(site)], tmp_path / "hasty", contact="me@example.org")
    assert last.failures == ()
    assert contents(archived(tmp_path / "hasty")) == contents(archived(tmp_path / "calm"))
    stops = past_runs(tmp_path / "hasty")[:-1]
    assert any(run.outcome == "interrupted" for run in stops)
    assert [failure for run in stops for failure in run.failures] == []


def wait_for(site: Site, requests: int, process: BaseProcess) -> None:
    deadline = time.monotonic() + 20
    while len(site.log) < requests and process.is_alive() and time.monotonic() < deadline:
        time.sleep(0.001)


def damage_tail(root: Path, chance: random.Random) -> None:
    """What a power loss leaves: half a record at the end of the file."""
    for file in (root / "site").glob("*.gz"):
        if chance.random() < 0.5:
            with file.open("ab") as out:
                out.write(b"\x1f\x8b\x08\x00" + chance.randbytes(chance.randint(1, 500)))


def test_pages_that_a_power_loss_took_are_fetched_again(site: Site, tmp_path: Path) -> None:
    with serving(site):
        crawl([spec_of(site)], tmp_path, contact="me@example.org")
        whole = contents(archived(tmp_path))
        (file,) = (tmp_path / "site").glob("*.gz")
        os.truncate(file, file.stat().st_size // 2)
        with pytest.warns(CutArchive, match="cut off at byte"):
            kept = len(contents(archived(tmp_path)))
        site.log.clear()
        (summary,) = crawl([spec_of(site)], tmp_path, contact="me@example.org")
    assert summary.outcome == "finished"
    assert contents(archived(tmp_path)) == whole
    assert len(site.asked()) <= len(whole) - kept + 3


@pytest.mark.parametrize("told", ["", '{"sites": [{"id": '])
def test_a_crawling_process_whose_command_was_stopped_first_ends_without_a_word(told: str) -> None:
    command = [sys.executable, "-P", "-m", "crawler.child"]
    ended = subprocess.run(command, input=told, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_a_lost_frontier_is_rebuilt_from_the_archive(site: Site, tmp_path: Path) -> None:
    with serving(site):
        crawl([spec_of(site)], tmp_path, contact="me@example.org")
        for file in tmp_path.glob("frontier.sqlite*"):
            file.unlink()
        site.log.clear()
        (summary,) = crawl([spec_of(site)], tmp_path, contact="me@example.org")
    assert summary.outcome == "finished"
    assert len(site.asked()) <= 5


def test_a_frontier_that_is_none_is_named(site: Site, tmp_path: Path) -> None:
    (tmp_path / "frontier.sqlite").write_bytes(b"not a database, and long enough to be taken for one" * 50)
    with serving(site), pytest.raises(CrawlError, match=r"frontier\.sqlite: .*move it away"):
        crawl([spec_of(site)], tmp_path, contact="me@example.org")


def test_two_crawls_of_one_archive_do_not_mix(site: Site, tmp_path: Path) -> None:
    with serving(site):
        slow = SiteSpec(id="site", start=(site.url,), delay=0.2, allow_private=True)
        first = start([slow], tmp_path, contact="me@example.org", recrawl_max=timedelta(30), out=None)
        try:
            wait_for(site, 2, first)
            with pytest.raises(CrawlError, match=rf"in use by a crawl \(process {first.pid} on "):
                crawl([spec_of(site)], tmp_path, contact="me@example.org")
        finally:
            first.kill()
            first.join()
        (summary,) = crawl([spec_of(site)], tmp_path, contact="me@example.org")
    assert summary.outcome == "finished"


@pytest.mark.parametrize("limit", [200_000, 1_000_000])
def test_a_full_disk_ends_the_run_and_loses_nothing(site: Site, tmp_path: Path, limit: int) -> None:
    with serving(site):
        said = crawl_on_small_disk([spec_of(site)], tmp_path, contact="me@example.org", limit=limit)
        assert "nothing more is fetched" in said
        (after,) = crawl([spec_of(site)], tmp_path, contact="me@example.org")
    assert after.outcome == "finished"
    urls = [page.url for page in archived(tmp_path)]
    assert len(urls) == len(set(urls)) == 124
