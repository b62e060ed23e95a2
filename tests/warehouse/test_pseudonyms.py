"""Names give way to pseudonyms, the same one everywhere, before anything is stored."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parse.model import Author, PlatformEvent, Poll, PollOption, Post, Quote, Thread
from tests.warehouse.conftest import ANN, BO, CY, page, post, thread_of, week_one
from warehouse.pseudonyms import pseudonym, pseudonymize

KEY = b"k" * 32


def told() -> Thread:
    first = page(1)
    quote = Quote(ordinal=1, depth=1, text="As Bo says, @cy knows.", attributed_to="ann ortega")
    return replace(
        thread_of(
            post("1", ANN, "Bo, ask @Dora or Cy. Bosses stay.", first, url="https://forum.example/u/ann/1"),
            post(
                "2",
                BO,
                "Thanks, ANN ORTEGA!",
                first,
                quotes=(quote,),
                edited_by="Cy",
                edit_reason="Ann Ortega asked for it",
                reply_to_name="Ann Ortega",
            ),
        ),
        title="A question for Ann Ortega",
        events=(PlatformEvent(kind="thread_locked", actor=CY, excerpt="Locked by Cy"),),
    )


def test_no_name_is_left_and_everybody_keeps_one_pseudonym() -> None:
    hidden = pseudonymize(told(), KEY)
    said = str(hidden)
    for name in ("Ann", "ann ortega", "ANN", "Dora", "'Bo'", "Cy", "/ann/"):
        assert name not in said
    ann = pseudonym("Ann Ortega", KEY)
    one, two = hidden.posts
    assert one.author is not None
    assert one.author.name == ann == two.reply_to_name == two.quotes[0].attributed_to
    assert two.text == f"Thanks, {ann}!"
    assert one.text.endswith("Bosses stay.")
    assert hidden.events[0].actor is not None
    assert hidden.events[0].actor.role == "Community Manager"
    assert one.author.profile_url is None


def test_an_account_is_one_person_by_another_id_than_the_platform_s() -> None:
    account = replace(ANN, user_id="4711")
    first = page(1)
    thread = thread_of(
        *(post(id, account, "Words.", first) for id in ("1", "2")), post("3", BO, "Words.", first)
    )
    one, again, other = (each.author for each in pseudonymize(thread, KEY).posts)
    assert one is not None and other is not None
    assert one == again and "4711" not in str(one) and one.key not in ("4711", other.key)


def test_nobody_is_named_in_what_is_put_to_the_vote() -> None:
    options = (PollOption(text="As Bo says", votes=3), PollOption(text="@ann_o's plan", votes=1))
    asked = replace(told(), polls=(Poll(id="1", question="Ann Ortega or Bo?", options=options),))
    (poll,) = pseudonymize(asked, KEY).polls
    assert "Bo" not in str(poll) and "Ann" not in str(poll) and "ann_o" not in str(poll)
    assert poll.question == f"{pseudonym('Ann Ortega', KEY)} or {pseudonym('Bo', KEY)}?"
    assert [option.votes for option in poll.options] == [3, 1]


def test_twice_is_once_and_another_key_another_name() -> None:
    once = pseudonymize(told(), KEY)
    assert pseudonymize(once, KEY) == once
    assert pseudonym("Ann", KEY) != pseudonym("Ann", b"x" * 32)
    assert pseudonym("Ann", KEY) == pseudonym(" ANN ", KEY)


def test_people_known_from_elsewhere_are_found_in_running_text() -> None:
    thread = thread_of(post("1", BO, "Zelda would know.", page(1)))
    assert "Zelda" in str(pseudonymize(thread, KEY))
    assert "Zelda" not in str(pseudonymize(thread, KEY, known=(Author(name="Zelda"),)))


@pytest.mark.parametrize(
    "written",
    [
        "Ann Ortega",
        "ANN ORTEGA",
        "ann-ortega",
        "ann_ortega",
        "Ann%20Ortega",
        "Ann\u00a0Ortega",
        "Ann  Ortega",
    ],
)
def test_one_pseudonym_however_the_name_is_written(written: str) -> None:
    ann = pseudonym("Ann Ortega", KEY)
    thread = thread_of(post("1", ANN, f"I am {written}.", page(1), url=f"https://f.example/t/{written}/1"))
    hidden = pseudonymize(thread, KEY).posts[0]
    assert (hidden.text, hidden.url) == (f"I am {ann}.", f"https://f.example/t/{ann}/1")


def test_accents_typed_apart_or_encoded_are_the_same_name() -> None:
    jose = Author(name="José Núñez", user_id="9")
    thread = thread_of(post("1", jose, "Jose\u0301 Nu\u0301n\u0303ez: /u/jos%C3%A9-n%C3%BA%C3%B1ez", page(1)))
    assert pseudonymize(thread, KEY).posts[0].text == "{0}: /u/{0}".format(pseudonym("José Núñez", KEY))


def test_structure_stays() -> None:
    before, after = week_one().threads[0], pseudonymize(week_one().threads[0], KEY)
    assert after.replies == before.replies
    assert [(each.id, each.position, each.posted_at) for each in after.posts] == [
        (each.id, each.position, each.posted_at) for each in before.posts
    ]


@given(name=st.text(min_size=1, max_size=20), text=st.text(max_size=60))
def test_any_name_in_any_text(name: str, text: str) -> None:
    thread = Thread(
        id="1",
        title=text,
        url="",
        posts=(Post(id="1", text=f"{text} {name} ", full_text="", author=Author(name=name)),),
    )
    once = pseudonymize(thread, KEY)
    assert pseudonymize(once, KEY).posts[0].author == once.posts[0].author
