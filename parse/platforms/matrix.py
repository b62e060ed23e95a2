"""Matrix: rooms as Element exports them, as JSON, and what a server answers when asked for messages.

Known from the protocol. What was said in a room is one thread, and so is each thread in it. What the export
could not decrypt is counted, and left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from parse.exported import Exported
from parse.json_fields import entries, listed, mapping, text
from parse.model import Board, ParseError, PlatformEvent, Reading, Thread
from parse.page import Document
from parse.software.chats import thread
from parse.software.matrix_event import Event, Room, is_event, moderation, post, room_of, root


class Matrix(Exported):
    name = "matrix"

    def detect(self, doc: Document) -> float:
        return 0.95 if any(map(is_event, _events(doc.json)[:20])) else 0.0

    def read(self, doc: Document) -> Reading:
        events = list(filter(is_event, _events(doc.json)))
        by_room: dict[str, list[Event]] = {}
        for each in events:
            by_room.setdefault(text(each.get("room_id")), []).append(each)
        name = text(mapping(doc.json).get("room_name"))
        url = self.canonical(doc.page.url)
        rooms = {number: room_of(there) for number, there in by_room.items()}
        threads = [t for number, room in rooms.items() for t in _threads(number, name, url, room)]
        if not threads:
            raise ParseError(f"{url}: events of Matrix, but nobody wrote a message that can be read")
        unread = sum(each["type"] == "m.room.encrypted" for each in events)
        return self.reading(
            doc,
            threads,
            warnings=(f"messages that were not decrypted, left out: {unread}",) if unread else (),
        )


def _events(data: Any) -> list[dict[str, Any]]:
    """Of an export, of an answer, or as a list."""
    held = mapping(data)
    return list(entries(listed(held.get("messages")) or listed(held.get("chunk")) or listed(data)))


def _threads(number: str, name: str, url: str, room: Room) -> list[Thread]:
    """The talk of a room, and the threads in it."""
    said: dict[str, list[Event]] = {"": [], **{each: [] for each in map(root, room.said) if each}}
    for each in room.said:
        said[root(each) or _own(each, said)].append(each)
    title = next(filter(None, map(_named, reversed(room.events))), "") or name
    board = Board(id=number or title, title=title, url=url)
    happened = list(moderation(room))
    threads = (
        thread(opening, tuple(post(each, room) for each in there), board)
        for opening, there in said.items()
        if there
    )
    return [replace(each, events=tuple(_of(happened, each))) for each in threads]


def _of(happened: Iterable[PlatformEvent], thread: Thread) -> Iterator[PlatformEvent]:
    """What was done to its posts; what was done to the room belongs to its talk."""
    posts = {post.id for post in thread.posts}
    is_talk = thread.board is not None and thread.board.id == thread.id
    return (each for each in happened if each.post_id in posts or (is_talk and each.post_id is None))


def _own(event: Event, threads: dict[str, list[Event]]) -> str:
    """The number of a message with which a thread began."""
    number = text(event["event_id"])
    return number if number in threads else ""


def _named(event: Event) -> str:
    return text(mapping(event.get("content")).get("name")) if event["type"] == "m.room.name" else ""


platform = Matrix()
