"""Whose name a word is: of somebody forgotten, of somebody else, or nobody's."""

from dataclasses import replace
from pathlib import Path

import pytest

from parse.model import Author
from tests.warehouse.conftest import ANN, BO, batch, page, post, thread_of
from tests.warehouse.test_forget import ANNS, TODAY, forget, texts
from warehouse.batch import Batch
from warehouse.errors import WarehouseError
from warehouse.forget import traces
from warehouse.load import load
from warehouse.store import reading, writing


def test_a_short_name_that_is_a_word_spares_the_word(path: Path) -> None:
    first = page(1)
    will = Author(name="Will", user_id="5")
    with writing(path) as db:
        posts = (post("1", BO, "It will do, Will said.", first), post("2", will, "Yes.", first))
        load(db, batch(thread_of(*posts), pages=(first,)))
    forget(path, "Will", today=TODAY)
    with reading(path) as db:
        assert db.query("SELECT text FROM posts").to_pylist() == [{"text": "It will do, ████ said."}]


def speaking(*texts: str, author: Author = BO) -> Batch:
    """Each text in a thread of its own, by one person."""
    first = page(1)
    threads = [
        thread_of(post(str(n), author, text, first, position=1), id=f"t{n}", title="Talk")
        for n, text in enumerate(texts, 1)
    ]
    return batch(*threads, pages=(first,))


def test_a_name_that_the_community_uses_as_a_word_does_not_cost_it_the_word(path: Path) -> None:
    said = ["My client paid.", "No client pays.", "A client left.", "Ask a client.", "One client less."]
    with writing(path) as db:
        load(db, speaking(*said, "Thanks @client for the client list."))
        mine = post("77", Author(name="client", user_id="99"), "I am new.", page(1))
        load(db, batch(thread_of(mine, id="mine"), pages=(page(1),)))
    forgotten = forget(path, "client", today=TODAY)
    assert forgotten.spelling.words == {"client"}
    for _ in range(2):
        assert texts(path) == [*said, "Thanks @██████ for the client list."]
        with writing(path) as db:
            load(db, speaking(*said, "Thanks @client for the client list."))


def test_a_name_that_somebody_else_bears_too_stays_theirs(path: Path) -> None:
    first = page(1)
    one, other = Author(name="Sam Poe", user_id="1", login="poe1"), Author(name="Sam Poe", user_id="2")
    with writing(path) as db:
        posts = (post("1", one, "I was Sam Poe.", first), post("2", other, "So am I. Ask poe1.", first))
        load(db, batch(thread_of(*posts), pages=(first,)))
    forgotten = forget(path, "forum:1", today=TODAY)
    assert (forgotten.shared, forgotten.spelling.names) == (("Sam Poe",), ("poe1",))
    assert texts(path) == ["So am I. Ask ████."]


def test_ids_made_of_words_are_blotted_alike_everywhere(path: Path) -> None:
    first = page(1)
    ann = replace(ANN, user_id=None)
    thread = thread_of(
        post("1", BO, "Goodbye to you.", first),
        post("2", ann, "Bye.", first),
        id="goodbye-ann-ortega",
        url="https://forum.example/t/goodbye-ann-ortega",
        title="Goodbye, Ann Ortega",
    )
    with writing(path) as db:
        load(db, batch(thread, pages=(first,)))
    forget(path, "Ann Ortega", today=TODAY)
    for _ in range(2):
        with reading(path) as db:
            assert traces(db, ANNS) == []
            kept = db.query(
                "SELECT threads.title, threads.url FROM posts JOIN threads USING (thread_id)"
            ).to_pylist()
            assert kept == [
                {"title": "Goodbye, ██████████", "url": "https://forum.example/t/goodbye-██████████"}
            ]
        with writing(path) as db:
            assert load(db, batch(thread, pages=(first,))).posts_new == 0


def test_the_name_of_another_in_which_the_name_stands_is_spared(path: Path) -> None:
    first = page(1)
    mary = Author(name="Mary Ann Ortega", user_id="5")
    with writing(path) as db:
        posts = (
            post("1", ANN, "Hello.", first),
            post("2", mary, "Mary Ann Ortega here, not Ann Ortega.", first),
        )
        load(db, batch(thread_of(*posts), pages=(first,)))
    forget(path, "ann ORTEGA", today=TODAY)
    assert texts(path) == ["Mary Ann Ortega here, not ██████████."]
    with reading(path) as db:
        assert db.query("SELECT name FROM authors").to_pylist() == [{"name": "Mary Ann Ortega"}]


@pytest.mark.parametrize("typed", ["Jose\u0301 P", "JOSÉ P", " José P ", "https://f.example/u/j/"])
def test_a_person_is_found_however_they_are_typed(path: Path, typed: str) -> None:
    first = page(1)
    jose = Author(name="José P", user_id="5", profile_url="https://f.example/u/j")
    with writing(path) as db:
        load(db, batch(thread_of(post("1", jose, "Hola.", first)), pages=(first,)))
    assert forget(path, typed, today=TODAY).posts == 1


def test_a_short_name_that_is_a_word_spares_the_word_in_the_next_crawl_too(path: Path) -> None:
    first = page(1)
    posts = (
        post("1", BO, "It will do, Will said.", first),
        post("2", Author(name="Will", user_id="5"), "Yes.", first),
    )
    with writing(path) as db:
        load(db, batch(thread_of(*posts), pages=(first,)))
    forget(path, "Will", today=TODAY)
    with writing(path) as db:
        load(db, batch(thread_of(*posts), pages=(first,)))
    assert texts(path) == ["It will do, ████ said."]


def two_of_a_name(path: Path, one: Author, other: Author) -> None:
    first = page(1)
    with writing(path) as db:
        posts = (post("1", one, "Hello.", first), post("2", other, "Good day.", first))
        load(db, batch(thread_of(*posts), pages=(first,)))


def test_of_two_people_of_a_name_nobody_is_forgotten_until_one_is_named(path: Path) -> None:
    two_of_a_name(path, Author(name="Ann", user_id="5"), Author(name="ANN", user_id="6"))
    with pytest.raises(WarehouseError, match=r"2 people here.*forum:5 \(Ann\), forum:6 \(ANN\)"):
        forget(path, "ann", today=TODAY)
    assert texts(path) == ["Hello.", "Good day."]
    assert forget(path, "forum:6", today=TODAY).posts == 1
    assert texts(path) == ["Hello."]


def test_who_is_called_so_to_the_letter_is_meant(path: Path) -> None:
    two_of_a_name(path, Author(name="Ann", user_id="5"), Author(name="ANN", user_id="6"))
    assert forget(path, "ANN", today=TODAY).posts == 1
    assert texts(path) == ["Hello."]


def test_a_name_in_wide_letters_is_found_and_blotted_out_in_those_that_others_type(path: Path) -> None:
    two_of_a_name(path, Author(name="ＡＮＮ　ＯＲＴＥＧＡ", user_id="5"), Author(name="Bo", user_id="6"))
    with writing(path) as db:
        again = page(2)
        said = post("3", Author(name="Bo", user_id="6"), "Ann Ortega, ＡＮＮ　ＯＲＴＥＧＡ!", again)
        load(db, batch(thread_of(said), pages=(again,)))
    assert forget(path, "ann_ortega", today=TODAY).posts == 1
    assert texts(path) == ["Good day.", "██████████, ██████████!"]
