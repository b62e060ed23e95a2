"""A request is cut down to what it asks for."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyze.clause import LONGEST, shortened

CASES = tomllib.loads(Path(__file__).with_name("cases").joinpath("clause.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_request_is_cut_down_to_what_is_asked(case: dict[str, str]) -> None:
    assert shortened(case["said"]) == case["name"], case["why"]


@given(st.text(min_size=1, max_size=300))
def test_whatever_is_said_has_a_short_name_of_one_line(said: str) -> None:
    name = shortened(said)
    assert len(name) <= LONGEST + 2
    assert "\n" not in name
