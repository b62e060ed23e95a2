"""Forgetting in every file of a project: warehouse, archive, frontier, report; and the search for traces."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from folkmoot import config as configuration


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """The files of one project."""

    folder: Path
    warehouse: Path
    archive: Path
    report: Path


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
    for as names only; `shared`, names that others bear and that were not looked for; and `traces`, where a
    name still stands, found by reading every file of the project. Raises WarehouseError when nothing is
    called that.
    """
    from crawler.blot import blot
    from crawler.erase import erase
    from folkmoot.stages import report
    from warehouse.forget import forget as forget_in_warehouse

    forgotten = forget_in_warehouse(project.warehouse, what, today=today)
    offsets: dict[str, list[int]] = {}
    for record in forgotten.records:
        offsets.setdefault(record.archive_file, []).append(record.archive_offset)
    spelling = forgotten.spelling
    erased = sum(
        len(erase(warc, offsets.get(str(warc.relative_to(project.archive)), []), spelling.shown_on_page))
        for warc in sorted(project.archive.rglob("*.warc.gz"))
    )
    blot(project.archive, spelling.blotted)
    if project.report.exists():
        report(project.warehouse, project.report)
    return {
        "posts": forgotten.posts,
        "records": erased,
        "words": sorted(spelling.words),
        "shared": list(forgotten.shared),
        "traces": _traces(project, spelling),
    }


def _traces(project: Project, spelling: Any) -> list[str]:
    from folkmoot.scanning import showing
    from warehouse.forget import traces
    from warehouse.store import reading

    with reading(project.warehouse) as db:
        columns = [f"{project.warehouse}: {column}" for column in traces(db, spelling)]
    beside = project.warehouse.parent.glob(f"{project.warehouse.name}*")
    roots = [project.folder, project.archive, project.report, *beside]
    return columns + [str(file) for file in showing(roots, spelling.shown)]
