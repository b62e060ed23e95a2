"""MHonArc: archives of mailing lists, a page a message. In any look, its comments frame all it knows.

Known from version 2.6.19.
"""

import html
import re
from collections.abc import Iterator

from parse import mail_fields
from parse.body import untangle
from parse.dates import parse_time
from parse.html_fields import attribute, text_of
from parse.json_fields import fragment
from parse.model import Link, LinkKind, ParseError, Reading
from parse.page import Document
from parse.software import mail_page
from parse.urls import absolute, split, tidy

_BODY = re.compile(
    r"<!--X-Body-of-Message-->(.*?)"
    r'(?:<!--X-Body-of-Message-End-->|<!--X-MsgBody-End-->|<div class="msgButtons|\Z)',
    re.S,
)
"""Mail-archive.com leaves out the comment at the end."""
_FIELD = re.compile(r"<!--X-(Subject|From|From-R13|Date|Message-Id|Reference): (.*?) ?-->")
_MESSAGE = re.compile(r"/msg\d+\.html?\Z")
_LISTING = re.compile(r"/(?:(?P<by_thread>thrd|threads?)|mail|maillist|index|date)\d*\.html?\Z")
_CUT_MARK = re.compile(r"^--(?=\r?$)", re.M)
"""Of a signature, in mails whose lines flow: the blank behind it is lost."""
_WHEEL = "@ABCDEFGHIJKLMNOPQRSTUVWXYZ["
_SPELT = "abcdefghijklmnopqrstuvwxyz"
_UNTURNED = str.maketrans(_WHEEL + _SPELT, _WHEEL[14:] + _WHEEL[:14] + _SPELT[13:] + _SPELT[:13])
"""Names and addresses are turned by half an alphabet, which has 28 letters among the capitals."""


class MHonArc:
    """The mail's own id is the post's; the last of those it refers to is what it answers."""

    name = "mhonarc"

    def detect(self, doc: Document) -> float:
        if "<!--X-Body-of-Message-->" in doc.text:
            return 0.97
        return 0.95 if "<!-- MHonArc v" in doc.text and any(self._mails(doc)) else 0.0

    def canonical(self, url: str) -> str:
        return tidy(url, ())

    def read(self, doc: Document) -> Reading:
        url = self.canonical(doc.page.url)
        board = mail_page.board_at(url)
        words = _BODY.search(doc.text)
        if words is None:
            return mail_page.listing(self.name, url, board, self._mails(doc), self._pages(doc))
        fields = _fields(doc.text[: words.start()])
        refers = fields.get("Reference", [])
        own, shown = _one(fields, "Message-Id"), _one(fields, "Date")
        if not own:
            raise ParseError(
                f"{doc.page.url}: a message of MHonArc, but the comment with its id was not found"
            )
        turned = _one(fields, "From-R13").translate(_UNTURNED)
        letter = mail_page.Letter(
            id=own,
            subject=_one(fields, "Subject"),
            author=mail_fields.sender(mail_fields.unfolded(turned) or _one(fields, "From")),
            posted_at=mail_fields.sent_at(shown) or parse_time(shown, now=doc.page.fetched_at),
            body=untangle(fragment(_CUT_MARK.sub("-- ", words[1]))),
            reply_to=next((each for each in reversed(refers) if each != own), None),
        )
        neighbours = [Link(url=there, kind=LinkKind.THREAD) for there, _ in self._mails(doc)]
        return mail_page.reading(self.name, url, letter, board, neighbours)

    def _mails(self, doc: Document) -> Iterator[tuple[str, str]]:
        for link in doc.tree.css("a[href*='msg']"):
            url = self.canonical(absolute(doc.page.url, attribute(link, "href")))
            if _MESSAGE.search(split(url).path) and text_of(link):
                yield url, text_of(link)

    def _pages(self, doc: Document) -> Iterator[Link]:
        """The same listing goes on; the other order lists the same mails again."""
        here = _LISTING.search(split(doc.page.url).path)
        for link in doc.tree.css("a[href*='.htm']"):
            url = self.canonical(absolute(doc.page.url, attribute(link, "href")))
            there = _LISTING.search(split(url).path)
            if there and bool(there["by_thread"]) == bool(here and here["by_thread"]) and url != doc.page.url:
                yield Link(url=url, kind=LinkKind.PAGE)


def _fields(head: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in _FIELD.findall(head):
        said = html.unescape(value)
        found.setdefault(name, []).append(said if name == "From-R13" else mail_fields.unfolded(said))
    return found


def _one(fields: dict[str, list[str]], name: str) -> str:
    return next(iter(fields.get(name, ())), "")


platform = MHonArc()
