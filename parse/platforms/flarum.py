"""Flarum: its JSON:API, the same JSON that its pages carry for the script, and what it shows without one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.dates import parse_time
from parse.html_fields import attribute, text_of
from parse.html_platform import HtmlPlatform
from parse.html_post import is_staff
from parse.html_table import Mark, Selectors
from parse.json_fields import decoded, entries, fragment, mapping, text, whole
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

_PAGE = 20
_STAFF_GROUPS = ("1", "4")
"""Admins and moderators, as installed."""
_EVENTS = {"discussionRenamed": "thread_retitled", "discussionTagged": "thread_moved",
           "discussionMerged": "thread_merged", "discussionSplit": "thread_split"}  # fmt: skip
_SITE = re.compile(r"(?P<site>https?://[^/]+(?:/[^?#]*?)?)/(?:d|t|u|api|all|tags)(?=[/?#]|\Z)")
_PERMALINK = re.compile(r"/d/(\d+)[^/?#]*/(\d+)")


def _describe(block: LexborNode) -> QuoteHead:
    """The mention with which the quote begins carries the id of the quoted post."""
    mention = _leading_mention(block)
    name = text_of(mention).lstrip("@") or None
    return QuoteHead(source_ref=attribute(mention, "data-id") or None, attributed_to=name)


def _leading_mention(node: LexborNode) -> LexborNode | None:
    """The mention of a post with which the first words of the node begin."""
    mention = node.css_first(".PostMention")
    return mention if mention and text_of(node).startswith(text_of(mention)) else None


class Flarum(HtmlPlatform):
    name = "flarum"
    marks = (
        Mark("flarum-json-payload", "script#flarum-json-payload", 1.0),
        Mark("flarum-content", "#flarum-content", 0.95),
        Mark("app.load(", "#flarum-loading", 0.9),
    )
    table = Selectors(
        post="#flarum-content article, #flarum-content div:has(> .Post-body)",
        body=".Post-body",
        author=".PostUser-name, h3",
        time="time[datetime]",
        title="#flarum-content h1, #flarum-content h2",
        pager="#flarum-content a[href*='page=']",
        row="#flarum-content li:has(a[href*='/d/'])",
        row_link="a[href*='/d/']",
        boards="#flarum-content a[href*='/t/']",
    )
    quotes = QuoteMarkup(block="blockquote", head="blockquote .PostMention:first-child", describe=_describe)
    thread_url = re.compile(r"/d/(\d+)|/api/discussions/(\d+)")
    board_url = re.compile(r"/t/([^/?#]+)")
    significant = ("page",)

    def canonical(self, url: str) -> str:
        """A post's permalink shows the page on which the post is."""
        if "/api/" in url:
            return tidy(url)
        kept = tidy(url, self.significant)
        if m := self.thread_url.search(kept):
            near = _PERMALINK.search(kept)
            number = max(self.offset_at(kept) + 1, 1 + int(near[2]) // _PAGE if near else 1)
            kept = f"{kept[: m.end()]}?page={number}"
        return self.without_first_page(kept)

    def detect(self, doc: Document) -> float:
        return super().detect(doc) if doc.json is None else 0.95 * bool(_kind(doc.json))

    def read(self, doc: Document) -> Reading:
        api = doc.json if doc.json is not None else _payload(doc)
        kind = _kind(api)
        if kind is None:
            return super().read(doc)
        reading = Reading(platform=self.name, kind=PageKind.OTHER, canonical_url=self.canonical(doc.page.url))
        return _Api(self, doc, api).read(reading, kind)

    def post_id(self, node: LexborNode) -> str | None:
        """What is shown without scripts has no ids: the words stand in for one."""
        return blake2b(text_of(node).encode(), digest_size=8).hexdigest()


def _payload(doc: Document) -> Any:
    """The document of the API that a page carries for its script to start from."""
    script = doc.tree.css_first("script#flarum-json-payload")
    return mapping(decoded(script.text()) if script else None).get("apiDocument")


def _kind(api: Any) -> str | None:
    """`discussions` or `posts`, where the document is Flarum's; a list of discussions is `list`."""
    data = mapping(api).get("data")
    first: dict[str, Any] = next(entries(data), {})
    said = mapping(first.get("attributes"))
    if first.get("type") == "discussions" and "commentCount" in said:
        return "list" if isinstance(data, list) else "discussions"
    return "posts" if first.get("type") == "posts" and "contentType" in said else None


@dataclass
class _Api:
    """One JSON:API document, its resources looked up by type and id."""

    flarum: Flarum
    doc: Document
    api: dict[str, Any]
    known: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    site: str = ""

    def __post_init__(self) -> None:
        self.site = m["site"] if (m := _SITE.match(self.doc.page.url)) else _host(self.doc.page.url)
        for entry in (*entries(self.api.get("included")), *entries(self.api.get("data"))):
            self.known[(text(entry.get("type")), text(entry.get("id")))] = entry

    def read(self, reading: Reading, kind: str) -> Reading:
        if kind == "list":
            return self.listing(reading)
        threads = tuple(self.threads())
        shown = any(thread.posts for thread in threads)
        boards = tuple({thread.board.id: thread.board for thread in threads if thread.board}.values())
        return replace(
            reading,
            kind=PageKind.THREAD if shown or kind == "discussions" else PageKind.PAST_END,
            threads=threads,
            boards=boards,
            links=(
                *self.pages(threads),
                *(Link(url=board.url, kind=LinkKind.BOARD) for board in boards),
            ),
        )

    def related(self, entry: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
        """The resources a relationship names: in full where the document holds them, else type and id."""
        data = mapping(mapping(entry.get("relationships")).get(name)).get("data")
        for pointer in entries(data):
            yield self.known.get((text(pointer.get("type")), text(pointer.get("id"))), pointer)

    def time(self, value: Any) -> datetime | None:
        return parse_time(text(value), now=self.doc.page.fetched_at)

    # Threads

    def threads(self) -> Iterator[Thread]:
        """The discussion, or those that the posts of the document belong to."""
        own = text(next(entries(self.api["data"])).get("id")) if not self.is_posts() else None
        grouped: dict[str, list[dict[str, Any]]] = {own: []} if own else {}
        for (kind, _), entry in self.known.items():
            if kind == "posts" and "contentType" in mapping(entry.get("attributes")):
                discussion = text(next(self.related(entry, "discussion"), {}).get("id")) or own
                if discussion and (own is None or discussion == own):
                    grouped.setdefault(discussion, []).append(entry)
        for discussion, posts in grouped.items():
            yield self.thread(discussion, posts)

    def is_posts(self) -> bool:
        return next(entries(self.api["data"])).get("type") == "posts"

    def thread(self, thread_id: str, raw: Sequence[dict[str, Any]]) -> Thread:
        entry = self.known.get(("discussions", thread_id), {})
        said = mapping(entry.get("attributes"))
        raw = sorted(raw, key=lambda post: whole(mapping(post.get("attributes")).get("number")) or 0)
        url = f"{self.site}/d/{thread_id}"
        count = whole(said.get("commentCount"))
        number = self.flarum.offset_at(self.flarum.canonical(self.doc.page.url)) + 1
        return Thread(
            id=thread_id,
            title=text(said.get("title")),
            url=url,
            board=next(iter(self.tags(entry)), None),
            started_at=self.time(said.get("createdAt")),
            stated_reply_count=count - 1 if count else None,
            view_count=whole(said.get("viewCount")),
            is_locked=said.get("isLocked") is True,
            is_sticky=said.get("isSticky") is True,
            is_solved=bool(said.get("hasBestAnswer")),
            page_number=None if "/api/" in self.doc.page.url else number,
            posts=tuple(self.post(post, url, entry) for post in raw if _is_comment(post)),
            events=tuple(event for post in raw if (event := self.event(post))),
        )

    def pages(self, threads: Sequence[Thread]) -> Iterator[Link]:
        """The other pages of a discussion; of an answer of the API, the next it names."""
        following = mapping(self.api.get("links")).get("next")
        if following:
            yield Link(url=tidy(absolute(self.doc.page.url, text(following))), kind=LinkKind.PAGE)
        for thread in threads if len(threads) == 1 else ():
            entry = self.known.get(("discussions", thread.id), {})
            listed = sum(1 for _ in self.related(entry, "posts"))
            last = max(listed, 0) or whole(mapping(entry.get("attributes")).get("lastPostNumber")) or 0
            for number in range(1, -(-last // _PAGE) + 1):
                if number != thread.page_number and (listed > len(thread.posts) or last > _PAGE):
                    url = f"{thread.url}?page={number}" if number > 1 else thread.url
                    yield Link(url=url, kind=LinkKind.PAGE)

    def tags(self, entry: dict[str, Any]) -> Iterator[Board]:
        """Tags serve as boards; those with a place among the main ones come first."""
        tags = [tag for tag in self.related(entry, "tags") if mapping(tag.get("attributes")).get("slug")]
        for tag in sorted(tags, key=lambda tag: tag["attributes"].get("position") is None):
            slug = text(tag["attributes"]["slug"])
            yield Board(id=slug, title=text(tag["attributes"].get("name")), url=f"{self.site}/t/{slug}")

    # Posts

    def post(self, entry: dict[str, Any], thread_url: str, discussion: dict[str, Any]) -> Post:
        said = mapping(entry.get("attributes"))
        number, author = whole(said.get("number")), self.author(next(self.related(entry, "user"), None))
        node = fragment(text(said.get("contentHtml")))
        body = untangle(node, self.flarum.quotes)
        editor = self.author(next(self.related(entry, "editedUser"), None))
        paragraph = next((child for child in node.iter() if child.tag != "blockquote"), None)
        mention = _leading_mention(paragraph) if paragraph else None
        best = {text(post.get("id")) for post in self.related(discussion, "bestAnswerPost")}
        return Post(
            id=text(entry.get("id")),
            text=body.text,
            full_text=body.full_text,
            quotes=body.quotes,
            aliases=(f"#{number}",) if number else (),
            author=author,
            author_method="byline" if author else None,
            author_confidence=1.0 if author else None,
            position=number,
            posted_at=self.time(said.get("createdAt")),
            edited_at=self.time(said.get("editedAt")),
            edited_by=editor.name if editor else None,
            edited_by_staff=bool(editor and author and editor.key != author.key),
            url=f"{thread_url}/{number}" if number else None,
            like_count=whole(said.get("likesCount")),
            is_solution=text(entry.get("id")) in best,
            state=PostState.HIDDEN if said.get("isHidden") is True else PostState.VISIBLE,
            reply_to=attribute(mention, "data-id") or None,
        )

    def author(self, entry: dict[str, Any] | None) -> Author | None:
        said = mapping(mapping(entry).get("attributes"))
        login = text(said.get("username"))
        if not entry or not (login or said.get("displayName")):
            return None
        groups = list(self.related(entry, "groups"))
        names = [text(mapping(group.get("attributes")).get("nameSingular")) for group in groups]
        role = next(filter(None, names), None)
        slug = text(said.get("slug")) or login
        return Author(
            name=text(said.get("displayName")) or login,
            login=login or None,
            user_id=text(entry.get("id")) or None,
            profile_url=f"{self.site}/u/{slug}" if slug else None,
            role=role,
            is_staff=is_staff(role) or any(text(group.get("id")) in _STAFF_GROUPS for group in groups),
        )

    def event(self, entry: dict[str, Any]) -> PlatformEvent | None:
        """What was done to the discussion is logged among its posts."""
        said = mapping(entry.get("attributes"))
        kind = _EVENTS.get(text(said.get("contentType")))
        if said.get("contentType") == "discussionLocked":
            locked = mapping(said.get("content")).get("locked") is not False
            kind = "thread_locked" if locked else "thread_unlocked"
        if kind is None:
            return None
        renamed = said.get("content") if kind == "thread_retitled" else None
        return PlatformEvent(
            kind=kind,
            actor=self.author(next(self.related(entry, "user"), None)),
            occurred_at=self.time(said.get("createdAt")),
            excerpt=" → ".join(map(text, renamed)) if isinstance(renamed, list) else "",
        )

    # Lists

    def listing(self, reading: Reading) -> Reading:
        rows = tuple(self.row(entry) for entry in entries(self.api["data"]))
        tags = {board.id: board for entry in entries(self.api["data"]) for board in self.tags(entry)}
        m = self.flarum.board_url.search(reading.canonical_url)
        here = tags.pop(m[1], None) if m else None
        following = mapping(self.api.get("links")).get("next")
        links = [Link(url=row.url, kind=LinkKind.THREAD) for row in rows]
        links += [Link(url=board.url, kind=LinkKind.BOARD) for board in tags.values()]
        if following:
            links.append(Link(url=self.next_page(reading, text(following)), kind=LinkKind.PAGE))
        return replace(
            reading,
            kind=PageKind.BOARD,
            board=here,
            boards=tuple(tags.values()),
            rows=rows,
            links=tuple(links),
        )

    def next_page(self, reading: Reading, following: str) -> str:
        """The page after an HTML page is one, the answer after an answer of the API the one it names."""
        if "/api/" in self.doc.page.url:
            return tidy(absolute(self.doc.page.url, following))
        number = self.flarum.offset_at(reading.canonical_url) + 2
        return f"{reading.canonical_url.partition('?')[0]}?page={number}"

    def row(self, entry: dict[str, Any]) -> ThreadRow:
        said, thread_id = mapping(entry.get("attributes")), text(entry.get("id"))
        count = whole(said.get("commentCount"))
        last = next(self.related(entry, "lastPostedPost"), next(self.related(entry, "lastPost"), {}))
        return ThreadRow(
            id=thread_id,
            title=text(said.get("title")),
            url=f"{self.site}/d/{thread_id}",
            reply_count=count - 1 if count else None,
            last_post_at=self.time(said.get("lastPostedAt")),
            last_post_id=text(last.get("id")) or None,
            is_sticky=said.get("isSticky") is True,
            is_locked=said.get("isLocked") is True,
        )


def _host(url: str) -> str:
    return "/".join(url.split("/")[:3])


def _is_comment(entry: dict[str, Any]) -> bool:
    return mapping(entry.get("attributes")).get("contentType") == "comment"


platform = Flarum()
