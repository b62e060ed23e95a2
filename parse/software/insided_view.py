"""A topic of a Gainsight community, from the data that its page carries for a script."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from parse.body import QuoteMarkup, untangle
from parse.feedback import is_done
from parse.html_post import is_staff
from parse.html_table import Sight
from parse.json_fields import entries, fragment, listed, mapping, text, whole
from parse.model import Author, Board, PlatformEvent, Post, PostState, Thread, changed
from parse.page import Document
from parse.software.bylined import bylined, ranked
from parse.structured_data import accepted_url

POST = re.compile(r"[?&]postid=(\d+)")


@dataclass(frozen=True, slots=True)
class View:
    """What a page shows of one topic."""

    data: dict[str, Any]
    sight: Sight
    start: str
    """The URL of the topic's first page."""
    quotes: QuoteMarkup

    @property
    def topic(self) -> dict[str, Any]:
        return mapping(self.data.get("topic"))

    def thread(self, board: Board | None) -> Thread:
        topic, shown = self.topic, mapping(self.data.get("repliesProps"))
        number = whole(self.data.get("currentPage")) or 1
        status = text(mapping(mapping(self.data.get("topicContent")).get("ideaStatus")).get("name"))
        is_locked = True in (topic.get("closed"), self.data.get("isTopicClosedForReply"))
        helpful = mapping(mapping(self.data.get("contentHelpfulnessData")).get("topic"))
        accepted = accepted_in(self.sight.doc)
        posts = solved([post for post in self.posts(shown, number) if post.id], accepted)
        return Thread(
            id=text(topic["threadId"]),
            title=text(topic.get("title")),
            url=self.start,
            board=board,
            started_at=posts[0].posted_at if posts else None,
            stated_reply_count=whole(topic.get("replyCount")),
            view_count=whole(helpful.get("views")),
            is_locked=is_locked,
            is_sticky=topic.get("sticky") is True,
            is_solved=accepted is not None or is_done(status),
            status=status or None,
            page_number=number,
            page_count=whole(shown.get("totalRepliesPageCount")) or 1,
            posts=tuple(posts),
            events=(PlatformEvent(kind="thread_locked"),) if is_locked else (),
        )

    def posts(self, shown: dict[str, Any], number: int) -> Iterator[Post]:
        """The opening post, which stands on every page, and this page's replies."""
        yield self.post(self.topic, "publishedAt", 1)
        replies = list(entries(listed(shown.get("replies"))))
        pages, total = whole(shown.get("totalRepliesPageCount")), whole(shown.get("totalRepliesCount"))
        first = (number - 1) * len(replies) + 2
        if number == pages and number > 1:  # the last page may be shorter than the others
            first = (total or 0) - len(replies) + 2
        is_in_order = shown.get("currentSort") == "dateline.asc" and first > 1
        for place, reply in enumerate(replies):
            yield self.post(reply, "creationDate", first + place if is_in_order else None)

    def post(self, said: dict[str, Any], time: str, position: int | None) -> Post:
        number, author = text(said.get("postId")), _author(said.get("author"), self.sight)
        body = untangle(fragment(text(said.get("content"))), self.quotes)
        posted, edited = text(said.get(time)), text(said.get("lastEditedAt"))
        likes = said.get("likes", said.get("likedBy"))
        return replace(
            bylined(number, body, author),
            position=position,
            posted_at=self.sight.time(posted),
            edited_at=self.sight.time(edited) if edited != posted else None,
            url=f"{self.start}?postid={number}#post{number}",
            like_count=len(likes) if isinstance(likes, list) else whole(likes),
            state=PostState.HIDDEN if said.get("visible") is False else PostState.VISIBLE,
        )


def accepted_in(doc: Document) -> str | None:
    """The reply that answers the question, as the page declares it to search engines."""
    m = POST.search(accepted_url(doc.tree))
    return m[1] if m else None


def solved(posts: Sequence[Post], accepted: str | None) -> list[Post]:
    return [changed(post, is_solution=True) if post.id == accepted else post for post in posts]


def _author(said: Any, sight: Sight) -> Author | None:
    """The rank is shown, or a title of the person's own: whichever speaks for the community's hosts."""
    user = mapping(said)
    name, page = text(user.get("username")), text(user.get("profileUrl"))
    titles = [text(mapping(user.get("rank")).get("name")), text(user.get("usertitle"))]
    role = next(filter(is_staff, titles), None) or next(filter(None, titles), None)
    return ranked(name, text(user.get("userId")), sight.url(page) if page else None, role)
