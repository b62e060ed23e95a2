"""From pages to the warehouse: read, put the pages of a thread together, resolve, load."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from folkmoot.accounts import settled
from folkmoot.elsewhere import resolved_elsewhere
from folkmoot.progress import Progress
from folkmoot.readers import Read, Readers, Source, parts_by_thread, read_pages, spare_collector
from parse import registry, saved, threads
from parse.model import Board, LinkKind, PageKind, ParseError, Reading, Thread, ThreadRow
from parse.page import Page

if TYPE_CHECKING:
    from warehouse.batch import Batch, LoadSummary
    from warehouse.store import Warehouse

BATCH_PAGES = 2_000
"""Pages read before their threads are loaded: a transaction costs a tenth of a second, whatever is in it."""
BATCH_BYTES = 16_000_000


Veil = Callable[[list[Thread]], list[Thread]]
"""What is done to the pages of a thread before anything of them is merged or kept."""


def as_read(pages: list[Thread]) -> list[Thread]:
    """The veil that hides nothing."""
    return pages


@dataclass(slots=True)
class ParseSummary:
    """What reading a set of pages came to."""

    pages: int = 0
    posts: int = 0
    threads_new: int = 0
    threads_changed: int = 0
    posts_new: int = 0
    posts_changed: int = 0
    posts_removed: int = 0
    failures: list[str] = field(default_factory=list)
    """One line a page that could not be read, and why."""
    warnings: list[str] = field(default_factory=list)

    def take(self, read: Read) -> None:
        self.failures += read.failures
        self.warnings = list(dict.fromkeys((*self.warnings, *read.warnings)))

    def add(self, loaded: "LoadSummary") -> None:
        for name in ("threads_new", "threads_changed", "posts_new", "posts_changed", "posts_removed"):
            setattr(self, name, getattr(self, name) + getattr(loaded, name))


def saved_sources(
    paths: Sequence[Path],
    *,
    platform: str | None,
    url: str | None,
    site: str | None,
    failed: Callable[[str], None],
) -> Iterator[Source]:
    """Every page among files, folders and WARC files; what cannot be opened is told to `failed`."""
    for path in paths:
        try:
            for file in saved.files(path):
                for page in _pages_of(file, url, failed):
                    yield Source(page, site or saved.site_of(page.url), platform)
        except (ParseError, OSError) as error:
            failed(str(error))


def _pages_of(file: Path, url: str | None, failed: Callable[[str], None]) -> Iterator[Page]:
    if saved.is_warc(file):
        yield from _pages_of_warc(file, failed)
        return
    if saved.is_packed(file):
        yield from _pages_in(file, url, failed)
        return
    try:
        yield saved.read(file, url=url)
    except ParseError as error:
        failed(str(error))


def _pages_in(archive: Path, url: str | None, failed: Callable[[str], None]) -> Iterator[Page]:
    """Of a zip or tar, named as the files in it."""
    with saved.unpacked(archive, failed) as folder:

        def told(line: str) -> None:
            failed(line.replace(str(folder), str(archive)))

        try:
            for file in saved.files(folder):
                for page in _pages_of(file, url, told):
                    yield saved.as_packed(page, folder, archive)
        except (ParseError, OSError) as error:
            told(str(error))


def _pages_of_warc(file: Path, failed: Callable[[str], None]) -> Iterator[Page]:
    from crawler.archive import read_pages

    told: list[str] = []
    number = 0
    for number, page in enumerate(read_pages(file, failed=told.append), 1):  # noqa: B007
        yield page
    if not number and not told:
        told.append(f"{file}: holds no page")
    for line in told:
        failed(line)


def load_sources(
    db: "Warehouse",
    sources: Iterable[Source],
    summary: ParseSummary,
    told: Progress,
    veil: Veil = as_read,
) -> None:
    """Reads pages batch by batch and loads the threads they show, then ties quotes across threads."""
    spare_collector()
    frames: dict[str, Batch] = {}
    with Readers() as readers:
        for batch, read in readers.ahead(_batches(sources)):
            summary.take(read)
            read = _settled(batch, read, summary)
            readings = [(s, r) for s, r in zip(batch, read.readings, strict=True) if r]
            summary.pages += len(readings)
            for site_id in dict.fromkeys(source.site_id for source, _ in readings):
                of_site = [pair for pair in readings if pair[0].site_id == site_id]
                whole = {thread.id: thread for site, thread in read.whole if site == site_id}
                frames[site_id] = _load_site(db, site_id, of_site, whole, summary, veil)
            told(summary.pages, f"{summary.posts} posts")
    if summary.posts_new or summary.posts_changed:
        _tie_across_threads(db, frames.values())


def _tie_across_threads(db: "Warehouse", frames: Iterable["Batch"]) -> None:
    from warehouse.load import load

    for frame in frames:
        for tied in resolved_elsewhere(db, frame.site_id):
            load(db, replace(frame, threads=tuple(tied)))


def _batches(sources: Iterable[Source]) -> Iterator[list[Source]]:
    """Two fetches of one page never share a batch: what changed between them is history."""
    batch: list[Source] = []
    urls: set[str] = set()
    size = 0
    for source in sources:
        if source.page.url in urls or len(batch) >= BATCH_PAGES or size >= BATCH_BYTES:
            yield batch
            batch, urls, size = [], set(), 0
        batch.append(source)
        urls.add(source.page.url)
        size += len(source.page.body)
    if batch:
        yield batch


def _settled(batch: list[Source], read: Read, summary: ParseSummary) -> Read:
    """What was read, the pages of a site whose dates put the day first all read that way."""
    pairs = list(zip(batch, read.readings, strict=True))
    day_first = {source.site_id for source, reading in pairs if reading and reading.day_first}
    month_first = {source.site_id for source, reading in pairs if reading and reading.day_first is False}
    again = day_first - month_first  # the other order is what a page without evidence is read by anyway
    if not again:
        return read
    readings = [
        _again(source, reading, summary) if reading and source.site_id in again else reading
        for source, reading in pairs
    ]
    whole = (pair for pair in read.whole if pair[0] not in again)
    return replace(read, readings=tuple(readings), whole=tuple(whole))


def _again(source: Source, reading: Reading, summary: ParseSummary) -> Reading:
    if reading.day_first is not None:
        return reading
    known = Source(source.page, source.site_id, reading.platform)
    read = read_pages([known], day_first=True)
    summary.take(read)
    return read.readings[0] or reading


def _load_site(
    db: "Warehouse",
    site_id: str,
    readings: list[tuple[Source, Reading]],
    whole: dict[str, Thread],
    summary: ParseSummary,
    veil: Veil,
) -> "Batch":
    """Loads what pages of one site show; returns the site's empty frame, for what is found out later."""
    from warehouse.held import held_threads
    from warehouse.load import load

    shown = parts_by_thread(readings)
    veiled = {thread_id: veil(pages) for thread_id, pages in shown.items()}
    held = held_threads(db, site_id, list(veiled))
    ready = {
        thread_id: thread
        for thread_id, thread in whole.items()
        if thread_id not in held
        and veiled[thread_id] is shown[thread_id]
        and threads.is_whole(shown[thread_id])
    }
    known = settled(db, site_id, veiled, held, ready)
    resolved = tuple(
        known.whole.get(thread_id) or threads.resolve(threads.assemble(known.held.get(thread_id), pages))
        for thread_id, pages in known.parts.items()
    )
    summary.posts += sum(len(page.posts) for pages in shown.values() for page in pages)
    frame = _frame(site_id, readings)
    summary.add(
        load(
            db,
            replace(
                frame,
                boards=_boards(readings),
                threads=resolved,
                pages=tuple(source.page for source, _ in readings),
                rows=_rows(readings),
                gone=_gone(readings),
                whole=_whole(readings),
            ),
        )
    )
    return frame


def _frame(site_id: str, readings: list[tuple[Source, Reading]]) -> "Batch":
    """A batch of the site with nothing in it."""
    from warehouse.batch import Batch

    first = next((r for _, r in readings if r.platform), readings[0][1])
    return Batch(
        site_id=site_id,
        platform=first.platform,
        base_url=_base_url(first.canonical_url),
        site_title=next((r.site_title for _, r in readings if r.site_title), None),
    )


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
    """Pages that say that they are gone. Where no page says anything else, it is the server that has lost
    its way, and nothing was taken out."""
    gone = tuple(source.page.page_id for source, reading in readings if reading.kind is PageKind.MISSING)
    return gone if len(gone) < len(readings) else ()


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
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/" if parts.netloc else url


def archive_sources(db: "Warehouse", archive: Path, platforms: dict[str, str | None]) -> Iterator[Source]:
    """Every archived page that the warehouse does not hold yet, site by site.

    `platforms` names the sites to read and, where the configuration says so, their platform.
    """
    from crawler.archive import read_pages
    from warehouse.load import archive_position

    for site_id, platform in platforms.items():
        for file in sorted((archive / site_id).glob("*.warc.gz")):
            name = str(file.relative_to(archive))
            for page in read_pages(file, start=archive_position(db, name)):
                yield Source(replace(page, archive_file=name), site_id, platform)
