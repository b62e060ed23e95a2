"""NodeBB: the HTML of any theme that keeps the `component` attributes."""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.html_fields import attribute, count_in, find, first, has_class, text_of
from parse.html_platform import HtmlPlatform
from parse.html_post import is_staff
from parse.html_table import UNEDITED, Edit, Mark, Selectors, Sight
from parse.json_fields import whole
from parse.model import (
    Author,
    Board,
    LinkKind,
    PageKind,
    PlatformEvent,
    Post,
    PostState,
    Thread,
    ThreadRow,
)
from parse.quotes.plain import Body
from parse.software import nodebb_answer as answer
from parse.software import nodebb_state as page_state
from parse.software.nodebb_quotes import QUOTES

_EDITOR = re.compile(r"last edited by (.+)")
_BELOW = re.compile(r"/(?:topic|category|categories|recent|popular|unread|top|tags|post)(?:[/?#].*)?\Z")
"""What follows the address of the forum in those of its pages."""
_POSTS = '[component="topic/post-count"]:not([component="category/topic"] *)'
"""Where a topic counts its posts, the first as well."""
_EXACT = ".stats-postcount [title], .stats:not(.stats-votes) > [title]"
"""Where a row counts posts in full, though it may do so once more in short."""
_MOVED = (
    '[component="topic/moved"]:not(.hidden):not([component="category/topic"] *), '
    '[component="post/header"] .fa-arrow-circle-right:not(.hidden)'
)
_EVENTS = {
    "locked this topic": "thread_locked",
    "unlocked this topic": "thread_unlocked",
    "moved this topic": "thread_moved",
    "deleted this topic": "thread_removed",
    "forked this topic": "thread_split",
    "merged": "thread_merged",
}


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
        edited='[component="post/editor"][data-editor]:not([data-editor=""]), '
               '[component="post/editor"]:not([data-editor]):not(.hidden)',
        likes='[component="post/vote-count"]',
        title='[component="topic/title"], h1:not([component="siteTitle"] h1):not(.forum-title)'
              ':not(:has([component="topic/title"])), '
              'body:not(:has([component="topic"])) [component="breadcrumb/current"]',
        crumbs=".breadcrumb a[href], .breadcrumb-item a[href], "
               '.topic-info a[href*="/category/"]:not([component="topic/moved"])',
        solved='[component="topic/labels"] .answered, [component="post/header"] .answered',
        locked='[component="topic/locked"]:not(.hidden), [component="post/header"] .fa-lock:not(.hidden)',
        sticky='[component="topic/pinned"]:not(.hidden), '
               '[component="post/header"] .fa-thumb-tack:not(.hidden)',
        pager='[component="pagination"] a[href]',
        current_page='[component="pagination"] .active a',
        thread_page='[component="topic"]',
        board_page='[component="category"]',
        row='[component="category/topic"]',
        row_link='[component="topic/header"] a[href], a[component="topic/header"], '
                 'a[href]:has(> .topic-title)',
        row_replies='[component="topic/post-count"], .stats-postcount [title], .stats-postcount span, '
                    '.stats:not(.stats-votes) > [title], .category-stat > [title]',
        row_time='[component="topic/teaser"] .timeago, .teaser .timeago, .lastpost .timeago, '
                 '.category-stat .timeago',
        row_locked='[component="topic/locked"]:not(.hidden):not(.hide)',
        row_sticky='[component="topic/pinned"]:not(.hidden):not(.hide)',
        boards='[component="categories/category"] a[href*="/category/"]:not(:has(div)), '
               'h2.title a[href*="/category/"]',
        login="form#login-form, form[action*='/login']",
        missing=".error-404, [data-error='404']",
    )  # fmt: skip
    quotes = QUOTES
    thread_url = re.compile(r"/topic/(\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w-])")
    board_url = re.compile(r"/category/(-?\d+(?![^/?#])|[^/?#]+@[^/?#]+)")
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
        url = f"{_site(sight)}/user/{slug}" if slug else None
        role = next((said for label in node.css(self.table.role) if (said := text_of(label))), None)
        author = found or Author(name=name)
        return replace(
            author,
            name=name,
            user_id=attribute(node, "data-uid") if slug else None,
            login=slug or None,
            profile_url=url,
            role=role,
            is_staff=author.is_staff or is_staff(role),
        )

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        """Listings count the opening post as well, and show "1k" for 1001."""
        found, shown = super().row(node, sight), first(node, _EXACT) or first(node, self.table.row_replies)
        count = count_in(attribute(shown, "title") or text_of(shown))
        return replace(found, reply_count=count - 1) if found and count else found

    def likes(self, node: LexborNode) -> int | None:
        """Votes, which may be fewer than none."""
        votes = attribute(first(node, self.table.likes), "data-votes")
        number = whole(votes.removeprefix("-"))
        return -number if number and votes.startswith("-") else number

    def position(self, node: LexborNode) -> int | None:
        index = attribute(node, "data-index")
        return int(index) + 1 if index.isdecimal() else None

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        return answer.post_url(_site(sight), post_id)

    def reply_to(self, node: LexborNode) -> str | None:
        parent = node.css_first('[component="post/parent"]')
        return (attribute(parent, "data-parent-pid") or attribute(parent, "data-topid")) or None

    def state(self, node: LexborNode, body: Body) -> PostState:
        return PostState.REMOVED if has_class(node, "deleted") else PostState.VISIBLE

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        """Every post has the notice's element; in an unedited one it names no editor, or is hidden."""
        notice = first(node, self.table.edited)
        if notice is None:
            return UNEDITED
        said = _EDITOR.search(text_of(notice))
        by = said[1] if said else attribute(notice, "data-editor") or None
        exact = attribute(node.css_first("meta[itemprop=dateModified]"), "content")
        shown = attribute(notice.css_first(".timeago"), "title")
        names = (author.login, author.name) if author else ()
        return Edit(
            at=sight.time(exact) or replace(sight, day_first=True).time(shown),
            by=by,
            by_staff=not {by, attribute(notice, "data-editor")} & {*names},
        )

    def events(self, sight: Sight) -> tuple[PlatformEvent, ...]:
        """The topic page carries a public log of what was done to it."""
        found = []
        for row in sight.doc.tree.css(".timeline-event"):
            said = text_of(row)
            kind = answer.EVENTS.get(attribute(row, "data-topic-event-type"))
            kind = kind or next((kind for words, kind in _EVENTS.items() if words in said), None)
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
        moved = find(sight.doc, _MOVED)
        return tuple(found) or (
            *super().events(sight),
            *([PlatformEvent(kind="thread_moved")] if moved else []),
        )

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """A deleted post stays as a stone without its words; the accepted answer may be shown once more."""
        shown = {post.id for node, post in found if not _is_copy(node)}
        copied = {post.id for node, post in found if _is_copy(node)}
        once = [(node, post) for node, post in found if not _is_copy(node) or post.id not in shown]
        posts = [
            replace(p, is_solution=True, is_copy=p.id not in shown) if p.id in copied else p
            for p in super().settled(once, sight)
        ]
        return tuple(
            replace(post, text="", full_text="") if post.state is PostState.REMOVED else post
            for post in page_state.told_posts(posts, page_state.state(sight.doc), sight.doc)
        )

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        thread, shown = super().thread(sight, posts, url), find(sight.doc, _POSTS)
        count = count_in(attribute(shown, "title") or text_of(shown))
        thread = replace(thread, stated_reply_count=count - 1 if count else None)
        return page_state.told_thread(thread, page_state.state(sight.doc), _site(sight), sight.doc)

    def rows(self, sight: Sight) -> tuple[ThreadRow, ...]:
        told = {row.id: row for row in answer.rows(page_state.state(sight.doc), _site(sight))}
        return tuple(page_state.told_row(row, told.get(row.id, row)) for row in super().rows(sight))

    def boards(self, sight: Sight) -> tuple[Board, ...]:
        """A theme may show no categories within categories, or not where others do."""
        told = page_state.boards_below(page_state.state(sight.doc), _site(sight))
        known = {board.id: board for board in (*told, *super().boards(sight))}
        here = self.listed_at(sight.own)
        return tuple(board for board in known.values() if (LinkKind.BOARD, board.id) != here)

    def kind(self, sight: Sight, posts: Sequence[LexborNode]) -> PageKind:
        """A page past the end is a topic page without posts."""
        found = super().kind(sight, posts)
        past = found is PageKind.THREAD and not posts and self.offset_at(sight.doc.page.url) > 0
        return PageKind.PAST_END if past else found


def _site(sight: Sight) -> str:
    """Where the forum begins, which may be a folder of its host."""
    return _BELOW.sub("", sight.own.partition("?")[0]).rstrip("/")


def _is_copy(node: LexborNode) -> bool:
    return answer.is_copy(attribute(node, "data-index"))


platform = NodeBB()
