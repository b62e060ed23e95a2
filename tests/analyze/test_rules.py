"""The notation of lexicons."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyze.gate import Gate
from analyze.model import AnalyzeError, Statement
from analyze.patterns import alternatives
from analyze.rules import parse_lexicon
from analyze.view import view


def matched(pattern: str, text: str) -> list[str]:
    source = f"[words]\ngood = ['nice', 'great']\n[[rule]]\nname = 'r'\npatterns = ['''{pattern}''']\n"
    lexicon = parse_lexicon(source, "test.toml")
    seen = view(Statement(id="1", text=text), Gate(lexicon.keys))
    return [text[m.start : m.end] for one in seen.sentences for m in lexicon.matches(one)]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("would be @good (to|if)", "It would be NICE, if so.", ["would be NICE, if"]),
        ("would be very? @good", "would be very great", ["would be very great"]),
        ("^add", "Please add it. - Add it", ["Add"]),
        ("~add", "If so, add it.", ["add"]),
        ("should ... have", "it should at the very least have", ["should at the very least have"]),
        ("why not !(indeed)", "Why not indeed", []),
        ("why not !(indeed)", "Why not today", ["Why not"]),
        ("propos*", "I proposed it", ["proposed"]),
        ("should have *ed", "should have failed", ["should have failed"]),
        ("^why not$", "Why not?", ["Why not"]),
        ("^why not$", "Why not that?", []),
        ("don't add", "Don’t add", ["Don’t add"]),
        ("add", "address", []),
        ("^add", "2) Add it", ["Add"]),
        ("^(and|also)? please add", "Also, please add it", ["Also, please add"]),
        ("would be", "Would it? It would-be", ["would-be"]),
        ("(get rid of|get) it", "Get rid of it. Get it", ["Get rid of it", "Get it"]),
        ("the more the more", "the more the more", ["the more the more"]),
        ("(in 19*|as of) (may|june)", "In 1990, may it rest. As of June", ["In 1990, may", "As of June"]),
        ("^(oh|and *)? (add|get rid of) it", "3) And please get rid of it", ["And please get rid of it"]),
        ("(would|i wish) (you|it)", "Would that be? Would, it would you", ["Would, it"]),
    ],
)
def test_patterns(pattern: str, text: str, expected: list[str]):
    assert matched(pattern, text) == expected


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("very?", "test.toml: rule r: pattern 'very?': it has no word that must be there"),
        ("@nice", "there is no word class @nice; there are good"),
        ("(should|must (really)?) work", "stands in another one"),
    ],
)
def test_an_unusable_pattern_is_named(pattern: str, message: str):
    with pytest.raises(AnalyzeError, match=message.replace("?", r"\?")):
        matched(pattern, "x")


_WORDS = st.text("abc", min_size=1, max_size=3)
_PHRASES = st.lists(_WORDS, min_size=1, max_size=3).map(" ".join)


@given(st.lists(_PHRASES, min_size=1, max_size=12), _PHRASES)
def test_alternatives_told_apart_letter_by_letter_are_those_of_the_list(options: list[str], text: str):
    assert bool(re.fullmatch(alternatives(options), text)) == (text in options)
