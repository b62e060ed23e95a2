"""Requests for the same thing in different words, and for different things in the same words."""

import tomllib
from pathlib import Path

import pytest

from analyze.discover import group
from analyze.model import UncodedMention

CASES = tomllib.loads(Path(__file__).with_name("cases").joinpath("asks.toml").read_text("utf-8"))["case"]


def mentions(asked: list[str]) -> list[UncodedMention]:
    """Each by somebody else, in a thread of its own, in this order."""
    return [
        UncodedMention(
            mention_id=f"m{number:02}", post_id=f"p{number}", thread_id=f"t{number}", author_id=f"a{number}",
            excerpt=text,
        )
        for number, text in enumerate(asked, 1)
    ]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_who_asks_for_the_same(case: dict[str, list[str]]) -> None:
    found = [
        [int(one.removeprefix("m")) for one in made.mention_ids] for made in group(mentions(case["asked"]))
    ]
    assert sorted(found) == case["groups"], case["why"]
