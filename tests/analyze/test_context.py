"""What a passage is about where its sentence does not say: the post, the words answered, the thread."""

import pytest

from analyze import codebook
from analyze.context import Context
from analyze.model import Findings, ProposalMention, Statement
from analyze.pipeline import Tagger

BOOK = codebook.parse(
    b"""
[[proposal]]
id = "bike_lanes"
label = "Bike lanes"
description = "Separate lanes for bicycles along the main streets."
phrases = ["bike lanes", "bike lane", "cycle lanes", "cycle path", "lanes for bicycles"]

[[proposal]]
id = "library_hours"
label = "Library hours"
description = "Open the library in the evening and on Sundays."
phrases = ["library hours", "opening hours", "open on sundays", "library open"]
""",
    "town.toml",
)
OPENING = "Please build bike lanes along Mill Street. Cars pass us with a hand's breadth between."


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(BOOK)


def thread(tagger: Tagger, *texts: str, title: str = "Bike lanes on Mill Street") -> list[Findings]:
    said = [
        Statement(
            id=f"{number}", text=text, topic=title, is_opening=number == 0,
            reply_to=texts[0] if number else None, reply_to_id="0" if number else None,
        )
        for number, text in enumerate(texts)
    ]  # fmt: skip
    return Context(BOOK).link(said, [tagger.tag_one(one) for one in said])


def codes(found: Findings) -> list[tuple[str | None, str]]:
    return [(one.proposal_id, one.act) for one in found.proposals]


def test_a_request_that_points_back_asks_for_what_the_thread_is_about(tagger: Tagger) -> None:
    _, reply = thread(tagger, OPENING, "Please let them do it before the summer.")
    (mention,) = reply.proposals
    assert (mention.proposal_id, mention.act) == ("bike_lanes", "propose")
    assert "+" in mention.rule
    assert mention.confidence < 0.8


def test_a_request_with_the_words_of_the_thread_is_about_it(tagger: Tagger) -> None:
    _, reply = thread(tagger, OPENING, "You should put the lanes on the north side, where the trees are.")
    assert codes(reply) == [("bike_lanes", "propose")]


def test_a_request_for_something_else_stays_uncoded(tagger: Tagger) -> None:
    _, reply = thread(tagger, OPENING, "You should repair the fountain in the park, the children miss water.")
    assert codes(reply) == [(None, "propose")]


def test_who_talks_of_the_matter_without_asking_discusses_it(tagger: Tagger) -> None:
    _, reply = thread(
        tagger, OPENING, "My sister lives in Ghent. A painted lane never stopped a lorry there."
    )
    assert codes(reply) == [("bike_lanes", "discuss")]
    (mention,) = reply.proposals
    assert mention.rule == "thread"
    assert mention.start == len("My sister lives in Ghent. ")


def test_small_talk_discusses_nothing(tagger: Tagger) -> None:
    _, reply = thread(
        tagger, OPENING, "Lovely weather today, isn't it? My cat slept on the sofa all morning."
    )
    assert codes(reply) == []


def test_a_thread_about_nothing_in_the_codebook_links_nothing(tagger: Tagger) -> None:
    found = thread(tagger, "Who knows a good plumber?", "You should ask Rosa.", title="Plumber wanted")
    assert {code for one in found for code, _ in codes(one)} <= {None}


def test_what_a_sentence_about_the_thread_names_in_passing_is_left_out(tagger: Tagger) -> None:
    _, reply = thread(tagger, OPENING, "A bike lane is like longer library hours, nice and never used.")
    assert codes(reply) == [("bike_lanes", "discuss")]


def test_a_request_is_about_the_post_it_answers(tagger: Tagger) -> None:
    title = "Odds and ends"
    _, reply = thread(tagger, "Please build bike lanes.", "Please let them do it this year.", title=title)
    assert codes(reply) == [("bike_lanes", "propose")]


def test_words_of_a_redaction_name_nothing(tagger: Tagger) -> None:
    shipped = codebook.load(None)
    said = Statement(id="1", text="You are a [edited for community guidelines] and a fool.")
    (found,) = Context(shipped).link([said], [Tagger(shipped).tag_one(said)])
    assert found.proposals == ()


def test_a_notice_of_staff_discusses_no_rules() -> None:
    shipped = codebook.load(None)
    text = "A few posts have been removed from this thread under our code of conduct."
    said = Statement(id="1", text=text, topic="Jobs", is_staff=True)
    (found,) = Context(shipped).link([said], [Tagger(shipped).tag_one(said)])
    assert found.proposals == ()
    assert found.moderation


def test_what_staff_ask_of_members_is_not_what_the_thread_asks_for(tagger: Tagger) -> None:
    texts = (OPENING, "Please be kind to each other. You should send it to the office by Friday.")
    said = [
        Statement(id=f"{number}", text=text, topic="Bike lanes on Mill Street", is_staff=number == 1)
        for number, text in enumerate(texts)
    ]
    _, reply = Context(BOOK).link(said, [tagger.tag_one(one) for one in said])
    assert ("bike_lanes", "propose") not in codes(reply)


def test_nothing_to_link_is_left_as_it_was(tagger: Tagger) -> None:
    assert Context(BOOK).link([], []) == []
    said = Statement(id="1", text="")
    assert Context(BOOK).link([said], [Findings(id="1")]) == [Findings(id="1")]


def test_what_is_coded_already_keeps_its_code(tagger: Tagger) -> None:
    said = Statement(id="1", text="x" * 20, topic="Bike lanes")
    held = ProposalMention(
        start=0, end=20, proposal_id="library_hours", act="propose", confidence=0.9, rule="r"
    )
    (found,) = Context(BOOK).link([said], [Findings(id="1", proposals=(held,))])
    assert found.proposals == (held,)


def test_a_long_thread_is_about_what_its_title_names(tagger: Tagger) -> None:
    found = thread(tagger, OPENING, *["Lovely weather."] * 200, "A painted lane never stopped a lorry.")
    assert codes(found[-1]) == [("bike_lanes", "discuss")]


def test_what_comes_up_now_and_then_is_not_what_a_long_thread_is_about(tagger: Tagger) -> None:
    said = ["Lovely weather."] * 100
    said[10] = said[50] = said[70] = "Please build bike lanes."
    found = thread(tagger, "Good morning.", *said, "A painted lane never stopped a lorry.", title="Morning")
    assert codes(found[-1]) == []


def test_a_post_that_asks_twenty_thousand_times_is_read(tagger: Tagger) -> None:
    (found, reply) = thread(tagger, "Please build bike lanes. " * 20_000, "Please let them do it.")
    assert len(found.proposals) == 20_000
    assert codes(reply) == [("bike_lanes", "propose")]
