"""A real forum on a loopback port: installed from PyPI, filled, changed and asked through its own functions."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from crawler.archive import read_pages
from crawler.model import SiteSpec, SiteSummary
from crawler.run import crawl
from parse.model import PostState
from parse.page import Page
from parse.registry import read

HERE = Path(__file__).parent
only_live = pytest.mark.skipif(
    not os.environ.get("FOLKMOOT_LIVE"), reason="set FOLKMOOT_LIVE to install a forum"
)


def installed(package: str, root: Path) -> str:
    """An interpreter that has the forum.

    FOLKMOOT_LIVE_VENVS names a folder in which environments are kept from one run to the next.
    """
    home = Path(os.environ.get("FOLKMOOT_LIVE_VENVS") or root) / package.partition("=")[0]
    python = home / "bin/python"
    if not (home / ".ready").exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", package], check=True)
        (home / ".ready").touch()
    return str(python)


class Forum:
    """A running forum, and a crawler that visits it."""

    def __init__(self, python: str, script: str, folder: Path, port: int, path: str) -> None:
        self._command = [python, str(HERE / script), str(folder)]
        self.url = f"http://127.0.0.1:{port}{path}"
        self.port, self.root = port, folder / "archive"

    def do(self, what: str) -> str:
        done = subprocess.run([*self._command, what], check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def truth(self) -> dict[str, str]:
        """Every post that a guest may read, by its id."""
        posts: dict[str, str] = json.loads(self.do("truth"))
        return posts

    def serve(self) -> "subprocess.Popen[bytes]":
        quiet = subprocess.DEVNULL
        server = subprocess.Popen([*self._command, "serve", str(self.port)], stdout=quiet, stderr=quiet)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                with urlopen(self.url):
                    return server
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the forum did not start")

    def visit(self, rotation: timedelta = timedelta(days=30)) -> SiteSummary:
        spec = SiteSpec(id="yard", start=(self.url,), delay=0, allow_private=True)
        (summary,) = crawl([spec], self.root, contact="me@example.org", recrawl_max=rotation)
        return summary

    def pages(self, run_id: str | None = None) -> list[Page]:
        found = [page for file in sorted((self.root / "yard").glob("*.gz")) for page in read_pages(file)]
        return [page for page in found if run_id in (None, page.run_id)]

    def threads(self, run_id: str | None = None) -> list[Any]:
        return [thread for page in self.pages(run_id) for thread in read(page).threads]

    def shown(self, run_id: str | None = None) -> dict[str, str]:
        """Every post that a run (or all of them) saw, with its words."""
        posts = [post for thread in self.threads(run_id) for post in thread.posts]
        return {post.id: post.text.strip() for post in posts if post.state is PostState.VISIBLE}

    def thread_of(self, post_id: str) -> str:
        return next(t.id for t in self.threads() if any(post.id == post_id for post in t.posts))

    def pages_of(self, run_id: str, thread_id: str) -> set[int | None]:
        return {thread.page_number for thread in self.threads(run_id) if thread.id == thread_id}


@contextmanager
def running(package: str, script: str, folder: Path, path: str) -> Iterator[Forum]:
    """Installs, fills and serves a forum."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    forum = Forum(installed(package, folder), script, folder, port, path)
    forum.do("fill")
    server = forum.serve()
    try:
        yield forum
    finally:
        server.terminate()
        server.wait()
