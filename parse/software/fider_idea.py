"""An idea of Fider with its comments and the team's response, from the state of its page."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from parse.dates import parse_time
from parse.feedback import is_done
from parse.json_fields import entries, listed, mapping, text, whole
from parse.markdown import untangle_markdown
from parse.model import Author, Board, PlatformEvent, Post, Thread
from parse.page import Document
from parse.software.bylined import bylined
from parse.software.reactions import thumbs

_MENTION = re.compile(r'@\{[^{}]*"name":"((?:[^"\\]|\\.){1,100})"[^{}]*\}')
_STAFF = ("administrator", "collaborator", "moderator")


class Talk:
    """One idea with what was said below it."""

    def __init__(self, doc: Document, props: dict[str, Any], site: str) -> None:
        self.doc, self.site, self.idea = doc, site, mapping(props.get("post"))
        self.response = mapping(self.idea.get("response"))
        self.said = [each for each in entries(listed(props.get("comments"))) if text(each.get("id"))]
        self.number, self.url = text(self.idea["number"]), idea_url(self.idea, site)

    def thread(self, board: Board) -> Thread:
        status = text(self.idea.get("status"))
        opening = self.opening()
        later = [*map(self.comment, self.said), *self.answer()]
        if all(post.posted_at for post in later):
            later.sort(key=lambda post: post.posted_at or datetime.max)
        return Thread(
            id=self.number,
            title=text(self.idea.get("title")),
            url=self.url,
            board=board,
            started_at=opening.posted_at,
            stated_reply_count=whole(self.idea.get("commentsCount")),
            is_solved=is_done(status),
            status=status.capitalize() or None,
            page_number=1,
            page_count=1,
            posts=(opening, *later),
            events=tuple(self.merged()),
        )

    def opening(self) -> Post:
        """Many an idea is told by its title alone."""
        words = text(self.idea.get("description")).strip() or text(self.idea.get("title"))
        post = self.made(f"post-{self.number}", words, self.idea.get("user"), self.idea.get("createdAt"))
        return replace(post, position=1, url=self.url, like_count=whole(self.idea.get("votesCount")))

    def comment(self, entry: dict[str, Any]) -> Post:
        number, editor = text(entry["id"]), _author(entry.get("editedBy"))
        post = self.made(number, text(entry.get("content")), entry.get("user"), entry.get("createdAt"))
        other = bool(editor and post.author and editor.key != post.author.key)
        reactions = entries(listed(entry.get("reactionCounts")))
        return replace(
            post,
            url=f"{self.url}#comment-{number}",
            edited_at=self.time(entry.get("editedAt")),
            edited_by=editor.name if editor else None,
            edited_by_staff=other,
            **thumbs((text(each.get("emoji")), whole(each.get("count"))) for each in reactions),
        )

    def answer(self) -> Iterator[Post]:
        """What the team said when it last changed the status."""
        if words := text(self.response.get("text")).strip():
            said, at = self.response.get("user"), self.response.get("respondedAt")
            post = self.made(f"response-{self.number}", words, said, at)
            author = post.author and replace(
                post.author, role=post.author.role or "collaborator", is_staff=True
            )
            yield replace(post, author=author, reply_to=f"post-{self.number}", url=self.url)

    def merged(self) -> Iterator[PlatformEvent]:
        """A duplicate says of which idea, and its votes count there."""
        if original := mapping(self.response.get("original")):
            yield PlatformEvent(
                kind="thread_merged",
                actor=_author(self.response.get("user")),
                occurred_at=self.time(self.response.get("respondedAt")),
                excerpt=text(original.get("title"))[:200],
            )

    def made(self, number: str, words: str, user: Any, at: Any) -> Post:
        said, author = untangle_markdown(_MENTION.sub(lambda m: f"@{m[1]}", words)), _author(user)
        return replace(
            bylined(number, said, author),
            posted_at=self.time(at),
        )

    def time(self, value: Any) -> datetime | None:
        return parse_time(text(value), now=self.doc.page.fetched_at)


def idea_url(idea: dict[str, Any], site: str) -> str:
    slug = text(idea.get("slug"))
    return f"{site}/posts/{text(idea.get('number'))}" + (f"/{slug}" if slug else "")


def _author(value: Any) -> Author | None:
    """Whoever has left has no name."""
    user = mapping(value)
    name, role = text(user.get("name")).strip(), text(user.get("role"))
    if not name:
        return None
    staff = role in _STAFF
    return Author(
        name=name,
        user_id=text(user.get("id")) or None,
        role=role if staff else None,
        is_staff=staff,
    )
