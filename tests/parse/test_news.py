"""What feeds and sitemaps of every kind tell, and that nothing else is taken for one."""

import gzip
from datetime import UTC, datetime

import pytest

from parse.model import ParseError
from parse.news import Told, feeds_of, read_news
from parse.page import Document, Page

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
URL = "https://forum.example/t/7"


def page(body: str | bytes) -> Page:
    data = body.encode() if isinstance(body, str) else body
    return Page(url="https://forum.example/feed", body=data, fetched_at=NOON)


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Latest</title><link>https://forum.example/</link>
<item><title>Fee</title><link>{URL}</link><pubDate>Mon, 02 Mar 2026 12:00:00 GMT</pubDate></item></channel></rss>"""
DATED = RSS.replace(
    "pubDate>Mon, 02 Mar 2026 12:00:00 GMT</pubDate", "dc:date>2026-03-02T13:00:00+01:00</dc:date"
)
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="/feed"/><updated>2026-03-02T12:30:00Z</updated>
<entry><published>2026-02-01T00:00:00Z</published><updated>2026-03-02T12:00:00Z</updated>
<link rel="replies" href="/t/7/replies"/><link rel="alternate" href="/t/7"/></entry></feed>"""
SITEMAP = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><!-- made by hand -->
<url><loc> {URL} </loc><lastmod>2026-03-02T12:00:00Z</lastmod></url></urlset>"""


@pytest.mark.parametrize("text", [RSS, DATED, ATOM, SITEMAP], ids=["rss", "rss with dc", "atom", "sitemap"])
def test_each_kind_tells_what_changed_and_when(text: str) -> None:
    assert read_news(page(text)).entries == (Told(URL, NOON),)


def test_a_feed_reaches_back_to_its_oldest_entry_and_a_sitemap_to_the_beginning() -> None:
    assert read_news(page(RSS)).since == NOON
    assert read_news(page(SITEMAP)).since == datetime.min.replace(tzinfo=UTC)
    assert read_news(page(SITEMAP.replace("lastmod", "priority"))).since is None


def test_a_packed_sitemap_is_unpacked_whatever_the_headers_say() -> None:
    assert read_news(page(gzip.compress(SITEMAP.encode()))).entries == (Told(URL, NOON),)
    pieces = [gzip.compress(piece.encode()) for piece in (SITEMAP[:60], SITEMAP[60:])]
    assert read_news(page(b"".join(pieces) + b"\n")).entries == (Told(URL, NOON),)


def test_a_list_of_sitemaps_names_its_parts() -> None:
    listed = "<sitemapindex><sitemap><loc>/map-1.xml.gz</loc><lastmod>2026-03-02</lastmod></sitemap></sitemapindex>"
    news = read_news(page(listed))
    assert news.entries == ()
    assert news.parts == (Told("https://forum.example/map-1.xml.gz", NOON.replace(hour=0)),)


BOMB = gzip.compress(b"<urlset>" + b" " * 60_000_000 + b"</urlset>")
LAUGHS = (
    "<!DOCTYPE a [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1 or chr(0)};'.replace(chr(0), '') * 50}'>" for n in range(1, 12))
    + "]><rss><channel>&a11;</channel></rss>"
)


@pytest.mark.parametrize(
    "body",
    ["", "<html><body>Not found</body></html>", "<rss><item>", b"\x1f\x8bgarbage", BOMB, LAUGHS, "{}"],
    ids=["empty", "a page", "cut off", "garbage", "bomb", "entities", "json"],
)
def test_anything_else_is_refused(body: str | bytes) -> None:
    with pytest.raises(ParseError, match=r"https://forum\.example/feed: neither a feed nor a sitemap"):
        read_news(page(body))


def test_a_moment_behind_the_end_of_time_is_none() -> None:
    item = "<item><link>/t/1</link><pubDate>Fri, 31 Dec 9999 23:59:59 -1400</pubDate></item>"
    (told,) = read_news(page(f"<rss><channel>{item}</channel></rss>")).entries
    assert told.at is None


def test_feeds_are_named_in_the_head() -> None:
    head = '<link rel="alternate" type="application/atom+xml" href="/app.php/feed"><link rel="alternate" hreflang="de" href="/de">'
    assert feeds_of(Document(page(f"<html><head>{head}</head>"))) == ("https://forum.example/app.php/feed",)
    assert feeds_of(Document(page("<html>"))) == ()
