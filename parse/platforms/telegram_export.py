"""Telegram as its desktop program exports it, as JSON: one chat, or all those of an account, in a file.

Known from what that program writes. A group is one thread, and so is each topic of a group that has topics:
in it is what answers the notice that opened it, or what is in it. Of a whole account, talk with one person is
left out. What Telegram says itself is no post; of it, new titles and removed members are moderation.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from parse.exported import Exported
from parse.json_fields import decoded, entries, listed, mapping, text
from parse.model import A_LATER_PAGE, Board, ParseError, PlatformEvent, Poll, Reading, Thread
from parse.page import Document
from parse.software.telegram_message import answered, author_of, is_said, moment, poll, post

_SHARED = ("private_group", "private_supergroup", "public_supergroup", "private_channel", "public_channel")
_CHATS = (*_SHARED, "personal_chat", "bot_chat", "saved_messages")
_LINKED = _SHARED[1:]
"""The types of chats to whose messages links lead."""
_FOR_CONDUCT = 0.8
"""Felt, not measured: some are removed for having gone silent."""
_NO_JSON = re.compile(rb"(?<!\\)((?:\\\\)*)\\x[0-9A-Fa-f]{2}")
"""How the program writes control characters, which no reader of JSON takes."""


class TelegramExport(Exported):
    name = "telegram_export"

    def detect(self, doc: Document) -> float:
        return 0.95 if any(map(_is_chat, _chats(_data(doc)))) else 0.0

    def read(self, doc: Document) -> Reading:
        data = _data(doc)
        chats = [chat for chat in _chats(data) if _is_chat(chat)]
        shared = [chat for chat in chats if chat is data or chat["type"] in _SHARED]
        threads = tuple(thread for chat in shared for thread in _threads(doc, chat) if thread.posts)
        if not threads:
            lacks = "nobody wrote a message in it" if shared or not chats else "all chats are with one person"
            raise ParseError(f"{doc.page.url}: an export of Telegram, but {lacks}")
        left_out = len(chats) - len(shared)
        return self.reading(
            doc, threads, warnings=(f"chats with one person, left out: {left_out}",) if left_out else ()
        )


def _data(doc: Document) -> dict[str, Any]:
    if doc.json is None and doc.page.body[:1] == b"{" and b"\\x" in doc.page.body:
        return mapping(decoded(_NO_JSON.sub(rb"\1 ", doc.page.body)))
    return mapping(doc.json)


def _chats(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The chat itself, or those that an account is in and those that it has left."""
    yield data
    for part in ("chats", "left_chats"):
        yield from entries(listed(mapping(data.get(part)).get("list")))


def _is_chat(data: dict[str, Any]) -> bool:
    is_listed = isinstance(data.get("messages"), list) and data.get("type") in _CHATS
    return is_listed and bool(text(data.get("id")))


def _threads(doc: Document, chat: dict[str, Any]) -> Iterator[Thread]:
    """The talk of the chat, and each of its topics."""
    number, place = text(chat["id"]), doc.page.url.split("#")[0]
    place = f"https://t.me/c/{number}" if chat["type"] in _LINKED else place
    messages = [each for each in entries(chat["messages"]) if text(each.get("id"))]
    topics = {text(each["id"]): each for each in messages if each.get("action") == "topic_created"}
    said: dict[str, list[dict[str, Any]]] = {"": [], **{topic: [] for topic in topics}}
    of: dict[str, str] = {topic: topic for topic in topics}
    for each in filter(is_said, messages):
        topic = of[text(each["id"])] = of.get(answered(each), "")
        said[topic].append(each)
    talk = Thread(
        id=number,
        title=text(chat.get("name")) or text(chat["type"]).replace("_", " "),
        url=place,
        page_number=A_LATER_PAGE,
        posts=tuple(post(doc, each, chat, place) for each in said[""]),
        polls=_polls(number, said.pop("")),
        events=tuple(_events(doc, messages, chat)),
    )
    yield talk
    board = Board(id=number, title=talk.title, url=place)
    for topic, there in said.items():
        yield replace(
            talk,
            id=f"{number}/{topic}",
            title=text(topics[topic].get("title")),
            url=f"{place}/{topic}",
            board=board,
            started_at=moment(doc, topics[topic], "date"),
            posts=tuple(
                replace(each, reply_to=None) if each.reply_to == f"{number}/{topic}" else each
                for each in (post(doc, entry, chat, place) for entry in there)
            ),
            events=(),
            polls=_polls(number, there),
        )


def _polls(number: str, messages: list[dict[str, Any]]) -> tuple[Poll, ...]:
    asked = (poll(each, f"{number}/{text(each['id'])}") for each in messages)
    return tuple(each for each in asked if each)


def _events(doc: Document, messages: list[dict[str, Any]], chat: dict[str, Any]) -> Iterator[PlatformEvent]:
    """New titles, and whom others have removed; which topic was given a new title is not told."""
    for entry in messages:
        actor, action = author_of(entry, chat, "actor"), entry.get("action")
        if action == "edit_group_title":
            kind, about, sure = "thread_retitled", text(entry.get("title")), 1.0
        elif action == "remove_members" and (gone := _removed(entry)):
            kind, about, sure = "user_banned", f"removed {gone}", _FOR_CONDUCT
        else:
            continue
        at = moment(doc, entry, "date")
        yield PlatformEvent(kind=kind, actor=actor, occurred_at=at, excerpt=about, confidence=sure)


def _removed(entry: dict[str, Any]) -> str:
    """Who leaves a group removes nobody but themselves."""
    names = [text(name) for name in listed(entry.get("members")) if name != entry.get("actor")]
    return ", ".join(filter(None, names))


platform = TelegramExport()
