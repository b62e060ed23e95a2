"""Discourse: its JSON (topics, chunks of posts, lists), and the HTML it serves to crawlers."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from selectolax.lexbor import LexborNode

from parse.edit_notices import read_notice
from parse.html_fields import attribute, count_in, find, first, number_in, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import UNEDITED, Edit, Mark, PollSelectors, Selectors, Sight
from parse.json_fields import decoded, mapping, whole
from parse.model import Author, Board, Link, LinkKind, PageKind, ParseError, Post, Reading, Thread
from parse.page import Document
from parse.software.discourse_lists import read_categories, read_newest, read_rows
from parse.software.discourse_topics import MARKUP, described, read_topic
from parse.structured_data import accepted_url
from parse.urls import absolute, split, tidy

_TOPIC = re.compile(
    r"(?P<path>.*/t/(?:(?!\d+(?:[/.]|\Z))[^/]+/)?\d+)(?:/(?!posts)[\w-]+)?(?:\.json|\.rss)?/?\Z"
)
_POSTS = re.compile(r".*/t/(?:[^/]+/)?\d+/posts\.json\Z")
_LIST = re.compile(r"(?P<path>.*/c/(?:[^/]+/)*?\d+)(?:/[a-z/]+)?(?:\.json|\.rss)?/?\Z")
_LATEST = re.compile(r"(?P<path>.*?)(?:/(?:latest|new|top|hot))(?:\.json|\.rss)?/?\Z")
_HOUR = timedelta(hours=1)
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
        post=".crawler-post:not([role=navigation]), .topic-post article[data-post-id], "
             "[itemtype$='/DiscussionForumPosting']:has(> .post)",
        body=".post[itemprop=text], .post[itemprop=articleBody], .cooked",
        author=".creator a[href], .creator [itemprop=name]:not(a > *), .names .username a, .names a",
        time="time[datetime], .post-date .relative-date",
        position="[itemprop=position]",
        staff=".names .staff, .names .moderator",
        likes="meta[itemprop=userInteractionCount], meta[content^=UserLikes], .like-count, "
              ".reactions-counter",
        solution="[itemprop=acceptedAnswer]",
        title="#topic-title h1, h1 .fancy-title, h1",
        crumbs="#topic-title .topic-category a, .topic-category a, #breadcrumbs a, .category-breadcrumb a",
        thread_page="#topic-title",
        locked=".topic-status .d-icon-lock, .topic-status-closed",
        row="tr.topic-list-item:not(#related-topics *, .suggested-topics *)",
        row_link="a.title, .link-top-line a, a[itemprop=url]",
        row_replies="td.replies .posts, td.num.posts",
        boards='.category-list a[href*="/c/"], .category a[href*="/c/"]',
        pager='.crawler-nav a[rel=next], a[rel=next], a[rel=prev]',
        poll=PollSelectors(
            box=".poll[data-poll-name]",
            question=".poll-title",
            name="li[data-poll-option-id]",
            closed='[data-poll-status="closed"]',
        ),
    )  # fmt: skip
    quotes = replace(MARKUP, describe=partial(described, ""))
    thread_url = re.compile(r"/t/(?:(?!\d+(?:[/.?]|\Z))[^/?#]+/)?(\d+)")
    board_url = re.compile(r"/c/(?:[^/?#]+/)*?(\d+)(?=[/.?]|\Z)")
    user_url = re.compile(r"(?!)")
    profile_url = re.compile(r"/(?:u|users)/([^/?#]+)")

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

    def paging(self, sight: Sight) -> tuple[int, int]:
        """The page for crawlers says which it is in its own URL, and that there is a next one."""
        shown = (sight.doc.page.url, self.stated_url(sight.doc))
        number = max(map(self.offset_at, shown)) + 1
        return number, number + (find(sight.doc, "a[rel=next], link[rel=next]") is not None)

    def post_id(self, node: LexborNode) -> str | None:
        """Crawlers are shown the number within the topic only."""
        return attribute(node, "data-post-id") or self.number(node)

    def number(self, node: LexborNode) -> str | None:
        """The number within the topic: until 2022 the page for crawlers had it in words alone."""
        return number_in(node.id or "") or number_in(text_of(first(node, self.table.position)))

    def aliases(self, node: LexborNode) -> tuple[str, ...]:
        number = self.number(node)
        return (f"#{number}",) if number else ()

    def position(self, node: LexborNode) -> int | None:
        return whole(self.number(node))

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        number = self.number(node)
        return f"{self.thread_start(sight.own)}/{number}" if number else None

    def post(self, node: LexborNode, sight: Sight) -> Post | None:
        """A page as its script has drawn it names the person who is answered."""
        post, answered = super().post(node, sight), text_of(first(node, ".reply-to-tab"))
        return replace(post, reply_to_name=answered) if post and answered else post

    def author_at(self, link: LexborNode, node: LexborNode, sight: Sight) -> Author:
        m, number = self.profile_url.search(attribute(link, "href")), attribute(node, "data-user-id")
        author = super().author_at(link, node, sight)
        return replace(author, login=m[1] if m else None, user_id=number or None)

    def likes(self, node: LexborNode) -> int | None:
        liked = first(node, self.table.likes)
        return count_in(attribute(liked, "content").removeprefix("UserLikes:") or text_of(liked))

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        """When the post was last changed is stated even where it never was."""
        stated = attribute(first(node, "meta[itemprop=dateModified]"), "content")
        at = sight.time(stated) or self.edited_there(node, sight)
        return UNEDITED if at == self.posted_at(node, sight) else Edit(at=at)

    def edited_there(self, node: LexborNode, sight: Sight) -> datetime | None:
        """In the zone of whoever saved the page, which the time of the post tells: it is shown twice."""
        shown = sight.time(attribute(first(node, ".relative-date[data-time]"), "title"))
        edited = sight.time(read_notice(attribute(first(node, ".edits [title]"), "title")).at)
        exact = self.posted_at(node, sight)
        lag = timedelta(hours=round((shown - exact) / _HOUR)) if shown and exact else None
        return edited - lag if edited and lag is not None else None

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """The crawler's page gives no post ids but numbers within the topic, in its quotes as well."""
        m = self.thread_url.search(sight.own)
        topic = m[1] if m else None
        named = attribute(find(sight.doc, "aside.accepted-answer[data-post]"), "data-post")
        accepted = named or accepted_url(sight.doc.tree).rpartition("/")[2]
        return tuple(
            replace(
                post,
                id=post.id if not topic or attribute(node, "data-post-id") else f"{topic}/{post.id}",
                quotes=tuple(
                    replace(quote, source_thread_id=None) if quote.source_thread_id == topic else quote
                    for quote in post.quotes
                ),
                is_solution=post.is_solution or f"#{accepted}" in post.aliases,
            )
            for node, post in found
        )

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        """A page as its script has drawn it holds the posts that were scrolled past, whichever these are."""
        thread = super().thread(sight, posts, url)
        drawn = find(sight.doc, "article[data-post-id]") is not None
        return replace(
            thread,
            started_at=posts[0].posted_at if posts and posts[0].position == 1 else None,
            is_solved=any(post.is_solution for post in posts),
            page_number=None if drawn else thread.page_number,
            page_count=None if drawn else thread.page_count,
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
    node = doc.tree.css_first("#data-preloaded, [data-preloaded]")
    stored = attribute(node, "data-preloaded") or (node.text() if node else "")  # a script since 2026
    store = mapping(decoded(stored))
    topics = [mapping(decoded(text)) for key, text in store.items() if key.startswith("topic_") and text]
    return next((topic for topic in topics if _shape(topic) == "topic"), None)


def _site(url: str) -> str:
    """Where the forum starts: the host, or the folder of the host it is installed in."""
    parts = split(url)
    folder = re.split(r"/(?:t|c|posts|latest|categories|site|top|new)(?=[/.]|\Z)", parts.path, maxsplit=1)[0]
    return f"{parts.scheme}://{parts.netloc}{folder.rstrip('/')}"


platform = Discourse()
