"""What sites tell of their changes in one answer: feeds (RSS, Atom), sitemaps, packed or in parts."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from xml.etree.ElementTree import Element, iterparse
from xml.etree.ElementTree import ParseError as ParseFailure

from parse.dates import parse_time
from parse.html_fields import attribute
from parse.inflate import GZIP, inflated
from parse.mail_fields import sent_at
from parse.model import ParseError
from parse.page import Document, Page
from parse.urls import absolute

MAX_XML = 50_000_000
"""What a sitemap may have at most, by its own standard."""
ENTRIES = {"rss": "item", "RDF": "item", "feed": "entry", "urlset": "url", "sitemapindex": "sitemap"}
"""What the root is called, and what stands in it for each thing told."""
_FEED_TYPES = ("application/rss+xml", "application/atom+xml")
_TIMES = ("updated", "pubDate", "date", "published", "lastmod")
"""The latest change first: an Atom entry has both, the day it was written and that of its last edit."""


@dataclass(frozen=True, slots=True)
class Told:
    """Something has changed, and when; None where it does not say."""

    url: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class News:
    """What one feed or sitemap tells."""

    entries: tuple[Told, ...] = ()
    parts: tuple[Told, ...] = ()
    """Further sitemaps, where this is a list of them."""
    is_complete: bool = False
    """It tells of everything there is (a sitemap), not only of what came last (a feed)."""

    @property
    def since(self) -> datetime | None:
        """From when on it tells of everything; None where it does not say when anything was."""
        if any(entry.at is None for entry in self.entries):
            return None
        if self.is_complete:
            return datetime.min.replace(tzinfo=UTC)
        return min((entry.at for entry in self.entries if entry.at), default=None)


def read_news(page: Page) -> News:
    """Reads a feed or a sitemap. Raises ParseError for anything else."""
    told: list[Told] = []
    kind = ""
    try:
        # Element by element: the tree of a whole sitemap takes ten times its text.
        plain = BytesIO(_unpacked(page.body))
        for event, node in iterparse(plain, ("start", "end")):  # noqa: S314 - expat bounds what entities grow to
            kind = kind or _kind(node)
            if event == "end" and _name(node) == ENTRIES[kind]:
                told += _told(node, page)
                node.clear()
    except (ParseFailure, zlib.error, ValueError, LookupError) as error:
        raise ParseError(f"{page.url}: neither a feed nor a sitemap ({error})") from None
    is_complete = kind in ("urlset", "sitemapindex")
    if kind == "sitemapindex":
        return News(parts=tuple(told), is_complete=is_complete)
    return News(entries=tuple(told), is_complete=is_complete)


def _kind(root: Element) -> str:
    if _name(root) not in ENTRIES:
        raise ValueError(f"it begins with <{_name(root)}>")
    return _name(root)


def feeds_of(doc: Document) -> tuple[str, ...]:
    """The feeds that a page's head names."""
    if not any(kind in doc.text for kind in _FEED_TYPES):
        return ()
    links = doc.tree.css('link[rel~="alternate"][href]')
    urls = (attribute(link, "href") for link in links if attribute(link, "type").lower() in _FEED_TYPES)
    return tuple(dict.fromkeys(absolute(doc.page.url, url) for url in urls))


def _unpacked(body: bytes) -> bytes:
    """A sitemap.xml.gz is packed whatever its headers say."""
    if body[:2] != b"\x1f\x8b":
        return body
    data = inflated(body, GZIP, MAX_XML + 1)
    if len(data) > MAX_XML:
        raise ValueError(f"more than {MAX_XML // 1_000_000} MB once decompressed")
    return data


def _told(node: Element, page: Page) -> Iterator[Told]:
    # Of several links the one without a rel, or the alternate, is the thing itself.
    shown = [child for child in node if child.get("rel", "alternate") == "alternate"]
    fields = {_name(child): child for child in reversed(shown)}
    link = fields.get("loc", fields.get("link"))
    url = "" if link is None else (link.get("href") or link.text or "").strip()
    if url:
        when = next((fields[name].text for name in _TIMES if name in fields), None)
        yield Told(absolute(page.url, url), _moment(when or "", page.fetched_at))


def _moment(text: str, now: datetime) -> datetime | None:
    """Of a feed as mail writes it, or as ISO 8601, whose day may stand alone."""
    return sent_at(text) or parse_time(text, now=now)


def _name(node: Element) -> str:
    """Without the namespace."""
    return node.tag.rpartition("}")[2]
