"""Marks in a post stand on the words that carry them."""

from hypothesis import given
from hypothesis import strategies as st

from reports.sections.highlight import TagRow, segments, tag


def row(
    start: int | None, end: int | None, kind: str = "proposal", value: str = "propose", is_sure: bool = True
) -> TagRow:
    return TagRow(
        post_id="p", tag=kind, value=value, start_offset=start, end_offset=end, confidence=0.91, rule="r1",
        label="Lower fee", target_post_id=None, proposal_id="fee", is_counted=True, is_sure=is_sure,
    )  # fmt: skip


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=6))
def test_marks_change_no_letter_of_the_words(text: str, spans: list[tuple[int, int]]) -> None:
    cut = segments(text, [row(start, end) for start, end in spans])
    assert "".join(segment.text for segment in cut) == text


def test_the_shorter_of_two_marks_gives_the_colour_and_both_give_their_rule() -> None:
    cut = segments("please lower the fee", [row(0, 20), row(7, 12, "stance", "support")])
    assert [(segment.text, segment.style) for segment in cut] == [
        ("please ", "proposal"),
        ("lower", "support"),
        (" the fee", "proposal"),
    ]
    assert cut[1].tip.count("r1, confidence 0.91") == 2


def test_a_guess_is_marked_as_one_and_gives_way_to_what_is_sure() -> None:
    cut = segments("we cannot afford the fee", [row(0, 24), row(10, 16, is_sure=False)])
    assert {segment.style for segment in cut} == {"proposal"}
    assert [segment.style for segment in segments("jackets", [row(0, 7, is_sure=False)])] == [
        "proposal guess"
    ]


def test_a_tag_without_words_is_listed_but_marks_nothing() -> None:
    assert [segment.style for segment in segments("words", [row(None, None)])] == [""]
    assert tag(row(None, None), "words").quoted == ""
    assert tag(row(0, 5), "words").name == "asks for “Lower fee”"
