"""Events of a Matrix room, as its protocol has them: what was said, edited, taken out, and by whom."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from parse.json_fields import entries, epoch, listed, mapping, text, whole
from parse.markdown import untangle_markdown
from parse.model import Author, PlatformEvent, Post, PostState
from parse.quotes.plain import EMPTY, Body
from parse.software.bylined import bylined
from parse.software.reactions import thumbs

Event = dict[str, Any]
_SAID = ("m.room.message", "m.sticker", "m.poll.start", "org.matrix.msc3381.poll.start")
_FALLBACK = re.compile(r"\A> (?:\* )?<@[^>\n]+>.*\n(?:>.*\n)*\n?")
"""What older clients put before an answer for those that knew no answers: the words that it answers."""
_STAFF = 50
"""The level of power from which on others' messages can be taken out, unless a room says otherwise."""
_ADMIN = 100
_FOR_CONDUCT = 0.8
"""Felt, not measured: some are removed for having gone silent."""
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Room:
    """What the events of a room come to."""

    events: list[Event]
    """In the order of time."""
    people: dict[str, Author] = field(default_factory=dict)
    edits: dict[str, Event] = field(default_factory=dict)
    """The last one of each message, by the message."""
    removals: dict[str, Event] = field(default_factory=dict)
    thumbs: dict[str, list[tuple[str, int | None]]] = field(default_factory=dict)

    @property
    def said(self) -> Iterator[Event]:
        return (each for each in self.events if is_said(each))


def is_event(value: Any) -> bool:
    event = mapping(value)
    is_named = text(event.get("event_id")).startswith("$") and text(event.get("sender")).startswith("@")
    return is_named and bool(text(event.get("type")))


def is_said(event: Event) -> bool:
    return event["type"] in _SAID and _relation(event).get("rel_type") != "m.replace"


def room_of(events: Iterable[Event]) -> Room:
    """What the events of a room come to, which may begin with the newest and hold one twice."""
    unlike = {text(each["event_id"]): each for each in events}
    found = Room(sorted(unlike.values(), key=lambda each: moment(each) or _NEVER))
    levels: dict[str, Any] = {}
    for each in found.events:
        content, relation = mapping(each.get("content")), _relation(each)
        about = text(relation.get("event_id"))
        if each["type"] == "m.room.member" and text(content.get("displayname")):
            user = text(each.get("state_key"))
            found.people[user] = replace(account(user), name=text(content["displayname"]))
        elif each["type"] == "m.room.power_levels":
            levels = mapping(content.get("users"))
        elif each["type"] == "m.room.redaction":
            found.removals[text(each.get("redacts")) or text(content.get("redacts"))] = each
        elif each["type"] == "m.reaction":
            found.thumbs.setdefault(about, []).append((text(relation.get("key")).rstrip("\ufe0f"), 1))
        elif relation.get("rel_type") == "m.replace":
            found.edits[about] = each
    for user, level in levels.items():
        if (whole(level) or 0) >= _STAFF:
            role = "Admin" if (whole(level) or 0) >= _ADMIN else "Moderator"
            found.people[user] = replace(found.people.get(user) or account(user), role=role, is_staff=True)
    return found


def account(user: str) -> Author:
    """Somebody known by the account alone: "@jane:example.org"."""
    return Author(name=user.removeprefix("@").partition(":")[0] or user, user_id=user, login=user)


def moment(event: Event) -> datetime | None:
    return epoch(event.get("origin_server_ts"))


def root(event: Event) -> str:
    """The message that the thread of a message began with; empty outside of threads."""
    relation = _relation(event)
    return text(relation.get("event_id")) if relation.get("rel_type") == "m.thread" else ""


def post(event: Event, room: Room) -> Post:
    number = text(event["event_id"])
    author = room.people.get(event["sender"]) or account(event["sender"])
    if removal(event, room):
        return replace(bylined(number, EMPTY, author), state=PostState.REMOVED, posted_at=moment(event))
    edit = room.edits.get(number)
    edit = edit if edit and edit["sender"] == event["sender"] else None
    content = mapping(mapping(edit.get("content")).get("m.new_content")) if edit else None
    place = text(event.get("room_id"))
    return replace(
        bylined(number, _body(content or mapping(event.get("content"))), author),
        posted_at=moment(event),
        edited_at=moment(edit or _told_along(event, "m.replace")),
        url=f"https://matrix.to/#/{place}/{number}" if place else None,
        **thumbs(room.thumbs.get(number) or _counted(event)),
        reply_to=answered(event) or None,
    )


def _told_along(event: Event, relation: str) -> Event:
    """What a server tells with a message of what came of it: exports hold neither edits nor reactions."""
    return mapping(mapping(mapping(event.get("unsigned")).get("m.relations")).get(relation))


def _counted(event: Event) -> Iterator[tuple[str, int | None]]:
    for each in entries(listed(_told_along(event, "m.annotation").get("chunk"))):
        yield text(each.get("key")).rstrip("\ufe0f"), whole(each.get("count"))


def answered(event: Event) -> str:
    """The message that it answers; in a thread, clients without threads are told the last one instead."""
    relation = _relation(event)
    return (
        ""
        if relation.get("is_falling_back")
        else text(mapping(relation.get("m.in_reply_to")).get("event_id"))
    )


def removal(event: Event, room: Room) -> Event | None:
    """What took a message out: the event itself keeps it, or it stands beside it."""
    kept = mapping(mapping(event.get("unsigned")).get("redacted_because"))
    return kept or room.removals.get(text(event["event_id"]))


def moderation(room: Room) -> Iterator[PlatformEvent]:
    """What was taken out by others than those who wrote it, who was sent out, what was named anew."""
    for each in room.events:
        by = removal(each, room) if is_said(each) else None
        if by and by.get("sender") not in (None, each["sender"]):
            reason = text(mapping(by.get("content")).get("reason"))
            yield _told(room, "post_removed", by, reason, post_id=text(each["event_id"]))
        elif each["type"] == "m.room.member" and (about := _sent_out(room, each)):
            is_ban = mapping(each["content"]).get("membership") == "ban"
            yield replace(_told(room, "user_banned", each, about), confidence=1.0 if is_ban else _FOR_CONDUCT)
        elif each["type"] == "m.room.name" and _before(each).get("name"):
            yield _told(room, "thread_retitled", each, text(mapping(each.get("content")).get("name")))


def _told(room: Room, kind: str, event: Event, excerpt: str, post_id: str | None = None) -> PlatformEvent:
    by = text(event.get("sender"))
    actor = room.people.get(by) or account(by)
    return PlatformEvent(kind=kind, actor=actor, occurred_at=moment(event), excerpt=excerpt, post_id=post_id)


def _sent_out(room: Room, event: Event) -> str:
    """Whom somebody else has banned or removed, and why; empty where nobody has."""
    content, user = mapping(event.get("content")), text(event.get("state_key"))
    is_out = content.get("membership") == "ban" or (
        content.get("membership") == "leave" and _before(event).get("membership") == "join"
    )
    if not is_out or user == event["sender"]:
        return ""
    name = (room.people.get(user) or account(user)).name
    return ": ".join(filter(None, (f"removed {name}", text(content.get("reason")))))


def _before(event: Event) -> Mapping[str, Any]:
    return mapping(mapping(event.get("unsigned")).get("prev_content")) or mapping(event.get("prev_content"))


def _relation(event: Event) -> dict[str, Any]:
    return mapping(mapping(event.get("content")).get("m.relates_to"))


def _body(content: dict[str, Any]) -> Body:
    """A poll is its question; a file its caption, else its name."""
    poll = next((mapping(value) for key, value in content.items() if key.endswith("poll.start")), {})
    asked = mapping(poll.get("question"))
    words = text(asked.get("body")) or text(asked.get("org.matrix.msc1767.text")) or text(content.get("body"))
    return untangle_markdown(_FALLBACK.sub("", words).strip())
