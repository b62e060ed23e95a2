"""The Atom feed of reports: this one, and those that the folder's earlier feed told of."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

KEPT = 50
"""Entries of the feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One report in the feed."""

    id: str
    title: str
    updated: str
    """RFC 3339."""
    summary: str


def entry(*, sites: str, period: str, summary: str, now: datetime) -> Entry:
    """This report's entry; the same sites, period and time have the same id."""
    return Entry(
        id=identity(f"{sites}\n{period}\n{now.isoformat()}"),
        title=f"{sites}: {period}",
        updated=now.isoformat(timespec="seconds"),
        summary=summary,
    )


def identity(key: str) -> str:
    """A URN that is the same for the same key."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"folkmoot report\n{key}").urn


def history(out: Path, newest: Entry) -> tuple[Entry, ...]:
    """The newest entry and those of the report that stands in `out` now, if one does."""
    earlier = (known for known in _read(out / "report.json") if known.id != newest.id)
    ordered = sorted(earlier, key=lambda known: (known.updated, known.id), reverse=True)
    return (newest, *ordered)[:KEPT]


def _read(file: Path) -> list[Entry]:
    """Earlier entries; a report.json that another hand has changed only costs the history, not the report."""
    try:
        return [Entry(**known) for known in json.loads(file.read_text(encoding="utf-8"))["reports"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []
