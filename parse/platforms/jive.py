"""Jive communities since version 4: discussions, flat or nested, with correct answers; listings of places.

Versions 5 and later are known from their own template of a thread and the script of its questions, and from
what read Apple's, VMware's and T-Mobile's (2016 to 2019); version 4 (Jive SBS) from what read Adobe's and
VMware's (2009 to 2011). Shown is when a post was last changed: an edit says no more of itself. Which answers
are correct is often told by a script alone. Not known, and so not read: log-in walls, ranks, comments on
documents, ideas and blogs.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, count_in, every, find, find_all, first, has_class, number_in, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.model import Author, Board, PlatformEvent, Post, Thread
from parse.page import Document

_PLACE = re.compile(
    r"/((?:community|groups|projects)/(?!feeds/|[^?#]*\bblog\b)[^?#]+?)"
    r"(?:/(?:content|overview|activity))?/?(?=[?#]|\Z)"
)
_START = re.compile(r"[?&]start=([1-9]\d*)")
_THREADS = "/content?filterID=contentstatus%5Bpublished%5D~objecttype~objecttype%5Bthread%5D"
"""Of all that a place holds. Its own URL leads to a page of widgets."""
_OLD_THREADS = "?view=discussions"
_VIEWS = ".j-thread-post footer .j-footer-left:first-child .jive-content-footer-item"
_SUBJECT = re.compile(r"\A(?:(?:Re|Q):\s*)+", re.I)
_ZONE = re.compile(r"""["']timezoneId["']\s*:\s*["'](\w+(?:\\?/\w+)*)""")
"""That of the times shown, in what the page tells its script."""


class Jive(HtmlPlatform):
    name = "jive"
    marks = (
        Mark("jive-rendered-content", ".j-thread-post, .jive-thread-reply, .jive-thread-post", 0.95),
        Mark("jive-", "#jive-thread-messages-container, .jive-thread-post-message", 0.9),
        Mark("jive-", "tr.js-browse-item .j-td-title, .jive-table-cell-subject, body[class*=jive-body]", 0.9),
    )
    table = Selectors(
        post=".j-thread-post, div:has(> .js-original-header), .jive-thread-post, .jive-thread-reply,"
        " .jive-thread-message > div > div, .jive-thread-reply-hidden",
        body=".jive-rendered-content, .jive-thread-reply-message, .jive-thread-post-message",
        author=".j-post-author strong a, .j-post-author strong:not(:has(a)), a.jive-username-link",
        time=".j-post-author, .jive-thread-reply-date, .jive-thread-post-subject-content h3,"
        ' a[title="Link to reply"]',
        permalink='h1 a[href*="/message/"], h6 a[href*="/message/"], a[title="Link to reply"]',
        likes="[data-command=showLikes][data-count], .jive-acclaim-likedlink",
        hidden=".jive-thread-reply-hidden",
        title=".js-original-header h1, .jive-thread-post-subject-content h2, h1",
        crumbs="#jive-breadcrumb a, #jive-breadcrumb-custom a",
        locked="#jive-thread-locked, #jive-thread-archived",
        solved=".jive-answer-type-answered, .jive-answer-type-assumedanswered",
        pager=".j-pagination a[href], .jive-pagination a[href]",
        current_page=".j-pagination-current, .jive-pagination-current",
        thread_page="#jive-thread-messages-container, .jive-thread-messages",
        row="tr:has(.j-td-title), tr:has(.jive-table-cell-subject)",
        row_link='.j-td-title a[href*="/thread/"], .jive-table-cell-subject a[href*="/thread/"]',
        row_replies=".jive-table-cell-replies",
        row_time=".j-td-date, .jive-table-cell-modified",
        boards='a[href*="/community/"], a[href*="/groups/"], a[href*="/projects/"]',
        board_page=".j-browse-list",
    )  # fmt: skip
    quotes = QuoteMarkup(
        block="blockquote, .jive-quote", head=".jive-quote-header", drop=(".j-answer-rollup",)
    )
    thread_url = re.compile(r"/thread/(\d+)")
    board_url = _PLACE
    offset_url = re.compile(r"[?&]start=(\d+)")
    first_offset = 0
    significant = ("start",)
    user_url = re.compile(r"(?!)")
    profile_url = re.compile(r"/people/[^/?#]+")

    def canonical(self, url: str) -> str:
        """A place has pages of several kinds; of its contents only the discussions are read."""
        kept = super().canonical(url)
        place, start = _PLACE.search(kept), _START.search(kept)
        if place is None or self.thread_url.search(kept):
            return kept
        threads = _OLD_THREADS if "view=discussions" in url else _THREADS
        return kept[: place.end(1)] + threads + (f"&start={start[1]}" if start else "")

    def zone(self, doc: Document) -> tzinfo:
        m = _ZONE.search(doc.text)
        try:
            return ZoneInfo(m[1].replace("\\", "")) if m else UTC
        except (KeyError, OSError, ValueError):
            return UTC  # a zone of the server's own

    def post_id(self, node: LexborNode) -> str | None:
        """Before the opening post an anchor names the thread and one the post; version 4 has them turned."""
        anchors = [attribute(anchor, "name") for anchor in every(node, "a[name]")[:2]]
        is_opening = len(anchors) == 2 and first(node, ".js-original-header") is not None
        named = number_in(node.id or "") or number_in((anchors or [""])[1 if is_opening else 0])
        return named or (number_in(attribute(node.parent, "id")) if first(node, self.table.hidden) else None)

    def author_at(self, link: LexborNode, node: LexborNode, sight: Sight) -> Author:
        number, login = attribute(link, "data-userid"), attribute(link, "data-username")
        return replace(super().author_at(link, node, sight), user_id=number or None, login=login or None)

    def time_shown(self, node: LexborNode | None) -> str:
        """Beside the name, and before that of who is answered."""
        if node is None or not has_class(node, "j-post-author"):
            return super().time_shown(node)
        return " ".join(node.text(deep=False).split())

    def likes(self, node: LexborNode) -> int | None:
        liked = first(node, self.table.likes)
        return count_in(attribute(liked, "data-count") or text_of(liked))

    def reply_to(self, node: LexborNode) -> str | None:
        href = attribute(first(node, ".j-thread-replyto a[href]"), "href")
        return number_in(href.partition("#")[2])

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        declared = number_in(attribute(find(sight.doc, "[itemprop=acceptedAnswer][id]"), "id"))
        correct = {declared, *(post.id for node, post in found if _is_correct(node))}
        return [replace(post, is_solution=post.id in correct) for post in super().settled(found, sight)]

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        thread = super().thread(sight, posts, url)
        return replace(
            thread,
            is_solved=thread.is_solved or any(post.is_solution for post in posts),
            view_count=count_in(text_of(find(sight.doc, _VIEWS))),
            stated_reply_count=count_in(text_of(find(sight.doc, "strong.j-thread-info-block"))),
        )

    def title(self, sight: Sight) -> str:
        """Later pages of a flat discussion show replies alone, each with the title behind "Re:"."""
        title = _SUBJECT.sub("", super().title(sight))
        subject = _SUBJECT.sub("", text_of(find(sight.doc, 'h6 a[href*="/message/"]:last-child')))
        return subject if subject and subject in title else title

    def crumb_board(self, sight: Sight) -> Board | None:
        """Behind a place may stand its list of discussions, of the same URL."""
        board = super().crumb_board(sight)
        named = (self.board_in(link, sight) for link in find_all(sight.doc, self.table.crumbs))
        titles = (place.title for place in named if place and board and place.id == board.id)
        return board and replace(board, title=next(titles, board.title))

    def events(self, sight: Sight) -> tuple[PlatformEvent, ...]:
        """A discussion may have branched from another, or another from it: a note says which."""
        notes = find_all(sight.doc, '.j-thread-info-block:has(a[href*="/thread/"])')
        own = self.listed_at(sight.own)
        ways = [(note, self.listed_at(attribute(note.css_first("a"), "href"))) for note in notes]
        branched = [note for note, there in ways if there and there != own]
        split = (PlatformEvent(kind="thread_split", excerpt=text_of(note)) for note in branched)
        return (*super().events(sight), *split)


def _is_correct(node: LexborNode) -> bool:
    """Versions name the reply or what stands around it; "j-correct-star" is drawn by a script."""
    names = f"{attribute(node, 'class')} {attribute(node.parent, 'class')}"
    return bool(re.search(r"(?:\A|[\s-])correct", names)) or first(node, ".j-correct-star") is not None


platform = Jive()
