"""Flarum: its JSON:API, the same JSON that its pages carry for the script, and what it shows without one."""

import re
from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from selectolax.lexbor import LexborNode

from parse.html_fields import attribute, count_in, find_all, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.json_fields import decoded, mapping, text, whole
from parse.model import Author, Link, LinkKind, PageKind, Reading, ThreadRow
from parse.page import Document
from parse.software.flarum_answer import Answer, Resource, attributes, boards, kind, read_answer
from parse.software.flarum_discussions import MARKUP, PAGE, leading_mention, page_links, read_threads
from parse.urls import tidy

_STREAM = ".PostStream-item[data-id][data-type=comment]"
_ACCOUNT = re.compile(r"/u/([^/?#]+)")
_PERMALINK = re.compile(r"/d/(\d+)[^/?#]*/(\d+)")


class Flarum(HtmlPlatform):
    name = "flarum"
    marks = (
        Mark("flarum-json-payload", "script#flarum-json-payload", 1.0),
        Mark("flarum-content", "#flarum-content", 0.95),
        Mark("app.load(", "#flarum-loading", 0.9),
        Mark("PostStream-item", ".PostStream-item[data-id][data-number] .Post-body", 0.9),
    )
    table = Selectors(
        post="#flarum-content article, #flarum-content div:has(> .Post-body)",
        body=".Post-body",
        author=".username, :is(.PostUser-name, h3):not(:has(.username))",
        time="time[datetime]",
        likes=".Post-likedBy",
        title="#flarum-content h1, #flarum-content h2, .DiscussionHero-title",
        locked=".DiscussionHero .Badge--locked, .DiscussionHero .item-lock",
        pager="#flarum-content a[href*='page=']",
        row="#flarum-content li:has(a[href*='/d/'])",
        row_link="a[href*='/d/']",
        boards="#flarum-content a[href*='/t/']",
    )
    quotes = MARKUP
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
            number = max(self.offset_at(kept) + 1, 1 + int(near[2]) // PAGE if near else 1)
            kept = f"{kept[: m.end()]}?page={number}"
        return self.without_first_page(kept)

    def detect(self, doc: Document) -> float:
        return super().detect(doc) if doc.json is None else 0.95 * bool(kind(doc.json))

    def read(self, doc: Document) -> Reading:
        api = doc.json if doc.json is not None else _payload(doc)
        shown = kind(api)
        if shown is None or self._shows_others(doc, api):
            return super().read(doc)
        reading = Reading(platform=self.name, kind=PageKind.OTHER, canonical_url=self.canonical(doc.page.url))
        answer = read_answer(api, doc.page.url, doc.page.fetched_at)
        return self._list(answer, reading) if shown == "list" else self._threads(answer, reading, shown)

    def _threads(self, answer: Answer, reading: Reading, shown: str) -> Reading:
        number = None if answer.is_of_api else self.offset_at(reading.canonical_url) + 1
        threads = read_threads(answer, number)
        found = {thread.board.id: thread.board for thread in threads if thread.board}
        is_there = shown == "discussions" or any(thread.posts for thread in threads)
        return replace(
            reading,
            kind=PageKind.THREAD if is_there else PageKind.PAST_END,
            threads=threads,
            boards=tuple(found.values()),
            links=(
                *page_links(answer, threads),
                *(Link(url=board.url, kind=LinkKind.BOARD) for board in found.values()),
            ),
        )

    def _list(self, answer: Answer, reading: Reading) -> Reading:
        rows = tuple(_row(answer, entry) for entry in answer.data)
        found = {board.id: board for entry in answer.data for board in boards(answer, entry)}
        m = self.board_url.search(reading.canonical_url)
        here = found.pop(m[1], None) if m else None
        links = [Link(url=row.url, kind=LinkKind.THREAD) for row in rows]
        links += [Link(url=board.url, kind=LinkKind.BOARD) for board in found.values()]
        if answer.following:
            links.append(Link(url=self._next_page(answer, reading.canonical_url), kind=LinkKind.PAGE))
        return replace(
            reading,
            kind=PageKind.BOARD,
            board=here,
            boards=tuple(found.values()),
            rows=rows,
            links=tuple(links),
        )

    def _next_page(self, answer: Answer, url: str) -> str:
        """The page after an HTML page is one, the answer after an answer of the API the one it names."""
        if answer.is_of_api and answer.following:
            return answer.following
        return f"{url.partition('?')[0]}?page={self.offset_at(url) + 2}"

    def _shows_others(self, doc: Document, api: Any) -> bool:
        """Whether a page saved from a browser shows posts that the data it started from does not hold."""
        stream = {attribute(node, "data-id") for node in find_all(doc, _STREAM)}
        if not stream:
            return False
        threads = read_threads(read_answer(api, doc.page.url, doc.page.fetched_at), None)
        return bool(stream - {post.id for thread in threads for post in thread.posts})

    def post_nodes(self, doc: Document) -> Sequence[LexborNode]:
        """What the script has drawn; else what is there for those who run none."""
        return find_all(doc, _STREAM) or super().post_nodes(doc)

    def post_id(self, node: LexborNode) -> str | None:
        """What is shown without scripts has no ids: the words stand in for one."""
        if known := attribute(node, "data-id"):
            return known
        return blake2b(text_of(node).encode(), digest_size=8).hexdigest()

    def aliases(self, node: LexborNode) -> tuple[str, ...]:
        number = attribute(node, "data-number")
        return (f"#{number}",) if number else ()

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        """The link around a name also holds the letter that stands for a picture."""
        found, link = super().author(node, sight), first(node, ".PostUser a[href]")
        href = attribute(link, "href")
        known = _ACCOUNT.search(href)
        return (
            replace(found, login=known[1], profile_url=sight.url(href))
            if found is not None and known
            else found
        )

    def reply_to(self, node: LexborNode) -> str | None:
        own = node.css_first(".Post-body > :not(blockquote)")
        return attribute(leading_mention(own), "data-id") or None

    def likes(self, node: LexborNode) -> int | None:
        """ "Ann, Bob and 3 others like this": the people named, and the others."""
        liked = first(node, self.table.likes)
        if liked is None:
            return None
        names = [text_of(link) for link in liked.css("a[href]") if _ACCOUNT.search(attribute(link, "href"))]
        rest = text_of(liked)
        for name in names:
            rest = rest.replace(name, "", 1)
        return len(names) + (count_in(rest) or 0)


def _payload(doc: Document) -> Any:
    """The answer of the API that a page carries for its script to start from."""
    script = doc.tree.css_first("script#flarum-json-payload")
    return mapping(decoded(script.text()) if script else None).get("apiDocument")


def _row(answer: Answer, entry: Resource) -> ThreadRow:
    said, thread_id = attributes(entry), text(entry.get("id"))
    count = whole(said.get("commentCount"))
    last = next(answer.related(entry, "lastPostedPost"), next(answer.related(entry, "lastPost"), {}))
    return ThreadRow(
        id=thread_id,
        title=text(said.get("title")),
        url=f"{answer.site}/d/{thread_id}",
        reply_count=count - 1 if count else None,
        last_post_at=answer.time(said.get("lastPostedAt")),
        last_post_id=text(last.get("id")) or None,
        is_sticky=said.get("isSticky") is True,
        is_locked=said.get("isLocked") is True,
    )


platform = Flarum()
