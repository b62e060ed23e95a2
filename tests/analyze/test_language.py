"""Sentences of forum text: where they end, and that their offsets are exact."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from analyze.gate import fold
from analyze.language import sentences

FORUM = st.text(alphabet=st.sampled_from(list("abcIT .?!…\n\t-*1)(,:;'\"’“”İß😀e.g/@#")), max_size=200)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_full_stops_end_sentences_even_without_capitals():
    assert cut("it works. please add tabs! why not?") == ["it works.", "please add tabs!", "why not?"]


def test_abbreviations_do_not():
    assert cut("Add filters, e.g. by date, vs. by size. Done.") == [
        "Add filters, e.g. by date, vs. by size.",
        "Done.",
    ]


def test_an_abbreviation_can_end_a_sentence():
    assert cut("Files, mails, etc. The rest is fine.") == ["Files, mails, etc.", "The rest is fine."]


def test_a_space_that_does_not_break_ends_a_sentence_too():
    assert cut("It is slow.\u00a0 Please fix it.") == ["It is slow.", "Please fix it."]


def test_numbers_initials_and_addresses_stay_whole():
    assert cut("Costs 5.50 at J. Smith. See http://x.example/a?b=1.c for more.") == [
        "Costs 5.50 at J. Smith.",
        "See http://x.example/a?b=1.c for more.",
    ]


def test_an_ellipsis_goes_on_in_lower_case():
    assert cut("I like it... but no. Well... Never mind.") == [
        "I like it... but no.",
        "Well...",
        "Never mind.",
    ]


def test_a_missing_space_after_a_full_stop():
    assert cut("It is annoying.Please fix System.Xaml") == ["It is annoying.", "Please fix System.Xaml"]


def test_lines_of_a_list_are_sentences_of_their_own():
    text = "We need:\n- tabs\n- a dark\n  theme\n\nThanks"
    assert cut(text) == ["We need:", "- tabs", "- a dark\n  theme", "Thanks"]


def test_a_list_within_a_line():
    assert cut("Show: 1) refunds, 2) disputes") == ["Show:", "1) refunds,", "2) disputes"]


def test_one_number_makes_no_list():
    assert cut("I bought 2) of them") == ["I bought 2) of them"]


def test_a_wrapped_line_goes_on():
    text = "I have asked three times when the fee comes back and nobody has\nan answer. Next"
    assert cut(text) == [text[:-5], "Next"]


def test_whoever_ends_lines_early_ends_sentences():
    text = "i agree with Bob\nthey should drop the fee\nthe people who never pay it are those who keep defending it\nhm"
    assert cut(text) == [*text.split("\n")[:2], "\n".join(text.split("\n")[2:])]


def test_an_emoji_ends_what_it_comments_on():
    assert cut("Love it 😀 Please add more") == ["Love it 😀", "Please add more"]


def test_nothing_in_nothing_out():
    assert cut("") == cut(" \n\t ") == []


@given(FORUM)
def test_sentences_are_disjoint_and_lose_only_space(text: str):
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())


@given(st.text())
def test_folding_keeps_offsets(text: str):
    assert len(fold(text)) == len(text)


def test_a_text_of_nothing_but_emoji_is_one_sentence():
    assert sentences("😀" * 100_000) == [(0, 100_000)]


def test_however_many_marks_stand_in_a_row_they_are_read_at_once():
    marks = "!?…." * 50_000
    assert cut(f"No{marks}x. And on.") == [f"No{marks}x.", "And on."]
    assert cut(f"No{marks} and on.") == [f"No{marks}", "and on."]


def test_what_goes_on_for_ever_is_cut_between_two_words():
    words = cut("test before first pass " * 1000)
    assert max(map(len, words)) <= 1500 < len(words[0]) + len(" before")
    assert " ".join(words) == ("test before first pass " * 1000).strip()
    assert cut("x" * 5000 + " y" + " z" * 2000)[0] == "x" * 5000
    assert cut(("x" * 2000 + "\n") * 50) == ["x" * 2000] * 50
    assert max(map(len, cut("and\n" * 1000))) <= 1500
