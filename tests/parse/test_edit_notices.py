import tomllib
from pathlib import Path

import pytest

from parse.edit_notices import read_notice

CASES = tomllib.loads((Path(__file__).parent / "cases" / "edit_notices.toml").read_text())["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["shown"])
def test_an_edit_notice_says_who_when_and_why(case):
    notice = read_notice(case["shown"])
    assert notice.by == case.get("by")
    assert notice.at == case["at"]
    assert notice.reason == case.get("reason")
    assert notice.by_moderator == case.get("moderator", False)


def test_a_notice_of_any_length_is_read_at_once():
    assert read_notice("Last edited by " + "a " * 100_000).by is None
