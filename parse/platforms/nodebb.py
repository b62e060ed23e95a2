"""NodeBB: the HTML of any theme that keeps the `component` attributes."""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import UNEDITED, Edit, Mark, Selectors, Sight
from parse.model import Author, PageKind, PlatformEvent, Post, PostState
from parse.plain_quotes import Body
from parse.quote_heads import QuoteHead

_SOURCE = re.compile(r"/post/([^/?#]+)")
_EVENTS = {
    "locked this topic": "thread_locked",
    "unlocked this topic": "thread_unlocked",
    "moved this topic": "thread_moved",
    "deleted this topic": "thread_removed",
    "forked this topic": "thread_split",
    "merged": "thread_merged",
}


def _describe(block: LexborNode) -> QuoteHead:
    """The head is the block's first paragraph: "@jane said:", said being a link to the post."""
    head = next((child for child in block.iter() if child.tag == "p"), None)
    link = head.css_first('a[href*="/post/"]') if head else None
    found = _SOURCE.search(attribute(link, "href"))
    return QuoteHead(source_ref=found[1] if found else None)


class NodeBB(HtmlPlatform):
    name = "nodebb"
    marks = (
        Mark('component="post"', '[component="post"][data-pid]', 0.95),
        Mark('component="category/topic"', '[component="category/topic"]', 0.95),
        Mark("categories/category", '[component="categories/category"]', 0.9),
        Mark("ajaxify-data", "#ajaxify-data", 0.8),
    )
    table = Selectors(
        post='[component="post"][data-pid]',
        body='[component="post/content"]:not([component="post/parent"] *)',
        author="a[data-username][data-uid]",
        time="meta[itemprop=datePublished]",
        role=".group-label, .badge[data-group], a[href*='/groups/']",
        edited='[component="post/editor"]:not([data-editor=""])',
        likes='[component="post/vote-count"]',
        title='[component="topic/title"], h1:not([component="siteTitle"] h1)',
        crumbs=".breadcrumb a[href], .breadcrumb-item a[href]",
        locked='[component="topic/locked"]:not(.hidden)',
        sticky='[component="topic/pinned"]:not(.hidden)',
        pager='[component="pagination"] a[href]',
        current_page='[component="pagination"] .active a',
        thread_page='[component="topic"]',
        row='[component="category/topic"]',
        row_link='[component="topic/header"] a[href]',
        row_replies='[component="topic/post-count"], .stats-postcount span, .stats-postcount',
        row_time='[component="topic/teaser"] .timeago, .teaser .timeago, .lastpost .timeago',
        row_locked='[component="topic/locked"]:not(.hidden)',
        row_sticky='[component="topic/pinned"]:not(.hidden)',
        boards='[component="categories/category"] a[href*="/category/"], h2.title a[href*="/category/"]',
        login="form#login-form, form[action*='/login']",
        missing=".error-404, [data-error='404']",
    )
    quotes = QuoteMarkup(block="blockquote", describe=_describe)
    thread_url = re.compile(r"/topic/(\d+)")
    board_url = re.compile(r"/category/(\d+)")
    significant = ("page",)
    user_url = re.compile(r"/uid/(\d+)")

    def post_id(self, node: LexborNode) -> str | None:
        return attribute(node, "data-pid") or None

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        """The row carries the account; the link may be missing in a theme, and is dead for who has left."""
        name = attribute(node, "data-username") or text_of(first(node, self.table.author))
        slug = attribute(node, "data-userslug")
        found = super().author(node, sight)
        if not name:
            return found
        url = sight.url(f"/user/{slug}") if slug else None
        roles = [text_of(label) for label in node.css(self.table.role)]
        author = found or Author(name=name)
        return replace(
            author,
            name=name,
            user_id=attribute(node, "data-uid") if slug else None,
            login=slug or None,
            profile_url=url,
            role=next((role for role in roles if role), None),
        )

    def position(self, node: LexborNode) -> int | None:
        index = attribute(node, "data-index")
        return int(index) + 1 if index.isdigit() else None

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        return sight.url(f"/post/{post_id}")

    def reply_to(self, node: LexborNode) -> str | None:
        parent = node.css_first('[component="post/parent"]')
        return (attribute(parent, "data-parent-pid") or attribute(parent, "data-topid")) or None

    def state(self, node: LexborNode, body: Body) -> PostState:
        return PostState.REMOVED if "deleted" in attribute(node, "class").split() else PostState.VISIBLE

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        """Every post has the notice's element; an unedited one has no editor in it."""
        notice = first(node, self.table.edited)
        editor = attribute(notice, "data-editor")
        if notice is None or not editor:
            return UNEDITED
        exact = attribute(node.css_first("meta[itemprop=dateModified]"), "content")
        shown = attribute(notice.css_first(".timeago"), "title")
        own = author is not None and editor in (author.login, author.name)
        by = text_of(notice).removeprefix("last edited by ").strip() or editor
        return Edit(
            at=sight.time(exact) or replace(sight, day_first=True).time(shown), by=by, by_staff=not own
        )

    def events(self, sight: Sight) -> tuple[PlatformEvent, ...]:
        """The topic page carries a public log of what was done to it."""
        found = []
        for row in sight.doc.tree.css(".timeline-event"):
            said = text_of(row)
            kind = next((kind for words, kind in _EVENTS.items() if words in said), None)
            who = row.css_first("a[data-username], a[href*='/user/']")
            if kind:
                found.append(
                    PlatformEvent(
                        kind=kind,
                        actor=Author(name=text_of(who)) if text_of(who) else None,
                        occurred_at=sight.time(attribute(row.css_first(".timeago"), "title")),
                        excerpt=said,
                    )
                )
        return tuple(found) or super().events(sight)

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """A deleted post stays as a stone without its words."""
        posts = super().settled(found, sight)
        return tuple(replace(p, text="", full_text="") if p.state is PostState.REMOVED else p for p in posts)

    def kind(self, sight: Sight, posts: Sequence[LexborNode]) -> PageKind:
        """A page past the end is a topic page without posts."""
        found = super().kind(sight, posts)
        past = found is PageKind.THREAD and not posts and self.offset_at(sight.doc.page.url) > 0
        return PageKind.PAST_END if past else found


platform = NodeBB()
