"""Pipermail, the archive of Mailman 2: a page a message, an index a month, a list of months."""

import re
from collections.abc import Iterator
from hashlib import blake2b
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from parse import mail_fields
from parse.dates import parse_time
from parse.html_fields import attribute, text_of
from parse.html_platform import missing_fields
from parse.model import Author, Board, Link, LinkKind, PageKind, ParseError, Post, Reading, Thread, ThreadRow
from parse.names import normal
from parse.page import Document
from parse.plain_quotes import untangle_text
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
        post = Post(
            id=number[1] if number else next(iter(message_id), _digest(url)),
            text=body.text,
            full_text=body.full_text,
            quotes=body.quotes,
            aliases=tuple(message_id),
            author=author,
            author_method="byline" if author else None,
            author_confidence=1.0 if author else None,
            position=None if mail_fields.is_reply(heading) else 1,
            posted_at=parse_time(shown, now=doc.page.fetched_at) or mail_fields.sent_at(shown),
            url=url,
        )
        return Reading(
            platform=self.name,
            kind=PageKind.THREAD,
            canonical_url=url,
            threads=(_thread(post, heading, url),),
            links=tuple(self._neighbours(doc)),
            warnings=missing_fields([post]),
        )

    def _neighbours(self, doc: Document) -> Iterator[Link]:
        for link in doc.tree.css("link[rel='Previous'], link[rel='Next']"):
            url = self.canonical(absolute(doc.page.url, attribute(link, "href")))
            yield Link(url=url, kind=LinkKind.THREAD)

    def _month(self, doc: Document) -> Reading:
        """Every message is a link; those that begin a thread are rows."""
        links, rows = [], dict[str, ThreadRow]()
        for link in doc.tree.css("li > a[href]"):
            if not _MESSAGE.search(attribute(link, "href")):
                continue
            url, heading = absolute(doc.page.url, attribute(link, "href")), text_of(link)
            links.append(Link(url=url, kind=LinkKind.THREAD))
            thread_id = _thread_id(heading, url)
            title = mail_fields.base_subject(heading)
            rows.setdefault(thread_id, ThreadRow(id=thread_id, title=title, url=url))
        return Reading(
            platform=self.name,
            kind=PageKind.BOARD,
            canonical_url=self.canonical(doc.page.url),
            board=_board(doc.page.url),
            rows=tuple(rows.values()),
            links=tuple(links),
        )

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


def _thread(post: Post, heading: str, url: str) -> Thread:
    return Thread(
        id=_thread_id(heading, url),
        title=mail_fields.base_subject(heading),
        url=url,
        board=_board(url),
        started_at=post.posted_at if post.position == 1 else None,
        posts=(post,),
    )


def _thread_id(heading: str, url: str) -> str:
    m = _LIST.search(url)
    return _digest(f"{m[1] if m else ''}\n{normal(mail_fields.base_subject(heading))}")


def _board(url: str) -> Board | None:
    m = _LIST.search(url)
    return Board(id=m[1], title=m[1], url=url[: m.end()]) if m else None


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


platform = Pipermail()
