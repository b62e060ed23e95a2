"""HyperKitty, the archive of Mailman 3: threads, the replies they fetch, lists, and the REST interface.

Its pages are known from version 1.3.7.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from parse import mail_fields
from parse.body import QuoteMarkup, untangle
from parse.dates import parse_time
from parse.html_fields import attribute, find, find_all
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.json_fields import entries, fragment, mapping, text
from parse.model import Author, Link, LinkKind, PageKind, Post, Reading, Thread
from parse.page import Document
from parse.quotes.plain import Body, untangle_text
from parse.software.bylined import bylined

_HASH = re.compile(r"/(?:email|message|thread)/([A-Z0-9]{20,40})")
_YEAR = re.compile(r"\d{4}")
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""Nothing relative is shown here."""
_ANSWERED = re.compile(r"[?&]In-Reply-To=([^&]+)", re.I)
_ALL = ".nav a[href*='/list/'][href$='/latest']:not([href*='?']), a.btn[href*='/list/'][href$='/latest']"
_PARAGRAPH = re.compile(r"(?<=<p>)(?:(?!</p>).)*[^:\s]\s*(?=</p>)", re.S)
"""But no head of a quote, which may be wrapped."""
_LEVEL = re.compile(r"\breply-level-(\d+)")


class HyperKitty(HtmlPlatform):
    name = "hyperkitty"
    marks = (
        Mark("email-header", ".email .email-header[id], .email-header[id] + .email-body", 0.95),
        Mark("HyperKitty", 'a[href*="hyperkitty"], .thread-list, #thread-list', 0.9),
        Mark("hyperkitty", "section.hyperkitty, body.hyperkitty, .hyperkitty .thread", 0.9),
    )
    table = Selectors(
        post=".email:has(> .email-header[id]), .email:has(.email-header[id])",
        body=".email-body",
        author=".email-author .name a[href], .email-author .name",
        time=".time span[title], .email-date:not(:has(.time span[title]))",
        permalink=".messagelink a[href], .email-date a[href]",
        likes=".youlike, .likes",
        title=".thread-header h3, #thread-title, h3",
        crumbs=".thread-header a.list-name, a[href*='/list/'].list-name, .navbar-brand + a[href*='/list/']",
        pager=".pagination a[href], a[rel=next]",
        current_page=".pagination .active",
        thread_page="#thread-content",
        row=".thread-list .thread, .thread:has(.thread-title), tr.thread",
        row_link=".thread-title a[href], a.thread-title",
        row_replies=".replies, .badge:has(.fa-comment), .badge:only-of-type",
        row_time=".thread-date [title], .thread-date",
        boards="a.list-name[href*='/list/'], .list-address a[href*='/list/']",
    )
    quotes = QuoteMarkup(drop=(".quoted-switch", ".attachments", ".email-info", ".text-muted"))
    thread_url = re.compile(r"/(?:thread|message)/([A-Z0-9]{20,40})")
    board_url = re.compile(r"/list/([^/?#]+)/(?!thread|message)")
    significant = ("page", "offset", "sort")
    user_url = re.compile(r"/users/([^/?#]+)")

    def canonical(self, url: str) -> str:
        kept = super().canonical(url)
        return kept if "/replies" in kept else re.sub(r"\?sort=[^&]*\Z|(?<=[?&])sort=[^&]*&", "", kept)

    def detect(self, doc: Document) -> float:
        if doc.json is None:
            return super().detect(doc)
        return 0.95 if "replies_html" in mapping(doc.json) or any(_emails(doc.json)) else 0.0

    def read(self, doc: Document) -> Reading:
        if any(_emails(doc.json)):
            return self._rest(doc)
        if "replies_html" in mapping(doc.json):
            return self._replies(doc)
        return super().read(doc)

    def _replies(self, doc: Document) -> Reading:
        """What a thread page fetches for its script: the replies as HTML."""
        html = f"<body>{text(doc.json.get('replies_html'))}"
        inner = Document(replace(doc.page, body=html.encode(), content_type="text/html; charset=utf-8"))
        reading = super().read(inner)
        if not any(thread.posts for thread in reading.threads):
            return replace(reading, kind=PageKind.PAST_END, warnings=())
        links = []
        if doc.json.get("more_pending") and (offset := text(doc.json.get("next_offset"))):
            address = doc.page.url.partition("?")[0]
            links = [Link(url=f"{address}?offset={offset}&sort=thread", kind=LinkKind.POSTS)]
        threads = tuple(
            replace(
                t,
                url=t.url.partition("/replies")[0] + "/",
                page_number=None,
                page_count=None,
                started_at=None,
                title="",
            )
            for t in reading.threads
        )
        return replace(reading, threads=threads, links=tuple(links))

    def post_nodes(self, doc: Document) -> Sequence[LexborNode]:
        """An element around several mails holds the first one's header as well."""
        nodes = {self.post_id(node): node for node in doc.tree.css(self.table.post)}
        return list(nodes.values())

    def post_id(self, node: LexborNode) -> str | None:
        return attribute(node.css_first(".email-header[id]"), "id") or None

    def time_shown(self, node: LexborNode | None) -> str:
        """The title is the sender's time without its zone; what is shown is in the zone of the archive.

        Some versions show all of it, some the hour only: then the day is the one nearest to the sender's.
        """
        title, shown = attribute(node, "title"), " ".join(node.text(separator=" ").split()) if node else ""
        label, named, stated = title.partition(": ")
        sent = parse_time(stated, now=_NO_TIME) if named and not label.isdecimal() else None
        if sent is None:
            return title or shown
        hour = None if _YEAR.search(shown) else parse_time(f"{sent:%Y-%m-%d} {shown}", now=_NO_TIME)
        if hour is None:
            return shown
        days = (hour + timedelta(days=days) for days in (-1, 0, 1))
        return f"{min(days, key=lambda day: abs(day - sent)):%Y-%m-%d %H:%M}"

    def body(self, node: LexborNode) -> Body:
        """Mail as it came keeps its lines, also where it was rendered, with quotes as blocks."""
        content = node.css_first(self.table.body)
        if content is None or content.css_first("br"):
            return super().body(node)
        if content.css_first("p, blockquote"):
            lined = _PARAGRAPH.sub(lambda m: m[0].replace("\n", "<br>"), content.html or "")
            return untangle(fragment(lined), self.quotes)
        copy = fragment(content.html or "")
        for beside in copy.css(", ".join(self.quotes.drop)):
            beside.decompose()
        return untangle_text(copy.text())

    def numbered(self, posts: Sequence[Post], sight: Sight) -> Sequence[Post]:
        """The thread is named after its first message."""
        m = self.thread_url.search(sight.doc.page.url)
        return [replace(post, position=1) if m and post.id == m[1] else post for post in posts]

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """A reply is indented by its level, counted from 0; the first ones answer what names the thread."""
        m = self.thread_url.search(sight.doc.page.url)
        above: dict[int, str] = {-1: m[1]} if m else {}
        posts = []
        for node, post in found:
            level = _LEVEL.search(f"{attribute(node.parent, 'class')} {attribute(node, 'class')}")
            depth = int(level[1]) if level else 0
            above = {each: name for each, name in above.items() if each < depth}
            parent = above[max(above)] if above and post.id != above.get(-1) else None
            above[depth] = post.id
            posts.append(replace(post, reply_to=parent, aliases=_own_id(node)))
        return posts

    def page_links(self, sight: Sight) -> Iterator[Link]:
        """Replies are fetched apart from the page."""
        m = self.thread_url.search(sight.doc.page.url)
        if m and "/thread/" in sight.doc.page.url and "/replies" not in sight.doc.page.url:
            address = sight.doc.page.url[: m.end()]
            yield Link(url=f"{address}/replies?offset=0&sort=thread", kind=LinkKind.POSTS)
        yield from super().page_links(sight)
        for link in () if m else find_all(sight.doc, _ALL):
            yield Link(url=self.canonical(sight.url(attribute(link, "href"))), kind=LinkKind.BOARD)

    def kind(self, sight: Sight, posts: Sequence[LexborNode]) -> PageKind:
        """The front page of a list shows what it has once scripts have fetched it, but leads to all of it."""
        found = super().kind(sight, posts)
        return PageKind.INDEX if found is PageKind.OTHER and find(sight.doc, _ALL) else found

    def _rest(self, doc: Document) -> Reading:
        grouped: dict[str, list[tuple[Post, str]]] = {}
        for entry in _emails(doc.json):
            thread = _HASH.search(text(entry.get("thread")))
            post = _email(entry, doc)
            number = thread[1] if thread else post.id
            post = replace(post, position=1) if number == post.id else post
            grouped.setdefault(number, []).append((post, text(entry.get("subject"))))
        following = text(mapping(doc.json).get("next"))
        site = doc.page.url.partition("/api/")[0]
        listed = re.search(r"/list/([^/?#]+)", doc.page.url)
        return Reading(
            platform=self.name,
            kind=PageKind.THREAD,
            canonical_url=doc.page.url,
            threads=tuple(
                Thread(
                    id=number,
                    title=mail_fields.base_subject(members[0][1]),
                    url=f"{site}/list/{listed[1] if listed else '-'}/thread/{number}/",
                    posts=tuple(post for post, _ in members),
                )
                for number, members in grouped.items()
            ),
            links=(Link(url=following, kind=LinkKind.PAGE),) if following else (),
        )


def _own_id(node: LexborNode) -> tuple[str, ...]:
    """The mail's own id, which a reply to it would name."""
    m = _ANSWERED.search(attribute(node.css_first("a.reply-mailto"), "href"))
    return tuple(mail_fields.message_ids(unquote(m[1]))) if m else ()


def _emails(data: Any) -> Iterator[dict[str, Any]]:
    """The messages of an answer of the REST interface: one, a list, or a page of a list."""
    found = mapping(data).get("results", data)
    return (entry for entry in entries(found) if "message_id_hash" in entry and "content" in entry)


def _email(entry: dict[str, Any], doc: Document) -> Post:
    body = untangle_text(text(entry.get("content")))
    sender = mail_fields.sender(text(mapping(entry.get("sender")).get("address")))
    name = text(entry.get("sender_name")) or (sender.name if sender else "")
    author = Author(name=name, login=sender.login if sender else None) if name else None
    parent = _HASH.search(text(entry.get("parent")))
    return replace(
        bylined(text(entry["message_id_hash"]), body, author),
        aliases=tuple(mail_fields.message_ids(f"<{text(entry.get('message_id')).strip('<>')}>")),
        posted_at=parse_time(text(entry.get("date")), now=doc.page.fetched_at),
        url=text(entry.get("url")) or None,
        reply_to=parent[1] if parent else None,
    )


platform = HyperKitty()
