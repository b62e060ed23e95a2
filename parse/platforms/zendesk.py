"""Zendesk community (Gather): the pages of a help center, for guests.

Known from the theme that help centers start with (Copenhagen, its versions since 2016) and from themes
derived from it. The words come from the server's helpers, so that themes keep what these write: `time` with
a machine's date, `id="community_comment_…"`, the links, the words `status-label-…` of a status.

A crawl starts at `/hc/en-us/community/topics` (all topics), at `/hc/en-us/community/posts` or at one topic;
the JSON of the same community is `zendesk_api`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import UNEDITED, Edit, Mark, Selectors, Sight
from parse.json_fields import whole
from parse.model import Author, Board, Post, changed

_COMMENT = re.compile(r"comment_(\d+)\Z")
_VOTES = re.compile(r"([-\N{MINUS SIGN}]?)\s*(\d+)")
_OPENING = "post"
"""Stands for the id of the opening post, which is that of its thread."""
_TITLES = ".blocks-item-title, .topics-item-name, h2, h3, h4"


class Zendesk(HtmlPlatform):
    name = "zendesk"
    marks = (
        Mark("community_comment_", "li[id^=community_comment_]", 0.95),
        Mark("/community/", "section.post-info-container", 0.9),
        Mark("/community/", 'link[rel=canonical][href*="/hc/"][href*="/community/posts"]', 0.95),
        Mark("/community/", 'link[rel=canonical][href*="/hc/"][href*="/community/topics"]', 0.95),
        Mark("zdassets.com/hc/", ".error-page", 0.9),
        Mark("/community/posts/", '.striped-list-info a[href*="/community/posts/"]', 0.9),
        Mark("/community/topics/", '.blocks-list a[href*="/community/topics/"]', 0.9),
    )
    table = Selectors(
        post="article:has(.post-body), .post:not(:has(article)) > .post-info-container, "
        "li[id^=community_comment_], .post-container .comment-list > li.comment",
        body=".post-body, .comment-body",
        author=".post-meta > [title] a, .comment-meta > [title] a, .post-meta > [title]:not(:has(a)), "
        ".comment-meta > [title]:not(:has(a))",
        time=".meta-data time[datetime], .post-meta time[datetime], .comment-meta time[datetime]",
        role=".community-badge-title",
        staff=".icon-agent, .comment-official",
        edited=".meta-data:has(time) + .meta-data:not(:has(time))",
        likes=".vote-sum",
        title=".post-title h1, .page-header h1, h1",
        crumbs=".breadcrumbs a[href]",
        locked='.comment-callout:lexbor-contains("closed for comments" i)',
        sticky=".post-title .status-label-pinned",
        status=".post-title .status-label"
        ":not(.status-label-pinned, .status-label-featured, .status-label-closed)",
        solved=".post-title .status-label-answered, .post-title .status-label-completed",
        pager=".pagination a[href]",
        current_page=".pagination-current",
        thread_page=".post-container .post-title, ul#comments.comment-list",
        row=".striped-list-item:has(a[href*='/community/posts/'])",
        row_link="a[href*='/community/posts/']",
        row_replies=".striped-list-count-item:last-child .striped-list-number",
        row_sticky=".status-label-pinned",
        boards=".blocks-list a[href*='/community/topics/'], .topics a[href*='/community/topics/']",
        login=".error-page a[href*='/signin']",
        missing=".error-page",
        board_page=".posts-list, .no-posts-with-filter",
    )
    quotes = QuoteMarkup(block="blockquote")
    thread_url = re.compile(r"/community/posts/(\d+)")
    board_url = re.compile(r"/community/topics/(\d+)|/community/(posts)/?(?=[?#]|\Z)")
    significant = ("page",)
    user_url = re.compile(r"/(?:profiles|community/users)/(\d+)")

    def canonical(self, url: str) -> str:
        """A comment's own URL adds its number to that of the post."""
        return re.sub(r"(/community/posts/[^/?#]+)/comments/\d+", r"\1", super().canonical(url))

    def post_id(self, node: LexborNode) -> str | None:
        found = _COMMENT.search(node.id or "")
        return found[1] if found else _OPENING if node.css_first(".post-body") else None

    def post(self, node: LexborNode, sight: Sight) -> Post | None:
        """The opening post has the number of its thread, on each of the pages that repeat it."""
        post = super().post(node, sight)
        if post is None or post.id != _OPENING:
            return post
        return changed(post, id=self.thread_id(sight, (), sight.own), url=self.thread_start(sight.own))

    def likes(self, node: LexborNode) -> int | None:
        """The sum of the votes for and against; an official comment has none."""
        votes = _VOTES.search(text_of(first(node, self.table.likes)))
        count = whole(votes[2]) if votes else None
        return -count if votes and count and votes[1] else count

    def posted_at(self, node: LexborNode, sight: Sight) -> datetime | None:
        """Once a post was edited, the page shows when that was, and no longer when it was written."""
        return None if first(node, self.table.edited) else super().posted_at(node, sight)

    def posted_beside(self, node: LexborNode, sight: Sight) -> datetime | None:
        return None if first(node, self.table.edited) else super().posted_beside(node, sight)

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        if not first(node, self.table.edited):
            return UNEDITED
        return Edit(at=sight.time(self.time_shown(first(node, self.table.time))))

    def board_in(self, link: LexborNode, sight: Sight) -> Board | None:
        """On the list of topics the link holds a description and counts as well as the name."""
        board, name = super().board_in(link, sight), first(link, _TITLES)
        return replace(board, title=text_of(name)) if board and name else board

    def day_first(self, sight: Sight, nodes: Sequence[LexborNode]) -> bool | None:
        return None


platform = Zendesk()
