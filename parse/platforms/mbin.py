"""Mbin and kbin before it: threads in magazines with trees of comments, and lists of both.

A comment is a `<blockquote>` that names its parent; what a comment quotes is one within its words. Below a
thread comments answer it, which its own number tells, not theirs: threads and comments are counted apart, so
that a thread goes by "entry-32".
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Edit, Mark, Selectors, Sight
from parse.model import Author, Board, Post, PostState, changed
from parse.quotes.plain import Body

_COMMENT = re.compile(r"entry-comment-(\d+)\Z")
_STAFF = re.compile(r"admin|mod|owner", re.I)


class Mbin(HtmlPlatform):
    name = "mbin"
    marks = (
        Mark("entry-comment", "blockquote.entry-comment[data-subject-parent-value]", 0.95),
        Mark("data-mentions-username-param", "article.entry[id^=entry-] .user-inline", 0.95),
        Mark("magazine-inline", ".magazines a.magazine-inline", 0.9),
    )
    table = Selectors(
        post="article.entry[id^=entry-]:has(h1), blockquote[id^=entry-comment-]",
        body=".entry__body > .content, blockquote[id^=entry-comment-] > .content",
        author="header a.user-inline, .entry__meta a.user-inline",
        time="header time.timeago, .entry__meta time.timeago",
        role="header .user-badge, .entry__meta .user-badge",
        permalink='header a[href*="#entry-comment-"]',
        edited=".edited",
        likes=".vote__up button > span",
        dislikes=".vote__down button > span",
        title="article.entry h1",
        crumbs="#sidebar .magazine > h3 a[href], #sidebar .magazine-inline a[href], "
               "#sidebar a.magazine-inline",
        pager=".pagination a[href]",
        current_page=".pagination__item--current-page",
        thread_page="article.entry:has(h1)",
        row="article.entry:has(h2)",
        row_link="h2 a[href]",
        row_replies="[data-subject-target=commentsCounter]",
        row_sticky=".fa-thumbtack",
        boards=".magazines a.magazine-inline, .magazines a.stretched-link",
        board_page="#main > div > article.entry:has(h2)",
    )  # fmt: skip
    quotes = QuoteMarkup(block="blockquote")
    thread_url = re.compile(r"/m/[^/?#]+/t/(\d+)")
    board_url = re.compile(r"/m/([^/?#]+)/?(?:[?#]|\Z)")
    offset_url = re.compile(r"[?&]p=(\d+)")
    user_url = re.compile(r"/u/([^/?#]+)")
    significant = ("p",)

    def post_id(self, node: LexborNode) -> str | None:
        told = _COMMENT.match(node.id or "")
        return told[1] if told else node.id

    def position(self, node: LexborNode) -> int | None:
        """A tree is shown in the order that the reader likes; only the first place is certain."""
        return None if _COMMENT.match(node.id or "") else 1

    def author_at(self, link: LexborNode, node: LexborNode, sight: Sight) -> Author:
        """A title tells the server of whoever comes from another one; badges tell more than who moderates."""
        author = super().author_at(link, node, sight)
        badges = [text_of(badge) for badge in node.css(self.table.role)]
        role = next(filter(_STAFF.search, badges), None)
        return replace(author, login=author.user_id, role=role, is_staff=role is not None)

    def reply_to(self, node: LexborNode) -> str | None:
        return attribute(node, "data-subject-parent-value") or None

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        """Only the author edits, and nothing says why."""
        moment = node.css_first(f"{self.table.edited} time[datetime]")
        return Edit(at=sight.time(attribute(moment, "datetime"))) if moment else Edit()

    def state(self, node: LexborNode, body: Body) -> PostState:
        gone = first(node, ".content > .text-muted:only-child > i")
        return PostState.REMOVED if gone is not None else PostState.VISIBLE

    def board_here(self, sight: Sight) -> Board | None:
        board = super().board_here(sight)
        return board and replace(board, url=self.thread_start(board.url))

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """What names no parent answers the thread; of what is gone, only a notice is left."""
        posts = super().settled(found, sight)
        entry = next((post.id for post in posts if post.id.startswith("entry-")), None)
        tied = [
            post if post.reply_to or post.id == entry else changed(post, reply_to=entry) for post in posts
        ]
        return [post if post.state is PostState.VISIBLE else changed(post, text="") for post in tied]


platform = Mbin()
