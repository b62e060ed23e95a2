"""Zendesk community (Gather): the Help Center API, where it answers without a key, and saved answers of it.

A crawl starts at `/api/v2/community/topics.json` or at one `topics/ID/posts.json`, or, with the platform
named as `zendesk_api`, at the page of either (`/hc/…/community/topics`). A list leads to `posts/ID.json`,
the first page of a thread; its comments, a hundred a request, are the pages that follow. Lists hold the posts
whole, so that those of a saved one are threads too.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from parse.body import QuoteMarkup, untangle
from parse.dates import parse_time
from parse.json_fields import entries, fragment, listed, mapping, text, whole
from parse.model import (
    Author,
    Board,
    Link,
    LinkKind,
    PageKind,
    PlatformEvent,
    Post,
    Reading,
    Thread,
    ThreadRow,
)
from parse.page import Document
from parse.urls import split, tidy

_PLACE = re.compile(
    r"(?P<site>https?://[^/]+)/(?:(?P<api>api/v2)|hc(?:/[\w-]+)?)/community/(?P<kind>posts|topics)"
    r"(?:/(?P<id>\d+))?(?P<part>/comments|/posts)?(?=\.json|[?#/-]|\Z)"
)
_A_HUNDRED = 100
"""Comments a request: more is refused."""
_KEPT = ("include", "per_page", "sort_by", "sort_order", "page", "page[after]", "page[size]")
_FIRST_PAGE = re.compile(r"[?&]page=1(?=&|\Z)")
_POST = "include=users,topics"
_TOPICS = f"per_page={_A_HUNDRED}"
_LIST = f"include=users,topics&per_page={_A_HUNDRED}&sort_by=recent_activity"
_COMMENTS = f"include=users&per_page={_A_HUNDRED}&sort_by=created_at&sort_order=asc"
_FIELDS = {
    "comments": {"body", "author_id", "post_id", "official"},
    "post": {"details", "author_id", "topic_id", "vote_sum"},
    "posts": {"details", "author_id", "topic_id", "vote_sum"},
    "topics": {"id", "name", "follower_count"},
}
"""What only comments, posts and topics of a community have; comments may have their posts beside them."""
_QUOTES = QuoteMarkup(block="blockquote")
_SOLVED = ("answered", "completed")
_STAFF = ("agent", "admin")


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer, and what its objects refer to by number."""

    doc: Document
    data: dict[str, Any]
    site: str
    users: Mapping[str, dict[str, Any]]
    topics: Mapping[str, dict[str, Any]]


class ZendeskApi:
    name = "zendesk_api"
    software = "zendesk"

    def detect(self, doc: Document) -> float:
        return 0.95 if doc.json is not None and _kind(doc) else 0.0

    def canonical(self, url: str) -> str:
        """The request for the same content, where the URL is that of a page."""
        m = _PLACE.match(url)
        if m is None:
            return tidy(url)
        if m["api"] is None or (m["kind"] == "posts" and m["id"] and not m["part"]):
            return _request(m["site"], m["kind"], m["id"])
        kept = tidy(url.replace("%5B", "[").replace("%5D", "]").replace("%2C", ","), _KEPT)
        return _FIRST_PAGE.sub("", kept)

    def read(self, doc: Document) -> Reading:
        own = self.canonical(doc.page.url)
        reading = Reading(platform=self.name, kind=PageKind.OTHER, canonical_url=own)
        answer = _answer(doc)
        match _kind(doc):
            case "topics":
                boards = tuple(_board(topic, answer.site) for topic in entries(answer.data["topics"]))
                links = [*(Link(url=board.url, kind=LinkKind.BOARD) for board in boards), *self.pages(answer)]
                return replace(reading, kind=PageKind.INDEX, boards=boards, links=tuple(links))
            case "posts":
                return self.listing(answer, reading)
            case "post":
                thread = _thread(mapping(answer.data["post"]), answer)
                further = _request(answer.site, "posts", thread.id, "/comments")
                links = [Link(url=further, kind=LinkKind.PAGE)] if thread.stated_reply_count else []
                return self.talk(reading, thread, links)
            case "comments":
                return self.talk(reading, _comments(answer), self.pages(answer))
        return replace(reading, warnings=("JSON, but neither posts nor comments of a Zendesk community",))

    def listing(self, answer: _Answer, reading: Reading) -> Reading:
        """A list of posts; one alone is left to its own page, as what shows one thread is taken for that."""
        posts = [post for post in _posts(answer.data) if _number(post)]
        rows = tuple(_row(post, answer.site) for post in posts)
        threads = tuple(_thread(post, answer) for post in posts) if len(posts) > 1 else ()
        links = (Link(url=row.url, kind=LinkKind.THREAD) for row in rows)
        m = _PLACE.match(answer.doc.page.url)
        number = m["id"] if m and m["kind"] == "topics" else None
        return replace(
            reading,
            kind=PageKind.BOARD,
            board=_board(answer.topics.get(number, {"id": number}), answer.site) if number else None,
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

    def pages(self, answer: _Answer) -> Iterator[Link]:
        """The answers before and after this one, by either way that the API counts; on the host asked."""
        data = answer.data
        further = mapping(data.get("links")) if mapping(data.get("meta")).get("has_more") else {}
        for said in (data.get("previous_page"), data.get("next_page"), further.get("next")):
            parts = split(text(said))
            if parts.path:
                url = self.canonical(f"{answer.site}{parts.path}?{parts.query}")
                yield Link(url=url, kind=LinkKind.PAGE)


def _request(site: str, kind: str, number: str | None = None, part: str = "") -> str:
    """The address of a list of topics or posts, of a post, or of its comments."""
    place = f"{site}/api/v2/community/{kind}"
    if not number:
        return f"{place}.json?{_LIST if kind == 'posts' else _TOPICS}"
    if kind == "topics":
        return f"{place}/{number}/posts.json?{_LIST}"
    return f"{place}/{number}{part}.json?{_COMMENTS if part else _POST}"


def _answer(doc: Document) -> _Answer:
    data, m = mapping(doc.json), _PLACE.match(doc.page.url)
    parts = split(doc.page.url)
    return _Answer(
        doc=doc,
        data=data,
        site=m["site"] if m else f"{parts.scheme}://{parts.netloc}",
        users=_by_number(data.get("users")),
        topics=_by_number(data.get("topics")),
    )


def _by_number(said: Any) -> dict[str, dict[str, Any]]:
    return {_number(entry): entry for entry in entries(listed(said))}


def _number(entry: dict[str, Any], name: str = "id") -> str:
    return text(entry.get(name))


def _kind(doc: Document) -> str | None:
    """What the answer is about: what was asked for, not what stands beside it."""
    data = mapping(doc.json)
    said = {name: listed(data.get(name)) for name in ("comments", "topics")}
    said |= {"post": [data.get("post")], "posts": _posts(data)}
    for name, fields in _FIELDS.items():
        if any(fields <= each.keys() for each in entries(said[name])):
            return name
    m = _PLACE.match(doc.page.url)  # an empty list says nothing but where it was asked for
    asked = (m["part"] or m["kind"]).strip("/") if m and m["api"] is not None else ""
    return asked if asked in data and data[asked] == [] else None


def _posts(data: dict[str, Any]) -> list[dict[str, Any]]:
    return list(entries(listed(data.get("posts") or data.get("results"))))


def _board(topic: dict[str, Any], site: str) -> Board:
    number = _number(topic)
    return Board(id=number, title=text(topic.get("name")), url=_request(site, "topics", number))


def _row(post: dict[str, Any], site: str) -> ThreadRow:
    return ThreadRow(
        id=_number(post),
        title=text(post.get("title")),
        url=_request(site, "posts", _number(post)),
        reply_count=whole(post.get("comment_count")),
        is_sticky=post.get("pinned") is True,
        is_locked=post.get("closed") is True,
    )


def _thread(post: dict[str, Any], answer: _Answer) -> Thread:
    """A post and what is said of its thread; its comments are on other pages."""
    number, topic, count = _number(post), _number(post, "topic_id"), whole(post.get("comment_count"))
    opening, is_locked = _said(post, text(post.get("details")), answer, 1), post.get("closed") is True
    shown_at = split(text(post.get("html_url"))).path or f"/hc/community/posts/{number}"
    return Thread(
        id=number,
        title=text(post.get("title")),
        url=f"{answer.site}{shown_at}",
        board=_board(answer.topics.get(topic, {"id": topic}), answer.site) if topic else None,
        started_at=opening.posted_at,
        stated_reply_count=count,
        is_locked=is_locked,
        is_sticky=post.get("pinned") is True,
        is_solved=post.get("status") in _SOLVED,
        status=_status(text(post.get("status"))),
        page_number=1,
        page_count=1 - (-max(count or 0, 0) // _A_HUNDRED),
        posts=(opening,) if number else (),
        events=(PlatformEvent(kind="thread_locked"),) if is_locked else (),
    )


def _status(name: str) -> str | None:
    """The name that the interface has for it, as it is shown in English."""
    return name.replace("_", " ").capitalize() if name not in ("", "none") else None


def _comments(answer: _Answer) -> Thread:
    """A page of comments; the first follows the post itself, so that it is the thread's second."""
    found = [entry for entry in entries(listed(answer.data.get("comments"))) if _number(entry)]
    m = _PLACE.match(answer.doc.page.url)
    number = next((_number(entry, "post_id") for entry in found), m["id"] if m else "") or ""
    page, size = whole(answer.data.get("page")), whole(answer.data.get("per_page"))
    pages = whole(answer.data.get("page_count"))
    is_in_order = "sort_by=created_at&sort_order=asc" in tidy(answer.doc.page.url, _KEPT)
    before = (page - 1) * size + 2 if page and size and is_in_order else None
    return Thread(
        id=number,
        title="",
        url=f"{answer.site}/hc/community/posts/{number}",
        page_number=page + 1 if page else None,
        page_count=pages + 1 if pages else None,
        posts=tuple(
            _said(entry, text(entry.get("body")), answer, None if before is None else before + place)
            for place, entry in enumerate(found)
        ),
    )


def _said(entry: dict[str, Any], words: str, answer: _Answer, position: int | None) -> Post:
    """A post or a comment: they tell the same things."""
    body, now = untangle(fragment(words), _QUOTES), answer.doc.page.fetched_at
    author, editor = _author(entry, "author_id", answer), _author(entry, "non_author_editor_id", answer)
    return Post(
        id=_number(entry),
        text=body.text,
        full_text=body.full_text,
        quotes=body.quotes,
        author=author,
        author_method="byline" if author else None,
        author_confidence=1.0 if author else None,
        position=position,
        posted_at=parse_time(text(entry.get("created_at")), now=now),
        edited_at=parse_time(text(entry.get("non_author_updated_at")), now=now),
        edited_by=editor.name if editor else None,
        edited_by_staff=editor is not None,
        url=text(entry.get("html_url")) or None,
        like_count=whole(entry.get("vote_sum")),
    )


def _author(entry: dict[str, Any], field: str, answer: _Answer) -> Author | None:
    """An account that is not in the answer is known by its number; who speaks officially is staff."""
    number = _number(entry, field)
    user = answer.users.get(number, {})
    role = text(user.get("role")).replace("end-user", "")
    return (
        Author(
            name=text(user.get("name")) or number,
            user_id=number,
            role=role or None,
            is_staff=role in _STAFF or entry.get("official") is True,
        )
        if number
        else None
    )


platform = ZendeskApi()
