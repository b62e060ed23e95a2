"""Spirit, the forum of Django sites: comments in the order of time, stones where some were removed."""

import re
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, find, first, has_class, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.model import Author, LinkKind, PlatformEvent, PostState, ThreadRow
from parse.quotes.plain import Body

_OF = re.compile(r"(\d+)\D+(\d+)")
_EVENTS = {"fa-lock": "thread_locked", "fa-unlock-alt": "thread_unlocked", "fa-suitcase": "thread_moved"}


class Spirit(HtmlPlatform):
    name = "spirit"
    marks = (
        Mark("comments_list__comment", ".comments_list__comment[data-pk][data-number]", 0.95),
        Mark("layout__topics__topic", ".layout__topics__topic .topic__link", 0.95),
        Mark("spirit/scripts/all.min.js", 'script[src*="spirit/scripts/all.min.js"]', 0.8),
    )
    table = Selectors(
        post=".comments_list__comment[data-pk], .js-comment[data-pk]:has(.comment__text), "
        ".comments_list__item[data-pk]:has(.fa-trash-o)",
        body=".comment__text",
        author=".comment__info__username__link, .comments_list__item__info a",
        time=".comment__info__date li[title], .comments_list__item__info span[title]",
        role=".comment__info__username [title=Admin], .comment__info__username [title=Moderator]",
        likes=".comment-like",
        title="h1.headline",
        crumbs=".breadcrumb_nav a[href]",
        locked="h1.headline .fa-lock",
        sticky="h1.headline .fa-thumb-tack",
        pager=".comments__footer_menu__paginator a[href], .paginator a[href]",
        current_page=".paginator__pages",
        thread_page="h1.headline",
        row=".layout__topics__topic",
        row_link="a.topic__link",
        row_replies=".topic__comments",
        row_time=".topic__date",
        row_locked=".topic__title .fa-lock",
        row_sticky=".topic__title .fa-thumb-tack",
        boards='a[href*="/category/"]',
        login='form[action*="/login/"] input[type=password]',
    )  # fmt: skip
    quotes = QuoteMarkup(block="blockquote")
    thread_url = re.compile(r"/topic/(\d+)/")
    board_url = re.compile(r"/category/(\d+)/")
    user_url = re.compile(r"/user/(\d+)/")
    significant = ("page",)

    def listed_at(self, url: str) -> tuple[LinkKind, str] | None:
        """The front page is itself a list: of the topics of all categories."""
        return super().listed_at(url) or (LinkKind.BOARD, "")

    def paging(self, sight: Sight) -> tuple[int, int]:
        """A topic says "Page 2 of 3" and leads to its neighbours only; a list names all its pages."""
        shown = _OF.search(text_of(find(sight.doc, self.table.current_page)))
        return (int(shown[1]), int(shown[2])) if shown else super().paging(sight)

    def post_id(self, node: LexborNode) -> str | None:
        return attribute(node, "data-pk") or None

    def position(self, node: LexborNode) -> int | None:
        number = attribute(node, "data-number")
        return int(number) if number.isdecimal() else None

    def time_shown(self, node: LexborNode | None) -> str:
        """Beside it stands "3h", or "26 Nov" without its year."""
        return attribute(node, "title") or text_of(node)

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        """The rank is an icon in the link, told by its title."""
        found = super().author(node, sight)
        rank = attribute(first(node, self.table.role), "title")
        if found is None or not rank:
            return found
        return replace(found, role=rank, is_staff=True)

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        return f"{sight.own}#c{attribute(node, 'data-number')}"

    def state(self, node: LexborNode, body: Body) -> PostState:
        removed = has_class(node, "comments_list__item")
        return PostState.REMOVED if removed else PostState.VISIBLE

    def events(self, sight: Sight) -> tuple[PlatformEvent, ...]:
        """What moderators do to a topic stands between its comments."""
        found = []
        for node in sight.doc.tree.css(".comments_list__item[data-pk]"):
            badge = attribute(node.css_first(".comments_list__item__badge i"), "class").split()
            kind = next((_EVENTS[name] for name in badge if name in _EVENTS), None)
            if kind:
                who, at = self.author(node, sight), self.posted_at(node, sight)
                found.append(PlatformEvent(kind=kind, actor=who, occurred_at=at, excerpt=text_of(node)))
        return tuple(found) or super().events(sight)

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        """The count is of comments, the opening one included."""
        row = super().row(node, sight)
        if row is None or not row.reply_count:
            return row
        return replace(row, reply_count=row.reply_count - 1)


platform = Spirit()
