"""Many pages are read on several processes, and it shows in nothing but the time."""

from dataclasses import replace
from datetime import UTC, datetime

from folkmoot.readers import LEAST, MUCH, Readers, Source, parts_by_thread, read_pages
from folkmoot.reading import ParseSummary, load_sources
from parse.page import Page
from parse.threads import assemble, is_whole, resolve
from warehouse.store import writing

MANY = MUCH // LEAST
FETCHED = datetime(2026, 11, 20, tzinfo=UTC)


def source(number, body=None):
    post = (
        f'<table id="post{number}"><tr><td class="thead">05-01-2024, 10:00 AM</td></tr><tr><td>'
        f'<a class="bigusername" href="member.php?u={number % 7}">Member {number % 7}</a></td></tr>'
        f'<tr><td><div id="post_message_{number}">Words of {number}.</div></td></tr></table>'
    )
    url = f"https://forum.example.org/showthread.php?t={number // 3}&page={number % 3 + 1}"
    html = f"<html><head><title>Fees</title></head><body>{post}</body></html>" if body is None else body
    return Source(Page(url=url, body=html.encode(), fetched_at=FETCHED), "forum.example.org")


def test_pages_are_read_in_order_on_as_many_processes_as_there_are():
    many = [source(number) for number in range(MANY + 30)]
    many[40] = source(40, "")
    batches = [many, [source(900)], many[:MANY]]
    with Readers() as readers:
        found = list(readers.ahead(batches))
    assert [batch for batch, _ in found] == batches
    for batch, read in found:
        alone = read_pages(batch)
        assert read.readings == alone.readings
        assert read.failures == alone.failures
    (failure,) = found[0][1].failures
    assert "t=13&page=2" in failure
    assert "empty" in failure
    assert found[0][1].readings[40] is None
    assert found[0][1].readings[41].threads[0].posts[0].text == "Words of 41."


def test_threads_come_resolved_from_other_processes_where_all_their_pages_were_read_together():
    many = [source(number) for number in range(MANY + 2)]
    with Readers() as readers:
        ((_, read),) = readers.ahead([many])
    parts = parts_by_thread(zip(many, read.readings, strict=True))
    assert {site for site, _ in read.whole} == {"forum.example.org"}
    resolved = {thread.id: thread for _, thread in read.whole}
    assert len(resolved) == len(read.whole) > MANY // 3 * 0.9
    assert all(is_whole(parts[name]) for name in resolved)
    assert all(thread == resolve(assemble(None, parts[name])) for name, thread in resolved.items())


def test_nothing_is_read_from_no_pages():
    with Readers() as readers:
        assert list(readers.ahead([])) == []


def test_pages_of_two_crawls_are_not_loaded_together(tmp_path, monkeypatch):
    """Else an archive that is read anew tells of other changes than its crawls did, each read by itself."""
    loaded = []
    monkeypatch.setattr(
        "folkmoot.reading._load_site",
        lambda *given: loaded.append([source.page.run_id for source, _ in given[2]]),
    )
    crawled = [replace(source(n), page=replace(source(n).page, run_id=run)) for n, run in enumerate("aabcc")]
    with writing(tmp_path / "w.duckdb") as db:
        load_sources(db, crawled, ParseSummary(), lambda *_: None)
    assert loaded == [["a", "a"], ["b"], ["c", "c"]]
