"""Pages that a tool turned into plain text: most bylines lost, quotes without an end mark."""

import re
from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b

from parse.exported import Exported
from parse.extracts import lines as extract_lines
from parse.extracts.page import Extract
from parse.model import Board, PageKind, ParseError, Post, Reading, Thread
from parse.names import normal
from parse.page import Document
from parse.software.whatsapp_message import is_chat, is_of_element
from parse.urls import split

_MARKUP = re.compile(r"<(?:html|head|body|div|table|p|span|article|\?xml|!doctype)\b", re.I)
_MAIL = re.compile(r"\A(?:From |(?:[A-Z][\w-]+: [^\n]*\n){3})")
_TOPIC = re.compile(r"/(?:td-p|m-p|ta-p|idi-p|qaq-p|t|topics?|threads?|discussion)/(?:[^/?#]*/)?(\d+)")
_CHANNEL = re.compile(r"\A\ufeff?={40,}\r?\nGuild: ")
"""How a channel of Discord begins that was saved as text: there, names stand before the words."""
_PROSE = (
    "a text in which nothing tells that people talk: nobody is named, nothing is dated or quoted; "
    "if it was a page of a forum nevertheless, say --platform plaintext"
)
_MARKS = frozenset(("rank", "since", "position", "replies", "profile", "reply_to"))


class PlainText(Exported):
    """Text extracts of a thread page, as reader modes, converters and scrapers leave them."""

    name = "plaintext"

    def detect(self, doc: Document) -> float:
        if b"\x00" in doc.page.body[:20_000] or doc.json is not None:
            return 0.0
        head = doc.text[:20_000]
        is_of_chat = _CHANNEL.match(head) or is_chat(head) or is_of_element(head)
        if _MARKUP.search(head) or _MAIL.match(head) or is_of_chat:
            return 0.0
        is_text = "text/plain" in doc.page.content_type or split(doc.page.url).path.endswith(".txt")
        marks = sum(line.kind in _MARKS for line in extract_lines.read_lines(head[:6000]))
        return min(0.9, 0.3 + 0.25 * is_text + 0.1 * marks)

    def read(self, doc: Document) -> Reading:
        page = Extract(doc.text.replace("\r\n", "\n").replace("\r", "\n"), doc.page.fetched_at)
        posts = page.posts()
        if doc.platform_hint is None and not _is_talk(posts, page):
            raise ParseError(f"{doc.page.url}: {_PROSE}")
        title = page.title or (posts[0].text.split("\n")[0][:100] if posts else "")
        url = self.canonical(doc.page.url)
        thread = Thread(
            id=_thread_id(url, title),
            title=title,
            url=url,
            board=Board(id=normal(page.board), title=page.board, url="") if page.board else None,
            stated_reply_count=page.stated_replies,
            posts=tuple(replace(post, page_id=doc.page.page_id) for post in posts),
        )
        return Reading(
            platform=self.name,
            kind=PageKind.THREAD if posts else PageKind.OTHER,
            canonical_url=url,
            confidence=0.9 if page.keeps_bylines else 0.7,
            threads=(thread,) if posts else (),
        )


def _is_talk(posts: Sequence[Post], page: Extract) -> bool:
    """Whether anything tells that people talk: several posts, a date, somebody named, a mark of a forum."""
    told = (post.posted_at or post.author_method == "byline" or _names(post) for post in posts)
    return len(posts) > 1 or any(told) or any(line.kind in _MARKS for line in page.lines)


def _names(post: Post) -> bool:
    """Whether a quote in it names somebody."""
    return any(quote.attributed_to for quote in post.quotes)


def _thread_id(url: str, title: str) -> str:
    """The topic's number where the URL has it; else from the title, so that two saves are one thread."""
    m = _TOPIC.search(url)
    return m[1] if m else blake2b(normal(title).encode(), digest_size=8).hexdigest()


platform = PlainText()
