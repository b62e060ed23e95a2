"""When a thread is looked at again."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.recrawl import differs, has_shrunk, is_told_of, next_interval, rotation_due
from parse.model import ThreadRow

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
KNOWN = {
    "title": "Fees",
    "reply_count": 4,
    "last_post_at": NOON.timestamp(),
    "last_post_id": "17",
    "is_locked": 0,
    "listed_at": (NOON + timedelta(hours=2)).timestamp(),
}
VISIT = NOON + timedelta(hours=30, seconds=17.25)


def row(**said: object) -> ThreadRow:
    values: dict[str, object] = {
        "title": "Fees",
        "reply_count": 4,
        "last_post_at": NOON,
        "last_post_id": "17",
    } | said
    return ThreadRow(id="7", url="https://forum.example/t/7", **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "said",
    [
        {"reply_count": 5},
        {"last_post_id": "18"},  # one taken out, one added
        {"title": "Fees and fines"},
        {"is_locked": True},
        {"last_post_at": NOON + timedelta(seconds=61)},
    ],
    ids=lambda said: next(iter(said)),
)
def test_whatever_a_listing_says_anew_is_a_change(said: dict[str, object]) -> None:
    assert differs(row(**said), KNOWN, VISIT.timestamp())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"reply_count": None},
        {"last_post_id": None},
        {"last_post_at": None},
        {"last_post_at": NOON + timedelta(seconds=59)},  # times in whole minutes
        {"last_post_at": NOON - timedelta(seconds=59)},
    ],
)
def test_what_a_listing_does_not_say_or_says_to_the_minute_is_no_change(said: dict[str, object]) -> None:
    assert not differs(row(**said), KNOWN, VISIT.timestamp())  # type: ignore[arg-type]


@pytest.mark.parametrize(("ago", "is_news"), [(timedelta(days=1), True), (timedelta(days=2), False)])
def test_days_ago_is_no_change_where_nothing_can_have_come_since_the_last_visit(
    ago: timedelta, is_news: bool
) -> None:
    told = row(last_post_at=VISIT - ago, reply_count=None, last_post_id=None)
    assert differs(told, KNOWN, VISIT.timestamp()) is is_news  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "same", [{"reply_count": None}, {"last_post_id": None}], ids=lambda same: next(iter(same))
)
@pytest.mark.parametrize(
    ("days", "ago", "is_news"),
    [
        (1, timedelta(hours=23), False),
        (3, timedelta(days=3), False),
        (3, timedelta(days=2), False),  # two days and a half, or nearly three
        (3, timedelta(days=1), True),
        (3, timedelta(hours=5), True),
        (12, timedelta(days=7), False),  # "1 week ago"
    ],
)
def test_an_unchanged_count_may_be_told_as_later_by_a_part_of_what_days_are_counted_in(
    days: int, ago: timedelta, is_news: bool, same: dict[str, object]
) -> None:
    """Nothing was added, unless as much was taken away at once: what comes so much later tells of it."""
    visit = NOON + timedelta(days=days, seconds=17.25)
    assert differs(row(last_post_at=visit - ago, **same), KNOWN, visit.timestamp()) is is_news  # type: ignore[arg-type]


def test_a_count_that_may_be_rounded_hides_an_answer() -> None:
    for count, is_news in ((999, False), (1200, True)):
        told = row(reply_count=count, last_post_id=None, last_post_at=VISIT - timedelta(days=1))
        assert differs(told, KNOWN | {"reply_count": count}, VISIT.timestamp()) is is_news  # type: ignore[arg-type]


def test_only_fewer_replies_than_were_read_make_a_thread_smaller() -> None:
    counts = [(3, 4), (4, 4), (5, 4), (None, 4), (3, None)]
    shrunk = [has_shrunk({"reply_count": now, "held_reply_count": then}) for now, then in counts]  # type: ignore[arg-type]
    assert shrunk == [True, False, False, False, False]


def test_a_listing_without_counts_and_times_tells_of_no_change() -> None:
    assert is_told_of(KNOWN)  # type: ignore[arg-type]
    assert not is_told_of(KNOWN | {"reply_count": None, "last_post_at": None})  # type: ignore[arg-type]
    assert not is_told_of(KNOWN | {"listed_at": None})  # type: ignore[arg-type]


def test_rotations_are_spread_over_the_last_quarter_and_never_late() -> None:
    threads = [{"thread_id": str(n), "whole_at": 0.0, "fetched_at": 0.0} for n in range(200)]
    due = [
        sum(rotation_due(known, 8 * DAY, day * DAY.total_seconds()) for known in threads)  # type: ignore[arg-type]
        for day in (5.99, 7, 8)
    ]
    assert due[0] == 0
    assert 60 < due[1] < 140
    assert due[2] == 200


def test_the_interval_follows_the_changes_between_its_bounds() -> None:
    def after(last: timedelta | None, changed: bool) -> timedelta:
        seconds = last.total_seconds() if last else None
        return timedelta(seconds=next_interval(seconds, changed, DAY / 4, 8 * DAY))

    assert [after(None, False), after(DAY, False), after(DAY, True)] == [DAY, 1.5 * DAY, DAY / 2]
    assert (after(DAY / 4, True), after(7 * DAY, False)) == (DAY / 4, 8 * DAY)
