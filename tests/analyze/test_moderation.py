"""Moderation: staff notices and redactions are events, members who talk of them are not."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyze.codebook import load
from analyze.model import MODERATION, Findings, Statement
from analyze.pipeline import Tagger

CASES = tomllib.loads((Path(__file__).parent / "cases" / "moderation.toml").read_text(encoding="utf-8"))[
    "cases"
]

KINDS = {
    "posts_removed", "post_removed", "posts_edited", "post_edited_by_staff", "inline_redaction", "post_hidden",
    "thread_locked", "thread_unlocked", "thread_moved", "thread_merged", "thread_split", "thread_retitled",
    "thread_removed", "conduct_reminder", "user_warned", "user_banned",
}  # fmt: skip


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(load(None), tasks=(MODERATION,))


def tag(tagger: Tagger, text: str, role: str = "", *, is_staff: bool = False) -> Findings:
    return tagger.tag_one(Statement(id="1", text=text, author_role=role or None, is_staff=is_staff))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['why']}: {case['text'][:40]}")
def test_cases(tagger: Tagger, case: dict[str, Any]) -> None:
    found = tag(tagger, case["text"], case["role"]).moderation
    assert sorted({event.kind for event in found}) == case["kinds"], found


def test_there_are_enough_cases_and_half_of_them_are_hard_negatives() -> None:
    assert len(CASES) >= 150
    assert 0.4 <= sum(not case["kinds"] for case in CASES) / len(CASES) <= 0.6


def test_every_kind_of_notice_has_a_case() -> None:
    assert {kind for case in CASES for kind in case["kinds"]} == KINDS


def test_a_redaction_is_marked_exactly(tagger: Tagger) -> None:
    text = "Prёston 😀 [edited due to community rules] said so."
    (event,) = tag(tagger, text).moderation
    assert text[event.start : event.end] == "[edited due to community rules]"
    assert event.method == "redaction"


def test_a_notice_is_marked_by_its_sentence(tagger: Tagger) -> None:
    text = "Hi all. A few posts have been removed from this thread. Thanks!"
    (event,) = tag(tagger, text).moderation
    assert text[event.start : event.end] == "A few posts have been removed from this thread."
    assert event.method == "notice"


def test_staff_are_believed_more_than_members(tagger: Tagger) -> None:
    text = "This thread has been locked."
    staff = tag(tagger, text, is_staff=True).moderation[0].confidence
    unknown = tag(tagger, text).moderation[0].confidence
    assert staff > unknown
    assert not tag(tagger, text, "Member").moderation


def test_two_redactions_are_two_events(tagger: Tagger) -> None:
    found = tag(tagger, "You [edited by moderator] and you [link removed], all of you.").moderation
    assert [event.kind for event in found] == ["inline_redaction", "inline_redaction"]


@given(text=st.text(max_size=400), role=st.sampled_from(["", "Moderator", "Member"]))
def test_any_text_gives_events_inside_it(tagger: Tagger, text: str, role: str) -> None:
    for event in tag(tagger, text, role).moderation:
        assert 0 <= event.start < event.end <= len(text)
        assert event.kind in KINDS
        assert 0 < event.confidence <= 1


def test_a_very_long_post_is_read(tagger: Tagger) -> None:
    found = tag(tagger, "No end of words here. " * 50_000 + "[edited by moderator]")
    assert len(found.moderation) == 1


def test_what_no_rule_knows_is_told_by_the_words(tagger: Tagger) -> None:
    (event,) = tag(tagger, "Joined this with the other topic about the same bug.", "Moderator").moderation
    assert (event.kind, event.rule) == ("thread_merged", "words")


def test_words_that_no_rule_knows_are_nothing_from_a_member(tagger: Tagger) -> None:
    assert not tag(tagger, "Joined this with the other topic about the same bug.").moderation


def test_ten_thousand_marks_are_ten_thousand_events(tagger: Tagger) -> None:
    found = tag(tagger, "[removed by moderator] and\n" * 10_000, "Moderator").moderation
    assert len(found) == 10_000


def test_what_staff_quotes_is_not_done_again(tagger: Tagger) -> None:
    assert not tag(tagger, 'He wrote me "this thread is locked" and meant his diary.', "Moderator").moderation
    assert tag(tagger, '"Enough", they say. This thread is locked.', "Moderator").moderation
