"""Slack as a workspace is exported: a folder a channel, in it a file of messages a day.

Known from exports and from Slack's documentation. What its interface answers, saved as it came or by
slackdump, has the same messages. Each thread is one, however many days it takes; what was said outside of
threads is the talk of its channel. Whom in a thread a message answers is not told. Names are those of the
list of members beside the channels, else those that the messages tell.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from parse.exported import Exported
from parse.json_fields import epoch, mapping, text, whole
from parse.model import A_LATER_PAGE, Author, Board, PageKind, Reading, Thread
from parse.page import Document
from parse.software.chats import opening_line
from parse.software.slack_message import is_said, messages, people, post

_DAY = re.compile(r"\d{4}-\d\d-\d\d\.json")


class SlackExport(Exported):
    name = "slack_export"

    def detect(self, doc: Document) -> float:
        return 0.95 if next(messages(doc.json), None) else 0.0

    def read(self, doc: Document) -> Reading:
        """A day on which people only came and went is a page without a post, and no failure."""
        board = _channel(doc, self.canonical(doc.page.url))
        said = list({text(each["ts"]): each for each in messages(doc.json) if is_said(each)}.values())
        threads: dict[str, list[dict[str, Any]]] = {}
        for each in sorted(said, key=lambda each: float(text(each["ts"]))):
            threads.setdefault(text(each.get("thread_ts")), []).append(each)
        known = people(doc.page.beside, said)
        return Reading(
            platform=self.name,
            kind=PageKind.THREAD if threads else PageKind.OTHER,
            canonical_url=self.canonical(doc.page.url),
            boards=(board,),
            threads=tuple(_thread(number, there, board, known) for number, there in threads.items()),
        )


def _channel(doc: Document, url: str) -> Board:
    """The folder of the day; a file that is called otherwise is itself a channel, and may have its name."""
    place, _, file = url.rstrip("/").rpartition("/")
    place = place if _DAY.fullmatch(file) else url.removesuffix(".json")
    name = text(mapping(doc.json).get("name")) or unquote(place.rpartition("/")[2])
    return Board(id=name, title=f"#{name}", url=place)


def _thread(number: str, said: Sequence[dict[str, Any]], board: Board, known: Mapping[str, Author]) -> Thread:
    """What one day adds to a thread, or, where `number` is empty, to the talk of the channel."""
    posts = tuple(post(each, board.id, known) for each in said)
    if not number:
        return Thread(
            id=board.id, title=board.title, url=board.url, board=board, page_number=A_LATER_PAGE, posts=posts
        )
    opening = said[0] if text(said[0]["ts"]) == number else {}
    return Thread(
        id=f"{board.id}/{number}",
        title=opening_line(posts[0]) if opening else "",
        url=board.url,
        board=board,
        started_at=epoch(number),
        stated_reply_count=whole(opening.get("reply_count")),
        is_locked=opening.get("is_locked") is True,
        page_number=1 if opening else A_LATER_PAGE,
        posts=posts,
    )


platform = SlackExport()
