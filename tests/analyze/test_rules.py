"""The notation of lexicons."""

import pytest

from analyze.gate import Gate
from analyze.model import AnalyzeError, Statement
from analyze.rules import parse_lexicon
from analyze.view import view


def matched(pattern: str, text: str) -> list[str]:
    source = f"[words]\ngood = ['nice', 'great']\n[[rule]]\nname = 'r'\npatterns = ['''{pattern}''']\n"
    lexicon = parse_lexicon(source, "test.toml")
    seen = view(Statement(id="1", text=text), Gate(lexicon.cues))
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
    ],
)
def test_patterns(pattern: str, text: str, expected: list[str]):
    assert matched(pattern, text) == expected


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("very?", "test.toml: rule r: pattern 'very?': it has no word that must be there"),
        ("@nice", "there is no word class @nice; there are good"),
    ],
)
def test_an_unusable_pattern_is_named(pattern: str, message: str):
    with pytest.raises(AnalyzeError, match=message.replace("?", r"\?")):
        matched(pattern, "x")
