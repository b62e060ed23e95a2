"""What people ask for together has a name that somebody who has read none of it understands."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyze.naming import HEARD, LONGEST, names, shortened

CASES = tomllib.loads(Path(__file__).with_name("cases").joinpath("naming.toml").read_text("utf-8"))["case"]
BELT = [
    "Can we have the old belt tension wizard again?",
    "Why was the belt tension wizard removed?",
    "Please bring back the belt tension wizard, I liked it.",
    "The belt tension wizard should come back.",
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_request_is_cut_down_to_what_is_asked(case: dict[str, str]) -> None:
    assert shortened(case["said"]) == case["name"], case["why"]


def test_a_group_is_named_by_the_request_that_says_what_to_do() -> None:
    assert names(BELT, ["belt", "tension"])[0] == "Bring back the belt tension wizard"


def test_requests_that_share_a_matter_only_are_named_by_it_and_one_of_them() -> None:
    asked = [
        "Please change the lock screen background every day.",
        "The Lock screen should show my next meeting.",
        "Allow music controls on the lock screen.",
    ]
    assert (
        names(asked, ["lock", "screen"])[0] == "Lock screen, e.g. “Allow music controls on the lock screen”"
    )


def test_a_name_without_the_words_that_hold_the_group_together_stands_beside_them() -> None:
    asked = ["Add more shelves, the dry box needs it.", "Print the numbers, the dry box needs it."]
    assert names(asked, ["box", "dry"])[0].startswith("Dry box, e.g. “")


def test_what_is_said_later_leaves_the_name_as_it_was() -> None:
    early = [f"Please add a dark mode for room {number}." for number in range(HEARD)]
    assert names([*early, "Dark mode!"] * 9, ["dark", "mode"]) == names(early, ["dark", "mode"])


@given(st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=5))
def test_whatever_is_said_has_a_name_of_one_line(said: list[str]) -> None:
    for name in names(said, ["dark", "mode"]):
        assert "\n" not in name
    assert all(len(shortened(one)) <= LONGEST + 2 for one in said)
