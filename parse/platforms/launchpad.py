"""Launchpad: bugs with their comments, how many they affect and what became of them; questions with answers.

Known from Launchpad's own templates (2010 to 2025) and from what reads its lists. Of many comments the first
and the last are shown, with a link to all. What came from other trackers is read as a comment like any other.
Lists show when a bug changed only if their reader has asked for it; they are followed forwards, as their
links back count from the end.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.html_fields import (
    attribute,
    captured,
    count_in,
    find,
    find_all,
    first,
    has_class,
    number_in,
    text_of,
)
from parse.html_platform import HtmlPlatform
from parse.html_table import UNEDITED, Edit, Mark, Selectors, Sight
from parse.model import Author, Board, PlatformEvent, Post, Thread
from parse.quotes.plain import Body
from parse.urls import tidy

_OPENING = "0"
_OF_TARGET = re.compile(r"\A(https?://[^/]+/([^?#]+?))/\+(?:bug|question)/\d")
_ACCOUNT = re.compile(r"\s+\([^()\s]+\)\Z")
"""Behind the name, as Launchpad shows it: "Ida Roth (ida-r)"."""
_SOLVED = ".statusFIXRELEASED, .statusFIXCOMMITTED"
_DUPLICATE = "#bug-is-duplicate .bug-duplicate-details"


class Launchpad(HtmlPlatform):
    name = "launchpad"
    marks = (
        Mark("boardCommentDetails", ".boardComment > .boardCommentDetails", 0.95),
        Mark("buglisting-row", ".buglisting-row .bugnumber", 0.9),
        Mark("question-listing", "#question-listing .questionTITLE", 0.9),
        Mark("LPJS", "#registration.registering", 0.9),
    )
    table = Selectors(
        post=".report, [itemtype$=UserComments], .boardComment:has(.boardCommentBody)",
        body=".boardCommentBody",
        author='.boardCommentDetails a[href*="/~"]',
        time='time[itemprop="commentTime"], .boardCommentDetails time',
        permalink=".bug-comment-index a[href]",
        edited='time[itemprop="editTime"]',
        solution='img[src*="favourite-yes"], .boardCommentBody.highlighted',
        hidden=".adminHiddenComment",
        title="#edit-title .yui3-editable_text-text, #edit-title, h1",
        locked="#registration .badge.read-only",
        solved=".questionstatusSOLVED, #question-status .questionstatusANSWERED",
        pager=".batch-navigation-links a[href]:not(.previous, .last), a.show-comments-link[href]",
        status="#question-status [class*=questionstatus]",
        thread_page="#affected-software, #question-status",
        row=".buglisting-row, #question-listing tr:has(.questionTITLE)",
        row_link="a.bugtitle[href], .questionTITLE a[href]",
        board_page="#client-listing",
    )
    quotes = QuoteMarkup(block="blockquote", drop=(".download-attachment", "#bug-tags"))
    thread_url = re.compile(r"/\+((?:bug|question)/\d+)")
    board_url = re.compile(
        r"//(?:bugs|answers)\.[^/]+/((?!\+)[^?#]+?)(?:/\+(?:bugs|questions))?/?(?=[?#]|\Z)"
    )
    user_url = re.compile(r"/~([^/?#]+)")
    offset_url = re.compile(r"[?&]start=(\d+)")
    first_offset = 0

    def canonical(self, url: str) -> str:
        """A comment has an address of its own, below that of the bug."""
        m = re.match(r"([^?#]*/\+(?:bug|question)/\d+)", url)
        if m is None:
            return self.without_first_page(tidy(url))
        return f"{tidy(m[1])}?comments=all" if "comments=all" in url else tidy(m[1])

    def thread_start(self, url: str) -> str:
        return url.partition("?")[0] if self.thread_url.search(url) else super().thread_start(url)

    def post_id(self, node: LexborNode) -> str | None:
        """Comments are counted within their bug or question."""
        if _is_opening(node):
            return _OPENING
        shown = text_of(first(node, ".bug-comment-index"))
        return number_in(shown) or number_in(attribute(node, "data-baseurl").rpartition("/")[2])

    def position(self, node: LexborNode) -> int | None:
        number = self.post_id(node) or ""
        return int(number) + 1 if len(number) < 8 and number.isdecimal() else None

    def body(self, node: LexborNode) -> Body:
        words = first(node, "#edit-description .yui3-editable_text-text, .comment-text")
        if _is_opening(node):
            return untangle(words or node, self.quotes)
        return untangle(words, self.quotes) if words else super().body(node)

    def author_node(self, node: LexborNode) -> LexborNode | None:
        if not _is_opening(node):
            return super().author_node(node)
        return _on_page(node, '#registration a[href*="/~"]')

    def author_at(self, link: LexborNode, node: LexborNode, sight: Sight) -> Author:
        found = super().author_at(link, node, sight)
        return replace(found, name=_ACCOUNT.sub("", found.name), login=found.user_id)

    def dated(self, node: LexborNode, sight: Sight) -> str:
        if not _is_opening(node):
            return super().dated(node, sight)
        return self.time_shown(_on_page(node, "#registration [title]:not(.badge):not(a)"))

    def likes(self, node: LexborNode) -> int | None:
        """How many people a bug affects; a reader who is one of them is counted apart."""
        affects = _on_page(node, "#affectsmetoo") if _is_opening(node) else None
        return count_in(text_of(affects))

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        edited = first(node, self.table.edited)
        return Edit(at=sight.time(self.time_shown(edited))) if edited else UNEDITED

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        return self.thread_start(sight.own) if _is_opening(node) else super().post_url(node, post_id, sight)

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        m = self.thread_url.search(sight.own)
        talk = captured(m) if m else "thread"
        return [replace(post, id=f"{talk}#{post.id}") for post in super().settled(found, sight)]

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        """A bug may be in several products; the page is about one of them."""
        thread, row = super().thread(sight, posts, url), find(sight.doc, "#affected-software tr.highlight")
        is_fixed = first(row, _SOLVED) if row else find(sight.doc, f"#affected-software :is({_SOLVED})")
        status = text_of(first(row, ".value[class*=status]") if row else None)
        return replace(
            thread,
            is_solved=thread.is_solved or is_fixed is not None,
            status=status or thread.status,
        )

    def events(self, sight: Sight) -> tuple[PlatformEvent, ...]:
        same = text_of(find(sight.doc, _DUPLICATE))
        merged = (PlatformEvent(kind="thread_merged", excerpt=same),) if same else ()
        return (*super().events(sight), *merged)

    def crumb_board(self, sight: Sight) -> Board | None:
        """What a bug is in stands before it in its address; some link leads there by name."""
        m = _OF_TARGET.search(sight.own)
        if m is None:
            return None
        named = map(
            text_of, find_all(sight.doc, f'#affected-software a[href$="/{m[2]}"], h2 a[href$="/{m[2]}"]')
        )
        return Board(id=m[2], title=next(filter(None, named), ""), url=m[1])


def _is_opening(node: LexborNode) -> bool:
    return has_class(node, "report")


def _on_page(node: LexborNode, selector: str) -> LexborNode | None:
    """Who reported it and when stands above the words, in the head of the page."""
    return node.parser.css_first(selector) if node.parser else None


platform = Launchpad()
