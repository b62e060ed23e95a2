"""The Atom feed of reports: this one, and those that the folder's earlier feed told of."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
    until: str = ""
    """The last day it counts, ISO; empty where no post has a date."""


def entry(*, sites: str, period: str, summary: str, until: date | None, now: datetime) -> Entry:
    """This report's entry; the same sites, period and time have the same id."""
    return Entry(
        id=identity(f"{sites}\n{period}\n{now.isoformat()}"),
        title=f"{sites}: {period}",
        updated=now.isoformat(timespec="seconds"),
        summary=summary,
        until=until.isoformat() if until else "",
    )


def identity(key: str) -> str:
    """A URN that is the same for the same key."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"folkmoot report\n{key}").urn


def history(earlier: Sequence[Entry], newest: Entry) -> tuple[Entry, ...]:
    """The newest entry and the earlier ones."""
    earlier = [known for known in earlier if known.id != newest.id]
    ordered = sorted(earlier, key=lambda known: (known.updated, known.id), reverse=True)
    return (newest, *ordered)[:KEPT]


def last_days(earlier: Sequence[Entry]) -> list[date]:
    """The days to which the earlier reports went."""
    return [date.fromisoformat(known.until) for known in earlier if known.until]


def told(out: Path) -> list[Entry]:
    """The entries of the report that stands in `out` now, if one does.

    A report.json that another hand has changed only costs the history, not the report.
    """
    try:
        known = json.loads((out / "report.json").read_text(encoding="utf-8"))["reports"]
        entries = [Entry(**one) for one in known]
        last_days(entries)
        return entries
    except (OSError, ValueError, KeyError, TypeError):
        return []
