"""Decidim: proposals and debates of cities and assemblies, with comments, votes and what became of them.

Known from its own templates, 0.24 to 0.31. A script fetches the comments, and the server gives them to nobody
else: a crawl finds the proposals, their votes and statuses; pages that a browser saved or recorded have the
comments too, and each comment's own page (`?commentId=12`) has it with what answers it. Where those for and
those against stand side by side, each comment is on the page twice.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.html_fields import (
    ancestors,
    attribute,
    captured,
    count_in,
    find,
    first,
    first_own,
    has_class,
    text_of,
)
from parse.html_platform import HtmlPlatform
from parse.html_table import UNEDITED, Edit, Mark, Selectors, Sight
from parse.model import Author, Board, Link, LinkKind, Post, PostState, Reading, Thread, ThreadRow, changed
from parse.page import Document
from parse.quotes.plain import EMPTY, Body
from parse.software.commented import OPENING, called_as, unsigned_if_gone

_KINDS = "proposals|collaborative_drafts|debates|meetings|posts|projects|results|sortitions"
_WORDS = (
    ".layout-main__section > .editor-content",
    ".section .ql-editor, .section > .editor-content",
    ".view-header ~ .row .columns:not(.view-side) > .section",
)
"""Where a proposal's words stand: since 0.28, since 0.21, before."""
_NOT_WORDS = (".proposal-status", ".card__text--status", ".tags", ".callout")
_OF_COMPONENT = re.compile(r"\A(.*?/f/(\d+))/")
_ALIGNMENT = ".comment__content .alignment"
_STANCES = {"success": "support", "alert": "oppose"}
"""By its colour, in whatever language it is said."""
_GONE, _MODERATED = ".comment__deleted", ".comment__moderated"


class Decidim(HtmlPlatform):
    name = "decidim"
    marks = (
        Mark("data-decidim-comments", "[data-decidim-comments]", 0.95),
        Mark("data-comment-id", "[id^=comment_][data-comment-id] .comment__header", 0.95),
        Mark("decidim", ".card__list[id*=__], .card--proposal .card__link, .card--debate .card__link", 0.9),
        Mark("decidim", ".participatory-space__nav-item, .process-nav__link", 0.9),
        Mark("decidim", '.card__grid[href*="/processes/"], .card__grid[href*="/assemblies/"]', 0.9),
    )
    table = Selectors(
        post=".layout-main__heading:has(h1), .view-header, [id^=comment_][data-comment-id]",
        body=".comment__content",
        author="a.author__name, .author a[href*='/profiles/'], .author__name",
        time="time[datetime]",
        title=".layout-main__heading h1, .view-header h2, h1",
        crumbs=".process-nav .is-active a[href]",
        status=".layout-author .label, .proposal-status, .section > .card__text--status",
        pager="[data-pagination] a[href], .pagination a[href]",
        current_page='.pagination [aria-current="page"], .pagination .current',
        thread_page="[data-decidim-comments]",
        row=".card__list[href], .card__list:has(.card__list-title a[href]), .card:has(.card__link[href])",
        row_link=".card__link[href], .card__list-title a[href]",
        row_replies=".comments_count_status",
        boards=".participatory-space__nav-item[href], .process-nav__link[href], .card__grid[href]",
        board_page=".proposal-list__container, #proposals.card-grid",
    )  # fmt: skip
    quotes = QuoteMarkup(block="blockquote", drop=(".alignment",))
    thread_url = re.compile(rf"/f/\d+/((?:budgets/\d+/)?(?:{_KINDS})/\d+)|/initiatives/(i-\d+)")
    board_url = re.compile(
        r"/f/(\d+)(?:/\w+)?/?(?=[?#]|\Z)|/((?:processes|assemblies|conferences)/[\w-]+)/?(?=[?#]|\Z)"
    )
    user_url = re.compile(r"/profiles/([^/?#]+)")
    significant = ("page", "order")

    def canonical(self, url: str) -> str:
        """The list of a component stands at its own address as well as at that of its kind."""
        return re.sub(rf"(/f/\d+)/?(?:{_KINDS})?/?(?=[?#]|\Z)", r"\1/", super().canonical(url))

    def read(self, doc: Document) -> Reading:
        """Says so where the comments that a page counts are left to its script."""
        reading, shown = super().read(doc), find(doc, ".comments-count")
        missing = count_in(text_of(shown)) if shown else None
        if not missing or any(len(thread.posts) > 1 for thread in reading.threads):
            return reading
        told = f"{missing} comments are not in this page, which leaves them to a script"
        return replace(reading, warnings=(*reading.warnings, told))

    def post(self, node: LexborNode, sight: Sight) -> Post | None:
        """With "in favor" or "against", which stands before the words of a comment."""
        made, sign = super().post(node, sight), _own(node, _ALIGNMENT)
        stance = next((stance for name, stance in _STANCES.items() if has_class(sign, name)), None)
        return changed(made, declared_stance=stance) if made and stance else made

    def post_id(self, node: LexborNode) -> str | None:
        return attribute(node, "data-comment-id") or OPENING

    def position(self, node: LexborNode) -> int | None:
        """Comments are shown in the order that the reader likes."""
        return None if _is_comment(node) else 1

    def body(self, node: LexborNode) -> Body:
        if _is_comment(node):
            words = _own(node, self.table.body)
            return untangle(words, self.quotes) if words else EMPTY
        page = node.parser
        found = next((words for where in _WORDS if page and (words := page.css_first(where))), None)
        markup = replace(self.quotes, drop=(*self.quotes.drop, *_NOT_WORDS))
        return untangle(found, markup) if found else EMPTY

    def usual_day_first(self, doc: Document) -> bool | None:
        """Dates are written "02/03/2024" in all its languages, English too."""
        return True

    def likes(self, node: LexborNode) -> int | None:
        """The votes for a proposal, and those for a comment."""
        if _is_comment(node):
            return count_in(text_of(_own(node, "button[class*=comment__votes--up]")))
        votes = node.parser.css_first("[id$=-votes-count]") if node.parser else None
        return count_in(text_of(votes))

    def dislikes(self, node: LexborNode) -> int | None:
        """A proposal can only be supported."""
        return count_in(text_of(_own(node, "button[class*=comment__votes--down]")))

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        """That a comment was edited is told, but neither when nor why."""
        return UNEDITED

    def state(self, node: LexborNode, body: Body) -> PostState:
        if _own(node, _MODERATED):
            return PostState.HIDDEN
        return PostState.REMOVED if _own(node, _GONE) else PostState.VISIBLE

    def reply_to(self, node: LexborNode) -> str | None:
        """The comment around it; that which is not within another answers what all is about."""
        above = next(filter(_is_comment, ancestors(node)), None)
        stated = attribute(node, "data-parent").removeprefix("comment_")
        return stated or attribute(above, "data-comment-id") or (OPENING if _is_comment(node) else None)

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """The opening has the id of its thread."""
        return called_as(
            self.thread_id(sight, (), sight.own), unsigned_if_gone(super().settled(found, sight))
        )

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        """With comments left to a script, this page is not all of the thread: nothing is missed on it."""
        told = super().thread(sight, posts, url)
        stated = count_in(text_of(find(sight.doc, ".comments-count")))
        is_whole = sum(post.state is PostState.VISIBLE for post in posts) > (stated or 0)
        return replace(told, stated_reply_count=stated, page_count=told.page_count if is_whole else None)

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        """Each comment has a page of its own."""
        start = self.thread_start(sight.own)
        return f"{start}?commentId={post_id}#comment_{post_id}" if _is_comment(node) else start

    def board_here(self, sight: Sight) -> Board | None:
        """The heading of a list begins with how many there are."""
        board, m = super().board_here(sight), _OF_COMPONENT.match(sight.own)
        url = f"{m[1]}/" if m else sight.own
        return board and replace(board, title=board.title.lstrip("0123456789., \xa0"), url=url)

    def page_links(self, sight: Sight) -> Iterator[Link]:
        """A list is in no order, another one each time, unless it is asked for one."""
        pages, m = list(super().page_links(sight)), _OF_COMPONENT.match(sight.own)
        if pages and m and "order=" not in sight.own and not self.thread_url.search(sight.own):
            pages = [Link(url=f"{m[1]}/?order=recent", kind=LinkKind.PAGE)]
        yield from pages

    def crumb_board(self, sight: Sight) -> Board | None:
        """The address of a proposal begins with that of its component, which since 0.28 has no name there."""
        known, m = super().crumb_board(sight), _OF_COMPONENT.match(sight.own)
        return known if known or not m else Board(id=m[2], title="", url=f"{m[1]}/")

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        """A card of 0.28 and later is itself the link; its heading is the title."""
        link = first(node, self.table.row_link) or node
        url = sight.url(attribute(link, "href"))
        heading = first(node, ".card__title, .card__list-title, .h4") or link
        m = self.thread_url.search(url)
        if m is None:
            return None
        replies = count_in(text_of(first(node, self.table.row_replies)))
        return ThreadRow(id=captured(m), title=text_of(heading), url=self.canonical(url), reply_count=replies)


def _is_comment(node: LexborNode) -> bool:
    return bool(attribute(node, "data-comment-id"))


def _own(node: LexborNode, selector: str) -> LexborNode | None:
    return first_own(node, selector, _is_comment)


platform = Decidim()
