"""Verint Community, once Telligent: forums with nested replies and verified answers; comments on ideas.

Replies since version 9 are known from the software's own script for threads (`li.threaded.content-item`,
`data-id`) and from a saved page of element14 (2023); the opening post, the pager and the listing from what
reads TI's and Macmillan's forums (2024, 2025); posts of versions 5 to 8 from what read Macmillan's (2016).
Not known, and so not read: how edits, locks and ranks are shown.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse import second_way
from parse.body import QuoteMarkup
from parse.html_fields import attribute, captured, count_in, find, find_all, first, has_class, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.model import Board, LinkKind, Post, Thread
from parse.urls import tidy

_PAGE = re.compile(r"[?&;](pi(?:fragment-)?\d+=(\d+))")
"""Each widget of a page has a pager of its own, whose parameter ends in the widget's number."""
_OLD_REPLY = re.compile(r"(/f/[^/?#]+)/p/(\d+)/\d+")
_NEW_REPLY = re.compile(r"(/f/[^/?#]+/\d+/[^/?#]+)/\d+\Z")
_REPLY = re.compile(r"[?&]CommentId=([0-9a-f-]{36})|/p/\d+/(\d+)|/f/[^/?#]+/\d+/[^/?#]+/(\d+)|#(\d+)\Z", re.I)
_OF_FORUM = re.compile(r"\A(.*?//[^/]+/(?:[^?#]*?/)?f/[^/?#]+)/(?:[tp]/)?\d+")


class Telligent(HtmlPlatform):
    name = "telligent"
    marks = (
        Mark("threaded-reply-content", ".threaded-reply-content", 0.95),
        Mark("telligent.evolution", ".content-fragment[id^=fragment-], .content-fragment-content", 0.9),
    )
    table = Selectors(
        post="li.threaded > .rendered-content, li[data-id] > :has(> .threaded-reply-content), .thread-start,"
        " .full-post-container",
        body=".content.full > .content, .content.full:not(:has(> .content)), .post-content",
        author=".user-name a, .user-name:not(:has(a))",
        time="[data-dateutc], a.view-post:not(:has([data-dateutc])), .post-date .value",
        permalink="a.reply-permalink, a.view-post",
        title="h1.name, .forum-stats-container h1, h1",
        pager=".pager a[href], .ui-page a[href]",
        current_page=".pager .selected, .pager .current",
        thread_page=".thread-start, .threaded-wrapper",
        row=".name.cell:has(a.view-post), .post-name:has(a.view-post)",
        row_link="a.view-post[href]",
        boards='a[href*="/f/"]',
    )  # fmt: skip
    quotes = QuoteMarkup(block="blockquote")
    thread_url = re.compile(
        r"/f/[^/?#]+/(?:[tp]/)?(\d+)(?:\.aspx)?(?=[/?#]|\Z)|/(?:i/[^/?#]+|b/[^/?#]+/posts)/([^/?#]+)"
    )
    board_url = re.compile(r"//[^/]+/((?:[^?#]*/)?f/[^/?#]+?)(?:\.aspx)?/?(?=[?#]|\Z)")
    user_url = re.compile(r"(?!)")
    profile_url = re.compile(r"/members/[^/?#]+")

    def canonical(self, url: str) -> str:
        """The link of a reply has its number behind that of the thread."""
        page = _PAGE.search(url)
        kept = _NEW_REPLY.sub(r"\1", _OLD_REPLY.sub(r"\1/t/\2", tidy(url, ())))
        return f"{kept}?{page[1]}" if page and page[2] != "1" else kept

    def offset_at(self, url: str) -> int:
        m = _PAGE.search(url)
        return min(int(m[2]), 10**6) - 1 if m else 0

    def thread_start(self, url: str) -> str:
        return url.partition("?")[0]

    def post_id(self, node: LexborNode) -> str | None:
        """The opening post has no number but the thread's, which replies may have as well."""
        if has_class(node, "thread-start"):
            return "opening"
        href = attribute(first(node, self.table.permalink), "href")
        named = attribute(node.parent, "data-id") or self.post_at(href)
        is_opening = not named and bool(self.thread_url.search(href))
        return "opening" if is_opening else named or second_way.made_id(node, self.post_at)

    def post_at(self, url: str) -> str | None:
        m = _REPLY.search(url)
        return captured(m) if m else None

    def time_shown(self, node: LexborNode | None) -> str:
        """The age is shown; the moment is kept for the script."""
        return attribute(node, "data-dateutc") or super().time_shown(node)

    def likes(self, node: LexborNode) -> int | None:
        """Likes, where there are any; else votes for less those against."""
        votes = text_of(first(node, ".vote.current"))
        count = count_in(votes)
        net = -count if count and votes.startswith("-") else count
        liked = count_in(text_of(first(node, ".like-count")))
        return net if liked is None else liked

    def reply_to(self, node: LexborNode) -> str | None:
        """Replies are nested; deeper ones stand flat and name the reply that they answer."""
        named = self.post_at(attribute(first(node, ".author .parent a[href]"), "href"))
        above = node.parent.parent if node.parent is not None else None
        while named is None and above is not None and above.is_element_node:
            if above.tag == "li":
                named = attribute(above, "data-id") or None
            above = above.parent
        return named

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """The asker verifies an answer; what others suggest is none yet."""
        posts = super().settled(found, sight)
        verified = {post.id for node, post in found if _is_verified(node)}
        m = self.thread_url.search(sight.own)
        number = f"t{captured(m)}" if m else "opening"
        named = [replace(post, id=number) if post.id == "opening" else post for post in posts]
        return [replace(post, is_solution=post.id in verified) for post in named]

    def numbered(self, posts: Sequence[Post], sight: Sight) -> Sequence[Post]:
        """The opening post stands above every page of its replies."""
        if find(sight.doc, ".thread-start") is None:
            return super().numbered(posts, sight)
        return [replace(post, position=1) if post.id[:1] in "to" else post for post in posts]

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        """Where comments are read without what they are on, it is older than the first of them."""
        thread, is_forum = super().thread(sight, posts, url), _OF_FORUM.search(sight.own)
        solved = any(post.is_solution for post in posts)
        return replace(thread, is_solved=solved, started_at=thread.started_at if is_forum else None)

    def crumb_board(self, sight: Sight) -> Board | None:
        """The URL of a thread begins with that of its forum, to which some link leads by name."""
        m = _OF_FORUM.search(sight.own)
        there = self.listed_at(m[1]) if m else None
        if m is None or there is None or there[0] is not LinkKind.BOARD:
            return None
        links = (self.board_in(link, sight) for link in find_all(sight.doc, self.table.boards))
        named = (board for board in links if board and board.id == there[1])
        return next(named, Board(id=there[1], title="", url=m[1]))


def _is_verified(node: LexborNode) -> bool:
    names = {*attribute(node, "class").split(), *attribute(node.parent, "class").split()}
    return "verified" in names or first(node, ".verified") is not None


platform = Telligent()
