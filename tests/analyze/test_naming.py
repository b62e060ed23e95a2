"""What people ask for together has a name that somebody who has read none of it understands."""

from hypothesis import given
from hypothesis import strategies as st

from analyze.naming import HEARD, names

BELT = [
    "Can we have the old belt tension wizard again?",
    "Why was the belt tension wizard removed?",
    "Please bring back the belt tension wizard, I liked it.",
    "The belt tension wizard should come back.",
]


def test_a_group_is_named_by_the_request_that_says_what_to_do() -> None:
    assert names(BELT)[0] == ("Bring back the belt tension wizard", BELT[2])


def test_a_name_says_what_the_others_say_too() -> None:
    asked = [
        "Please add stairs, a lift and a bench.",
        "Please add stairs.",
        "I would love stairs from the harbour up to the old town, past the mill.",
    ]
    assert names(asked)[0][0] == "Add stairs"


def test_questions_and_clipped_sentences_name_a_group_only_where_there_is_nothing_else() -> None:
    long = "Ring the bell by the gate of the upper school twice for the ferry of the late evening"
    assert names([long, "Ring the ferry bell twice"])[0][0] == "Ring the ferry bell twice"
    assert names([long])[0][0].endswith("…")


def test_what_is_said_later_leaves_the_name_as_it_was() -> None:
    early = [f"Please add a dark mode for room {number}." for number in range(HEARD)]
    assert names([*early, "Dark mode!"] * 9) == names(early)


@given(st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=5))
def test_whatever_is_said_has_a_name_of_one_line(said: list[str]) -> None:
    assert all("\n" not in name for name, _ in names(said))
