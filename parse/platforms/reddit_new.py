"""Reddit since 2023: elements of its own name author, parent and votes in their attributes."""

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

from parse.body import untangle
from parse.html_fields import attribute, count_in, find, text_of
from parse.html_table import Mark, Selectors, Sight
from parse.model import Author, Board, Link, LinkKind, PostState, ThreadRow
from parse.page import Document
from parse.quotes.plain import EMPTY, Body
from parse.software.reddit_json import GONE
from parse.software.reddit_site import RedditSite

_NAMES = ("thingid", "id", "data-post-id")
_SCORE = re.compile(r"-?\d{1,9}")
_COMMENT, _POST = "shreddit-comment", "shreddit-post"


class RedditNew(RedditSite):
    """A comment holds its answers: each field is looked for before the first of them."""

    name = "reddit_new"
    marks = (
        Mark("shreddit-comment", "shreddit-comment[author]", 0.95),
        Mark("shreddit-post", "shreddit-post[permalink], shreddit-post[post-title]", 0.95),
    )
    table = Selectors(
        post="shreddit-post, shreddit-comment[author]",
        body='[slot="text-body"], [slot="comment"]',
        author='[slot="authorName"] a, [slot="commentMeta"] a[href*="/user/"]',
        time="faceplate-timeago[ts], time[datetime]",
        title="h1",
        row="shreddit-post[permalink]",
        row_link='a[slot="full-post-link"], a[slot="title"]',
        thread_page="shreddit-comment-tree, shreddit-comments-page-ad",
        board_page="shreddit-feed",
    )  # fmt: skip

    def post_nodes(self, doc: Document) -> Sequence[LexborNode]:
        """A listing shows posts, too, but no tree below one; what stands beside a thread is no part of it."""
        if (
            not self.thread_url.search(doc.page.url)
            and doc.tree.css_first("shreddit-comment[author]") is None
        ):
            return ()
        posts = doc.tree.css(_POST)
        return [*posts[:1], *(node for node in doc.tree.css("shreddit-comment[author]") if _in_tree(node))]

    def post_id(self, node: LexborNode) -> str | None:
        return next((value for name in _NAMES if (value := attribute(node, name))), None)

    def aliases(self, node: LexborNode) -> tuple[str, ...]:
        return ((self.post_id(node) or "")[3:],)

    def own(self, node: LexborNode, selector: str) -> LexborNode | None:
        """The first of its parts that is not in an answer."""
        return next((part for part in node.css(selector) if _holder(part) == node.mem_id), None)

    def body(self, node: LexborNode) -> Body:
        content = self.own(node, self.table.body)
        return untangle(content, self.quotes) if content else EMPTY

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        name = attribute(node, "author")
        if not name or name in GONE:
            return None
        staff = attribute(node, "distinguished-as") or attribute(node, "author-badge")
        role = staff.lower() or None
        return Author(
            name=name,
            login=name,
            user_id=attribute(node, "author-id") or None,
            profile_url=sight.url(f"/user/{name}/"),
            role=role,
            is_staff=role in ("moderator", "mod", "admin"),
        )

    def dated(self, node: LexborNode, sight: Sight) -> str:
        stated = attribute(node, "created-timestamp") or attribute(node, "created")
        shown = self.own(node, self.table.time)
        return stated or attribute(shown, "ts") or attribute(shown, "datetime") or text_of(shown)

    def position(self, node: LexborNode) -> int | None:
        return 1 if node.tag == _POST else None

    def likes(self, node: LexborNode) -> int | None:
        score = attribute(node, "score")
        return int(score) if _SCORE.fullmatch(score) else None

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        link = attribute(node, "permalink")
        return sight.url(link) if link else None

    def state(self, node: LexborNode, body: Body) -> PostState:
        gone = attribute(node, "author") in GONE and (not body.text or body.text in GONE)
        return PostState.REMOVED if gone else PostState.VISIBLE

    def reply_to(self, node: LexborNode) -> str | None:
        if node.tag == _POST:
            return None
        if stated := attribute(node, "parentid"):
            return stated
        above = node.parent
        while above is not None and above.is_element_node:
            if above.tag == _COMMENT:
                return self.post_id(above)
            above = above.parent
        return attribute(node, "postid") or None

    def title(self, sight: Sight) -> str:
        return attribute(find(sight.doc, _POST), "post-title") or super().title(sight)

    def crumb_board(self, sight: Sight) -> Board | None:
        name = attribute(find(sight.doc, _POST), "subreddit-prefixed-name").removeprefix("r/")
        m = self.board_url.search(sight.own.partition("/comments/")[0])
        name = name or (m[1] if m else "")
        return Board(id=name, title=f"r/{name}", url=sight.url(f"/r/{name}/")) if name else None

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        m = self.thread_url.search(attribute(node, "permalink"))
        return m and ThreadRow(
            id=m[1],
            title=attribute(node, "post-title") or text_of(node.css_first("h1, h2, h3, a")),
            url=self.canonical(sight.url(attribute(node, "permalink"))),
            reply_count=count_in(attribute(node, "comment-count")),
            last_post_at=None,
        )

    def page_links(self, sight: Sight) -> Iterator[Link]:
        """Branches too deep for the page have pages of their own."""
        for link in sight.doc.tree.css('a[slot="more-comments-permalink"][href]'):
            yield Link(url=self.canonical(sight.url(attribute(link, "href"))), kind=LinkKind.POSTS)


def _holder(part: LexborNode) -> int:
    """The post that an element is a part of."""
    at: LexborNode | None = part
    while at is not None and at.tag not in (_COMMENT, _POST):
        at = at.parent
    return at.mem_id if at is not None else 0


def _in_tree(node: LexborNode) -> bool:
    at = node.parent
    while at is not None and at.tag != "aside":
        at = at.parent
    return at is None


platform = RedditNew()
