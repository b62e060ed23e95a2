"""What reddit.com says in JSON: a submission with the tree of its comments, and listings of either."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from parse.body import QuoteMarkup, untangle
from parse.json_fields import entries, epoch, fragment, listed, mapping, text, whole
from parse.model import (
    Author,
    Board,
    Link,
    LinkKind,
    PageKind,
    Poll,
    PollOption,
    Post,
    PostState,
    Reading,
    Thread,
    ThreadRow,
)
from parse.quotes.plain import untangle_text
from parse.urls import tidy

GONE = ("[deleted]", "[removed]")
"""What stands where a comment was."""
MARKUP = QuoteMarkup()
SIGNIFICANT = ("after",)
"""What of a query leads to another page."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ESCAPED = re.compile("&(?:gt|lt|amp);")
"""In Markdown that was not asked for raw."""
_HOST = re.compile(r"\Ahttps?://(?:(?:www|new|np|old|i|m|[a-z]{2})\.)?reddit\.com(?=[/?#]|\Z)")
_ADDRESS = re.compile(
    r"(?P<board>(?:/(?:r|user|u)/[^/?#]+)?)/comments/(?P<id>[a-z0-9]+)"
    r"(?:/[^/?#]*(?:/(?P<comment>[a-z0-9]+))?)?/?(?P<json>\.json)?(?=[/?#]|\Z)"
)
_ALL = "limit=500&raw_json=1&sort=old"
"""What asks the JSON for as much of a tree as it gives at once, oldest first, without double escapes."""


def canonical(url: str) -> str:
    """Slugs, sort orders and hosts show the same; a comment's own page shows a part of the tree."""
    kept = _HOST.sub("https://old.reddit.com", tidy(url, SIGNIFICANT))
    if m := _ADDRESS.search(kept):
        part = f"_/{m['comment']}/" if m["comment"] else ""
        path = f"{kept[: m.start()]}{m['board']}/comments/{m['id']}/{part}"
        return f"{path}.json?{_ALL}" if m["json"] else path
    return kept


def children(data: Any) -> list[dict[str, Any]]:
    """The submissions and comments of a listing, or of the first of several."""
    listing = mapping(next(entries(data), None))
    if listing.get("kind") != "Listing":
        return []
    held = entries(mapping(listing.get("data")).get("children"))
    return [child for child in held if child.get("kind") in ("t1", "t3", "more")]


def read_tree(data: list[Any], url: str, reading: Reading) -> Reading:
    """A submission and its comments, asked for at `url`; branches that were left out have links."""
    opening = next((child for child in children(data) if child["kind"] == "t3"), {})
    said = mapping(opening.get("data"))
    posts, links = [post(said, "t3")], []
    waiting = children(data[1:])[::-1]
    while waiting:
        child = waiting.pop()
        held = mapping(child.get("data"))
        if child["kind"] == "more":
            links += [_branch(url, comment) for comment in _more(held)]
            continue
        posts.append(post(held, "t1"))
        waiting += children(held.get("replies"))[::-1]
    thread = replace(frame(said), posts=tuple(post for post in posts if post.id))
    return replace(
        reading,
        kind=PageKind.THREAD,
        threads=(thread,),
        boards=(thread.board,) if thread.board else (),
        links=tuple(dict.fromkeys(links)),
    )


def frame(said: dict[str, Any]) -> Thread:
    """The thread that a submission opens, without its posts."""
    return Thread(
        id=text(said.get("id")),
        title=text(said.get("title")),
        url=_absolute(text(said.get("permalink"))),
        board=board(said),
        started_at=epoch(said.get("created_utc")),
        stated_reply_count=whole(said.get("num_comments")),
        is_locked=said.get("locked") is True,
        is_sticky=said.get("stickied") is True,
        polls=tuple(_polls(said)),
    )


def _polls(said: dict[str, Any]) -> Iterator[Poll]:
    """What a submission puts to the vote; the votes are told once it has ended. Its title asks."""
    poll = mapping(said.get("poll_data"))
    options = tuple(
        PollOption(text=text(option.get("text")), votes=whole(option.get("vote_count")))
        for option in entries(listed(poll.get("options")))
    )
    if options:
        yield Poll(
            id="1",
            question=text(said.get("title")),
            options=options,
            voters=whole(poll.get("total_vote_count")),
            max_choices=1,
            is_closed=any(option.votes is not None for option in options),
            closes_at=epoch(poll.get("voting_end_timestamp")),
        )


def _more(data: dict[str, Any]) -> list[str]:
    """The comments whose pages show what was left out: the parent's for a branch, else each one's."""
    parent = text(data.get("parent_id"))
    if parent.startswith("t1_"):
        return [parent[3:]]
    return [text(child) for child in listed(data.get("children")) if text(child) not in ("", "_")]


def _branch(url: str, comment: str) -> Link:
    m = _ADDRESS.search(url)
    path = f"{url[: m.start()]}{m['board']}/comments/{m['id']}/_/{comment}/.json" if m else url
    return Link(url=canonical(path), kind=LinkKind.POSTS)


def post(said: dict[str, Any], kind: str) -> Post:
    """What a submission (`t3`) or a comment (`t1`) says."""
    shown = text(said.get("body_html") or said.get("selftext_html"))
    shown = html.unescape(shown) if shown.startswith("&lt;") else shown
    plain = text(said.get("body") or said.get("selftext"))
    plain = html.unescape(plain) if _ESCAPED.search(plain) else plain
    body = untangle(fragment(shown), MARKUP) if shown else untangle_text(plain)
    gone = body.text in GONE
    name = text(said.get("author"))
    author = _author(said) if name and name not in GONE else None
    number, edited = text(said.get("id")), said.get("edited")
    return Post(
        id=f"{kind}_{number}" if number else "",
        text="" if gone else body.text,
        full_text=body.full_text,
        quotes=body.quotes,
        aliases=(number,),
        author=author,
        author_method="byline" if author else None,
        author_confidence=1.0 if author else None,
        position=1 if kind == "t3" else None,
        posted_at=epoch(said.get("created_utc")),
        edited_at=epoch(edited) if not isinstance(edited, bool) else None,
        url=_absolute(text(said.get("permalink"))) or None,
        like_count=whole(said.get("score")),
        state=PostState.REMOVED if gone or said.get("removed_by_category") else PostState.VISIBLE,
        reply_to=_answered(said) if kind == "t1" else None,
    )


def _answered(said: dict[str, Any]) -> str | None:
    """Of Pushshift's last years the number of a comment, or nothing for one that answers the submission."""
    parent = said.get("parent_id")
    if isinstance(parent, int) and parent > 0:
        return f"t1_{_in_letters(parent)}"
    return text(parent) or text(said.get("link_id")) or None


def _in_letters(number: int) -> str:
    """A number as Reddit writes it, with 36 digits."""
    above, last = divmod(number, len(_DIGITS))
    return (_in_letters(above) if above else "") + _DIGITS[last]


def _author(said: dict[str, Any]) -> Author:
    name = text(said.get("author"))
    return Author(
        name=name,
        login=name,
        user_id=text(said.get("author_fullname")) or None,
        profile_url=f"https://old.reddit.com/user/{name}",
        role=text(said.get("author_flair_text")) or text(said.get("distinguished")) or None,
        is_staff=said.get("distinguished") in ("moderator", "admin"),
    )


def _absolute(path: str) -> str:
    return f"https://old.reddit.com{path}" if path.startswith("/") else ""


def board(said: dict[str, Any]) -> Board | None:
    """The subreddit that a submission or comment stands in."""
    name = text(said.get("subreddit"))
    return Board(id=name, title=name, url=f"https://old.reddit.com/r/{name}/.json") if name else None


def read_listing(data: dict[str, Any], reading: Reading) -> Reading:
    """Submissions of a subreddit; a listing of comments tells which of them to look at again."""
    said = [mapping(child.get("data")) for child in children(data)]
    rows = tuple(_row(each) for each in said if each.get("title"))
    after = text(mapping(data.get("data")).get("after"))
    links = [Link(url=row.url, kind=LinkKind.THREAD) for row in rows]
    links += [
        Link(url=canonical(f"{link.rstrip('/')}/.json"), kind=LinkKind.THREAD)
        for each in said
        if not each.get("title") and (link := text(each.get("link_permalink")))
    ]
    if after:
        address = reading.canonical_url.partition("?")[0]
        links.append(Link(url=f"{address}?after={after}", kind=LinkKind.PAGE))
    return replace(
        reading,
        kind=PageKind.BOARD if rows else PageKind.FEED,
        board=board(said[0]) if said else None,
        rows=rows,
        links=tuple(dict.fromkeys(links)),
    )


def _row(said: dict[str, Any]) -> ThreadRow:
    link = f"https://old.reddit.com{text(said.get('permalink')).rstrip('/')}/.json"
    return ThreadRow(
        id=text(said.get("id")),
        title=text(said.get("title")),
        url=canonical(link),
        reply_count=whole(said.get("num_comments")),
        is_sticky=said.get("stickied") is True,
        is_locked=said.get("locked") is True,
    )
