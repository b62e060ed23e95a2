"""A discovered proposal becomes an entry that finds what it was made of."""

from hypothesis import given
from hypothesis import strategies as st

from analyze import codebook, promote
from analyze.discover import group
from analyze.model import UncodedMention

DARK = ["Please add a dark mode.", "Dark modes would be nice", "Could you have a mode that is really dark?"]


def mentions(*excerpts: str, topic: str = "") -> list[UncodedMention]:
    return [
        UncodedMention(
            mention_id=f"m{number}", post_id=f"p{number}", thread_id="t", author_id=None,
            excerpt=excerpt, topic=topic,
        )
        for number, excerpt in enumerate(excerpts)
    ]  # fmt: skip


def test_an_entry_of_two_words_finds_every_request_and_more() -> None:
    (one,) = group(mentions(*DARK))
    made = promote.entry(one.label, one.description, DARK)
    assert promote.found(made, DARK) == 3
    assert promote.found(made, ["Is there a mode for dark rooms?", "It is dark outside."]) == 1
    (entry,) = codebook.parse(made.encode(), "made").proposals
    assert (entry.id, entry.label) == ("dark_mode", "Add a dark mode")
    assert made.startswith("# said: Please add a dark mode.")


def test_words_with_a_hyphen_are_matched_too() -> None:
    said = ["Please add e-mail notifications.", "I would love to have notifications by e-mail."]
    (one,) = group(mentions(*said))
    made = promote.entry(one.label, one.description, said)
    assert promote.found(made, said) == 2
    assert promote.found(made, ["An email is no notification."]) == 0


def test_an_entry_of_one_word_looks_for_that_word() -> None:
    said = ["Give the stamps back.", "Just give them back."]
    (one,) = group(mentions(*said, topic="Stamps went up"))
    (entry,) = codebook.parse(promote.entry(one.label, "", said).encode(), "made").proposals
    assert entry.phrases == ("stamps",)
    assert entry.id == "stamps"


def test_an_entry_finds_a_thing_by_all_the_words_that_people_had_for_it() -> None:
    said = ["Please add a dark mode.", "A night theme would be lovely.", "Make the reader dark in night mode"]
    (one,) = group(mentions(*said))
    made = promote.entry(one.label, one.description, said)
    assert promote.found(made, said) == 3
    assert promote.found(made, ["A theme for the reader, please.", "It was a dark night."]) == 0


def test_words_far_apart_are_found_too() -> None:
    said = [
        "Sort comments.",
        "Please sort in the reader and in the archive all the comments.",
    ]
    assert promote.found(promote.entry("Sort comments", "", said), said) == 2


@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=4))
def test_whatever_people_say_the_entry_can_be_read(label: str, said: list[str]) -> None:
    made = promote.entry(label, "", said)
    assert len(codebook.parse(made.encode(), "made").proposals) == 1
    promote.found(made, said)
