"""A site, and a crawler that visits it again and again."""

from datetime import timedelta
from pathlib import Path

from quick import crawl
from trapsite import Site, Topic

from crawler.archive import read_pages
from crawler.model import SiteSpec, SiteSummary
from parse.page import Page
from parse.registry import read


class Forum:
    """A site, and a crawler that visits it again and again."""

    def __init__(self, site: Site, root: Path) -> None:
        self.site, self.root = site, root

    def visit(self, rotation: timedelta = timedelta(days=30), **spec: object) -> SiteSummary:
        self.site.log.clear()
        (summary,) = crawl([self.spec(**spec)], self.root, contact="me@example.org", recrawl_max=rotation)
        return summary

    def spec(self, **spec: object) -> SiteSpec:
        values: dict[str, object] = {"start": (self.site.url,), "delay": 0, "allow_private": True} | spec
        return SiteSpec(id="forum", **values)  # type: ignore[arg-type]

    def pages(self, topic: Topic | None = None) -> list[Page]:
        """All pages in the archive, or those of a topic."""
        found = [page for file in sorted((self.root / "forum").glob("*.gz")) for page in read_pages(file)]
        return [page for page in found if topic is None or f"/td-p/{topic.id}" in page.url]

    def held(self) -> set[int]:
        """Every post in the archive."""
        readings = (read(page) for page in self.pages())
        return {int(post.id) for reading in readings for thread in reading.threads for post in thread.posts}
