"""Every recipe runs, answers what it says, and says what it asks."""

from collections.abc import Iterator

import pytest

from tests.bench.posts import fill
from warehouse.cookbook import Recipe, recipes
from warehouse.store import Warehouse, reading, writing


@pytest.fixture(scope="module")
def community(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    path = tmp_path_factory.mktemp("cookbook") / "w.duckdb"
    fill(path, 2_000)
    with reading(path) as db:
        yield db


@pytest.fixture(scope="module")
def nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    path = tmp_path_factory.mktemp("empty") / "w.duckdb"
    with writing(path):
        pass
    with reading(path) as db:
        yield db


def test_there_are_at_least_twenty_five() -> None:
    asked = recipes()
    assert len(asked) >= 25
    assert len({recipe.question for recipe in asked}) == len(asked)
    assert all(recipe.question.endswith("?") and recipe.explanation for recipe in asked)


EMPTY_HERE = {
    "changed_their_mind",
    "emerging",
    "proposed_together",
    "facets",
    "what_was_removed",
    "before_and_after",
    "ghosts",
    "acted_within_a_day",
    "declined_and_waiting",
    "put_to_the_vote",
}
"""The generated community has nothing of these: nobody edits, nothing is removed, all is coded."""


@pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.name)
def test_a_recipe_answers(community: Warehouse, recipe: Recipe) -> None:
    answer = community.query(recipe.sql)
    assert len(answer) > 0 or recipe.name in EMPTY_HERE
    assert community.query(recipe.sql).equals(answer)


@pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.name)
def test_a_recipe_answers_alike_wherever_the_reader_sits(community: Warehouse, recipe: Recipe) -> None:
    answer = community.query(recipe.sql).to_pylist()
    try:
        for place in ("America/New_York", "Asia/Tokyo"):
            community.connection.execute(f"SET TimeZone = '{place}'")
            assert community.query(recipe.sql).to_pylist() == answer
    finally:
        community.connection.execute("SET TimeZone = 'UTC'")


@pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.name)
def test_a_recipe_takes_an_empty_warehouse(nobody: Warehouse, recipe: Recipe) -> None:
    assert len(nobody.query(recipe.sql)) == 0
