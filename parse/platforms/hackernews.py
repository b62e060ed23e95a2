"""Hacker News: its pages, the items of its API (Firebase), and the trees and hits of its search (Algolia)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.html_fields import attribute, count_in, first, number_in, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.json_fields import entries, epoch, fragment, listed, text, whole
from parse.model import Author, Link, LinkKind, PageKind, Post, PostState, Reading, Thread, ThreadRow
from parse.page import Document
from parse.plain_quotes import Body
from parse.urls import parameter, tidy

_SITE = "https://news.ycombinator.com"
_ITEM = re.compile(r"\bitem\?id=(\d+)")
_STONES = {"[deleted]": PostState.REMOVED, "[flagged]": PostState.HIDDEN, "[dead]": PostState.HIDDEN}
_TYPES = ("story", "comment", "job", "poll", "pollopt")


class HackerNews(HtmlPlatform):
    name = "hackernews"
    marks = (
        Mark("comtr", "tr.athing.comtr, table.comment-tree", 0.95),
        Mark("hnmain", "table#hnmain, center > #hnmain", 0.95),
        Mark("fatitem", "table.fatitem", 0.9),
    )
    table = Selectors(
        post="table.fatitem, tr.athing.comtr",
        body=".commtext, .toptext",
        author="a.hnuser",
        time=".age",
        permalink=".age a[href]",
        likes=".score",
        title=".fatitem .titleline a, .fatitem .onstory a, .fatitem a.storylink",
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
        return super().detect(doc) if doc.json is None else 0.95 * bool(_shape(doc.json, doc.page.url))

    def read(self, doc: Document) -> Reading:
        if doc.json is None:
            return super().read(doc)
        reading = Reading(platform=self.name, kind=PageKind.OTHER, canonical_url=self.canonical(doc.page.url))
        match _shape(doc.json, doc.page.url):
            case "item":
                return _item(doc, reading)
            case "tree":
                return _tree(doc, reading)
            case "hits":
                return _hits(doc, reading)
            case "ids":
                return _ids(doc, reading)
        return replace(reading, warnings=("JSON, but no items of Hacker News",))

    def post_id(self, node: LexborNode) -> str | None:
        bearer = node if node.tag == "tr" else node.css_first("tr.athing[id]")
        return number_in(attribute(bearer, "id"))

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
            links = (attribute(link, "href") for link in node.css(".navs a[href]"))
            return next((m[1] for href in links if (m := _ITEM.search(href))), None)
        m = _ITEM.search(self.own_url(sight))
        return m[1] if m else None

    def thread_id(self, sight: Sight, posts: Sequence[Post], url: str) -> str:
        """A comment's own page names its story."""
        story = _ITEM.search(attribute(sight.doc.tree.css_first(".fatitem .onstory a[href]"), "href"))
        return story[1] if story else super().thread_id(sight, posts, url)

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        found = super().thread(sight, posts, url)
        opened = found.posts and found.posts[0].position == 1
        return replace(
            found, url=f"{_SITE}/item?id={found.id}", started_at=found.started_at if opened else None
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
    return node.tag == "table" and node.css_first(".commtext, .onstory") is None


def _indent(node: LexborNode) -> int:
    """In steps; older pages have only the width of an empty image."""
    place = node.css_first("td.ind")
    if (stated := attribute(place, "indent")).isdigit():
        return int(stated)
    width = attribute(place.css_first("img[width]") if place else None, "width")
    return int(width) // 40 if width.isdigit() else 0


# JSON


def _shape(data: Any, url: str) -> str | None:
    """Which of the answers this is: one item, a whole tree, hits of a search, or bare ids."""
    if isinstance(data, list):
        return "ids" if "hacker-news" in url and all(isinstance(each, int) for each in data) else None
    if not isinstance(data, dict):
        return None
    if data.get("type") in _TYPES and isinstance(data.get("id"), int):
        if "created_at_i" in data:
            return "tree"
        return "item" if "by" in data or data.get("deleted") or "kids" in data else None
    hits = data.get("hits")
    is_ours = isinstance(hits, list) and any("objectID" in hit and "_tags" in hit for hit in entries(hits))
    return "hits" if is_ours else None


def _post(entry: dict[str, Any], parent: Any, position: int | None = None) -> Post:
    """From any of the three; they name the same things differently."""
    name = text(entry.get("by") or entry.get("author"))
    body = untangle(
        fragment(text(entry.get("text") or entry.get("comment_text") or entry.get("story_text"))),
        QuoteMarkup(),
    )
    number = text(entry.get("id") or entry.get("objectID"))
    state = PostState.REMOVED if entry.get("deleted") else PostState.VISIBLE
    return Post(
        id=number,
        text=body.text,
        full_text=body.full_text,
        quotes=body.quotes,
        author=Author(name=name, login=name, profile_url=f"{_SITE}/user?id={name}") if name else None,
        author_method="byline" if name else None,
        author_confidence=1.0 if name else None,
        position=position,
        posted_at=epoch(entry.get("time") or entry.get("created_at_i")),
        url=f"{_SITE}/item?id={number}",
        like_count=whole(entry.get("score") or entry.get("points")),
        state=PostState.HIDDEN if entry.get("dead") else state,
        reply_to=text(parent) or None,
    )


def _thread(number: str, entry: dict[str, Any], posts: Sequence[Post]) -> Thread:
    return Thread(
        id=number,
        title=text(entry.get("title") or entry.get("story_title")),
        url=f"{_SITE}/item?id={number}",
        started_at=posts[0].posted_at if posts and posts[0].position == 1 else None,
        stated_reply_count=whole(entry.get("descendants")),
        posts=tuple(posts),
    )


def _item(doc: Document, reading: Reading) -> Reading:
    """A comment does not say which story it is under: the links to it do, for when it is read."""
    entry: dict[str, Any] = doc.json
    is_story = entry["type"] != "comment"
    story = text(entry["id"]) if is_story else parameter(doc.page.url, "story") or text(entry.get("parent"))
    place = doc.page.url.rpartition("/")[0]
    kids = [text(kid) for kid in listed(entry.get("kids")) if text(kid)]
    post = _post(entry, entry.get("parent"), 1 if is_story else None)
    return replace(
        reading,
        kind=PageKind.THREAD,
        threads=(_thread(story, entry, [post]),),
        links=tuple(Link(url=f"{place}/{kid}.json?story={story}", kind=LinkKind.POSTS) for kid in kids),
    )


def _tree(doc: Document, reading: Reading) -> Reading:
    posts, waiting, numbers = [], [doc.json], count(1)
    while waiting:
        entry = waiting.pop()
        first_place = 1 if next(numbers) == 1 and entry["type"] != "comment" else None
        posts.append(_post(entry, entry.get("parent_id"), first_place))
        children = [child for child in entries(entry.get("children") or []) if child.get("type") in _TYPES]
        waiting += children[::-1]
    story = text(doc.json.get("story_id")) or posts[0].id
    return replace(reading, kind=PageKind.THREAD, threads=(_thread(story, doc.json, posts),))


def _hits(doc: Document, reading: Reading) -> Reading:
    """What a search found: comments and stories of many threads."""
    found: dict[str, list[Post]] = {}
    titles: dict[str, dict[str, Any]] = {}
    for hit in entries(doc.json["hits"]):
        is_story = hit.get("story_id") in (None, whole(hit.get("objectID")))
        story = text(hit["objectID"]) if is_story else text(hit["story_id"])
        found.setdefault(story, []).append(_post(hit, hit.get("parent_id"), 1 if is_story else None))
        titles.setdefault(story, hit)
    threads = tuple(_thread(story, titles[story], posts) for story, posts in found.items())
    links = tuple(Link(url=f"{_SITE}/item?id={story}", kind=LinkKind.THREAD) for story in found)
    return replace(reading, kind=PageKind.THREAD, threads=threads, links=links)


def _ids(doc: Document, reading: Reading) -> Reading:
    place = doc.page.url.rpartition("/")[0]
    links = _item_links(place, doc.json)
    return replace(reading, kind=PageKind.BOARD, links=tuple(links))


def _item_links(place: str, numbers: Sequence[int]) -> Iterator[Link]:
    for number in numbers:
        yield Link(url=f"{place}/item/{number}.json", kind=LinkKind.THREAD)


platform = HackerNews()
