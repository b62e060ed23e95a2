"""Discord as DiscordChatExporter saves it, as JSON: a channel, or a thread in one, is a file.

Known from what that program writes. What Discord says itself (who joined, what was pinned) is no post. A
reply names the message it answers; roles are the server's own, and staff are told by what they are called.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from parse.exported import Exported
from parse.json_fields import entries, listed, mapping, text
from parse.model import A_LATER_PAGE, Board, ParseError, Post, Reading, Thread
from parse.page import Document
from parse.software.discord_message import is_said, place, post

_PART = re.compile(r"\[part (\d+)\]", re.I)
"""Long channels are saved in files of so many messages."""


class DiscordExport(Exported):
    name = "discord_export"

    def detect(self, doc: Document) -> float:
        data = mapping(doc.json)
        is_ours = {"guild", "channel", "messages"} <= data.keys() and isinstance(data["messages"], list)
        return 0.95 if is_ours and text(mapping(data.get("channel")).get("id")) else 0.0

    def read(self, doc: Document) -> Reading:
        data = mapping(doc.json)
        guild, channel = mapping(data.get("guild")), mapping(data.get("channel"))
        number, posts = text(channel.get("id")), tuple(_posts(doc, data))
        if not posts or not number:
            lacks = "no message that anybody wrote" if not posts else "no channel"
            raise ParseError(f"{doc.page.url}: an export of Discord, but {lacks} is in it")
        board, is_opening = _board(guild, channel), _is_opening(doc, data)
        thread = Thread(
            id=number,
            title=text(channel.get("name")),
            url=place(text(guild.get("id")), number),
            board=board,
            started_at=posts[0].posted_at if is_opening else None,
            page_number=1 if is_opening else A_LATER_PAGE,
            posts=posts,
        )
        return self.reading(doc, (thread,), site_title=text(guild.get("name")) or None)


def _is_opening(doc: Document, data: dict[str, Any]) -> bool:
    """Whether a thread begins here: a channel has no opening post, and neither has what was saved from some
    day on, or a later one of several files."""
    part = _PART.search(unquote(doc.page.url))
    is_later = bool(text(mapping(data.get("dateRange")).get("after"))) or (part and int(part[1]) > 1)
    return "Thread" in text(mapping(data.get("channel")).get("type")) and not is_later


def _board(guild: dict[str, Any], channel: dict[str, Any]) -> Board | None:
    """What a channel stands in: a category, or the channel of a thread."""
    number, title = text(channel.get("categoryId")), text(channel.get("category"))
    return (
        Board(id=number, title=title, url=place(text(guild.get("id")), number)) if number and title else None
    )


def _posts(doc: Document, data: dict[str, Any]) -> Iterator[Post]:
    """In the order of time, which is that of the file unless it was asked for the newest first."""
    channel = text(mapping(data.get("channel")).get("id"))
    shown_at = place(text(mapping(data.get("guild")).get("id")), channel)
    said = [each for each in entries(listed(data.get("messages"))) if is_said(each)]
    said.sort(key=lambda each: (len(text(each["id"])), text(each["id"])))  # numbers that grow with time
    for entry in said:
        yield post(doc, entry, channel, shown_at)


platform = DiscordExport()
