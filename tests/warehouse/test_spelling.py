"""A name is found however it is written, and nothing else is taken for it."""

import re
import tomllib
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parse.readings import readings
from warehouse.spelling import Spelling, composed

CASES = tomllib.loads((Path(__file__).parent / "spellings.toml").read_text("utf-8"))["case"]


def spelling(case: dict[str, Any]) -> Spelling:
    return Spelling(
        names=tuple(case["names"]),
        words=frozenset(case.get("words", ())),
        others=tuple(case.get("others", ())),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_a_name_is_blotted_and_nothing_else(case: dict[str, Any]) -> None:
    assert spelling(case).blotted(case["text"]) == case["left"]
    assert not spelling(case).shown(case["left"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_the_sieve_lets_through_whatever_may_hold_a_name(case: dict[str, Any]) -> None:
    assert duckdb.execute("SELECT regexp_matches(?, ?)", [case["text"], spelling(case).sieve]).fetchone() == (
        True,
    )


@given(name=st.text(min_size=1, max_size=12), before=st.text(max_size=20), after=st.text(max_size=20))
def test_blotting_keeps_the_length_and_leaves_nothing(name: str, before: str, after: str) -> None:
    text = f"{before} {name} {after}"
    sought = Spelling(names=(name,)) if name.strip() else Spelling(names=())
    assert len(sought.blotted(text)) == len(text)
    assert not sought.shown(sought.blotted(text))


def _has_case(letter: str) -> bool:
    return letter.lower() != letter.upper() and composed(letter) == letter


def test_a_name_is_found_in_whatever_case_its_letters_are_written() -> None:
    letters = (chr(code) for code in range(0x20000) if chr(code).isalpha())
    for name in (letter * 5 for letter in letters if _has_case(letter)):
        ways = {
            name,
            name.lower(),
            name.upper(),
            name.swapcase(),
            name.replace("i", "İ"),
            name.replace("s", "ſ"),
        }
        for way in ways:
            if re.fullmatch(name, way, re.IGNORECASE):
                assert Spelling(names=(name,)).shown(f"by {way}, today"), (name, way)


@pytest.mark.parametrize(
    "page",
    [
        "<b>Ann</b> Ortega wrote",
        "An<i>n</i> Or<wbr>tega",
        "Ann<br>Ortega",
        "Ann&nbsp;&#79;rtega",
        '{"cooked": "\\u0041nn \\u003cb\\u003eOrtega"}',
        "/u/ann%20ortega",
        "Ann Ortega".encode("utf-16"),
    ],
)
def test_a_name_is_found_behind_markup_and_escapes(page: str | bytes) -> None:
    data = page.encode() if isinstance(page, str) else page
    assert any(Spelling(names=("Ann Ortega",)).shown(text) for text in readings(data))


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ('<a href="/u/client">client</a>', True),
        ('{"username":"client","text":"x"}', True),
        ("<p>The client paid.</p>", False),
    ],
)
def test_a_word_counts_on_a_page_where_it_is_a_byline(page: str, shown: bool) -> None:
    sought = Spelling(names=("client",), words=frozenset(["client"]))
    assert sought.shown_on_page(page) is shown


def test_an_address_is_found_with_and_without_its_host_and_no_longer_one() -> None:
    sought = Spelling(names=(), addresses=("https://f.example/user/7",))
    assert sought.shown("see https://f.example/user/7.")
    assert sought.shown('<a href="/user/7">')
    assert not sought.shown("https://f.example/user/77")
