"""Lobsters in JSON: a story with its comments, in the order of the page, or a list of stories."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from parse.body import untangle
from parse.dates import parse_time
from parse.html_post import is_staff
from parse.json_fields import entries, fragment, listed, mapping, text, whole
from parse.model import Author, Board, Link, LinkKind, PageKind, Post, PostState, Reading, Thread, ThreadRow
from parse.page import Document
from parse.software.bylined import bylined


def is_ours(data: Any) -> bool:
    """A story, or nothing but stories."""
    found = list(entries(data)) if isinstance(data, (dict, list)) else []
    return bool(found) and all(
        {"short_id", "comments_url", "submitter_user"} <= each.keys() for each in found
    )


def read_json(doc: Document, reading: Reading) -> Reading:
    """Whichever of the two answers this is."""
    site = "/".join(doc.page.url.split("/")[:3])
    if isinstance(doc.json, list):
        rows = tuple(_row(each, site) for each in entries(doc.json) if text(each.get("short_id")))
        links = tuple(Link(url=row.url, kind=LinkKind.THREAD) for row in rows)
        return replace(reading, kind=PageKind.BOARD, rows=rows, links=links)
    thread = _thread(doc, mapping(doc.json), site)
    boards = (thread.board,) if thread.board else ()
    return replace(reading, kind=PageKind.THREAD, threads=(thread,), boards=boards)


def _row(story: dict[str, Any], site: str) -> ThreadRow:
    number = text(story["short_id"])
    return ThreadRow(
        id=number,
        title=text(story.get("title")),
        url=f"{site}/s/{number}.json",
        reply_count=whole(story.get("comment_count")),
    )


def _thread(doc: Document, story: dict[str, Any], site: str) -> Thread:
    number = text(story.get("short_id"))
    opening = _opening(doc, story, site)
    tag = next((text(each) for each in listed(story.get("tags")) if text(each)), "")
    return Thread(
        id=number,
        title=text(story.get("title")),
        url=f"{site}/s/{number}",
        board=Board(id=tag, title=tag, url=f"{site}/t/{tag}") if tag else None,
        started_at=opening.posted_at,
        stated_reply_count=whole(story.get("comment_count")),
        page_number=1,
        page_count=1,
        posts=(opening, *_comments(doc, story, site)) if number else (),
    )


def _opening(doc: Document, story: dict[str, Any], site: str) -> Post:
    """Most stories are a title with a link."""
    body = untangle(fragment(text(story.get("description")) or text(story.get("title"))))
    author = _author(story.get("submitter_user"), site)
    return replace(
        bylined(text(story.get("short_id")), body, author),
        position=1,
        posted_at=parse_time(text(story.get("created_at")), now=doc.page.fetched_at),
        url=f"{site}/s/{text(story.get('short_id'))}",
        like_count=whole(story.get("score")),
    )


def _comments(doc: Document, story: dict[str, Any], site: str) -> Iterator[Post]:
    """Each with its parent: named, or the last one before it that stands further out."""
    number, path = text(story.get("short_id")), dict[int, str]()
    for entry in entries(listed(story.get("comments"))):
        name, depth = text(entry.get("short_id")), whole(entry.get("depth", entry.get("indent_level"))) or 0
        above = [path[outer] for outer in sorted(path) if outer < depth]
        path = {outer: each for outer, each in path.items() if outer < depth} | {depth: name}
        parent = text(entry.get("parent_comment")) or (above[-1] if above else number)
        if name:
            yield _comment(doc, entry, parent, site)


def _comment(doc: Document, entry: dict[str, Any], parent: str, site: str) -> Post:
    body, author = untangle(fragment(text(entry.get("comment")))), _author(entry.get("commenting_user"), site)
    gone = entry.get("is_deleted") is True or entry.get("is_moderated") is True
    posted = parse_time(text(entry.get("created_at")), now=doc.page.fetched_at)
    changed = text(entry.get("last_edited_at")) or text(entry.get("updated_at"))
    edited = parse_time(changed, now=doc.page.fetched_at)
    return Post(
        id=text(entry.get("short_id")),
        text="" if gone else body.text,
        full_text=body.full_text,
        quotes=() if gone else body.quotes,
        author=author,
        author_method="byline" if author else None,
        author_confidence=1.0 if author else None,
        posted_at=posted,
        edited_at=edited
        if posted and edited and (edited - posted).total_seconds() > 60 and not gone
        else None,
        url=text(entry.get("url")) or text(entry.get("short_id_url")) or None,
        like_count=whole(entry.get("score")),
        state=PostState.REMOVED if gone else PostState.VISIBLE,
        reply_to=parent,
    )


def _author(said: Any, site: str) -> Author | None:
    """A name; on older sites all that is known of the account."""
    user = mapping(said)
    name = text(said) or text(user.get("username"))
    if not name:
        return None
    staff = user.get("is_moderator") is True or user.get("is_admin") is True
    role = "moderator" if staff else None
    return Author(
        name=name,
        user_id=name,
        login=name,
        profile_url=f"{site}/~{name}",
        role=role,
        is_staff=is_staff(role),
    )
