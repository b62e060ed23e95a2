"""Lobsters and the sites that run its software: stories, trees of comments, tags; its pages and its JSON.

Known from the software itself, as of 2014 to 2026. An edited comment shows when it was edited, not when it
was written; the JSON tells both. Who moderates is told by the JSON of older sites only.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.html_fields import attribute, count_in, find, find_all, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import UNEDITED, Edit, Mark, Selectors, Sight
from parse.json_fields import whole
from parse.model import Author, Board, Link, LinkKind, PageKind, Post, PostState, Reading, ThreadRow, changed
from parse.page import Document
from parse.quotes.plain import Body
from parse.software.lobsters_json import is_ours, read_json

_STORY = "ol.stories:not(.list) > li.story[data-shortid]"
_SCORE = re.compile(r"-?\d+")
_EDITED = re.compile(r"\bedited\b")


class Lobsters(HtmlPlatform):
    name = "lobsters"
    marks = (
        Mark("comments_subtree", "li.comments_subtree > .comment[data-shortid]", 0.95),
        Mark("story_liner", "ol.stories > li.story[data-shortid] > .story_liner", 0.95),
    )
    table = Selectors(
        post=f"{_STORY}, [id^=c_][data-shortid]",
        body=".comment_text",
        author='a[href*="/u/"], a[href*="/~"]',
        time=":is(time, span, a)[title]:not(.hat), time:is([data-at-unix], [datetime])",
        role=".byline .hat",
        permalink='.byline a[href*="/c/"]',
        hidden=".comment_text .na",
        title=f"{_STORY} .link a",
        crumbs=f'{_STORY} .tags a[href*="/t/"]',
        pager=".morelink a[href]",
        thread_page=f"{_STORY}, #story_comments",
        row="ol.stories.list > li.story[data-shortid]",
        row_link=".comments_label a[href], a.mobile_comments[href]",
        board_page="ol.stories.list",
    )
    quotes = QuoteMarkup(block="blockquote")
    thread_url = re.compile(r"/s/([a-z0-9]{4,8})(?=[/?#]|\Z)")
    board_url = re.compile(r"/t/([^/?#,]+)")
    user_url = re.compile(r"/(?:u/|~)([^/?#]+)")

    def detect(self, doc: Document) -> float:
        return super().detect(doc) if doc.json is None else 0.95 * is_ours(doc.json)

    def read(self, doc: Document) -> Reading:
        if doc.json is None:
            return super().read(doc)
        url = self.canonical(doc.page.url)
        return read_json(doc, Reading(platform=self.name, kind=PageKind.OTHER, canonical_url=url))

    def canonical(self, url: str) -> str:
        """The words of a title may follow the id of a story."""
        return re.sub(r"(/s/[a-z0-9]{4,8})/[^?#]*", r"\1", super().canonical(url))

    def post_nodes(self, doc: Document) -> Sequence[LexborNode]:
        """Comments of many stories, on a person's page or of the day, are no thread."""
        return super().post_nodes(doc) if find(doc, _STORY) else ()

    def post_id(self, node: LexborNode) -> str | None:
        return attribute(node, "data-shortid") or None

    def position(self, node: LexborNode) -> int | None:
        """A tree is shown in the order of the day; only the first place is certain."""
        return 1 if _is_story(node) else None

    def body(self, node: LexborNode) -> Body:
        """Most stories are a title with a link."""
        if not _is_story(node):
            return super().body(node)
        words = node.parser.css_first(".story_content > .story_text") if node.parser else None
        said = untangle(words, self.quotes) if words else None
        title = first(node, ".link a") or first(node, ".link")
        if said is None or not said.full_text:
            return untangle(title, self.quotes) if title else super().body(node)
        return said

    def author_node(self, node: LexborNode) -> LexborNode | None:
        """The picture is a link of the same kind."""
        byline = _byline(node)
        return next(filter(text_of, byline.css(self.table.author)), None) if byline else None

    def author_at(self, link: LexborNode, node: LexborNode, sight: Sight) -> Author:
        author = super().author_at(link, node, sight)
        return replace(author, login=author.user_id)

    def time_shown(self, node: LexborNode | None) -> str:
        """Seconds since 1970 where there are any: dates are in the site's own zone, and do not say so."""
        return attribute(node, "data-at-unix") or attribute(node, "title") or super().time_shown(node)

    def dated(self, node: LexborNode, sight: Sight) -> str:
        byline = _byline(node)
        return self.time_shown(byline.css_first(self.table.time)) if byline else ""

    def posted_at(self, node: LexborNode, sight: Sight) -> datetime | None:
        return None if _is_edited(node) else super().posted_at(node, sight)

    def posted_beside(self, node: LexborNode, sight: Sight) -> datetime | None:
        return None

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        return Edit(at=sight.time(self.dated(node, sight))) if _is_edited(node) else UNEDITED

    def likes(self, node: LexborNode) -> int | None:
        """The score may be hidden at first."""
        parts = node.css(".voters .upvoter, .voters .score")
        shown = (words for part in parts for words in (attribute(part, "title"), text_of(part)))
        return next((whole(float(words)) for words in shown if _SCORE.fullmatch(words)), None)

    def state(self, node: LexborNode, body: Body) -> PostState:
        is_gone = not _is_story(node) and first(node, self.table.hidden) is not None
        return PostState.REMOVED if is_gone else PostState.VISIBLE

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """What stands in no branch answers the story; of what is gone, only the notice is left."""
        posts = super().settled(found, sight)
        story = next((post.id for post in posts if post.position == 1), None)
        posts = [
            post if post.reply_to or post.id == story else changed(post, reply_to=story) for post in posts
        ]
        return [changed(post, text="") if post.state is PostState.REMOVED else post for post in posts]

    def reply_to(self, node: LexborNode) -> str | None:
        """What stands in the branch around its own; that around the whole tree has no comment itself."""
        above = node.parent.parent if node.parent else None
        while above is not None and above.is_element_node:
            own = (attribute(child, "data-shortid") for child in above.iter()) if above.tag == "li" else ()
            if parent := next(filter(None, own), None):
                return parent
            above = above.parent
        return None

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        return sight.own if _is_story(node) else super().post_url(node, post_id, sight)

    def crumb_board(self, sight: Sight) -> Board | None:
        """A story may have several tags; the first stands for them."""
        tag = find(sight.doc, self.table.crumbs)
        return self.board_in(tag, sight) if tag is not None else None

    def board_here(self, sight: Sight) -> Board | None:
        """A tag has no heading but its own name."""
        board = super().board_here(sight)
        return board and replace(board, title=board.title or board.id, url=self.thread_start(board.url))

    def page_links(self, sight: Sight) -> Iterator[Link]:
        """Also those of the front page, which is no tag."""
        if self.listed_at(sight.own):
            yield from super().page_links(sight)
            return
        for link in find_all(sight.doc, self.table.pager):
            yield Link(url=self.canonical(sight.url(attribute(link, "href"))), kind=LinkKind.PAGE)

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        """The title leads to what is talked about, the number of comments to the talk."""
        row = super().row(node, sight)
        counted = text_of(first(node, self.table.row_link))
        title = text_of(first(node, ".link a"))
        return row and replace(row, title=title, reply_count=count_in(counted) or 0)


def _is_story(node: LexborNode) -> bool:
    return node.tag == "li"


def _byline(node: LexborNode) -> LexborNode | None:
    """What names author and time; stories that were merged into this one have bylines before it."""
    bylines = node.css(".byline")
    return bylines[-1] if bylines else None


def _is_edited(node: LexborNode) -> bool:
    """The word stands between the name and the time."""
    byline = _byline(node)
    return not _is_story(node) and byline is not None and bool(_EDITED.search(_bare(byline)))


def _bare(byline: LexborNode) -> str:
    """The words of a byline that are in no link: nobody's name."""
    flat = [byline, *byline.css("span")]
    parts = (part for each in flat for part in each.iter(include_text=True) if part.tag == "-text")
    return " ".join(part.text_content or "" for part in parts)


platform = Lobsters()
