"""Tildes: topics in groups, each with a tree of comments, and the lists of both.

The ids are short keys; those of topics and comments are counted apart, so that a topic goes by "topic-32".
The title in a list may lead to what is talked about; the number of comments leads to the talk.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.html_fields import ancestors, attribute, count_in, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import UNEDITED, Edit, Mark, Selectors, Sight
from parse.model import Author, Board, Post, PostState, ThreadRow, changed
from parse.quotes.plain import Body

_KEY = "data-comment-id36"
_TOPIC = "topic-full"
_WORDS = ".topic-full-text, .topic-full-link"
_COMMENT = ".comment-text"


class Tildes(HtmlPlatform):
    name = "tildes"
    marks = (
        Mark(_KEY, f"article[{_KEY}]", 0.95),
        Mark(_TOPIC, "article.topic-full > header .topic-full-byline", 0.95),
        Mark("topic-listing", "ol.topic-listing article.topic[id^=topic-]", 0.95),
        Mark("link-group", "main a.link-group", 0.6),
    )
    table = Selectors(
        post=f"article.{_TOPIC}, article[{_KEY}]",
        body=f"{_WORDS}, {_COMMENT}",
        author="a.link-user",
        time="time[datetime]",
        edited=".comment-edited-time time[datetime], .text-italic time[datetime]",
        likes=".topic-voting-votes, .comment-votes",
        hidden=".is-comment-deleted, .is-comment-removed",
        title="article.topic-full h1",
        crumbs="a.site-header-context[href]",
        locked=".topic-full > .toast-warning",
        pager=".pagination a[href]",
        thread_page=f"article.{_TOPIC}",
        row="article.topic[id^=topic-]",
        row_link=".topic-info-comments a[href]",
        row_replies=".topic-info-comments a",
        boards="main a.link-group[href]",
        board_page="ol.topic-listing",
    )
    quotes = QuoteMarkup(block="blockquote")
    thread_url = re.compile(r"/~[\w.]+(?:-\w+)*/([0-9a-z]+)(?=[/?#]|\Z)")
    board_url = re.compile(r"/~([^/?#]+)/?(?:[?#]|\Z)")
    user_url = re.compile(r"/user/([^/?#]+)")
    significant = ("after", "before")

    def post_id(self, node: LexborNode) -> str | None:
        return attribute(node, _KEY) or _TOPIC

    def own(self, node: LexborNode) -> LexborNode | None:
        """What says of whom and when a post is; answers stand within a comment, comments within the topic."""
        return first(node, ".comment-itself" if attribute(node, _KEY) else "header")

    def author_node(self, node: LexborNode) -> LexborNode | None:
        own = self.own(node)
        return first(own, self.table.author) if own is not None else None

    def author_at(self, link: LexborNode, node: LexborNode, sight: Sight) -> Author:
        author = super().author_at(link, node, sight)
        return replace(author, login=author.user_id)

    def body(self, node: LexborNode) -> Body:
        inside = self.own(node) if attribute(node, _KEY) else node
        words = first(inside, _COMMENT if attribute(node, _KEY) else _WORDS) if inside is not None else None
        return untangle(words, self.quotes) if words is not None else Body("", "", ())

    def likes(self, node: LexborNode) -> int | None:
        own = self.own(node)
        return count_in(text_of(first(own, self.table.likes))) if own is not None else None

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        own = self.own(node)
        moment = first(own, self.table.edited) if own is not None else None
        return Edit(at=sight.time(attribute(moment, "datetime"))) if moment is not None else UNEDITED

    def state(self, node: LexborNode, body: Body) -> PostState:
        own = self.own(node)
        is_gone = (
            bool(attribute(node, _KEY)) and own is not None and first(own, self.table.hidden) is not None
        )
        return PostState.REMOVED if is_gone else PostState.VISIBLE

    def position(self, node: LexborNode) -> int | None:
        """A tree is shown in the order that the reader likes; only the first place is certain."""
        return None if attribute(node, _KEY) else 1

    def reply_to(self, node: LexborNode) -> str | None:
        around = (attribute(above, _KEY) for above in ancestors(node))
        if parent := next(filter(None, around), None):
            return parent
        return _TOPIC if attribute(node, _KEY) else None

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """Only the address tells which topic it is; of what was deleted nothing else is told."""
        key = self.thread_url.search(sight.own)
        topic = f"topic-{key[1]}" if key else _TOPIC
        told = super().settled(found, sight)
        posts = [post if post.state is PostState.VISIBLE else _emptied(post) for post in told]
        posts = [changed(post, reply_to=topic) if post.reply_to == _TOPIC else post for post in posts]
        return [changed(post, id=topic) if post.id == _TOPIC else post for post in posts]

    def board_here(self, sight: Sight) -> Board | None:
        board = super().board_here(sight)
        return board and replace(board, url=board.url.partition("?")[0])

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        row = super().row(node, sight)
        title = text_of(first(node, ".topic-title"))
        return replace(row, title=title) if row is not None and title else row


def _emptied(post: Post) -> Post:
    return replace(
        post, author=None, author_method=None, author_confidence=None, posted_at=None, like_count=None
    )


platform = Tildes()
