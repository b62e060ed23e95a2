"""WhatsApp, as its app exports a chat: a text file, or a zip with one and what was sent beside it.

Known from what others write of these files. One chat is one thread: what a message answers is not in it.
Times are those of the phone that exported, whose zone is not told. Days stand before months, unless the dates
tell otherwise, or AM and PM in capitals.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import unquote

from parse.dates import parse_time
from parse.exported import Exported
from parse.markdown import untangle_markdown
from parse.model import A_LATER_PAGE, Author, ParseError, PlatformEvent, Post, PostState, Reading, Thread
from parse.page import Document
from parse.quotes.plain import EMPTY
from parse.software.bylined import bylined
from parse.software.chat_lines import Line, puts_day_first
from parse.software.chats import apart, number_of
from parse.software.whatsapp_message import (
    event,
    happened,
    is_chat,
    lines,
    said,
    taken_out_by,
    title,
    words_of,
)

_FILE = re.compile(
    r"(?:WhatsApp[^/]*? (?:with|mit|con|com|avec|met|med|с контактом|с|-) )(?P<name>[^/]+?)"
    r"\.(?:txt|zip)(?:/_chat\.txt)?\Z",
    re.I,
)
_PHONE = re.compile(r"\+[\d\s()-]{7,20}")


class WhatsappExport(Exported):
    name = "whatsapp_export"

    def detect(self, doc: Document) -> float:
        return 0.95 if doc.json is None and is_chat(doc.text) else 0.0

    def read(self, doc: Document) -> Reading:
        url, chat = self.canonical(doc.page.url), list(lines(doc.text))
        moment = partial(parse_time, now=doc.page.fetched_at, day_first=puts_day_first(chat))
        spoken = list(said(chat))
        posts = tuple(apart(replace(_post(line), posted_at=moment(line.when)) for line in spoken))
        if not posts:
            raise ParseError(f"{url}: an export of WhatsApp, but nobody wrote a message in it")
        told = ((line, event(line)) for line in happened(chat))
        events = [replace(found, occurred_at=moment(line.when)) for line, found in told if found]
        name = _called(url, chat)
        thread = Thread(
            id=name,
            title=name,
            url=url,
            page_number=A_LATER_PAGE,
            posts=posts,
            events=(*events, *_removals(spoken, posts)),
        )
        return self.reading(doc, (thread,))


def _called(url: str, chat: Sequence[Line]) -> str:
    """The name of a chat: its file's, else what was told last, else whatever the file is called."""
    path = unquote(url)
    if file := _FILE.search(path):
        return file["name"]
    return next(filter(None, map(title, reversed(chat))), "") or path.rpartition("/")[2].removesuffix(".txt")


def _post(line: Line) -> Post:
    words = words_of(line)
    made = number_of(line.when, line.name, line.words)
    return replace(
        bylined(made, EMPTY if words is None else untangle_markdown(words), _author(line.name)),
        state=PostState.REMOVED if words is None else PostState.VISIBLE,
    )


def _author(name: str) -> Author:
    """Known by name or, where the phone had none, by number."""
    return Author(name=name, user_id="".join(name.split()) if _PHONE.fullmatch(name) else None)


def _removals(spoken: Sequence[Line], posts: Sequence[Post]) -> Iterator[PlatformEvent]:
    """What those who run the group took out."""
    for line, post in zip(spoken, posts, strict=True):
        if by := taken_out_by(line):
            yield PlatformEvent(kind="post_removed", post_id=post.id, actor=Author(name=by))


platform = WhatsappExport()
