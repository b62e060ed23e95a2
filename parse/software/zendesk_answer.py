"""What an answer of the Help Center API of Zendesk says: topics, posts, comments, and who wrote them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from parse.body import QuoteMarkup, untangle
from parse.dates import parse_time
from parse.json_fields import entries, fragment, listed, mapping, text, whole
from parse.model import Author, Board, PlatformEvent, Post, Thread, ThreadRow
from parse.page import Document
from parse.software.bylined import bylined
from parse.urls import split, tidy

PLACE = re.compile(
    r"(?P<site>https?://[^/]+)/(?:(?P<api>api/v2)|hc(?:/[\w-]+)?)/community/(?P<kind>posts|topics)"
    r"(?:/(?P<id>\d+))?(?P<part>/comments|/posts)?(?=\.json|[?#/-]|\Z)"
)
KEPT = ("include", "per_page", "sort_by", "sort_order", "page", "page[after]", "page[size]")
"""The parts of a question that make another answer."""
_A_HUNDRED = 100
"""Comments a request: more is refused."""
_POST = "include=users,topics"
_TOPICS = f"per_page={_A_HUNDRED}"
_LIST = f"include=users,topics&per_page={_A_HUNDRED}&sort_by=recent_activity"
_COMMENTS = f"include=users&per_page={_A_HUNDRED}&sort_by=created_at&sort_order=asc"
_QUOTES = QuoteMarkup(block="blockquote")
_MENTION = re.compile(r"<x-zendesk-user>(\d+)</x-zendesk-user>")
_SOLVED = ("answered", "completed")
_STAFF = ("agent", "admin")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, and what its objects refer to by number."""

    doc: Document
    data: dict[str, Any]
    site: str
    users: Mapping[str, dict[str, Any]]
    topics: Mapping[str, dict[str, Any]]


def request(site: str, kind: str, number: str | None = None, part: str = "") -> str:
    """The address of a list of topics or posts, of a post, or of its comments."""
    place = f"{site}/api/v2/community/{kind}"
    if not number:
        return f"{place}.json?{_LIST if kind == 'posts' else _TOPICS}"
    if kind == "topics":
        return f"{place}/{number}/posts.json?{_LIST}"
    return f"{place}/{number}{part}.json?{_COMMENTS if part else _POST}"


def answer_of(doc: Document) -> Answer:
    data, m = mapping(doc.json), PLACE.match(doc.page.url)
    parts = split(doc.page.url)
    return Answer(
        doc=doc,
        data=data,
        site=m["site"] if m else f"{parts.scheme}://{parts.netloc}",
        users=_by_number(data.get("users")),
        topics=_by_number(data.get("topics")),
    )


def _by_number(said: Any) -> dict[str, dict[str, Any]]:
    return {number_of(entry): entry for entry in entries(listed(said))}


def number_of(entry: dict[str, Any], name: str = "id") -> str:
    return text(entry.get(name))


def posts_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    return list(entries(listed(data.get("posts") or data.get("results"))))


def board_of(topic: dict[str, Any], site: str) -> Board:
    number = number_of(topic)
    return Board(id=number, title=text(topic.get("name")), url=request(site, "topics", number))


def row_of(post: dict[str, Any], site: str) -> ThreadRow:
    return ThreadRow(
        id=number_of(post),
        title=text(post.get("title")),
        url=request(site, "posts", number_of(post)),
        reply_count=whole(post.get("comment_count")),
        is_sticky=post.get("pinned") is True,
        is_locked=post.get("closed") is True,
    )


def thread_of(post: dict[str, Any], answer: Answer) -> Thread:
    """A post and what is said of its thread; its comments are on other pages."""
    number, topic, count = number_of(post), number_of(post, "topic_id"), whole(post.get("comment_count"))
    opening, is_locked = _said(post, text(post.get("details")), answer, 1), post.get("closed") is True
    shown_at = split(text(post.get("html_url"))).path or f"/hc/community/posts/{number}"
    return Thread(
        id=number,
        title=text(post.get("title")),
        url=f"{answer.site}{shown_at}",
        board=board_of(answer.topics.get(topic, {"id": topic}), answer.site) if topic else None,
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


def comments_of(answer: Answer) -> Thread:
    """A page of comments; the first follows the post itself, so that it is the thread's second."""
    found = [entry for entry in entries(listed(answer.data.get("comments"))) if number_of(entry)]
    m = PLACE.match(answer.doc.page.url)
    number = next((number_of(entry, "post_id") for entry in found), m["id"] if m else "") or ""
    page, size = whole(answer.data.get("page")), whole(answer.data.get("per_page"))
    pages = whole(answer.data.get("page_count"))
    is_in_order = "sort_by=created_at&sort_order=asc" in tidy(answer.doc.page.url, KEPT)
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


def _said(entry: dict[str, Any], words: str, answer: Answer, position: int | None) -> Post:
    """A post or a comment: they tell the same things."""
    body, now = untangle(fragment(_named(words, answer)), _QUOTES), answer.doc.page.fetched_at
    author, editor = _author(entry, "author_id", answer), _author(entry, "non_author_editor_id", answer)
    return replace(
        bylined(number_of(entry), body, author),
        position=position,
        posted_at=parse_time(text(entry.get("created_at")), now=now),
        edited_at=parse_time(text(entry.get("non_author_updated_at")), now=now),
        edited_by=editor.name if editor else None,
        edited_by_staff=editor is not None,
        url=text(entry.get("html_url")) or None,
        like_count=whole(entry.get("vote_sum")),
    )


def _named(words: str, answer: Answer) -> str:
    """Who is mentioned stands as a number in what was written; the answer may tell the name."""
    names = {number: text(user.get("name")) for number, user in answer.users.items()}
    return _MENTION.sub(lambda m: escape(names.get(m[1]) or m[1]), words)


def _author(entry: dict[str, Any], field: str, answer: Answer) -> Author | None:
    """An account that is not in the answer is known by its number; who speaks officially is staff."""
    number = number_of(entry, field)
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
