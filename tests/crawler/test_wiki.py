"""Whole crawls of a wiki: all talk of a page stands on it, until some of it is moved to an archive."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import quick
from trapsite import Reply, serving

from crawler.archive import read_pages
from crawler.model import SiteSpec, SiteSummary
from parse.registry import read


class Wiki:
    """A list of talk pages, each with sections of one comment."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.url = ""
        self.changed: list[str] = []
        self.talk = {"Talk:Shed": ["Lock", "Roof", "Door"], "Talk:Pond": ["Frogs"], "Talk:Hedge": []}

    def answer(self, path: str, _: object) -> Reply:
        self.log.append(path)
        if path.startswith("/w/index.php?title=Special:RecentChanges"):
            return Reply(self.changes().encode(), headers={"Content-Type": "application/atom+xml"})
        name = path.removeprefix("/wiki/")
        if name == "Special:AllPages":
            links = "".join(f'<li><a href="/wiki/{each}">x</a></li>' for each in self.talk if "/" not in each)
            return self.page("ns-special", f'<ul class="mw-allpages-chunk">{links}</ul>')
        if name not in self.talk:
            return Reply(b"no", 404)
        archives = [each for each in self.talk if each.startswith(f"{name}/")]
        links = "".join(f'<p><a href="/wiki/{each}">Archive</a></p>' for each in archives)
        said = "".join(map(self.section, self.talk[name]))
        return self.page("ns-talk", f'<div class="mw-parser-output">{links}{said}</div>')

    def section(self, title: str) -> str:
        user = f'<a href="/wiki/User:{title}_fan">Fan</a>'
        return f'<h2 id="{title}">{title}</h2><p>On it. {user} 10:00, 6 March 2025 (UTC)</p>'

    def changes(self) -> str:
        """What has changed since the last visit, as the site's feed tells it: with links to differences."""
        entries = "".join(
            f'<entry><link href="{self.url}/w/index.php?title={name}&amp;diff=2&amp;oldid=1"/>'
            f"<updated>{datetime.now(UTC) + timedelta(minutes=1):%Y-%m-%dT%H:%M:%SZ}</updated></entry>"
            for name in self.changed
        )
        return f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'

    def page(self, kind: str, content: str) -> Reply:
        feed = "/w/index.php?title=Special:RecentChanges&amp;feed=atom"
        head = f'''<head><meta name="generator" content="MediaWiki 1.41">
            <link rel="alternate" type="application/atom+xml" href="{feed}"></head>'''
        body = f'<body class="mediawiki {kind}"><div id="mw-content-text">{content}</div></body>'
        return Reply(f"<html>{head}{body}</html>".encode(), headers={"Content-Type": "text/html"})

    def asked(self) -> list[str]:
        return sorted(path.removeprefix("/wiki/") for path in self.log if path.startswith("/wiki/"))


@pytest.fixture
def wiki() -> Iterator[Wiki]:
    served = Wiki()
    with serving(served):
        yield served


def crawl(wiki: Wiki, root: Path) -> SiteSummary:
    wiki.log.clear()
    start = (f"{wiki.url}/wiki/Special:AllPages",)
    spec = SiteSpec(id="wiki", start=start, delay=0, allow_private=True)
    (summary,) = quick.crawl([spec], root, contact="me@example.org")
    return summary


def latest(root: Path) -> dict[str, list[str]]:
    """The titles of the sections of each page, as it was last seen."""
    pages = (page for file in sorted((root / "wiki").glob("*.warc.gz")) for page in read_pages(file))
    readings = {page.url.rpartition("/wiki/")[2]: read(page) for page in pages}
    return {
        name: [thread.title for thread in reading.threads]
        for name, reading in readings.items()
        if reading.is_board_whole
    }


def test_every_talk_page_is_read_with_its_archives(wiki: Wiki, tmp_path: Path) -> None:
    wiki.talk["Talk:Shed/Archive_1"] = ["Key"]
    summary = crawl(wiki, tmp_path)
    assert (summary.outcome, summary.failures) == ("finished", ())
    assert latest(tmp_path) == wiki.talk
    assert wiki.asked() == ["Special:AllPages", *sorted(wiki.talk)]


def test_when_talk_was_archived_archives_that_are_held_are_read_again(wiki: Wiki, tmp_path: Path) -> None:
    wiki.talk["Talk:Shed/Archive_1"] = ["Key"]
    crawl(wiki, tmp_path)
    wiki.talk["Talk:Shed/Archive_1"].append(wiki.talk["Talk:Shed"].pop(0))
    wiki.talk["Talk:Pond"].clear()
    wiki.changed += ["Talk:Shed", "Talk:Pond"]
    summary = crawl(wiki, tmp_path)
    assert (summary.outcome, summary.failures) == ("finished", ())
    assert latest(tmp_path) == wiki.talk
    assert "Talk:Hedge" not in wiki.asked()
