"""Serves the demo community on two free loopback ports: one site as Khoros, one as Discourse."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from folkmoot.demo.answer import Answer
from folkmoot.demo.content import load
from folkmoot.demo.discourse_api import DiscourseApi
from folkmoot.demo.khoros_pages import KhorosPages
from folkmoot.demo.model import Community
from folkmoot.demo.view import View

Site = KhorosPages | DiscourseApi


@dataclass(frozen=True, slots=True)
class DemoSite:
    """The two servers, while they run."""

    khoros: KhorosPages
    discourse: DiscourseApi

    @property
    def khoros_url(self) -> str:
        return f"{self.khoros.base}/"

    @property
    def discourse_url(self) -> str:
        return f"{self.discourse.base}/"

    def advance_week(self) -> None:
        """Let the next week happen: new posts, edits, removals, a lock."""
        for site in (self.khoros, self.discourse):
            site.view = replace(site.view, week=site.view.week + 1)


@contextmanager
def serve(community: Community | None = None) -> Iterator[DemoSite]:
    """Both sites in their first week, until the context is left. Needs no network and no fixed port."""
    community = community or load()
    ids = {site.platform: site.id for site in community.sites}
    with ExitStack() as servers:
        first = View(community=community, site_id=ids["khoros"], week=1)
        khoros = KhorosPages(first, "")
        discourse = DiscourseApi(replace(first, site_id=ids["discourse"]), "")
        for site in (khoros, discourse):
            site.base = servers.enter_context(_running(site))
        yield DemoSite(khoros, discourse)


@contextmanager
def _running(site: Site) -> Iterator[str]:
    """One server in a thread of its own; gives its address."""
    handler = type("Handler", (_Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        answer = self.site.answer(parts.path, parts.query)
        if answer.etag and answer.etag in (self.headers.get("If-None-Match") or ""):
            answer = replace(answer, status=304, body=b"")
        self.send(answer)

    def do_HEAD(self) -> None:
        self.do_GET()

    def send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        if answer.etag:
            self.send_header("ETag", answer.etag)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the demo's output is the pipeline's."""
