"""bbPress, the forum plugin of WordPress."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, find, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.model import Author, Board, Post, ThreadRow

_ID = re.compile(r"\bpost-(\d+)\b")
_CLASSES = re.compile(r"\b(user-id|bbp-reply-position)-(\d+)\b")
_CLOCK = re.compile(r"\d:\d\d")
_COUNTS = re.compile(r"\s*\(\d[\d.,\s]*\)\Z")
_COUNTS_REPLIES = ("replies", "antworten", "réponses", "respuestas", "risposte", "respostas", "reacties")
"""What the column of numbers is called where the opening post is not counted."""
_CLOSED = ", ".join(
    f'.bbp-template-notice :lexbor-contains("{words}" i)'
    for words in ("closed to new", "geschlossen", "fermé", "cerrado", "chiuso", "fechado")
)


class BbPress(HtmlPlatform):
    name = "bbpress"
    marks = (
        Mark("bbpress-forums", "#bbpress-forums", 0.95),
        Mark("bbp-reply-content", ".bbp-reply-content, .bbp-topic-content", 0.95),
        Mark("bbp-topic-permalink", "a.bbp-topic-permalink, a.bbp-forum-title", 0.9),
    )
    table = Selectors(
        post=":is(div, article, li)[class*=post-]:has(> .bbp-reply-content), "
        ":is(div, article, li)[class*=post-]:has(> .bbp-topic-content), div.type-reply, div.type-topic",
        body=".bbp-reply-content, .bbp-topic-content",
        author=".bbp-reply-author .bbp-author-name, .bbp-topic-author .bbp-author-name, "
        ".bs-reply-header .bbp-author-name, .bbp-reply-author-name, "
        ".bbp-reply-author a.bbp-author-link:not(:has(img)):not(:has(.bbp-author-name))",
        time=".bbp-reply-post-date, .bbp-topic-post-date, .bs-timestamp",
        role=".bbp-author-role",
        permalink="a.bbp-reply-permalink, a.bbp-topic-permalink",
        edited=".bbp-reply-revision-log li:last-child, .bbp-topic-revision-log li:last-child",
        title=".entry-title, .bbp-breadcrumb-current, h1",
        crumbs="a.bbp-breadcrumb-forum",
        locked=f".status-closed, {_CLOSED}",
        sticky="div.topic.sticky, div.topic.super-sticky",
        pager=".bbp-pagination-links a[href]",
        current_page=".bbp-pagination-links .current",
        thread_page=".bbp-replies, #new-post[name=new-post]",
        row="ul[id^=bbp-topic-]:not([id$=-lead])",
        row_link="a.bbp-topic-permalink",
        row_replies=".bbp-topic-reply-count",
        row_time=".bbp-topic-freshness a[title], .bbp-topic-freshness a",
        row_locked=".status-closed",
        row_sticky=".sticky, .super-sticky",
        boards="a.bbp-forum-title[href], a.bbp-forum-link[href]",
        login=".bbp-login-form, form.bbp-login-form",
        missing=".bbp-template-notice.error, .error-404",
        board_page=".bbp-topics",
    )
    quotes = QuoteMarkup(
        block="blockquote",
        head="cite, .bbp-quote-title, .d4p-bbt-quote-title, .d4p-bbp-quote-title",
        drop=(
            ".bbp-reply-revision-log",
            ".bbp-topic-revision-log",
            ".bbp-attachments",
            ".bbp-signature",
            ".bbp-meta",
            ".bbp-reply-header",
            ".bbp-topic-header",
            ".bbp-admin-links",
        ),
    )
    thread_url = re.compile(r"/(?:topics?|discussion)/([^/?#]+)")
    board_url = re.compile(r"/forum/((?!page/)[^?#]+?)/?(?=page/|[?#]|\Z)")
    offset_url = re.compile(r"/page/(\d+)/?")
    user_url = re.compile(r"(?!)")
    profile_url = re.compile(r"/(?:users?|members?|participant|author)/[^/?#]+")

    def thread_start(self, url: str) -> str:
        return self.offset_url.sub("/", url, count=1)

    def time_shown(self, node: LexborNode | None) -> str:
        """Where the age of a post is shown, its date is the title of the link; other titles are no dates."""
        title = attribute(node.css_first("a[title]") if node else None, "title")
        return (title if _CLOCK.search(title) else text_of(node)).replace(" at ", " ")

    def post_id(self, node: LexborNode) -> str | None:
        found = _ID.search(attribute(node, "class"))
        return found[1] if found else super().post_id(node)

    def author_node(self, node: LexborNode) -> LexborNode | None:
        """The link holds the picture as well as the name."""
        name = super().author_node(node)
        above = name.parent if name else None
        return above if above is not None and above.tag == "a" else name

    def posted_at(self, node: LexborNode, sight: Sight) -> datetime | None:
        shown = first(_head(node), self.table.time) or first(node, self.table.time)
        return sight.time(self.time_shown(shown))

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        """The account's id is a class of the post; a guest's is 0."""
        found, number = super().author(node, sight), _in_class(node, "user-id")
        return replace(found, user_id=str(number)) if found and number else found

    def position(self, node: LexborNode) -> int | None:
        return _in_class(node, "bbp-reply-position")

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """Where the opening post stands apart from the replies, these are counted without it."""
        posts = super().settled(found, sight)
        if not find(sight.doc, ".bbp-lead-topic"):
            return posts
        return [replace(post, position=post.position + 1 if post.position else 1) for post in posts]

    def board_in(self, link: LexborNode, sight: Sight) -> Board | None:
        """Behind the name of a forum within a forum stands how many topics and replies it has."""
        board = super().board_in(link, sight)
        return replace(board, title=_COUNTS.sub("", board.title) or board.title) if board else None

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        """The column of numbers counts posts, unless its head says replies."""
        row = super().row(node, sight)
        if row is None or row.reply_count is None:
            return row
        head = text_of(find(sight.doc, ".bbp-header .bbp-topic-reply-count")).casefold()
        opening = 0 if head in _COUNTS_REPLIES else 1
        return replace(row, reply_count=max(0, row.reply_count - opening))

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        head = _head(node)
        return super().post_url(head if first(head, self.table.permalink) else node, post_id, sight)

    def reply_to(self, node: LexborNode) -> str | None:
        """Where replies are threaded, the list that holds a reply hangs below the one it answers."""
        above = node.parent
        while above is not None and above.tag not in ("body", "-undef"):
            if "bbp-threaded-replies" in attribute(above, "class") and above.parent is not None:
                parent = above.parent.css_first(self.table.post)
                return self.post_id(parent) if parent else None
            above = above.parent if above.parent is not None and above.parent.is_element_node else None
        return None


def _in_class(node: LexborNode, name: str) -> int | None:
    """A number that the post has in the names of its classes."""
    found = dict(_CLASSES.findall(attribute(node, "class")))
    return int(found[name]) if name in found else None


def _head(node: LexborNode) -> LexborNode:
    """Date and permalink stand in a block before that of the words."""
    before = node.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    is_head = before is not None and "-header" in attribute(before, "class")
    return before if before is not None and is_head else node


platform = BbPress()
