"""A page's reading is its own, however many are asked for at once and whatever becomes of the reader."""

import asyncio
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from trapsite import Site

from crawler.look import Look, look_at
from crawler.reader import Reader
from parse.page import Page

SITE = Site()
TOPICS = [SITE.topic("Talk", f"Thread {n}", 3) for n in range(20)]


def pages() -> list[Page]:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    made = [(f"http://127.0.0.1:1{topic.path}", SITE.answer(topic.path, {}).body) for topic in TOPICS]
    return [Page(url=url, body=body, fetched_at=at, content_type="text/html") for url, body in made]


async def ask(reader: Reader) -> list[Look]:
    return await asyncio.gather(*(reader.read(page, "khoros") for page in pages()))


def asked(reader: Reader) -> list[Look]:
    """In a thread of its own: a browser test before this one may have left a running loop in ours."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, ask(reader)).result()


def test_answers_go_to_who_asked() -> None:
    reader = Reader.forked()
    looks = asked(reader)
    reader.close()
    assert looks == [look_at(page, "khoros") for page in pages()]


def test_a_reader_that_dies_costs_one_page() -> None:
    reader = Reader.forked()
    os.kill(reader.pid, signal.SIGKILL)
    looks = asked(reader)
    reader.close()
    assert [look.thread_id for look in looks[1:]] == [str(topic.id) for topic in TOPICS[1:]]
    assert looks[0].error is None or "killed the reader" in looks[0].error


@pytest.mark.parametrize("turns", [1, 5], ids=["before it was asked", "before it was answered"])
def test_who_stops_waiting_leaves_the_others_their_answers(turns: int) -> None:
    async def ask_and_stop(reader: Reader) -> list[Look]:
        first, *others = [asyncio.create_task(reader.read(page, "khoros")) for page in pages()[:4]]
        for _ in range(turns):
            await asyncio.sleep(0)
        first.cancel()
        return await asyncio.wait_for(asyncio.gather(*others), 10)

    reader = Reader.forked()
    with ThreadPoolExecutor(1) as pool:
        looks = pool.submit(asyncio.run, ask_and_stop(reader)).result()
    reader.close()
    assert looks == [look_at(page, "khoros") for page in pages()[1:4]]
