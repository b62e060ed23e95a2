"""Comments of Disqus and the page they stand below, as its interface gives them."""

from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from typing import Any

from parse.body import untangle
from parse.dates import parse_time
from parse.json_fields import fragment, listed, mapping, text, whole
from parse.model import Author, Board, Post, PostState, Thread
from parse.page import Document
from parse.quotes.plain import untangle_text
from parse.software.bylined import bylined
from parse.urls import is_of_web


def is_comment(entry: dict[str, Any]) -> bool:
    """Neither half of these names is rare; together only Disqus has them."""
    has_words = "message" in entry or "raw_message" in entry
    return (
        has_words
        and {"createdAt", "author", "isDeleted", "isSpam"} <= entry.keys()
        and bool(text(entry.get("id")))
    )


def thread_number(comment: dict[str, Any]) -> str:
    """The thread comes whole where that was asked for, else by its number alone."""
    thread = comment.get("thread")
    return text(mapping(thread).get("id")) or text(thread)


def thread(doc: Document, number: str, told: dict[str, Any], comments: Sequence[dict[str, Any]]) -> Thread:
    """What was said below a page. Where it is told which, its title opens the talk."""
    comments = sorted(comments, key=lambda each: (text(each.get("createdAt")), text(each["id"])))
    moderators = {text(each) for each in listed(told.get("moderators")) if text(each)}
    opening = _opening(doc, number, told)
    said = [_comment(doc, each, moderators) for each in comments]
    if opening:
        said = [opening, *(post if post.reply_to else replace(post, reply_to=opening.id) for post in said)]
    return Thread(
        id=number,
        title=_title(told),
        url=_link(told) or doc.page.url,
        board=board(told) or board(comments[0]),
        started_at=opening.posted_at if opening else None,
        stated_reply_count=whole(told.get("posts")),
        is_locked=told.get("isClosed") is True,
        posts=tuple(said),
    )


def board(told: dict[str, Any]) -> Board | None:
    """The site, by its short name."""
    name = text(told.get("forum"))
    return Board(id=name, title=name, url=f"https://{name}.disqus.com/") if name else None


def _title(told: dict[str, Any]) -> str:
    return unescape(text(told.get("clean_title")) or " ".join(text(told.get("title")).split()))


def _link(told: dict[str, Any]) -> str | None:
    link = text(told.get("link"))
    return link if is_of_web(link) else None


def _opening(doc: Document, number: str, told: dict[str, Any]) -> Post | None:
    title = _title(told)
    if not title:
        return None
    post = bylined(f"{number}#0", untangle_text(title), None)
    return replace(
        post, posted_at=parse_time(text(told.get("createdAt")), now=doc.page.fetched_at), url=_link(told)
    )


def _comment(doc: Document, entry: dict[str, Any], moderators: set[str]) -> Post:
    """As it is shown, in HTML; that it was edited is told, but not when."""
    html = text(entry.get("message"))
    body = untangle(fragment(html)) if html else untangle_text(text(entry.get("raw_message")))
    is_held_back = entry.get("isSpam") is True or entry.get("isApproved") is False
    state = PostState.HIDDEN if is_held_back else PostState.VISIBLE
    return replace(
        bylined(text(entry["id"]), body, _author(mapping(entry.get("author")), moderators)),
        posted_at=parse_time(text(entry.get("createdAt")), now=doc.page.fetched_at),
        url=text(entry.get("url")) or None,
        like_count=whole(entry.get("likes")),
        dislike_count=whole(entry.get("dislikes")),
        state=PostState.REMOVED if entry.get("isDeleted") is True else state,
        reply_to=text(entry.get("parent")) or None,
    )


def _author(user: dict[str, Any], moderators: set[str]) -> Author | None:
    """Guests have a name alone. Accounts are known by their login, which exports tell as well."""
    login, name = text(user.get("username")), text(user.get("name")).strip()
    if not login and not name:
        return None
    is_staff = text(user.get("id")) in moderators
    return Author(
        name=name or login,
        login=login or None,
        profile_url=text(user.get("profileUrl")) or None,
        role="Moderator" if is_staff else None,
        is_staff=is_staff,
    )
