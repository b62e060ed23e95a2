"""The gate: cues are whole words, wherever they stand and however they are written."""

from hypothesis import given
from hypothesis import strategies as st

from analyze.gate import Gate, fold


def found(text: str, *cues: str) -> list[tuple[int, str]]:
    return sorted(Gate(cues).find(fold(text)))


def test_whole_words_only():
    assert found("Shoulder? You SHOULD (should)", "should") == [(14, "should"), (22, "should")]


def test_curly_apostrophes_and_quotation_marks():
    assert found("Don’t say 'please'", "don't", "please") == [(0, "don't"), (11, "please")]


def test_several_words_and_beginnings_of_words():
    assert found("How about proposals?", "how about", "propos*") == [(0, "how about"), (10, "propos*")]


def test_overlapping_cues_are_all_found():
    assert found("would be nice", "would", "would be", "nice") == [
        (0, "would"),
        (0, "would be"),
        (9, "nice"),
    ]


def test_symbols_are_found_anywhere():
    assert found("ok😀", "😀") == [(2, "😀")]


def test_no_cues_no_hits():
    assert found("anything") == []


@given(st.lists(st.sampled_from(["add", "İx", "please", "why", ".", "\n", "“", "don’t"]), max_size=30))
def test_every_word_is_found_where_it_stands(words: list[str]):
    text = " ".join(words)
    hits = Gate(["add", "please", "why", "don't"]).find(fold(text))
    assert all(fold(text)[at : at + len(cue)] == cue for at, cue in hits)
    assert len(hits) == sum(word in {"add", "please", "why", "don’t"} for word in words)
