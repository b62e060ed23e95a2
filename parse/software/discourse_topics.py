"""A topic of Discourse from its JSON: posts, what moderators did, and where the rest of the posts is."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.dates import parse_time
from parse.html_fields import attribute
from parse.json_fields import entries, fragment, listed, plain, text, whole
from parse.model import (
    Author,
    Board,
    Link,
    LinkKind,
    PlatformEvent,
    Poll,
    PollOption,
    Post,
    PostState,
    Thread,
)
from parse.quotes.heads import QuoteHead
from parse.software.reactions import thumbs

_CHUNK = 20
"""Posts a request: more is refused by some sites."""
_REGULAR, _MODERATOR, _SMALL_ACTION, _WHISPER = 1, 2, 3, 4
_LIKE = 2
_EVENTS = {
    "closed.enabled": "thread_locked", "closed.disabled": "thread_unlocked",
    "autoclosed.enabled": "thread_locked", "autoclosed.disabled": "thread_unlocked",
    "archived.enabled": "thread_locked", "archived.disabled": "thread_unlocked",
    "split_topic": "thread_split", "moved_post": "thread_split", "category_changed": "thread_moved",
    "visible.disabled": "thread_removed", "private_topic": "thread_removed",
}  # fmt: skip
MARKUP = QuoteMarkup(
    block="aside.quote, blockquote:not(aside.quote > blockquote)",
    head="aside.quote > .title",
    content="aside.quote > blockquote",
    drop=(
        "aside.onebox .source",
        "aside.onebox p",
        ".onebox-metadata",
        ".quote-controls",
        ".lightbox .meta",
        "aside.accepted-answer",
        ".badge.clicks",
        ".poll",
        "svg",
    ),
)


def read_topic(data: dict[str, Any], site: str, now: datetime) -> tuple[Thread, tuple[Link, ...]]:
    """A topic with its first posts, a chunk of its posts, or a single post: all say the same things.

    Also the requests for the posts that the topic lists and this answer does not hold.
    """
    raw = data["post_stream"].get("posts", []) if "post_stream" in data else [data]
    topic_id = str(data["id"] if "post_stream" in data else data["topic_id"])
    chunks = tuple(_chunks(data, raw, topic_id, site))
    is_all = "stream" in data.get("post_stream", {}) and not chunks
    thread = Thread(
        id=topic_id,
        title=data.get("title") or "",
        url=f"{site}/t/{data.get('slug') or data.get('topic_slug') or '-'}/{topic_id}",
        board=_board_of(data, site),
        started_at=read_time(data.get("created_at"), now) if "post_stream" in data else None,
        stated_reply_count=posts_count - 1 if (posts_count := whole(data.get("posts_count"))) else None,
        view_count=whole(data.get("views")),
        is_locked=bool(data.get("closed") or data.get("archived")),
        is_sticky=bool(data.get("pinned") or data.get("pinned_globally")),
        is_solved=bool(data.get("accepted_answer")),
        page_number=1 if is_all else None,
        page_count=1 if is_all else None,
        posts=tuple(_posts(raw, data, topic_id, site, now)),
        events=tuple(_events(raw, site, now)) or _unexplained(data, raw),
        polls=tuple(poll for entry in raw for poll in _polls(entry, now)),
    )
    return thread, chunks


def _polls(entry: dict[str, Any], now: datetime) -> Iterator[Poll]:
    """The polls of a post; how each stands is not told to all before it has ended."""
    for poll in entries(entry.get("polls")):
        choice = text(poll.get("type"))
        yield Poll(
            id=f"{entry['id']}.{text(poll.get('name'))}",
            question=plain(text(poll.get("title"))),
            options=tuple(
                PollOption(text=plain(text(option.get("html"))), votes=whole(option.get("votes")))
                for option in entries(listed(poll.get("options")))
            ),
            post_id=str(entry["id"]),
            voters=whole(poll.get("voters")),
            max_choices=whole(poll.get("max"))
            if choice == "multiple"
            else 1
            if choice == "regular"
            else None,
            is_closed=poll.get("status") == "closed",
            closes_at=read_time(poll.get("close"), now),
        )


def _board_of(data: dict[str, Any], site: str) -> Board | None:
    """A topic names its category by number only; its title stands in the lists."""
    number = data.get("category_id")
    return Board(id=str(number), title="", url=f"{site}/c/{number}/l/latest.json") if number else None


def _chunks(data: dict[str, Any], raw: Sequence[dict[str, Any]], topic: str, site: str) -> Iterator[Link]:
    """Requests for the posts that the topic lists and this answer does not hold."""
    held = {entry["id"] for entry in raw}
    stream = data.get("post_stream", {}).get("stream") or []
    wanted = [number for number in stream if number not in held]
    for start in range(0, len(wanted), _CHUNK):
        query = "&".join(f"post_ids[]={number}" for number in wanted[start : start + _CHUNK])
        yield Link(url=f"{site}/t/{topic}/posts.json?{query}", kind=LinkKind.POSTS)


def _events(raw: Sequence[dict[str, Any]], site: str, now: datetime) -> Iterator[PlatformEvent]:
    for entry in raw:
        kind = _EVENTS.get(entry.get("action_code") or "")
        if kind:
            words = untangle(fragment(entry.get("cooked") or ""), MARKUP).full_text
            yield PlatformEvent(
                kind=kind,
                actor=_author(entry, site),
                occurred_at=read_time(entry.get("created_at"), now),
                excerpt=words,
            )


def _unexplained(data: dict[str, Any], raw: Sequence[dict[str, Any]]) -> tuple[PlatformEvent, ...]:
    """A closed topic that shows all its posts and none that says who closed it."""
    complete = len(raw) >= len(data.get("post_stream", {}).get("stream") or [None])
    return (PlatformEvent(kind="thread_locked"),) if data.get("closed") and complete else ()


def _posts(
    raw: Sequence[dict[str, Any]], data: dict[str, Any], topic: str, site: str, now: datetime
) -> Iterator[Post]:
    markup = replace(MARKUP, describe=partial(described, topic))
    accepted = (data.get("accepted_answer") or {}).get("post_number")
    for entry in raw:
        if entry.get("post_type", _REGULAR) in (_SMALL_ACTION, _WHISPER) or entry.get("action_code"):
            continue
        post = _post(entry, markup, site, now)
        yield replace(post, is_solution=True) if accepted and post.position == accepted else post


def _post(entry: dict[str, Any], markup: QuoteMarkup, site: str, now: datetime) -> Post:
    body = untangle(fragment(entry.get("cooked") or ""), markup)
    state, author, number = _state(entry), _author(entry, site), entry.get("post_number")
    edited = entry.get("version", 1) > 1
    answered = entry.get("reply_to_post_number")
    return Post(
        id=str(entry["id"]),
        aliases=(f"#{number}",) if number else (),
        text=body.text if state is PostState.VISIBLE else "",  # a placeholder is nobody's words
        full_text=body.full_text,
        quotes=body.quotes,
        author=author,
        author_method="byline" if author else None,
        author_confidence=1.0 if author else None,
        position=number,
        posted_at=read_time(entry.get("created_at"), now),
        edited_at=read_time(entry.get("updated_at"), now) if edited else None,
        edit_reason=entry.get("edit_reason") or None,
        url=f"{site}/t/{entry.get('topic_slug') or '-'}/{entry.get('topic_id', 0)}/{number}",
        like_count=_likes(entry),
        dislike_count=_dislikes(entry),
        is_solution=bool(entry.get("accepted_answer")),
        state=state,
        reply_to=f"#{answered}" if answered else None,
        reply_to_name=(entry.get("reply_to_user") or {}).get("username"),
    )


def _state(entry: dict[str, Any]) -> PostState:
    if entry.get("user_deleted") or entry.get("deleted_at"):
        return PostState.REMOVED
    return PostState.HIDDEN if entry.get("hidden") else PostState.VISIBLE


def _likes(entry: dict[str, Any]) -> int:
    return sum(whole(a.get("count")) or 0 for a in entry.get("actions_summary") or () if a.get("id") == _LIKE)


def _dislikes(entry: dict[str, Any]) -> int | None:
    """Where members may react with more than a heart."""
    if not (given := entry.get("reactions")):
        return None
    reactions = entries(listed(given))
    return thumbs((text(each.get("id")), whole(each.get("count"))) for each in reactions)["dislike_count"]


def _author(entry: dict[str, Any], site: str) -> Author | None:
    login = entry.get("username")
    if not login:
        return None
    staff = [role for role in ("admin", "moderator", "staff") if entry.get(role)]
    return Author(
        name=entry.get("name") or login,
        login=login,
        user_id=str(entry["user_id"]) if entry.get("user_id") is not None else None,
        profile_url=f"{site}/u/{login}",
        role=entry.get("user_title") or (staff[0].capitalize() if staff else None),
        is_staff=bool(staff),
    )


def described(topic: str, block: LexborNode) -> QuoteHead:
    """`data-post` is the number within the topic `data-topic`, not an id."""
    number, source = attribute(block, "data-post"), attribute(block, "data-topic")
    return QuoteHead(
        attributed_to=attribute(block, "data-username") or None,
        source_ref=f"#{number}" if number else None,
        source_thread_id=source if number and source and source != topic else None,
    )


def read_time(text: str | None, now: datetime) -> datetime | None:
    """A time of the API; None where it gives none."""
    return parse_time(text, now=now) if text else None
