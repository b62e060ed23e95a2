"""Other people's words: readable and short, whatever they hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import links, words


@given(st.text(max_size=2000), st.integers(2, 300))
def test_a_clipped_text_is_one_short_line(text: str, length: int) -> None:
    clipped = words.clip(text, length)
    assert len(clipped) <= length
    assert "\n" not in clipped


@given(st.text(max_size=2000))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert words.clean(words.clean(text)) == words.clean(text)


def test_bidi_overrides_and_control_characters_are_taken_out_but_scripts_stay() -> None:
    assert words.clean("a\u202eb\u2066c\x00\x1b[31m") == "abc[31m"
    assert words.clean("سلام\u200fשלום\u200dنe\u0301") == "سلام\u200fשלום\u200dنe\u0301"


def test_stacked_marks_are_thinned_to_what_a_script_needs() -> None:
    assert words.clean("z" + "\u0301" * 900) == "z" + "\u0301" * 4


def test_a_text_is_cut_between_words_where_it_has_any() -> None:
    assert words.clip("one two three four", 12) == "one two…"
    assert words.clip("x" * 50, 10) == "x" * 9 + "…"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil.example/x", "/relative", "",
     " https://x.example", "java\nscript:alert(1)", "http://[", "ftp://x.example", "https://", None],
)  # fmt: skip
def test_a_link_that_is_no_web_address_leads_nowhere(url: str | None) -> None:
    assert links.outward(url) is None


def test_a_web_address_stays_as_it_is() -> None:
    assert links.outward("https://forum.example/t/1?x=1#p2") == "https://forum.example/t/1?x=1#p2"


@given(st.text(min_size=1, max_size=80), st.text(min_size=1, max_size=80))
def test_file_names_are_plain_and_tell_ids_apart(one: str, other: str) -> None:
    name = links.file_name(one.encode(errors="ignore").decode())
    assert name.replace("-", "").isalnum()
    assert name.isascii()
    assert (one.encode(errors="ignore") == other.encode(errors="ignore")) == (
        name == links.file_name(other.encode(errors="ignore").decode())
    )
