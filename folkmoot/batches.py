"""What pages of one site show, as a batch to load."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from folkmoot.readers import Source, parts_by_thread
from parse import registry
from parse.model import Board, LinkKind, PageKind, PlatformEvent, Reading, Thread, ThreadRow

if TYPE_CHECKING:
    from warehouse.batch import Batch


@dataclass(frozen=True, slots=True)
class _Part:
    """What a page tells of how much there is of its thread."""

    fetched_at: datetime
    url: str
    number: int | None
    count: int | None
    others: frozenset[str]
    """The requests for the posts that are not on the first page."""


@dataclass(slots=True)
class Unfinished:
    """Threads of which a crawl has shown some pages so far: a large one is loaded in several batches."""

    run_id: str | None = None
    parts: dict[str, list[_Part]] = field(default_factory=dict)

    def whole(self, readings: Iterable[tuple[Source, Reading]]) -> Iterator[tuple[str, datetime]]:
        """Threads of which the crawl has now read all pages, by their own account, and since when. Of saved
        pages nobody knows whether they are one visit."""
        crawled = [pair for pair in readings if pair[0].page.run_id]
        for source, reading in crawled:
            if source.page.run_id != self.run_id:
                self.run_id, self.parts = source.page.run_id, {}
            for thread in reading.threads:
                self.parts.setdefault(thread.id, []).append(_part(source, reading, thread))
        for thread_id in parts_by_thread(crawled):
            parts = self.parts[thread_id]
            if _are_all_numbered(parts) or _are_all_named(parts):
                yield thread_id, min(part.fetched_at for part in self.parts.pop(thread_id))
            elif not any(part.others or part.count for part in parts):
                del self.parts[thread_id]


def empty_batch(site_id: str, readings: list[tuple[Source, Reading]]) -> "Batch":
    """A batch of the site with nothing in it."""
    from warehouse.batch import Batch

    first = next((r for _, r in readings if r.platform), readings[0][1])
    return Batch(
        site_id=site_id,
        platform=first.platform,
        base_url=_base_url(first.canonical_url),
        site_title=next((r.site_title for _, r in readings if r.site_title), None),
    )


def filled_batch(
    empty: "Batch",
    readings: list[tuple[Source, Reading]],
    resolved: Iterable[Thread],
    unfinished: Unfinished,
) -> "Batch":
    """The batch with the threads that its pages come to, and all else that the pages say.

    `unfinished` is what earlier batches of the crawl have shown, and takes this one in.
    """
    rows = _rows(readings)
    return replace(
        empty,
        boards=_boards(readings),
        threads=tuple(_as_listed(resolved, rows, readings)),
        pages=tuple(source.page for source, _ in readings),
        rows=rows,
        gone=_gone(readings),
        boards_whole=tuple(source.page.page_id for source, reading in readings if reading.is_board_whole),
        whole=tuple(unfinished.whole(readings)),
    )


def _as_listed(
    resolved: Iterable[Thread], rows: Iterable[ThreadRow], readings: list[tuple[Source, Reading]]
) -> Iterator[Thread]:
    """Threads with what only listings say of them: that they are locked, or pinned."""
    listed = {row.id: row for row in rows}
    shown = [thread for _, reading in readings for thread in reading.threads]
    tell_locks = {thread.id for thread in shown if thread.is_locked is not None}
    tell_pins = {thread.id for thread in shown if thread.is_sticky is not None}
    for thread in resolved:
        row = listed.get(thread.id)
        if row and row.is_sticky != thread.is_sticky and thread.id not in tell_pins:
            thread = replace(thread, is_sticky=row.is_sticky)
        if row and row.is_locked != thread.is_locked and thread.id not in tell_locks:
            # Of a thread that was held before, loading sees the difference.
            is_news = row.is_locked and thread.is_locked is None
            events = (PlatformEvent(kind="thread_locked", confidence=0.9),) if is_news else ()
            thread = replace(thread, is_locked=row.is_locked, events=(*thread.events, *events))
        yield thread


def _boards(readings: list[tuple[Source, Reading]]) -> tuple[Board, ...]:
    found: dict[str, Board] = {}
    for _, reading in readings:
        own = [thread.board for thread in reading.threads if thread.board]
        for board in (*reading.boards, *own, *([reading.board] if reading.board else [])):
            if board.title or board.id not in found:  # some pages know a board by its number only
                found[board.id] = board
    return tuple(found.values())


def _rows(readings: list[tuple[Source, Reading]]) -> tuple[ThreadRow, ...]:
    rows = {row.id: row for _, reading in readings for row in reading.rows if not row.is_moved}
    return tuple(rows.values())


def _gone(readings: list[tuple[Source, Reading]]) -> tuple[str, ...]:
    """Pages that say that they are gone."""
    return tuple(source.page.page_id for source, reading in readings if reading.kind is PageKind.MISSING)


def _part(source: Source, reading: Reading, thread: Thread) -> _Part:
    canonical = registry.platforms()[reading.platform].canonical
    others = (canonical(link.url) for link in reading.links if link.kind is LinkKind.POSTS)
    url, fetched_at = canonical(reading.canonical_url), source.page.fetched_at
    return _Part(fetched_at, url, thread.page_number, thread.page_count, frozenset(others))


def _are_all_numbered(parts: list[_Part]) -> bool:
    newest = {part.number: part for part in sorted(parts, key=lambda part: part.fetched_at)}
    count = max(part.count or 0 for part in newest.values())
    return all(part.count for part in parts) and newest.keys() == set(range(1, count + 1))


def _are_all_named(parts: list[_Part]) -> bool:
    """Each request for posts was made."""
    named = {url for part in parts for url in part.others}
    return bool(named) and named <= {part.url for part in parts}


def _base_url(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/" if parts.netloc else url
