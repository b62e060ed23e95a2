"""Matrix: a room as Element exports it, as HTML: `messages.html`, `messages2.html` … of one room.

Known from that program's source. Neither reactions nor threads are in it: what was said in a room is one
thread. Times are in the zone of whoever exported.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.dates import parse_time
from parse.exported import Exported
from parse.html_fields import attribute, every, find, find_all, first, text_of
from parse.json_fields import fragment
from parse.model import (
    A_LATER_PAGE,
    Author,
    Board,
    ParseError,
    PlatformEvent,
    Post,
    PostState,
    Reading,
    Thread,
)
from parse.page import Document
from parse.quotes.plain import EMPTY, Body
from parse.software.bylined import bylined

_EVENT = "mx_Export_EventWrapper"
_ROOM = re.compile(r"matrix\.to/#/([!#][^/?]+)/")
_TITLE = ".mx_RoomHeader_nametext, .mx_RoomHeader_heading, .mx_NewRoomIntro h2"
_NAME = ".mx_DisambiguatedProfile_displayName, .mx_SenderProfile_displayName"
_ACCOUNT = ".mx_DisambiguatedProfile_mxid, .mx_SenderProfile_mxid"
_ANSWERED = "a.mx_reply_anchor, .mx_ReplyChain_Export a, .mx_ReplyThread_Export a"
_FILE = ".mx_MFileBody_info_filename, .mx_MediaBody [download]"
_MARKUP = QuoteMarkup(block="blockquote", drop=(".mx_EventTile_edited", ".mx_EventTile_pendingModeration"))
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_BY = re.compile(r"Message deleted by (.+)")
_PAGE = re.compile(r"/messages(\d*)\.html\Z")


class MatrixHtml(Exported):
    name = "matrix_html"
    software = "matrix"

    def detect(self, doc: Document) -> float:
        return 0.95 if _EVENT in doc.text and find(doc, f".{_EVENT} .mx_EventTile") else 0.0

    def read(self, doc: Document) -> Reading:
        url, title = self.canonical(doc.page.url), text_of(find(doc, _TITLE))
        posts = tuple(_posts(doc))
        if not posts:
            raise ParseError(f"{url}: an export of Matrix, but nobody wrote a message that can be read")
        rooms = (_ROOM.search(post.url or "") for post in posts)
        number, page = next((m[1] for m in rooms if m), title), _PAGE.search(url)
        shown_at = _PAGE.sub("/messages.html", url)
        thread = Thread(
            id=number,
            title=title,
            url=shown_at,
            board=Board(id=number, title=title, url=shown_at),
            page_number=A_LATER_PAGE + (int(page[1]) - 1 if page and page[1] else 0),
            posts=posts,
            events=tuple(_removals(doc)),
        )
        unread = len(find_all(doc, ".mx_DecryptionFailureBody, .mx_EventTile_bad"))
        warning = f"messages that were not decrypted, left out: {unread}"
        return self.reading(doc, (thread,), warnings=(warning,) if unread else ())


def _posts(doc: Document) -> Iterator[Post]:
    """A message without a name is by whoever wrote the one above; days stand between messages."""
    author, day = None, ""
    for node in find_all(doc, f".mx_DateSeparator, .{_EVENT}"):
        if _EVENT not in attribute(node, "class"):
            day = text_of(node)
            continue
        author = _author(node) or author
        if first(node, ".mx_EventTile_info, .mx_EventTile_bad, .mx_DecryptionFailureBody") is None:
            yield _post(doc, node, author, day)


def _post(doc: Document, node: LexborNode, author: Author | None, day: str) -> Post:
    is_removed = first(node, ".mx_RedactedBody") is not None
    edit = attribute(first(node, ".mx_EventTile_edited"), "title")
    return replace(
        bylined(node.id or "", EMPTY if is_removed else _body(node), author),
        posted_at=_written(doc, node, day),
        edited_at=parse_time(edit, now=doc.page.fetched_at) if _YEAR.search(edit) else None,
        url=attribute(first(node, 'a[href*="matrix.to/#/!"]:has(.mx_MessageTimestamp)'), "href").partition(
            "?"
        )[0]
        or None,
        state=PostState.REMOVED if is_removed else PostState.VISIBLE,
        reply_to=attribute(first(node, _ANSWERED), "href").removeprefix("#") or None,
    )


def _author(node: LexborNode) -> Author | None:
    """The account is shown where two people have one name; else the picture has it as its title."""
    name = text_of(first(node, _NAME))
    titled = attribute(first(node, '.mx_EventTile_avatar [title^="@"]'), "title")
    user = text_of(first(node, _ACCOUNT)) or titled or (name if re.match(r"@\S+:\S", name) else "")
    return Author(name=name, user_id=user or None, login=user or None) if name else None


def _written(doc: Document, node: LexborNode, day: str) -> datetime | None:
    """To the second where the clock has a title, which newer programs show on touch alone."""
    clock = first(node, ".mx_MessageTimestamp")
    titled = attribute(clock, "title")
    shown = titled if _YEAR.search(titled) else f"{day} {text_of(clock)}"
    return parse_time(shown, now=doc.page.fetched_at)


def _body(node: LexborNode) -> Body:
    """A message without words is a poll or a file, whose name stands for it."""
    if words := first(node, ".mx_EventTile_body"):
        html = words.inner_html or ""
        is_plain = "markdown-body" not in attribute(words, "class")
        return untangle(fragment(html.replace("\n", "<br>") if is_plain else html), _MARKUP)
    asked = [text_of(first(node, ".mx_MPollBody h2"))]
    asked += [f"- {text_of(each)}" for each in every(node, ".mx_MPollBody [class*=option][class*=Text]")]
    named = text_of(first(node, _FILE)) or attribute(first(node, ".mx_EventTile_line img[alt]"), "alt")
    shown = "\n".join(asked) if asked[0] else named
    return Body(text=shown, full_text=shown, quotes=())


def _removals(doc: Document) -> Iterator[PlatformEvent]:
    """What others took out than those who wrote it, where the program speaks English."""
    for node in find_all(doc, f".{_EVENT}:has(.mx_RedactedBody)"):
        if by := _BY.fullmatch(text_of(first(node, ".mx_RedactedBody"))):
            yield PlatformEvent(kind="post_removed", post_id=node.id, actor=Author(name=by[1]))


platform = MatrixHtml()
