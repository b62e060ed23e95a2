"""Hypermail: archives of mailing lists, a page a message; the W3C's and many of universities are its work."""

import html
import re
from collections.abc import Iterator

from parse import mail_fields
from parse.body import untangle
from parse.dates import parse_time
from parse.html_fields import attribute, text_of
from parse.json_fields import fragment
from parse.model import Author, Link, LinkKind, ParseError, Reading
from parse.page import Document
from parse.software import mail_page
from parse.urls import absolute, split, tidy

_START = '<!-- body="start" -->'
_BODY = re.compile(rf'{_START}(.*?)(?:<!-- body="end" -->|\Z)', re.S)
_FIELD = re.compile(r'<!-- (subject|name|email|id|inreplyto|sent|received)="(.*?)" -->')
_MESSAGE = re.compile(r"/\d{3,}\.(?:html?|php)\Z")
_SORTED = re.compile(r"/(?:date|subject|author|thread|index)(?=\.(?:html?|php)\Z)")


class Hypermail:
    """Like MHonArc it frames what it knows with comments; unlike that, it names one parent at most."""

    name = "hypermail"

    def detect(self, doc: Document) -> float:
        if _START in doc.text and '<!-- id="' in doc.text:
            return 0.97
        is_named = "hypermail" in doc.text and doc.tree.css_first('meta[content^="hypermail"]')
        return 0.9 if is_named and any(self._mails(doc)) else 0.0

    def canonical(self, url: str) -> str:
        """A month's messages are listed four times, sorted differently."""
        return _SORTED.sub("/index", tidy(url, ()))

    def read(self, doc: Document) -> Reading:
        url = self.canonical(doc.page.url)
        board = mail_page.board_at(url)
        words = _BODY.search(doc.text)
        if words is None:
            return mail_page.listing(self.name, url, board, self._mails(doc))
        fields = {name: html.unescape(value) for name, value in _FIELD.findall(doc.text[: words.start()])}
        if not fields.get("id"):
            raise ParseError(
                f"{doc.page.url}: a message of Hypermail, but the comment with its id was not found"
            )
        sent = fields.get("sent", "")
        letter = mail_page.Letter(
            id=_address(fields["id"]),
            subject=fields.get("subject", ""),
            author=_author(fields.get("name", ""), _address(fields.get("email", ""))),
            posted_at=mail_fields.sent_at(sent)
            or parse_time(sent, now=doc.page.fetched_at)
            or mail_fields.sent_at(fields.get("received", "")),
            body=untangle(fragment(words[1])),
            reply_to=next(iter(mail_fields.message_ids(_address(fields.get("inreplyto", "")))), None),
        )
        neighbours = [Link(url=there, kind=LinkKind.THREAD) for there, _ in self._mails(doc)]
        return mail_page.reading(self.name, url, letter, board, neighbours)

    def _mails(self, doc: Document) -> Iterator[tuple[str, str]]:
        for link in doc.tree.css("a[href]"):
            url = tidy(absolute(doc.page.url, attribute(link, "href")), ())
            if _MESSAGE.search(split(url).path) and text_of(link):
                yield url, text_of(link)


def _address(spelt: str) -> str:
    """Addresses and ids are kept from harvesters: "jane_at_example.org"."""
    return spelt.replace("_at_", "@")


def _author(name: str, address: str) -> Author | None:
    """Where an address is hidden altogether it says so: "jane@[hidden]"."""
    login = address.lower() if "@" in address and "[" not in address else None
    known = _address(name).partition("@")[0] or address.partition("@")[0]
    return Author(name=known, login=login) if known else None


platform = Hypermail()
