import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parse.quotes.plain import untangle_text

CASES = tomllib.loads((Path(__file__).parent / "cases" / "unmarked_quotes.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_mail_that_is_answered_is_told_from_the_answer(case):
    body = untangle_text(case["mail"].strip("\n"))
    assert body.text == case["own"]
    assert [[q.depth, q.attributed_to or "", q.text] for q in body.quotes] == case["quoted"]


@given(own=st.text("abc \n", min_size=1), depth=st.integers(0, 40))
def test_own_words_above_any_number_of_mails_stay(own, depth):
    mails = "".join(
        f"\nFrom: Person {n} <p{n}@example.org>\nSent: 4 March 2025 10:00\nTo: all\nSubject: It\n\nwords {n}\n"
        for n in range(depth)
    )
    body = untangle_text(own + "\n" + mails)
    assert body.text.split() == own.split()
    assert [(q.depth, q.text) for q in body.quotes] == [(n + 1, f"words {n}") for n in range(depth)]
