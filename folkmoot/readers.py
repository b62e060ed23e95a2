"""Pages to readings, a batch at a time, on all cores where there are many pages."""

import gc
import os
import re
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from typing import Self

from folkmoot.errors import FolkmootError
from parse import registry, threads
from parse.model import ParseError, Reading, Thread, changed
from parse.page import Page

MUCH = 3_000_000
"""Bytes of pages from which it pays to start processes: that takes half a second, reading them longer."""
CHUNK = 1_000_000
"""Bytes of pages that are sent to a process at a time."""
LEAST = 30_000
"""Bytes that a page counts for at the least: to find out what made it takes its time, however short it is."""
MOST_WORKERS = 8
_STOPS = (signal.SIGINT, signal.SIGTERM)
_LAST_NUMBER = re.compile(r"\d+(?=\D*\Z)")


@dataclass(frozen=True, slots=True)
class Source:
    """A page to read and what is known of it beforehand."""

    page: Page
    site_id: str
    platform: str | None = None
    known: str | None = None
    """What a crawl has found its site to be made with: read as that, in whatever look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What some pages said, in their order; None for a page that could not be read."""

    readings: tuple[Reading | None, ...]
    failures: tuple[str, ...] = ()
    """One line a page that could not be read, and why."""
    warnings: tuple[str, ...] = ()
    whole: tuple[tuple[str, Thread], ...] = ()
    """Threads (with their sites) of which these pages are all there are, resolved: a reader process has the
    time for it, the process that loads has not. What is held of them already is not in it."""


def read_pages(sources: Sequence[Source], day_first: bool | None = None) -> Read:
    """Reads pages, a pure function of them: the platform that one page of a site tells helps the others.

    `day_first` is what the site's other pages told about the order of its dates.
    """
    likely: dict[str, str] = {}
    readings: list[Reading | None] = []
    failures: list[str] = []
    for source in sources:
        try:
            reading = _reading(source, day_first, likely.get(source.site_id))
            likely[source.site_id] = reading.platform
            readings.append(_marked(reading, source.page.page_id))
        except Exception as error:
            failures.append(_explained(error, source.page))
            readings.append(None)
    warnings = (
        f"{source.page.url}: {warning}"
        for source, reading in zip(sources, readings, strict=True)
        if reading
        for warning in reading.warnings
    )
    return Read(readings=tuple(readings), failures=tuple(failures), warnings=tuple(warnings))


def _reading(source: Source, day_first: bool | None, likely: str | None) -> Reading:
    if source.known is None:
        return registry.read(source.page, source.platform, day_first, likely)
    if source.known != registry.UNKNOWN:
        return registry.read_again(source.page, source.known, day_first)
    try:  # the crawl came in by a page of no known make; this one may tell
        return registry.read(source.page, None, day_first, likely)
    except ParseError:
        return registry.read(source.page, registry.UNKNOWN, day_first)


def _marked(reading: Reading, page_id: str) -> Reading:
    """The reading with every post marked with the page that shows it."""
    threads = [
        replace(thread, posts=tuple([changed(post, page_id=page_id) for post in thread.posts]))
        for thread in reading.threads
    ]
    return replace(reading, threads=tuple(threads))


def _read_chunk(sources: Sequence[Source]) -> Read:
    """Reads pages that follow one another, and resolves the threads that stand wholly on them."""
    read = read_pages(sources)
    of_site: dict[str, list[tuple[Source, Reading]]] = {}
    for source, reading in zip(sources, read.readings, strict=True):
        if reading:
            of_site.setdefault(source.site_id, []).append((source, reading))
    whole = tuple(
        (site_id, threads.resolve(threads.assemble(None, pages)))
        for site_id, readings in of_site.items()
        for pages in parts_by_thread(readings).values()
        if threads.is_whole(pages)
    )
    return replace(read, whole=whole)


def parts_by_thread(readings: Iterable[tuple[Source, Reading]]) -> dict[str, list[Thread]]:
    """What the pages of one site show of each thread, oldest fetch first."""
    parts: dict[str, list[Thread]] = {}
    for _, reading in sorted(readings, key=lambda pair: pair[0].page.fetched_at):
        for thread in reading.threads:
            parts.setdefault(thread.id, []).append(thread)
    return parts


def _explained(error: Exception, page: Page) -> str:
    name = page.archive_file or page.url
    if isinstance(error, ParseError):
        return str(error) if name in str(error) else f"{name}: {error}"
    return f"{name}: {page.url}: unexpected {type(error).__name__}: {error}"


class Readers:
    """Reads batches; while one is worked on, other processes read the next."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._workers = cores()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def ahead(self, batches: Iterable[list[Source]]) -> Iterator[tuple[list[Source], Read]]:
        """Each batch with what its pages said, in order.

        Raises FolkmootError when a process dies, for want of memory as a rule.
        """
        waiting: deque[tuple[list[Source], list[Future[Read]]]] = deque()
        for batch in batches:
            waiting.append((batch, self._begun(batch)))
            if len(waiting) > 1:
                yield _finished(*waiting.popleft())
        while waiting:
            yield _finished(*waiting.popleft())

    def _begun(self, batch: list[Source]) -> list[Future[Read]]:
        if self._workers < 2 or sum(map(_size, batch)) < MUCH:
            done: Future[Read] = Future()
            done.set_result(read_pages(batch))
            return [done]
        with _undisturbed():
            if self._pool is None:
                self._pool = ProcessPoolExecutor(
                    self._workers, mp_context=_context(), initializer=_prepare_worker
                )
            return [self._pool.submit(_read_chunk, chunk) for chunk in _chunks(batch)]


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C waits until processes have begun: one that begins as its parent leaves says so at length."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread hears of it
        return
    told: list[int] = []
    before = {each: signal.signal(each, lambda number, _: told.append(number)) for each in _STOPS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    if told:
        raise KeyboardInterrupt


def _chunks(batch: Sequence[Source]) -> Iterator[list[Source]]:
    """The batch in pieces; where that can be seen from the URLs, none ends within a thread."""
    chunk: list[Source] = []
    size = 0
    for source in batch:
        is_full = size >= CHUNK and not _goes_on(chunk[-1].page.url, source.page.url)
        if is_full or size >= 2 * CHUNK:
            yield chunk
            chunk, size = [], 0
        chunk.append(source)
        size += _size(source)
    yield chunk


def _size(source: Source) -> int:
    return max(LEAST, len(source.page.body))


def _goes_on(url: str, following: str) -> bool:
    """Whether the second URL may lead to another page of what the first leads to: it only goes on, or only
    its last number is another."""
    return following.startswith(url) or _LAST_NUMBER.sub("", following) == _LAST_NUMBER.sub("", url)


def _finished(batch: list[Source], begun: list[Future[Read]]) -> tuple[list[Source], Read]:
    try:
        parts = [future.result() for future in begun]
    except BrokenProcessPool:
        raise FolkmootError(
            "a process that read pages was killed, for want of memory perhaps; "
            "read fewer or smaller files at a time"
        ) from None
    return batch, Read(
        readings=tuple(chain.from_iterable(part.readings for part in parts)),
        failures=tuple(chain.from_iterable(part.failures for part in parts)),
        warnings=tuple(chain.from_iterable(part.warnings for part in parts)),
        whole=tuple(chain.from_iterable(part.whole for part in parts)),
    )


def cores() -> int:
    """How many processes may work side by side."""
    return min(os.cpu_count() or 1, MOST_WORKERS)


def spare_collector() -> None:
    """Pages make many small objects and hardly any cycles: measured, the usual threshold costs a fifth."""
    gc.set_threshold(100_000, 50, 50)


def _context() -> BaseContext:
    """How processes begin. A fork of one that holds nothing but the adapters is at work in milliseconds;
    where there is none, each process loads them itself, which takes a third of a second."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__, *registry.modules()])
    return context


def _prepare_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    spare_collector()
