"""Discourse: its JSON (topics, chunks of posts, lists), and the HTML it serves to crawlers."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from selectolax.lexbor import LexborNode

from parse.discourse_lists import read_categories, read_newest, read_rows
from parse.discourse_topics import MARKUP, read_topic
from parse.html_fields import attribute
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.json_fields import decoded, mapping
from parse.model import Board, Link, LinkKind, PageKind, ParseError, Post, Reading
from parse.page import Document
from parse.urls import absolute, split, tidy

_TOPIC = re.compile(
    r"(?P<path>.*/t/(?:(?!\d+(?:[/.]|\Z))[^/]+/)?\d+)(?:/(?!posts)[\w-]+)?(?:\.json|\.rss)?/?\Z"
)
_POSTS = re.compile(r".*/t/(?:[^/]+/)?\d+/posts\.json\Z")
_LIST = re.compile(r"(?P<path>.*/c/(?:[^/]+/)*?\d+)(?:/[a-z/]+)?(?:\.json|\.rss)?/?\Z")
_LATEST = re.compile(r"(?P<path>.*?)(?:/(?:latest|new|top|hot))(?:\.json|\.rss)?/?\Z")
_LATER = re.compile(r"page=[1-9]")


class Discourse(HtmlPlatform):
    name = "discourse"
    marks = (
        Mark("Discourse", 'meta[name="generator"][content^="Discourse"]', 1.0),
        Mark("data-discourse-setup", "#data-discourse-setup", 1.0),
        Mark("crawler-nav", "nav.crawler-nav", 1.0),
        Mark("crawler-post", ".topic-body.crawler-post", 0.9),
        Mark("topic-post", ".topic-post article[data-post-id] .cooked", 0.9),
    )
    table = Selectors(
        post=".topic-body.crawler-post, .topic-post article[data-post-id]",
        body=".post[itemprop=text], .cooked",
        author=".creator a[itemprop=url], .creator [itemprop=name], .names .username a, .names a",
        time="time[datetime], .post-date .relative-date",
        position="[itemprop=position]",
        likes="[itemprop=interactionStatistic] meta[itemprop=userInteractionCount], .like-count",
        title="#topic-title h1, h1 .fancy-title, h1",
        crumbs="#topic-title .topic-category a, .topic-category a, .category-breadcrumb a",
        thread_page="#topic-title",
        locked=".topic-status .d-icon-lock, .topic-status-closed",
        row="tr.topic-list-item",
        row_link="a.title, .link-top-line a, a[itemprop=url]",
        row_replies="td.replies .posts, td.num.posts",
        boards='.category-list a[href*="/c/"], .category a[href*="/c/"]',
        pager='.crawler-nav a[rel=next], a[rel=next], a[rel=prev]',
    )  # fmt: skip
    quotes = MARKUP
    thread_url = re.compile(r"/t/(?:(?!\d+(?:[/.?]|\Z))[^/?#]+/)?(\d+)")
    board_url = re.compile(r"/c/(?:[^/?#]+/)*?(\d+)(?=[/.?]|\Z)")
    user_url = re.compile(r"(?!)")

    def canonical(self, url: str) -> str:
        """The JSON of the same content: it tells more than the page, in less."""
        url = url.replace("%5B%5D", "[]")  # as it comes back from those who encode what they ask for
        kept = tidy(url, ("post_ids[]", "page", "before"))
        address, _, query = kept.partition("?")
        if _POSTS.match(address):
            return kept
        if m := _TOPIC.match(address):
            return f"{m['path']}.json"
        if m := _LIST.match(address) or _LATEST.match(address):
            path = m["path"] + ("/l" if "/c/" in m["path"] else "")
            return f"{path}/latest.json" + (f"?{query}" if _LATER.match(query) else "")
        return kept

    def detect(self, doc: Document) -> float:
        data = doc.json
        if data is None:
            return super().detect(doc)
        return 1.0 if isinstance(data, dict) and _shape(data) else 0.0

    def read(self, doc: Document) -> Reading:
        data = doc.json if doc.json is not None else _preloaded(doc)
        if data is None:
            return self.read_html(doc)
        try:
            return self.read_json(doc, data, _site(doc.page.url))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise ParseError(
                f"{doc.page.url}: JSON of Discourse, but not as it writes it: {error!r}"
            ) from None

    def read_json(self, doc: Document, data: dict[str, Any], site: str) -> Reading:
        now, own = doc.page.fetched_at, self.canonical(doc.page.url)
        reading = Reading(platform=self.name, kind=PageKind.OTHER, canonical_url=own)
        match _shape(data):
            case "topic":
                thread, chunks = read_topic(data, site, now)
                kind = PageKind.THREAD if thread.posts or not thread.events else PageKind.OTHER
                return replace(reading, kind=kind, threads=(thread,), links=chunks)
            case "list":
                return self.read_list(replace(reading, kind=PageKind.BOARD), data["topic_list"], site, now)
            case "categories":
                boards = read_categories(data, site)
                links = tuple(Link(url=board.url, kind=LinkKind.BOARD) for board in boards)
                return replace(reading, kind=PageKind.INDEX, boards=boards, links=links)
            case "feed":
                rows = read_newest(data["latest_posts"], site, now)
                links = tuple(Link(url=self.canonical(row.url), kind=LinkKind.THREAD) for row in rows)
                return replace(reading, kind=PageKind.FEED, rows=rows, links=links)
            case "refusal":
                gone = data["error_type"] == "not_found"
                return replace(reading, kind=PageKind.MISSING if gone else PageKind.LOGIN)
        return replace(reading, warnings=("JSON of Discourse, but neither posts nor lists",))

    def read_list(self, reading: Reading, data: dict[str, Any], site: str, now: datetime) -> Reading:
        rows = read_rows(data, site, now)
        links = [Link(url=self.canonical(row.url), kind=LinkKind.THREAD) for row in rows]
        if data.get("more_topics_url"):
            more = self.canonical(absolute(f"{site}/", data["more_topics_url"]))
            links.append(Link(url=more, kind=LinkKind.PAGE))
        url = reading.canonical_url.partition("?")[0]
        m = self.board_url.search(url)
        board = Board(id=m[1], title="", url=url) if m else None
        return replace(reading, board=board, rows=rows, links=tuple(links))

    def read_html(self, doc: Document) -> Reading:
        """What a page shows, and the way to the JSON, which shows everything."""
        reading = super().read(doc)
        if reading.threads and not reading.threads[0].posts:
            return self.beginning(reading, doc)
        if reading.kind is not PageKind.OTHER:
            return reading
        site = _site(doc.page.url)
        links = [Link(url=f"{site}/{name}.json", kind=LinkKind.BOARD) for name in ("categories", "latest")]
        links.append(Link(url=f"{site}/posts.json", kind=LinkKind.FEED))
        return replace(reading, kind=PageKind.INDEX, links=tuple(links), warnings=())

    def beginning(self, reading: Reading, doc: Document) -> Reading:
        """A page that its script would have filled still says how the first post begins, for previews."""
        words = attribute(doc.tree.css_first('meta[property="og:description"]'), "content")
        if not words:
            return reading
        thread = reading.threads[0]
        post = Post(id=f"{thread.id}/1", aliases=("#1",), position=1, text=words, full_text=words)
        title = attribute(doc.tree.css_first('meta[property="og:title"]'), "content")
        warning = "only the first words of the topic are on this page; the rest needs JavaScript"
        shown = replace(thread, title=title or thread.title, posts=(post,))
        return replace(reading, threads=(shown,), warnings=(warning,))

    def thread_start(self, url: str) -> str:
        return url.removesuffix(".json")

    def post_id(self, node: LexborNode) -> str | None:
        return attribute(node, "data-post-id") or super().post_id(node)

    def aliases(self, node: LexborNode) -> tuple[str, ...]:
        number = HtmlPlatform.post_id(self, node)
        return (f"#{number}",) if number else ()

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """The crawler's page gives no post ids but numbers within the topic."""
        topic = self.thread_url.search(sight.own)
        return tuple(
            replace(post, id=f"{topic[1]}/{post.id}")
            if topic and not attribute(node, "data-post-id")
            else post
            for node, post in found
        )


def _shape(data: Any) -> str | None:
    """Which of the API's answers this is."""
    if not isinstance(data, dict):
        return None
    if isinstance(data.get("post_stream"), dict) or ("cooked" in data and "topic_id" in data):
        return "topic"
    if isinstance(data.get("topic_list"), dict):
        return "list"
    if isinstance(data.get("category_list"), dict) or ("categories" in data and "post_action_types" in data):
        return "categories"
    if isinstance(data.get("errors"), list) and "error_type" in data:
        return "refusal"
    return "feed" if isinstance(data.get("latest_posts"), list) else None


def _preloaded(doc: Document) -> dict[str, Any] | None:
    """The topic's JSON that an ordinary page carries for its script to start from."""
    if "data-preloaded" not in doc.text:
        return None
    store = mapping(decoded(attribute(doc.tree.css_first("[data-preloaded]"), "data-preloaded")))
    topics = [mapping(decoded(text)) for key, text in store.items() if key.startswith("topic_") and text]
    return next((topic for topic in topics if _shape(topic) == "topic"), None)


def _site(url: str) -> str:
    """Where the forum starts: the host, or the folder of the host it is installed in."""
    parts = split(url)
    folder = re.split(r"/(?:t|c|posts|latest|categories|site|top|new)(?=[/.]|\Z)", parts.path, maxsplit=1)[0]
    return f"{parts.scheme}://{parts.netloc}{folder.rstrip('/')}"


platform = Discourse()
