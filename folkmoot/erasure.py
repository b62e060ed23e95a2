"""Forgetting in every file of a project: warehouse, archive, frontier, report; and the search for traces."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from folkmoot import config as configuration
from folkmoot.errors import FolkmootError

if TYPE_CHECKING:
    from warehouse.forget import Forgotten
    from warehouse.spelling import Spelling


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """The files of one project."""

    folder: Path
    warehouse: Path
    archive: Path
    report: Path | None
    """The folder of its report; None where nothing says which that is, so that none is written anew."""


def project_around(warehouse: Path, report: Path | None) -> Project:
    """What lies around a warehouse made without a configuration: its folder, and the archive in it."""
    folder = warehouse.resolve().parent
    return Project(folder=folder, warehouse=warehouse, archive=folder / "archive", report=report)


def project_of(config_path: Path) -> Project:
    """The files that a configuration names. Raises ConfigError."""
    settings = configuration.load(config_path)
    return Project(
        folder=settings.folder,
        warehouse=settings.path(settings.project.warehouse),
        archive=settings.path(settings.project.archive),
        report=settings.path(settings.project.report),
    )


def forget(project: Project, what: str, *, today: date) -> dict[str, Any]:
    """Forgets an author, a post or a thread in all files of the project.

    Returns `posts` and `records`, how many were removed; `words`, names that are words here and were looked
    for as names only; `shared`, names that others bear and that were not looked for; `called`, first names
    and the posts of others in the same threads that hold them, left as they are; and `traces`, where a name
    still stands, found by reading every file of the project and every saved file that it was made of, which
    are not ours to change, and what could not be read. Raises
    WarehouseError when nothing is called that, FolkmootError where there is no warehouse.
    """
    from folkmoot.schedule import project_lock

    if not project.warehouse.is_file():
        raise FolkmootError(f"{project.warehouse}: no such file")
    with project_lock(project.warehouse):
        return _forgotten(project, what, today)


def _forgotten(project: Project, what: str, today: date) -> dict[str, Any]:
    from crawler.blot import blot
    from folkmoot.stages import regroup, report
    from warehouse.forget import forgetting
    from warehouse.store import writing

    # The warehouse forgets last: until then it knows what to look for, should this have to be begun again.
    with forgetting(project.warehouse, what, today=today) as forgotten:
        spelling = forgotten.spelling
        erased, flaws = _erase_archive(project.archive, forgotten)
        blot(project.archive, spelling.blotted)
    with writing(project.warehouse) as db:
        regroup(db)
    if project.report and project.report.exists():
        report(project.warehouse, project.report)
    return {
        "posts": forgotten.posts,
        "records": erased,
        "words": sorted(spelling.words),
        "shared": list(forgotten.shared),
        "called": forgotten.called,
        "traces": [*flaws, *_traces(project, spelling, _saved(forgotten.read))],
    }


def _erase_archive(archive: Path, forgotten: "Forgotten") -> tuple[int, list[str]]:
    """How many records were erased, and what could not be looked through."""
    from crawler.erase import erase

    offsets: dict[str, list[int]] = {}
    for record in forgotten.records:
        offsets.setdefault(record.archive_file, []).append(record.archive_offset)
    for name, offset in _showing(archive, forgotten.post_ids):
        offsets.setdefault(name, []).append(offset)
    files = [archive / name for name in offsets if not Path(name).is_absolute()]
    lost = [
        f"{file}, which is not there: whatever copy there is was not looked through"
        for file in files
        if not file.is_file()
    ]
    done = [
        erase(warc, offsets.get(str(warc.relative_to(archive)), []), forgotten.spelling.shown_on_page)
        for warc in sorted(archive.rglob("*.warc.gz"))
    ]
    return sum(len(each.offsets) for each in done), [*lost, *(each.flaw for each in done if each.flaw)]


def _showing(archive: Path, posts: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Where in the archive a page shows one of these posts: each may have stood on other pages before."""
    from crawler.archive import read_pages as archived
    from crawler.run import platforms
    from folkmoot.readers import Source, read_pages

    by_site: dict[str, set[str]] = {}
    for post in posts:
        by_site.setdefault(post.partition(":")[0], set()).add(post.partition(":")[2])
    known = platforms(archive)
    for site_id, ids in by_site.items():
        marks = [name.encode() for name in ids if name.isdecimal()]
        for warc in sorted((archive / site_id).glob("*.warc.gz")):
            for page in archived(warc, failed=lambda _: None):  # told when the file is looked through
                if len(marks) == len(ids) and not any(mark in page.body for mark in marks):
                    continue  # an id that is no number may be made of words, and stand on no page
                (reading,) = read_pages([Source(page, site_id, known=known.get(site_id))]).readings
                if reading and not ids.isdisjoint(p.id for t in reading.threads for p in t.posts):
                    yield str(warc.relative_to(archive)), page.archive_offset


def _saved(read: Iterable[str]) -> set[Path]:
    """The saved files among those read; of what was packed, the pack. Those of the archive are relative."""
    found = (
        next(filter(Path.is_file, (path, *path.parents)), None)
        for path in map(Path, filter(None, read))
        if path.is_absolute()
    )
    return {file for file in found if file}


def _traces(project: Project, spelling: "Spelling", saved: Iterable[Path]) -> list[str]:
    from folkmoot.scanning import showing
    from warehouse.forget import traces
    from warehouse.store import reading

    with reading(project.warehouse) as db:
        columns = [f"{project.warehouse}: {column}" for column in traces(db, spelling)]
    beside = project.warehouse.parent.glob(f"{project.warehouse.name}*")
    report = [project.report] if project.report else []
    roots = [project.folder, project.archive, *report, *beside, *saved]
    return columns + showing(roots, spelling.shown)
