"""Khoros Aurora: the state that a page carries for its script, else what the page shows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.dates import parse_time
from parse.html_fields import attribute, count_in, first, text_of
from parse.html_platform import HtmlPlatform, missing_fields
from parse.html_post import is_staff
from parse.html_table import Mark, Selectors, Sight
from parse.json_fields import decoded, fragment, mapping, text, whole
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
from parse.software.bylined import bylined
from parse.unknown.pages import digest
from parse.urls import absolute

_MESSAGE = re.compile(r"\A\w+(?P<kind>Topic|Reply|Comment)Message:message:(?P<id>\d+)\Z")
_LINKED = re.compile(
    r"/(?:replies|comments)/(\d+)|/(?:discussions|blog|kb|ideas?|events?|qa)/[^?#]*/(\d+)(?=[?#]|\Z)"
)
_AT_ONCE = timedelta(seconds=60)
"""Edits sooner than this are the posting itself; scheduled posts are even "edited" before they appear."""
_State = dict[str, dict[str, Any]]


class KhorosAurora(HtmlPlatform):
    name = "khoros_aurora"
    software = "khoros"
    marks = (
        Mark("apolloState", "script#__NEXT_DATA__", 0.9),
        Mark("StandardMessageView", '[data-testid="StandardMessageView"]', 0.95),
    )
    table = Selectors(
        post='[data-testid="StandardMessageView"]',
        body='[class*="message-body"], [class*="MessageBody"]',
        author='a[data-testid="userLink"]',
        time='[data-testid="messageTime"] span[title]',
        role='[data-testid="userRank"]',
        permalink='a[data-testid="messageTime"], [data-testid="messageTime"] a[href]',
        likes='[data-testid="kudosCount"]',
        title='[data-testid="MessageSubject"], h1',
        crumbs='nav[aria-label*="readcrumb"] a[href]',
        pager='a[rel="next"], a[rel="prev"], .pagination a[href]',
        row=", ".join(
            f'[data-testid="{name}"]' for name in ("MessageViewCard", "MessageListItem", "InlineMessageView")
        ),
        row_link='[data-testid="MessageLink"], a[href*="/discussions/"]',
        row_replies='[data-testid="messageRepliesCount"]',
        row_time='[data-testid="messageTime"] span[title]',
    )
    quotes = QuoteMarkup(block="blockquote, .lia-quote, li-quote")
    thread_url = re.compile(
        r"/(?:discussions|blog|kb|idea|ideas|events?|qa)/[^/?#]+/(?:[^/?#]+/)?(\d+)(?=[/?#]|\Z)"
    )
    board_url = re.compile(
        r"/(?:discussions|blog|kb|idea|ideas|events?|qa)/([^/?#]+)(?:/all-topics[^?#]*)?/?(?=[?#]|\Z)"
    )
    offset_url = re.compile(r"[?&]page=(\d+)")
    significant = ("page", "after")
    user_url = re.compile(r"/users/[^/?#]+/(\d+)")

    def detect(self, doc: Document) -> float:
        """Other sites are made with the same tools; only Khoros has messages in their state."""
        if "StandardMessageView" in doc.text and super().detect(doc):
            return 0.95
        return 0.95 if "Message:message:" in doc.text and super().detect(doc) else 0.0

    def canonical(self, url: str) -> str:
        """A reply's own URL adds its number to the topic's."""
        return re.sub(r"(/\d+)/(?:replies|comments)/\d+", r"\1", super().canonical(url))

    def read(self, doc: Document) -> Reading:
        state = _state(doc)
        if not any(_MESSAGE.match(key) for key in state):
            return super().read(doc)
        return _Reader(self, doc, state).read()

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        row = super().row(node, sight)
        return row and replace(row, reply_count=_count(first(node, self.table.row_replies)))

    def likes(self, node: LexborNode) -> int | None:
        return _count(first(node, self.table.likes))

    def post_id(self, node: LexborNode) -> str | None:
        for place in ("data-message-uid", "id", "data-id"):
            if m := re.search(r"(\d+)\Z", attribute(node, place)):
                return m[1]
        links = (attribute(link, "href") for link in node.css('a[href]:not([data-testid="userLink"])'))
        linked = (_LINKED.search(href) for href in links)
        named = next((m[1] or m[2] for m in linked if m), None)
        return named or digest(text_of(node.css_first(self.table.body)))


def _count(node: LexborNode | None) -> int | None:
    """What is counted is told to those who hear the page, with nothing between: "6Comments"."""
    return count_in(node.text(separator=" ")) if node else None


def _state(doc: Document) -> _State:
    script = doc.tree.css_first("script#__NEXT_DATA__")
    data = decoded(script.text()) if script else None
    props = mapping(mapping(mapping(data).get("props")).get("pageProps"))
    return {key: value for key, value in mapping(props.get("apolloState")).items() if isinstance(value, dict)}


def _value(entry: dict[str, Any], name: str) -> Any:
    """A field's value; its key may carry the arguments it was asked with."""
    if name in entry:
        return entry[name]
    return next((value for key, value in entry.items() if key.startswith(f"{name}(")), None)


class _Reader:
    def __init__(self, platform: KhorosAurora, doc: Document, state: _State) -> None:
        self.platform, self.doc, self.state = platform, doc, state
        self.site = "/".join(doc.page.url.split("/")[:3])
        self.own = platform.canonical(platform.stated_url(doc))
        self.linked = {key: url for url in self.links() if (key := self.place(url))}

    def links(self) -> Iterator[str]:
        """Where the page leads: most states give no addresses. Its own counts most."""
        for link in self.doc.tree.css("a[href]"):
            url = absolute(self.site + "/", attribute(link, "href"))
            yield self.platform.canonical(url).partition("?")[0]
        yield self.own.partition("?")[0]

    def place(self, url: str) -> str | None:
        """A topic's number or a board's id, which addresses write in small letters."""
        m = self.platform.thread_url.search(url) or self.platform.board_url.search(url)
        return m[1].casefold() if m and url.startswith(self.site + "/") else None

    def read(self) -> Reading:
        reading = Reading(platform=self.platform.name, kind=PageKind.OTHER, canonical_url=self.own)
        m = self.platform.thread_url.search(self.own)
        messages = [(kind, entry) for key, entry in self.state.items() if (kind := _kind(key))]
        topics = [entry for kind, entry in messages if kind == "Topic"]
        if m is None:
            return self.listing(reading, topics)
        topic = next((entry for entry in topics if text(entry.get("uid")) == m[1]), {})
        replies = [entry for kind, entry in messages if kind != "Topic" and _same(entry, topic)]
        thread = self.thread(m[1], topic, replies)
        links = [Link(url=thread.board.url, kind=LinkKind.BOARD)] if thread.board else []
        return replace(
            reading,
            kind=PageKind.THREAD,
            threads=(thread,),
            boards=(thread.board,) if thread.board else (),
            links=(*self.pages(), *links),
            warnings=missing_fields(thread.posts),
        )

    def pages(self) -> Iterator[Link]:
        """The state holds the first replies; the page's links lead to more."""
        yield from dict.fromkeys(self.platform.page_links(self.platform.sight(self.doc)))

    def listing(self, reading: Reading, topics: Sequence[dict[str, Any]]) -> Reading:
        rows = tuple(row for topic in topics if (row := self.row(topic)))
        links = tuple(Link(url=row.url, kind=LinkKind.THREAD) for row in rows)
        boards = {key: entry for key, entry in self.state.items() if ":board:" in key and entry.get("title")}
        listed = tuple(board for entry in boards.values() if (board := self.board_of(entry)))
        m = self.platform.board_url.search(self.own)
        own = m[1].casefold() if m else None
        return replace(
            reading,
            kind=PageKind.BOARD,
            board=next((board for board in listed if board.id.casefold() == own), None),
            boards=tuple(board for board in listed if board.id.casefold() != own),
            rows=rows,
            links=(*links, *self.pages()),
        )

    def row(self, topic: dict[str, Any]) -> ThreadRow | None:
        number, talk = text(topic.get("uid")), self.follow(topic, "conversation")
        if not number:
            return None
        return ThreadRow(
            id=number,
            title=_subject(topic),
            url=self.address(topic, number),
            reply_count=whole(_value(topic, "repliesCount")),
            last_post_at=self.time(talk.get("lastPostTime") or talk.get("lastPostingActivityTime")),
            is_locked=topic.get("readOnly") is True,
            is_moved=topic.get("showMoveIndicator") is True,
        )

    def thread(self, number: str, topic: dict[str, Any], replies: Sequence[dict[str, Any]]) -> Thread:
        said = [topic, *replies] if topic else list(replies)
        posts = {post.id: post for entry in said if (post := self.post(entry, number)).id}
        texts = {post.full_text for post in posts.values()}
        shown = [post for post in self.shown() if post.id not in posts and post.full_text not in texts]
        posts |= {post.id: post for post in shown}
        talk = self.follow(topic, "conversation")
        locked = topic.get("readOnly") is True
        return Thread(
            id=number,
            title=_subject(topic),
            url=self.own.partition("?")[0],
            board=self.board_of(self.follow(topic, "board")),
            started_at=self.time(topic.get("postTime")),
            stated_reply_count=whole(_value(topic, "repliesCount")),
            view_count=whole(mapping(_value(topic, "metrics")).get("views")),
            is_locked=locked,
            is_solved=talk.get("solved") is True,
            posts=tuple(posts.values()),
            events=(PlatformEvent(kind="thread_locked"),) if locked else (),
        )

    def shown(self) -> Iterator[Post]:
        """The posts that the page shows, of which its state may hold the first only."""
        sight = self.platform.sight(self.doc)
        found = (self.platform.post(node, sight) for node in self.platform.post_nodes(self.doc))
        yield from (post for post in found if post)

    def post(self, entry: dict[str, Any], topic: str) -> Post:
        body = untangle(fragment(text(_value(entry, "body"))), self.platform.quotes)
        author, posted_at = self.author(self.follow(entry, "author")), self.time(entry.get("postTime"))
        status = text(self.follow(entry, "moderationData").get("status"))
        number, parent = text(entry.get("uid")), self.follow(entry, "parent")
        return replace(
            bylined(number, body, author),
            position=1 if number == topic else None,
            posted_at=posted_at,
            edited_at=self.edited(entry, posted_at),
            url=self.address(entry, f"{topic}/replies/{number}" if number != topic else topic),
            like_count=whole(_value(entry, "kudosSumWeight")),
            is_solution=_value(entry, "solution") is True,
            state=PostState.HIDDEN if status in ("REJECTED", "MARKED_UNDECIDED") else PostState.VISIBLE,
            reply_to=None if number == topic else text(parent.get("uid")) or None,
        )

    def edited(self, entry: dict[str, Any], posted_at: datetime | None) -> datetime | None:
        at = self.time(self.follow(entry, "currentRevision").get("lastEditTime"))
        later = at is not None and posted_at is not None and at > posted_at + _AT_ONCE
        return at if later and (whole(entry.get("revisionNum")) or 2) > 1 else None

    def author(self, entry: dict[str, Any]) -> Author | None:
        login = text(_value(entry, "login"))
        if not login or entry.get("deleted") is True:
            return None
        number = text(entry.get("uid")) or text(entry.get("id")).rpartition(":")[2]
        role = text(self.follow(entry, "rank").get("name")) or None
        return Author(
            name=login,
            login=login,
            user_id=number or None,
            profile_url=f"{self.site}/users/{login}/{number}",
            role=role,
            is_staff=is_staff(role),
        )

    def board_of(self, entry: dict[str, Any]) -> Board | None:
        number = text(entry.get("displayId")) or text(entry.get("id")).rpartition(":")[2]
        if not number:
            return None
        path = text(_value(entry, "viewHref"))
        linked = self.linked.get(number.casefold(), f"{self.site}/discussions/{number}")
        return Board(
            id=number, title=text(_value(entry, "title")), url=f"{self.site}{path}" if path else linked
        )

    def address(self, entry: dict[str, Any], number: str) -> str:
        """As the state gives it, or the page's links; else by the number alone, as slugs are decoration."""
        path = text(_value(entry, "viewHref"))
        if not path and number in self.linked:
            return self.linked[number]
        own = self.platform.thread_url.search(self.own)
        place = self.own[: own.start(1)] if own else f"{self.site}/discussions/-/-/"
        return f"{self.site}{path}" if path else f"{place}{number}"

    def follow(self, entry: dict[str, Any], name: str) -> dict[str, Any]:
        """What a reference points to, or the object that stands in its place."""
        value = mapping(_value(entry, name))
        return self.state.get(text(value.get("__ref")), value)

    def time(self, value: Any) -> datetime | None:
        return parse_time(text(value), now=self.doc.page.fetched_at)


def _subject(topic: dict[str, Any]) -> str:
    """On one line, as the page shows it."""
    return " ".join(text(_value(topic, "subject")).split())


def _kind(key: str) -> str | None:
    m = _MESSAGE.match(key)
    return m["kind"] if m else None


def _same(reply: dict[str, Any], topic: dict[str, Any]) -> bool:
    """Whether both are of one conversation, as far as they say."""
    ours, theirs = (mapping(each.get("conversation")).get("__ref") for each in (reply, topic))
    return not ours or not theirs or ours == theirs


platform = KhorosAurora()
