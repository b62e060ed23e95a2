"""Headless Chromium over reports on disk; skipped where no browser is installed."""

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from reports.build import build
from tests.browser.pages import LISTEN

ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip
AXE = "axe-core@4.14.1"


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        pytest.skip("no Chromium is installed (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core, by npm; skipped where npm or the registry cannot be reached."""
    npm = shutil.which("npm")
    if not npm:
        pytest.skip("axe-core comes by npm, which is not installed")
    folder = tmp_path_factory.mktemp("axe")
    command = [npm, "install", AXE, "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder)]
    try:
        subprocess.run(command, capture_output=True, check=True, timeout=120)
    except (subprocess.SubprocessError, OSError) as error:
        pytest.skip(f"npm could not install {AXE}: {error}")
    return (folder / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Builds each report once, on first use."""

    @cache
    def built(community: str) -> Path:
        communities = _communities()
        folder = tmp_path_factory.mktemp(community)
        warehouse = getattr(communities, community)().save(folder / "w.duckdb")
        now: datetime = communities.NOW
        return build(warehouse, folder / "report", since=None, until=None, now=now, version="0.test").parent

    return built


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    context = browser.new_context(accept_downloads=True)
    context.add_init_script(LISTEN)
    yield context.new_page()
    context.close()


@pytest.fixture(params=["community", "hostile", "empty"])
def report(request: pytest.FixtureRequest, folders: Callable[[str], Path]) -> Path:
    """A report on each of the communities that the tests of the room `reports` know."""
    return folders(request.param)


def _communities() -> ModuleType:
    name = "communities"
    if name not in sys.modules:
        file = Path(__file__).parents[1] / "reports" / f"{name}.py"
        spec = importlib.util.spec_from_file_location(name, file)
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]
