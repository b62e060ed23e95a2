"""django-machina, the forum app of Django sites."""

import re

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.model import Author, ThreadRow

_SHOWN = re.compile(r"\bon\b\s+(.+)$", re.S)


class Machina(HtmlPlatform):
    name = "machina"
    marks = (
        Mark("post-content-wrapper", ".post .post-content-wrapper .post-content", 0.9),
        Mark("topic-name-link", "a.topic-name-link", 0.8),
        Mark("forum-name-link", "a.forum-name-link", 0.7),
        Mark("machina", 'link[href*="machina"], script[src*="machina"]', 0.6),
    )
    table = Selectors(
        post=".post[id]",
        body=".post-content",
        author=".username a, .username:not(:has(a))",
        time=".post-content-wrapper h4 + p small, .post-content-wrapper small",
        role=".post-sidebar .user-rank, .post-sidebar .rank",
        permalink=".subject a[href]",
        edited=".edit-info",
        title="h1, .topic-title",
        crumbs=".breadcrumb a[href]",
        pager=".pagination a[href]",
        current_page=".pagination .active a",
        row=".topic-name-col ~ *, .card-body > .row.border-bottom, tr.topic",
        row_link="a.topic-name-link",
        row_replies=".topic-count",
        row_time=".topic-last-post small",
        row_last='.topic-last-post a[href*="post="]',
        row_locked=".locked-indicator",
        row_sticky=".fa-thumbtack, .sticky-indicator",
        boards="a.forum-name-link",
        login='form[action*="login"] input[type="password"]',
    )
    quotes = QuoteMarkup(block="blockquote", drop=(".post-signature",))
    thread_url = re.compile(r"/topic/[^/]*?-(\d+)/")
    board_url = re.compile(r"/forum/[^/]*?-(\d+)/(?!topic/)")
    significant = ("page",)
    user_url = re.compile(r"/profile/(\d+)")
    edit_notice = re.compile(
        r"Last edited by:?\s*(?P<by>.+?)\s+on\s+(?P<at>.+?),\s+edited\s+\d+"
        r"(?:.*?Reason\s*:?\s*(?P<reason>.*))?"
    )

    def post_id(self, node: LexborNode) -> str | None:
        return node.id if (node.id or "").isdigit() else None

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        """The sidebar shows the name; the line above the words says "By: NAME on DATE" for guests too."""
        found = super().author(node, sight)
        if found:
            return found
        name = text_of(first(node, self.table.time)).removeprefix("By:").rpartition(" on ")[0].strip()
        return Author(name=name) if name else None

    def time_shown(self, node: LexborNode | None) -> str:
        said = text_of(node)
        found = _SHOWN.search(said)
        return found[1] if found else said

    def post_at(self, url: str) -> str | None:
        found = re.search(r"[?&]post=(\d+)", url)
        return found[1] if found else None

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        return super().row(node, sight) if attribute(first(node, self.table.row_link), "href") else None


platform = Machina()
