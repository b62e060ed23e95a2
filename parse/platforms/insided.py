"""Gainsight Customer Communities, formerly inSided.

Known from a topic's page as guests were served it in 2025 and from what scrapers of several communities ask
for. Three generations are about: posts in boxes (`.qa-topic-post-box`, with ids), replies as threads
(`.threaded-reply-item`), and pages that carry all they show as `data-props` for their script, with no more
than the bare words beside it. The data are read where they are there; likes stand nowhere else for certain.

A crawl starts at the community's first page, whose menu names every category, or at one category. Lists end
in a button that asks for more; `?page=2` gives the same without a script.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, find, first, has_class
from parse.html_platform import HtmlPlatform, missing_fields
from parse.html_site import site_title
from parse.html_table import Mark, Selectors, Sight
from parse.json_fields import decoded, entries, listed, mapping, text, whole
from parse.model import (
    Board,
    Link,
    LinkKind,
    PageKind,
    Post,
    Reading,
    ThreadRow,
)
from parse.page import Document
from parse.quotes.heads import QuoteHead
from parse.software.insided_view import POST, View, accepted_in, solved

_VIEW = '[data-preact$="Content/TopicView/index"]'
_ITEM = '[data-preact$="TopicList/TopicListItem"]'
_MENU = '[data-preact="mega-menu/index"]'
_MENUS = ("communityCategoriesV2", "knowledgeBaseCategoriesV2")
_LONGEST_PAGER = 10_000


def _describe(block: LexborNode) -> QuoteHead:
    return QuoteHead(attributed_to=attribute(block, "data-username") or None)


class InSided(HtmlPlatform):
    name = "insided"
    marks = (
        Mark("insided-preact-app", "script#insided-preact-app", 0.95),
        Mark("insided-app", "script#insided-app", 0.95),
        Mark("TopicView", _VIEW, 0.95),
        Mark("TopicListItem", _ITEM, 0.95),
        Mark("qa-topic-post-box", ".qa-topic-post-box .post__content, .qa-topic-first-post", 0.9),
        Mark("qa-topic-block", ".qa-topic-block.topic-view", 0.9),
        Mark("threaded-reply-item", ".threaded-reply-item .post__content", 0.9),
    )
    table = Selectors(
        post=".qa-topic-first-post.qa-topic-post-box, .qa-topic-first-post > .post, .qa-topic-post-box[id], "
        "article.topic-wrapper, .paginated-threaded-replies .threaded-reply-item, "
        ".threaded-reply-item[role=article]",
        body=".post__content, .qa-qa-post-content, .qa-topic-post-content",
        author=".qa-username, .post__user__meta li:first-child a, "
        ".post__user__meta li:first-child:not(:has(a))",
        time="time[datetime]",
        role=".rank-title",
        permalink='a[href*="postid="]:not(.post__content a)',
        solution='.threaded-reply-item [data-qa="pill-best-answer"]',
        crumbs="a.breadcrumb-item-link",
        solved='[data-qa="pill-best-answer"], .qa-answer-field',
        pager=".pagination a[href]",
        current_page=".pagination-current",
        thread_page=f"{_VIEW}, .qa-topic-first-post, article.topic-wrapper",
        row=f"{_ITEM}, .qa-topic-block",
        row_link="a.qa-topic-title, a.thread-list-block__title-link, h4 a[href]",
        boards=_MENU,
        missing='h1.qa-page-title:lexbor-contains("not found" i), '
        'h1.qa-page-title:lexbor-contains("niet gevonden" i)',
        board_page='[data-preact^="category/"], .topic-list-view',
    )
    quotes = QuoteMarkup(
        block="content-quote, blockquote",
        content=".content-quote-content",
        drop=(".qa-answer-field", ".reply-flexbox--bestanswer", ".best-answer-reply"),
        describe=_describe,
    )
    thread_url = re.compile(
        r"//[^/?#]+/(?:(?:[^/?#]+/)?[^/?#]+-\d+|ideas|product-updates)/[^/?#]+-(\d+)/?(?=[?#]|/?index\d|\Z)"
    )
    board_url = re.compile(
        r"//[^/?#]+/(?:(groups/[^/?#]+-\d+)|(ideas|product-updates)|(?!members/|events/)[^/?#]+-(\d+))"
        r"/?(?=[?#]|/?index\d|\Z)"
    )
    offset_url = re.compile(r"(?:[?&]page=|/index)(\d+)(?:\.html)?")
    significant = ("page",)
    user_url = re.compile(r"/members/(?:[^/?#]*-)?(\d+)(?=[/?#]|\Z)")

    def read(self, doc: Document) -> Reading:
        data = _props(find(doc, _VIEW))
        is_told = text(mapping(data.get("topic")).get("threadId"))
        return self.view_reading(doc, data) if is_told else super().read(doc)

    def kind(self, sight: Sight, posts: Sequence[LexborNode]) -> PageKind:
        kind = super().kind(sight, posts)
        if kind not in (PageKind.BOARD, PageKind.INDEX) or self.lists_topics(sight):
            return kind
        is_later = self.board_url.search(sight.own) and self.offset_at(sight.own)
        return PageKind.PAST_END if is_later else PageKind.INDEX

    def post_id(self, node: LexborNode) -> str | None:
        linked = POST.search(attribute(first(node, self.table.permalink), "href"))
        return super().post_id(node) or (linked[1] if linked else None)

    def reply_to(self, node: LexborNode) -> str | None:
        """A reply to a reply stands within it."""
        above = node.parent
        while above is not None and above.is_element_node:
            if has_class(above, "threaded-reply-item"):
                return self.post_id(above)
            above = above.parent
        return None

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        return solved(super().settled(found, sight), accepted_in(sight.doc))

    def lists_topics(self, sight: Sight) -> bool:
        """The community's first page shows topics of all its categories, and is no category."""
        return bool(self.board_url.search(sight.own)) and find(sight.doc, self.table.row) is not None

    def rows(self, sight: Sight) -> tuple[ThreadRow, ...]:
        return super().rows(sight) if self.lists_topics(sight) else ()

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        topic = mapping(_props(node).get("topic"))
        url = sight.url(text(mapping(topic.get("topicUrl")).get("destination")))
        m = self.thread_url.search(url)
        if m is None:
            return super().row(node, sight)
        return ThreadRow(
            id=m[1],
            title=text(topic.get("title")),
            url=self.canonical(url),
            reply_count=whole(topic.get("replyCount")),
            last_post_at=sight.time(text(topic.get("lastActivityAt"))),
            is_sticky=topic.get("sticky") is True,
        )

    def boards(self, sight: Sight) -> tuple[Board, ...]:
        """Every category that holds topics, by the menu that stands on each page."""
        if self.lists_topics(sight):
            return ()
        menu, here = _props(find(sight.doc, _MENU)), self.listed_at(sight.own)
        waiting = [entry for name in _MENUS for entry in entries(listed(menu.get(name)))]
        for entry in waiting:  # grows while we walk it
            waiting += entries(listed(entry.get("children")))
        shown = [entry for entry in entries(listed(menu.get("items"))) if entry.get("visibility") is True]
        found: dict[str, Board] = {}
        for entry in [entry for entry in waiting if not entry.get("isContainer")] + shown:
            url = self.canonical(sight.url(text(entry.get("url"))))
            place = self.listed_at(url)
            if place and place[0] is LinkKind.BOARD and place != here:
                title = " ".join(text(entry.get("title") or entry.get("name")).split())
                found.setdefault(place[1], Board(id=place[1], title=title, url=url))
        return tuple(found.values())

    def page_links(self, sight: Sight) -> Iterator[Link]:
        """Where a list has a button for more instead of a pager, the page after this one is asked for."""
        links = [*super().page_links(sight)]
        yield from links
        if not links and self.lists_topics(sight):
            start, number = self.thread_start(sight.own), self.offset_at(sight.own) + 2
            yield Link(url=f"{start}?page={number}", kind=LinkKind.PAGE)

    # The data for the page's script

    def view_reading(self, doc: Document, data: dict[str, Any]) -> Reading:
        sight = self.sight(doc)
        view = View(data, sight, self.thread_start(sight.own), self.quotes)
        thread = view.thread(self.view_board(sight, view))
        pages = range(1, min(thread.page_count or 1, _LONGEST_PAGER) + 1)
        urls = [f"{thread.url}?page={n}" if n > 1 else thread.url for n in pages if n != thread.page_number]
        links = [Link(url=url, kind=LinkKind.PAGE) for url in urls]
        boards = (thread.board,) if thread.board else ()
        return Reading(
            platform=self.name,
            kind=PageKind.THREAD,
            canonical_url=sight.own,
            site_title=site_title(doc),
            boards=boards,
            threads=(thread,),
            links=(*links, *(Link(url=board.url, kind=LinkKind.BOARD) for board in boards)),
            warnings=missing_fields(thread.posts),
        )

    def view_board(self, sight: Sight, view: View) -> Board | None:
        forum = mapping(view.topic.get("forum"))
        number, url = text(forum.get("categoryId")), self.canonical(sight.url(text(forum.get("url"))))
        return Board(id=number, title=text(forum.get("title")), url=url) if number else None


def _props(node: LexborNode | None) -> dict[str, Any]:
    """What an element holds for the script that draws it."""
    return mapping(decoded(attribute(node, "data-props"))) if node else {}


platform = InSided()
