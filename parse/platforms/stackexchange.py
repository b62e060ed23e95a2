"""Question-and-answer sites of the Stack Exchange kind: a question, its answers, and comments on each."""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.html_fields import attribute, count_in, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import UNEDITED, Edit, Mark, Selectors, Sight
from parse.model import Author, PlatformEvent, Post
from parse.page import Document
from parse.plain_quotes import Body

_COMMENT = "c"
"""Comments are numbered apart from questions and answers."""


class StackExchange(HtmlPlatform):
    name = "stackexchange"
    marks = (
        Mark("js-answer", "#question .js-post-body, .answer.js-answer", 0.95),
        Mark("question-hyperlink", "#question-header .question-hyperlink, a.question-hyperlink", 0.8),
        Mark("s-post-summary", ".s-post-summary", 0.8),
    )
    table = Selectors(
        post="#question, .question[data-questionid], .answer[data-answerid], .comment[data-comment-id], "
        "li.js-comment[data-comment-id]",
        body=".js-post-body, .s-prose, .comment-copy",
        author=".post-signature:last-of-type .user-details a, .comment-user, .user-details [itemprop=name]",
        time=".post-signature.owner .relativetime, .post-signature:last-of-type .relativetime, "
        ".comment-date span",
        staff=".mod-flair",
        edited=".post-signature:not(.owner) .user-action-time",
        likes=".js-vote-count, .comment-score span",
        solution=".js-accepted-answer-indicator:not(.d-none)",
        title="#question-header h1, h1",
        locked=".js-post-notice .iconLock, .question-status",
        solved=".accepted-answer",
        pager=".pager a[href], .s-pagination a[href]",
        current_page=".s-pagination .is-selected, .pager .current",
        row=".s-post-summary, .question-summary",
        row_link=".s-post-summary--content-title a[href], h3 a[href], a.question-hyperlink",
        row_replies=".s-post-summary--stats-item.has-answers .s-post-summary--stats-item-number, "
        ".status strong",
        row_time=".relativetime",
        row_last=".started-link[href]",
    )  # fmt: skip
    quotes = QuoteMarkup(block="blockquote", drop=(".d-none", ".js-post-notice"))
    thread_url = re.compile(r"/questions/(\d+)")
    board_url = re.compile(r"/questions/tagged/([^/?#]+)")
    significant = ("page",)
    user_url = re.compile(r"/users/(\d+)")

    def post_nodes(self, doc: Document) -> Sequence[LexborNode]:
        return list({node.mem_id: node for node in doc.tree.css(self.table.post)}.values())

    def post_id(self, node: LexborNode) -> str | None:
        comment = attribute(node, "data-comment-id")
        own = attribute(node, "data-answerid") or attribute(node, "data-questionid")
        return f"{_COMMENT}{comment}" if comment else own or None

    def body(self, node: LexborNode) -> Body:
        """Comments stand inside the post they are on, so the first body is the post's own."""
        content = node.css_first(self.table.body)
        return untangle(content, self.quotes) if content else Body(text="", full_text="", quotes=())

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        """The last signature is the owner's; the one before it, if any, the editor's."""
        found = self._signature(node, sight, owner=True)
        return found or super().author(node, sight)

    def _signature(self, node: LexborNode, sight: Sight, *, owner: bool) -> Author | None:
        if attribute(node, "data-comment-id"):
            return None
        signatures = node.css(".post-signature")
        wanted = signatures[-1:] if owner else signatures[:-1]
        for signature in wanted:
            link = signature.css_first(".user-details a[href]") or signature.css_first(".user-details")
            if name := text_of(link):
                href = attribute(link, "href")
                known = self.user_url.search(href)
                return Author(
                    name=name,
                    user_id=known[1] if known else None,
                    profile_url=sight.url(href) if href else None,
                    is_staff=signature.css_first(".mod-flair") is not None,
                )
        return None

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        signatures = node.css(".post-signature") if not attribute(node, "data-comment-id") else []
        if len(signatures) < 2:
            return UNEDITED
        editor = self._signature(node, sight, owner=False)
        at = sight.time(self.time_shown(first(signatures[0], ".relativetime")))
        by_staff = editor is not None and editor.is_staff and (author is None or editor.key != author.key)
        return Edit(at=at, by=editor.name if editor else author.name if author else None, by_staff=by_staff)

    def likes(self, node: LexborNode) -> int | None:
        return count_in(text_of(first(node, self.table.likes)))

    def reply_to(self, node: LexborNode) -> str | None:
        """An answer answers the question; a comment what it stands under."""
        if parent := attribute(node, "data-parentid"):
            return parent
        above = node.parent if attribute(node, "data-comment-id") else None
        while above is not None:
            own = attribute(above, "data-answerid") or attribute(above, "data-questionid")
            if own:
                return own
            above = above.parent
        return None

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """An accepted answer is marked on its element."""
        accepted = {post.id for node, post in found if "accepted-answer" in attribute(node, "class").split()}
        posts = super().settled(found, sight)
        return tuple(replace(post, is_solution=post.id in accepted) for post in posts)

    def events(self, sight: Sight) -> tuple[PlatformEvent, ...]:
        """A closed question says so in a notice."""
        notice = sight.doc.tree.css_first(".question-status, .js-post-notice")
        closed = notice is not None and "closed" in text_of(notice).lower()
        return (PlatformEvent(kind="thread_locked", excerpt=text_of(notice)[:200]),) if closed else ()


platform = StackExchange()
