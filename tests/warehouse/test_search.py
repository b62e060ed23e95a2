"""Finding posts by their words, with nothing but what is on the disk."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.conftest import ANN, MONDAY, WEEK, batch, page, post, thread_of, week_one
from warehouse.errors import NotAWarehouseError, WarehouseError
from warehouse.load import load
from warehouse.search import Filter, index_file, search, undated
from warehouse.store import writing


@pytest.fixture
def published(path: Path) -> Path:
    with writing(path) as db:
        load(db, week_one())
    return path


def found(path: Path, words: str, only: Filter | None = None) -> list[str]:
    return sorted(hit.post_id for hit in search(path, words, only=only))


def test_words_are_found_with_the_place_where_they_stand(published: Path) -> None:
    (hit,) = search(published, "lower")
    assert (hit.post_id, hit.author, hit.thread, hit.board) == (
        "forum:1",
        "Ann Ortega",
        "Arbitration fee",
        "Fees and payments",
    )
    assert hit.snippet == "The fee is too high. Please **lower** it."
    assert hit.posted_at == MONDAY + timedelta(hours=1)


@pytest.mark.parametrize(
    ("words", "posts"),
    [
        ("fee high", ["forum:1"]),
        ('"is fair"', ["forum:2"]),
        ('"fair is"', []),
        ("thr*", ["forum:3"]),
        ("is -fair -closed", ["forum:1"]),
        ("IS", ["forum:1", "forum:2", "forum:3"]),
        ("closing", ["forum:3"]),
    ],
)
def test_how_words_are_asked_for(published: Path, words: str, posts: list[str]) -> None:
    assert found(published, words) == posts


@pytest.mark.parametrize(
    ("only", "posts"),
    [
        (Filter(author="BO"), ["forum:2"]),
        (Filter(board="fees and payments"), ["forum:1", "forum:2", "forum:3"]),
        (Filter(since=MONDAY + timedelta(hours=2), until=MONDAY + timedelta(hours=3)), ["forum:2"]),
    ],
)
def test_filters(published: Path, only: Filter, posts: list[str]) -> None:
    assert found(published, "is", only) == posts


def test_a_board_or_a_person_that_there_is_not_is_no_empty_answer(published: Path) -> None:
    with pytest.raises(WarehouseError, match=r"no board called 'Nope'; there is: Fees and payments$"):
        search(published, "fee", only=Filter(board="Nope"))
    with pytest.raises(WarehouseError, match=r"no author called 'Zebulon'; there is: Ann Ortega, Bo, Cy$"):
        search(published, "fee", only=Filter(author="Zebulon"))


def test_of_many_people_those_are_told_whose_names_are_spelt_alike(path: Path) -> None:
    first = page(1)
    people = [replace(ANN, name=f"Somebody {n}", user_id=f"u{n}", login=None) for n in range(30)]
    posts = [post(str(n), person, "The fee is high.", first) for n, person in enumerate([ANN, *people], 1)]
    with writing(path) as db:
        load(db, batch(thread_of(*posts), pages=(first,)))
    with pytest.raises(WarehouseError, match=r"no author called 'Anne Ortega'; there is: Ann Ortega$"):
        search(path, "fee", only=Filter(author="Anne Ortega"))
    with pytest.raises(WarehouseError, match=r"no author called 'Zebulon'$"):
        search(path, "fee", only=Filter(author="Zebulon"))


def test_names_are_compared_without_regard_to_case_in_any_script(path: Path) -> None:
    first, author = page(1), replace(ANN, name="Özge Şen")
    with writing(path) as db:
        load(db, batch(thread_of(post("1", author, "The fee is high.", first)), pages=(first,)))
    assert found(path, "fee", Filter(author="özge şen")) == ["forum:1"]


def test_where_nothing_can_be_written_the_search_makes_an_index_of_its_own(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)  # a disk shared read-only
    with pytest.warns(UserWarning, match=r"w\.duckdb\.search cannot be written"):
        assert found(published, "fair") == ["forum:2"]
    assert not index_file(published).exists()


def test_the_index_follows_what_is_published(published: Path) -> None:
    assert found(published, "fair") == ["forum:2"]
    again = page(1, at=MONDAY + WEEK)
    posts = [replace(post, page_id=again.page_id) for post in week_one().threads[0].posts]
    posts[1] = replace(posts[1], text="I was mistaken.")
    with writing(published) as db:
        load(db, batch(thread_of(*posts), pages=(again,)))
    assert found(published, "fair") == []
    assert found(published, "mistaken") == ["forum:2"]


def test_nothing_to_search_for_is_said(published: Path) -> None:
    for words in ("", "  ", "-fee", '""', "*"):
        with pytest.raises(WarehouseError, match="nothing to search for"):
            search(published, words)


def test_no_warehouse_no_index(path: Path) -> None:
    with pytest.raises(NotAWarehouseError):
        search(path, "fee")


def test_a_spoilt_index_says_what_to_do(published: Path) -> None:
    index_file(published).write_bytes(b"spoilt" * 1000)
    with pytest.raises(WarehouseError, match="delete it, it is made again"):
        search(published, "fee")


@settings(max_examples=60, deadline=None)
@given(words=st.text(max_size=30))
def test_whatever_is_typed_is_answered_or_explained(
    tmp_path_factory: pytest.TempPathFactory, words: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "typed.duckdb"
    if not path.exists():
        with writing(path) as db:
            load(db, week_one())
    try:
        search(path, words)
    except WarehouseError as error:
        assert "nothing to search for" in str(error)


@pytest.mark.parametrize(
    ("words", "snippet"),
    [
        ("猫", "私の黒**猫**は仕事をしない。"),
        ("黒猫", "私の**黒猫**は仕事をしない。"),
        ("猫黒", None),
        ("🐱", "My **🐱** sent an invoice 👍🏽"),
        ("👍", "My 🐱 sent an invoice **👍**🏽"),
        ("שלום", "He said \u202b**שלום** לכולם\u202c and left."),
        ("לכולם", "He said \u202bשלום **לכולם**\u202c and left."),
        ("CAFE", "A **café** in Łódź"),
        ("straße", "The **Straße** is closed"),
        ("แมว", "ฉันชอบ**แมว**มาก"),
    ],
)
def test_words_of_any_script(path: Path, words: str, snippet: str | None) -> None:
    first = page(1)
    said = (
        "私の黒猫は仕事をしない。",
        "My 🐱 sent an invoice 👍🏽",
        "He said \u202bשלום לכולם\u202c and left.",
        "A café in Łódź",
        "The Straße is closed",
        "ฉันชอบแมวมาก",
    )
    with writing(path) as db:
        load(
            db,
            batch(
                thread_of(*(post(str(n), ANN, text, first) for n, text in enumerate(said, 1))), pages=(first,)
            ),
        )
    assert [hit.snippet for hit in search(path, words)] == ([snippet] if snippet else [])


def test_an_index_of_an_older_version_is_made_again(published: Path) -> None:
    search(published, "fee")
    with sqlite3.connect(index_file(published)) as index:
        index.execute("PRAGMA user_version = 1")
        index.execute("DELETE FROM words")
    assert found(published, "fair") == ["forum:2"]


def test_posts_without_a_date_that_a_span_of_time_leaves_out_are_counted(path: Path) -> None:
    only_page = page(1)
    asks = post("1", ANN, "The fee is high.", only_page, posted_at=None)
    thread = thread_of(asks, post("2", ANN, "No fee at all.", only_page))
    with writing(path) as db:
        load(db, batch(thread, pages=(only_page,)))
    only = Filter(since=MONDAY - WEEK)
    assert found(path, "fee", only) == ["forum:2"]
    assert undated(path, "fee", only=only) == 1
    assert undated(path, "all", only=only) == 0
    assert undated(path, "fee", only=replace(only, author="Bo")) == 0
