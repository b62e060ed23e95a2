"""The proposals tagger: the cases in cases/proposals.toml, spans, lists, links."""

import tomllib
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyze import codebook
from analyze.model import Findings, Statement
from analyze.pipeline import Tagger

CASES = tomllib.loads((Path(__file__).parent / "cases" / "proposals.toml").read_text(encoding="utf-8"))[
    "case"
]


@lru_cache(maxsize=1)
def tagger() -> Tagger:
    return Tagger(codebook.load(None), ("proposals",))


def tag(text: str) -> Findings:
    return tagger().tag_one(Statement(id="1", text=text))


def said(found: Findings) -> str:
    if found.is_proposal:
        return "propose"
    return "advise" if any(mention.act == "advise" for mention in found.proposals) else "none"


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:50] for case in CASES])
def test_case(case: dict[str, str]):
    assert said(tag(case["text"])) == case["expected"], case["why"]


def test_there_are_enough_cases_and_half_are_hard():
    assert len(CASES) >= 150
    assert sum(case["expected"] == "propose" for case in CASES) <= len(CASES) / 2


@pytest.mark.parametrize(
    ("text", "by_member", "by_staff"),
    [
        ("Please use the report link for such posts.", "propose", "advise"),
        ("Send us a photo of the parcel.", "propose", "advise"),
        ("We should show the fee before the order is placed.", "propose", "propose"),
        ("Please add a dark theme to the settings page.", "propose", "propose"),
    ],
)
def test_what_staff_ask_for_they_ask_of_members_unless_it_is_to_be_built(
    text: str, by_member: str, by_staff: str
):
    asked = tagger().tag_one(Statement(id="1", text=text))
    told = tagger().tag_one(Statement(id="1", text=text, is_staff=True))
    assert (said(asked), said(told)) == (by_member, by_staff)


def test_a_list_of_demands_inherits_its_lead_in():
    text = (
        "The site should help us by providing, including: 1) average rating given, "
        "2) share of contracts cancelled and 3) a photo"
    )
    mentions = tag(text).proposals
    items = [mention for mention in mentions if mention.rule.startswith("list.")]
    assert [text[m.start : m.end] for m in items] == [
        "average rating given,",
        "share of contracts cancelled and",
        "a photo",
    ]
    assert [m.facets for m in items][:2] == [("average_rating_given",), ("cancelled",)]
    assert all(m.act == "propose" for m in items)


def test_an_item_of_a_list_on_a_page_asks_as_its_lead_in_does():
    text = "Please add:\n\n• dark mode\n• a way to export\n\nThe rest is fine."
    assert [text[m.start : m.end] for m in tag(text).proposals] == [
        "Please add:",
        "dark mode",
        "a way to export",
    ]


def test_a_list_of_advice_is_advice():
    text = "I'd advise the following:\n1. write to support\n2. attach the contract\n3. wait a week"
    assert [m.act for m in tag(text).proposals] == ["advise"] * 4


def test_a_list_of_facts_does_not():
    assert not tag("I have tried:\n1) another cable\n2) another phone").is_proposal


def test_speaking_of_an_entry_without_asking_is_discussing():
    (mention,) = tag("I paid the arbitration fee last year.").proposals
    assert (mention.act, mention.proposal_id) == ("discuss", "arbitration_fee")
    assert not tag("I paid the arbitration fee last year.").is_proposal


CARS = """
[[proposal]]
id = "dogs"
label = "Ban dogs"
phrases = ["ban dogs", "dog cars"]

[[proposal]]
id = "fee"
label = "Late fee"
phrases = ["late fee"]

[[proposal]]
id = "view"
label = "Old calendar"
phrases = ["old calendar", "calendar view"]
"""


@pytest.mark.parametrize(
    ("text", "spared"),
    [
        ("Please don't ban dogs.", True),
        ("Please don't introduce a late fee.", True),
        ("There should be no late fee.", True),
        ("No late fee, please.", True),
        ("Can we please not have dog cars?", True),
        ("Don’t bring back the old calendar view, please.", True),
        ("Why not introduce a late fee?", False),
        ("We don't have dog cars, please add some.", False),
        ("Shouldn't the late fee be higher?", False),
        ("Please make the late fee no more than two crowns.", False),
    ],
)
def test_whoever_asks_to_be_spared_something_does_not_propose_it(text: str, spared: bool):
    (found,) = Tagger(codebook.parse(CARS.encode(), "cars.toml"), ("proposals",)).tag(
        [Statement(id="1", text=text)]
    )
    assert found.is_proposal
    assert {(one.is_refused, one.act) for one in found.proposals if one.proposal_id} == {
        (True, "discuss") if spared else (False, "propose")
    }


def test_what_no_code_covers_is_left_uncoded():
    (mention,) = tag("Please add a dark theme.").proposals
    assert mention.proposal_id is None


def test_only_the_sentence_that_asks_is_marked():
    text = "I like it here. Please add a dark theme. Bye"
    (mention,) = tag(text).proposals
    assert text[mention.start : mention.end] == "Please add a dark theme."


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([case["text"] for case in CASES] + ["\n- ", "1) ", "😀", "…", "‮", "\0"]), max_size=8
    )
)
def test_spans_lie_in_the_text_and_confidences_between_0_and_1(parts: list[str]):
    text = " ".join(parts)
    found = tag(text)
    assert all(0 <= m.start < m.end <= len(text) and 0 <= m.confidence <= 1 for m in found.proposals)
    assert found.is_proposal == any(m.act == "propose" for m in found.proposals)
    assert 0 <= found.proposal_score <= 1
