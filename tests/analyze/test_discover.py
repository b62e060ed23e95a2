"""Uncoded proposals: grouped by what they ask for, whatever their order, and stable."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from analyze.discover import group
from analyze.model import UncodedMention
from analyze.vocabulary import lemma


def mention(
    number: int, excerpt: str, post: int | None = None, topic: str = "", place: str = ""
) -> UncodedMention:
    return UncodedMention(
        mention_id=f"m{number:03}",
        post_id=f"p{number if post is None else post}",
        thread_id=f"t {topic}",
        author_id=None,
        excerpt=excerpt,
        topic=topic,
        place=place,
        said_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number),
    )


ASKED = [
    mention(1, "Please add a dark mode."),
    mention(2, "Dark modes would be nice"),
    mention(3, "Why not let us sort comments by age?"),
    mention(4, "I want sorted comments"),
    mention(5, "Could you have a dark mode for the reader?"),
    mention(6, "Free parking, please"),
]


def test_groups_are_named_by_their_own_words():
    found = group(ASKED)
    assert [(one.id, one.label, one.mention_ids) for one in found] == [
        ("discovered_dark_mode", "Add a dark mode", ("m001", "m002", "m005")),
        ("discovered_comment_sort", "Sorted comments", ("m003", "m004")),
    ]
    assert found[0].description == "Asked for in 3 posts, for example: “Please add a dark mode.”"


def test_asking_twice_in_one_post_is_asking_once():
    assert group([mention(1, "Add a dark mode", post=1), mention(2, "A dark mode, please", post=1)]) == []


def test_a_group_keeps_its_id_when_new_posts_arrive():
    more = [*ASKED, mention(7, "dark mode!!"), mention(8, "More bike lanes"), mention(9, "Bike lanes, now")]
    assert {one.id for one in group(ASKED)} < {one.id for one in group(more)}


def test_what_a_thread_is_about_holds_its_requests_together():
    topic = "Parking by the school went up"
    found = group(
        [
            mention(1, "Give us the parking back for parents of small children.", topic=topic),
            mention(2, "Please just give it back.", topic=topic),
            mention(3, "Please repair the swings, too.", topic=topic),
            mention(4, "Parking for tourists should be dear.", topic="Tourists"),
        ]
    )
    (one,) = found
    assert one.mention_ids == ("m001", "m002")
    assert one.id.startswith("discovered_park_in_")
    assert one.label == "Give us the parking back for parents of small children"


def test_a_long_request_that_names_a_group_is_clipped_between_words():
    text = "Give us the parking by the old school back for the parents of small children in winter."
    found = group([mention(1, text, topic="Parking"), mention(2, "Yes, give it back.", topic="Parking")])
    assert [one.label for one in found] == ["Give us the parking by the old school back for the parents …"]


def test_what_a_community_is_named_after_is_no_request() -> None:
    asked = [
        "Home Hub should find my lamps",
        "Please let Home Hub speak Dutch",
        "Home Hub needs a dark mode",
        "A dark mode!",
    ]
    place = "Home Hub Community https www home hub example"
    named = group([mention(number, text, place=place) for number, text in enumerate(asked)])
    assert [one.id for one in named] == ["discovered_dark_mode"]
    elsewhere = group([mention(number, text, place="Lamps") for number, text in enumerate(asked)])
    assert [one.id for one in elsewhere] == ["discovered_home_hub"]


def test_pointing_back_twice_names_nothing():
    topic = "Parking by the school"
    assert group([mention(1, "Do it!", topic=topic), mention(2, "Yes, please do that.", topic=topic)]) == []


SAYINGS = [
    "dark mode",
    "night theme",
    "bike",
    "lane",
    "tabs",
    "sort",
    "park",
    "late",
    "add",
    "remove",
    "do it",
]
WORDS = st.sampled_from(SAYINGS)
SAID = st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), max_size=14)


@given(SAID, st.integers(0, 14))
def test_later_posts_leave_groups_as_they_were(said: list[str], seen: int):
    mentions = [mention(number, text, topic="Bike park") for number, text in enumerate(said)]
    before = {one.id: set(one.mention_ids) for one in group(mentions[:seen])}
    after = {one.id: set(one.mention_ids) for one in group(mentions)}
    assert all(held <= after[key] for key, held in before.items())


def test_a_post_that_repeats_itself_without_end_is_no_group():
    assert group([mention(number, "Add a dark mode", post=1) for number in range(5_000)]) == []


def test_nothing_asked_nothing_found():
    assert group([]) == []


def test_lemmas():
    words = ["tabs", "replies", "sorting", "stopped", "boxes", "class", "bus", "searches", "sorted", "red"]
    assert [lemma(word) for word in words] == [
        "tab", "reply", "sort", "stop", "box", "class", "bus", "search", "sort", "red",
    ]  # fmt: skip


@given(SAID, st.randoms(use_true_random=False))
def test_order_does_not_matter(said: list[str], shuffler: random.Random):
    asked = [*ASKED, *(mention(number, text, topic="Bike park") for number, text in enumerate(said, 7))]
    shuffled = list(asked)
    shuffler.shuffle(shuffled)
    assert group(shuffled) == group(asked)


def test_addresses_and_smileys_name_nothing():
    linked = [
        mention(1, "See https://example.com/a/b and add a map"),
        mention(2, "http://www.example.com/c, please fix"),
    ]
    assert group(linked) == []
    (found,) = group(
        [
            mention(3, ":( Give the stamps back!", topic="Stamps went up"),
            mention(4, ":P - just give the stamps we bought back", topic="Stamps went up"),
        ]
    )
    assert found.label == "Give the stamps back"


def test_two_groups_never_have_one_name():
    said = "Please add a dark mode and let us sort comments"
    found = group(
        [mention(1, "dark mode"), mention(2, said), mention(3, "sort comments"), mention(4, said)]
        + [mention(number, said) for number in (5, 6)]
    )
    assert len({one.label for one in found}) == len(found)


def test_what_is_asked_makes_the_id_not_its_reasons():
    said = "Ship a hardened nozzle, brass lasts a week with carbon"
    (found,) = group([mention(1, said), mention(2, said)])
    assert (found.id, found.label) == ("discovered_harden_nozzle_ship", "Ship a hardened nozzle")


def test_what_the_whole_community_talks_about_holds_no_requests_together() -> None:
    """In a community about phones every request is about phones; the few for one thing still come together."""
    parts = [
        f"{first}{last}"
        for first in ("bal", "cor", "dan", "fim", "gol")
        for last in ("ett", "ump", "ist", "olk")
    ]
    asked = [f"Please give the window phone a better {part}." for part in parts] + [
        "Please make the window phone better.",
        "The window phone needs a headphone socket.",
        "I want a headphone socket in the window phone!",
    ]
    found = group([mention(number, text) for number, text in enumerate(asked)])
    late = [one for one in found if "m021" in one.mention_ids]
    assert [one.mention_ids for one in late] == [("m021", "m022")]
    assert all(len(one.mention_ids) < 6 for one in found)


def test_two_words_that_any_two_requests_may_share_hold_none_together() -> None:
    """Every lamp, door and wall is spoken of, and every room: one more request for a thing in a room is no
    second one for the same."""
    things = ["lamp", "door", "wall", "desk", "clock", "curtain"]
    rooms = ["kitchen", "hall", "attic", "cellar", "library", "porch"]
    asked = [
        f"Please {thing[::-1]}{room[:2]} the {thing} of the {room}." for thing in things for room in rooms
    ]
    asked.append("Please varnish the desk of the attic.")
    assert group([mention(number, text) for number, text in enumerate(asked)]) == []


def test_those_who_want_the_opposite_have_groups_of_their_own() -> None:
    asked = ["Fewer adverts on the start page", "More adverts on the start page"] * 2
    found = group([mention(number, text) for number, text in enumerate(asked)])
    assert [one.mention_ids for one in found] == [("m000", "m002"), ("m001", "m003")]
    assert len({one.id for one in found}) == 2


def test_whoever_asks_twice_is_not_several_people() -> None:
    said = ["Please add a dark mode.", "Again: a dark mode, please!", "A dark mode would be nice."]
    asked = [replace(mention(number, text), author_id="ann") for number, text in enumerate(said)]
    assert group(asked) == []
    (one,) = group([*asked[:2], replace(asked[2], author_id="bo")])
    assert one.mention_ids == ("m000", "m001", "m002")
