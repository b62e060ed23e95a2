"""wpForo, a forum for WordPress: one table for its four layouts, of which one has comments on answers."""

import re
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, captured, count_in, find, first, has_class, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.json_fields import whole
from parse.model import Author, ThreadRow
from parse.page import Document
from parse.quotes.heads import QuoteHead

_BASE = r"/(?:community|forums?|foros?|discussions?|boards?)"
_ELSEWHERE = r"(?!(?:participant|profile|members?|postid|paged|tag|rss)/)"
_END = r"(?=/?(?:paged/\d+/?)?(?:[?#]|\Z))"
_PAGES = re.compile(r"(\d+)\s*/\s*(\d+)")
_BEFORE_DATE = re.compile(r"(.*?)\s{2}|(.*?)(?:\s+\d|\Z)", re.S)
_BY = re.compile(r"\A(?:by|von|par|por|da|door|av|af)\s+", re.I)


def _describe(block: LexborNode) -> QuoteHead:
    return QuoteHead(source_ref=attribute(block, "data-postid") or None)


class WpForo(HtmlPlatform):
    name = "wpforo"
    marks = (Mark("wpforo-wrap", "#wpforo-wrap", 0.95),)
    table = Selectors(
        post='.post-wrap[id^="post-"], .reply-wrap[id^="post-"], .comment-wrap[id^="post-"]',
        body=".wpforo-post-content, .wpforo-comment-text, "
             ".wpforo-comment-content:not(:has(.wpforo-comment-text))",
        author=".wpf-author-name a[href], .author-name a[href], .wpforo-post-author-name a[href], "
               ".wpforo-comment-top > span > a[href], .wpforo-comment-footer a[href], "
               ".wpf-author-name:not(:has(a)), .author-name:not(:has(a)), "
               ".wpforo-post-author-name:not(:has(a))",
        time=".wpf-post-date, .wpforo-post-date, .wpforo-comment-top > span, "
             ".wpforo-comment-footer span, .cbleft",
        role=".wpf-author-title, .author-title, .wpforo-post-author-details .wpforo-post-author-data",
        permalink=".wpf-post-link[href], .wpf-post-link a[href]",
        edited=".wpf-post-edit-wrap, .wpf-post-edited",
        likes=".wpfvote-num, [id^=wpfvote-num], .wpf-like-count",
        solution=".wpf-toggle-answer",
        title="h1#wpforo-title, #wpforo-title",
        locked='.wpf-status-title:lexbor-contains("closed" i)',
        sticky='.wpf-status-title:lexbor-contains("sticky" i)',
        solved='.wpf-status-title:lexbor-contains("solved" i)',
        crumbs=".wpf-breadcrumb a[href]:not(.wpf-root-item)",
        pager=".wpf-navi a[href]",
        current_page=".wpf-page-info",
        thread_page=".wpforo-post-head",
        row=".topic-wrap, .wpf-thread",
        row_link=".wpforo-topic-title a[href], a.wpforo-topic-title[href], .wpf-thread-title a[href]",
        row_replies=".wpforo-topic-stat-posts, .wpforo-topic-replies, .wpf-thread-posts",
        row_time=".wpforo-topic-stat-lastpost, .wpf-last-post-by, span.wpforo-topic-info, "
                 ".wpf-thread-last-date",
        row_locked=".fa-lock",
        row_sticky=".fa-thumbtack, .fa-thumb-tack",
        boards=".wpforo-forum-title a[href], .wpforo-subforum a[href], .wpf-forum-item > a[href]",
        board_page=".wpforo-topic-head, .wpf-threads-head",
    )  # fmt: skip
    quotes = QuoteMarkup(
        head=".wpforo-post-quote-author",
        drop=(".wpforo-post-signature", ".wpf-post-edit-wrap", ".wpf-post-edited", ".wpforo-comment-footer",
              ".wpforo-comment-action-links", ".wpf-post-button-actions", ".wpf-mod-message",
              ".wpforo-attached-file"),
        describe=_describe,
    )  # fmt: skip
    thread_url = re.compile(rf"{_BASE}/{_ELSEWHERE}[^/?#]+/{_ELSEWHERE}([^/?#]+){_END}")
    board_url = re.compile(rf"{_BASE}/{_ELSEWHERE}([^/?#]+){_END}")
    offset_url = re.compile(r"(?<=/)paged/(\d+)/?|[?&]wpfpaged=(\d+)")
    significant = ("wpfpaged",)
    user_url = re.compile(r"/(?:participant|profile)/([^/?#]+)")

    def usual_day_first(self, doc: Document) -> bool | None:
        """Its templates write 05/03/2023 for the fifth of March, unless told to follow WordPress."""
        return True

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        """The post has the account's number, the link its login; below a comment stands "by Jane"."""
        found = super().author(node, sight) or _guest(node)
        if found is None:
            return None
        number = attribute(node, "data-userid")
        return replace(
            found,
            name=_BY.sub("", found.name) if _is_comment(node) else found.name,
            user_id=number if number not in ("", "0") else None,
            login=found.user_id,
        )

    def title(self, sight: Sight) -> str:
        """Before the title stands what became of the topic: "[Closed]"."""
        return super().title(sight).removeprefix(text_of(find(sight.doc, ".wpf-status-title"))).strip()

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        """Listings count the opening post as well; those of threads do not."""
        found = super().row(node, sight)
        if found is None or not found.reply_count or first(node, ".wpf-thread-posts"):
            return found
        return replace(found, reply_count=found.reply_count - 1)

    def likes(self, node: LexborNode) -> int | None:
        """Votes, which may be fewer than none, or likes; else those who are named for having liked it."""
        shown = text_of(first(node, self.table.likes))
        number = whole(shown.removeprefix("-"))
        if number is None:
            return _likers(first(node, ".reacted-users, .bleft"))
        return -number if shown.startswith("-") else number

    def reply_to(self, node: LexborNode) -> str | None:
        """Comments stand behind the answer that they are on; replies to a reply link to it."""
        named = re.search(r"#post-(\d+)", attribute(first(node, ".wpf-reply-to a[href]"), "href"))
        if named:
            return named[1]
        above = node if _is_comment(node) else None
        while above is not None and _is_comment(above):
            above = _before(above)
        return self.post_id(above) if above is not None else None

    def paging(self, sight: Sight) -> tuple[int, int]:
        """ "Page 2 / 3"; links lead to the one before and the next only."""
        m = _PAGES.search(text_of(sight.doc.tree.css_first(self.table.current_page)))
        return (int(m[1]), int(m[2])) if m else super().paging(sight)


def _likers(named: LexborNode | None) -> int | None:
    """ "Jane, Tom and 3 people reacted": those with a link, and those who are counted."""
    if named is None:
        return None
    links, counted = named.css("a[href]"), text_of(named)
    for link in links:
        counted = counted.replace(text_of(link), "", 1)
    return (len(links) + (count_in(counted) or 0)) or None


def _guest(node: LexborNode) -> Author | None:
    """Whoever commented without an account: a name without a link, before the date."""
    line = first(
        node, ".comment-wrap .wpforo-comment-top > span, .comment-wrap .wpforo-comment-footer > span"
    )
    name = _BEFORE_DATE.match(line.text(deep=False).strip()) if line else None
    return Author(name=captured(name)) if name and captured(name) else None


def _before(node: LexborNode) -> LexborNode | None:
    """The element before; that before the box which holds the comments for the first of them."""
    above = node.prev
    while above is not None and not above.is_element_node:
        above = above.prev
    box = node.parent
    if above is None and box is not None and has_class(box, "wpforo-qa-comments"):
        return _before(box)
    return above


def _is_comment(node: LexborNode) -> bool:
    return has_class(node, "comment-wrap")


platform = WpForo()
