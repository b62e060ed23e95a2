"""After a kill or a power loss: archive and frontier made to agree again, before anything is fetched."""

from pathlib import Path

from crawler.absorb import Absorber
from crawler.archive import ROLE, page_at, repair
from crawler.frontier import SiteFrontier, Task
from crawler.look import look_at
from crawler.model import Place, Reason
from crawler.records import BadRecordError, salvaged
from parse.page import Page


def cut_tails(frontier: SiteFrontier, root: Path) -> dict[str, int]:
    """Repairs the WARC files of a site. Returns, by file, up to where the frontier knows them.

    Pages that were noted as held and are not there any more (a power loss) are fetched again.
    """
    known = {row["file"]: int(row["size"]) for row in frontier.rows("archived")}
    site_id = frontier.site_id
    for file in sorted((root / site_id).glob("*.warc.gz")):
        name = f"{site_id}/{file.name}"
        size = repair(file, known.get(name, 0))
        if size < known.get(name, 0):
            _forget_lost(frontier, name, repair(file))
        known[name] = min(known.get(name, 0), file.stat().st_size)
    return known


def take_in_unknown(absorber: Absorber, root: Path, known: dict[str, int], platform: str | None) -> None:
    """Takes in pages that were archived but not noted before the end came."""

    def damaged(bad: BadRecordError, then: int | None) -> None:
        absorber.notes.append(f"{name}: {bad} at byte {bad.offset}; read on from byte {then}")

    for name, start in sorted(known.items()):
        file = root / name
        for record in salvaged(file, start, damaged) if file.exists() else ():
            if record.header("WARC-Type") == "response" and record.header(ROLE) == "page":
                page = page_at(record, name)
                place = Place(file=name, offset=record.offset, length=record.length)
                if not _is_noted(absorber, page.url, place):
                    _take_in(absorber, page, place, platform)


def _is_noted(absorber: Absorber, url: str, place: Place) -> bool:
    """Pages are noted in the order in which they were read, which is not always that of the file."""
    held = absorber.frontier.row("page", url=url)
    return held is not None and (held["file"], held["offset"]) == (place.file, place.offset)


def _take_in(absorber: Absorber, page: Page, place: Place, platform: str | None) -> None:
    look = look_at(page, platform)
    queued = absorber.frontier.task_at(page.url)
    task = queued or Task(url=page.url, reason=Reason.FOLLOWING, thread_id=look.thread_id)
    absorber.page(task, page, look, place, place.offset + place.length)


def _forget_lost(frontier: SiteFrontier, name: str, size: int) -> None:
    with frontier.transaction():
        for row in frontier.rows("lost_pages", file=name, size=size):
            is_thread = row["kind"] == "thread"
            reason = Reason.FOLLOWING if is_thread else Reason.FURTHER_LISTING
            frontier.do("unsee", url=row["url"])
            frontier.do("drop_page", url=row["url"])
            frontier.enqueue(Task(url=row["url"], reason=reason, thread_id=row["thread_id"]))
        frontier.do("put_archived", file=name, size=size)
