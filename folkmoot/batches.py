"""What pages of one site show, as a batch to load."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from folkmoot.readers import Source, parts_by_thread
from parse import registry, threads
from parse.model import Board, LinkKind, PageKind, PlatformEvent, Reading, Thread, ThreadRow

if TYPE_CHECKING:
    from warehouse.batch import Batch


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
    empty: "Batch", readings: list[tuple[Source, Reading]], resolved: Iterable[Thread]
) -> "Batch":
    """The batch with the threads that its pages come to, and all else that the pages say."""
    rows = _rows(readings)
    return replace(
        empty,
        boards=_boards(readings),
        threads=tuple(_as_listed(resolved, rows, readings)),
        pages=tuple(source.page for source, _ in readings),
        rows=rows,
        gone=_gone(readings),
        boards_whole=tuple(source.page.page_id for source, reading in readings if reading.is_board_whole),
        whole=_whole(readings),
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


def _whole(readings: list[tuple[Source, Reading]]) -> tuple[str, ...]:
    """Threads of which a crawl has read all pages, by their own account. Of saved pages nobody knows whether
    they are one visit."""
    crawled = [pair for pair in readings if pair[0].page.run_id]
    of_thread: dict[str, list[Reading]] = {}
    for _, reading in crawled:
        for thread in reading.threads:
            of_thread.setdefault(thread.id, []).append(reading)
    return tuple(
        thread_id
        for thread_id, pages in parts_by_thread(crawled).items()
        if _are_all_numbered(pages) or _are_all_named(of_thread[thread_id])
    )


def _are_all_numbered(pages: list[Thread]) -> bool:
    return all(page.page_number and page.page_count for page in pages) and threads.is_whole(pages)


def _are_all_named(readings: list[Reading]) -> bool:
    """The requests for the posts that are not on the first page: each was made."""
    known = registry.platforms()[readings[0].platform]
    links = [link for reading in readings for link in reading.links if link.kind is LinkKind.POSTS]
    named = {known.canonical(link.url) for link in links}
    return bool(named) and named <= {known.canonical(reading.canonical_url) for reading in readings}


def _base_url(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/" if parts.netloc else url
