"""Reading pages beside the crawl: parsing takes as long as fetching, and a second core may be idle."""

import asyncio
import gc
import os
import pickle
import signal
import socket
import struct
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from crawler.look import Look, look_at
from crawler.stopping import SIGNALS
from parse import registry
from parse.model import PageKind
from parse.page import Page

Read = Callable[[Page, str | None], Awaitable[Look]]
BACKLOG = 8
"""Pages that wait for the other process; what comes beyond is read here, since fetching is ahead."""
_SIZE = struct.Struct("!I")


async def read_here(page: Page, platform: str | None) -> Look:
    """For polite crawls, which wait far longer than they read."""
    return look_at(page, platform)


@dataclass
class Reader:
    """A forked process that reads pages one after the other. It ends when this one does, however that ends.

    Fork it before locks are taken and files opened: what it inherits it would keep open.
    """

    pid: int
    channel: socket.socket
    _asked: deque[tuple[Page, str | None, asyncio.Future[Look]]] = field(default_factory=deque)
    _opening: "asyncio.Task[asyncio.StreamWriter] | None" = None
    _answers: asyncio.Task[None] | None = None
    is_dead: bool = False

    @classmethod
    def forked(cls) -> "Reader":
        registry.platforms()  # loaded once, shared by both
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            ours.close()
            _serve(theirs)
        theirs.close()
        return cls(pid, ours)

    async def read(self, page: Page, platform: str | None) -> Look:
        """As `look_at`. If the process dies over a page, that page is a failure and the rest is read here."""
        # Pages are asked for side by side: the first opens the channel, the others wait for it.
        self._opening = self._opening or asyncio.create_task(self._open())
        writer = await asyncio.shield(self._opening)
        if self.is_dead or len(self._asked) >= BACKLOG:
            return look_at(page, platform)
        future: asyncio.Future[Look] = asyncio.get_running_loop().create_future()
        self._asked.append((page, platform, future))
        question = pickle.dumps((page, platform), pickle.HIGHEST_PROTOCOL)
        writer.write(_SIZE.pack(len(question)) + question)
        return await future

    async def _open(self) -> asyncio.StreamWriter:
        stream, writer = await asyncio.open_connection(sock=self.channel)
        self._answers = asyncio.create_task(self._listen(stream))
        return writer

    def close(self) -> None:
        """Ends the process; only after the loop that read with it has ended."""
        self.channel.close()
        os.waitpid(self.pid, 0)

    async def _listen(self, stream: asyncio.StreamReader) -> None:
        try:
            while True:
                (size,) = _SIZE.unpack(await stream.readexactly(_SIZE.size))
                answer = pickle.loads(await stream.readexactly(size))  # noqa: S301 - from our own fork
                _answer(self._asked.popleft()[2], answer)
        except (asyncio.IncompleteReadError, ConnectionError):
            self._bury()

    def _bury(self) -> None:
        self.is_dead = True
        for number, (page, platform, future) in enumerate(self._asked):
            why = f"{page.url}: reading it killed the reader"
            crashed = Look(kind=PageKind.OTHER, url=page.url, error=why)
            _answer(future, look_at(page, platform) if number else crashed)
        self._asked.clear()


def _answer(future: asyncio.Future[Look], look: Look) -> None:
    """Unless whoever asked was stopped meanwhile."""
    if not future.done():
        future.set_result(look)


def collect_rarely() -> None:
    """Pages make many small objects and hardly any cycles: what is there by now is never looked at again."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def _serve(channel: socket.socket) -> None:
    """The other process: answers until the channel ends, and never returns."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)  # they are for the crawl, which ends us
    collect_rarely()
    try:
        with channel.makefile("rwb") as stream:
            while head := stream.read(_SIZE.size):
                page, platform = pickle.loads(stream.read(*_SIZE.unpack(head)))  # noqa: S301 - from our parent
                answer = pickle.dumps(look_at(page, platform), pickle.HIGHEST_PROTOCOL)
                stream.write(_SIZE.pack(len(answer)) + answer)
                stream.flush()
    finally:
        os._exit(0)
