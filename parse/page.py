"""A response exactly as it came, and the same response opened for reading."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import blake2b, sha256
from typing import Any

from parse.charset import decode
from parse.json_fields import decoded
from parse.repair import refuse_bottomless, repair
from parse.tree import Markup, Tree
from parse.urls import absolute


@dataclass(frozen=True, kw_only=True)  # without slots: its hashes are kept
class Page:
    """One response of a server, or one saved file. Nothing about it is decided yet."""

    url: str
    """Where it was fetched from; a `file:` URL where a saved file does not tell."""
    body: bytes
    """The decoded payload (transfer and content encodings undone, charset not)."""
    fetched_at: datetime
    """Aware, UTC. A saved file: its modification time."""
    content_type: str = ""
    """The header as sent, charset included; empty when unknown."""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    """Response headers, names in lower case, in the order sent."""
    archive_file: str = ""
    """The WARC file (relative to the archive) or the saved file that holds the bytes."""
    archive_offset: int = 0
    archive_length: int = 0
    run_id: str | None = None
    begins_thread: str | None = None
    """The thread that a crawl looked for here, where it begins: one that is gone may have a new address."""
    beside: bytes = b""
    """A file that was saved with this one and says who is who in it, where one is known to."""

    @property
    def is_gone(self) -> bool:
        """The server says that nothing is here (any more)."""
        return self.status in (404, 410)

    def header(self, name: str) -> str | None:
        """The first header of this (lower-case) name, or None."""
        return next((value for key, value in self.headers if key == name), None)

    @cached_property
    def content_sha256(self) -> str:
        return sha256(self.body).hexdigest()

    @cached_property
    def page_id(self) -> str:
        """Stable for one fetch of one URL: the same archive read twice gives the same ids."""
        seed = f"{self.url}\n{self.fetched_at.isoformat()}\n{self.content_sha256}"
        return blake2b(seed.encode(), digest_size=12).hexdigest()


@dataclass
class Document:
    """A page opened for reading: text, tree and JSON are each made once, when first asked for."""

    page: Page
    platform_hint: str | None = None
    """What the user said with `--platform`."""
    day_first: bool | None = None
    """Whether this site's numeric dates put the day first, as its other pages have told."""
    likely: str | None = None
    """The platform that another page of the site was made with."""

    @cached_property
    def text(self) -> str:
        """The body as text: BOM, then header, then `<meta charset>`, then UTF-8, then windows-1252."""
        return decode(self.page.body, self.page.content_type)

    @cached_property
    def tree(self) -> Tree:
        refuse_bottomless(self.text, self.page.url)
        return Tree(repair(self.text, self.markup.tags), self.markup)

    @cached_property
    def base(self) -> str:
        """What relative links on the page start from."""
        stated = self.tree.css_first("base[href]") if "<base" in self.text else None
        return absolute(self.page.url, (stated.attributes.get("href") or "") if stated else "")

    @cached_property
    def markup(self) -> Markup:
        return Markup(self.text)

    @cached_property
    def json(self) -> Any:
        """The body as JSON; None when it is not JSON."""
        head = self.page.body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
        if head[:1] not in (b"{", b"["):
            return None
        return decoded(self.page.body)
