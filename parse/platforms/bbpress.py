"""bbPress, the forum plugin of WordPress."""

import re
from datetime import datetime

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight

_ID = re.compile(r"\bpost-(\d+)\b")
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
        post="div[class*=post-]:has(> .bbp-reply-content), div[class*=post-]:has(> .bbp-topic-content)",
        body=".bbp-reply-content, .bbp-topic-content",
        author=".bbp-reply-author .bbp-author-name, .bbp-topic-author .bbp-author-name, "
        ".bbp-reply-author a.bbp-author-link:not(:has(img)):not(:has(.bbp-author-name))",
        time=".bbp-reply-post-date, .bbp-topic-post-date",
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
        row="ul[id^=bbp-topic-]",
        row_link="a.bbp-topic-permalink",
        row_replies=".bbp-topic-reply-count",
        row_time=".bbp-topic-freshness a[title], .bbp-topic-freshness a",
        boards="a.bbp-forum-title[href]",
        login=".bbp-login-form, form.bbp-login-form",
        missing=".bbp-template-notice.error, .error-404",
        board_page=".bbp-topics",
    )
    quotes = QuoteMarkup(
        block="blockquote",
        head="cite, .bbp-quote-title, .d4p-bbt-quote-title, .d4p-bbp-quote-title",
        drop=(".bbp-reply-revision-log", ".bbp-topic-revision-log", ".bbp-attachments", ".bbp-signature"),
    )
    thread_url = re.compile(r"/topics?/([^/?#]+)")
    board_url = re.compile(r"/forum/((?!page/)[^?#]+?)/?(?=page/|[?#]|\Z)")
    offset_url = re.compile(r"/page/(\d+)/?")
    user_url = re.compile(r"(?!)")

    def thread_start(self, url: str) -> str:
        return self.offset_url.sub("/", url, count=1)

    def time_shown(self, node: LexborNode | None) -> str:
        return text_of(node)

    def post_id(self, node: LexborNode) -> str | None:
        found = _ID.search(attribute(node, "class"))
        return found[1] if found else super().post_id(node)

    def author_node(self, node: LexborNode) -> LexborNode | None:
        """The link holds the picture as well as the name."""
        name = super().author_node(node)
        above = name.parent if name else None
        return above if above is not None and above.tag == "a" else name

    def posted_at(self, node: LexborNode, sight: Sight) -> datetime | None:
        return sight.time(text_of(first(_head(node), self.table.time)).replace(" at ", " "))

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        return super().post_url(_head(node), post_id, sight)

    def reply_to(self, node: LexborNode) -> str | None:
        """Where replies are threaded, the list that holds a reply hangs below the one it answers."""
        above = node.parent
        while above is not None and above.tag not in ("body", "-undef"):
            if "bbp-threaded-replies" in attribute(above, "class") and above.parent is not None:
                parent = above.parent.css_first(self.table.post)
                return self.post_id(parent) if parent else None
            above = above.parent if above.parent is not None and above.parent.is_element_node else None
        return None


def _head(node: LexborNode) -> LexborNode:
    """Date and permalink stand in a block before that of the words."""
    before = node.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    is_head = before is not None and "-header" in attribute(before, "class")
    return before if before is not None and is_head else node


platform = BbPress()
