"""Lemmy's views: the objects that its interface answers with, and that its pages carry for their script."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from parse.dates import parse_time
from parse.json_fields import entries, listed, mapping, text, whole
from parse.markdown import untangle_markdown
from parse.model import Author, Board, PlatformEvent, Post, PostState, Thread, ThreadRow, ThreadState
from parse.software.bylined import bylined
from parse.urls import split

_OLDER = {"published_at": "published", "updated_at": "updated"}
LIMIT = 50
"""Posts or comments an answer; no more are given."""


def views(value: Any, kind: str) -> list[dict[str, Any]]:
    """The views of a list that are of this kind: a "post", a "comment", a "community"."""
    return [each for each in entries(listed(value)) if text(mapping(each.get(kind)).get("id"))]


def as_of_version_3(value: Any) -> Any:
    """What version 4 of the interface answers, as version 3 put it: there, counts stood apart, times and
    accounts had other names, and a list was called by what it holds."""
    if isinstance(value, list):
        return [as_of_version_3(each) for each in value]
    if not isinstance(value, dict):
        return value
    named = {_OLDER.get(str(name), str(name)): as_of_version_3(each) for name, each in value.items()}
    if "ap_id" in named and "creator_id" not in named:
        named.setdefault("actor_id", named["ap_id"])
    if counted := mapping(named.get("comment")) or mapping(named.get("post")):
        named.setdefault("counts", counted)
    if (kind := kind_of_items(named)) and "items" in named:
        named[f"{kind}s" if kind != "community" else "communities"] = named.pop("items")
    return named


def kind_of_items(data: dict[str, Any]) -> str:
    """What a list of version 4 holds; empty where it is none."""
    first = mapping(next(iter(listed(data.get("items"))), None))
    kinds = (kind for kind in ("comment", "post", "community") if text(mapping(first.get(kind)).get("ap_id")))
    return next(kinds, "")


def thread(post_view: dict[str, Any], comments: list[dict[str, Any]], site: str, now: datetime) -> Thread:
    """A post with those comments below it that are given; the post itself only where its view is whole."""
    post, counts = mapping(post_view.get("post")), mapping(post_view.get("counts"))
    number = text(post.get("id"))
    opening = [_opening(post_view, site, now)] if mapping(post_view.get("creator")) and counts else []
    return Thread(
        id=number,
        title=text(post.get("name")),
        url=f"{site}/post/{number}",
        board=board(mapping(post_view.get("community")), site),
        started_at=_time(post.get("published"), now),
        stated_reply_count=whole(counts.get("comments")) if opening else None,
        is_locked=post.get("locked") is True,
        is_sticky=any(
            post.get(name) is True for name in ("featured_community", "featured_local", "stickied")
        ),
        page_number=1 if opening else None,
        state=ThreadState.REMOVED if _is_gone(post) else ThreadState.VISIBLE,
        posts=(*opening, *(_comment(each, site, now) for each in comments)),
        events=(PlatformEvent(kind="thread_locked"),) if post.get("locked") is True else (),
    )


def board(community: dict[str, Any], site: str) -> Board | None:
    """A community, perhaps of another server, whose name then has that server behind it."""
    name = text(community.get("name"))
    if not name:
        return None
    whole_name = _at_home(name, text(community.get("actor_id")))
    shown = name if whole_name == f"{name}@{split(site).netloc}" else whole_name
    return Board(id=whole_name, title=text(community.get("title")) or name, url=f"{site}/c/{shown}")


def list_url(community: dict[str, Any], site: str) -> str:
    """Where the interface lists the posts of a community."""
    return f"{site}/api/v3/post/list?community_id={text(community.get('id'))}&limit={LIMIT}&sort=New"


def rows(post_views: list[dict[str, Any]], url: str) -> Iterator[ThreadRow]:
    """The posts of a list; `url` is where one is read, up to its number."""
    for view in post_views:
        post, counts = mapping(view["post"]), mapping(view.get("counts"))
        yield ThreadRow(
            id=text(post["id"]),
            title=text(post.get("name")),
            url=f"{url}{text(post['id'])}",
            reply_count=whole(counts.get("comments")),
            is_sticky=post.get("featured_community") is True or post.get("stickied") is True,
            is_locked=post.get("locked") is True,
        )


def _opening(view: dict[str, Any], site: str, now: datetime) -> Post:
    """Many a post is a title with a link."""
    post = mapping(view["post"])
    words = text(post.get("body")).strip() or text(post.get("name"))
    number = text(post["id"])
    return _made(view, post, f"post-{number}", words, None, f"{site}/post/{number}", now)


def _comment(view: dict[str, Any], site: str, now: datetime) -> Post:
    """The path names all that it stands under: "0.12.34"; before there were paths, a parent was named."""
    comment, number = mapping(view["comment"]), text(view["comment"]["id"])
    above = text(comment.get("path")).split(".")[1:-1]
    named = text(comment.get("parent_id"))
    thread_id = text(comment.get("post_id")) or text(mapping(view.get("post")).get("id"))
    parent = above[-1] if above else named or f"post-{thread_id}"
    return _made(view, comment, number, text(comment.get("content")), parent, f"{site}/comment/{number}", now)


def _made(
    view: dict[str, Any],
    said: dict[str, Any],
    number: str,
    words: str,
    parent: str | None,
    url: str,
    now: datetime,
) -> Post:
    gone = _is_gone(said)
    body, author = untangle_markdown("" if gone else words), _author(view, said)
    return replace(
        bylined(number, body, author),
        position=None if parent else 1,
        posted_at=_time(said.get("published"), now),
        edited_at=_time(said.get("updated"), now),
        url=url,
        like_count=whole(mapping(view.get("counts")).get("score")),
        dislike_count=whole(mapping(view.get("counts")).get("downvotes")),
        state=PostState.REMOVED if gone else PostState.VISIBLE,
        reply_to=parent,
    )


def _is_gone(said: dict[str, Any]) -> bool:
    """By the author, or by a moderator."""
    return said.get("deleted") is True or said.get("removed") is True


def _author(view: dict[str, Any], said: dict[str, Any]) -> Author | None:
    """Names are unique on a server; whoever writes from elsewhere has it behind the name."""
    person = mapping(view.get("creator"))
    name, home = text(person.get("name")), text(person.get("actor_id"))
    if not name:
        return None
    is_admin = view.get("creator_is_admin") is True or person.get("admin") is True
    speaks = view.get("creator_is_moderator") is True or said.get("distinguished") is True
    return Author(
        name=text(person.get("display_name")).strip() or name,
        user_id=text(person.get("id")) or None,
        login=_at_home(name, home),
        profile_url=home or None,
        role="admin" if is_admin else "moderator" if speaks else None,
        is_staff=is_admin or speaks,
    )


def _at_home(name: str, actor: str) -> str:
    """The name with the server that its address is of."""
    host = split(actor).netloc
    return f"{name}@{host}" if host else name


def _time(value: Any, now: datetime) -> datetime | None:
    return parse_time(text(value), now=now)
