"""Discourse: its JSON (topics, chunks of posts, lists), and the HTML it serves to crawlers."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parse.body import QuoteMarkup, untangle
from parse.dates import parse_time
from parse.html_fields import attribute
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.model import (
    Author,
    Board,
    Link,
    LinkKind,
    PageKind,
    PlatformEvent,
    Post,
    PostState,
    Reading,
    Thread,
    ThreadRow,
)
from parse.page import Document
from parse.quote_heads import QuoteHead
from parse.urls import absolute, tidy

_CHUNK = 20
"""Posts a request: more is refused by some sites."""
_REGULAR, _MODERATOR, _SMALL_ACTION, _WHISPER = 1, 2, 3, 4
_LIKE = 2
_EVENTS = {
    "closed.enabled": "thread_locked", "closed.disabled": "thread_unlocked",
    "autoclosed.enabled": "thread_locked", "autoclosed.disabled": "thread_unlocked",
    "archived.enabled": "thread_locked", "archived.disabled": "thread_unlocked",
    "split_topic": "thread_split", "moved_post": "thread_split", "category_changed": "thread_moved",
    "visible.disabled": "thread_removed", "private_topic": "thread_removed",
}  # fmt: skip
_TOPIC = re.compile(
    r"(?P<path>.*/t/(?:(?!\d+(?:[/.]|\Z))[^/]+/)?\d+)(?:/(?!posts)[\w-]+)?(?:\.json|\.rss)?/?\Z"
)
_POSTS = re.compile(r".*/t/(?:[^/]+/)?\d+/posts\.json\Z")
_LIST = re.compile(r"(?P<path>.*/c/(?:[^/]+/)*?\d+)(?:/[a-z/]+)?(?:\.json|\.rss)?/?\Z")
_LATEST = re.compile(r"(?P<path>.*?)(?:/(?:latest|new|top|hot))(?:\.json|\.rss)?/?\Z")
_LATER = re.compile(r"page=[1-9]")
_MARKUP = QuoteMarkup(
    block="aside.quote, blockquote:not(aside.quote > blockquote)",
    head="aside.quote > .title",
    content="aside.quote > blockquote",
    drop=("aside.onebox .source", ".quote-controls", ".lightbox .meta", "svg"),
)


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
    quotes = _MARKUP
    thread_url = re.compile(r"/t/(?:(?!\d+(?:[/.?]|\Z))[^/?#]+/)?(\d+)")
    board_url = re.compile(r"/c/(?:[^/?#]+/)*?(\d+)(?=[/.?]|\Z)")
    user_url = re.compile(r"(?!)")

    def canonical(self, url: str) -> str:
        """The JSON of the same content: it tells more than the page, in less."""
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
            return self._html(doc)
        reading = Reading(platform=self.name, kind=PageKind.OTHER, canonical_url=self.canonical(doc.page.url))
        match _shape(data):
            case "topic":
                return _topic(doc, data, reading)
            case "list":
                return _list(self, doc, data["topic_list"], reading)
            case "categories":
                return _categories(doc, data, reading)
            case "feed":
                return _feed(self, doc, data["latest_posts"], reading)
        return replace(reading, warnings=("JSON of Discourse, but neither posts nor lists",))

    def _html(self, doc: Document) -> Reading:
        """What a page shows, and the way to the JSON, which shows everything."""
        reading = super().read(doc)
        if reading.kind is not PageKind.OTHER:
            return reading
        site = _site(doc.page.url)
        links = [Link(url=f"{site}/{name}.json", kind=LinkKind.BOARD) for name in ("categories", "latest")]
        return replace(reading, kind=PageKind.INDEX, links=tuple(links), warnings=())

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
    return "feed" if isinstance(data.get("latest_posts"), list) else None


def _preloaded(doc: Document) -> dict[str, Any] | None:
    """The topic's JSON that an ordinary page carries for its script to start from."""
    if "data-preloaded" not in doc.text:
        return None
    try:
        store = json.loads(attribute(doc.tree.css_first("[data-preloaded]"), "data-preloaded") or "{}")
        topics = [json.loads(text) for key, text in store.items() if key.startswith("topic_")]
    except (ValueError, TypeError, AttributeError):
        return None
    return next((topic for topic in topics if _shape(topic) == "topic"), None)


def _site(url: str) -> str:
    """Where the forum starts: the host, or the folder of the host it is installed in."""
    parts = urlsplit(url)
    folder = re.split(r"/(?:t|c|posts|latest|categories|site|top|new)(?=[/.]|\Z)", parts.path, maxsplit=1)[0]
    return f"{parts.scheme}://{parts.netloc}{folder.rstrip('/')}"


def _time(text: str | None, now: datetime) -> datetime | None:
    return parse_time(text, now=now) if text else None


# Topics


def _topic(doc: Document, data: dict[str, Any], reading: Reading) -> Reading:
    """The topic with its first posts, a chunk of its posts, or a single post: all say the same things."""
    site = _site(doc.page.url)
    raw = data["post_stream"].get("posts", []) if "post_stream" in data else [data]
    topic_id = str(data.get("id") if "post_stream" in data else data["topic_id"])
    raw = [entry for entry in raw if isinstance(entry, dict) and "id" in entry]
    events = tuple(_events(raw, site, doc.page.fetched_at))
    thread = Thread(
        id=topic_id,
        title=data.get("title") or "",
        url=f"{site}/t/{data.get('slug') or data.get('topic_slug') or '-'}/{topic_id}",
        board=_board_of(data, site),
        started_at=_time(data.get("created_at"), doc.page.fetched_at) if "post_stream" in data else None,
        stated_reply_count=data["posts_count"] - 1 if data.get("posts_count") else None,
        view_count=data.get("views"),
        is_locked=bool(data.get("closed") or data.get("archived")),
        is_sticky=bool(data.get("pinned") or data.get("pinned_globally")),
        is_solved=bool(data.get("accepted_answer")),
        posts=tuple(_posts(raw, data, topic_id, site, doc.page.fetched_at)),
        events=events or _unexplained(data, raw),
    )
    return replace(
        reading,
        kind=PageKind.THREAD if thread.posts or not events else PageKind.OTHER,
        threads=(thread,),
        links=tuple(_chunks(data, raw, topic_id, site)),
    )


def _board_of(data: dict[str, Any], site: str) -> Board | None:
    """A topic names its category by number only; its title stands in the lists."""
    number = data.get("category_id")
    return Board(id=str(number), title="", url=f"{site}/c/{number}/l/latest.json") if number else None


def _chunks(data: dict[str, Any], raw: Sequence[dict[str, Any]], topic: str, site: str) -> Iterator[Link]:
    """Requests for the posts that the topic lists and this answer does not hold."""
    held = {entry["id"] for entry in raw}
    stream = data.get("post_stream", {}).get("stream") or []
    wanted = [number for number in stream if number not in held]
    for start in range(0, len(wanted), _CHUNK):
        query = "&".join(f"post_ids[]={number}" for number in wanted[start : start + _CHUNK])
        yield Link(url=f"{site}/t/{topic}/posts.json?{query}", kind=LinkKind.POSTS)


def _events(raw: Sequence[dict[str, Any]], site: str, now: datetime) -> Iterator[PlatformEvent]:
    for entry in raw:
        kind = _EVENTS.get(entry.get("action_code") or "")
        if kind:
            words = untangle(_body(entry), _MARKUP).full_text
            yield PlatformEvent(
                kind=kind,
                actor=_author(entry, site),
                occurred_at=_time(entry.get("created_at"), now),
                excerpt=words,
            )


def _unexplained(data: dict[str, Any], raw: Sequence[dict[str, Any]]) -> tuple[PlatformEvent, ...]:
    """A closed topic that shows all its posts and none that says who closed it."""
    complete = len(raw) >= len(data.get("post_stream", {}).get("stream") or [None])
    return (PlatformEvent(kind="thread_locked"),) if data.get("closed") and complete else ()


def _posts(
    raw: Sequence[dict[str, Any]], data: dict[str, Any], topic: str, site: str, now: datetime
) -> Iterator[Post]:
    markup = replace(_MARKUP, describe=partial(_describe, topic))
    accepted = (data.get("accepted_answer") or {}).get("post_number")
    for entry in raw:
        if entry.get("post_type", _REGULAR) in (_SMALL_ACTION, _WHISPER) or entry.get("action_code"):
            continue
        post = _post(entry, markup, site, now)
        yield replace(post, is_solution=True) if accepted and post.position == accepted else post


def _post(entry: dict[str, Any], markup: QuoteMarkup, site: str, now: datetime) -> Post:
    body = untangle(_body(entry), markup)
    state, author, number = _state(entry), _author(entry, site), entry.get("post_number")
    edited = entry.get("version", 1) > 1
    answered = entry.get("reply_to_post_number")
    return Post(
        id=str(entry["id"]),
        aliases=(f"#{number}",) if number else (),
        text=body.text if state is PostState.VISIBLE else "",  # a placeholder is nobody's words
        full_text=body.full_text,
        quotes=body.quotes,
        author=author,
        author_method="byline" if author else None,
        author_confidence=1.0 if author else None,
        position=number,
        posted_at=_time(entry.get("created_at"), now),
        edited_at=_time(entry.get("updated_at"), now) if edited else None,
        edit_reason=entry.get("edit_reason") or None,
        url=f"{site}/t/{entry.get('topic_slug') or '-'}/{entry.get('topic_id', 0)}/{number}",
        like_count=_likes(entry),
        is_solution=bool(entry.get("accepted_answer")),
        state=state,
        reply_to=f"#{answered}" if answered else None,
        reply_to_name=(entry.get("reply_to_user") or {}).get("username"),
    )


def _body(entry: dict[str, Any]) -> LexborNode:
    body = LexborHTMLParser(entry.get("cooked") or "").body
    assert body is not None  # lexbor makes one for any text
    return body


def _state(entry: dict[str, Any]) -> PostState:
    if entry.get("user_deleted") or entry.get("deleted_at"):
        return PostState.REMOVED
    return PostState.HIDDEN if entry.get("hidden") else PostState.VISIBLE


def _likes(entry: dict[str, Any]) -> int:
    return sum(a.get("count", 0) for a in entry.get("actions_summary") or () if a.get("id") == _LIKE)


def _author(entry: dict[str, Any], site: str) -> Author | None:
    login = entry.get("username")
    if not login:
        return None
    staff = [role for role in ("admin", "moderator", "staff") if entry.get(role)]
    return Author(
        name=entry.get("name") or login,
        login=login,
        user_id=str(entry["user_id"]) if entry.get("user_id") is not None else None,
        profile_url=f"{site}/u/{login}",
        role=entry.get("user_title") or (staff[0].capitalize() if staff else None),
        is_staff=bool(staff),
    )


def _describe(topic: str, block: LexborNode) -> QuoteHead:
    """`data-post` is the number within the topic `data-topic`, not an id."""
    number, source = attribute(block, "data-post"), attribute(block, "data-topic")
    return QuoteHead(
        attributed_to=attribute(block, "data-username") or None,
        source_ref=f"#{number}" if number else None,
        source_thread_id=source if number and source and source != topic else None,
    )


# Lists


def _list(platform: Discourse, doc: Document, data: dict[str, Any], reading: Reading) -> Reading:
    site, now = _site(doc.page.url), doc.page.fetched_at
    rows = tuple(_row(entry, site, now) for entry in data.get("topics") or () if "id" in entry)
    links = [Link(url=platform.canonical(row.url), kind=LinkKind.THREAD) for row in rows]
    if data.get("more_topics_url"):
        more = platform.canonical(absolute(f"{site}/", data["more_topics_url"]))
        links.append(Link(url=more, kind=LinkKind.PAGE))
    m = platform.board_url.search(doc.page.url)
    return replace(
        reading,
        kind=PageKind.BOARD,
        board=Board(id=m[1], title="", url=reading.canonical_url.partition("?")[0]) if m else None,
        rows=rows,
        links=tuple(links),
    )


def _row(entry: dict[str, Any], site: str, now: datetime) -> ThreadRow:
    return ThreadRow(
        id=str(entry["id"]),
        title=entry.get("title") or entry.get("fancy_title") or "",
        url=f"{site}/t/{entry.get('slug') or '-'}/{entry['id']}",
        reply_count=entry["posts_count"] - 1 if entry.get("posts_count") else None,
        last_post_at=_time(entry.get("last_posted_at") or entry.get("bumped_at"), now),
        is_sticky=bool(entry.get("pinned") or entry.get("pinned_globally")),
        is_locked=bool(entry.get("closed") or entry.get("archived")),
    )


def _categories(doc: Document, data: dict[str, Any], reading: Reading) -> Reading:
    site = _site(doc.page.url)
    entries = list(
        data["categories"] if "categories" in data else data["category_list"].get("categories", [])
    )
    for entry in entries:  # grows while we walk it: sub-categories are listed within their parents
        entries.extend(entry.get("subcategory_list") or ())
    boards = tuple(
        Board(
            id=str(entry["id"]),
            title=entry.get("name") or "",
            url=f"{site}/c/{entry.get('slug') or '-'}/{entry['id']}/l/latest.json",
        )
        for entry in entries
        if "id" in entry
    )
    links = tuple(Link(url=board.url, kind=LinkKind.BOARD) for board in boards)
    return replace(reading, kind=PageKind.INDEX, boards=boards, links=links)


def _feed(platform: Discourse, doc: Document, data: list[Any], reading: Reading) -> Reading:
    """The newest posts of the site: which topics to look at again."""
    site = _site(doc.page.url)
    topics = {
        f"{site}/t/{entry.get('topic_slug') or '-'}/{entry['topic_id']}": None
        for entry in data
        if isinstance(entry, dict) and "topic_id" in entry
    }
    links = tuple(Link(url=platform.canonical(url), kind=LinkKind.THREAD) for url in topics)
    return replace(reading, kind=PageKind.FEED, links=links)


platform = Discourse()
