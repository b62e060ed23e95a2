"""Matrix: a room as Element exports it, as plain text.

Known from that program's source. No message has a number in it, and of what a message answers only the first
words are told; times are in the zone of whoever exported.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import unquote

from parse.dates import parse_time
from parse.exported import Exported
from parse.markdown import untangle_markdown
from parse.model import (
    A_LATER_PAGE,
    Author,
    ParseError,
    PlatformEvent,
    Post,
    PostState,
    Quote,
    Reading,
    Thread,
)
from parse.page import Document
from parse.quotes.plain import EMPTY, Body
from parse.software.bylined import bylined
from parse.software.chat_lines import Line, lines, puts_day_first
from parse.software.chats import apart, number_of
from parse.software.whatsapp_message import is_of_element

_NAMED = re.compile(
    r"/(?:matrix-(?P<dashed>[^/]+?)-export-|[^/]+? - (?P<room>[^/]+) - Chat Export - )[^/]*"
    r"\.(?:txt|zip)(?:/export\.txt)?\Z"
)
_REPLY = re.compile(r'<(?P<user>@[^\s:>"]+:[^\s>"]+)(?: "(?P<words>.*?)(?P<cut>\.\.\.)?")?> ', re.S)
_TOLD_OF_FILE = re.compile(r" \((?:File Attached|Media omitted[^()]*|Error fetching file)\)\Z")
_DELETED = re.compile(r"Message deleted(?: by (?P<by>.+))?")


class MatrixText(Exported):
    name = "matrix_text"

    def detect(self, doc: Document) -> float:
        return 0.95 if doc.json is None and is_of_element(doc.text) else 0.0

    def read(self, doc: Document) -> Reading:
        url, told = self.canonical(doc.page.url), list(lines(doc.text, _is_unnamed))
        said = list(_said(told))
        posts = tuple(apart(_posts(doc, said)))
        if not posts:
            raise ParseError(f"{url}: an export of Matrix, but nobody wrote a message in it")
        file = _NAMED.search(unquote(url))
        called = file["room"] or file["dashed"].replace("-", " ") if file else ""
        name = called or unquote(url).rpartition("/")[2]
        events = tuple(_removals(said, posts))
        thread = Thread(id=name, title=name, url=url, page_number=A_LATER_PAGE, posts=posts, events=events)
        return self.reading(doc, (thread,))


def _is_unnamed(said: str) -> bool:
    """Before a colon stands a name always, but in "* Ann changed the topic to: seeds"."""
    return said.startswith("* ")


def _said(told: Sequence[Line]) -> Iterator[Line]:
    """Who tells of themselves stands behind a star, and is known by name from elsewhere in the room."""
    names = sorted({line.name for line in told if line.name}, key=len, reverse=True)
    for line in told:
        teller = next((name for name in names if line.words.startswith(f"* {name} ")), "")
        if line.name or teller:
            words = line.words if line.name else line.words.removeprefix(f"* {teller} ")
            yield replace(line, name=line.name or teller, words=words)


def _posts(doc: Document, said: Sequence[Line]) -> Iterator[Post]:
    moment = partial(parse_time, now=doc.page.fetched_at, day_first=puts_day_first(said))
    for line in said:
        is_removed = _DELETED.fullmatch(line.words) is not None
        made = number_of(line.when, line.name, line.words)
        yield replace(
            bylined(made, EMPTY if is_removed else _body(line.words), Author(name=line.name)),
            posted_at=moment(line.when),
            state=PostState.REMOVED if is_removed else PostState.VISIBLE,
        )


def _body(words: str) -> Body:
    """Behind the first words of what it answers stand its own."""
    m = _REPLY.match(words)
    own = untangle_markdown(_TOLD_OF_FILE.sub("", words[m.end() if m else 0 :]))
    if m is None or not m["words"]:
        return own
    answered = Quote(ordinal=1, depth=1, text=m["words"])
    rest = (replace(each, ordinal=each.ordinal + 1) for each in own.quotes)
    deeper = (replace(each, parent=each.parent + 1) if each.parent else each for each in rest)
    return Body(text=own.text, full_text="\n\n".join((m["words"], own.full_text)), quotes=(answered, *deeper))


def _removals(said: Sequence[Line], posts: Sequence[Post]) -> Iterator[PlatformEvent]:
    """What others took out than those who wrote it, where the program speaks English."""
    for line, post in zip(said, posts, strict=True):
        if (m := _DELETED.fullmatch(line.words)) and m["by"]:
            yield PlatformEvent(kind="post_removed", post_id=post.id, actor=Author(name=m["by"]))


platform = MatrixText()
