"""Positions: who proposes supports, and stances toward a post carry over to what it proposes."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyze.attitude import Attitudes
from analyze.carry import carry_over
from analyze.model import Findings, ProposalMention, Span, Stance, Statement


def mention(proposal: str | None = "readiness_test", act: str = "propose", start: int = 0) -> ProposalMention:
    return ProposalMention(
        start=start, end=start + 20, proposal_id=proposal, act=act, confidence=0.9, rule="directive"
    )


def toward(stance: str, confidence: float = 0.8) -> Stance:
    score = {"support": confidence, "oppose": -confidence}.get(stance, 0.0)
    return Stance(stance=stance, confidence=confidence, rule="agree.i_agree", score=score, target_post_id="1")


def reply(text: str = "I agree with Maria.", edge: float = 1.0) -> Statement:
    return Statement(id="2", text=text, reply_to="…", reply_to_id="1", answers=(("1", edge),))


OPENING = Statement(id="1", text="Please add a test for newcomers.", is_opening=True)


def positions(statement: Statement, own: Findings, first: Findings) -> dict[str | None, Stance]:
    _, second = carry_over([OPENING, statement], [first, own])
    return {position.proposal_id: position for position in second.positions}


def test_who_asks_to_be_spared_it_opposes_it() -> None:
    spared = replace(mention(act="discuss"), rule="directive.dont.refused")
    (found,) = carry_over([OPENING], [Findings(id="1", proposals=(spared,))])
    assert [(one.stance, one.rule, one.score < 0) for one in found.positions] == [("oppose", "refuses", True)]


def test_who_proposes_supports() -> None:
    (found,) = carry_over([OPENING], [Findings(id="1", proposals=(mention(),))])
    (position,) = found.positions
    assert (position.stance, position.proposal_id, position.rule) == ("support", "readiness_test", "proposes")
    assert position.evidence[0].start == 0


def test_support_of_a_post_is_support_of_its_proposal_but_less_sure() -> None:
    held = positions(
        reply(), Findings(id="2", stance=toward("support")), Findings(id="1", proposals=(mention(),))
    )
    assert held["readiness_test"].stance == "support"
    assert held["readiness_test"].confidence < 0.8
    assert held["readiness_test"].rule == "carried.agree.i_agree"
    assert held["readiness_test"].target_post_id == "1"


def test_opposition_carries_over_too() -> None:
    held = positions(
        reply(), Findings(id="2", stance=toward("oppose")), Findings(id="1", proposals=(mention(),))
    )
    assert held["readiness_test"].stance == "oppose"
    assert held["readiness_test"].score < 0


def test_a_post_that_only_talks_of_a_proposal_carries_less() -> None:
    own = Findings(id="2", stance=toward("support"))
    proposed = positions(reply(), own, Findings(id="1", proposals=(mention(),)))
    discussed = positions(reply(), own, Findings(id="1", proposals=(mention(act="discuss"),)))
    assert discussed["readiness_test"].confidence < proposed["readiness_test"].confidence


def test_own_words_count_for_more_than_agreement() -> None:
    text = "I am against a readiness test, they are useless."
    own = Findings(id="2", stance=toward("support"), proposals=(mention(act="discuss"),))
    held = positions(reply(text), own, Findings(id="1", proposals=(mention(),)))
    assert (held["readiness_test"].stance, held["readiness_test"].rule) == ("oppose", "says")


def test_what_was_held_before_a_change_of_mind_is_past() -> None:
    text = "I was against it in spring. I changed my vote."
    held = positions(reply(text), Findings(id="2"), Findings(id="1", proposals=(mention(),)))
    assert (held["readiness_test"].stance, held["readiness_test"].rule) == ("support", "says")


def test_neutral_replies_take_no_position() -> None:
    assert not positions(
        reply(), Findings(id="2", stance=toward("neutral")), Findings(id="1", proposals=(mention(),))
    )


def test_a_guessed_edge_carries_nothing() -> None:
    own = Findings(id="2", stance=toward("support"))
    assert not positions(reply(edge=0.3), own, Findings(id="1", proposals=(mention(),)))


def test_uncoded_proposals_have_no_position() -> None:
    (found,) = carry_over([OPENING], [Findings(id="1", proposals=(mention(proposal=None),))])
    assert found.positions == ()


def test_a_reply_to_a_post_that_is_not_there_takes_no_position() -> None:
    (found,) = carry_over([reply()], [Findings(id="2", stance=toward("support"))])
    assert found.positions == ()


@given(
    st.lists(st.sampled_from(["support", "oppose", "neutral", "mixed"]), max_size=6),
    st.sampled_from(["propose", "discuss", "advise"]),
)
def test_twice_is_once_and_order_is_kept(stances: list[str], act: str) -> None:
    statements = [OPENING]
    findings = [Findings(id="1", proposals=(mention(act=act), mention("escrow_protection", start=5)))]
    for number, stance in enumerate(stances, 2):
        statements.append(Statement(id=str(number), text="…", reply_to_id="1", answers=(("1", 1.0),)))
        findings.append(Findings(id=str(number), stance=toward(stance)))
    once = carry_over(statements, findings)
    assert carry_over(statements, once) == once
    assert [found.id for found in once] == [found.id for found in findings]


def test_staff_who_moderates_takes_no_position():
    from dataclasses import replace

    from analyze.model import ModerationEvent

    proposal = ProposalMention(
        start=0, end=4, proposal_id="arbitration_fee", act="propose", confidence=0.9, rule="modal.should"
    )
    notice = ModerationEvent(kind="thread_merged", start=0, end=4, confidence=0.9, rule="thread_merged")
    member = Statement(id="1", text="I have merged your votes.")
    found = Findings(id="1", proposals=(proposal,), moderation=(notice,))
    assert carry_over([member], [found])[0].positions
    assert not carry_over([replace(member, is_staff=True)], [found])[0].positions


CASES = tomllib.loads((Path(__file__).parent / "cases" / "positions.toml").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_words_for_and_against(case: dict[str, Any]) -> None:
    found = Attitudes().of(Statement(id="1", text=case["text"]))
    assert [one.stance for one in found] == ([case["expected"]] if case["expected"] else [])
    assert [one.answers for one in found] == ([case["answer"]] if case["expected"] else [])


def chain(*stances: str) -> list[Findings]:
    """A proposal, and a chain of posts each of which answers the one before."""
    statements, findings = [OPENING], [Findings(id="1", proposals=(mention(),))]
    for number, stance in enumerate(stances, 2):
        before = str(number - 1)
        statements.append(Statement(id=str(number), text="…", reply_to_id=before, answers=((before, 1.0),)))
        findings.append(Findings(id=str(number), stance=toward(stance, 0.9)))
    return carry_over(statements, findings)


@pytest.mark.parametrize(
    ("stances", "expected"),
    [
        (["oppose", "oppose"], "support"),
        (["oppose", "support"], "oppose"),
        (["support", "support"], "support"),
        (["support", "oppose"], "oppose"),
        (["support", "mixed"], "mixed"),
    ],
)
def test_whoever_contradicts_a_critic_is_on_the_side_of_the_proposal(
    stances: list[str], expected: str
) -> None:
    found = chain(*stances)
    assert [one.stance for one in found[-1].positions] == [expected]
    confidences = [post.positions[0].confidence for post in found]
    assert confidences == sorted(confidences, reverse=True)


def test_a_long_chain_ends_where_nothing_is_known_any_more() -> None:
    found = chain(*["support"] * 5_000)
    assert found[3].positions
    assert not found[-1].positions


def test_posts_that_answer_each_other_in_a_circle_are_read() -> None:
    statements = [
        Statement(id="1", text="…", reply_to_id="2", answers=(("2", 1.0),)),
        Statement(id="2", text="…", reply_to_id="1", answers=(("1", 1.0),)),
    ]
    findings = [Findings(id=one.id, stance=toward("support"), proposals=(mention(),)) for one in statements]
    assert [found.positions[0].rule for found in carry_over(statements, findings)] == ["proposes"] * 2


def test_a_short_no_is_to_what_the_post_before_asks_for() -> None:
    held = positions(reply("Hard no."), Findings(id="2"), Findings(id="1", proposals=(mention(),)))
    assert (held["readiness_test"].stance, held["readiness_test"].rule) == ("oppose", "says")
    assert held["readiness_test"].evidence == (Span(start=0, end=7),)


def test_a_short_no_to_two_proposals_at_once_is_to_neither() -> None:
    both = Findings(id="1", proposals=(mention(), mention("arbitration_fee", start=5)))
    assert not positions(reply("Hard no."), Findings(id="2"), both)


def test_a_request_that_only_the_context_explains_gives_way_to_plain_words() -> None:
    text = "Do it and you will see. I am against the readiness test."
    asked = ProposalMention(
        start=0, end=23, proposal_id="readiness_test", act="propose", confidence=0.4, rule="d+thread"
    )
    spoken = ProposalMention(
        start=24, end=len(text), proposal_id="readiness_test", act="discuss", confidence=0.6, rule="codebook"
    )
    own = Findings(id="2", proposals=(asked, spoken))
    held = positions(reply(text), own, Findings(id="1"))
    assert (held["readiness_test"].stance, held["readiness_test"].rule) == ("oppose", "says")
