"""Zulip, as its interface answers when asked for messages, with bodies in Markdown or in HTML.

Known from its documentation, and from what zulip-archive keeps of such answers. A topic of a channel is a
thread, whose title bears a tick when it is resolved. Talk among a few people is left out. A quote names the
message that it is from.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from parse.exported import Exported
from parse.json_fields import entries, epoch, listed, mapping, text
from parse.model import (
    A_LATER_PAGE,
    Author,
    Board,
    ParseError,
    PlatformEvent,
    Post,
    Reading,
    Thread,
)
from parse.page import Document
from parse.software.bylined import bylined
from parse.software.reactions import thumbs
from parse.software.zulip_body import untangle_zulip
from parse.urls import is_of_web, split

_TICK = "✔ "
_ARCHIVED = re.compile(r"(?P<id>\d+)-?(?P<name>.+)")
"""What zulip-archive calls the folder of a channel."""
_NAMELESS = "general chat"
"""What Zulip shows for the topic without a name."""
_NOTICES = ("notification-bot@", "welcome-bot@")
"""By these accounts Zulip itself tells what was moved and resolved."""


class Zulip(Exported):
    name = "zulip"

    def detect(self, doc: Document) -> float:
        return 0.95 if next(_messages(doc), None) else 0.0

    def read(self, doc: Document) -> Reading:
        found = list(_messages(doc))
        shared = [each for each in found if isinstance(each.get("display_recipient"), str)]
        topics: dict[str, list[dict[str, Any]]] = {}
        for each in sorted(filter(_is_said, shared), key=lambda each: int(text(each["id"]))):
            topics.setdefault(_topic(each), []).append(each)
        if not topics:
            raise ParseError(f"{doc.page.url}: an answer of Zulip, but nobody wrote in a channel in it")
        threads = tuple(_thread(doc, number, said) for number, said in topics.items())
        left_out = len(found) - len(shared)
        return self.reading(
            doc,
            threads,
            warnings=(f"messages between a few people, left out: {left_out}",) if left_out else (),
        )


def _messages(doc: Document) -> Iterator[dict[str, Any]]:
    """Those of an answer, or of a topic that zulip-archive keeps: its name and channel are the file's."""
    if isinstance(doc.json, list):
        channel, topic = (unquote(part) for part in ("/" + split(doc.page.url).path).rsplit("/", 2)[-2:])
        m = _ARCHIVED.fullmatch(channel)
        told = {
            "stream_id": m["id"] if m else "",
            "display_recipient": m["name"] if m else channel,
            "subject": unquote(topic.removesuffix(".json").replace(".", "%")),
            "content_type": "text/html",
        }
        yield from filter(_is_message, (told | each for each in entries(doc.json)))
    else:
        yield from filter(_is_message, entries(listed(mapping(doc.json).get("messages"))))


def _is_message(entry: dict[str, Any]) -> bool:
    is_zulip = {"sender_full_name", "display_recipient", "content"} <= entry.keys()
    return is_zulip and text(entry.get("id")).isdecimal()


def _is_said(entry: dict[str, Any]) -> bool:
    return not text(entry.get("sender_email")).startswith(_NOTICES)


def _title(entry: dict[str, Any]) -> str:
    return text(entry.get("subject")) or text(entry.get("topic"))


def _channel(entry: dict[str, Any]) -> str:
    return text(entry.get("stream_id")) or text(entry["display_recipient"])


def _topic(entry: dict[str, Any]) -> str:
    """Topics are told apart by their names, whatever the case of their letters."""
    return f"{_channel(entry)}/{_title(entry).removeprefix(_TICK).casefold()}"


def _thread(doc: Document, number: str, said: list[dict[str, Any]]) -> Thread:
    """What an answer holds of a topic; whether that begins there is not told."""
    last, place = said[-1], _place(doc)
    board = Board(id=_channel(last), title=f"#{text(last['display_recipient'])}", url=place)
    return Thread(
        id=number,
        title=_title(last).removeprefix(_TICK) or _NAMELESS,
        url=f"{place}/near/{text(said[0]['id'])}" if is_of_web(place) else place,
        board=board,
        is_solved=_title(last).startswith(_TICK),
        page_number=A_LATER_PAGE,
        posts=tuple(_post(entry, place) for entry in said),
        events=tuple(dict.fromkeys(event for entry in said for event in _events(entry))),
    )


def _place(doc: Document) -> str:
    """Where messages are shown, if the answer is known to be from somewhere."""
    parts = split(doc.page.url)
    return f"{parts.scheme}://{parts.netloc}/#narrow" if is_of_web(doc.page.url) else doc.page.url


def _post(entry: dict[str, Any], place: str) -> Post:
    number, reactions = text(entry["id"]), entries(listed(entry.get("reactions")))
    body = untangle_zulip(text(entry["content"]), is_html=entry.get("content_type") == "text/html")
    return replace(
        bylined(number, body, _author(entry)),
        posted_at=epoch(entry.get("timestamp")),
        edited_at=epoch(entry.get("last_edit_timestamp")),
        url=f"{place}/near/{number}" if is_of_web(place) else None,
        **thumbs((text(each.get("emoji_name")), 1) for each in reactions),
    )


def _author(entry: dict[str, Any]) -> Author | None:
    name = text(entry["sender_full_name"]).strip()
    return Author(name=name, user_id=text(entry.get("sender_id")) or None) if name else None


def _events(entry: dict[str, Any]) -> Iterator[PlatformEvent]:
    """Of what was done to a message: that it came from another channel or topic, which all around it did."""
    for change in entries(listed(entry.get("edit_history"))):
        at, before = epoch(change.get("timestamp")), text(change.get("prev_topic"))
        after = text(change.get("topic"))
        if change.get("prev_stream"):
            yield PlatformEvent(kind="thread_moved", occurred_at=at)
        elif before and before.removeprefix(_TICK) != after.removeprefix(_TICK):
            yield PlatformEvent(kind="thread_retitled", occurred_at=at, excerpt=f"{before} → {after}")


platform = Zulip()
