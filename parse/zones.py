"""The zone of the times on a page, where its foot says so: "All times are UTC-05:00"."""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_FOOT = 40_000  # characters; the line stands at the end of the page
_OPENINGS = (
    "All times are", "All times shown", "Times are", "Alle Zeit", "Heures au format", "Fuseau horaire",
    "Le fuseau horaire", "Todos los horarios", "La zona horaria", "Las horas son", "Tutti gli orari",
    "Todos os horários", "Alle tijden", "Часовой пояс",
)  # fmt: skip
_OFFSET = re.compile(
    r"(?:UTC|GMT|WEZ)\s*(?:</?\w[^>]*>\s*)?(?:(?P<sign>[+\-−–])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?)?",
    re.I,
)
_NAME = re.compile(r'title="([A-Z]\w+/[A-Z]\w+)"')
_SUMMER = re.compile(r"\[\s*(?:DST|Sommerzeit|Heure d[’']été)\s*\]", re.I)


def stated_zone(text: str) -> tzinfo:
    """The zone that the page's text (HTML) states near its end; UTC where it does not."""
    foot = text[-_FOOT:]
    for opening in _OPENINGS:
        if opening not in foot:  # takes a tenth of the search from the end
            continue
        at = foot.rfind(opening)
        if zone := _read(foot[at : at + 250]):
            return zone
    return UTC


def _read(line: str) -> tzinfo | None:
    if m := _NAME.search(line):
        try:
            return ZoneInfo(m[1])
        except (KeyError, OSError, ValueError):
            pass  # a title that only looks like a zone
    m = _OFFSET.search(line)
    if m is None:
        return None
    offset = timedelta(hours=int(m["hours"] or 0), minutes=int(m["minutes"] or 0))
    summer = timedelta(hours=1) if _SUMMER.search(line) else timedelta()
    offset = summer + (offset if m["sign"] in ("+", None) else -offset)
    return timezone(offset) if abs(offset) < timedelta(hours=24) else None
