"""Which posts of other threads are offered for quotes that their own thread does not explain."""

from dataclasses import replace
from typing import Any

from parse.model import Post, Quote
from tests.warehouse.conftest import ANN, BO, CY, batch, page, post, thread_of
from warehouse.elsewhere import offers
from warehouse.load import load
from warehouse.store import Warehouse

FEE = "Arbitration costs more than freelancers from poorer countries earn in several months altogether."
COMMON = "Arbitration costs money, and freelancers know it."
MARKET = "Oranges, lemons and marmalade are sold beside the railway station on Saturdays only."


def quoting(**quote: Any) -> Post:
    """Post 20, long after the others, with one quote."""
    made = Quote(**{"ordinal": 1, "depth": 1, "text": FEE, "attributed_to": "Ann"} | quote)
    return replace(post("20", BO, "Still true.", page(1, thread="8")), quotes=(made,))


def fill(db: Warehouse, *there: Post, here: Post) -> None:
    first = thread_of(post("1", CY, "What does it cost?", page()), *there)
    second = thread_of(post("19", CY, "And now?", page(1, thread="8")), here, id="8")
    load(db, batch(first, second, pages=(page(), page(1, thread="8"))))


def offered(db: Warehouse) -> list[tuple[str, str, int, str, str]]:
    return [
        (offer.thread_id, offer.post_id, offer.quote.ordinal, thread_id, other.id)
        for offer in offers(db, "forum", 8)
        for thread_id, other in offer.candidates
    ]


def test_a_post_with_the_rare_words_of_the_quote_is_offered(db: Warehouse) -> None:
    fill(db, post("2", ANN, FEE, page()), post("3", BO, MARKET, page()), here=quoting())
    assert offered(db) == [("8", "20", 1, "7", "2")]


def test_a_post_whose_id_the_markup_names_is_offered_for_a_quote_of_a_word(db: Warehouse) -> None:
    fill(db, post("2", ANN, MARKET, page()), here=quoting(text="Only?", source_ref="2"))
    assert offered(db) == [("8", "20", 1, "7", "2")]


def test_the_post_that_shares_most_is_offered_and_not_whoever_uses_the_same_words(db: Warehouse) -> None:
    fill(db, post("2", ANN, FEE, page()), post("3", BO, COMMON, page()), here=quoting())
    assert [other for *_, other in offered(db)] == ["2"]


def test_no_post_is_offered_that_was_written_after_the_quote(db: Warehouse) -> None:
    fill(db, post("30", ANN, FEE, page()), here=quoting())
    assert offered(db) == []


def test_a_short_quote_without_a_link_is_not_looked_up(db: Warehouse) -> None:
    fill(db, post("2", ANN, FEE, page()), here=quoting(text="Arbitration costs more than freelancers"))
    assert offered(db) == []


def test_a_quote_with_a_source_is_not_looked_up(db: Warehouse) -> None:
    known = quoting(source_post_id="19", source_method="text", source_confidence=0.9)
    fill(db, post("2", ANN, FEE, page()), here=known)
    assert offered(db) == []


def test_a_link_to_another_thread_is_followed_though_a_post_here_says_nearly_the_same(db: Warehouse) -> None:
    guessed = quoting(source_ref="2", source_post_id="19", source_method="text", source_confidence=0.7)
    fill(db, post("2", ANN, MARKET, page()), here=guessed)
    assert ("8", "20", 1, "7", "2") in offered(db)
