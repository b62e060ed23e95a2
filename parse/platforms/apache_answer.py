"""Apache Answer: questions, answers and comments on each, as served to whoever runs no scripts; lists by tag.

Known from its templates, of two generations. Comments have no number of their own there: they go by who wrote
them and when. An answer's is in the way to its history.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import ancestors, attribute, first, has_class, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import UNEDITED, Edit, Mark, Selectors, Sight
from parse.model import Author, Post
from parse.software.questions import with_answers
from parse.urls import split

_QUESTION = ".questionDetailPage div:has(> h1)"
_HISTORY = re.compile(r"/posts/\d+/(\d+)/timeline")
_SCORE = re.compile(r"-?\d+")
_SLUG = re.compile(r"(/questions/\d+)/[^?#]*")


class ApacheAnswer(HtmlPlatform):
    name = "apache_answer"
    marks = (
        Mark("questionDetailPage", ".questionDetailPage article.fmt", 0.95),
        Mark('content="Answer ', 'meta[name=generator][content^="Answer "][content*="/answer "]', 0.95),
    )
    table = Selectors(
        post=f"{_QUESTION}, .answer-item, .comments-wrap .comment-item",
        body=".fmt",
        author='a.text-break[href*="/users/"], a[href*="/users/"]:has(.name-ellipsis), '
        '.link-secondary > a[href*="/users/"]',
        time="time[datetime]",
        likes=".btn-group .btn-outline-dark, button .ms-2",
        title=".questionDetailPage h1",
        crumbs='.questionDetailPage a.badge-tag[href*="/tags/"]',
        solved=".answer-item .btn-outline-success.active",
        pager=".pagination a.page-link[href]",
        current_page=".page-item.active",
        thread_page=".questionDetailPage",
        row="li.list-group-item:has(h5 a[href])",
        row_link="h5 a[href]",
        row_replies=".bi-chat-square-text-fill + span",
        row_time="time[datetime]",
        boards='a.badge-tag[href*="/tags/"]',
        board_page=".answer-container .list-group",
    )  # fmt: skip
    quotes = QuoteMarkup(block="blockquote")
    thread_url = re.compile(r"/questions/(\d+)")
    board_url = re.compile(r"/tags/([^/?#]+)|/(questions)/?(?=[?#]|\Z)")
    significant = ("page",)
    user_url = re.compile(r"/users/([^/?#]+)")

    def canonical(self, url: str) -> str:
        """The words of the title, and the answer that was linked to, may follow a question's number."""
        return _SLUG.sub(r"\1", super().canonical(url))

    def post_id(self, node: LexborNode) -> str | None:
        if has_class(node, "answer-item"):
            links = (_HISTORY.search(attribute(a, "href")) for a in node.css('a[href*="/timeline"]'))
            return next((m[1] for m in links if m), node.id)
        if not has_class(node, "comment-item"):
            m = self.thread_url.search(attribute(first(node, "h1 a[href]"), "href"))
            return m[1] if m else None
        who, when = (attribute(first(node, part), name) for part, name in _SIGNED)
        return f"c-{split(who).path.rpartition('/')[2]}-{re.sub(r'[^0-9]', '', when)[:14]}" if when else None

    def author_at(self, link: LexborNode, node: LexborNode, sight: Sight) -> Author:
        author = super().author_at(link, node, sight)
        return replace(author, login=author.user_id)

    def dated(self, node: LexborNode, sight: Sight) -> str:
        """Below an answer stands first when it was last changed, then when it was given."""
        times = [time for time in node.css(self.table.time) if _around(time, node) is None]
        return self.time_shown(times[-1 if has_class(node, "answer-item") else 0]) if times else ""

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        """The later of two moments; the same where nothing was changed."""
        own = (time for time in node.css(self.table.time) if _around(time, node) is None)
        shown = sorted(filter(None, (sight.time(self.time_shown(time)) for time in own)))
        return Edit(at=shown[-1]) if shown and shown[0] < shown[-1] else UNEDITED

    def likes(self, node: LexborNode) -> int | None:
        own = (each for each in node.css(self.table.likes) if _around(each, node) is None)
        shown = (_SCORE.search(text_of(each)) for each in own)
        return next((int(m[0]) for m in shown if m), None)

    def reply_to(self, node: LexborNode) -> str | None:
        above = _around(node, None)
        return self.post_id(above) if above is not None else None

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        return f"{sight.own}/{post_id}" if has_class(node, "answer-item") else sight.own

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """Answers stand beside their question; one of them may be accepted."""
        answers = ("answer-item", "comment-item")
        asked = next((post.id for node, post in found if not has_class(node, *answers)), None)
        given = ((node, post) for node, post in found if has_class(node, "answer-item"))
        chosen = {post.id for node, post in given if first(node, self.table.solved)}
        posts = with_answers(super().settled(found, sight), asked, chosen)
        return tuple(replace(post, position=1 if post.id == asked else None) for post in posts)


_SIGNED = (('.link-secondary > a[href*="/users/"]', "href"), ("time[datetime]", "datetime"))
"""Who wrote a comment and when."""


def _around(part: LexborNode, post: LexborNode | None) -> LexborNode | None:
    """The post that stands around a part, nearer than `post` where one is given."""
    for above in ancestors(part):
        if post is not None and above.mem_id == post.mem_id:
            return None
        is_question = any(child.tag == "h1" for child in above.iter())
        if has_class(above, "answer-item", "comment-item") or is_question:
            return above
    return None


platform = ApacheAnswer()
