"""Whatever days are asked for, a report speaks of some or says in a line why it cannot."""

from datetime import date

import pytest

from reports.errors import ReportError
from reports.period import period

WRITTEN = {
    "earlier": (),
    "first_day": date(2020, 5, 1),
    "last_day": date(2026, 3, 1),
    "today": date(2026, 3, 2),
}


@pytest.mark.parametrize(
    ("since", "until", "compare"),
    [
        (date.min, None, None),
        (None, date.max, None),
        (None, None, date.min),
        (date(1000, 1, 1), None, None),
        (date.min, date.max, None),
    ],
)
def test_the_first_and_the_last_day_there_is_may_be_asked_for(
    since: date | None, until: date | None, compare: date | None
) -> None:
    found = period(since, until, compare, **WRITTEN)
    assert found.before <= found.recent <= found.until < found.end


def test_a_day_after_the_end_is_said() -> None:
    with pytest.raises(ReportError, match="the report ends on 2026-03-01, before --compare 9999-12-31"):
        period(None, None, date.max, **WRITTEN)
