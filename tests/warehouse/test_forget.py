"""Who asks to be forgotten is forgotten: everywhere, and also by the next crawl."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from parse.model import Author, Post, PostState
from tests.warehouse.conftest import (
    ANN,
    BO,
    CY,
    MONDAY,
    WEEK,
    answers,
    batch,
    page,
    post,
    thread_of,
    week_one,
)
from tests.warehouse.test_findings import tag
from warehouse.batch import Batch
from warehouse.errors import WarehouseError
from warehouse.findings import statements_of
from warehouse.forget import Forgotten, forgetting, traces
from warehouse.load import erasable, load
from warehouse.pseudonyms import pseudonym, pseudonymize
from warehouse.search import index_file, search
from warehouse.secret import key, key_file
from warehouse.spelling import Spelling
from warehouse.store import reading, writing

TODAY = date(2026, 4, 1)
ANNS = Spelling(names=("Ann Ortega", "ann"))


def forget(path: Path, what: str, *, today: date) -> Forgotten:
    with forgetting(path, what, today=today) as forgotten:
        return forgotten


def texts(path: Path) -> list[str]:
    with reading(path) as db:
        said: list[str] = db.query("SELECT text FROM posts ORDER BY post_id")["text"].to_pylist()
    return said


def gossip() -> tuple[Post, ...]:
    """Week one, and posts that speak of Ann: by name, at the edge of a word, and as a ghost."""
    first = page(1)
    return (
        post("4", BO, "I agree with Ann Ortega, ann ortega! And @ann. But annual fees, Susann, stay.", first),
        post("ghost-1", ANN, "Something nobody kept.", None, state=PostState.GHOST),
    )


@pytest.fixture
def published(path: Path) -> Path:
    with writing(path) as db:
        whole = week_one()
        load(db, replace(whole, threads=(thread_of(*whole.threads[0].posts, *gossip()),)))
        tag(db)
        again = page(1, at=MONDAY + WEEK)
        seen = [replace(each, page_id=again.page_id) for each in whole.threads[0].posts]
        seen[0] = replace(seen[0], text="The fee is far too high. Please lower it.")
        load(db, batch(thread_of(*seen, *gossip()), pages=(again,)))
    search(path, "fee")
    return path


def everything_said(path: Path) -> str:
    with reading(path) as db:
        tables = (
            "posts",
            "post_revisions",
            "quotes",
            "authors",
            "stances",
            "proposal_mentions",
            "moderation_events",
        )
        return "\n".join(str(db.query(f"FROM {table}").to_pylist()) for table in tables)


def test_nothing_of_a_person_is_left(published: Path) -> None:
    forgotten = forget(published, "ann ortega", today=TODAY)
    assert forgotten.spelling.names == ("Ann Ortega", "ann")
    assert forgotten.posts == 2
    with reading(published) as db:
        assert traces(db, ANNS) == []
    said = everything_said(published)
    for trace in ("Ortega", "too high", "lower it", "nobody kept", "forum:11"):
        assert trace not in said
    assert "I agree with ██████████, ██████████! And @███. But annual fees, Susann, stay." in said
    for file in published.parent.iterdir():
        content = file.read_bytes()
        assert b"Ortega" not in content
        assert b"too high" not in content


def test_what_others_wrote_stays_and_hangs_together(published: Path) -> None:
    forget(published, "forum:11", today=TODAY)
    with reading(published) as db:
        posts = db.query("SELECT post_id, text, full_text FROM posts ORDER BY 1").to_pylist()
        assert [each["post_id"] for each in posts] == ["forum:2", "forum:3", "forum:4"]
        assert posts[0]["full_text"] == posts[0]["text"] == "No, it is fair."
        quote = db.query(
            "SELECT text, attributed_to, source_post_id FROM quotes ORDER BY ordinal"
        ).to_pylist()[0]
        assert quote == {"text": "", "attributed_to": None, "source_post_id": None}
        orphans = "SELECT * FROM replies WHERE parent_post_id NOT IN (SELECT post_id FROM posts)"
        assert len(db.query(orphans)) == 0
        assert db.query("SELECT count(*) AS n FROM replies WHERE is_primary").to_pylist() == [{"n": 2}]


def test_the_archive_records_to_rewrite_are_named(published: Path) -> None:
    forgotten = forget(published, "ann", today=TODAY)
    assert {(record.archive_file, record.archive_offset) for record in forgotten.records} == {
        ("f.warc.gz", 100)
    }


@pytest.mark.parametrize("kept", ["opens_with", "NULL"], ids=["now", "forgotten by an older version"])
def test_the_next_crawl_does_not_bring_them_back(published: Path, kept: str) -> None:
    forget(published, "ann", today=TODAY)
    with writing(published) as db:
        db.connection.execute(f"UPDATE tombstones SET opens_with = {kept}")
    third = page(1, at=MONDAY + 2 * WEEK)
    posts = [replace(each, page_id=third.page_id) for each in (*week_one().threads[0].posts, gossip()[0])]
    named = post("8", Author(name="ann ortega"), "Me again.", third)
    talk = "ANN ortega, Ann_Ortega (annual: no), said (Ann  Ortega) to @ann: ann-ortega is Ann\u00a0Ortega."
    posts.append(post("9", BO, talk, third))
    with writing(published) as db:
        load(db, batch(thread_of(*posts, named), pages=(third,)))
    with reading(published) as db:
        assert traces(db, ANNS) == []
    said = everything_said(published)
    assert "too high" not in said
    assert "Me again" not in said
    assert "it is fair" in said
    left = "█" * 10
    assert f"{left}, {left} (annual: no), said ({left}█) to @███: {left} is {left}." in said


@pytest.mark.parametrize("typed", ["ann ortega", "otter"])
@pytest.mark.parametrize("is_read_at_once", [True, False])
def test_who_took_another_name_is_forgotten_under_both(path: Path, typed: str, is_read_at_once: bool) -> None:
    first, second = page(1), page(1, at=MONDAY + WEEK)
    old = (post("1", ANN, "Lower the fee.", first), post("4", BO, "Ann Ortega is right.", first))
    new = post("5", replace(ANN, name="Otter", login=None), "Lower it more.", second)
    loads = (
        [batch(thread_of(*old, new), pages=(first, second))]
        if is_read_at_once
        else [batch(thread_of(*old), pages=(first,)), batch(thread_of(new), pages=(second,))]
    )
    with writing(path) as db:
        for each in loads:
            load(db, each)
        held = db.query("SELECT name, former_names FROM authors WHERE author_id = 'forum:11'").to_pylist()
    assert held == [{"name": "Otter", "former_names": ["Ann Ortega"]}]
    forgotten = forget(path, typed, today=TODAY)
    assert {"Ann Ortega", "Otter"} <= set(forgotten.spelling.names)
    assert "Ann Ortega" not in everything_said(path)
    with writing(path) as db:
        load(db, batch(thread_of(post("6", BO, "Where is Ann Ortega?", second)), pages=(second,)))
    assert "Ann Ortega" not in everything_said(path)


def test_a_tombstone_says_nothing_by_itself(published: Path) -> None:
    forget(published, "ann", today=TODAY)
    with reading(published) as db:
        stones = db.query("FROM tombstones").to_pylist()
    assert len(stones) == 7  # the account, two names over posts and in texts, two posts
    assert all(len(stone["digest"]) == 32 for stone in stones)
    assert key_file(published).stat().st_mode & 0o077 == 0


def test_a_single_post_goes_by_its_address(published: Path) -> None:
    assert forget(published, "https://forum.example/p/2", today=TODAY).posts == 1
    with reading(published) as db:
        assert db.query("SELECT count(*) AS n FROM posts WHERE author_id = 'forum:12'").to_pylist() == [
            {"n": 1}
        ]


def test_posts_that_may_call_them_by_their_first_name_are_told_and_left(path: Path) -> None:
    first = page(1)
    said = {"2": "Ann, you are right.", "3": "Anna and annual fees", "4": "I asked Ann Ortega."}
    posts = [post("1", ANN, "Lower it", first), *(post(id, BO, text, first) for id, text in said.items())]
    elsewhere = thread_of(post("5", BO, "Another Ann", first, position=1), id="8")
    with writing(path) as db:
        load(db, batch(thread_of(*posts), elsewhere, pages=(first,)))
    forgotten = forget(path, "Ann Ortega", today=TODAY)
    assert forgotten.called == {"Ann": ["forum:2"]}
    with reading(path) as db:
        assert db.query("SELECT text FROM posts WHERE post_id = 'forum:2'")["text"].to_pylist() == [said["2"]]


def test_a_whole_thread_goes_by_its_address(published: Path) -> None:
    assert forget(published, "https://forum.example/t/7", today=TODAY).posts == 5
    with reading(published) as db:
        assert db.query("SELECT count(*) AS n FROM threads").to_pylist() == [{"n": 0}]
    with writing(published) as db:
        assert load(db, week_one()).posts_new == 0


def test_search_forgets_too(published: Path) -> None:
    forget(published, "ann", today=TODAY)
    assert not index_file(published).exists()
    assert search(published, "high") == []


def test_who_has_a_pseudonym_here_is_forgotten_by_their_own_name(path: Path) -> None:
    secret = key(path)
    whole = week_one()
    with writing(path) as db:
        load(db, replace(whole, threads=tuple(pseudonymize(each, secret) for each in whole.threads)))
    forgotten = forget(path, " ann ORTEGA ", today=TODAY)
    assert forgotten.posts == 1
    assert pseudonym("Ann Ortega", secret) not in everything_said(path)
    # The archive has the pages as they came: the name itself is looked for there, too.
    assert {pseudonym("Ann Ortega", secret), "ann ORTEGA"} <= set(forgotten.spelling.names)
    assert forgotten.spelling.shown("Ann Ortega wrote this")


def test_a_stranger_cannot_be_forgotten(published: Path) -> None:
    with pytest.raises(WarehouseError, match=r"nothing in .* is called 'Nobody'"):
        forget(published, "Nobody", today=TODAY)


def test_pages_that_bring_the_forgotten_back_are_told(published: Path) -> None:
    forget(published, "ann", today=TODAY)
    third = replace(page(1, at=MONDAY + 2 * WEEK), archive_offset=700)
    quiet = replace(page(2, at=MONDAY + 2 * WEEK), archive_offset=800)
    seen = [replace(each, page_id=third.page_id) for each in week_one().threads[0].posts]
    with writing(published) as db:
        load(db, batch(thread_of(*seen, post("9", BO, "Nothing.", quiet)), pages=(third, quiet)))
        assert erasable(db) == {"f.warc.gz": [700]}


def test_an_id_that_is_a_post_and_its_thread_is_asked_about(path: Path) -> None:
    first = page(1)
    with writing(path) as db:
        posts = (post("7", BO, "One.", first, position=1), post("8", ANN, "Two.", first))
        load(db, batch(thread_of(*posts, id="7"), pages=(first,)))
    with pytest.raises(WarehouseError, match="say post:forum:7 or thread:forum:7"):
        forget(path, "forum:7", today=TODAY)
    assert forget(path, "post:forum:7", today=TODAY).posts == 1
    assert texts(path) == ["Two."]
    assert forget(path, "thread:forum:7", today=TODAY).posts == 1
    assert texts(path) == []


def test_who_could_not_be_taken_out_of_everything_else_is_not_forgotten_yet(published: Path) -> None:
    with pytest.raises(KeyboardInterrupt), forgetting(published, "ann ortega", today=TODAY) as forgotten:
        first = forgotten
        raise KeyboardInterrupt
    assert "Ann Ortega" in everything_said(published)
    assert forget(published, "ann ortega", today=TODAY) == first
    assert "Ann Ortega" not in everything_said(published)


def test_answers_to_the_forgotten_hang_where_they_hung_after_the_next_crawl(path: Path) -> None:
    def crawled(week: int) -> Batch:
        shown = page(1, at=MONDAY + week * WEEK)
        by = {"1": BO, "2": ANN, "3": CY, "4": BO}
        posts = [post(name, who, f"Words of {name}.", shown, position=int(name)) for name, who in by.items()]
        edges = [answers(str(n + 1), str(n), method="quote") for n in (1, 2, 3)]
        return batch(replace(thread_of(*posts), replies=tuple(edges)), pages=(shown,))

    def tree() -> tuple[dict[str, str], dict[str, int]]:
        with reading(path) as db:
            edges = db.query("SELECT post_id, parent_post_id AS parent FROM replies WHERE is_primary")
            posts = db.query("SELECT post_id, depth FROM posts")
        return (
            {row["post_id"]: row["parent"] for row in edges.to_pylist()},
            {row["post_id"]: row["depth"] for row in posts.to_pylist()},
        )

    with writing(path) as db:
        load(db, crawled(0))
    forget(path, "ann", today=TODAY)
    hung = ({"forum:3": "forum:1", "forum:4": "forum:3"}, {"forum:1": 0, "forum:3": 1, "forum:4": 2})
    assert tree() == hung
    with writing(path) as db:
        load(db, crawled(1))
    assert tree() == hung
    with reading(path) as db:
        (third,) = statements_of(db, ["forum:3"])
    assert third.reply_to is None  # whatever it says for or against, it does not say of the opening post


def test_the_first_crawl_after_it_changes_nothing(path: Path) -> None:
    def seen(weeks: int) -> Batch:
        shown = page(1, at=MONDAY + weeks * WEEK)
        posts = (*week_one().threads[0].posts, *gossip())
        return batch(
            thread_of(*(replace(each, page_id=each.page_id and shown.page_id) for each in posts)),
            pages=(shown,),
        )

    with writing(path) as db:
        load(db, seen(0))
    forget(path, "Ann Ortega", today=TODAY)
    with writing(path) as db:
        told = load(db, seen(1))
    assert (told.posts_new, told.posts_changed, told.posts_removed) == (0, 0, 0)
