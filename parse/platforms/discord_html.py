"""Discord as DiscordChatExporter saves it, as HTML: a channel, or a thread in one, is a file.

Known from that program's templates since 2019, which programs that keep support talk took up. Its pages show
no number of their channel, which the names of its files have; the numbers of messages tell when they were
written, whatever zone and order of day and month they are shown in.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.dates import parse_time
from parse.exported import Exported
from parse.html_fields import attribute, count_in, every, find, find_all, first, number_in, text_of
from parse.json_fields import fragment
from parse.model import A_LATER_PAGE, Author, Board, ParseError, Post, Reading, Thread
from parse.page import Document
from parse.quotes.plain import EMPTY, Body
from parse.software.bylined import bylined
from parse.software.discord_message import account, place, without_discriminator, written_at
from parse.software.reactions import thumbs
from parse.urls import is_of_web

_GROUP = ".chatlog__message-group"
_MESSAGE = "[data-message-id]:not([data-message-id] [data-message-id])"
_ENTRY = ".preamble__entry, .info__guild-name, .info__channel-name"
_NUMBER = re.compile(r"\[(\d{6,})\](?: \[part \d+\])?\.html?\Z")
_ICON = re.compile(r"/icons/(\d+)/")
_MARKUP = QuoteMarkup(
    block=".chatlog__markdown-quote, .quote, blockquote", drop=(".chatlog__edited-timestamp",)
)
_WRITTEN = ".chatlog__content :is(.chatlog__markdown-preserve, .preserve-whitespace, span.markdown)"
_CARD = ", ".join(f".chatlog__embed-{part}" for part in ("author-name", "title", "description", "field"))
_NAMED = re.compile(r"\w+: (.+) \([^()]+\)\Z")
"""What is shown of a file: its kind, its name and its size."""
_QUARTER = timedelta(minutes=15)
_FARTHEST = 14 * 4
"""Quarters of an hour."""


class DiscordHtml(Exported):
    name = "discord_html"
    software = "discord_export"

    def detect(self, doc: Document) -> float:
        is_likely = "chatlog__message" in doc.text and "data-message-id" in doc.text
        return 0.95 if is_likely and find(doc, f"{_GROUP} [data-message-id]") else 0.0

    def read(self, doc: Document) -> Reading:
        shown = [text_of(node) for node in find_all(doc, _ENTRY)]
        server, path = (*shown, "", "")[:2]
        category, _, title = path.rpartition(" / ")
        m = _NUMBER.search(unquote(self.canonical(doc.page.url)))
        number = m[1] if m else ": ".join(filter(None, (server, path))) or self.canonical(doc.page.url)
        icon = _ICON.search(attribute(find(doc, ".preamble__guild-icon, .info__guild-icon"), "src"))
        shown_at = place(icon[1], number) if icon and m else self.canonical(doc.page.url)
        posts = tuple(_posts(doc, shown_at))
        if not posts:
            raise ParseError(f"{doc.page.url}: an export of Discord, but nobody wrote a message in it")
        board = Board(id=f"{server}: {category}", title=category, url=shown_at) if category else None
        is_opening = posts[0].id == number
        thread = Thread(
            id=number,
            title=title.removeprefix("#") or server,
            url=shown_at,
            board=board,
            started_at=posts[0].posted_at if is_opening else None,
            page_number=1 if is_opening else A_LATER_PAGE,
            posts=posts,
        )
        return self.reading(doc, (thread,), site_title=server or None)


def _posts(doc: Document, shown_at: str) -> Iterator[Post]:
    """The first message of a group, or the group itself, names the author of all, and is the one that
    answers; a notice is none."""
    for group in find_all(doc, _GROUP):
        author, edited_by_clock = _author(group), _clock(doc, group)
        answered = first(group, ".chatlog__reply-link, .chatlog__reference-link")
        for node in every(group, _MESSAGE):
            if first(node, ".chatlog__system-notification-content") is None:
                post = _post(node, author, shown_at, edited_by_clock)
                yield replace(post, reply_to=number_in(attribute(answered, "onclick")))
            answered = None


def _author(group: LexborNode) -> Author | None:
    node = first(group, ".chatlog__author, .chatlog__author-name")
    login = without_discriminator(attribute(node, "title"))
    role = text_of(first(group, ".chatlog__author-tag, .chatlog__bot-tag")) or None
    return account(text_of(node), login, attribute(node, "data-user-id"), role)


def _clock(doc: Document, group: LexborNode) -> Callable[[str], datetime | None]:
    """How to read what a group shows of times: by the difference between the time shown of its first message
    and the one that its number tells, which is the zone of whoever exported, in the order of day and month
    in which it can be one."""
    exact = written_at(attribute(first(group, _MESSAGE), "data-message-id"))
    shown = text_of(first(group, ".chatlog__timestamp"))
    orders = (partial(parse_time, now=doc.page.fetched_at, day_first=each) for each in (False, True))
    read_as = [(read, _zone(exact, read(shown))) for read in orders]
    read, zone = next((each for each in read_as if each[1] is not None), (read_as[0][0], None))

    def moment(words: str) -> datetime | None:
        found = read(words)
        return found + (zone or timedelta(0)) if found else None

    return moment


def _zone(exact: datetime | None, shown: datetime | None) -> timedelta | None:
    """What the time shown lacks, where that is no more than zones differ by."""
    quarters = round((exact - shown) / _QUARTER) if exact and shown else 0
    return quarters * _QUARTER if shown and abs(quarters) <= _FARTHEST else None


def _post(
    node: LexborNode, author: Author | None, shown_at: str, clock: Callable[[str], datetime | None]
) -> Post:
    number = attribute(node, "data-message-id")
    return replace(
        bylined(number, _body(node), author),
        posted_at=written_at(number),
        edited_at=clock(attribute(first(node, ".chatlog__edited-timestamp"), "title")),
        url=f"{shown_at}/{number}" if is_of_web(shown_at) else None,
        **thumbs(_reactions(node)),
    )


def _body(node: LexborNode) -> Body:
    """A message without words is what an app shows, a sticker or a file: its name stands for it."""
    written = first(node, _WRITTEN) or first(node, ".chatlog__content")
    body = _untangled(written) if written else EMPTY
    if body.full_text:
        return body
    embeds = every(node, ".chatlog__embed")
    cards = ["\n".join(text_of(part) for part in every(embed, _CARD)) for embed in embeds]
    names = [attribute(each, "title") for each in every(node, ".chatlog__sticker")]
    names += [_file(each) for each in every(node, ".chatlog__attachment")]
    shown = "\n\n".join(filter(None, cards)) or "\n".join(filter(None, names))
    return Body(text=shown, full_text=shown, quotes=())


def _untangled(written: LexborNode) -> Body:
    """Line ends are shown as such, unless they have elements of their own."""
    html = (written.inner_html or "").strip()
    return untangle(fragment(html if "<br" in html else html.replace("\n", "<br>")), _MARKUP)


def _file(attachment: LexborNode) -> str:
    """Its name, else the end of its address, which has other digits where files were saved as well."""
    if m := _NAMED.match(attribute(first(attachment, "[title]"), "title")):
        return m[1]
    link = first(attachment, "a[href]")
    return text_of(link) or unquote(re.split(r"[?#]", attribute(link, "href"))[0]).rpartition("/")[2]


def _reactions(node: LexborNode) -> Iterator[tuple[str, int | None]]:
    for each in every(node, ".chatlog__reaction"):
        sign = attribute(first(each, "img"), "alt")
        yield sign, count_in(text_of(first(each, ".chatlog__reaction-count")))


platform = DiscordHtml()
