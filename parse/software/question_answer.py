"""What the interface of Stack Exchange says of a question, an answer or a comment."""

import html
import re
from collections.abc import Iterator
from typing import Any

from parse.body import untangle
from parse.feedback import is_done
from parse.json_fields import entries, epoch, fragment, listed, mapping, text, whole
from parse.model import A_LATER_PAGE, Author, PlatformEvent, Post, Thread, changed
from parse.quotes.plain import untangle_text
from parse.software import questions
from parse.software.bylined import bylined
from parse.software.question_rows import QUOTES

_SITE = re.compile(r"\Ahttps?://[^/?#]+")
_PLACE = re.compile(r"/questions/(\d+)")
_STAFF = ("moderator", "team_admin")


def question(said: dict[str, Any]) -> Thread:
    """The thread that a question opens, without its posts."""
    number, tags = text(said.get("question_id")), list(map(text, listed(said.get("tags"))))
    closed, site = ending(said), _SITE.match(text(said.get("link")))
    status = questions.status(tags, closed)
    return Thread(
        id=number,
        title=questions.plain_title(_plain(said.get("title"))),
        url=text(said.get("link")) or f"/questions/{number}",
        board=questions.board(tags, site[0] if site else ""),
        started_at=epoch(said.get("creation_date")),
        view_count=whole(said.get("view_count")),
        is_locked=closed is not None or "locked_date" in said,
        is_solved=is_done(status) if status else bool(text(said.get("accepted_answer_id"))),
        status=status,
        page_number=1,
        events=tuple(events(said)),
    )


def part(number: str, link: str) -> Thread:
    """A stretch of a thread whose question stands elsewhere."""
    return Thread(id=number, title="", url=link.partition("#")[0], is_locked=None, page_number=A_LATER_PAGE)


def ending(said: dict[str, Any]) -> str | None:
    """For what a question was closed, in a word."""
    if "closed_date" not in said:
        return None
    return "duplicate" if "duplicate" in text(said.get("closed_reason")).lower() else "closed"


def events(said: dict[str, Any]) -> Iterator[PlatformEvent]:
    """Who closed a question is told where more of it was asked for (`closed_details`)."""
    details = mapping(said.get("closed_details"))
    closers = [author for each in entries(listed(details.get("by_users"))) if (author := _author(each))]
    staff = [author for author in closers if author.is_staff]
    actor = next(iter(staff if staff else closers if len(closers) == 1 else []), None)
    reason = text(said.get("closed_reason"))
    if word := ending(said):
        kinds = ("thread_merged", "thread_locked") if word == "duplicate" else ("thread_locked",)
        when = epoch(said["closed_date"])
        yield from (PlatformEvent(kind=kind, actor=actor, occurred_at=when, excerpt=reason) for kind in kinds)
    elif "locked_date" in said:
        yield PlatformEvent(kind="thread_locked", occurred_at=epoch(said["locked_date"]))
    for way in ("migrated_to", "migrated_from"):
        if moved := mapping(said.get(way)):
            yield PlatformEvent(kind="thread_moved", occurred_at=epoch(moved.get("on_date")))


def posts(said: dict[str, Any], asked: str | None = None) -> Iterator[Post]:
    """A question (or an answer to the question `asked`) with all that stands within it."""
    yield _post(said, asked)
    for each in entries(listed(said.get("comments"))):
        if text(each.get("comment_id")):
            yield comment(each)
    for each in entries(listed(said.get("answers"))) if asked is None else ():
        if text(each.get("answer_id")):
            yield from posts(each, text(said.get("question_id")))


def _post(said: dict[str, Any], asked: str | None) -> Post:
    author, editor = _author(said.get("owner")), _author(said.get("last_editor"))
    number = text(said.get("answer_id")) if asked else text(said.get("question_id"))
    return changed(
        _said(number, said, author),
        position=None if asked else 1,
        edited_at=epoch(said.get("last_edit_date")),
        edited_by=editor.name if editor else None,
        edited_by_staff=bool(editor and editor.is_staff and (author is None or editor.key != author.key)),
        is_solution=said.get("is_accepted") is True,
        reply_to=asked,
    )


def comment(said: dict[str, Any]) -> Post:
    number = f"{questions.COMMENT}{text(said.get('comment_id'))}"
    return changed(
        _said(number, said, _author(said.get("owner"))), reply_to=text(said.get("post_id")) or None
    )


def _said(number: str, said: dict[str, Any], author: Author | None) -> Post:
    """What all three tell alike; with words only if these were asked for."""
    shown, source = text(said.get("body")), _plain(said.get("body_markdown"))
    body = untangle(fragment(shown), QUOTES) if shown else untangle_text(source)
    return changed(
        bylined(number, body, author),
        posted_at=epoch(said.get("creation_date")),
        url=text(said.get("share_link")) or text(said.get("link")) or None,
        like_count=whole(said.get("score")),
        dislike_count=whole(said.get("down_vote_count")),
    )


def _author(said: Any) -> Author | None:
    """Names come as HTML; whoever deleted the account has nothing else."""
    told = mapping(said)
    name, role = _plain(told.get("display_name")), text(told.get("user_type"))
    is_staff = role in _STAFF or told.get("is_employee") is True
    return (
        Author(
            name=name,
            user_id=text(told.get("user_id")) or None,
            profile_url=text(told.get("link")) or None,
            role=role if role in _STAFF else "staff" if is_staff else None,
            is_staff=is_staff,
        )
        if name
        else None
    )


def place(said: dict[str, Any]) -> str:
    """The question that an answer or a comment stands under; empty where nothing tells."""
    if number := text(said.get("question_id")):
        return number
    m = _PLACE.search(text(said.get("link")))
    return m[1] if m else text(said.get("post_id")) if said.get("post_type") == "question" else ""


def _plain(value: Any) -> str:
    return html.unescape(text(value))
