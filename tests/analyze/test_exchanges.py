"""A post that answers several others: which of its words answer which, and a stance toward each."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyze.carry import carry_over
from analyze.codebook import load
from analyze.exchanges import exchanges
from analyze.model import STANCE, Answered, Findings, ProposalMention, Stance, Statement
from analyze.pipeline import Tagger

FEE = "The fee keeps out people who only want to make trouble."
TEST = "Every newcomer should have to pass a test first."


def shown(statement: Statement) -> dict[str | None, str]:
    """The words of the post for each post answered."""
    return {
        one.post_id: "\n\n".join(statement.text[span.start : span.end] for span in one.spans)
        for one in exchanges(statement)
    }


def between(*paragraphs: str, first: str = "a") -> Statement:
    """A post that quotes FEE (of post a) and TEST (of post b) where these stand among its own paragraphs."""
    quotes = {"a": FEE, "b": TEST}
    blocks = [quotes.get(words, words) for words in paragraphs]
    posts = (Answered(post_id="a", text=FEE, quoted=(FEE,)), Answered(post_id="b", text=TEST, quoted=(TEST,)))
    return Statement(
        id="c",
        text="\n\n".join(words for words in paragraphs if words not in quotes),
        full_text="\n\n".join(blocks),
        reply_to=quotes[first],
        reply_to_id=first,
        several=posts if first == "a" else posts[::-1],
    )


def test_words_behind_a_quote_answer_that_quote() -> None:
    post = between("Ann wrote:", "a", "I agree.", "Bo wrote:", "b", "No.", "Not that.")
    # The heads are no words of the post.
    post = replace(post, text="I agree.\n\nNo.\n\nNot that.")
    assert shown(post) == {"a": "I agree.", "b": "No.\n\nNot that."}


def test_words_above_all_quotes_answer_the_post_mainly_answered() -> None:
    assert shown(between("Two things.", "a", "Yes.", "b", "No.", first="b")) == {
        "a": "Yes.",
        "b": "Two things.\n\nNo.",
    }


def test_quotes_in_a_row_are_answered_together() -> None:
    assert shown(between("a", "b", "Both of you are right.")) == {
        "a": "Both of you are right.",
        "b": "Both of you are right.",
    }


def test_a_post_that_is_shown_otherwise_than_held_is_one_answer_to_all() -> None:
    post = replace(between("a", "Yes.", "b", "No."), full_text="something else")
    assert shown(post) == {"a": "", "b": ""}
    assert [one.answered for one in exchanges(post)] == [FEE, TEST]


def test_one_answer_needs_no_places() -> None:
    (one,) = exchanges(Statement(id="2", text="Yes.", reply_to="Ban it.", reply_to_id="1"))
    assert (one.post_id, one.answered, one.spans) == ("1", "Ban it.", ())
    assert exchanges(Statement(id="1", text="Ban it.")) == []


@given(st.lists(st.sampled_from(["a", "b", "Yes.", "No.", "Hm."]), max_size=9))
def test_all_words_of_a_post_answer_something(paragraphs: list[str]) -> None:
    post = between(*paragraphs)
    spans = {(span.start, span.end) for one in exchanges(post) for span in one.spans}
    assert sum(end - start for start, end in spans) == len(post.text.replace("\n\n", ""))


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(load(None), tasks=(STANCE,))


def stances(tagger: Tagger, post: Statement) -> dict[str | None, str]:
    found = tagger.tag_one(post)
    every = (found.stance, *found.other_stances)
    return {one.target_post_id: one.stance for one in every if one is not None}


def test_a_stance_toward_each_post_answered(tagger: Tagger) -> None:
    post = between("a", "I completely agree.", "b", "I completely disagree, that is nonsense.")
    assert stances(tagger, post) == {"a": "support", "b": "oppose"}


def test_the_evidence_lies_in_the_words_that_answer_the_post(tagger: Tagger) -> None:
    post = between("a", "I completely agree.", "b", "I completely disagree.")
    (other,) = tagger.tag_one(post).other_stances
    assert "disagree" in post.text[other.evidence[0].start : other.evidence[0].end]


def test_a_post_that_answers_one_has_one_stance(tagger: Tagger) -> None:
    found = tagger.tag_one(Statement(id="2", text="I agree.", reply_to=FEE, reply_to_id="1"))
    assert found.stance is not None
    assert found.other_stances == ()


def asks(post: str, proposal: str) -> tuple[Statement, Findings]:
    mention = ProposalMention(
        start=0, end=10, proposal_id=proposal, act="propose", confidence=0.9, rule="modal"
    )
    return Statement(id=post, text="Please do this."), Findings(id=post, proposals=(mention,))


def toward(post: str, stance: str) -> Stance:
    return Stance(stance=stance, confidence=0.8, rule="model", target_post_id=post)


def test_a_stance_toward_each_post_is_one_toward_what_each_proposes() -> None:
    third = Statement(
        id="c", text="Well, well.", reply_to="…", reply_to_id="a", answers=(("a", 0.9), ("b", 0.9))
    )
    found = Findings(id="c", stance=toward("a", "support"), other_stances=(toward("b", "oppose"),))
    (one, fee), (two, test) = asks("a", "arbitration_fee"), asks("b", "readiness_test")
    *_, last = carry_over([one, two, third], [fee, test, found])
    assert {each.proposal_id: each.stance for each in last.positions} == {
        "arbitration_fee": "support",
        "readiness_test": "oppose",
    }


def test_what_is_said_to_the_post_mainly_answered_counts_for_more() -> None:
    third = Statement(
        id="c", text="Well, well.", reply_to="…", reply_to_id="b", answers=(("b", 0.9), ("a", 0.9))
    )
    found = Findings(id="c", stance=toward("b", "oppose"), other_stances=(toward("a", "support"),))
    (one, fee), (two, same) = asks("a", "arbitration_fee"), asks("b", "arbitration_fee")
    *_, last = carry_over([one, two, third], [fee, same, found])
    assert [each.stance for each in last.positions] == ["oppose"]


def test_posts_that_answer_each_other_in_a_circle_are_read_once() -> None:
    one = Statement(id="a", text="Yes.", reply_to="…", reply_to_id="b")
    two = Statement(id="b", text="No.", reply_to="…", reply_to_id="a")
    mention = asks("a", "arbitration_fee")[1]
    found = carry_over(
        [one, two],
        [replace(mention, stance=toward("b", "oppose")), Findings(id="b", stance=toward("a", "oppose"))],
    )
    assert [each.stance for each in found[0].positions] == ["support"]
    assert [each.stance for each in found[1].positions] == ["oppose"]
