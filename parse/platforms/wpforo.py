"""wpForo, a forum for WordPress: one table for its four layouts, of which one has comments on answers."""

import re
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.json_fields import whole
from parse.model import Author, ThreadRow
from parse.quotes.heads import QuoteHead

_BASE = r"/(?:community|forums?|foros?|discussions?|boards?)"
_ELSEWHERE = r"(?!(?:participant|profile|members?|postid|paged|tag|rss)/)"
_END = r"(?=/?(?:paged/\d+/?)?(?:[?#]|\Z))"
_PAGES = re.compile(r"(\d+)\s*/\s*(\d+)")
_BY = re.compile(r"\A(?:by|von|par|por|da|door|av|af)\s+", re.I)


def _describe(block: LexborNode) -> QuoteHead:
    return QuoteHead(source_ref=attribute(block, "data-postid") or None)


class WpForo(HtmlPlatform):
    name = "wpforo"
    marks = (Mark("wpforo-wrap", "#wpforo-wrap", 0.95),)
    table = Selectors(
        post='.post-wrap[id^="post-"], .comment-wrap[id^="post-"]',
        body=".wpforo-post-content, .wpforo-comment-content",
        author=".wpf-author-name a[href], .author-name a[href], .wpforo-comment-footer a[href], "
               ".wpf-author-name:not(:has(a)), .author-name:not(:has(a))",
        time=".wpf-post-date, .wpforo-post-date, .wpforo-comment-footer span, .cbleft",
        role=".wpf-author-title, .author-title",
        permalink=".wpf-post-link[href], .wpf-post-link a[href]",
        edited=".wpf-post-edit-wrap, .wpf-post-edited",
        likes=".wpfvote-num, .wpf-like-count",
        solution=".wpf-toggle-answer",
        title="h1#wpforo-title, #wpforo-title",
        crumbs=".wpf-breadcrumb a[href]:not(.wpf-root-item)",
        pager=".wpf-navi a[href]",
        current_page=".wpf-page-info",
        thread_page=".wpforo-post-head",
        row=".topic-wrap",
        row_link=".wpforo-topic-title a[href]",
        row_replies=".wpforo-topic-stat-posts",
        row_time=".wpforo-topic-stat-lastpost",
        row_locked=".wpforo-topic-title .fa-lock",
        row_sticky=".wpforo-topic-title .fa-thumbtack",
        boards=".wpforo-forum-title a[href]",
        board_page=".wpforo-topic-head",
    )  # fmt: skip
    quotes = QuoteMarkup(
        head=".wpforo-post-quote-author",
        drop=(".wpforo-post-signature", ".wpf-post-edit-wrap", ".wpf-post-edited", ".wpforo-comment-footer",
              ".wpforo-comment-action-links"),
        describe=_describe,
    )  # fmt: skip
    thread_url = re.compile(rf"{_BASE}/{_ELSEWHERE}[^/?#]+/{_ELSEWHERE}([^/?#]+){_END}")
    board_url = re.compile(rf"{_BASE}/{_ELSEWHERE}([^/?#]+){_END}")
    offset_url = re.compile(r"(?<=/)paged/(\d+)/?|[?&]wpfpaged=(\d+)")
    significant = ("wpfpaged",)
    user_url = re.compile(r"/(?:participant|profile)/([^/?#]+)")

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        """The post has the account's number, the link its login; below a comment stands "by Jane"."""
        found = super().author(node, sight)
        if found is None:
            return None
        number = attribute(node, "data-userid")
        return replace(
            found,
            name=_BY.sub("", found.name) if _is_comment(node) else found.name,
            user_id=number if number not in ("", "0") else None,
            login=found.user_id,
        )

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        """Listings count the opening post as well."""
        found = super().row(node, sight)
        return replace(found, reply_count=found.reply_count - 1) if found and found.reply_count else found

    def likes(self, node: LexborNode) -> int | None:
        """Votes, which may be fewer than none, or likes."""
        shown = text_of(first(node, self.table.likes))
        number = whole(shown.removeprefix("-"))
        return -number if number and shown.startswith("-") else number

    def reply_to(self, node: LexborNode) -> str | None:
        """Comments stand behind the answer that they are on."""
        above = node if _is_comment(node) else None
        while above is not None and _is_comment(above):
            above = above.prev
            while above is not None and not above.is_element_node:
                above = above.prev
        return self.post_id(above) if above is not None else None

    def paging(self, sight: Sight) -> tuple[int, int]:
        """ "Page 2 / 3"; links lead to the one before and the next only."""
        m = _PAGES.search(text_of(sight.doc.tree.css_first(self.table.current_page)))
        return (int(m[1]), int(m[2])) if m else super().paging(sight)


def _is_comment(node: LexborNode) -> bool:
    return "comment-wrap" in attribute(node, "class").split()


platform = WpForo()
