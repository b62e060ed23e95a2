"""A real forum, installed from PyPI, filled through its own functions, crawled, changed and crawled again.

Runs where FOLKMOOT_LIVE is set, since it installs packages. FOLKMOOT_LIVE_PYTHON names an interpreter that
has django-machina already.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from crawler.archive import read_pages
from crawler.model import SiteSpec, SiteSummary
from crawler.run import crawl
from parse.page import Page
from parse.registry import read

pytestmark = pytest.mark.skipif(
    not os.environ.get("FOLKMOOT_LIVE"), reason="set FOLKMOOT_LIVE to install a forum"
)
PACKAGE = "django-machina==1.3.1"
SCRIPT = Path(__file__).with_name("machina_site.py")


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An interpreter that has the forum."""
    ready = os.environ.get("FOLKMOOT_LIVE_PYTHON")
    if ready:
        return ready
    home = tmp_path_factory.mktemp("machina")
    subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
    subprocess.run([str(home / "bin/python"), "-m", "pip", "install", "--quiet", PACKAGE], check=True)
    return str(home / "bin/python")


class Forum:
    def __init__(self, python: str, folder: Path, port: int) -> None:
        self._command = [python, str(SCRIPT), str(folder)]
        self.url = f"http://127.0.0.1:{port}/forum/"
        self.port = port

    def do(self, what: str) -> str:
        return subprocess.run([*self._command, what], check=True, capture_output=True, text=True).stdout

    def truth(self) -> dict[str, str]:
        posts: dict[str, str] = json.loads(self.do("truth"))
        return posts

    def serve(self) -> "subprocess.Popen[bytes]":
        quiet = subprocess.DEVNULL
        server = subprocess.Popen([*self._command, "serve", str(self.port)], stdout=quiet, stderr=quiet)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                with urlopen(self.url):
                    return server
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the forum did not start")


@pytest.fixture
def forum(python: str, tmp_path: Path) -> Iterator[Forum]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    forum = Forum(python, tmp_path, port)
    forum.do("fill")
    server = forum.serve()
    yield forum
    server.terminate()
    server.wait()


def test_a_week_in_a_real_forum(forum: Forum, tmp_path: Path) -> None:
    root = tmp_path / "archive"
    first = visit(forum, root)
    assert first.outcome == "finished"
    assert first.failures == ()
    assert shown(root) == forum.truth()
    before = forum.truth()

    forum.do("change")
    second = visit(forum, root)
    assert second.failures == ()
    assert shown(root, second.run_id).items() <= forum.truth().items()
    new = forum.truth().items() - before.items()
    assert new <= shown(root, second.run_id).items()  # replies, the new topic, the edit
    (deleted,) = before.keys() - forum.truth().keys()
    assert deleted not in shown(root, second.run_id)
    assert pages_of(root, second.run_id, deleted_from(root, deleted)) == {1, 2}  # its whole thread was read
    assert second.requests <= first.requests / 2

    third = visit(forum, root)
    assert third.pages_fetched == 3  # the index and two listings


def visit(forum: Forum, root: Path) -> SiteSummary:
    spec = SiteSpec(id="yard", start=(forum.url,), delay=0, allow_private=True)
    (summary,) = crawl([spec], root, contact="me@example.org")
    return summary


def pages(root: Path, run_id: str | None = None) -> list[Page]:
    found = [page for file in sorted((root / "yard").glob("*.gz")) for page in read_pages(file)]
    return [page for page in found if run_id in (None, page.run_id)]


def shown(root: Path, run_id: str | None = None) -> dict[str, str]:
    """Every post that a run (or all of them) saw, with its words."""
    threads = [thread for page in pages(root, run_id) for thread in read(page).threads]
    return {post.id: post.text.strip() for thread in threads for post in thread.posts}


def deleted_from(root: Path, post_id: str) -> str:
    threads: list[Any] = [thread for page in pages(root) for thread in read(page).threads]
    return next(thread.id for thread in threads if any(post.id == post_id for post in thread.posts))


def pages_of(root: Path, run_id: str, thread_id: str) -> set[int | None]:
    threads = [thread for page in pages(root, run_id) for thread in read(page).threads]
    return {thread.page_number for thread in threads if thread.id == thread_id}
