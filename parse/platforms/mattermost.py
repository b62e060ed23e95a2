"""Mattermost: the JSON Lines of its bulk export, and what its interface answers when asked for posts.

Known from its documentation. A post that was answered is a thread, all other talk is that of its channel.
Talk among a few people is left out of an export. Whom in a thread a post answers is not told.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from parse import json_lines
from parse.exported import Exported
from parse.json_fields import mapping, text, whole
from parse.model import Author, Board, ParseError, Reading, Thread
from parse.page import Document
from parse.software.chats import thread
from parse.software.mattermost_export import Held, is_line, opened
from parse.software.mattermost_post import deletions, is_said, post


class Mattermost(Exported):
    name = "mattermost"

    def detect(self, doc: Document) -> float:
        return 0.95 if is_line(json_lines.first(doc)) or _is_answer(mapping(doc.json)) else 0.0

    def read(self, doc: Document) -> Reading:
        url = self.canonical(doc.page.url)
        held = opened(doc) if is_line(json_lines.first(doc)) else _answered(mapping(doc.json))
        threads = _threads(held, url)
        if not threads:
            raise ParseError(f"{url}: posts of Mattermost, but nobody wrote in a channel")
        return self.reading(doc, threads, warnings=held.warnings)


def _is_answer(data: dict[str, Any]) -> bool:
    return isinstance(data.get("order"), list) and any(map(_is_post, mapping(data.get("posts")).values()))


def _is_post(value: Any) -> bool:
    entry = mapping(value)
    is_numbered = text(entry.get("id")) and text(entry.get("channel_id"))
    return {"root_id", "message"} <= entry.keys() and bool(is_numbered)


def _answered(data: dict[str, Any]) -> Held:
    """An answer names nobody and no channel but by numbers."""
    return Held(posts=list(filter(_is_post, mapping(data.get("posts")).values())))


def _threads(held: Held, url: str) -> tuple[Thread, ...]:
    """What belongs together, by the number of the post that began it; empty for the talk of a channel."""
    said = sorted(filter(is_said, held.posts), key=lambda each: (_moment(each), text(each["id"])))
    roots = {text(each["root_id"]) or text(each["id"]) for each in said if _is_in_thread(each)}
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for each in said:
        root = text(each["root_id"]) or (text(each["id"]) if text(each["id"]) in roots else "")
        grouped.setdefault((text(each["channel_id"]), root), []).append(each)
    boards = {number: _board(number, url, held.channels) for number, _ in grouped}
    known = held.people
    return tuple(_thread(root, there, boards[place], known) for (place, root), there in grouped.items())


def _board(number: str, url: str, titles: Mapping[str, str]) -> Board:
    return Board(id=number, title=titles.get(number) or number.rpartition("/")[2], url=url)


def _is_in_thread(entry: dict[str, Any]) -> bool:
    return bool(text(entry["root_id"]) or whole(entry.get("reply_count")))


def _moment(entry: dict[str, Any]) -> int:
    moment = text(entry.get("create_at"))
    return int(moment) if moment.isdecimal() else 0


def _thread(root: str, said: list[dict[str, Any]], board: Board, known: Mapping[str, Author]) -> Thread:
    posts = tuple(post(each, known) for each in said)
    return replace(thread(root, posts, board), events=tuple(deletions(said, known)))


platform = Mattermost()
