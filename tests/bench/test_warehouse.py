"""How fast posts come in, how big they get, and how fast they are asked. Run by `make bench`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bench import posts as made
from warehouse.load import Batch, load
from warehouse.store import Warehouse, writing

LOADED = 50_000


@pytest.fixture(scope="module")
def batches() -> list[Batch]:
    return list(made.batches(LOADED))


def test_load(benchmark: Any, tmp_path: Path, batches: list[Batch]) -> None:
    """First load of 50,000 posts, from dataclasses to a transaction committed; threads, quotes, replies too."""
    numbers = iter(range(100))

    def fresh() -> tuple[tuple[Path], dict[str, Any]]:
        return (tmp_path / f"{next(numbers)}.duckdb",), {}

    def whole(path: Path) -> None:
        with writing(path) as db:
            for batch in batches:
                load(db, batch)

    benchmark.pedantic(whole, setup=fresh, rounds=3)
    benchmark.extra_info["posts_per_second"] = round(LOADED / benchmark.stats["mean"])
    benchmark.extra_info["bytes_per_post"] = (tmp_path / "0.duckdb").stat().st_size // LOADED


@pytest.fixture
def loaded(tmp_path: Path, batches: list[Batch]) -> Iterator[Warehouse]:
    with writing(tmp_path / "w.duckdb") as db:
        for batch in batches:
            load(db, batch)
        yield db


def test_load_again(benchmark: Any, loaded: Warehouse, batches: list[Batch]) -> None:
    """The same 10,000 posts again, with 50,000 held: nothing changes."""
    benchmark(load, loaded, batches[0])
