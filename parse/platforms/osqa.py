"""OSQA: a question, its answers and the comments on each; lists of questions by tag.

Known from its templates, of two generations: comments were tables and are boxes.
"""

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import ancestors, attribute, every, first, has_class, number_in, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import UNEDITED, Edit, Mark, Selectors, Sight
from parse.model import Author, Post
from parse.software.questions import with_answers

_QUESTION = "#question-table"
_USER = ".post-update-info a[href*='/users/'], .comment-user"
_SCORE = re.compile(r"-?\d+")
_NAMED = re.compile(r"#(?:comment-)?(\d+)\Z")


class Osqa(HtmlPlatform):
    name = "osqa"
    marks = (
        Mark("comments-container-", "#question-table .question-body ~ [id^=comments-container-]", 0.95),
        Mark("short-summary", "#listA .short-summary .counts", 0.9),
    )
    table = Selectors(
        post=f"{_QUESTION}, .answer[id^=answer-container-], .comment[id^=comment-]:has(.comment-text)",
        body=".question-body, .answer-body, .comment-text",
        author=_USER,
        time=".post-update-info strong[title], .comment-age strong[title], "
        ".post-update-info strong:not([title]), .comment-age:not(:has(strong))",
        likes=".post-score, .comment-score",
        title=".headNormal a",
        crumbs="#question-tags a[rel=tag]",
        locked=".question-status",
        solved=".answer.accepted-answer",
        pager=".paginator a[href]",
        current_page=".paginator .curr",
        thread_page=_QUESTION,
        row="#listA .short-summary",
        row_link="h2 a[href]",
        row_replies=".status .item-count",
        row_time=".userinfo .relativetime, .userinfo strong[title]",
        boards="#tags a[rel=tag]",
        board_page="#listA",
    )
    quotes = QuoteMarkup(block="blockquote")
    thread_url = re.compile(r"/questions/(\d+)(?=[/?#]|\Z)")
    board_url = re.compile(r"/tags/([^/?#]+)|/(questions)/?(?=[?#]|\Z)")
    user_url = re.compile(r"/users/(\d+)")
    significant = ("page",)

    def post_id(self, node: LexborNode) -> str | None:
        """A question goes by the number that its comments stand under."""
        if node.id == "question-table":
            return number_in(_id_of(node, "[id^=comments-container-], [id^=post-][id$=-score]"))
        return number_in(node.id or "")

    def position(self, node: LexborNode) -> int | None:
        return 1 if node.id == "question-table" else None

    def time_shown(self, node: LexborNode | None) -> str:
        return attribute(node, "title") or super().time_shown(node)

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        """Who changed a post stands in a second card beside that of its author."""
        cards = [] if has_class(node, "comment") else every(node, ".post-update-info")[1:]
        if not cards:
            return UNEDITED
        by = next(filter(None, map(text_of, every(cards[0], "a[href*='/users/']"))), None)
        return Edit(at=sight.time(self.time_shown(first(cards[0], "strong"))), by=by)

    def likes(self, node: LexborNode) -> int | None:
        m = _SCORE.search(text_of(first(node, self.table.likes)))
        return int(m[0]) if m else None

    def reply_to(self, node: LexborNode) -> str | None:
        if not has_class(node, "comment"):
            return None
        around = (
            above for above in ancestors(node) if above.id == "question-table" or has_class(above, "answer")
        )
        return next(map(self.post_id, around), None)

    def post_at(self, url: str) -> str | None:
        m = _NAMED.search(url)
        return m[1] if m else None

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        return sight.own if node.id == "question-table" else f"{sight.own}#{post_id}"

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """Answers stand beside their question; the accepted one is marked on its element."""
        asked = next((post.id for node, post in found if node.id == "question-table"), None)
        chosen = {post.id for node, post in found if has_class(node, "accepted-answer")}
        return with_answers(super().settled(found, sight), asked, chosen)


def _id_of(node: LexborNode, selector: str) -> str:
    return attribute(first(node, selector), "id")


platform = Osqa()
