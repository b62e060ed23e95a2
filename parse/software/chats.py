"""What chats have in the place of numbers, of titles, and of words."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b
from textwrap import shorten
from typing import Any

from parse.json_fields import entries, listed, text
from parse.model import A_LATER_PAGE, Board, Post, Thread

_LONGEST_TITLE = 100


def number_of(*told: str) -> str:
    """What a message without a number is known by: its moment, person and words."""
    return blake2b("\n".join(told).encode(), digest_size=8).hexdigest()


def apart(posts: Iterable[Post]) -> Iterator[Post]:
    """Messages without numbers: whoever says the same twice has said it twice."""
    seen: Counter[str] = Counter()
    for post in posts:
        seen[post.id] += 1
        yield replace(post, id=f"{post.id}-{seen[post.id]}") if seen[post.id] > 1 else post


def thread(number: str, posts: tuple[Post, ...], board: Board) -> Thread:
    """The thread that the message of this number began or, without one, the talk of the board itself."""
    opening = next((each for each in posts if each.id == number), None)
    return Thread(
        id=number or board.id,
        title=opening_line(opening) if opening else "" if number else board.title,
        url=board.url,
        board=board,
        started_at=opening.posted_at if opening else None,
        page_number=1 if opening else A_LATER_PAGE,
        posts=posts,
    )


def opening_line(opening: Post) -> str:
    """What a thread is called: its first line, without the marks of bold that many begin with; nothing of
    what is deleted."""
    line = opening.text.partition("\n")[0]
    return shorten(line.strip("*_~ "), _LONGEST_TITLE, placeholder=" …")


def card(shown: dict[str, Any]) -> str:
    """What an app shows below or in the place of words: Slack's attachments, whose form others took up."""
    lines = [text(shown.get(part)) for part in ("pretext", "title", "text")]
    lines += [field(each, "title") for each in entries(listed(shown.get("fields")))]
    return "\n".join(filter(None, lines)) or text(shown.get("fallback"))


def field(shown: dict[str, Any], label: str) -> str:
    """A name and what it has, one of many that an app lists."""
    return ": ".join(filter(None, (text(shown.get(label)), text(shown.get("value")))))
