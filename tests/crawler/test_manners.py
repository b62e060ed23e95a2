"""Cookies and passwords stay secret; who asks for time gets it; what robots.txt does not say is not assumed."""

import gzip
import time
from collections.abc import Iterator, Mapping
from email.utils import formatdate
from pathlib import Path

import pytest
from quick import crawl
from trapsite import Reply, Site, page, serving

from crawler.addresses import host_of, hosts_of, is_public
from crawler.model import CrawlError, SiteSpec, SiteSummary

SECRET = "s3cr3t-session"
PASSWORD = "Basic aHVudGVyMg=="


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    site.topic("Talk", "One thread", 3)
    with serving(site):
        yield site


def visit(site: Site, root: Path, **spec: object) -> SiteSummary:
    values: dict[str, object] = {"start": (site.url,), "delay": 0, "allow_private": True} | spec
    (summary,) = crawl([SiteSpec(id="site", **values)], root, contact="me@example.org")  # type: ignore[arg-type]
    return summary


def test_cookies_and_headers_are_sent_and_never_kept(site: Site, tmp_path: Path) -> None:
    def session(path: str, headers: Mapping[str, str]) -> Reply | None:
        if path != "/":
            return None
        shown = page(site.index(), "CommunityPage")
        return Reply(shown.body, 200, shown.headers | {"Set-Cookie": "sid=renewed-s3cr3t; Path=/"})

    site.traps.append(session)
    cookies = tmp_path / "cookies.txt"
    cookies.write_text(
        f"# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t4000000000\tlogin\t{SECRET}\n"
    )
    root = tmp_path / "archive"
    summary = visit(site, root, cookies=cookies, headers=(("Authorization", PASSWORD), ("X-Key", SECRET)))
    assert summary.outcome == "finished"
    threads = [asked for asked in site.log if "/td-p/" in asked.path]
    assert all(f"login={SECRET}" in asked.headers["Cookie"] for asked in threads)
    assert all("sid=renewed-s3cr3t" in asked.headers["Cookie"] for asked in threads)
    assert all(
        (asked.headers["Authorization"], asked.headers["X-Key"]) == (PASSWORD, SECRET) for asked in threads
    )
    kept = b"".join(
        gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        for file in root.rglob("*")
        if file.is_file()
    )
    assert b"One thread" in kept
    assert b"s3cr3t" not in kept
    assert PASSWORD.encode() not in kept


def test_a_session_goes_before_the_one_that_a_stranger_gets_with_robots_txt(
    site: Site, tmp_path: Path
) -> None:
    """Also where the file gives no end for it (0), as exports of browsers do."""

    def robots(path: str, headers: Mapping[str, str]) -> Reply | None:
        return Reply(b"", 200, {"Set-Cookie": "sid=stranger; Path=/"}) if path == "/robots.txt" else None

    site.traps.append(robots)
    cookies = tmp_path / "cookies.txt"
    cookies.write_text("# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tsid\tmember\n")
    assert visit(site, tmp_path / "archive", cookies=cookies).outcome == "finished"
    pages = [asked for asked in site.log if asked.path != "/robots.txt"]
    assert {asked.headers["Cookie"] for asked in pages} == {"sid=member"}


def test_a_cookie_file_of_another_kind_is_named(site: Site, tmp_path: Path) -> None:
    wrong = tmp_path / "cookies.txt"
    wrong.write_text('{"login": "s3cr3t"}')
    with pytest.raises(CrawlError, match=r"cookies\.txt: no cookies\.txt in Netscape format") as error:
        visit(site, tmp_path / "archive", cookies=wrong)
    assert "s3cr3t" not in str(error.value)


def test_a_crawl_delay_is_kept(site: Site, tmp_path: Path) -> None:
    site.robots = b"User-agent: *\nCrawl-delay: 0.4\n"
    assert visit(site, tmp_path).outcome == "finished"
    times = [asked.at for asked in site.log]
    assert len(times) == 5  # robots.txt, sitemap.xml, index, board, thread
    assert times[-1] - times[1] >= 0.6  # two pauses of 0.4, and room for a machine that is busy


def test_requests_of_a_polite_crawl_are_spaced(site: Site, tmp_path: Path) -> None:
    assert visit(site, tmp_path, delay=0.3).outcome == "finished"
    times = [asked.at for asked in site.log]
    assert times[-1] - times[0] >= 0.7  # three pauses of 0.3, and room for a machine that is busy


def test_too_long_a_wait_is_left_to_the_next_run(site: Site, tmp_path: Path) -> None:
    def flooded(path: str, headers: Mapping[str, str]) -> Reply | None:
        return Reply(b"", 429, {"Retry-After": "3600"}) if "/bd-p/" in path else None

    site.traps.append(flooded)
    first = visit(site, tmp_path)
    assert first.outcome == "asked to wait"
    assert "come back in 3600 s" in first.notes[0]
    assert len(site.asked("/bd-p/")) == 1
    site.traps.clear()
    assert visit(site, tmp_path).outcome == "finished"


@pytest.mark.parametrize(("status", "written"), [(429, "seconds"), (503, "date"), (429, "date")])
def test_a_server_that_asks_for_time_gets_it(site: Site, tmp_path: Path, status: int, written: str) -> None:
    wait = {"seconds": lambda: "2", "date": lambda: formatdate(time.time() + 3, usegmt=True)}
    asked_at: list[float] = []

    def busy(path: str, headers: Mapping[str, str]) -> Reply | None:
        if "/bd-p/" not in path:
            return None
        asked_at.append(time.monotonic())
        return Reply(b"", status, {"Retry-After": wait[written]()}) if len(asked_at) == 1 else None

    site.traps.append(busy)
    summary = visit(site, tmp_path)
    assert (summary.outcome, summary.failures) == ("finished", ())
    assert asked_at[1] - asked_at[0] >= 1.9  # a date has whole seconds


def test_a_broken_page_asks_for_no_time(site: Site, tmp_path: Path) -> None:
    """Only "too many requests" and "not now" are a server's word on when to come back."""
    broken = Reply(b"oops", 502, {"Retry-After": "3600"})
    site.traps.append(lambda path, _: broken if "/td-p/" in path else None)
    summary = visit(site, tmp_path)
    assert (summary.outcome, summary.pages_failed) == ("finished", 1)


@pytest.mark.parametrize(("failing", "failed"), [(2, 0), (3, 1)])
def test_a_page_is_asked_for_three_times_and_no_more(
    site: Site, tmp_path: Path, failing: int, failed: int
) -> None:
    def broken(path: str, headers: Mapping[str, str]) -> Reply | None:
        return Reply(b"oops", 502) if "/td-p/" in path and len(site.asked("/td-p/")) <= failing else None

    site.traps.append(broken)
    summary = visit(site, tmp_path)
    assert summary.pages_failed == failed
    assert len(site.asked("/td-p/")) == 3


@pytest.mark.parametrize("status", [500, 429])
def test_no_page_is_fetched_while_robots_txt_cannot_be_had(site: Site, tmp_path: Path, status: int) -> None:
    site.traps.append(lambda path, _: Reply(b"oops", status) if path == "/robots.txt" else None)
    summary = visit(site, tmp_path)
    assert summary.outcome == "unreachable"
    assert "nothing is fetched without robots.txt" in summary.failures[0]
    assert site.asked() == []


def test_a_site_that_forbids_everything_is_left_alone(site: Site, tmp_path: Path) -> None:
    site.robots = b"User-agent: *\nDisallow: /\n"
    summary = visit(site, tmp_path)
    assert summary.outcome == "refused"
    assert "robots.txt forbids it" in summary.failures[0]
    assert site.asked() == []


def test_pages_asked_for_at_once_all_wait_for_what_robots_txt_says(site: Site, tmp_path: Path) -> None:
    site.topic("Hidden", "Not for robots", 3)
    site.robots = b"User-agent: *\nDisallow: /t5/Hidden/\n"
    open_board, hidden = (f"{site.url}/t5/{name}/bd-p/{name}" for name in ("Talk", "Hidden"))
    summary = visit(site, tmp_path, start=(open_board, hidden, f"{hidden}/page/2"))
    assert site.asked("/t5/Hidden/") == []
    assert all("robots.txt forbids it" in failure for failure in summary.failures)
    assert len(summary.failures) == 2


def test_an_unknown_platform_is_archived_and_named(site: Site, tmp_path: Path) -> None:
    site.traps.append(lambda path, _: Reply(b"<p>A page</p>") if path == "/" else None)
    summary = visit(site, tmp_path)
    assert summary.outcome == "failed"
    assert site.url in summary.failures[0]
    assert b"A page" in gzip.decompress(next((tmp_path / "site").glob("*.gz")).read_bytes())


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("not an address", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_site_is_its_host_and_port() -> None:
    assert hosts_of(["https://A.example/x"]) == {("a.example", 443), ("a.example", 80)}
    assert hosts_of(["http://a.example:8080/"]) == {("a.example", 8080)}
    assert host_of("ftp://a.example/") == host_of("http://[broken") == ("", 0)


def test_a_forum_that_is_all_for_members_is_a_failure_in_every_run(site: Site, tmp_path: Path) -> None:
    def members_only(path: str, headers: Mapping[str, str]) -> Reply | None:
        return Reply(b"<html><body>No.</body></html>", 403) if "/td-p/" in path else None

    site.traps.append(members_only)
    for _ in range(2):
        (failure,) = visit(site, tmp_path).failures
        assert failure.startswith("of 1 threads none could be read: a login, a permission or robots.txt")


def test_a_login_that_runs_out_is_a_failure_and_one_thread_for_members_is_none(
    site: Site, tmp_path: Path
) -> None:
    topics = [site.topic("Talk", f"Thread {number}", 2) for number in range(4)]
    assert visit(site, tmp_path).failures == ()
    closed: set[str] = set()

    def members_only(path: str, headers: Mapping[str, str]) -> Reply | None:
        is_closed = any(f"/td-p/{number}" in path for number in closed)
        return Reply(b"<html><body>No.</body></html>", 403) if is_closed else None

    site.traps.append(members_only)
    closed.add(str(topics[0].id))
    site.post(topics[0], "One more.", topics[0].entries[-1].at)
    assert visit(site, tmp_path).failures == ()
    closed |= {str(topic.id) for topic in topics}
    for topic in topics[1:]:
        site.post(topic, "One more.", topic.entries[-1].at)
    (failure,) = visit(site, tmp_path).failures
    assert failure.startswith("of 3 threads asked for none could be read")


def test_a_forum_that_only_asks_to_come_back_another_day_is_a_failure(site: Site, tmp_path: Path) -> None:
    def busy(path: str, headers: Mapping[str, str]) -> Reply | None:
        return None if path == "/robots.txt" else Reply(b"busy", 503, {"Retry-After": "86400"})

    site.traps.append(busy)
    summary = visit(site, tmp_path)
    assert summary.outcome == "asked to wait"
    assert "the server asks to come back in 86400 s" in summary.failures[0]


def test_a_forum_that_denies_what_its_boards_list_is_a_failure(site: Site, tmp_path: Path) -> None:
    """Half repaired, say: the index works, and every thread "does not exist"."""
    topics = [site.topic("Talk", f"Thread {number}", 2) for number in range(4)]
    assert visit(site, tmp_path).failures == ()
    site.traps.append(lambda path, _: site.missing() if "/td-p/" in path else None)
    site.post(topics[0], "One more.", topics[0].entries[-1].at)
    assert visit(site, tmp_path).failures == ()
    for topic in topics[1:]:
        site.post(topic, "One more.", topic.entries[-1].at)
    (failure,) = visit(site, tmp_path).failures
    assert "that its boards list none is there" in failure


def test_a_forum_that_has_moved_says_where_and_what_to_do_in_one_line(site: Site, tmp_path: Path) -> None:
    assert visit(site, tmp_path).failures == ()
    moved = site.url.replace("127.0.0.1", "localhost")
    site.traps.append(lambda path, _: Reply(b"", 301, {"Location": f"{moved}{path}"}))
    (failure,) = visit(site, tmp_path).failures
    assert "leads to localhost, a host that the configuration does not name" in failure
    assert "if the forum has moved there, add it to start" in failure
