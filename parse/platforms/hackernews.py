"""Hacker News: its pages, the items of its API (Firebase), and the trees and hits of its search (Algolia).

Pages before 2017 have fewer classes and numbers: the words of a story are what stands below its line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, count_in, first, number_in, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.model import Author, Link, LinkKind, PageKind, Post, PostState, Reading, Thread, ThreadRow
from parse.page import Document
from parse.quotes.plain import Body
from parse.software.hackernews_json import SITE, read_json, shape
from parse.urls import tidy

_ITEM = re.compile(r"\bitem\?id=(\d+)")
_STONES = {"[deleted]": PostState.REMOVED, "[flagged]": PostState.HIDDEN, "[dead]": PostState.HIDDEN}


class HackerNews(HtmlPlatform):
    name = "hackernews"
    marks = (
        Mark("comtr", "tr.athing.comtr, table.comment-tree", 0.95),
        Mark("hnmain", "table#hnmain, center > #hnmain", 0.95),
        Mark("fatitem", "table.fatitem", 0.9),
    )
    table = Selectors(
        post="table.fatitem, tr.athing.comtr",
        body=".commtext, .toptext, div.comment > span[class^=c], span.comment, "
        ".fatitem tr:has(> .subtext) ~ tr > td:last-child:not(:has(form))",
        author='a.hnuser, .subtext a[href*="user?id="], .comhead a[href*="user?id="]',
        time=".age",
        permalink=".age a[href]",
        likes=".score",
        title=".fatitem .titleline a, .fatitem :is(.onstory, .storyon) a, .fatitem a.storylink",
        pager="a.morelink",
        row="tr.athing:not(.comtr, .fatitem *)",
        row_link=".titleline a, a.storylink",
        board_page="#hnmain .itemlist",
    )
    quotes = QuoteMarkup(drop=(".reply",))
    thread_url = _ITEM
    board_url = re.compile(r"/(news|newest|front|ask|show|best|active|jobs)(?=[?#]|\Z)")
    offset_url = re.compile(r"[?&]p=(\d+)")
    significant = ("id", "p")
    user_url = re.compile(r"(?!)")

    def canonical(self, url: str) -> str:
        return tidy(url) if "ycombinator.com" not in url else super().canonical(url)

    def detect(self, doc: Document) -> float:
        return super().detect(doc) if doc.json is None else 0.95 * bool(shape(doc.json, doc.page.url))

    def read(self, doc: Document) -> Reading:
        if doc.json is None:
            return super().read(doc)
        reading = Reading(platform=self.name, kind=PageKind.OTHER, canonical_url=self.canonical(doc.page.url))
        return read_json(doc.json, doc.page.url, reading)

    def post_id(self, node: LexborNode) -> str | None:
        bearer = node if node.tag == "tr" else node.css_first("tr.athing[id]")
        m = _ITEM.search(attribute(first(node, self.table.permalink), "href"))
        return number_in(attribute(bearer, "id")) or (m and m[1])

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        found = super().author(node, sight)
        return found and replace(found, login=found.name)

    def position(self, node: LexborNode) -> int | None:
        """Comments are ranked anew all day; only the story's place is certain."""
        return 1 if _is_story(node) else None

    def time_shown(self, node: LexborNode | None) -> str:
        """The title is "2024-05-01T10:00:00 1714557600"."""
        exact = attribute(node, "title").split()
        return f"{exact[0]}Z" if exact else text_of(node)

    def state(self, node: LexborNode, body: Body) -> PostState:
        said = f"{text_of(node.css_first('.comhead'))} {text_of(node.css_first('.comment'))}"
        if body.text and body.text not in _STONES:
            said = text_of(node.css_first(".comhead"))
        return next((state for stone, state in _STONES.items() if stone in said), PostState.VISIBLE)

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """A comment answers the last one before it that is indented less, or what stands above them all."""
        posts, above = [], list[tuple[int, str]]()
        for node, post in found:
            indent = -1 if node.tag == "table" else _indent(node)
            while above and above[-1][0] >= indent:
                above.pop()
            parent = above[-1][1] if above else self.parent_linked(node, sight)
            above.append((indent, post.id))
            words = "" if post.text in _STONES else post.text
            posts.append(replace(post, reply_to=parent, text=words))
        return posts

    def parent_linked(self, node: LexborNode, sight: Sight) -> str | None:
        """What a page's first level answers: the comment's stated parent, or the story of a later page."""
        if node.tag == "table":
            links = (attribute(link, "href") for link in node.css(":is(.navs, .par) a[href]"))
            return next((m[1] for href in links if (m := _ITEM.search(href))), None)
        m = _ITEM.search(self.own_url(sight))
        return m[1] if m else None

    def thread_id(self, sight: Sight, posts: Sequence[Post], url: str) -> str:
        """A comment's own page names its story."""
        story = _ITEM.search(
            attribute(sight.doc.tree.css_first(".fatitem :is(.onstory, .storyon) a[href]"), "href")
        )
        return story[1] if story else super().thread_id(sight, posts, url)

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        found = super().thread(sight, posts, url)
        opened = found.posts and found.posts[0].position == 1
        return replace(
            found, url=f"{SITE}/item?id={found.id}", started_at=found.started_at if opened else None
        )

    def numbered(self, posts: Sequence[Post], sight: Sight) -> Sequence[Post]:
        return posts

    def page_links(self, sight: Sight) -> Iterator[Link]:
        for link in sight.doc.tree.css(self.table.pager):
            yield Link(url=self.canonical(sight.url(attribute(link, "href"))), kind=LinkKind.PAGE)

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        """The line below the title belongs to it; an advertisement for a job has no comments."""
        below = node.next
        while below is not None and below.tag != "tr":
            below = below.next
        links = below.css('.subtext a[href^="item?id="]') if below else []
        if not node.id or not links:
            return None
        return ThreadRow(
            id=node.id,
            title=text_of(first(node, self.table.row_link)),
            url=sight.url(f"item?id={node.id}"),
            reply_count=count_in(text_of(links[-1])) if "comment" in text_of(links[-1]) else 0,
        )


def _is_story(node: LexborNode) -> bool:
    return node.tag == "table" and node.css_first(".commtext, .onstory, .storyon") is None


def _indent(node: LexborNode) -> int:
    """In steps; older pages have only the width of an empty image."""
    place = node.css_first("td.ind")
    if (stated := attribute(place, "indent")).isdecimal():
        return int(stated)
    width = attribute(place.css_first("img[width]") if place else None, "width")
    return int(width) // 40 if width.isdecimal() else 0


platform = HackerNews()
