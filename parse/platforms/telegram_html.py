"""Telegram as its desktop program exports it, as HTML: `messages.html`, `messages2.html` … of one chat.

Known from what that program writes. These pages show no number of their chat and none of its people: both are
known by their names. Topics are not told apart; what is said in them is the talk of the group.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import untangle
from parse.dates import parse_time
from parse.exported import Exported
from parse.html_fields import attribute, count_in, every, find, find_all, first, text_of
from parse.json_fields import fragment
from parse.model import A_LATER_PAGE, Author, PageKind, Post, Quote, Reading, Thread
from parse.page import Document
from parse.quotes.plain import Body
from parse.software.bylined import bylined
from parse.software.reactions import thumbs
from parse.software.telegram_message import NAMELESS

_TITLE = ".page_header .text.bold"
_MESSAGE = ".history > .message"
_NUMBER = re.compile(r"message(\d+)\Z|message(-\d{7,})\Z")
"""Notices of days have small negative numbers, messages from before a group grew have large ones."""
_ANSWERED = re.compile(r"#go_to_message(-?\d+)")
_CODE = re.compile(r"(<pre\b[^>]*>)(.*?)(?=</pre>)", re.S)
_FILE = re.compile(r"/messages(\d*)\.html?\Z")


class TelegramHtml(Exported):
    name = "telegram_html"

    def detect(self, doc: Document) -> float:
        is_likely = "<title>Exported Data</title>" in doc.text and "page_header" in doc.text
        return 0.95 if is_likely and find(doc, _TITLE) else 0.0

    def read(self, doc: Document) -> Reading:
        """The first page opens nothing: a chat is no answer to its first words. Lists of chats or contacts,
        and pages on which people only came and went, are without a post, and no failure."""
        url, title = self.canonical(doc.page.url), text_of(find(doc, _TITLE))
        number = _FILE.search(url)
        thread = Thread(
            id=title,
            title=title,
            url=_FILE.sub("/messages.html", url),
            page_number=A_LATER_PAGE + (int(number[1]) - 1 if number and number[1] else 0),
            posts=tuple(_posts(doc, title)),
        )
        return Reading(
            platform=self.name,
            kind=PageKind.THREAD if thread.posts else PageKind.OTHER,
            canonical_url=url,
            threads=(thread,) if thread.posts else (),
        )


def _posts(doc: Document, chat: str) -> Iterator[Post]:
    """A message without a name is by whoever wrote the one above, unless a notice stands between them."""
    author: Author | None = None
    for node in find_all(doc, _MESSAGE):
        classes, body = attribute(node, "class").split(), _part(node, "body")
        m = _NUMBER.match(node.id or "")
        if "default" not in classes or body is None or m is None:
            author = None
            continue
        if "joined" not in classes:
            author = _author(_part(body, "from_name"), chat)
        yield _post(doc, chat, m[1] or m[2], body, author)


def _post(doc: Document, chat: str, number: str, body: LexborNode, author: Author | None) -> Post:
    reply, day = _part(body, "reply_to"), _part(body, "date")
    answered = _ANSWERED.search(attribute(first(reply, "a[href]") if reply else None, "href"))
    return replace(
        bylined(f"{chat}/{number}", _body(body, author), author),
        posted_at=parse_time(attribute(day, "title"), now=doc.page.fetched_at, day_first=True),
        **thumbs(_reactions(body)),
        reply_to=f"{chat}/{answered[1]}" if answered else None,
    )


def _part(node: LexborNode, *classes: str) -> LexborNode | None:
    """The child of these classes: deeper down there are others, of what was passed on."""
    wanted = set(classes)
    return next((child for child in node.iter() if wanted <= set(attribute(child, "class").split())), None)


def _author(node: LexborNode | None, chat: str) -> Author | None:
    """All accounts that were deleted share a name; who writes as the group is one of those who run it."""
    name = _own(node)
    return Author(name=name, is_staff=name == chat) if name and name != NAMELESS else None


def _own(node: LexborNode | None) -> str:
    """The name alone, without the bot by which it was written and the time that stand behind it."""
    if node is None:
        return ""
    inner = [child.text() for child in node.iter(include_text=True) if child.tag == "-text"]
    return " ".join("".join(inner).split())


def _body(body: LexborNode, author: Author | None) -> Body:
    """What is passed on from elsewhere is a quote, but not what a channel passes on of its own."""
    passed_on = _part(body, "forwarded", "body")
    said = _said(passed_on or body)
    source = _own(_part(passed_on, "from_name")) if passed_on else ""
    if passed_on is None or (author and author.name == source):
        return said
    named = source if source != NAMELESS else None
    quote = Quote(ordinal=1, depth=1, text=said.full_text, attributed_to=named or None)
    return Body(text="", full_text=said.full_text, quotes=(quote,))


def _said(body: LexborNode) -> Body:
    """A message without words is a poll or a file, whose name stands for it."""
    if words := _part(body, "text"):
        has_code = first(words, "pre") is not None
        return untangle(fragment(_CODE.sub(r"\1<code>\2</code>", words.html or "")) if has_code else words)
    asked = [text_of(first(body, ".media_poll .question"))]
    asked += [f"- {_own(answer).removeprefix('- ')}" for answer in every(body, ".media_poll .answer")]
    shown = "\n".join(asked) if asked[0] else text_of(first(body, ".media .title")) or _file(body)
    return Body(text=shown, full_text=shown, quotes=())


def _file(body: LexborNode) -> str:
    return attribute(first(body, ".media_wrap a[href]"), "href").rpartition("/")[2]


def _reactions(body: LexborNode) -> Iterator[tuple[str, int | None]]:
    """A few people are shown by their pictures, many by their number."""
    for each in every(body, ".reactions > .reaction"):
        shown = count_in(text_of(first(each, ".count")))
        yield text_of(first(each, ".emoji")), shown or len(every(each, ".userpics .userpic"))


platform = TelegramHtml()
