"""Drawings: they say their values, take their colours from the page, and hold nothing that a page must not."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest

from reports import cells, lanes, timelines
from reports.timelines import Stretch

START = date(2026, 1, 5)


def stretches(*counts: tuple[int, ...], days: int = 7) -> list[Stretch]:
    return [
        Stretch(start=START + timedelta(days=days * at), days=days, counts=of, says=f"stretch {at}: {of}")
        for at, of in enumerate(counts)
    ]


def statement(day: int | None, side: str, anchor: str) -> lanes.Statement:
    when = None if day is None else START + timedelta(days=day)
    return lanes.Statement(day=when, side=side, anchor=anchor, says=f'"{side}" & <so>')


def bars() -> str:
    return timelines.bars(stretches((3, 1), (0, 0), (1250, 7)), ("accent", "staff"), 520)


def steps() -> str:
    return timelines.steps(stretches((1, 2), (4, 2), (5, 5)), ("support", "oppose"), ("for", "against"), 520)


def lane() -> str:
    return lanes.lanes([[[statement(0, "support", "said-1"), statement(40, "oppose", "said-2")]]])[0][0]


def spark() -> str:
    return cells.sparks([[0, 2, 5]])[0]


@pytest.mark.parametrize("draw", [bars, steps, lane, spark])
def test_a_drawing_holds_nothing_that_a_page_must_not(draw: Callable[[], str]) -> None:
    drawn = draw()
    assert drawn == draw()
    assert not re.search(
        r'\b(id|style|class|xlink:href|on\w+)="|https?://|url\(|<(script|image|style)', drawn
    )
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', drawn)) - {"none", "transparent"} <= {
        f"var(--{name})" for name in ("accent", "staff", "support", "oppose", "soft", "line", "sheet")
    }


def test_every_column_says_its_values_in_the_order_of_time() -> None:
    assert re.findall("<title>(.*?)</title>", bars()) == [
        "stretch 0: (3, 1)",
        "stretch 1: (0, 0)",
        "stretch 2: (1250, 7)",
    ]


def test_what_was_not_counted_is_not_drawn() -> None:
    assert (bars().count('fill="var(--accent)"'), bars().count('fill="var(--staff)"')) == (2, 2)


def test_counts_along_the_axis_are_whole_and_grouped() -> None:
    assert re.findall('text-anchor="end"[^>]*>([^<]*)<', bars()) == ["0", "500", "1\u202f000", "1\u202f500"]
    few = timelines.bars(stretches((1,), (0,)), ("accent",), 320)
    assert re.findall('text-anchor="end"[^>]*>([^<]*)<', few) == ["0", "1"]


@pytest.mark.parametrize(
    ("weeks", "named"),
    [
        (3, ["5 Jan 2026", "12 Jan", "19 Jan"]),
        (40, ["Feb 2026", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct"]),
    ],
)
def test_a_short_stretch_names_mondays_and_a_long_one_months(weeks: int, named: list[str]) -> None:
    drawn = timelines.bars(stretches(*[(1,)] * weeks), ("accent",), 520)
    assert re.findall(r">(\d* ?[A-Z][a-z]{2}[ \d]*)<", drawn) == named


def test_lines_are_named_where_they_end_the_highest_first() -> None:
    ends = timelines.steps(stretches((1, 2), (4, 9)), ("support", "oppose"), ("for", "against"), 520)
    assert re.findall(r">((?:for|against) \d+)<", ends) == ["against 9", "for 4"]


def test_a_mark_of_a_lane_leads_to_its_words_and_says_them() -> None:
    assert re.findall('<a href="([^"]*)" aria-label="([^"]*)">', lane()) == [
        ("#said-1", "&quot;support&quot; &amp; &lt;so&gt;"),
        ("#said-2", "&quot;oppose&quot; &amp; &lt;so&gt;"),
    ]


def test_marks_of_one_day_stand_side_by_side_as_long_as_there_is_room() -> None:
    row = [statement(0, "support", f"said-{at}") for at in range(3)] + [statement(90, "mixed", "last")]
    places = [float(x) for x in re.findall(r"translate\(([\d.]+),", lanes.lanes([[row]])[0][0])]
    assert [round(b - a) for a, b in pairwise(places)][:2] == [11, 11]
    assert places[-1] <= lanes.WIDTH


def test_rows_of_a_table_without_anything_to_draw_stay_empty_and_the_others_in_place() -> None:
    assert [bool(drawn) for drawn in cells.sparks([[0, 0], [0, 3], [0, 0], [1, 1]])] == [
        False,
        True,
        False,
        True,
    ]
    assert [bool(drawn) for drawn in cells.meters([0, 0])] == [False, False]
    assert cells.ranges([None, cells.Range(2.0, 1.1, None)])[0] == ""
    assert [bool(drawn) for drawn in lanes.lanes([[[statement(None, "support", "x")], [statement(3, "mixed", "y")]]])[0]] == [False, True]  # fmt: skip


def test_sides_share_one_scale_and_pale_is_what_nobody_said() -> None:
    first, second = cells.sides([cells.Sides(10, 0, 10, 0), cells.Sides(5, 5, 0, 5)])
    assert "M75,0h75v14" in first
    assert 'd="M75,0h37.5v14h-37.5Z" fill="var(--support)" opacity="0.4"' in second
    assert 'd="M37.5,0h37.5v14h-37.5Z" fill="var(--oppose)" opacity="1"' in second
