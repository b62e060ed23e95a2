"""Forgetting in every file of a project: warehouse, archive, report; and the search that proves it."""

import gzip
import html
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from folkmoot import config as configuration

CHUNK = 1 << 22


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

    Returns `posts` and `records`, how many were removed, and `traces`: files that still show one of the
    names, found by reading every file of the project. Raises WarehouseError when nothing is called that.
    """
    from crawler.erase import erase
    from folkmoot.stages import report
    from warehouse.forget import forget as forget_in_warehouse

    forgotten = forget_in_warehouse(project.warehouse, what, today=today)
    offsets: dict[str, list[int]] = {}
    for record in forgotten.records:
        offsets.setdefault(record.archive_file, []).append(record.archive_offset)
    erased = sum(
        len(erase(warc, offsets.get(str(warc.relative_to(project.archive)), []), forgotten.names))
        for warc in sorted(project.archive.rglob("*.warc.gz"))
    )
    if project.report.exists():
        report(project.warehouse, project.report)
    traces = [str(file) for file in _files(project) if _shows(file, forgotten.names)]
    return {"posts": forgotten.posts, "records": erased, "traces": traces}


def _files(project: Project) -> Iterator[Path]:
    roots = {project.archive, project.report}
    yield from sorted(p for root in roots if root.exists() for p in root.rglob("*") if p.is_file())
    yield from sorted(project.warehouse.parent.glob(f"{project.warehouse.name}*"))


def _shows(file: Path, names: Sequence[str]) -> bool:
    """Whether the file holds a name, compressed or not, HTML escapes undone. Folders of models are none."""
    if not file.is_file():
        return False
    opener = gzip.open if file.suffix == ".gz" else open
    kept = ""
    longest = max((len(name) for name in names), default=0) * 6
    try:
        with opener(file, "rb") as content:
            while part := content.read(CHUNK):
                text = kept + part.decode("utf-8", "replace")
                if any(name in text or name in html.unescape(text) for name in names):
                    return True
                kept = text[-longest:]
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return False
    return False
