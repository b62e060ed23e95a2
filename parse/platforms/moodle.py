"""Moodle: the discussions of its forums (mod_forum) since version 1.9, nested or flat, and lists of them.

Known from its templates. Of an edited post it says who edited it, but not when. Shown in threads ("threaded
form"), a page has the words of its first post only.
"""

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, captured, every, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import UNEDITED, Edit, Mark, Selectors, Sight
from parse.model import Author, PostState
from parse.quotes.plain import EMPTY, Body
from parse.urls import tidy

_POST_LINK = re.compile(r"discuss\.php\?[^#]*(?:#p(\d+)|[?&;]parent=(\d+)(?:#|\Z))")
_ONE_BRANCH = re.compile(r"discuss\.php\?[^#]*?[?&;]?parent=\d")
_ANCHOR = re.compile(r"p\d+\Z")
_EDITED_BY = re.compile(r"\(?\w[^(]*? (?:by|von|par|por|da|door) (.+?) - ")


class Moodle(HtmlPlatform):
    name = "moodle"
    marks = (
        Mark("page-mod-forum-", "body[id^=page-mod-forum-]", 1.0),
        Mark("mod-forum-", "body[id^=mod-forum-]", 0.95),
        Mark("forum-post-core", "article[data-post-id] [data-region-content=forum-post-core]", 0.95),
        Mark("discussion-list-item", "tr.discussion[data-discussionid]", 0.95),
        Mark("page-login-index", "body#page-login-index", 0.9),
        Mark("page-enrol-index", "body#page-enrol-index", 0.9),
    )
    table = Selectors(
        post="[data-content=forum-post][data-post-id], div.forumpost:not([data-post-id]), table.forumpost",
        body=".post-content-container, .post-message, .posting",
        author='address a[href*="/user/"], .authorsubheading a[href*="/user/"], .author a[href*="/user/"]',
        time="address time, .authorsubheading time, .author",
        edited=".edited",
        title=".discussionname, [data-region-content=forum-post-core-subject], .forumpost .subject",
        crumbs='a[href*="/mod/forum/view.php?"]',
        locked=".discussionlocked",
        pager=".pagination a[href], .paging a[href]",
        current_page=".pagination .active, .paging .current-page",
        thread_page="body#page-mod-forum-discuss, body#mod-forum-discuss",
        row="tr.discussion",
        row_link='.topic a[href*="discuss.php"]',
        row_replies="td.replies, td.px-2 > span:not(.switch)",
        row_time='.author-info a[href*="parent="]:not(:has(time)), .author-info a[href*="parent="] time, '
        'td.lastpost a[href*="discuss.php"]',
        row_last='.author-info a[href*="parent="], td.lastpost a[href*="discuss.php"]',
        row_locked="[data-region=locked-label]:not([hidden])",
        row_sticky="tr.discussion.pinned, td.pinned > .icon, td.pinned > img",
        boards='#page-mod-forum-index td a[href*="view.php?"], #mod-forum-index td a[href*="view.php?"], '
        '.modtype_forum a[href*="/mod/forum/view.php?"]',
        board_page="body#page-mod-forum-view, body#mod-forum-view",
        login="body#page-login-index form, body#page-enrol-index",
        missing="[data-rel=fatalerror], .errorbox",
    )
    quotes = QuoteMarkup(block="blockquote", drop=(".edited",))
    thread_url = re.compile(r"/discuss\.php\?(?:[^#]*?[&;])?d=(\d+)")
    board_url = re.compile(r"/view\.php\?(?:[^#]*?[&;])?id=(\d+)|/view\.php\?(?:[^#]*?[&;])?(f=\d+)")
    """A forum has a number of its own and another one in its course, and goes by either."""
    offset_url = re.compile(r"[?&;]p(?:age)?=(\d+)")
    first_offset = 0
    user_url = re.compile(r"/user/(?:view|profile)\.php\?(?:[^#]*?[&;])?id=(\d+)")

    def canonical(self, url: str) -> str:
        """How to sort and what branch to show are left out."""
        names = ("d",) if self.thread_url.search(url) else ("id", "f", "p", "page")
        return self.without_first_page(tidy(url, names))

    def paging(self, sight: Sight) -> tuple[int, int]:
        """All of a discussion stands on one page, but for a branch that was asked for alone."""
        if self.thread_url.search(sight.own):
            return (2, 2) if _ONE_BRANCH.search(sight.doc.page.url) else (1, 1)
        return super().paging(sight)

    def post_id(self, node: LexborNode) -> str | None:
        """Before version 3.8 on an anchor before the post."""
        return attribute(node, "data-post-id") or _anchored(node)

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        return f"{sight.own}#p{post_id}"

    def position(self, node: LexborNode) -> int | None:
        """A tree is not in the order of time; only the opening post's place is certain."""
        return 1 if first(node, ".starter") and not self.reply_to(node) else None

    def time_shown(self, node: LexborNode | None) -> str:
        """ "by Jane - Tuesday, 3 May 2016, 4:15 PM" where the time has no element of its own."""
        is_byline = node is not None and "author" in _classes(node)
        return text_of(node).rpartition(" - ")[2] if is_byline else super().time_shown(node)

    def body(self, node: LexborNode) -> Body:
        """What is gone has a notice for its words."""
        return EMPTY if _is_gone(node) else super().body(node)

    def state(self, node: LexborNode, body: Body) -> PostState:
        return PostState.REMOVED if _is_gone(node) else PostState.VISIBLE

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        """The date in the notice is that of the first version."""
        notices = every(node, self.table.edited)
        if not notices:
            return UNEDITED
        said = _EDITED_BY.match(text_of(notices[-1]))
        by = text_of(first(notices[-1], "a")) or (said[1] if said else "")
        other = bool(by and author and by.casefold() != author.name.casefold())
        return Edit(by=by or None, by_staff=other)

    def reply_to(self, node: LexborNode) -> str | None:
        """The post in whose branch it stands; in the flat form, what the link to the parent says."""
        own = self.post_id(node)
        return _branch(node) or next((to for to in _links(node) if to != own), None)

    def post_at(self, url: str) -> str | None:
        m = _POST_LINK.search(url)
        return captured(m) if m else None


def _classes(node: LexborNode) -> list[str]:
    return attribute(node, "class").split()


def _is_gone(node: LexborNode) -> bool:
    """Neither a name nor a time is left of it, nor a link to whoever wrote it."""
    return first(node, 'address, .author, time, a[href*="/user/"]') is None


def _before(node: LexborNode, wanted: Callable[[LexborNode], bool]) -> LexborNode | None:
    """The nearest wanted element before the node, among its siblings."""
    before = node.prev
    while before is not None and not wanted(before):
        before = before.prev
    return before


def _is_anchor(node: LexborNode) -> bool:
    return _ANCHOR.match(attribute(node, "id")) is not None


def _is_post(node: LexborNode) -> bool:
    return node.is_element_node and "forumpost" in _classes(node)


def _anchored(post: LexborNode) -> str | None:
    return attribute(_before(post, _is_anchor), "id")[1:] or None


def _branch(node: LexborNode) -> str | None:
    """The post around the branch, or before version 3.8, right before it."""
    above = node.parent.parent if node.parent and node.parent.tag == "article" else node.parent
    while above is not None and above.is_element_node:
        around = attribute(above, "data-post-id")
        ahead = _before(above, _is_post) if "indent" in _classes(above) else None
        if parent := around or (_anchored(ahead) if ahead else None):
            return parent
        above = above.parent
    return None


def _links(node: LexborNode) -> Iterator[str]:
    """The posts that the links below a post's words lead to."""
    for link in every(node, ".post-actions a[href], .dropdown-menu a[href], .commands a[href]"):
        if m := _POST_LINK.search(attribute(link, "href")):
            yield captured(m)


platform = Moodle()
