"""What waits to be fetched: each page once, in an order that gives content first, site by site."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crawler.frontier import NAME, Frontier, SiteFrontier, Task
from crawler.model import Reason

URL = "https://forum.example/t/1"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Frontier]:
    with closing(Frontier(tmp_path / NAME)) as frontier:
        yield frontier


@pytest.fixture
def site(file: Frontier) -> SiteFrontier:
    return SiteFrontier(file, "forum")


def task(url: str = URL, reason: Reason = Reason.FOLLOWING, *, is_whole: bool = False) -> Task:
    return Task(url=url, reason=reason, thread_id="1", is_whole=is_whole)


@pytest.mark.parametrize("first", [True, False])
def test_a_page_waits_once_and_with_its_whole_thread_where_anyone_wants_that(
    site: SiteFrontier, first: bool
) -> None:
    site.enqueue(task(is_whole=first))
    site.enqueue(task(is_whole=not first))
    assert site.take(10) == [task(is_whole=True)]


def test_what_is_taken_waits_on_until_it_was_dealt_with_and_then_comes_no_more(site: SiteFrontier) -> None:
    site.enqueue(task())
    assert site.take(10) == site.take(10) == [task()]
    site.do("dequeue", url=URL)
    site.do("mark_seen", url=URL)
    site.enqueue(task())
    assert site.take(10) == []
    site.do("forget_seen")  # the next pass
    site.enqueue(task())
    assert site.take(10) == [task()]


def test_threads_come_before_further_lists_and_otherwise_what_came_first(site: SiteFrontier) -> None:
    wanted = [Reason.START, Reason.NEW_THREAD, Reason.FOLLOWING, Reason.FURTHER_LISTING, Reason.ROTATION]
    for reason in (
        Reason.ROTATION,
        Reason.FURTHER_LISTING,
        Reason.NEW_THREAD,
        Reason.FOLLOWING,
        Reason.START,
    ):
        site.enqueue(task(f"https://forum.example/{reason.value}", reason))
    assert [each.reason for each in site.take(10)] == wanted
    assert [each.reason for each in site.take(2)] == wanted[:2]


def test_sites_share_the_file_and_nothing_in_it(file: Frontier, site: SiteFrontier) -> None:
    other = SiteFrontier(file, "other")
    site.enqueue(task())
    site.do("mark_seen", url="https://forum.example/t/2")
    other.enqueue(task("https://forum.example/t/2"))
    assert [each.url for each in site.take(10)] == [URL]
    assert [each.url for each in other.take(10)] == ["https://forum.example/t/2"]
    assert site.task_at("https://forum.example/t/2") is None


def test_of_what_fails_halfway_nothing_is_kept(site: SiteFrontier) -> None:
    def fail_halfway() -> None:
        with site.transaction():
            site.enqueue(task())
            raise KeyError

    with pytest.raises(KeyError):
        fail_halfway()
    assert site.take(10) == []
    with site.transaction():  # and the next one begins afresh
        site.enqueue(task())
    assert site.take(10) == [task()]
