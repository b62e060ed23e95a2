"""Hacker News in JSON: the items of its API (Firebase), the trees and hits of its search (Algolia)."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from parse.body import QuoteMarkup, untangle
from parse.json_fields import entries, epoch, fragment, listed, text, whole
from parse.model import Author, Link, LinkKind, PageKind, Post, PostState, Reading, Thread
from parse.urls import parameter

SITE = "https://news.ycombinator.com"
_TYPES = ("story", "comment", "job", "poll", "pollopt")


def read_json(data: Any, url: str, reading: Reading) -> Reading:
    """Whichever of the four answers was found at `url`."""
    match shape(data, url):
        case "item":
            return _item(data, url, reading)
        case "tree":
            return _tree(data, reading)
        case "hits":
            return _hits(data, reading)
        case "ids":
            links = (Link(url=f"{_folder(url)}/item/{n}.json", kind=LinkKind.THREAD) for n in data)
            return replace(reading, kind=PageKind.BOARD, links=tuple(links))
    return replace(reading, warnings=("JSON, but no items of Hacker News",))


def shape(data: Any, url: str) -> str | None:
    """Which of the answers this is: one item, a whole tree, hits of a search, or bare ids."""
    if isinstance(data, list):
        return "ids" if "hacker-news" in url and all(isinstance(each, int) for each in data) else None
    if not isinstance(data, dict):
        return None
    if data.get("type") in _TYPES and isinstance(data.get("id"), int):
        if "created_at_i" in data:
            return "tree"
        return "item" if "by" in data or data.get("deleted") or "kids" in data else None
    hits = data.get("hits")
    is_ours = isinstance(hits, list) and any("objectID" in hit and "_tags" in hit for hit in entries(hits))
    return "hits" if is_ours else None


def _post(entry: dict[str, Any], parent: Any, position: int | None = None) -> Post:
    """From any of the three; they name the same things differently."""
    name = text(entry.get("by") or entry.get("author"))
    body = untangle(
        fragment(text(entry.get("text") or entry.get("comment_text") or entry.get("story_text"))),
        QuoteMarkup(),
    )
    number = text(entry.get("id") or entry.get("objectID"))
    state = PostState.REMOVED if entry.get("deleted") else PostState.VISIBLE
    return Post(
        id=number,
        text=body.text,
        full_text=body.full_text,
        quotes=body.quotes,
        author=Author(name=name, login=name, profile_url=f"{SITE}/user?id={name}") if name else None,
        author_method="byline" if name else None,
        author_confidence=1.0 if name else None,
        position=position,
        posted_at=epoch(entry.get("time") or entry.get("created_at_i")),
        url=f"{SITE}/item?id={number}",
        like_count=whole(entry.get("score") or entry.get("points")),
        state=PostState.HIDDEN if entry.get("dead") else state,
        reply_to=text(parent) or None,
    )


def _thread(number: str, entry: dict[str, Any], posts: Sequence[Post]) -> Thread:
    return Thread(
        id=number,
        title=text(entry.get("title") or entry.get("story_title")),
        url=f"{SITE}/item?id={number}",
        started_at=posts[0].posted_at if posts and posts[0].position == 1 else None,
        stated_reply_count=whole(entry.get("descendants")),
        posts=tuple(posts),
    )


def _item(entry: dict[str, Any], url: str, reading: Reading) -> Reading:
    """A comment does not say which story it is under: the links to it do, for when it is read."""
    is_story = entry["type"] != "comment"
    story = text(entry["id"]) if is_story else parameter(url, "story") or text(entry.get("parent"))
    kids = [text(kid) for kid in listed(entry.get("kids")) if text(kid)]
    post = _post(entry, entry.get("parent"), 1 if is_story else None)
    return replace(
        reading,
        kind=PageKind.THREAD,
        threads=(_thread(story, entry, [post]),),
        links=tuple(
            Link(url=f"{_folder(url)}/{kid}.json?story={story}", kind=LinkKind.POSTS) for kid in kids
        ),
    )


def _tree(data: dict[str, Any], reading: Reading) -> Reading:
    posts, waiting, numbers = [], [data], count(1)
    while waiting:
        entry = waiting.pop()
        first_place = 1 if next(numbers) == 1 and entry["type"] != "comment" else None
        posts.append(_post(entry, entry.get("parent_id"), first_place))
        children = [child for child in entries(entry.get("children") or []) if child.get("type") in _TYPES]
        waiting += children[::-1]
    story = text(data.get("story_id")) or posts[0].id
    return replace(reading, kind=PageKind.THREAD, threads=(_thread(story, data, posts),))


def _hits(data: dict[str, Any], reading: Reading) -> Reading:
    """What a search found: comments and stories of many threads."""
    found: dict[str, list[Post]] = {}
    titles: dict[str, dict[str, Any]] = {}
    for hit in entries(data["hits"]):
        is_story = hit.get("story_id") in (None, whole(hit.get("objectID")))
        story = text(hit["objectID"]) if is_story else text(hit["story_id"])
        found.setdefault(story, []).append(_post(hit, hit.get("parent_id"), 1 if is_story else None))
        titles.setdefault(story, hit)
    threads = tuple(_thread(story, titles[story], posts) for story, posts in found.items())
    links = tuple(Link(url=f"{SITE}/item?id={story}", kind=LinkKind.THREAD) for story in found)
    return replace(reading, kind=PageKind.THREAD, threads=threads, links=links)


def _folder(url: str) -> str:
    return url.rpartition("/")[0]
