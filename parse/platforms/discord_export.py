"""Discord as DiscordChatExporter saves it, as JSON: a channel, or a thread in one, is a file.

Known from what that program writes. What Discord says itself (who joined, what was pinned) is no post. A
reply names the message it answers; roles are the server's own, and staff are told by what they are called.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from parse.bylined import bylined
from parse.chats import thumbs
from parse.dates import parse_time
from parse.html_post import is_staff
from parse.json_fields import entries, listed, mapping, text, whole
from parse.markdown import untangle_markdown
from parse.model import A_LATER_PAGE, Author, Board, PageKind, ParseError, Post, Reading, Thread
from parse.page import Document

_SITE = "https://discord.com/channels"
_SAID = ("Default", "Reply", "0", "19")
"""The types of messages that people write, by name or by number."""


class DiscordExport:
    name = "discord_export"

    def detect(self, doc: Document) -> float:
        data = mapping(doc.json)
        is_ours = {"guild", "channel", "messages"} <= data.keys() and isinstance(data["messages"], list)
        return 0.95 if is_ours and text(mapping(data["channel"]).get("id")) else 0.0

    def canonical(self, url: str) -> str:
        return url.split("#")[0]

    def read(self, doc: Document) -> Reading:
        data = mapping(doc.json)
        guild, channel = mapping(data.get("guild")), mapping(data.get("channel"))
        place = f"{_SITE}/{text(guild.get('id'))}/{text(channel.get('id'))}"
        posts, is_thread = tuple(_posts(doc, data, place)), "Thread" in text(channel.get("type"))
        if not posts or not text(channel.get("id")):
            lacks = "no message that anybody wrote" if not posts else "no channel"
            raise ParseError(f"{doc.page.url}: an export of Discord, but {lacks} is in it")
        board = _board(guild, channel)
        thread = Thread(
            id=text(channel.get("id")),
            title=text(channel.get("name")),
            url=place,
            board=board,
            started_at=posts[0].posted_at if is_thread else None,
            page_number=1 if is_thread else A_LATER_PAGE,
            posts=posts,
        )
        return Reading(
            platform=self.name,
            kind=PageKind.THREAD,
            canonical_url=self.canonical(doc.page.url),
            site_title=text(guild.get("name")) or None,
            boards=(board,) if board else (),
            threads=(thread,),
        )


def _board(guild: dict[str, Any], channel: dict[str, Any]) -> Board | None:
    """What a channel stands in: a category, or the channel of a thread."""
    number, title = text(channel.get("categoryId")), text(channel.get("category"))
    url = f"{_SITE}/{text(guild.get('id'))}/{number}"
    return Board(id=number, title=title, url=url) if number and title else None


def _posts(doc: Document, data: dict[str, Any], place: str) -> Iterator[Post]:
    """In the order of time, which is that of the file unless it was asked for the newest first."""
    said = [each for each in entries(listed(data.get("messages"))) if _is_said(each)]
    said.sort(key=lambda each: (len(text(each["id"])), text(each["id"])))  # numbers that grow with time
    for entry in said:
        yield _post(doc, entry, place)


def _is_said(entry: dict[str, Any]) -> bool:
    return bool(text(entry.get("id"))) and (text(entry.get("type")) or "Default") in _SAID


def _post(doc: Document, entry: dict[str, Any], place: str) -> Post:
    """A message without words is a picture or a file: its name stands for it."""
    files = (text(each.get("fileName")) for each in entries(listed(entry.get("attachments"))))
    words = text(entry.get("content")) or "\n".join(filter(None, files))
    body, author = untangle_markdown(words), _author(entry.get("author"))
    reactions = (
        (text(mapping(each.get("emoji")).get("name")), whole(each.get("count")))
        for each in entries(listed(entry.get("reactions")))
    )
    return replace(
        bylined(text(entry["id"]), body, author),
        posted_at=_time(doc, entry.get("timestamp")),
        edited_at=_time(doc, entry.get("timestampEdited")),
        url=f"{place}/{text(entry['id'])}",
        like_count=thumbs(reactions),
        reply_to=text(mapping(entry.get("reference")).get("messageId")) or None,
    )


def _author(value: Any) -> Author | None:
    """By what they are called on the server; the name of the account is their login."""
    user = mapping(value)
    login, shown = text(user.get("name")), text(user.get("nickname")).strip()
    if not login and not shown:
        return None
    roles = [text(role.get("name")) for role in entries(listed(user.get("roles"))) if text(role.get("name"))]
    role = next(filter(is_staff, roles), next(iter(roles), None))
    return Author(
        name=shown or login,
        user_id=text(user.get("id")) or None,
        login=login or None,
        role=role,
        is_staff=is_staff(role),
    )


def _time(doc: Document, value: Any) -> datetime | None:
    return parse_time(text(value), now=doc.page.fetched_at)


platform = DiscordExport()
