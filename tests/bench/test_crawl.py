"""How fast a whole crawl is with politeness off, how much memory it takes, and what a recrawl saves.

`pytest tests/bench/test_crawl.py --benchmark-only`; the figures stand under "extra info" (--benchmark-verbose)
and are printed.
"""

import asyncio
import importlib
import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "crawler"))
from trapsite import START, Site

TOPICS, POSTS_A_TOPIC, CHANGED = 400, 25, 20
CONTEXT = multiprocessing.get_context("spawn")
Pages = dict[str, bytes]


@dataclass
class Served:
    url: str
    control: Connection

    def next_week(self) -> None:
        self.control.send("next")
        self.control.recv()


def forum() -> Site:
    site = Site(rows=40, page_size=POSTS_A_TOPIC)
    for n in range(TOPICS):
        topic = site.topic(f"Board{n % 4}", f"Thread {n}", POSTS_A_TOPIC, START + timedelta(hours=n))
        for entry in topic.entries:
            entry.text = (
                f"{entry.text} " + "The fee was charged twice and nobody at support would say why. " * 3
            )
    return site


def change(site: Site) -> list[int]:
    """A week in which 5 % of the threads get a reply each. Returns the new posts."""
    topics = list(site.topics.values())[:: TOPICS // CHANGED]
    week = START + timedelta(days=30)
    return [
        site.post(topic, "A week later", week + timedelta(minutes=n)).id for n, topic in enumerate(topics)
    ]


def rendered(site: Site) -> Pages:
    """Every page of the forum, ready to be sent: the server must not be what is measured."""
    paths, found = ["/"], Pages()
    for n in range(4):
        paths += [
            f"/t5/Board{n}/bd-p/Board{n}",
            *(f"/t5/Board{n}/bd-p/Board{n}/page/{p}" for p in range(2, 4)),
        ]
    for topic in site.topics.values():
        paths += [topic.path, f"{topic.path}/page/2"] if len(topic.entries) > POSTS_A_TOPIC else [topic.path]
    for path in paths:
        body = site.answer(path, {}).body
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
        found[path] = head.encode() + body
    return found


class Answer(asyncio.Protocol):
    pages: Pages

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: Any = transport

    def data_received(self, data: bytes) -> None:
        path = data.split(b" ", 2)[1].decode()
        self.transport.write(self.pages.get(path, b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"))


def serve(control: Connection) -> None:
    async def main() -> None:
        site = forum()
        Answer.pages = rendered(site)
        server = await asyncio.get_running_loop().create_server(Answer, "127.0.0.1", 0)
        control.send(server.sockets[0].getsockname()[1])
        while await asyncio.to_thread(control.recv) == "next":
            change(site)
            Answer.pages = rendered(site)
            control.send("done")

    asyncio.run(main())


@pytest.fixture
def served() -> Iterator[Served]:
    ours, theirs = CONTEXT.Pipe()
    process = CONTEXT.Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    yield Served(f"http://127.0.0.1:{ours.recv()}/", ours)
    ours.send("stop")
    process.join()


def measured(url: str, root: Path) -> dict[str, Any]:
    """One crawl in a process of its own: its summary, seconds and memory without Python's start."""
    ours, theirs = CONTEXT.Pipe()
    process = CONTEXT.Process(target=_measure, args=(url, root, theirs))
    process.start()
    found: dict[str, Any] = ours.recv()
    process.join()
    return found


def _measure(url: str, root: Path, out: Connection) -> None:
    import quick

    for module in quick._modules():
        importlib.import_module(module)
    from crawler.crawling import crawl_here
    from crawler.model import SiteSpec

    spec = SiteSpec(id="bench", start=(url,), delay=0, allow_private=True)
    bounds = (timedelta(0), timedelta(days=30))
    begin = time.perf_counter()
    (summary,) = crawl_here([spec], root, contact="bench", bounds=bounds, tell=lambda *_: None)
    seconds = time.perf_counter() - begin
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    out.send({"summary": summary, "seconds": seconds, "megabytes": memory, "reader_megabytes": children})


def test_full_crawl(benchmark: Any, served: Served, tmp_path: Path) -> None:
    full = benchmark.pedantic(measured, args=(served.url, tmp_path), rounds=1)
    pages, seconds = full["summary"].pages_fetched, full["seconds"]
    figures = {
        "pages": pages,
        "pages_per_second": round(pages / seconds),
        "posts_per_second": round(TOPICS * POSTS_A_TOPIC / seconds),
        "megabytes": full["megabytes"],
        "reader_megabytes": full["reader_megabytes"],  # most of it shared with the crawl, being its fork
    }
    benchmark.extra_info.update(figures)
    print(figures)
    assert full["summary"].outcome == "finished"
    assert pages == TOPICS + 1 + 4 * 3


def test_recrawl_after_a_week(benchmark: Any, served: Served, tmp_path: Path) -> None:
    full = measured(served.url, tmp_path)["summary"]
    served.next_week()
    again = benchmark.pedantic(measured, args=(served.url, tmp_path), rounds=1)["summary"]
    ratio = again.requests / full.requests
    benchmark.extra_info.update(requests=again.requests, of=full.requests, ratio=round(ratio, 3))
    print(f"recrawl: {again.requests} of {full.requests} requests, {ratio:.1%}")
    assert again.outcome == "finished"
    assert ratio <= 0.12
    assert new_posts(tmp_path) == CHANGED


def new_posts(root: Path) -> int:
    from crawler.archive import read_pages

    files = sorted((root / "bench").glob("*.gz"))
    return sum(page.body.count(b"A week later") for file in files for page in read_pages(file))
