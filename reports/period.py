"""The span of time a report speaks of, and the two stretches within it that it compares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reports.errors import ReportError

RECENT_DAYS = 28
"""Four whole weeks: long enough for a forum to say something, and every weekday counts alike."""
LEAST_DAYS = 6
"""A report of fewer days ago is none to compare with: a week, less a day on which nobody may have written."""


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
    last_report: date | None
    """The last day of the earlier report that the recent stretch follows, where one was found."""
    is_dated: bool
    """Some post carries a date; where none does, nothing can be told of change."""
    has_past: bool
    """Some post is older than the recent stretch; where none is, nothing can be called new."""

    @property
    def recent_days(self) -> int:
        return (self.until - self.recent).days + 1

    @property
    def end(self) -> date:
        """The first day no longer counted."""
        return self.until + timedelta(days=1)


def period(
    since: date | None,
    until: date | None,
    compare: date | None,
    *,
    earlier: Sequence[date],
    first_day: date | None,
    last_day: date | None,
    today: date,
) -> Period:
    """The period of a report. `first_day` and `last_day` are those of the oldest and the newest dated post;
    the newest ends the period where no day is asked for, else `today`;
    `compare` is the day of the report to compare with: the recent stretch begins the day after it. Where
    neither it nor `since` is given, the last of the `earlier` days that is old enough takes its place.

    Raises ReportError where a stretch would end before it begins, or before anything was written.
    """
    end = min(until or last_day or today, date.max - timedelta(days=1))
    last_report = None if compare or since else _last(earlier, end)
    for name, day in (("--since", since), ("--compare", compare)):
        if day and day > end:
            raise ReportError(f"the report ends on {end}, before {name} {day}: choose an earlier day")
    follows = compare or last_report
    recent = follows + timedelta(days=1) if follows else since or end - timedelta(days=RECENT_DAYS - 1)
    if until and first_day and until < first_day:
        raise ReportError(f"the oldest post is of {first_day}, after --until {until}: choose a later day")
    recent = min(recent, end)
    length = end - recent + timedelta(days=1)
    before = recent - length if recent - date.min > length else date.min
    return Period(
        since=since,
        until=end,
        recent=recent,
        before=before,
        last_report=last_report,
        is_dated=last_day is not None,
        has_past=first_day is not None and first_day < recent,
    )


def _last(earlier: Sequence[date], end: date) -> date | None:
    return max((day for day in earlier if (end - day).days >= LEAST_DAYS), default=None)
