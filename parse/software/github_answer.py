"""Issues, pull requests and discussions of GitHub as its interfaces give them, and what was said below them.

The old interface (REST) and the new one (GraphQL, which the program `gh` asks, too) call the same fields
`created_at` and `createdAt`; what was left out when they were asked for is not known.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from parse.dates import parse_time
from parse.json_fields import entries, listed, mapping, text, whole
from parse.markdown import untangle_markdown
from parse.model import Author, Board, Post, PostState, Thread
from parse.page import Document
from parse.software.bylined import bylined

_PLACE = re.compile(
    r"\A(?P<site>https?://[^/]+/(?P<repository>[^/]+/[^/]+))/(?P<kind>issues|pull|discussions)/(?P<number>\d+)"
    r"(?:#(?P<post>(?:issuecomment|discussioncomment|pullrequestreview|discussion_r)\S+))?\Z"
)
_OLD_MARKS = {"node_id", "author_association"}
"""Gitea answers like the old interface, but has none of these."""
_STAFF = ("OWNER", "MEMBER", "COLLABORATOR")
"""Whoever may write to the repository speaks for it."""
_NOBODY = ("", "NONE", "MANNEQUIN")
_GHOST = "ghost"
"""To whom all belongs whose author has closed the account."""
_UNDONE = ("not planned", "duplicate", "outdated")
"""Reasons to close what has not come true."""


def is_thing(entry: dict[str, Any]) -> bool:
    """Whether it is an issue, a pull request or a discussion; what only links to one is none."""
    m = place(entry)
    if m is None or m["post"] or "title" not in entry:
        return False
    number = whole(entry.get("number"))
    if number is None and "url" in entry:
        return isinstance(entry.get("author"), dict)
    return number in (None, int(m["number"]))


def is_comment(entry: dict[str, Any]) -> bool:
    """Whether it was said below a thing; a review without words only approves."""
    m = place(entry)
    if m is None or not m["post"] or "title" in entry or "body" not in entry:
        return False
    return not m["post"].startswith("pullrequestreview") or bool(text(entry["body"]).strip())


def place(entry: dict[str, Any]) -> re.Match[str] | None:
    """Where it stands. Of a thing asked for without its address, its comments tell."""
    if url := text(entry.get("html_url")):
        m = _PLACE.match(url)
        return m if m and (_OLD_MARKS & entry.keys() or "://github.com/" in url) else None
    if url := text(entry.get("url")):
        return _PLACE.match(url)
    url = next((text(each.get("url")) for each in _nodes(entry.get("comments"))), "")
    return _PLACE.match(url.partition("#")[0]) if {"title", "body"} <= entry.keys() else None


def thread_number(m: re.Match[str]) -> str:
    return f"{m['repository']}/{m['kind']}/{m['number']}"


def board(m: re.Match[str]) -> Board:
    return Board(id=m["repository"], title=m["repository"], url=f"{m['site']}/issues")


def thread(doc: Document, thing: dict[str, Any], m: re.Match[str]) -> Thread:
    """With the comments, where they were asked for with it."""
    number, said = thread_number(m), _said(thing)
    opening = replace(_post(doc, thing, f"{number}#0"), url=_address(m))
    stated = (
        thing.get("comments"),
        thing.get("commentsCount"),
        mapping(thing.get("comments")).get("totalCount"),
    )
    counts = [count for value in stated if (count := whole(value)) is not None]
    status, is_solved = _status(thing, m["kind"])
    return Thread(
        id=number,
        title=text(thing.get("title")),
        url=_address(m),
        board=board(m),
        started_at=opening.posted_at,
        stated_reply_count=next(iter(counts), len(said) or None),
        is_locked=thing.get("locked") is True or thing.get("isLocked") is True,
        is_solved=is_solved,
        status=status,
        page_number=1,
        posts=(opening, *_comments(doc, said, number, text(mapping(thing.get("answer")).get("id")))),
    )


def _address(m: re.Match[str]) -> str:
    return m[0].partition("#")[0]


def _said(thing: dict[str, Any]) -> list[dict[str, Any]]:
    """The comments, and what was said with a review; most reviews only approve."""
    reviews = (each for each in _nodes(thing.get("reviews")) if text(each.get("body")).strip())
    said = [*_nodes(thing.get("comments")), *reviews]
    return sorted(said, key=lambda each: text(each.get("createdAt")) or text(each.get("submittedAt")))


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a list, or of what GraphQL makes of one."""
    if isinstance(value, list):
        yield from entries(value)
        return
    yield from entries(listed(mapping(value).get("nodes")))
    yield from (mapping(edge.get("node")) for edge in entries(listed(mapping(value).get("edges"))))


def _comments(doc: Document, said: list[dict[str, Any]], thread: str, answer: str) -> Iterator[Post]:
    """In a discussion, comments have replies, and one may be the answer."""
    for index, entry in enumerate(said, 1):
        post = comment(doc, entry, f"{thread}#{index}")
        yield replace(post, is_solution=post.is_solution or bool(answer and entry.get("id") == answer))
        for second, reply in enumerate(_nodes(entry.get("replies")), 1):
            made = comment(doc, reply, f"{post.id}-{second}")
            is_answer = made.is_solution or bool(answer and reply.get("id") == answer)
            yield replace(made, reply_to=post.id, is_solution=is_answer)


def comment(doc: Document, entry: dict[str, Any], number: str = "") -> Post:
    """`number` is what it is called where neither its address nor its id is told."""
    m, answered = place(entry), text(entry.get("in_reply_to_id"))
    post = _post(doc, entry, m["post"] if m and m["post"] else text(entry.get("id")) or number)
    edited = text(entry.get("updated_at"))  # of an issue, this is the time of its last comment
    is_edited = bool(edited) and edited != text(entry.get("created_at"))
    return replace(
        post,
        edited_at=_time(doc, edited) if is_edited else post.edited_at,
        url=m[0] if m else None,
        reply_to=f"discussion_r{answered}" if answered else None,
    )


def _post(doc: Document, entry: dict[str, Any], number: str) -> Post:
    """Many an issue is told by its title alone."""
    words = text(entry.get("body")) or text(entry.get("bodyText"))
    body = untangle_markdown(words if words.strip() else text(entry.get("title")))
    is_gone, is_hidden = bool(text(entry.get("deletedAt"))), entry.get("isMinimized") is True
    state = PostState.REMOVED if is_gone else PostState.HIDDEN if is_hidden else PostState.VISIBLE
    return replace(
        bylined(number, body, _author(entry)),
        posted_at=_time(
            doc, *(entry.get(name) for name in ("created_at", "createdAt", "submitted_at", "submittedAt"))
        ),
        edited_at=_time(doc, entry.get("lastEditedAt")),
        like_count=_reactions(entry, "upvoteCount", "+1", "THUMBS_UP"),
        dislike_count=_reactions(entry, "", "-1", "THUMBS_DOWN"),
        is_solution=entry.get("isAnswer") is True,
        state=state,
    )


def _author(entry: dict[str, Any]) -> Author | None:
    """By the login, which is the name shown; both interfaces number accounts, each in its own way."""
    user = mapping(entry.get("user") or entry.get("author"))
    login = text(user.get("login"))
    if login in ("", _GHOST):
        return None
    is_bot = user.get("type") == "Bot" or user.get("is_bot") is True
    stands = text(entry.get("author_association")) or text(entry.get("authorAssociation"))
    shown = stands.replace("_", " ").capitalize() if stands not in _NOBODY else None
    return Author(
        name=login,
        login=login,
        profile_url=text(user.get("html_url")) or None,
        role="Bot" if is_bot else shown,
        is_staff=stands in _STAFF and not is_bot,
    )


def _reactions(entry: dict[str, Any], votes: str, sign: str, content: str) -> int | None:
    """Votes where there are any to give, else thumbs."""
    groups = entries(listed(entry.get("reactionGroups")))
    thumbs = (
        mapping(each.get("users") or each.get("reactors")).get("totalCount")
        for each in groups
        if each.get("content") == content
    )
    counts = (entry.get(votes), mapping(entry.get("reactions")).get(sign), *thumbs)
    return next((count for value in counts if (count := whole(value)) is not None), None)


def _status(thing: dict[str, Any], kind: str) -> tuple[str | None, bool]:
    """The status as GitHub's pages say it, and whether it means done. Discussions that go on have none."""
    state = text(thing.get("state")).lower() or ("closed" if thing.get("closed") is True else "")
    reason = (text(thing.get("state_reason")) or text(thing.get("stateReason"))).lower().replace("_", " ")
    merged = (
        thing.get("merged_at"),
        thing.get("mergedAt"),
        mapping(thing.get("pull_request")).get("merged_at"),
    )
    if state == "merged" or any(map(text, merged)):
        return "Merged", True
    if kind == "discussions" and (thing.get("isAnswered") is True or thing.get("answer")):
        return "Answered", True
    if state != "closed":
        return state.capitalize() or None, False
    is_done = kind != "pull" and reason not in _UNDONE
    return ("Closed" if is_done or not reason else f"Closed as {reason}"), is_done


def _time(doc: Document, *stated: Any) -> datetime | None:
    return parse_time(next(filter(None, map(text, stated)), ""), now=doc.page.fetched_at)
