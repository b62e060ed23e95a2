"""Zendesk community (Gather): the Help Center API, where it answers without a key, and saved answers of it.

A crawl starts at `/api/v2/community/topics.json` or at one `topics/ID/posts.json`, or, with the platform
named as `zendesk_api`, at the page of either (`/hc/…/community/topics`). A list leads to `posts/ID.json`,
the first page of a thread; its comments, a hundred a request, are the pages that follow. Lists hold the posts
whole, so that those of a saved one are threads too.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from parse.json_fields import entries, listed, mapping, text
from parse.model import Link, LinkKind, PageKind, Reading, Thread
from parse.page import Document
from parse.software.zendesk_answer import (
    KEPT,
    PLACE,
    Answer,
    answer_of,
    board_of,
    comments_of,
    number_of,
    posts_of,
    request,
    row_of,
    thread_of,
)
from parse.urls import split, tidy

_FIRST_PAGE = re.compile(r"[?&]page=1(?=&|\Z)")
_FIELDS = {
    "comments": {"body", "author_id", "post_id", "official"},
    "post": {"details", "author_id", "topic_id", "vote_sum"},
    "posts": {"details", "author_id", "topic_id", "vote_sum"},
    "topics": {"id", "name", "follower_count"},
}
"""What only comments, posts and topics of a community have; comments may have their posts beside them."""


class ZendeskApi:
    name = "zendesk_api"
    software = "zendesk"

    def detect(self, doc: Document) -> float:
        return 0.95 if doc.json is not None and _kind(doc) else 0.0

    def canonical(self, url: str) -> str:
        """The request for the same content, where the URL is that of a page."""
        m = PLACE.match(url)
        if m is None:
            return tidy(url)
        if m["api"] is None or (m["kind"] == "posts" and m["id"] and not m["part"]):
            return request(m["site"], m["kind"], m["id"])
        kept = tidy(url.replace("%5B", "[").replace("%5D", "]").replace("%2C", ","), KEPT)
        return _FIRST_PAGE.sub("", kept)

    def read(self, doc: Document) -> Reading:
        own = self.canonical(doc.page.url)
        reading = Reading(platform=self.name, kind=PageKind.OTHER, canonical_url=own)
        answer = answer_of(doc)
        match _kind(doc):
            case "topics":
                boards = tuple(board_of(topic, answer.site) for topic in entries(answer.data["topics"]))
                links = [*(Link(url=board.url, kind=LinkKind.BOARD) for board in boards), *self.pages(answer)]
                return replace(reading, kind=PageKind.INDEX, boards=boards, links=tuple(links))
            case "posts":
                return self.listing(answer, reading)
            case "post":
                thread = thread_of(mapping(answer.data["post"]), answer)
                further = request(answer.site, "posts", thread.id, "/comments")
                links = [Link(url=further, kind=LinkKind.PAGE)] if thread.stated_reply_count else []
                return self.talk(reading, thread, links)
            case "comments":
                return self.talk(reading, comments_of(answer), self.pages(answer))
        return replace(reading, warnings=("JSON, but neither posts nor comments of a Zendesk community",))

    def listing(self, answer: Answer, reading: Reading) -> Reading:
        """A list of posts; one alone is left to its own page, as what shows one thread is taken for that."""
        posts = [post for post in posts_of(answer.data) if number_of(post)]
        rows = tuple(row_of(post, answer.site) for post in posts)
        threads = tuple(thread_of(post, answer) for post in posts) if len(posts) > 1 else ()
        links = (Link(url=row.url, kind=LinkKind.THREAD) for row in rows)
        m = PLACE.match(answer.doc.page.url)
        number = m["id"] if m and m["kind"] == "topics" else None
        return replace(
            reading,
            kind=PageKind.BOARD,
            board=board_of(answer.topics.get(number, {"id": number}), answer.site) if number else None,
            rows=rows,
            threads=threads,
            links=(*links, *self.pages(answer)),
        )

    def talk(self, reading: Reading, thread: Thread, links: Iterable[Link]) -> Reading:
        """A post, whose comments are elsewhere, or a page of comments."""
        board = (Link(url=thread.board.url, kind=LinkKind.BOARD),) if thread.board else ()
        return replace(
            reading,
            kind=PageKind.THREAD if thread.posts or thread.title else PageKind.PAST_END,
            threads=(thread,),
            boards=(thread.board,) if thread.board else (),
            links=(*links, *board),
        )

    def pages(self, answer: Answer) -> Iterator[Link]:
        """The answers before and after this one, by either way that the API counts; on the host asked."""
        data = answer.data
        further = mapping(data.get("links")) if mapping(data.get("meta")).get("has_more") else {}
        for said in (data.get("previous_page"), data.get("next_page"), further.get("next")):
            parts = split(text(said))
            if parts.path:
                url = self.canonical(f"{answer.site}{parts.path}?{parts.query}")
                yield Link(url=url, kind=LinkKind.PAGE)


def _kind(doc: Document) -> str | None:
    """What the answer is about: what was asked for, not what stands beside it."""
    data = mapping(doc.json)
    said = {name: listed(data.get(name)) for name in ("comments", "topics")}
    said |= {"post": [data.get("post")], "posts": posts_of(data)}
    for name, fields in _FIELDS.items():
        if any(fields <= each.keys() for each in entries(said[name])):
            return name
    m = PLACE.match(doc.page.url)  # an empty list says nothing but where it was asked for
    asked = (m["part"] or m["kind"]).strip("/") if m and m["api"] is not None else ""
    return asked if asked in data and data[asked] == [] else None


platform = ZendeskApi()
