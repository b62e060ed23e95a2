"""public-inbox, the archive of the Linux kernel's lists and others: whole threads, single mails, listings.

Known from version 1.9.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from parse import mail_fields
from parse.dates import parse_time
from parse.html_fields import attribute, count_in, text_of
from parse.model import Author, Board, Link, LinkKind, PageKind, ParseError, Post, Reading, Thread, ThreadRow
from parse.page import Document
from parse.quotes.plain import Body, untangle_text
from parse.software import mail_page
from parse.urls import absolute, split, tidy

_HEAD = re.compile(
    r"^From: (?P<name>.*?) @ (?P<at>\d{4}-\d\d-\d\d +\d\d?:\d\d UTC) \(permalink / raw\).*?\n\n", re.M | re.S
)
_FOOT = "\n^ permalink"
_FILE = re.compile(
    r"^\[-- Attachment #[\d.]+: (?!Type: )[^\n]* --\]\n.*?(?=^\[-- (?!Type: )|\Z)", re.M | re.S
)
"""An attachment that has a name, with its words where it is text."""
_PART = re.compile(r"^\[-- .* --\]\n?", re.M)
"""What stands for another part of the mail."""
_LINE = re.compile(r"^(?:\d{4}-\d\d-\d\d +\d\d?:\d\d| +\[not found\]) (?P<indent> *)(?P<tick>`?)", re.M)
"""A mail in the overview of its thread, indented by its depth; some are known only from what answers them."""
_HEADERS = re.compile(r"^(From|Subject|Date|Message-ID|In-Reply-To): (.*)$", re.M)
_PLACE = re.compile(r"(?P<list>.*/)(?P<id>[^/?#]+@[^/?#]+)/(?P<view>[Tt]/)?(?=[?#]|\Z)")
_UNDER = re.compile(r"\A\s*(?P<at>\d{4}-\d\d-\d\d +\d\d?:\d\d UTC)\s+\((?P<count>\d+)\+? messages?\)")


class PublicInbox:
    """A thread is one page; a mail's page shows where in its thread it stands."""

    name = "public_inbox"

    def detect(self, doc: Document) -> float:
        text = doc.text
        is_ours = "_/text/help/" in text or "mirror all data and code used for this inbox" in text
        return 0.95 if is_ours and "<pre" in text else 0.0

    def canonical(self, url: str) -> str:
        """A thread has the address of any of its mails; flat and nested it says the same."""
        return re.sub(r"/t/(?=\Z)", "/T/", tidy(url, ("t",)))

    def read(self, doc: Document) -> Reading:
        single = doc.tree.css_first("pre#b")
        if single is not None:
            return self._mail(doc, single)
        mails = [pre for pre in doc.tree.css("pre") if pre.css_first("a[id^=m]") and _HEAD.search(pre.text())]
        return self._thread(doc, mails) if mails else self._listing(doc)

    def _mail(self, doc: Document, pre: LexborNode) -> Reading:
        head, _, words = pre.text().partition("\n\n")
        fields = dict(_HEADERS.findall(head))
        own = next(iter(mail_fields.message_ids(fields.get("Message-ID"))), None)
        if own is None:
            raise ParseError(f"{doc.page.url}: a mail of public-inbox, but its Message-ID was not found")
        shown = fields.get("Date", "").partition("\t")[0]
        url = self.canonical(doc.page.url)
        letter = mail_page.Letter(
            id=own,
            subject=fields.get("Subject", ""),
            author=mail_fields.sender(fields.get("From", "")),
            posted_at=mail_fields.sent_at(shown),
            body=_body(words),
            reply_to=next(iter(mail_fields.message_ids(fields.get("In-Reply-To"))), None),
            thread=_root(doc) or own,
        )
        whole = Link(url=absolute(url, "T/"), kind=LinkKind.THREAD)
        return mail_page.reading(self.name, url, letter, _board(url), [whole])

    def _thread(self, doc: Document, mails: list[LexborNode]) -> Reading:
        url = self.canonical(doc.page.url)
        places = {_mark(pre): _permalink(pre, doc) for pre in mails}
        parents = _parents(doc)
        root = next(iter(parents or places))
        posts = [_post(pre, places, parents.get(_mark(pre)), _mark(pre) == root, doc) for pre in mails]
        first = next((post for post in posts if post.position == 1), None)
        thread = Thread(
            id=first.id if first else _root(doc) or posts[0].id,
            title=mail_fields.base_subject(text_of(mails[0].css_first("b, u"))),
            url=f"{first.url}T/" if first else url,
            board=_board(url),
            started_at=first.posted_at if first else None,
            posts=tuple(posts),
        )
        return Reading(platform=self.name, kind=PageKind.THREAD, canonical_url=url, threads=(thread,))

    def _listing(self, doc: Document) -> Reading:
        url = self.canonical(doc.page.url)
        rows = [row for link in doc.tree.css("pre a[href]") if (row := self._row(link, doc))]
        older = doc.tree.css("a[rel=next], a[rel=prev]")
        links = [Link(url=row.url, kind=LinkKind.THREAD) for row in rows]
        others = (self.canonical(absolute(url, attribute(link, "href"))) for link in older)
        links += [Link(url=other, kind=LinkKind.PAGE) for other in others]
        kind = PageKind.BOARD if rows else PageKind.OTHER
        return Reading(
            platform=self.name,
            kind=kind,
            canonical_url=url,
            board=_board(url),
            rows=tuple({row.id: row for row in rows}.values()),
            links=tuple(dict.fromkeys(links)),
        )

    def _row(self, link: LexborNode, doc: Document) -> ThreadRow | None:
        """Below the title of a thread stand its last day and how many mails it has."""
        url = self.canonical(absolute(doc.page.url, attribute(link, "href")))
        place = _PLACE.search(url)
        behind = _UNDER.match(link.next.text() if link.next is not None else "")
        if place is None or behind is None:
            return None
        return ThreadRow(
            id=unquote(place["id"]),
            title=mail_fields.base_subject(text_of(link)),
            url=url,
            reply_count=(count_in(behind["count"]) or 1) - 1,
            last_post_at=parse_time(behind["at"], now=doc.page.fetched_at),
        )


def _mark(pre: LexborNode) -> str:
    """What tells a mail of the page from others: the digest in its anchor's id, after one letter."""
    return attribute(pre.css_first("a[id^=m]"), "id")[1:]


def _permalink(pre: LexborNode, doc: Document) -> str:
    link = next((a for a in pre.css("a[href]") if text_of(a) == "permalink"), None)
    if link is None:
        raise ParseError(f"{doc.page.url}: a mail of public-inbox without its permalink")
    return absolute(doc.page.url, attribute(link, "href"))


def _id_at(url: str) -> str | None:
    place = _PLACE.search(url)
    return unquote(place["id"]) if place else None


def _post(pre: LexborNode, places: dict[str, str], parent: str | None, is_first: bool, doc: Document) -> Post:
    text, url = pre.text(), places[_mark(pre)]
    head = _HEAD.search(text)
    assert head is not None  # the caller has looked
    body = _body(text[head.end() : text.rfind(_FOOT)])
    name = " ".join(head["name"].split())
    return Post(
        id=_id_at(url) or url,
        text=body.text,
        full_text=body.full_text,
        quotes=body.quotes,
        author=Author(name=name) if name else None,
        author_method="byline" if name else None,
        author_confidence=1.0 if name else None,
        position=1 if is_first else None,
        posted_at=parse_time(head["at"], now=doc.page.fetched_at),
        url=url,
        reply_to=_id_at(places.get(parent, "")) if parent else None,
    )


def _body(words: str) -> Body:
    return untangle_text(_PART.sub("", _FILE.sub("", words)))


def _overview(doc: Document) -> LexborNode | None:
    """The list of the thread's mails at the end of the page."""
    return next((pre for pre in doc.tree.css("pre") if "Thread overview:" in pre.text()), None)


def _root(doc: Document) -> str | None:
    """The id of the mail that opened the thread, unless it is the one shown."""
    overview = _overview(doc)
    links = overview.css("b ~ a[href]:not([rel]), b ~ b > a[href]") if overview else []
    named = (link for link in links if attribute(link, "href")[:1] != "#" or attribute(link, "id")[:1] == "r")
    places = (_PLACE.search(absolute(doc.page.url, attribute(link, "href"))) for link in named)
    return next((unquote(place["id"]) for place in places if place and not place["view"]), None)


def _parents(doc: Document) -> dict[str, str | None]:
    """What each mail of the thread answers, by the depths in the overview."""
    overview = _overview(doc)
    if overview is None:
        return {}
    marks = [attribute(link, "id")[1:] for link in overview.css("a[id^=r]")]
    depths = [len(m["indent"]) + len(m["tick"]) for m in _LINE.finditer(overview.text())]
    return dict(_stacked(marks, depths)) if len(marks) == len(depths) else {}


def _stacked(marks: list[str], depths: list[int]) -> Iterator[tuple[str, str | None]]:
    above: list[tuple[int, str]] = []
    for mark, depth in zip(marks, depths, strict=True):
        while above and above[-1][0] >= depth:
            above.pop()
        yield mark, above[-1][1] if above else None
        above.append((depth, mark))


def _board(url: str) -> Board | None:
    place = _PLACE.search(url)
    address = place["list"] if place else url.partition("?")[0]
    name = split(address).path.strip("/").rpartition("/")[2]
    return Board(id=name, title=name, url=address) if name and url.startswith("http") else None


platform = PublicInbox()
