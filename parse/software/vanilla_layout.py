"""What a page of Vanilla's newest layouts carries for its script: the answers of the interface, whole.

Known from the published source of Higher Logic Vanilla (2022 to 2026): each widget of a layout stands in the
page's state with what it shows; beside it are no more than the bare words, without ids or times.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from parse.body import QuoteMarkup, untangle
from parse.feedback import is_done
from parse.html_table import Sight
from parse.json_fields import entries, fragment, leading, listed, mapping, text, whole
from parse.model import Author, Board, PlatformEvent, Post, Thread, ThreadRow
from parse.page import Document
from parse.software.bylined import bylined, ranked

_STATE = re.compile(r"""window\[["'](?:vanillaInitialLayout|__ACTIONS__)["']\]\s*=\s*""")
_ANSWERS = "acceptedAnswers"


@dataclass(frozen=True)
class Layout:
    """The widgets of one page."""

    widgets: tuple[dict[str, Any], ...]
    sight: Sight
    quotes: QuoteMarkup

    @cached_property
    def discussion(self) -> dict[str, Any]:
        """The discussion that the page is about; lists hold theirs together."""
        found = (mapping(widget.get("discussion")) for widget in self.widgets)
        return next((each for each in found if text(each.get("discussionID")) and "body" in each), {})

    @cached_property
    def listing(self) -> dict[str, Any]:
        """What lists the discussions of the page; other widgets list a few of them at its side."""
        lists = [each for each in self.widgets if isinstance(each.get("discussions"), list)]
        return next((each for each in lists if each.get("isAsset") is True), {})

    def thread(self, url: str, board: Board | None) -> Thread:
        said, posts = self.discussion, tuple(self.posts())
        status = text(mapping(said.get("status")).get("name")) if said.get("type") == "idea" else ""
        is_locked, (number, count) = said.get("closed") is True, self.page
        return Thread(
            id=text(said["discussionID"]),
            title=text(said.get("name")),
            url=url,
            board=board,
            started_at=self.sight.time(text(said.get("dateInserted"))),
            stated_reply_count=whole(said.get("countComments")),
            view_count=whole(said.get("countViews")),
            is_locked=is_locked,
            is_sticky=said.get("pinned") is True,
            is_solved=any(post.is_solution for post in posts) or is_done(status),
            status=status or None,
            page_number=number,
            page_count=count,
            posts=posts,
            events=(PlatformEvent(kind="thread_locked"),) if is_locked else (),
        )

    @cached_property
    def paging(self) -> dict[str, Any]:
        """Where the comments shown stand among all, or the discussions."""
        names = ("comments", "commentsThread")
        stated = (mapping(mapping(each.get(name)).get("paging")) for each in self.widgets for name in names)
        return (
            next(filter(None, stated), {}) if self.discussion else mapping(self.listing.get("initialPaging"))
        )

    @property
    def page(self) -> tuple[int, int]:
        """The number of this page, and of pages."""
        number, size, total = (whole(self.paging.get(name)) for name in ("currentPage", "limit", "total"))
        pages = -(-(total or 0) // size) if size and size > 0 else 1
        return number or 1, max(pages, number or 1)

    def posts(self) -> Iterator[Post]:
        """The opening post, which stands on every page, and the comments of this one."""
        opening = f"d{text(self.discussion['discussionID'])}"
        yield replace(self.post(self.discussion, opening), position=1)
        solving = {text(each.get("commentID")) for shown in self.widgets for each in _within(shown, _ANSWERS)}
        nested = any(shown.get("threadStyle") == "nested" for shown in self.widgets)
        for said in self.comments():
            comment, parent = text(said["commentID"]), text(said.get("parentCommentID"))
            status = mapping(mapping(said.get("attributes")).get("answer")).get("status")
            yield replace(
                self.post(said, comment),
                is_solution=comment in solving or status == "accepted",
                reply_to=parent or (opening if nested else None),
            )

    def comments(self) -> list[dict[str, Any]]:
        """Each once, in the order of time: accepted answers are told apart from the others."""
        names = ("comments", "commentsThread", _ANSWERS)
        told = [each for name in names for widget in self.widgets for each in _within(widget, name)]
        found = {text(each.get("commentID")): each for each in told if text(each.get("commentID"))}
        return sorted(found.values(), key=lambda each: text(each.get("dateInserted")))

    def post(self, said: dict[str, Any], number: str) -> Post:
        body, author = untangle(fragment(text(said.get("body"))), self.quotes), _author(said, self.sight)
        posted, edited = text(said.get("dateInserted")), text(said.get("dateUpdated"))
        return replace(
            bylined(number, body, author),
            posted_at=self.sight.time(posted),
            edited_at=self.sight.time(edited) if edited != posted else None,
            edited_by_staff=text(said.get("updateUserID")) not in ("", text(said.get("insertUserID"))),
            url=self.sight.url(text(said.get("url"))) if said.get("url") else None,
            like_count=whole(said.get("score")),
        )

    def rows(self) -> tuple[ThreadRow, ...]:
        return tuple(
            ThreadRow(
                id=text(each["discussionID"]),
                title=text(each.get("name")),
                url=self.sight.url(text(each.get("url"))),
                reply_count=whole(each.get("countComments")),
                last_post_at=self.sight.time(text(each.get("dateLastComment") or each.get("dateInserted"))),
                is_sticky=each.get("pinned") is True,
                is_locked=each.get("closed") is True,
            )
            for each in entries(listed(self.listing.get("discussions")))
            if text(each.get("discussionID"))
        )


def widgets(doc: Document) -> tuple[dict[str, Any], ...]:
    """What each widget of the page was given, in the order of the page; none in a page of older themes."""
    states = [leading(doc.text[m.end() :]) for m in _STATE.finditer(doc.text)]
    found, waiting = [], states[::-1]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            if isinstance(shown := each.get("$reactProps"), dict):
                found.append(shown)
            waiting += reversed(each.values())
        elif isinstance(each, list):
            waiting += reversed(each)
    return tuple(found)


def _within(widget: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    """Comments as a list, or as a tree and the comments of it by their numbers."""
    data = mapping(widget.get(name)).get("data")
    yield from entries(listed(data) or list(mapping(mapping(data).get("commentsByID")).values()))


def _author(said: dict[str, Any], sight: Sight) -> Author | None:
    user = mapping(said.get("insertUser"))
    name, page = text(user.get("name")), text(user.get("url"))
    role = text(user.get("title")) or text(user.get("label")) or None
    return ranked(name, text(user.get("userID")), sight.url(page) if page else None, role)
