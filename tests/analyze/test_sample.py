"""The sample for hand coding: stratified, reproducible, blind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyze.sample import COLUMNS, Candidate, draw

LABELS = st.sampled_from(["propose", "none", "advise"])
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        post_id=st.integers(0, 10**6).map(str),
        text=st.just("x"),
        label=LABELS,
        confidence=st.floats(0, 1),
    ),
    max_size=60,
    unique_by=lambda one: one.post_id,
)


def population() -> list[Candidate]:
    common = [Candidate(post_id=f"n{i}", text="t", label="none", confidence=0.9) for i in range(500)]
    rare = [Candidate(post_id=f"p{i}", text="t", label="propose", confidence=0.9) for i in range(12)]
    return common + rare


def test_rare_findings_are_in_it():
    drawn = draw(population(), 40)
    assert len(drawn) == 40
    assert sum(one.candidate.label == "propose" for one in drawn) == 12


def test_weights_stand_for_the_corpus():
    assert sum(one.weight for one in draw(population(), 40)) == pytest.approx(512)


def test_the_coder_sees_what_is_answered_but_not_what_the_machine_said():
    (drawn,) = draw([Candidate(post_id="p1", text="No.", label="oppose", confidence=0.9)], 1)
    row = drawn.row({"thread": "Tabs", "role": "Member", "answers": "Add tabs."})
    assert tuple(row) == COLUMNS
    assert row["answers"] == "Add tabs."
    assert row["label"] == row["coder"] == ""
    assert not any("oppose" in value or "0.9" in value for value in row.values())


def test_no_words_of_a_post_are_a_formula_to_a_spreadsheet():
    (drawn,) = draw([Candidate(post_id="p1", text="=1+1", label="oppose", confidence=0.9)], 1)
    row = drawn.row({"thread": "@SUM", "role": "Member", "answers": "+1 for tabs."})
    assert (row["text"], row["thread"], row["answers"]) == (" =1+1", " @SUM", " +1 for tabs.")
    assert row["role"] == "Member"


@given(CANDIDATES, st.integers(0, 80))
def test_never_more_than_asked_and_never_twice(candidates: list[Candidate], n: int):
    drawn = draw(candidates, n)
    assert len(drawn) == min(n, len(candidates))
    assert len({one.candidate.post_id for one in drawn}) == len(drawn)
    assert draw(list(reversed(candidates)), n) == drawn
