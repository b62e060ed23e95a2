"""A post of Canny with its comments, from the state that its page carries for a script."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from parse.dates import parse_time
from parse.feedback import is_done
from parse.json_fields import listed, mapping, text, whole
from parse.model import Author, Board, PlatformEvent, Post, PostState, Thread
from parse.page import Document
from parse.quotes.plain import EMPTY, Body, untangle_text
from parse.software.bylined import bylined

_MENTION = re.compile(r"@\{([0-9a-f]{24})\|[^{}]{0,40}\}")


class Talk:
    """One post with what was said below it. Only admins change its status or merge others into it."""

    def __init__(self, doc: Document, state: dict[str, Any], post: dict[str, Any]) -> None:
        self.doc, self.post, self.number = doc, post, text(post.get("_id"))
        activity = mapping(mapping(state.get("postsActivity")).get(self.number))
        self.comments = [each for each in values(activity.get("comments")) if text(each.get("_id"))]
        self.merges = {text(each.get("_id")): each for each in values(activity.get("mergedPosts"))}
        told = {text(each.get("mergeID")) for each in self.comments}
        untold = (each for number, each in self.merges.items() if number and number not in told)
        self.comments += [{**each, "mergeID": each["_id"]} for each in untold]
        self.comments.sort(key=lambda each: text(each.get("created")))
        admins = [each.get("author") for each in self.comments if each.get("statusChangeID")]
        admins += [each.get("member") for each in self.merges.values()]
        self.staff = {_number(user) for user in admins} - {""}
        self.names = dict(_people(post, *self.comments))

    def thread(self, url: str, board: Board | None) -> Thread:
        post = self.post
        return Thread(
            id=self.number,
            title=text(post.get("title")),
            url=url,
            board=board,
            started_at=self.time(post.get("created")),
            stated_reply_count=whole(post.get("commentCount")),
            is_sticky=post.get("pinned") is True,
            is_solved=is_done(text(post.get("status"))),
            status=text(post.get("status")).capitalize() or None,
            page_number=1,
            page_count=1,
            posts=(self.opening(url), *(made for each in self.comments if (made := self.comment(each)))),
            events=tuple(map(self.merger, self.merges.values())),
        )

    def opening(self, url: str) -> Post:
        """Many a post is told by its title alone."""
        said = self.body(text(self.post.get("details")).strip() or self.post.get("title"))
        return replace(self.made(self.post, said), url=url, like_count=whole(self.post.get("score")))

    def comment(self, entry: dict[str, Any]) -> Post | None:
        """What has no words only changed the status; a merge repeats the post that came in, of whomever."""
        parent = text(entry.get("parentID")) or None
        if entry.get("deleted") is True or entry.get("spam") is True:
            return replace(self.made(entry, EMPTY), state=PostState.REMOVED, reply_to=parent)
        said, merge = self.body(entry.get("value")), self.merges.get(text(entry.get("mergeID")))
        if merge and not said.full_text:
            words = (text(merge.get("postTitle")), text(merge.get("postDetails")))
            said, entry = self.body("\n\n".join(filter(None, words))), {**entry, "author": None}
        if not said.full_text:
            return None
        return replace(self.made(entry, said), reply_to=parent, like_count=whole(entry.get("likeCount")))

    def made(self, entry: dict[str, Any], said: Body) -> Post:
        author = self.author(entry.get("author"))
        return replace(
            bylined(text(entry.get("_id")), said, author),
            posted_at=self.time(entry.get("created")),
        )

    def body(self, value: Any) -> Body:
        """Mentions are kept as the number of the account."""
        return untangle_text(_MENTION.sub(lambda m: f"@{self.names.get(m[1], m[1])}", text(value)))

    def author(self, value: Any) -> Author | None:
        number, name = _number(value), _name(value)
        staff = mapping(value).get("isAdmin") is True or number in self.staff
        role = "admin" if staff else None
        return Author(name=name, user_id=number or None, role=role, is_staff=staff) if name else None

    def merger(self, entry: dict[str, Any]) -> PlatformEvent:
        return PlatformEvent(
            kind="thread_merged",
            actor=self.author(entry.get("member")),
            occurred_at=self.time(entry.get("created")),
            excerpt=text(entry.get("postTitle"))[:200],
        )

    def time(self, value: Any) -> datetime | None:
        return parse_time(text(value), now=self.doc.page.fetched_at)


def values(value: Any) -> list[dict[str, Any]]:
    """The objects of a list, or of a table by their numbers."""
    found = value.values() if isinstance(value, dict) else listed(value)
    return [each for each in found if isinstance(each, dict)]


def _number(user: Any) -> str:
    return text(mapping(user).get("_id"))


def _name(user: Any) -> str:
    return text(mapping(user).get("name")).strip() or text(mapping(user).get("alias")).strip()


def _people(*entries: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Everybody who is named on the page, by number."""
    for entry in entries:
        for user in (entry.get("author"), *listed(entry.get("mentionedUsers")), *listed(entry.get("voters"))):
            if _name(user):
                yield _number(user), _name(user)
