"""Phorum 5."""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.edit_notices import is_notice, read_notice
from parse.html_fields import attribute, captured, find_all, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.model import Author, PageKind, Post, ThreadRow
from parse.quotes.heads import QuoteHead
from parse.urls import tidy

_MESSAGE = re.compile(r"msg-(\d+)|read\.php\?\d+,\d+,(\d+)")
_THREAD_LINK = re.compile(r"(?:read|posting)\.php\?\d+,(\d+)")
_PERMALINK = re.compile(r"(read\.php\?\d+,\d+)(?:,\d+|,printview)+")
_INDENT = re.compile(r"padding-left:\s*(\d+)")
_CLOSED = ", ".join(
    f'{place}:lexbor-contains("{word}" i)'
    for place in (".information", ".attention", ".PhorumUserError", ".PhorumOkMsg")
    for word in ("closed", "geschlossen", "fermé", "cerrad", "chius", "fechad")
)


def _describe(block: LexborNode) -> QuoteHead:
    """ "Quote", and the name in bold on a line of its own."""
    name = block.css_first("blockquote.bbcode > div > small + strong")
    return QuoteHead(attributed_to=text_of(name).rstrip(":") or None)


class Phorum(HtmlPlatform):
    """The templates `emerald` and `lightweight`, and `classic`, which was the only one before 5.2."""

    name = "phorum"
    marks = (
        Mark("phorum", "#phorum, #phorum-user-info", 0.95),
        Mark("PhorumReadBodyText", ".PhorumReadBodyText", 0.95),
        Mark("PhorumStdTable", "table.PhorumStdTable", 0.95),
        Mark("phorum-index", "#phorum-index", 0.95),
        Mark("phorum.org", 'a[href*="phorum.org"]', 0.85),
    )
    table = Selectors(
        post="#phorum .message:has(.message-body), .message:has(> .message-body), .PhorumReadMessageBlock",
        body=".message-body, .PhorumReadBodyText",
        author=".message-author a[href*='profile.php'], .message-author:not(:has(a[href*='profile.php'])), "
        ".PhorumReadBodyHead:nth-child(2) a[href], .PhorumReadBodyHead:nth-child(2) strong:not(:has(a))",
        time=".message-date, .generic td > small, .PhorumReadBodyHead:nth-child(3)",
        role=".message-user-info > strong",
        hidden=".message-body > .warning, .PhorumReadBodyHead:only-child",
        title="#heading h1, h1.heading, .PhorumReadBodySubject, h1",
        crumbs="#breadcrumb a[href*='list.php'], .breadcrumb a[href*='list.php'], "
        ".PhorumTitleText a[href*='list.php']",
        locked=f".icon-closed, .icon-lock, .message.closed, {_CLOSED}",
        pager=".paging a[href], .nav a[href*='page='], .PhorumNavBlock a[href*='page=']",
        current_page=".paging strong.current-page, .paging .current, .PhorumNavBlock strong",
        row="table.list tr:has(td a[href*='read.php']), table.PhorumStdTable tr:has(td a[href*='read.php'])",
        row_link="h4 a[href*='read.php'], td a[href*='read.php']:not(:has(img))",
        row_time="td:not(:first-child):not(:has(h4)):has(a[href*='read.php']), td:last-child",
        row_last="td:not(:first-child):not(:has(h4)) a[href*='read.php']",
        row_sticky=".icon-bell, .icon-sticky, .sticky, img[src*='images/bell.'], "
        ".PhorumListSubjPrefix:lexbor-contains('sticky' i), "
        ".PhorumListSubjPrefix:lexbor-contains('announcement' i)",
        row_locked=".icon-closed, .icon-lock, img[src*='images/lock.']",
        row_moved=".icon-moved, td:first-child img[src*='images/page_go.'], "
        ".PhorumListSubjPrefix:lexbor-contains('moved' i)",
        boards="table.list h3 a[href*='list.php'], table.list a[href*='list.php'], "
        "#phorum-index .forum-name a[href*='list.php']",
        login="form#login-form, form[action*='login.php'] input[type=password]",
        missing=".information:lexbor-contains('not find' i), .information:lexbor-contains('not exist' i)",
    )
    quotes = QuoteMarkup(
        block="blockquote",
        describe=_describe,
        drop=(
            ".message-options",
            ".message-moderation",
            ".message-body > .warning",
            ".message-body > .attachments",
            "a[href*='changes.php']",
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
        """In an anchor before the message or within it; the first of a thread has none, but the thread's."""
        before = node.prev
        while before is not None and not before.is_element_node:
            before = before.prev
        places = [*node.css("a[name^='msg-'], a[id^='msg-'], a[href*='msg-']"), node]
        if before is not None and before.tag == "a":
            places.insert(0, before)
        said = (attribute(place, name) for place in places for name in ("name", "id", "href"))
        if found := next((m for text in said if (m := _MESSAGE.search(text))), None):
            return captured(found)
        buttons = node.css(".message-options a[href], .PhorumReadNavBlock a[href]")
        links = [attribute(button, "href") for button in buttons]
        named = [m for pattern in (_MESSAGE, _THREAD_LINK) for href in links if (m := pattern.search(href))]
        return captured(named[0]) if named else None

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        found = super().author(node, sight)
        if found is None:
            return None
        name = found.name.removeprefix("Posted by:").partition("Registered:")[0].partition(" [ ")[0].strip()
        return replace(found, name=name) if name else None

    def time_shown(self, node: LexborNode | None) -> str:
        """A message's subject stands before its date, in bold."""
        subject = node.css_first("small > strong") if node else None
        return node.text(deep=False).strip() if node and subject else super().time_shown(node)

    def post(self, node: LexborNode, sight: Sight) -> Post | None:
        """Who has changed a message is told in its last line."""
        post = super().post(node, sight)
        text, _, last = post.text.rpartition("\n") if post else ("", "", "")
        if post is None or not is_notice(last):
            return post
        said = read_notice(last.removesuffix("()").rstrip())  # what is left of a link to the changes
        other = bool(said.by and post.author and said.by.casefold() != post.author.name.casefold())
        return replace(
            post,
            text=text.strip(),
            full_text=post.full_text.removesuffix(last).strip(),
            edited_at=sight.time(said.at),
            edited_by=said.by,
            edited_by_staff=other,
        )

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        own = sight.own.partition("#")[0]
        return f"{own}#msg-{post_id}" if own.startswith("http") else None

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """Where messages are indented, each answers the last before it that is less so."""
        above: list[tuple[int, str]] = []
        tied: list[tuple[LexborNode, Post]] = []
        for node, post in found:
            m = _INDENT.search(attribute(node, "style"))
            while m and above and above[-1][0] >= int(m[1]):
                above.pop()
            tied.append((node, replace(post, reply_to=above[-1][1]) if m and above else post))
            if m:
                above.append((int(m[1]), post.id))
        return super().settled(tied, sight)

    def post_at(self, url: str) -> str | None:
        found = _MESSAGE.search(url)
        return found and captured(found)

    def rows(self, sight: Sight) -> tuple[ThreadRow, ...]:
        """A list may show threads, or all messages, each thread's below its first."""
        nodes = find_all(sight.doc, self.table.row)
        if any(first(node, self.table.row_last) for node in nodes):
            return super().rows(sight)
        threads: dict[str, list[ThreadRow]] = {}
        for row in filter(None, (self.row(node, sight) for node in nodes)):
            threads.setdefault(row.id, []).append(row)
        return tuple(_whole(rows) for rows in threads.values())

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        """Threads lead to read.php; the list of forums has last posts that do, too."""
        row = super().row(node, sight)
        if row is None or node.css_first("h3 a[href*='list.php']"):
            return None
        cells = (
            node.css("td")[1:] if first(node, self.table.row_last) else []
        )  # else of views, if of anything
        counts = [words for cell in cells if (words := text_of(cell)).isdecimal()]
        return replace(row, reply_count=int(counts[-1]) - 1 if counts else None)  # posts, with the first

    def kind(self, sight: Sight, posts: Sequence[LexborNode]) -> PageKind:
        found = super().kind(sight, posts)
        return PageKind.INDEX if found is PageKind.BOARD and not self.rows(sight) else found


def _whole(messages: Sequence[ThreadRow]) -> ThreadRow:
    """A thread by the rows of its messages; of what is pinned only the first is shown."""
    top, dated = messages[0], [row.last_post_at for row in messages if row.last_post_at]
    return replace(
        top,
        last_post_at=max(dated, default=None),
        reply_count=None if top.is_sticky else len(messages) - 1,
    )


platform = Phorum()
