"""What real forums do to crawlers. One forum with all of it, crawled once; each test looks at one trap."""

import gzip
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import quick
from trapsite import Reply, Site, Topic, page, pager, serving

from crawler.archive import read_pages
from crawler.model import SiteSpec, SiteSummary
from crawler.run import crawl
from parse.page import Page

LOGIN = "<form class='lia-login-form' id='LoginForm'><input name='password'></form>"


@dataclass
class Crawled:
    site: Site
    topics: dict[str, Topic]
    summary: SiteSummary
    pages: list[Page]

    def asked(self, name: str) -> list[str]:
        return self.site.asked(f"/td-p/{self.topics[name].id}")

    def archived(self, name: str) -> list[Page]:
        return [page for page in self.pages if f"/td-p/{self.topics[name].id}" in page.url]

    def said(self, name: str) -> str:
        lines = [*self.summary.failures, *self.summary.notes]
        return "\n".join(line for line in lines if f"/td-p/{self.topics[name].id}" in line)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    site = Site(sessions=True, rows=50, robots=b"User-agent: *\nDisallow: /t5/Hidden/\n")
    names = ("plain", "endless", "circular", "popup", "login", "abroad", "reset", "busy", "slow", "bomb", "huge",
             "liar", "script", "forbidden", "walled", "broken")  # fmt: skip
    topics = {name: site.topic("Traps", f"The {name} thread", 12 if name == "plain" else 7) for name in names}
    topics["hidden"] = site.topic("Hidden", "Not for robots", 3)
    root = tmp_path_factory.mktemp("traps")
    with serving(site):
        site.traps += [trap(site, topics) for trap in TRAPS]
        spec = SiteSpec(id="trap", start=(site.url,), delay=0, allow_private=True, timeout=1.5)
        (summary,) = crawl([spec], root, contact="me@example.org")
    pages = [page for file in (root / "trap").glob("*.warc.gz") for page in read_pages(file)]
    yield Crawled(site, topics, summary, pages)


def trap_endless(site: Site, topics: dict[str, Topic]):  # type: ignore[no-untyped-def]
    """Past the end comes the last page again, with a link to one page more, for ever."""
    topic = topics["endless"]

    def answer(path: str, headers: Mapping[str, str]) -> Reply | None:
        if f"/td-p/{topic.id}" not in path:
            return None
        number = int(path.partition("/page/")[2].partition(";")[0] or 1)
        last = site.thread(topic, min(number, 2)).partition("<div class='lia-paging")[0]
        return page(last + pager(topic.path, number, number + 1), "ForumTopicPage")

    return answer


def trap_circular(site: Site, topics: dict[str, Topic]):  # type: ignore[no-untyped-def]
    """Past the end comes the first page again, and the pager goes on."""
    topic = topics["circular"]

    def answer(path: str, headers: Mapping[str, str]) -> Reply | None:
        if f"/td-p/{topic.id}" not in path:
            return None
        number = int(path.partition("/page/")[2].partition(";")[0] or 1)
        shown = site.thread(topic, number if number < 3 else 1).partition("<div class='lia-paging")[0]
        return page(shown + pager(topic.path, number, number + 1), "ForumTopicPage")

    return answer


def trap_popup(site: Site, topics: dict[str, Topic]):  # type: ignore[no-untyped-def]
    """A hidden pager in the page leads into the board, whose pages never end."""
    topic = topics["popup"]
    popup = pager("/t5/Traps/bd-p/Traps", 1, 4000).replace("<div", "<div style='display:none'", 1)

    def answer(path: str, headers: Mapping[str, str]) -> Reply | None:
        if f"/td-p/{topic.id}" in path:
            return page(popup + site.thread(topic, 2 if "/page/2" in path else 1), "ForumTopicPage")
        if "/bd-p/Traps/page/" in path:
            number = int(path.partition("/page/")[2].partition(";")[0])
            return page(
                site.board("Traps", 1).partition("<div")[0] + pager("/t5/Traps/bd-p/Traps", number, 4000),
                "ForumPage",
            )
        return None

    return answer


def trap_fixed(site: Site, topics: dict[str, Topic]):  # type: ignore[no-untyped-def]
    """Threads that answer in one way."""
    port = site.url.rpartition(":")[2]
    html = {"Content-Type": "text/html; charset=utf-8"}
    liar = site.thread(topics["liar"], 1).replace("I would rather", "Grüße, ich würde lieber")
    fixed = {
        "login": Reply(b"", 302, {"Location": "/login?referer=x"}),
        "abroad": Reply(b"", 302, {"Location": f"http://localhost:{port}/stolen"}),
        "bomb": Reply(gzip.compress(b"<p>" + b" " * 60_000_000), 200, html | {"Content-Encoding": "gzip"}),
        "huge": Reply(b" " * 50_000_000, 200, html),
        "liar": Reply(page(liar, "ForumTopicPage").body, 200, {"Content-Type": "text/html; charset=iso-8859-1"}),
        "script": Reply(b"<html><body><noscript>Please enable JavaScript.</noscript><script>go()</script></body>", 200, html),
        "walled": Reply(b"members only", 403, html),
        "broken": Reply(b"oops", 500, html),
        "slow": Reply(b"<html>" + b" " * 1000, 200, html, drip=4.0),
    }  # fmt: skip

    def answer(path: str, headers: Mapping[str, str]) -> Reply | None:
        if path.startswith("/login"):
            return page(LOGIN, "LoginPage")
        return next((fixed[name] for name in fixed if f"/td-p/{topics[name].id}" in path), None)

    return answer


def trap_once(site: Site, topics: dict[str, Topic]):  # type: ignore[no-untyped-def]
    """Threads that answer well the second time."""
    first = {
        "reset": Reply(reset=True),
        "busy": Reply(b"later", 503, {"Retry-After": "1"}),
    }

    def answer(path: str, headers: Mapping[str, str]) -> Reply | None:
        name = next((name for name in first if f"/td-p/{topics[name].id}" in path), None)
        return first.pop(name) if name else None

    return answer


def trap_nowhere(site: Site, topics: dict[str, Topic]):  # type: ignore[no-untyped-def]
    """The listing leads to an address of which no request can be made."""

    def answer(path: str, headers: Mapping[str, str]) -> Reply | None:
        if not path.endswith("/bd-p/Traps"):
            return None
        bad = site.row(Topic(77, "Traps", "Nowhere", topics["plain"].entries), "Traps")
        bad = bad.replace("href='/", "href='http://[bad/")
        return page(site.board("Traps", 1).replace("<tr", bad + "<tr", 1), "ForumPage")

    return answer


TRAPS = (trap_nowhere, trap_endless, trap_circular, trap_popup, trap_fixed, trap_once)


def test_the_run_ends_and_says_what_it_left(crawled: Crawled) -> None:
    assert crawled.summary.outcome == "finished"
    assert crawled.summary.pages_failed == len(crawled.summary.failures)


def test_session_ids_are_neither_followed_nor_multiplied(crawled: Crawled) -> None:
    assert not [path for path in crawled.site.asked() if "jsessionid" in path]
    assert sorted(crawled.asked("plain")) == sorted(set(crawled.asked("plain")))
    assert len(crawled.asked("plain")) == 3


@pytest.mark.parametrize("name", ["endless", "circular"])
def test_a_pager_without_end_is_left_after_one_page(crawled: Crawled, name: str) -> None:
    assert len(crawled.asked(name)) == 3


def test_a_hidden_pager_of_the_board_is_not_the_thread_s(crawled: Crawled) -> None:
    assert len(crawled.asked("popup")) == 2
    assert len(crawled.site.asked("/bd-p/Traps")) < 4


def test_permalinks_and_other_views_are_not_fetched(crawled: Crawled) -> None:
    others = ("/m-p/", "profile", "print", "rss", "sort=", "jump-to")
    assert not [path for path in crawled.site.asked() if any(view in path for view in others)]


def test_a_redirect_to_the_login_is_a_wall_and_no_content(crawled: Crawled) -> None:
    assert "login or permission wall" in crawled.said("login")
    assert crawled.said("login").splitlines()[0] in crawled.summary.notes


def test_another_host_is_not_visited(crawled: Crawled) -> None:
    assert "/stolen" not in crawled.site.asked()
    assert "leads to localhost, a host that the configuration does not name" in crawled.said("abroad")


def test_a_broken_connection_is_tried_again(crawled: Crawled) -> None:
    assert len(crawled.archived("reset")) == 2
    assert crawled.said("reset") == ""


def test_a_busy_server_is_given_the_time_it_asks_for(crawled: Crawled) -> None:
    path = crawled.topics["busy"].path
    first, second = [asked.at for asked in crawled.site.log if asked.path == path][:2]
    assert second - first >= 1.0
    assert len(crawled.archived("busy")) == 2


def test_a_slow_server_is_not_waited_for_for_ever(crawled: Crawled) -> None:
    assert "no complete answer in time" in crawled.said("slow")


@pytest.mark.parametrize("name", ["bomb", "huge"])
def test_too_large_is_refused_and_said(crawled: Crawled, name: str) -> None:
    assert "larger than 32 MB" in crawled.said(name)


def test_a_charset_that_lies_harms_nothing(crawled: Crawled) -> None:
    first = crawled.archived("liar")[0]
    assert "Grüße".encode() in first.body
    assert crawled.said("liar") == ""


def test_a_javascript_wall_is_called_that(crawled: Crawled) -> None:
    assert "shows nothing without JavaScript" in crawled.said("script")


def test_a_closed_door_is_noted_and_a_broken_server_is_a_failure(crawled: Crawled) -> None:
    assert "not for guests (status 403)" in crawled.said("walled")
    assert crawled.said("walled") in crawled.summary.notes
    assert "status 500" in crawled.said("broken")
    assert crawled.said("broken") in crawled.summary.failures


def test_robots_txt_is_obeyed(crawled: Crawled) -> None:
    assert crawled.asked("hidden") == []
    assert not crawled.site.asked("/Hidden/")
    assert any("robots.txt forbids it" in note for note in crawled.summary.notes)


def test_every_thread_that_can_be_had_is_had(crawled: Crawled) -> None:
    for name, count in {"plain": 3, "endless": 3, "reset": 2, "busy": 2, "popup": 2}.items():
        assert len(crawled.archived(name)) == count, name


def test_the_user_agent_names_us_and_a_contact(crawled: Crawled) -> None:
    agents = {asked.headers["User-Agent"] for asked in crawled.site.log}
    assert len(agents) == 1
    assert agents.pop().endswith("(+me@example.org)")


def test_localhost_is_private_unless_said_otherwise(tmp_path: Path) -> None:
    with serving(Site()) as site:
        name = site.url.replace("127.0.0.1", "localhost")
        specs = [SiteSpec(id="a", start=(site.url,), delay=0), SiteSpec(id="b", start=(name,), delay=0)]
        literal, resolved = quick.crawl(specs, tmp_path, contact="me@example.org")
        assert site.log == []
    assert literal.outcome == "refused"
    assert "a private address; set allow_private" in literal.failures[0]
    assert resolved.outcome == "unreachable"
    assert "localhost resolves to 127.0.0.1, a private address" in resolved.failures[0]


def test_an_unreachable_host_costs_a_line(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    spec = SiteSpec(id="off", start=(f"http://127.0.0.1:{port}/",), delay=0, allow_private=True)
    (summary,) = quick.crawl([spec], tmp_path, contact="me@example.org")
    assert summary.outcome == "unreachable"
    assert len(summary.failures) == 1
    assert "refuses connections" in summary.failures[0]
