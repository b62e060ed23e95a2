"""Phrases of a codebook in the notation: what they find, and what they are refused for."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyze import codebook
from analyze.gate import Gate
from analyze.linking import Linker
from analyze.model import CodebookError, Statement
from analyze.view import view

CASES = tomllib.loads(Path(__file__).with_name("cases").joinpath("phrases.toml").read_text("utf-8"))
CLASSES = 'words = {client = ["client", "clients", "big buyer"]}\n'


def linker(phrase: str) -> Linker:
    """Of a codebook with one entry and one phrase."""
    entry = '[[proposal]]\nid = "x"\nlabel = "X"\nphrases = ["""' + phrase + '"""]\n'
    return Linker(codebook.parse((CLASSES + entry).encode(), "cb.toml"))


def is_found(made: Linker, text: str) -> bool:
    sentences = view(Statement(id="", text=text), Gate(made.keys)).sentences
    return any(made.links(sentence) for sentence in sentences)


@pytest.mark.parametrize("case", CASES["phrase"], ids=lambda case: case["phrase"])
def test_what_a_phrase_finds(case: dict[str, list[str]]) -> None:
    made = linker(str(case["phrase"]))
    assert [text for text in case["finds"] if not is_found(made, text)] == []
    assert [text for text in case["misses"] if is_found(made, text)] == []


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: case["phrase"])
def test_what_cannot_be_read_is_refused_with_the_reason(case: dict[str, str]) -> None:
    with pytest.raises(CodebookError, match=r'cb\.toml, entry "x": key `phrases\.1`') as caught:
        linker(case["phrase"])
    assert case["says"] in str(caught.value)


def test_facets_know_the_notation_and_name_their_place_in_errors() -> None:
    entry = '[[proposal]]\nid = "x"\nlabel = "X"\nfacets = {late = ["fine", "(late|overdue) .. fee"]}\n'
    made = Linker(codebook.parse(entry.encode(), "cb.toml"))
    (sentence,) = view(Statement(id="", text="An overdue book fee."), Gate(made.keys)).sentences
    assert [link.facets for link in made.links(sentence)] == [("late",)]
    with pytest.raises(CodebookError, match=r"key `facets\.late\.2`: .*bracket"):
        codebook.parse(entry.replace("overdue)", "overdue").encode(), "cb.toml")


def test_a_label_is_no_notation() -> None:
    entry = '[[proposal]]\nid = "x"\nlabel = "Dark (or dim) mode"\n'
    assert is_found(Linker(codebook.parse(entry.encode(), "cb.toml")), "A dark (or dim) mode, please")


@given(st.text(st.sampled_from("ab (|)*@?.-'’^"), max_size=12))
def test_any_phrase_is_read_or_refused_by_name(phrase: str) -> None:
    try:
        made = linker(phrase)
    except CodebookError as error:
        assert 'entry "x"' in str(error) or "entry 1" in str(error)
    else:
        is_found(made, "a b a-b ab a.b b's")
