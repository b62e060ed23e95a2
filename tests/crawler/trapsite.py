"""A small forum on a loopback port, in Khoros markup, into which a test sets the traps of real ones.

Everything in it is invented. `Site` holds threads as data, renders them as pages, and keeps a log of who
asked for what and when. `traps` answers instead of the forum where it returns a Reply.
"""

import html
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOOKED_FOR = ("/robots.txt", "/sitemap.xml")
START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@dataclass
class Entry:
    """A post."""

    id: int
    author: str
    text: str
    at: datetime


@dataclass
class Topic:
    id: int
    board: str
    title: str
    entries: list[Entry] = field(default_factory=list)
    sticky: bool = False
    locked: bool = False
    moved_from: str = ""
    """The board that keeps a stub."""

    @property
    def path(self) -> str:
        return f"/t5/{self.board}/{self.title.replace(' ', '-')}/td-p/{self.id}"

    @property
    def last_at(self) -> datetime:
        return max(entry.at for entry in self.entries)


@dataclass
class Reply:
    """What the server sends back."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    reset: bool = False
    """Break the connection off instead of answering."""
    pad: int = 0
    """Megabytes that follow the body, without a Content-Length; `padded` counts those that were taken."""
    padded: int = 0
    drip: float = 0.0
    """Seconds between two halves of the body."""


@dataclass
class Asked:
    path: str
    at: float
    headers: Mapping[str, str]


Trap = Callable[[str, Mapping[str, str]], Reply | None]


@dataclass
class Site:
    topics: dict[int, Topic] = field(default_factory=dict)
    page_size: int = 5
    rows: int = 10
    robots: bytes | None = None
    traps: list[Trap] = field(default_factory=list)
    sessions: bool = False
    """Every link carries a session id, another one on every page."""
    log: list[Asked] = field(default_factory=list)
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)
    _last: int = 1000

    def topic(self, board: str, title: str, posts: int, at: datetime = START, **marks: bool) -> Topic:
        """A new thread with so many posts, a minute apart, the first at `at`."""
        topic = Topic(self._next(), board, title, **marks)
        self.topics[topic.id] = topic
        for n in range(posts):
            self.post(
                topic, f"Post {n + 1} of {title}. I would rather wait a week.", at + n * timedelta(minutes=1)
            )
        return topic

    def post(self, topic: Topic, text: str, at: datetime) -> Entry:
        entry = Entry(self._next(), f"member_{self._last % 7}", text, at)
        topic.entries.append(entry)
        return entry

    def asked(self, part: str = "") -> list[str]:
        """The paths asked for since the log was cleared; robots.txt and a sitemap that is not there left out."""
        return [each.path for each in self.log if part in each.path and each.path not in LOOKED_FOR]

    def _next(self) -> int:
        self._last += 1
        return self._last

    def answer(self, path: str, headers: Mapping[str, str]) -> Reply:
        self.log.append(Asked(path, time.monotonic(), headers))
        for trap in self.traps:
            reply = trap(path, headers)
            if reply is not None:
                return reply
        with self.lock:
            reply = self._forum(path)
        if self.sessions:
            session = f";jsessionid={len(self.log):032X}'"
            reply.body = re.sub(rb"(href='/t5/[^'#]+)'", rb"\1" + session.encode(), reply.body)
        return reply

    def _forum(self, path: str) -> Reply:
        bare = path.partition("?")[0].partition(";")[0]
        if bare == "/robots.txt":
            return Reply(self.robots) if self.robots is not None else Reply(b"no", 404)
        if bare == "/":
            return page(self.index(), "CommunityPage")
        if m := re.fullmatch(r"/t5/(\w+)/bd-p/\1(?:/page/(\d+))?", bare):
            return page(self.board(m[1], int(m[2] or 1)), "ForumPage")
        if m := re.fullmatch(r"/t5/\w+/[^/]+/td-p/(\d+)(?:/page/(\d+))?", bare):
            topic = self.topics.get(int(m[1]))
            return page(self.thread(topic, int(m[2] or 1)), "ForumTopicPage") if topic else self.missing()
        return self.missing()

    def missing(self) -> Reply:
        return Reply(
            b"<html><body class='lia-body'><div class='lia-page-error'>No such page</div></body></html>", 404
        )

    def index(self) -> str:
        boards = sorted({topic.board for topic in self.topics.values()})
        return "".join(f"<a href='/t5/{b}/bd-p/{b}'>{b}</a>" for b in boards)

    def board(self, board: str, number: int) -> str:
        mine = [topic for topic in self.topics.values() if board in (topic.board, topic.moved_from)]
        mine.sort(key=lambda topic: (topic.sticky, topic.last_at), reverse=True)
        shown = mine[(number - 1) * self.rows : number * self.rows]
        rows = "".join(self.row(topic, board) for topic in shown)
        return f"<table id='messageList'>{rows}</table>" + pager(
            f"/t5/{board}/bd-p/{board}", number, pages(len(mine), self.rows)
        )

    def row(self, topic: Topic, board: str) -> str:
        classes = "lia-list-row-float " * topic.sticky + "lia-list-row-thread-readonly" * topic.locked
        classes += " lia-list-row-thread-moved" * (topic.moved_from == board)
        return (
            f"<tr class='lia-list-row {classes} lia-js-data-messageUid-{topic.id}'><td><h2 class='message-subject'>"
            f"<a class='page-link lia-link-navigation' href='{topic.path}'>{html.escape(topic.title)}</a></h2></td>"
            f"<td class='lia-component-messages-column-message-replies-count'><span>{len(topic.entries) - 1}</span></td>"
            f"<td><time datetime='{topic.last_at.isoformat()}'></time></td></tr>"
        )

    def thread(self, topic: Topic, number: int) -> str:
        count = pages(len(topic.entries), self.page_size)
        number = min(number, count)  # past the end: the last page again, with status 200
        first = (number - 1) * self.page_size
        shown = topic.entries[first : first + self.page_size]
        posts = "".join(
            self.message(topic, entry, position, len(topic.entries))
            for position, entry in enumerate(shown, first + 1)
        )
        return (
            f"<h1 class='lia-message-subject-banner'>{html.escape(topic.title)}</h1>{views(topic)}{posts}"
            + (pager(topic.path, number, count))
        )

    def message(self, topic: Topic, entry: Entry, position: int, total: int) -> str:
        kind = "topic" if position == 1 else "reply"
        locked = " lia-list-row-thread-readonly" * topic.locked
        return (
            f"<div class='lia-message-view-wrapper lia-js-data-messageUid-{entry.id}'>"
            f"<div class='MessageView lia-message-view-forum-message lia-thread-{kind}{locked}'>"
            f"<a class='lia-user-name-link' href='/t5/user/viewprofilepage/user-id/{len(entry.author)}'>{entry.author}</a>"
            f"<span class='MessagesPositionInThread'><a aria-label='{position} of {total}' "
            f"href='/t5/{topic.board}/x/m-p/{entry.id}#M{entry.id}'>{position}</a> of {total}</span>"
            f"<span class='DateTime lia-message-posted-on'>{entry.at:%b %d, %Y %I:%M:%S %p}</span>"
            f"<div class='lia-message-body'><div class='lia-message-body-content'><p>{html.escape(entry.text)}</p></div></div>"
            f"</div></div>"
        )


def views(topic: Topic) -> str:
    """The same thread again: printed, as a feed, with another order, from its newest post."""
    return (
        f"<a href='/t5/forums/forumtopicprintpage/board-id/{topic.board}/message-id/{topic.id}'>Printer</a>"
        f"<a href='/rss/message?board.id={topic.board}&message.id={topic.id}'>Feed</a>"
        f"<a href='{topic.path}?sort=newest&print=true'>Newest first</a>"
        f"<a href='{topic.path}/jump-to/first-unread-message'>Jump</a>"
    )


def pages(things: int, size: int) -> int:
    return max(1, -(-things // size))


def pager(path: str, number: int, count: int) -> str:
    def at(n: int) -> str:
        return path if n == 1 else f"{path}/page/{n}"

    links = [
        f"<li class='lia-js-data-pageNum-{n}'><a href='{at(n)}'>{n}</a></li>"
        for n in {1, number - 1, number + 1, count}
        if 1 <= n <= count and n != number
    ]
    if number < count:
        links.append(f"<li class='lia-paging-page-next'><a rel='next' href='{at(number + 1)}'>Next</a></li>")
    current = f"<li class='lia-js-data-pageNum-{number}'><span>{number}</span></li>"
    return f"<div class='lia-paging-full-wrapper lia-paging-pager'><ul>{current}{''.join(links)}</ul></div>"


def page(content: str, kind: str) -> Reply:
    text = f"<html><head><title>Trap</title></head><body class='lia-board {kind} lia-body'>{content}</body></html>"
    return Reply(text.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


class Quiet(ThreadingHTTPServer):
    """Clients that break off, killed or by design, are part of the tests."""

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """Serves the site on a free loopback port until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            send(self, site.answer(self.path, self.headers))

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = Quiet(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    if reply.reset:
        # An RST instead of an orderly end.
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.close_connection = True
        handler.connection.close()
        return
    if reply.pad:
        pour(handler, reply)
        return
    half = len(reply.body) // 2 if reply.drip else len(reply.body)
    head = f"HTTP/1.1 {reply.status} Said\r\nContent-Length: {len(reply.body)}\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in reply.headers.items()) + "\r\n"
    try:
        handler.wfile.write(head.encode() + reply.body[:half])
        if reply.drip:
            handler.wfile.flush()
            time.sleep(reply.drip)
            handler.wfile.write(reply.body[half:])
    except OSError:
        handler.close_connection = True


def pour(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    """A body of which nobody said how long it is, until whoever asked has had enough."""
    handler.close_connection = True
    try:
        handler.wfile.write(b"HTTP/1.1 200 Said\r\nConnection: close\r\n\r\n" + reply.body)
        for _ in range(reply.pad):
            handler.wfile.write(b" " * 1_000_000)
            reply.padded += 1
    except OSError:
        pass
