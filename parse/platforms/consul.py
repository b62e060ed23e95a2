"""Consul Democracy: debates, citizens' proposals and projects for budgets, with trees of comments and votes.

Known from its own templates, 2015 to 2025. A page has so many comments that answer nobody, each with all that
answers it, by default those with most votes first; what they are about stands above them on every page, and
its date has no clock.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.html_fields import ancestors, attribute, count_in, find, find_all, first, first_own, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import UNEDITED, Edit, Mark, Selectors, Sight
from parse.model import Author, Board, Post, PostState, Thread
from parse.quotes.plain import EMPTY, Body
from parse.software.commented import OPENING, called_as, unsigned_if_gone

_PLACES = r"debates|proposals|budgets/[^/?#]+/investments|communities/\d+/topics"
_OF_PLACE = re.compile(rf"\A(https?://[^/]+(?:/[^?#]*?)?/({_PLACES}))/\d+")
_COMMENT = re.compile(r"\Acomment_(\d+)\Z")
_INFO = ".detailed-info, .debate-info, .proposal-info, .budget-investment-info, .topic-info"
_BESIDE = (
    *_INFO.split(", "), "h1", ".back", ".tags", ".callout", ".related-content", ".sidebar-divider",
    ".documents", ".flex-video", ".video-link", ".document-link", "br + p:has(> strong:only-child)",
)  # fmt: skip
"""What stands beside the words of a proposal in the same column, its code among them."""
_GONE = ".comment-body > .callout"


class Consul(HtmlPlatform):
    name = "consul"
    marks = (
        Mark("comment-user", "[id^=comment_] > .comment-body > .comment-user", 0.95),
        Mark("comment-info", ".comment-body > .comment-info > .user-name", 0.95),
        Mark("-show", ".debate-show [id^=debate_] h1, .proposal-show [id^=proposal_] h1", 0.9),
        Mark("-show", ".budget-investment-show [id^=budget_investment_] h1", 0.9),
        Mark("data-type", "[id^=debate_][data-type=debate], [id^=proposal_][data-type=proposal]", 0.9),
        Mark("budget-investment", "[id^=budget_investment_].budget-investment", 0.9),
        Mark("consul", '.footer a[href*="consulproject.org"], .footer a[href*="consuldemocracy.org"]', 0.8),
    )
    table = Selectors(
        post="[id^=debate_]:has(h1), [id^=proposal_]:has(h1), [id^=budget_investment_]:has(h1),"
        " [id^=topic_]:has(h1), [id^=comment_]:not([id$=_reply], [id$=_votes], [id$=_children])",
        body=".comment-user",
        author=".author a[href], .author:not(:has(a)), .user-name a[href], .user-name:not(:has(a))",
        time="time[datetime], .comment-info > span:not([class])",
        role='.label[class*="level-"], .label.is-association',
        staff='.label[class*="level-"], .admin-avatar, .moderator-avatar',
        title="h1",
        status="#retired_explanation h2",
        pager=".pagination a[href]",
        current_page=".pagination .current",
        thread_page=".debate-show, .proposal-show, .budget-investment-show",
        row=".debate[id^=debate_], .proposal[id^=proposal_], .budget-investment[id^=budget_investment_],"
        " [data-type=debate], [data-type=proposal]",
        row_link="h3 a[href], h2 a[href]",
        row_replies='a[href$="#comments"]',
        boards=".subnavigation a[href], .main-nav a[href], nav a[href]",
        board_page=".debates-list, .proposals-list",
    )  # fmt: skip
    quotes = QuoteMarkup(block="blockquote")
    thread_url = re.compile(rf"/((?:{_PLACES})/\d+)")
    board_url = re.compile(rf"/({_PLACES})/?(?=[?#]|\Z)")
    user_url = re.compile(r"/users/(\d+)")
    significant = ("page",)

    def post_id(self, node: LexborNode) -> str | None:
        m = _COMMENT.match(node.id or "")
        return m[1] if m else None if (node.id or "").startswith("comment") else OPENING

    def position(self, node: LexborNode) -> int | None:
        return None if _is_comment(node) else 1

    def body(self, node: LexborNode) -> Body:
        """A proposal's summary is drawn as a quote, and is none; nobody can quote in a comment."""
        if _is_comment(node):
            words = _own(node, self.table.body)
            return untangle(words, self.quotes) if words else EMPTY
        heading = first(node, "h1")
        column = heading.parent if heading else None
        block = "[id^=debate_] blockquote" if (node.id or "").startswith("debate") else "blockquote[cite]"
        return untangle(column, replace(self.quotes, block=block, drop=_BESIDE)) if column else EMPTY

    def author_node(self, node: LexborNode) -> LexborNode | None:
        return _own(node, self.table.author)

    def author_at(self, link: LexborNode, node: LexborNode, sight: Sight) -> Author:
        """Officials speak for the city, as do those who comment as its administrators or moderators."""
        told, role = super().author_at(link, node, sight), _own(node, self.table.role)
        return replace(told, role=text_of(role) or None, is_staff=_own(node, self.table.staff) is not None)

    def dated(self, node: LexborNode, sight: Sight) -> str:
        """A comment's moment is the last thing in its head; a proposal's day stands between bullets."""
        if _is_comment(node):
            return self.time_shown(_own(node, self.table.time))
        info = first(node, _INFO)
        exact = info.css_first("time[datetime]") if info else None
        parts = re.split("[\N{BULLET}\N{MIDDLE DOT}]", text_of(info))
        return self.time_shown(exact) or next((part for part in parts if sight.time(part.strip())), "")

    def likes(self, node: LexborNode) -> int | None:
        """Who supports a proposal; who agrees with a comment."""
        where = ".in-favor, .in_favor" if _is_comment(node) else ".total-supports"
        return count_in(text_of(_own(node, where)))

    def dislikes(self, node: LexborNode) -> int | None:
        return count_in(text_of(_own(node, ".against"))) if _is_comment(node) else None

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        return UNEDITED

    def state(self, node: LexborNode, body: Body) -> PostState:
        return PostState.REMOVED if _is_comment(node) and _own(node, _GONE) else PostState.VISIBLE

    def reply_to(self, node: LexborNode) -> str | None:
        """The comment around it; that which is not within another answers what all is about."""
        above = next(filter(_is_comment, ancestors(node)), None)
        answers = self.post_id(above) if above else OPENING
        return answers if _is_comment(node) else None

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """The opening has the id of its thread."""
        return called_as(
            self.thread_id(sight, (), sight.own), unsigned_if_gone(super().settled(found, sight))
        )

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        """Each comment has a page of its own."""
        return sight.url(f"/comments/{post_id}") if _is_comment(node) else self.thread_start(sight.own)

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        stated = count_in(text_of(find(sight.doc, ".js-comments-count")))
        return replace(super().thread(sight, posts, url), stated_reply_count=stated)

    def crumb_board(self, sight: Sight) -> Board | None:
        """The address of a debate begins with that of all debates, which the menu names."""
        m = _OF_PLACE.match(sight.own)
        if m is None:
            return None
        known = (self.board_in(link, sight) for link in find_all(sight.doc, self.table.boards))
        title = next((board.title for board in known if board and board.id == m[2]), "")
        return Board(id=m[2], title=title, url=m[1])


def _is_comment(node: LexborNode) -> bool:
    return _COMMENT.match(attribute(node, "id")) is not None


def _own(node: LexborNode, selector: str) -> LexborNode | None:
    return first_own(node, selector, _is_comment)


platform = Consul()
