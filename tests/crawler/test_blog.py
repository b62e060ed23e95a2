"""Whole crawls of a blog: its front page lists articles and not what was last said, which its feed tells."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import quick
from trapsite import Reply, serving

from crawler.archive import read_pages
from crawler.model import SiteSpec, SiteSummary
from parse.registry import read


class Blog:
    """Articles by their number, each with comments on pages of two, the last of which is shown first."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.url = ""
        self.news: list[str] = []
        self.said = {1: [11], 2: [21, 22, 23, 24, 25], 3: [], 4: []}
        self.closed = {4}

    def answer(self, path: str, _: object) -> Reply:
        self.log.append(path)
        if path == "/comments/feed/":
            return Reply(self.feed().encode(), headers={"Content-Type": "application/rss+xml"})
        if path == "/":
            return self.page("home blog", "".join(map(self.row, self.said)))
        name, _, page = path.strip("/").partition("/comment-page-")
        number = int(name.removeprefix("article-")) if name.startswith("article-") else 0
        if number not in self.said or (page and int(page) >= self.last(number)):
            return Reply(b"no", 404)
        return self.page(
            f"single single-post postid-{number}", self.article(number, int(page or self.last(number)))
        )

    def last(self, number: int) -> int:
        return max(1, (len(self.said[number]) + 1) // 2)

    def row(self, number: int) -> str:
        return (
            f'<article class="post-{number} type-post"><h2><a href="/article-{number}/">N {number}</a></h2>'
            f'<a href="/author/ann/">Ann</a> <a href="/article-{number}/?replytocom=11#respond">Answer</a></article>'
        )

    def article(self, number: int, page: int) -> str:
        comments = self.said[number][2 * page - 2 : 2 * page]
        here = f"/article-{number}/" + (f"comment-page-{page}/" if self.last(number) > 1 else "")
        pages = [
            f"/article-{number}/comment-page-{n}/#comments" for n in range(1, self.last(number)) if n != page
        ]
        pages += [f"/article-{number}/#comments"] if page < self.last(number) else []
        form = '<form action="/wp-comments-post.php" id="commentform"></form>'
        return (
            f'<article id="post-{number}"><h1 class="entry-title">N {number}</h1>'
            f'<div class="entry-content"><p>Article {number}.</p></div></article>'
            + "".join(self.comment(each, here) for each in comments)
            + "".join(f'<a href="{each}">more</a>' for each in pages)
            + ("" if number in self.closed else form)
        )

    def comment(self, number: int, here: str) -> str:
        return (
            f'<div class="comment even depth-1" id="comment-{number}"><b class="fn">Guest</b>'
            f'<div class="comment-meta"><a href="{here}#comment-{number}">6 March 2025 at 10:00</a></div>'
            f'<div class="comment-content"><p>Comment {number}.</p></div>'
            f'<a class="comment-reply-link" href="{here}?replytocom={number}#respond">Answer</a></div>'
        )

    def feed(self) -> str:
        at = format_datetime(datetime.now(UTC) + timedelta(minutes=1))
        items = (f"<item><link>{self.url}{each}</link><pubDate>{at}</pubDate></item>" for each in self.news)
        return f'<rss version="2.0"><channel>{"".join(items)}</channel></rss>'

    def page(self, kind: str, content: str) -> Reply:
        head = '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
        page = f'<html><head>{head}</head><body class="{kind}">{content}</body></html>'
        return Reply(page.encode(), headers={"Content-Type": "text/html"})


@pytest.fixture
def blog() -> Iterator[Blog]:
    served = Blog()
    with serving(served):
        yield served


def crawl(blog: Blog, root: Path) -> SiteSummary:
    blog.log.clear()
    spec = SiteSpec(id="blog", start=(f"{blog.url}/",), delay=0, allow_private=True)
    (summary,) = quick.crawl([spec], root, contact="me@example.org")
    return summary


def held(root: Path) -> set[str]:
    pages = (page for file in (root / "blog").glob("*.warc.gz") for page in read_pages(file))
    threads = (
        thread for page in pages if b"<rss" not in page.body for thread in read(page, "wordpress").threads
    )
    return {post.id for thread in threads for post in thread.posts}


def test_all_comments_are_read_and_nothing_beside_them(blog: Blog, tmp_path: Path) -> None:
    summary = crawl(blog, tmp_path)
    assert (summary.outcome, summary.failures) == ("finished", ())
    assert held(tmp_path) == {"post-1", "post-2", "post-3", "11", "21", "22", "23", "24", "25"}
    assert not [path for path in blog.log if "replytocom" in path or "author" in path]
    assert len(blog.log) == len(set(blog.log))


def test_an_article_that_nobody_can_talk_below_is_told_of_and_left_alone(blog: Blog, tmp_path: Path) -> None:
    summary = crawl(blog, tmp_path)
    assert f"{blog.url}/article-4/: nobody has said anything here, and nobody can" in summary.notes
    crawl(blog, tmp_path)
    assert "/article-4/" not in blog.log


def test_the_feed_of_comments_tells_which_article_to_read_again(blog: Blog, tmp_path: Path) -> None:
    crawl(blog, tmp_path)
    blog.said[1].append(12)
    blog.said[2].append(26)
    blog.news += ["/article-1/#comment-12", "/article-2/comment-page-3/#comment-26"]
    assert crawl(blog, tmp_path).failures == ()
    assert {"12", "26"} <= held(tmp_path)
    assert "/article-3/" not in blog.log
