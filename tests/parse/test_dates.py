import tomllib
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parse.dates import day_first, order_told, parse_time, usual_order, within_a_month

NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)
CASES = tomllib.loads((Path(__file__).parent / "cases" / "dates.toml").read_text())["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["shown"] or "empty")
def test_a_shown_date_is_the_moment_it_means(case):
    zone = ZoneInfo(case["zone"]) if "zone" in case else UTC
    found = parse_time(case["shown"], now=NOW, zone=zone, day_first=case.get("day_first"))
    expected = datetime.fromisoformat(case["is"]).replace(tzinfo=UTC) if case["is"] else None
    assert found == expected


@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text):
    found = parse_time(text, now=NOW)
    assert found is None or found.tzinfo is UTC


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2024, 5, 15)))
def test_what_a_forum_prints_is_read_back(moment):
    moment = moment.replace(second=0, microsecond=0, tzinfo=UTC)
    for pattern in ("%b %d, %Y %I:%M %p", "%d.%m.%Y, %H:%M", "%Y-%m-%d %H:%M", "%a %b %d, %Y %H:%M"):
        assert parse_time(moment.strftime(pattern), now=NOW) == moment


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (["05-01-2024", "25-01-2024"], True),
        (["05-01-2024", "01-25-2024"], False),
        (["13-01-2024", "14-01-2024", "01-15-2024"], True),
        (["30-04-24", "01-05-24"], True),
        (["02-01-2024", "03-01-2024", "01-02-2024"], True),
        (["01-11-2024", "02-02-2024", "03-01-2024"], False),
        (["05-05-2024"], None),
        (["Today", "3 hours ago"], None),
        ([], None),
    ],
)
def test_all_dates_of_a_site_tell_the_order_of_day_and_month(shown, expected):
    assert day_first(shown) is expected


@pytest.mark.parametrize(
    ("spoken", "expected"), [("de", True), ("pt-BR", True), ("ko", False), ("en-GB", None)]
)
def test_a_language_tells_the_order_only_where_it_has_one(spoken, expected):
    assert usual_order(spoken) is expected


def test_dates_that_would_be_yet_to_come_put_the_other_number_first():
    assert order_told(["09-02-2024", "01-03-2024"], NOW) is True
    assert order_told(["02-09-2024", "03-01-2024"], NOW) is False
    assert order_told(["03-02-2024", "04-02-2023"], NOW) is None


def test_several_days_of_one_month_are_likelier_than_one_day_of_several_months():
    assert within_a_month(["03-02-2024", "04-02-2024", "05-02-2024"]) is True
    assert within_a_month(["02-03-2024", "02-04-2024", "02-05-2024"]) is False
    assert within_a_month(["03-02-2024", "04-02-2024", "05-03-2024"]) is None
    assert within_a_month([]) is None
