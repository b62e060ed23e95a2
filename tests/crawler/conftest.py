"""Lets the tests of this folder (and the benchmark) import `trapsite`: importlib mode adds no path."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from trapsite import START, Site, serving
from visits import Forum


@pytest.fixture
def forum(tmp_path: Path) -> Iterator[Forum]:
    site = Site(rows=10)
    for n in range(40):
        site.topic("Talk", f"Thread {n}", 12 if n % 10 == 0 else 3, START + timedelta(hours=n))
    with serving(site):
        yield Forum(site, tmp_path)
