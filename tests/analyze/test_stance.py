"""Stance: whether a reply supports or opposes what it answers, and which words show it."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyze.codebook import load
from analyze.model import STANCE, Stance, Statement
from analyze.pipeline import Tagger

CASES = tomllib.loads((Path(__file__).parent / "cases" / "stance.toml").read_text(encoding="utf-8"))["cases"]


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(load(None), tasks=(STANCE,))


def stance(tagger: Tagger, text: str, reply_to: str) -> Stance:
    found = tagger.tag_one(Statement(id="2", text=text, reply_to=reply_to, reply_to_id="1")).stance
    assert found is not None
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['why']}: {case['text'][:40]}")
def test_cases(tagger: Tagger, case: dict[str, Any]) -> None:
    found = stance(tagger, case["text"], case["to"])
    assert found.stance == case["stance"], found
    if shows := case.get("shows"):
        at = case["text"].index(shows)
        assert any(span.start < at + len(shows) and at < span.end for span in found.evidence), found


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 150


def test_a_text_that_answers_nothing_has_no_stance(tagger: Tagger) -> None:
    assert tagger.tag_one(Statement(id="1", text="I disagree.")).stance is None


def test_the_words_that_show_it_are_marked(tagger: Tagger) -> None:
    text = "😀 Hm, well. I don't agree with that, the fee is too high."
    found = stance(tagger, text, "The fee is fine.")
    assert found.stance == "oppose"
    assert "don't agree" in text[found.evidence[0].start : found.evidence[0].end]
    assert found.rule.startswith("disagree.")
    assert found.target_post_id == "1"


def test_a_stance_without_a_rule_still_points_at_a_sentence(tagger: Tagger) -> None:
    text = "My daughter works a register and she comes home crying. Every week they shout at her."
    found = stance(tagger, text, "Customers have become so rude to the people at the register.")
    assert found.stance == "neutral" or found.evidence


def test_the_score_points_the_way_of_the_stance(tagger: Tagger) -> None:
    assert stance(tagger, "I agree completely.", "Ban it.").score > 0.3
    assert stance(tagger, "I completely disagree.", "Ban it.").score < -0.3


@given(text=st.text(max_size=300), reply_to=st.text(max_size=100))
def test_any_text_gives_a_stance_whose_evidence_lies_inside_it(
    tagger: Tagger, text: str, reply_to: str
) -> None:
    tagged = tagger.tag_one(Statement(id="2", text=text, reply_to=reply_to, reply_to_id="1"))
    found = tagged.stance
    if found is None:
        assert tagged.language is not None
        return
    assert found.stance in {"support", "oppose", "mixed", "neutral"}
    assert -1 <= found.score <= 1
    assert 0 <= found.confidence <= 1
    assert found.evidence or found.stance == "neutral"
    for span in found.evidence:
        assert 0 <= span.start < span.end <= len(text)


def test_a_stance_that_was_declared_is_taken_as_it_was_declared(tagger):
    said = Statement(id="2", text="I agree, a great idea!", reply_to="Lower the fee.", reply_to_id="1")
    read = tagger.tag_one(said).stance
    declared = tagger.tag_one(replace(said, declared="oppose")).stance
    assert (read.stance, declared.stance) == ("support", "oppose")
    assert (declared.confidence, declared.score, declared.rule) == (1.0, -1.0, "declared")
    assert declared.evidence == ()  # these words show the other side
    sure = tagger.tag_one(replace(said, declared="support")).stance
    assert (sure.confidence, sure.evidence) == (1.0, read.evidence)
