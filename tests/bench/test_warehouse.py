"""How fast posts come in, how long a publish takes, and how fast a million posts answer. Run by `make bench`."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.bench import posts as made
from warehouse.batch import Batch
from warehouse.cookbook import Recipe, recipes
from warehouse.load import load
from warehouse.store import Warehouse, reading, writing

LOADED, A_BATCH = 150_000, 50_000
MILLION = 1_000_000


@pytest.fixture(scope="module")
def batches() -> list[Batch]:
    return list(made.batches(LOADED, a_batch=A_BATCH))


def test_load(benchmark: Any, tmp_path: Path, batches: list[Batch]) -> None:
    """First load of 150,000 posts, from dataclasses to transactions committed; threads, quotes, replies too."""
    numbers = iter(range(100))
    with ExitStack() as opened:

        def fresh() -> tuple[tuple[Warehouse], dict[str, Any]]:
            opened.pop_all().close()
            return (opened.enter_context(writing(tmp_path / f"{next(numbers)}.duckdb")),), {}

        def whole(db: Warehouse) -> None:
            for batch in batches:
                load(db, batch)

        benchmark.pedantic(whole, setup=fresh, rounds=3)
    benchmark.extra_info["posts_per_second"] = round(LOADED / benchmark.stats["min"])
    benchmark.extra_info["bytes_per_post"] = (tmp_path / "0.duckdb").stat().st_size // LOADED


@pytest.fixture
def loaded(tmp_path: Path, batches: list[Batch]) -> Iterator[Warehouse]:
    with writing(tmp_path / "w.duckdb") as db:
        for batch in batches:
            load(db, batch)
        yield db


def test_load_again(benchmark: Any, loaded: Warehouse, batches: list[Batch]) -> None:
    """50,000 posts again, with 150,000 held: nothing changes."""
    benchmark.pedantic(load, (loaded, batches[0]), rounds=3)


@pytest.fixture(scope="module")
def million(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("million") / "w.duckdb"
    made.fill(path, MILLION)
    return path


def test_publish(benchmark: Any, million: Path) -> None:
    """A run that finds 10,000 posts among a million changed: the working copy, the load, and the publish."""
    numbers = iter(range(100, 200))

    def run() -> None:
        with writing(million) as db:
            load(db, next(made.batches(10_000, seed=next(numbers))))

    benchmark.pedantic(run, rounds=3)


@pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.name)
def test_cookbook(benchmark: Any, million: Path, recipe: Recipe) -> None:
    """One question of the cookbook to a million posts."""
    with reading(million) as db:
        benchmark.pedantic(db.query, (recipe.sql,), rounds=3)
