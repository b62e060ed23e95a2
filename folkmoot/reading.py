"""From pages to the warehouse: read, put the pages of a thread together, resolve, load."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from folkmoot.accounts import settled
from folkmoot.batches import Unfinished, empty_batch, filled_batch
from folkmoot.elsewhere import resolved_elsewhere
from folkmoot.progress import Progress
from folkmoot.readers import Read, Readers, Source, parts_by_thread, read_pages, spare_collector
from folkmoot.veils import Veil, as_read
from parse import threads
from parse.model import Reading, Thread

if TYPE_CHECKING:
    from warehouse.batch import Batch, LoadSummary
    from warehouse.store import Warehouse

BATCH_PAGES = 2_000
"""Pages read before their threads are loaded: a transaction costs a tenth of a second, whatever is in it."""
BATCH_BYTES = 16_000_000


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
    unfinished: defaultdict[str, Unfinished] = defaultdict(Unfinished)
    with Readers() as readers:
        for batch, read in readers.ahead(_batches(sources)):
            summary.take(read)
            read = _settled(batch, read, summary)
            readings = [(s, r) for s, r in zip(batch, read.readings, strict=True) if r]
            summary.pages += len(readings)
            for site_id in dict.fromkeys(source.site_id for source, _ in readings):
                of_site = [pair for pair in readings if pair[0].site_id == site_id]
                whole = {thread.id: thread for site, thread in read.whole if site == site_id}
                frames[site_id] = _load_site(db, site_id, of_site, whole, unfinished[site_id], summary, veil)
            told(summary.pages, f"{summary.posts} posts")
    # Where a run was stopped before it came to this, nothing is new any more, and this is still to be done.
    if summary.posts_new or summary.posts_changed or db.is_resumed:
        _tie_across_threads(db, frames.values())


def _tie_across_threads(db: "Warehouse", frames: Iterable["Batch"]) -> None:
    from warehouse.load import load

    for frame in frames:
        for tied in resolved_elsewhere(db, frame.site_id):
            load(db, replace(frame, threads=tuple(tied)))


def _batches(sources: Iterable[Source]) -> Iterator[list[Source]]:
    """Two fetches of one page never share a batch, nor do two crawls: what changed between them is history,
    and an archive that is read anew tells of it as when each crawl was read by itself."""
    batch: list[Source] = []
    urls: set[str] = set()
    size = 0
    for source in sources:
        is_other = bool(batch) and (source.page.url in urls or source.page.run_id != batch[0].page.run_id)
        if is_other or len(batch) >= BATCH_PAGES or size >= BATCH_BYTES:
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
    unfinished: Unfinished,
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
    resolved = (
        known.whole.get(thread_id) or threads.resolve(threads.assemble(known.held.get(thread_id), pages))
        for thread_id, pages in known.parts.items()
    )
    summary.posts += sum(len(page.posts) for pages in shown.values() for page in pages)
    empty = empty_batch(site_id, readings)
    summary.add(load(db, filled_batch(empty, readings, resolved, unfinished)))
    return empty
