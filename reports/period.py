"""The span of time a report speaks of, and the two stretches within it that it compares."""

from dataclasses import dataclass
from datetime import date, timedelta

from reports.errors import ReportError

RECENT_DAYS = 28
"""Four whole weeks: long enough for a forum to say something, and every weekday counts alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days are UTC. A report without `since` speaks of everything up to `until`."""

    since: date | None
    until: date
    """The last day counted."""
    recent: date
    """First day of the recent stretch, which ends with `until`."""
    before: date
    """First day of the stretch of equal length that ends where the recent one begins."""
    is_dated: bool
    """Some post carries a date; where none does, nothing can be told of change."""

    @property
    def recent_days(self) -> int:
        return (self.until - self.recent).days + 1

    @property
    def end(self) -> date:
        """The first day no longer counted."""
        return self.until + timedelta(days=1)


def period(
    since: date | None, until: date | None, compare: date | None, *, last_day: date, is_dated: bool
) -> Period:
    """The period of a report. `last_day` is the day of the newest post, the end where none is asked for;
    `compare` is the day of the earlier report: the recent stretch begins the day after it.

    Raises ReportError where a stretch would end before it begins.
    """
    end = until or last_day
    recent = compare + timedelta(days=1) if compare else since or end - timedelta(days=RECENT_DAYS - 1)
    for name, day in (("--since", since), ("--compare", compare)):
        if day and day > end:
            raise ReportError(f"the report ends on {end}, before {name} {day}: choose an earlier day")
    recent = min(recent, end)
    before = recent - (end - recent) - timedelta(days=1)
    return Period(since=since, until=end, recent=recent, before=before, is_dated=is_dated)
