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

from parse.body import QuoteMarkup, untangle
from parse.feedback import is_done
from parse.html_fields import attribute, find, find_all, first
from parse.html_platform import HtmlPlatform, missing_fields
from parse.html_post import is_staff
from parse.html_site import site_title
from parse.html_table import Mark, Selectors, Sight
from parse.json_fields import decoded, entries, fragment, listed, mapping, text, whole
from parse.model import (
    Author,
    Board,
    Link,
    LinkKind,
    PageKind,
    PlatformEvent,
    Post,
    PostState,
    Reading,
    Thread,
    ThreadRow,
    changed,
)
from parse.page import Document
from parse.quote_heads import QuoteHead

_VIEW = '[data-preact$="Content/TopicView/index"]'
_ITEM = '[data-preact$="TopicList/TopicListItem"]'
_MENU = '[data-preact="mega-menu/index"]'
_MENUS = ("communityCategoriesV2", "knowledgeBaseCategoriesV2")
_POST = re.compile(r"[?&]postid=(\d+)")
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
        view = _props(find(doc, _VIEW))
        topic = mapping(view.get("topic"))
        return self.view_reading(doc, view, topic) if text(topic.get("threadId")) else super().read(doc)

    def kind(self, sight: Sight, posts: Sequence[LexborNode]) -> PageKind:
        kind = super().kind(sight, posts)
        if kind not in (PageKind.BOARD, PageKind.INDEX) or self.lists_topics(sight):
            return kind
        is_later = self.board_url.search(sight.own) and self.offset_at(sight.own)
        return PageKind.PAST_END if is_later else PageKind.INDEX

    def post_id(self, node: LexborNode) -> str | None:
        linked = _POST.search(attribute(first(node, self.table.permalink), "href"))
        return super().post_id(node) or (linked[1] if linked else None)

    def reply_to(self, node: LexborNode) -> str | None:
        """A reply to a reply stands within it."""
        above = node.parent
        while above is not None and above.is_element_node:
            if "threaded-reply-item" in attribute(above, "class").split():
                return self.post_id(above)
            above = above.parent
        return None

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        return _solved(super().settled(found, sight), _accepted(sight.doc))

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

    def view_reading(self, doc: Document, view: dict[str, Any], topic: dict[str, Any]) -> Reading:
        sight = self.sight(doc)
        thread = self.view_thread(sight, view, topic)
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

    def view_thread(self, sight: Sight, view: dict[str, Any], topic: dict[str, Any]) -> Thread:
        shown, forum = mapping(view.get("repliesProps")), mapping(topic.get("forum"))
        number, url = whole(view.get("currentPage")) or 1, self.thread_start(sight.own)
        status = text(mapping(mapping(view.get("topicContent")).get("ideaStatus")).get("name"))
        is_locked = True in (topic.get("closed"), view.get("isTopicClosedForReply"))
        helpful = mapping(mapping(view.get("contentHelpfulnessData")).get("topic"))
        accepted = _accepted(sight.doc)
        posts = _solved([post for post in self.view_posts(sight, topic, shown, number) if post.id], accepted)
        return Thread(
            id=text(topic["threadId"]),
            title=text(topic.get("title")),
            url=url,
            board=Board(
                id=text(forum.get("categoryId")),
                title=text(forum.get("title")),
                url=self.canonical(sight.url(text(forum.get("url")))),
            )
            if text(forum.get("categoryId"))
            else None,
            started_at=posts[0].posted_at if posts else None,
            stated_reply_count=whole(topic.get("replyCount")),
            view_count=whole(helpful.get("views")),
            is_locked=is_locked,
            is_sticky=topic.get("sticky") is True,
            is_solved=accepted is not None or is_done(status),
            status=status or None,
            page_number=number,
            page_count=whole(shown.get("totalRepliesPageCount")) or 1,
            posts=tuple(posts),
            events=(PlatformEvent(kind="thread_locked"),) if is_locked else (),
        )

    def view_posts(
        self, sight: Sight, topic: dict[str, Any], shown: dict[str, Any], number: int
    ) -> Iterator[Post]:
        """The opening post, which stands on every page, and this page's replies."""
        yield self.view_post(sight, topic, "publishedAt", 1)
        replies = list(entries(listed(shown.get("replies"))))
        pages, total = whole(shown.get("totalRepliesPageCount")), whole(shown.get("totalRepliesCount"))
        first = (number - 1) * len(replies) + 2
        if number == pages and number > 1:  # the last page may be shorter than the others
            first = (total or 0) - len(replies) + 2
        is_in_order = shown.get("currentSort") == "dateline.asc" and first > 1
        for place, reply in enumerate(replies):
            yield self.view_post(sight, reply, "creationDate", first + place if is_in_order else None)

    def view_post(self, sight: Sight, said: dict[str, Any], time: str, position: int | None) -> Post:
        number, author = text(said.get("postId")), _author(said.get("author"), sight)
        body = untangle(fragment(text(said.get("content"))), self.quotes)
        posted, edited = text(said.get(time)), text(said.get("lastEditedAt"))
        likes = said.get("likes", said.get("likedBy"))
        return Post(
            id=number,
            text=body.text,
            full_text=body.full_text,
            quotes=body.quotes,
            author=author,
            author_method="byline" if author else None,
            author_confidence=1.0 if author else None,
            position=position,
            posted_at=sight.time(posted),
            edited_at=sight.time(edited) if edited != posted else None,
            url=f"{self.thread_start(sight.own)}?postid={number}#post{number}",
            like_count=len(likes) if isinstance(likes, list) else whole(likes),
            state=PostState.HIDDEN if said.get("visible") is False else PostState.VISIBLE,
        )


def _props(node: LexborNode | None) -> dict[str, Any]:
    """What an element holds for the script that draws it."""
    return mapping(decoded(attribute(node, "data-props"))) if node else {}


def _accepted(doc: Document) -> str | None:
    """The reply that answers the question, as the page declares it to search engines."""
    for script in find_all(doc, 'script[type="application/ld+json"]'):
        for said in entries(decoded(script.text())):
            answer = mapping(mapping(said.get("mainEntity")).get("acceptedAnswer"))
            if m := _POST.search(text(answer.get("url"))):
                return m[1]
    return None


def _solved(posts: Sequence[Post], accepted: str | None) -> list[Post]:
    return [changed(post, is_solution=True) if post.id == accepted else post for post in posts]


def _author(said: Any, sight: Sight) -> Author | None:
    """The rank is shown, or a title of the person's own: whichever speaks for the community's hosts."""
    user = mapping(said)
    name, page = text(user.get("username")), text(user.get("profileUrl"))
    titles = [text(mapping(user.get("rank")).get("name")), text(user.get("usertitle"))]
    role = next(filter(is_staff, titles), None) or next(filter(None, titles), None)
    return (
        Author(
            name=name,
            user_id=text(user.get("userId")) or None,
            profile_url=sight.url(page) if page else None,
            role=role,
            is_staff=is_staff(role),
        )
        if name
        else None
    )


platform = InSided()
