"""Question2Answer: a question, its answers and the comments on each; lists of questions by category and tag.

Known from its templates, since 1.3. Lists tell a question's last activity only where they are sorted by it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.edit_notices import is_bare
from parse.html_fields import ancestors, captured, every, find, first, has_class, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import UNEDITED, Edit, Mark, Selectors, Sight
from parse.model import Author, Post, PostState
from parse.quotes.plain import Body
from parse.software.questions import with_answers

_POST_LINK = re.compile(r"#[qac]?(\d+)\Z")
_SCORE = re.compile(r"([-–−]?)\D*?(\d+)")
_META = ".qa-q-view-meta, .qa-a-item-meta, .qa-c-item-meta"


class Question2Answer(HtmlPlatform):
    name = "question2answer"
    marks = (
        Mark("qa-q-view", ".qa-q-view[id^=q], .qa-a-list-item[id^=a]", 0.95),
        Mark("qa-q-list", ".qa-q-list .qa-q-item-title", 0.95),
        Mark("qa-template-", "body[class*=qa-template-]", 0.9),
    )
    table = Selectors(
        post=".qa-q-view[id^=q], .qa-a-list-item[id^=a], "
        "[id^=c]:is(.qa-c-list-item, :has(> .qa-c-item-content))",
        body=".qa-post-content, .qa-q-view-content, .qa-a-item-content, .qa-c-item-content",
        author="[class$=-who-data] a, [class$=-who-data]:not(:has(a))",
        time="[class$=-when] time, [class$=-when-data] .value-title[title], "
        "[class$=-when-data]:not(:has(time, .value-title))",
        role="[class$=-who-title]",
        likes=".qa-netvote-count-data, .qa-upvote-count-data",
        dislikes=".qa-downvote-count-data",
        title="h1 a, h1:not(:has(a))",
        crumbs=".qa-q-view-where a[href]",
        locked=".qa-q-view-closed",
        solved=".qa-a-list-item-selected",
        pager=".qa-page-links a[href]",
        current_page=".qa-page-selected",
        thread_page="body.qa-template-question",
        row="body:not(.qa-template-question) .qa-q-list-item",
        row_link=".qa-q-item-title a[href]",
        row_replies=".qa-a-count-data, .qa-a-count",
        row_time=".qa-q-item-meta:has(a.qa-q-item-what) .qa-q-item-when :is(time, .value-title)",
        row_last="a.qa-q-item-what[href]",
        boards="a.qa-nav-cat-link[href], .qa-browse-cat-list a[href]",
        board_page="body.qa-template-questions, body.qa-template-tag, body.qa-template-unanswered",
        login="body.qa-template-login",
        missing="body.qa-template-not-found, .qa-main .qa-error",
    )
    quotes = QuoteMarkup(block="blockquote")
    thread_url = re.compile(r"(?<!/user)(?<!/tag)(?<!/questions)(?:/|[?&;]qa=)(\d+)(?=/|&qa_1=)")
    board_url = re.compile(r"[/=]questions/([^?#&]+)|[/=](tag/[^?#&]+)")
    offset_url = re.compile(r"[?&;]start=(\d+)")
    first_offset = 0
    significant = ("qa", "qa_1", "qa_2", "start")
    user_url = re.compile(r"\buser/([^/?#&]+)")

    def author_node(self, node: LexborNode) -> LexborNode | None:
        """Who stands beside the words; who edited them stands behind that."""
        meta = first(node, _META)
        return first(meta, self.table.author) if meta else None

    def author_at(self, link: LexborNode, node: LexborNode, sight: Sight) -> Author:
        """Whoever edited the words stands there too, and may have another rank."""
        meta = first(node, _META)
        who = first(meta, "[class$=-who]") if meta else None
        author = super().author_at(link, who or meta or node, sight)
        return replace(author, login=author.user_id)

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        return f"{sight.own}#{node.id}"

    def position(self, node: LexborNode) -> int | None:
        """Answers may stand in the order of votes; only the question's place is certain."""
        return 1 if has_class(node, "qa-q-view") else None

    def likes(self, node: LexborNode) -> int | None:
        """Comments have votes in few places; those of an answer stand before it."""
        m = _SCORE.search(text_of(first(node, self.table.likes)))
        return int(m[2]) * (-1 if m[1] else 1) if m else None

    def state(self, node: LexborNode, body: Body) -> PostState:
        hidden = ("qa-q-view-hidden", "qa-a-list-item-hidden", "qa-c-item-hidden")
        return PostState.HIDDEN if has_class(node, *hidden) else PostState.VISIBLE

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        """What was done last stands behind who wrote it: an edit, or a new category, an answer chosen."""
        meta = first(node, _META)
        done = every(meta, "[class$=-what]")[1:] if meta else []
        if not meta or not any(is_bare(text_of(what)) for what in done):
            return UNEDITED
        times, names = every(meta, self.table.time)[1:], every(meta, self.table.author)[1:]
        by = text_of(names[-1]) if names else author.name if author else ""
        other = bool(by and author and by.casefold() != author.name.casefold())
        return Edit(
            at=sight.time(self.time_shown(times[-1])) if times else None, by=by or None, by_staff=other
        )

    def reply_to(self, node: LexborNode) -> str | None:
        """A comment answers what it stands under; an answer the question."""
        if has_class(node, "qa-q-view"):
            return None
        around = (above for above in ancestors(node) if has_class(above, "qa-a-list-item", "qa-q-view"))
        return next(map(self.post_id, around), None)

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """Answers stand beside their question; the chosen one is marked on its element."""
        question = find(sight.doc, ".qa-q-view[id^=q]")
        asked = self.post_id(question) if question else None
        chosen = {post.id for node, post in found if has_class(node, "qa-a-list-item-selected")}
        return with_answers(super().settled(found, sight), asked, chosen)

    def post_at(self, url: str) -> str | None:
        m = _POST_LINK.search(url)
        return captured(m) if m else None


platform = Question2Answer()
