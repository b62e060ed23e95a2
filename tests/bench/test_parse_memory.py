"""Memory over a long archive: `pytest tests/bench/test_parse_memory.py -p no:xdist --benchmark-only -s`.

A made archive of small thread pages goes through `folkmoot parse`; what the command and its helpers hold in
memory is read off while it runs. Minutes, not seconds: PAGES=100000 in the environment for the whole length.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Archive
from crawler.model import Fetched

PAGES = int(os.environ.get("PAGES", "10000"))
POSTS_A_PAGE, PAGES_A_THREAD = 5, 4
FETCHED = datetime(2026, 11, 1, tzinfo=UTC)
SAYING = """
    the client asked for a refund after delivery and support closed my ticket without reading it again so i would
    rather pay a small fee than lose three weeks of work please show how often somebody cancels before we accept
"""
WORDS = SAYING.split()


def _post(number: int) -> str:
    said = " ".join(WORDS[(number * step) % len(WORDS)] for step in range(3, 63))
    return (
        f'<div id="p{number}" class="post"><dl class="postprofile"><dt><a href="./memberlist.php?u={number % 9973}" '
        f'class="username">User {number % 9973}</a></dt></dl><div class="postbody"><div id="post_content{number}">'
        f'<p class="author"><time datetime="2024-05-13T10:{number % 60:02}:05+00:00"></time></p>'
        f'<div class="content">{number}: {said}.<br>{said[::2]}</div></div></div></div>'
    )


def _page(number: int) -> tuple[str, bytes]:
    thread, place = divmod(number, PAGES_A_THREAD)
    first = number * POSTS_A_PAGE
    start = f"&start={place * POSTS_A_PAGE}" if place else ""
    pager = "".join(
        f'<a href="./viewtopic.php?t={thread}&amp;start={other * POSTS_A_PAGE}">{other + 1}</a>'
        for other in range(PAGES_A_THREAD)
    )
    body = (
        f'<html><head><title>Thread {thread}</title></head><body id="phpbb" class="section-viewtopic">'
        f'<h2 class="topic-title"><a href="./viewtopic.php?t={thread}">Thread {thread}</a></h2>'
        f'<div class="pagination">{pager}</div>'
        + "".join(_post(first + i) for i in range(POSTS_A_PAGE))
        + "</body></html>"
    )
    return f"https://forum.example.org/viewtopic.php?t={thread}{start}", body.encode()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    made = Archive(tmp_path, "forum")
    for number in range(PAGES):
        url, body = _page(number)
        made.append(
            Fetched(
                url=url,
                status=200,
                headers=(("content-type", "text/html"),),
                body=body,
                fetched_at=FETCHED,
                request_headers=(),
                run_id="bench",
                is_page=True,
            )
        )
    made.close()
    return tmp_path / "forum"


def _tree(pid: int) -> Iterator[int]:
    yield pid
    children = Path(f"/proc/{pid}/task/{pid}/children")
    for child in children.read_text().split() if children.exists() else ():
        yield from _tree(int(child))


def _megabytes(pid: int) -> int:
    """What a process and its children hold by themselves, in megabytes."""
    pages = 0
    for each in _tree(pid):
        file = Path(f"/proc/{each}/statm")
        if file.exists():
            resident, shared = file.read_text().split()[1:3]
            pages += int(resident) - int(shared)
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def parsed(archive: Path, db: Path) -> dict[str, Any]:
    """Parses in a process of its own; the memory at twenty moments of the run, evenly spread."""
    command = [sys.executable, "-m", "folkmoot.cli", "parse", str(archive), "--warehouse", str(db)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seen: list[int] = []
    while running.poll() is None:
        seen.append(_megabytes(running.pid))
        time.sleep(0.25)
    assert running.returncode == 0
    return {"peak": max(seen), "course": seen[:: max(1, len(seen) // 20)]}


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_memory_over_an_archive(benchmark: Any, archive: Path, tmp_path: Path) -> None:
    found = benchmark.pedantic(lambda: parsed(archive, tmp_path / "w.duckdb"), rounds=1)
    benchmark.extra_info.update(pages=PAGES, **found)
    print(PAGES, "pages:", found)
