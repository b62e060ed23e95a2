"""Dumps of subreddits, as those who archive Reddit hand them out: a submission or a comment a line.

What the interfaces of such archives (Pushshift, Arctic Shift) answer is a list of the same.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from parse import json_lines
from parse.exported import boards_of
from parse.json_fields import listed, mapping, text
from parse.model import PageKind, Post, Reading, Thread
from parse.page import Document
from parse.software.reddit_json import board, canonical, frame, post

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class RedditDump:
    """Submissions and comments come in files of their own: a thread is known by either."""

    name = "reddit_dump"
    software = "reddit"

    def detect(self, doc: Document) -> float:
        said = next(_listed(doc), (0, None))[1] or json_lines.first(doc)
        is_said = {"body", "link_id"} <= said.keys() or {"title", "num_comments"} <= said.keys()
        return 0.95 if is_said and {"id", "author", "created_utc", "subreddit"} <= said.keys() else 0.0

    def canonical(self, url: str) -> str:
        return canonical(url)

    def read(self, doc: Document) -> Reading:
        threads: dict[str, Thread] = {}
        posts: dict[str, list[Post]] = {}
        unread: list[int] = []
        for number, said in _listed(doc) if next(_listed(doc), None) else json_lines.objects(doc):
            if said is None or not (thread := _thread(said)):
                unread.append(number)
                continue
            if thread.title or thread.id not in threads:
                threads[thread.id] = thread
            posts.setdefault(thread.id, []).append(post(said, "t1" if _is_comment(said) else "t3"))
        return Reading(
            platform=self.name,
            kind=PageKind.THREAD,
            canonical_url=doc.page.url,
            threads=tuple(replace(thread, posts=_in_order(posts[i])) for i, thread in threads.items()),
            boards=boards_of(threads.values()),
            warnings=json_lines.unread(unread),
        )


def _listed(doc: Document) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """The objects of an answer, or of a list, with their place in it; nothing of what is no such thing."""
    held = doc.json if isinstance(doc.json, list) else listed(mapping(doc.json).get("data"))
    yield from ((number, each if isinstance(each, dict) else None) for number, each in enumerate(held, 1))


def _in_order(posts: list[Post]) -> tuple[Post, ...]:
    """By time, which is the order of dumps; of answers, the newest may be told first."""
    return tuple(sorted(posts, key=lambda post: (post.position is None, post.posted_at or _LONG_AGO)))


def _is_comment(said: dict[str, Any]) -> bool:
    return "link_id" in said


def _thread(said: dict[str, Any]) -> Thread | None:
    """The thread that a line belongs to; of a comment's no more is known than where it stands."""
    if not text(said.get("id")):
        return None
    if not _is_comment(said):
        return frame(said)
    number = text(said.get("link_id")).removeprefix("t3_")
    url = f"https://old.reddit.com/r/{text(said.get('subreddit'))}/comments/{number}/"
    return (
        Thread(id=number, title=text(said.get("link_title")), url=url, board=board(said)) if number else None
    )


platform = RedditDump()
