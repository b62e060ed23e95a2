"""Shares and growth: never more certain than the counts allow."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.numbers import Growth, Share, counted, dispersion, duration, grouped, short, signed, wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(5, 10, 0.2366, 0.7634), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 1, 0.2065, 1.0)],
)
def test_wilson_interval_has_its_known_values(part: int, whole: int, low: float, high: float) -> None:
    assert wilson(part, whole) == pytest.approx((low, high), abs=2e-4)


def test_nothing_counted_says_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert Share(0, 0).value is None
    assert Share(0, 0).interval == ""


@given(st.integers(0, 10**6), st.integers(1, 10**6))
@example(0, 261)
def test_the_interval_holds_the_share(part: int, rest: int) -> None:
    share = Share(part, part + rest)
    assert 0 <= share.low <= part / (part + rest) <= share.high <= 1


def test_few_cases_are_shown_as_counts_without_percentage() -> None:
    assert Share(2, 3).text == "2 of 3"
    assert Share(13, 20).text == "13 of 20 (65 %)"


def test_some_is_never_none_and_nearly_all_is_not_all() -> None:
    assert Share(0, 1000).percent == "0 %"
    assert Share(1, 1000).percent == "under 1 %"
    assert Share(999, 1000).percent == "over 99 %"
    assert Share(1000, 1000).percent == "100 %"


def test_growth_is_claimed_only_where_the_interval_excludes_chance() -> None:
    assert Growth(recent=3, recent_days=28, past=2, past_days=28).verdict == "unclear"
    assert Growth(recent=30, recent_days=28, past=20, past_days=280).verdict == "growing"
    assert Growth(recent=0, recent_days=28, past=60, past_days=280).verdict == "fading"
    assert Growth(recent=4, recent_days=28, past=0, past_days=0).verdict == "new"
    assert Growth(recent=1, recent_days=6, past=1, past_days=112).verdict == "unclear"


def test_what_comes_in_bursts_is_not_called_fading_for_one_silence() -> None:
    bursts = [0, 0, 38, 39, 0, 0, 0, 0, 32, 0, 0, 0]
    steady = [9, 10, 8, 9, 11, 9, 8, 10, 9, 9, 8, 9]
    assert dispersion(steady) == 1.0
    assert dispersion(bursts) > 20
    for counts, verdict in ((bursts, "unclear"), (steady, "fading")):
        growth = Growth(recent=2, recent_days=28, past=109, past_days=84, dispersion=dispersion(counts))
        assert growth.verdict == verdict
    assert dispersion([5, 0, 0]) == 1.0


def test_what_was_talked_of_for_a_week_or_twice_does_not_fade() -> None:
    one_thread = Growth(recent=0, recent_days=28, past=6, past_days=17)
    seldom = Growth(recent=0, recent_days=28, past=3, past_days=40)
    for growth in (one_thread, seldom):
        assert (growth.verdict, growth.text) == ("unclear", "too seldom lately to tell")


def test_growth_says_ratio_and_interval() -> None:
    assert Growth(recent=10, recent_days=10, past=11, past_days=100).text.startswith(
        "10 × its past rate (95 %: "
    )
    assert Growth(recent=2, recent_days=10, past=0, past_days=0).text == "not seen before"


def test_the_first_mention_opens_the_past_and_is_not_counted_in_its_rate() -> None:
    young = Growth(recent=4, recent_days=28, past=1, past_days=1)
    assert (young.verdict, young.text) == ("unclear", "seen once before")
    assert Growth(recent=5, recent_days=28, past=6, past_days=28).ratio == 1.0


def test_one_or_two_mentions_carry_no_ratio() -> None:
    few = Growth(recent=2, recent_days=6, past=29, past_days=300)
    assert (few.verdict, few.text) == ("unclear", "too seldom lately to tell")
    gone = Growth(recent=0, recent_days=28, past=61, past_days=280)
    assert (gone.verdict, gone.text[:18]) == ("fading", "0 × its past rate ")


@given(st.integers(0, 5000), st.integers(1, 400), st.integers(1, 5000), st.integers(1, 4000))
def test_the_growth_interval_holds_the_ratio(recent: int, days: int, past: int, past_days: int) -> None:
    growth = Growth(recent=recent, recent_days=days, past=past, past_days=past_days)
    low, high = growth.interval
    if past == 1:
        assert (growth.ratio, high) == (None, None)
        return
    assert growth.ratio is not None
    assert low <= growth.ratio * 1.0000001
    assert high is None or growth.ratio <= high * 1.0000001


def test_numbers_are_written_for_readers() -> None:
    assert [signed(3), signed(-2), signed(0)] == ["+3", "−2", "0"]
    assert grouped(1234567) == "1\u202f234\u202f567"
    assert [counted(1, "reply", "replies"), counted(2, "reply", "replies")] == ["1 reply", "2 replies"]
    assert [short(0.0051), short(0.31), short(3.1), short(31)] == ["<0.01", "0.31", "3.1", "31"]


def test_within_a_duration_is_never_too_little() -> None:
    told = {0.5: "30 minutes", 1.34: "81 minutes", 2.2: "3 hours", 5: "5 hours", 71: "3 days", None: ""}
    assert {hours: duration(hours) for hours in told} == told
