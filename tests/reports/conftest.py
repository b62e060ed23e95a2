"""Warehouses to report on, and a builder of reports."""

import importlib.util
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import ModuleType

import pytest

from reports.build import build


def _sibling(name: str) -> ModuleType:
    """A helper module that stands beside the tests: they are no package, so it is loaded by its path."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


_COMMUNITIES = _sibling("communities")
NOW: datetime = _COMMUNITIES.NOW


@pytest.fixture(scope="session")
def communities() -> ModuleType:
    return _COMMUNITIES


@pytest.fixture(scope="session")
def community_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _COMMUNITIES.community().save(tmp_path_factory.mktemp("community") / "w.duckdb")


@pytest.fixture(scope="session")
def hostile_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _COMMUNITIES.hostile().save(tmp_path_factory.mktemp("hostile") / "w.duckdb")


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _COMMUNITIES.empty().save(tmp_path_factory.mktemp("empty") / "w.duckdb")


Reporter = Callable[..., Path]


@pytest.fixture
def report(tmp_path: Path) -> Reporter:
    """Builds a report and returns its folder."""

    def built(
        warehouse: Path, *, name: str = "report", since: date | None = None, until: date | None = None,
        compare: date | None = None, now: datetime = NOW,
    ) -> Path:  # fmt: skip
        index = build(
            warehouse, tmp_path / name, since=since, until=until, compare=compare, now=now, version="0.test"
        )
        return index.parent

    return built


@pytest.fixture(scope="session")
def community_report(community_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on all of the community, built once: only to be read."""
    out = tmp_path_factory.mktemp("built") / "report"
    return build(community_file, out, since=None, until=None, now=NOW, version="0.test").parent
