"""Whole crawls of a forum whose lists name each thread by its last post: another address with every answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import quick
from trapsite import Reply, serving

from crawler.model import SiteSpec
from parse.urls import split


class Shed:
    """A repository of Fossil with a forum; threads are lists of posts, which are called by their hashes."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.url = ""
        self.threads = {"Lock": ["aaaaaaaa01", "aaaaaaaa02"], "Roof": ["bbbbbbbb01"], "Door": ["cccccccc01"]}

    def answer(self, path: str, _: object) -> Reply:
        self.log.append(path)
        parts = split(path)
        if parts.path == "/forum":
            rows = "".join(map(self.row, self.threads))
            return page("forum", f'<div class="forumPosts fileage"><table>{rows}</table></div>')
        asked = parts.path.removeprefix("/forumpost/")
        found = [title for title, posts in self.threads.items() if asked in posts]
        return page("forumpost", "".join(self.posts(found[0]))) if found else Reply(b"no", 404)

    def row(self, title: str) -> str:
        posts = self.threads[title]
        link = f"<a href='/forumpost/{posts[-1]}'>{title}</a>"
        return f"<tr><td>2.0 years ago</td><td>{link}</td><td>{len(posts)} posts spanning 3.0 days</td></tr>"

    def posts(self, title: str) -> Iterator[str]:
        for number, post in enumerate(self.threads[title], 1):
            yield (
                f"<div id='forum{number}' class='forumTime'>{f'<h1>{title}</h1>' if number == 1 else ''}"
                f"<h3 class='forumPostHdr'>({number}) By ann on 2024-04-0{number} 10:00:00\n"
                f"<a href='/forumpost/{post}000000'>[link]</a></h3>"
                f"<div class='forumPostBody'><p>Nobody has looked at it yet.</p></div></div>"
            )

    def asked(self) -> list[str]:
        """The threads asked for since the log was cleared."""
        return [path for path in self.log if path.startswith("/forumpost/")]


def page(name: str, content: str) -> Reply:
    body = f'<html><title>Shed: Forum</title><body class="rpage-{name}">{content}</body></html>'
    return Reply(body.encode(), headers={"Content-Type": "text/html"})


@pytest.fixture
def shed() -> Iterator[Shed]:
    site = Shed()
    with serving(site):
        yield site


def visit(shed: Shed, root: Path) -> list[str]:
    """Crawls once more; the threads that were asked for."""
    shed.log.clear()
    spec = SiteSpec(id="shed", start=(f"{shed.url}/forum",), delay=0, allow_private=True)
    (summary,) = quick.crawl([spec], root, contact="me@example.org")
    assert (summary.outcome, summary.failures) == ("finished", ())
    return sorted(shed.asked())


def test_threads_are_read_once_and_again_when_somebody_has_answered(shed: Shed, tmp_path: Path) -> None:
    first = visit(shed, tmp_path)
    assert first == [f"/forumpost/{each}?hist" for each in ("aaaaaaaa02", "bbbbbbbb01", "cccccccc01")]
    assert visit(shed, tmp_path) == []
    shed.threads["Lock"].append("aaaaaaaa03")
    assert visit(shed, tmp_path) == ["/forumpost/aaaaaaaa03?hist"]
    assert visit(shed, tmp_path) == []
    shed.threads["Roof"].append("bbbbbbbb02")
    shed.threads["Door"].append("cccccccc02")
    assert visit(shed, tmp_path) == ["/forumpost/bbbbbbbb02?hist", "/forumpost/cccccccc02?hist"]
