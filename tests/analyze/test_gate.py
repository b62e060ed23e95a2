"""The gate: which words, neighbours and signs of a sentence somebody asks for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyze.gate import WORD, Gate, Key, fold, plain
from analyze.model import Statement
from analyze.view import view


def cues(text: str, *wanted: str) -> list[tuple[int, str]]:
    return Gate(wanted).cues(fold(text))


def keys(text: str, *wanted: Key) -> list[set[Key]]:
    return [set(one.keys) for one in view(Statement(id="1", text=text), Gate(wanted)).sentences]


def test_whole_words_only():
    assert keys("You SHOULD lean. Shoulder?", "should") == [{"should"}, set()]


def test_curly_apostrophes_and_quotation_marks():
    assert keys("Don’t say 'please'", "don't", "please") == [{"don't", "please"}]


def test_beginnings_of_words_and_symbols():
    assert cues("ok😀, proposals? Unproposed", "propos*", "😀") == [(2, "😀"), (5, "propos*")]


@pytest.mark.parametrize("text", ["How about it", "how, about it", "how\n  about it"])
def test_neighbours_whatever_stands_between(text: str):
    assert keys(text, ("how", "about"), ("about", "how")) == [{("how", "about")}]


@pytest.mark.parametrize("text", ["Add it", "“Add it", "1. Add it", "b) Add it"])
def test_the_word_that_opens_a_sentence(text: str):
    assert ("", "add") in keys(text, ("", "add"))[0]


def test_a_word_that_does_not_open_its_sentence():
    assert keys("Do add it", ("", "add")) == [set()]


def test_no_keys_no_hits():
    assert keys("anything") == [set()]


@given(
    st.lists(st.sampled_from(["addition", "İx", "pleased", "why", "add.", "\n", "“", "don’t"]), max_size=30)
)
def test_every_cue_is_found_where_it_stands(words: list[str]):
    text = fold(" ".join(words))
    hits = Gate(["add*", "pleas*"]).cues(text)
    assert all(text[at : at + len(cue) - 1] == cue[:-1] for at, cue in hits)
    assert len(hits) == sum(word in {"addition", "pleased", "add."} for word in words)


@given(st.text("ab'’ .$_é9-\n", max_size=12))
def test_a_plain_text_has_the_words_of_a_text_where_they_stand(text: str):
    folded = fold(text)
    assert [(word[0], word.start()) for word in WORD.finditer(folded)] == [
        (word[0], word.start()) for word in re.finditer(r"\S+", plain(folded))
    ]
