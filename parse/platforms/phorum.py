"""Phorum 5."""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.model import Author, PageKind, ThreadRow
from parse.quote_heads import QuoteHead
from parse.urls import tidy

_MESSAGE = re.compile(r"msg-(\d+)|read\.php\?\d+,\d+,(\d+)")
_PERMALINK = re.compile(r"(read\.php\?\d+,\d+),\d+")


def _describe(block: LexborNode) -> QuoteHead:
    """ "Quote", and the name in bold on a line of its own."""
    name = block.css_first("blockquote.bbcode > div > small + strong")
    return QuoteHead(attributed_to=text_of(name).rstrip(":") or None)


class Phorum(HtmlPlatform):
    name = "phorum"
    marks = (
        Mark("phorum", "#phorum, #phorum-user-info", 0.95),
        Mark("phorum.org", 'a[href*="phorum.org"]', 0.85),
    )
    table = Selectors(
        post="#phorum .message:has(.message-body), .message:has(> .message-body)",
        body=".message-body",
        author=".message-author a[href*='profile.php'], .message-author:not(:has(a))",
        time=".message-date",
        permalink="a[href*='read.php'][href*='msg-'], .message-date a[href]",
        edited=".message-edit, .message-body > small:lexbor-contains('Edited')",
        title="#heading h1, h1.heading, h1",
        crumbs="#breadcrumb a[href*='list.php'], .breadcrumb a[href*='list.php']",
        locked=".icon-closed, .icon-lock, .message.closed",
        pager=".paging a[href], .nav a[href*='page=']",
        current_page=".paging strong.current-page, .paging .current, .paging strong",
        row="table.list tr:has(a[href*='read.php'])",
        row_link="h4 a[href*='read.php'], td a[href*='read.php']",
        row_replies="td:nth-child(4)",
        row_time="td:last-child",
        row_last="td:last-child a[href*='read.php']",
        row_sticky=".icon-bell, .icon-sticky, .sticky",
        row_locked=".icon-closed, .icon-lock",
        row_moved=".icon-moved",
        boards="table.list h3 a[href*='list.php'], table.list a[href*='list.php']",
        login="form#login-form, form[action*='login.php'] input[type=password]",
        missing=".information:lexbor-contains('not find' i), .information:lexbor-contains('not exist' i)",
    )
    quotes = QuoteMarkup(
        block="blockquote",
        describe=_describe,
        drop=(
            ".message-options",
            ".message-moderation",
            ".message-edit",
            ".PhorumReadSignature",
            ".signature",
            "blockquote.bbcode > div > small:first-child",
            "blockquote.bbcode > div > small + strong",
        ),
    )
    thread_url = re.compile(r"read\.php\?\d+,(\d+)")
    board_url = re.compile(r"list\.php\?(\d+)")
    offset_url = re.compile(r",page=(\d+)")
    user_url = re.compile(r"profile\.php\?\d+,(\d+)")

    def canonical(self, url: str) -> str:
        """A message's own URL shows the page of its thread on which it is."""
        return self.without_first_page(_PERMALINK.sub(r"\1", tidy(url)))

    def thread_start(self, url: str) -> str:
        return self.offset_url.sub("", url, count=1)

    def post_id(self, node: LexborNode) -> str | None:
        """An anchor before the message, or within it, has its number."""
        before = node.prev
        while before is not None and not before.is_element_node:
            before = before.prev
        places = [*node.css("a[name^='msg-'], a[id^='msg-'], a[href*='msg-']"), node]
        if before is not None and before.tag == "a":
            places.insert(0, before)
        said = (attribute(place, name) for place in places for name in ("name", "id", "href"))
        found = next((m for text in said if (m := _MESSAGE.search(text))), None)
        return found and (found[1] or found[2])

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        found = super().author(node, sight)
        if found is None:
            return None
        name = found.name.removeprefix("Posted by:").partition("Registered:")[0].strip()
        return replace(found, name=name) if name else None

    def post_at(self, url: str) -> str | None:
        found = _MESSAGE.search(url)
        return found and (found[1] or found[2])

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        """Threads lead to read.php; the list of forums has last posts that do, too."""
        row = super().row(node, sight)
        return row if row and not node.css_first("h3 a[href*='list.php']") else None

    def kind(self, sight: Sight, posts: Sequence[LexborNode]) -> PageKind:
        found = super().kind(sight, posts)
        return PageKind.INDEX if found is PageKind.BOARD and not self.rows(sight) else found


platform = Phorum()
