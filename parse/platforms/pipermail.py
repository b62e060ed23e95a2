"""Pipermail, the archive of Mailman 2: a page a message, an index a month, a list of months."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from parse import mail_fields
from parse.dates import parse_time
from parse.html_fields import attribute, text_of
from parse.model import Author, Board, Link, LinkKind, PageKind, ParseError, Reading
from parse.page import Document
from parse.quotes.plain import untangle_text
from parse.software import mail_page
from parse.urls import absolute, split, tidy

_ANSWER = re.compile(r"[?&]In-Reply-To=([^&]+)", re.I)
"""What a reply would say it answers: this message's own Message-ID."""
_SCRUBBED = re.compile(r"\n-+ next part -+\n.*\Z", re.S)
_SORTED = re.compile(r"/(?:date|subject|author|index)\.html\Z")
_MESSAGE = re.compile(r"(?:\A|/)(\d{3,})\.html\Z")
_MONTHS = "td a[href$='/thread.html'] ~ a[href$='/subject.html']"
_LIST = re.compile(r"/(?:pipermail|private)/([^/?#]+)/")


class Pipermail:
    """A message's page tells neither its thread nor its parent: the subject makes the thread."""

    name = "pipermail"

    def detect(self, doc: Document) -> float:
        if doc.json is not None:
            return 0.0
        text = doc.text
        if "<!--beginarticle-->" in text:
            return 0.95
        is_archive = "Pipermail" in text and "Mailman edition" in text
        if is_archive or "Archives by thread" in text or "Archives by date" in text:
            return 0.95 if doc.tree.css_first("li > a[href$='.html']") else 0.0
        return 0.9 if doc.tree.css_first(_MONTHS) else 0.0

    def canonical(self, url: str) -> str:
        """A month's messages are listed four times, sorted differently."""
        return _SORTED.sub("/thread.html", tidy(url, ()))

    def read(self, doc: Document) -> Reading:
        if "<!--beginarticle-->" in doc.text:
            return self._message(doc)
        if doc.tree.css_first(_MONTHS):
            return self._months(doc)
        return self._month(doc)

    def _message(self, doc: Document) -> Reading:
        url = self.canonical(doc.page.url)
        words, heading = doc.tree.css_first("pre"), text_of(doc.tree.css_first("h1"))
        if words is None:
            raise ParseError(f"{doc.page.url}: a message of Pipermail, but its words were not found")
        body, author = untangle_text(_SCRUBBED.sub("", words.text())), _author(doc.tree)
        shown = text_of(doc.tree.css_first("body > i"))
        own = _ANSWER.search(attribute(doc.tree.css_first("a[href^='mailto:']"), "href"))
        number = _MESSAGE.search(split(url).path)
        message_id = mail_fields.message_ids(unquote(own[1])) if own else []
        letter = mail_page.Letter(
            id=number[1] if number else next(iter(message_id), mail_page.digest(url)),
            subject=heading,
            author=author,
            posted_at=parse_time(shown, now=doc.page.fetched_at) or mail_fields.sent_at(shown),
            body=body,
            aliases=tuple(message_id),
        )
        return mail_page.reading(self.name, url, letter, _board(url), self._neighbours(doc))

    def _neighbours(self, doc: Document) -> Iterator[Link]:
        for link in doc.tree.css("link[rel='Previous'], link[rel='Next']"):
            url = self.canonical(absolute(doc.page.url, attribute(link, "href")))
            yield Link(url=url, kind=LinkKind.THREAD)

    def _month(self, doc: Document) -> Reading:
        """Every message is a link; those that begin a thread are rows."""
        found = ((attribute(link, "href"), text_of(link)) for link in doc.tree.css("li > a[href]"))
        mails = [(absolute(doc.page.url, href), words) for href, words in found if _MESSAGE.search(href)]
        url = self.canonical(doc.page.url)
        return mail_page.listing(self.name, url, _board(doc.page.url), mails)

    def _months(self, doc: Document) -> Reading:
        links = [attribute(link, "href") for link in doc.tree.css("td a[href$='/thread.html']")]
        urls = [absolute(doc.page.url, href) for href in links]
        return Reading(
            platform=self.name,
            kind=PageKind.INDEX,
            canonical_url=self.canonical(doc.page.url),
            boards=tuple(filter(None, [_board(doc.page.url)])),
            links=tuple(Link(url=url, kind=LinkKind.BOARD) for url in urls),
        )


def _author(tree: LexborHTMLParser) -> Author | None:
    """The name stands beside the address, written "jane at example.org"."""
    name, address = text_of(tree.css_first("body > b")), text_of(tree.css_first("a[href^='mailto:']"))
    return mail_fields.sender(f"{address} ({name})") if name or address else None


def _board(url: str) -> Board | None:
    m = _LIST.search(url)
    return Board(id=m[1], title=m[1], url=url[: m.end()]) if m else None


platform = Pipermail()
