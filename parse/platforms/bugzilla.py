"""Bugzilla 3 to 5 and Mozilla's own: bugs with numbered comments, lists of bugs by product and component.

Known from the templates of the software (versions 3 and 5, Mozilla's "modal" view) and from pages of W3C,
WebKit and Red Hat as saved. Comments are never edited. Changes of fields stand on a page of their own; only
Mozilla shows them, between the comments. Votes are not on the page.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, find, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.model import Author, Board, PageKind, PlatformEvent, Post, Thread, ThreadRow
from parse.quotes.plain import Body, untangle_text
from parse.urls import parameter, tidy

_COMMENT = re.compile(r"[?&]id=(\d+)[^#]*#c(\d{1,7})\Z")
_NUMBER_AHEAD = re.compile(r"\A(?:Bug\s*)?\d+\s*[–—-]\s*", re.I)
_WAYS_TO_LIST = re.compile(
    r"(?<=[?&])(?:order|columnlist|list_id|query_based_on|bug_status=__open__)\b[^&]*&?"
)
"""What tells how bugs are listed; and that only the open ones are, as the links on a bug's page do."""
_DONE = re.compile(r"\b(?:FIXED|ERRATA|CURRENTRELEASE|NEXTRELEASE|RAWHIDE)\b")
_DUPLICATE = re.compile(r"\bDUPLICATE\b")
_STATUS = "#static_bug_status, #field-value-status_summary, .bug-status"


class Bugzilla(HtmlPlatform):
    name = "bugzilla"
    marks = (
        Mark("bz_comment_text", ".bz_comment .bz_comment_text", 0.95),
        Mark("comment-text", ".change-set .comment-text[data-comment-id]", 0.95),
        Mark("bugzilla-body", "#bugzilla-body", 0.9),
        Mark("bz_bugitem", "tr.bz_bugitem", 0.9),
    )
    table = Selectors(
        post=".bz_comment, .change-set:has(.comment-text)",
        body=".bz_comment_text, .comment-text",
        author='.vcard a[href*="user_profile"], .vcard .fn',
        time=".bz_comment_time, .change-time :is(time, .rel-time)",
        permalink='a[href*="#c"]',
        role=".user-role",
        status=_STATUS,
        title="#field-value-short_desc, #short_desc_nonedit_display",
        crumbs='#field_container_component a[href*="buglist.cgi"], #component-info a[href*="buglist.cgi"]',
        thread_page="#changeform .bz_short_desc_container",
        row="tr.bz_bugitem",
        row_link='a[href*="show_bug.cgi"]',
        row_time=".bz_changeddate_column",
        boards='#component_table a[href*="buglist.cgi"]',
        board_page=".bz_result_count",
        missing="#error_msg",
    )  # fmt: skip
    quotes = QuoteMarkup(block="blockquote")
    thread_url = re.compile(r"/show_bug\.cgi\?(?:[^#]*&)?id=(\d+)")
    board_url = re.compile(r"/buglist\.cgi\?([^#]+)")
    user_url = re.compile(r"user_profile\?user_id=(\d+)")

    def canonical(self, url: str) -> str:
        if self.thread_url.search(url):
            return tidy(url, ("id",))
        return _WAYS_TO_LIST.sub("", tidy(url)).rstrip("?&")

    def kind(self, sight: Sight, posts: Sequence[LexborNode]) -> PageKind:
        """Bugs that are not for all, and bugs that are none, are told in the same place."""
        found = super().kind(sight, posts)
        title = text_of(find(sight.doc, "title"))
        return PageKind.LOGIN if found is PageKind.MISSING and "denied" in title.casefold() else found

    def post_id(self, node: LexborNode) -> str | None:
        return self.post_at(attribute(first(node, self.table.permalink), "href"))

    def post_at(self, url: str) -> str | None:
        """Comments are counted from each bug's description on, which is number 0."""
        m = _COMMENT.search(url)
        return f"{m[1]}.{m[2]}" if m else None

    def position(self, node: LexborNode) -> int | None:
        number = (self.post_id(node) or "").partition(".")[2]
        return int(number) + 1 if number else None

    def body(self, node: LexborNode) -> Body:
        """Plain text, whose lines are as they were written; Mozilla has Markdown since 2019. What comes
        without a word is a file, and says what that is."""
        words = node.css_first(self.table.body)
        if words is not None and not words.text(strip=True):
            words = first(node, '.attachment [itemprop="description"]') or words
        is_plain = words is not None and words.css_first("p, ul, ol, blockquote") is None
        return untangle_text(words.text()) if words and is_plain else super().body(node)

    def author_at(self, link: LexborNode, node: LexborNode, sight: Sight) -> Author:
        """Who is logged in sees addresses. Groups have icons."""
        found = super().author_at(link, node, sight)
        mail = (found.profile_url or "").startswith("mailto:")
        icon = attribute(first(node, ".bz_comment_user_images img, .bz_comment_head img"), "alt")
        return replace(
            found, profile_url=None if mail else found.profile_url, role=found.role or icon or None
        )

    def time_shown(self, node: LexborNode | None) -> str:
        """Lists show a weekday or a clock for what changed of late; the moment is kept for the script."""
        return attribute(node, "sorttable_customkey") or super().time_shown(node)

    def title(self, sight: Sight) -> str:
        """The browser's title holds nothing but number and summary."""
        shown = text_of(find(sight.doc, "title"))
        summary = _NUMBER_AHEAD.sub("", shown)
        return summary if summary != shown else super().title(sight)

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        """What is RESOLVED may be WONTFIX."""
        thread = super().thread(sight, posts, url)
        return replace(thread, is_solved=bool(_DONE.search(thread.status or "")))

    def events(self, sight: Sight) -> tuple[PlatformEvent, ...]:
        status = text_of(find(sight.doc, _STATUS))
        same = (PlatformEvent(kind="thread_merged", excerpt=status),) if _DUPLICATE.search(status) else ()
        return (*super().events(sight), *same)

    def board_in(self, link: LexborNode, sight: Sight) -> Board | None:
        """A component of a product; the links to it say "show other bugs"."""
        board = super().board_in(link, sight)
        return board and _named(board)

    def board_here(self, sight: Sight) -> Board | None:
        board = super().board_here(sight)
        return board and _named(board)

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        """The first link is the number."""
        row = super().row(node, sight)
        title = text_of(first(node, ".bz_short_desc_column, .bz_short_short_desc_column"))
        return row and replace(row, title=title or row.title)


def _named(board: Board) -> Board:
    names = (parameter(board.url, name) for name in ("product", "component"))
    title = " / ".join(name.replace("+", " ") for name in names if name)
    query = board.url.partition("?")[2]
    return replace(board, id=unquote(query) or board.id, title=title or board.title)


platform = Bugzilla()
