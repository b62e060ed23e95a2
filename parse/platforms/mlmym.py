"""mlmym: Lemmy in the looks of the old Reddit, drawn by the server (old.lemmy.example/lemmy.example/post/7).

Known from its templates. It shows posts and comments by the numbers that Lemmy gives them.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.html_fields import ancestors, attribute, count_in, every, first, has_class, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import UNEDITED, Edit, Mark, Selectors, Sight
from parse.model import Author, Board, Post, PostState, ThreadRow
from parse.quotes.plain import Body

_THREAD = "main:has(> .commentmenu) > .post[id^=p]"
_COMMENT = re.compile(r"c\d+\Z")
_EDITED = re.compile(r"\(last edited\b")
_SCORE = re.compile(r"-?\d+")
_OF_THIS_SERVER = re.compile(r"(/([^/?#]+)/c/[^/?#@]+)@\2(?=[/?#]|\Z)")
_GONE = ("[deleted]", "[removed by mod]")


class Mlmym(HtmlPlatform):
    name = "mlmym"
    software = "lemmy"
    marks = (
        Mark("fedilink", 'main > .post[id^=p] .meta a.submitter[href*="/u/"]', 0.95),
        Mark("fedilink", '.comment[id^=c] > .meta a.creator[href*="/u/"]', 0.95),
    )
    table = Selectors(
        post=f"{_THREAD}, [id^=c]:has(> .meta), [id^=c]:has(> .content)",
        body=".expando .md, .content > div",
        author='.meta a.submitter[href*="/u/"], .meta a.creator[href*="/u/"]',
        time=".meta span[title]",
        staff=".meta a.admin",
        likes=".score > div, .meta b",
        title=f"{_THREAD} .title > a, .side h1",
        crumbs=f'{_THREAD} .meta a.community[href*="/c/"]',
        pager=".pager a[href]",
        thread_page="main > .commentmenu",
        row="main:not(:has(> .commentmenu)) > .post[id^=p]",
        row_link='.buttons a[href*="/post/"]',
        row_sticky=".post.distinguished, .post.announcement",
        boards='.meta a.community[href*="/c/"]',
        board_page="main .post .rank",
        login="form.login",
    )
    quotes = QuoteMarkup(block="blockquote", drop=(".buttons",))
    thread_url = re.compile(r"/post/(\d+)")
    board_url = re.compile(r"/c/([^/?#]+)")
    user_url = re.compile(r"/u/([^/?#]+)")
    significant = ("page",)

    def canonical(self, url: str) -> str:
        """Communities of the server shown go by their bare names as well."""
        return _OF_THIS_SERVER.sub(r"\1", super().canonical(url))

    def boards(self, sight: Sight) -> tuple[Board, ...]:
        """What stands in a community says each time that it does."""
        return () if self.board_url.search(sight.own) else super().boards(sight)

    def board_in(self, link: LexborNode, sight: Sight) -> Board | None:
        board = super().board_in(link, sight)
        place = self.board_url.search(board.url) if board else None
        return replace(board, id=place[1], title=place[1]) if board and place else board

    def post_id(self, node: LexborNode) -> str | None:
        number = (node.id or "")[1:]
        return f"post-{number}" if _opens(node) else number or None

    def position(self, node: LexborNode) -> int | None:
        """A tree is shown in the order of the day; only the first place is certain."""
        return 1 if _opens(node) else None

    def body(self, node: LexborNode) -> Body:
        """Many posts are a title with a link."""
        said = first(node, ".expando .md") or first(node, ".title > a") if _opens(node) else _words(node)
        return untangle(said, self.quotes) if said else super().body(node)

    def author_at(self, link: LexborNode, node: LexborNode, sight: Sight) -> Author:
        author = super().author_at(link, node, sight)
        return replace(author, login=author.user_id, user_id=None)

    def time_shown(self, node: LexborNode | None) -> str:
        """The title is written by Go: "2024-06-01 10:00:00.123 +0000 UTC"."""
        return attribute(node, "title").partition(".")[0].partition(" +")[0] or super().time_shown(node)

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        meta = first(node, ".meta")
        times = every(meta, "span[title]") if meta and _EDITED.search(text_of(meta)) else []
        return Edit(at=sight.time(self.time_shown(times[-1]))) if len(times) > 1 else UNEDITED

    def likes(self, node: LexborNode) -> int | None:
        m = _SCORE.search(text_of(first(node, self.table.likes)))
        return int(m[0]) if m else None

    def state(self, node: LexborNode, body: Body) -> PostState:
        is_gone = not _opens(node) and body.full_text in _GONE
        return PostState.REMOVED if is_gone else PostState.VISIBLE

    def reply_to(self, node: LexborNode) -> str | None:
        """What stands among the children of no comment answers the post."""
        for above in ancestors(node):
            if _COMMENT.match(above.id or ""):
                return self.post_id(above)
        opening = node.parser.css_first(_THREAD) if node.parser and not _opens(node) else None
        return self.post_id(opening) if opening else None

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        place = sight.own.partition("/post/")[0]
        return sight.own if _opens(node) else f"{place}/comment/{post_id}"

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """Of what is gone, only the notice is left."""
        posts = super().settled(found, sight)
        return [replace(post, text="") if post.state is PostState.REMOVED else post for post in posts]

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        """The title leads to what is talked about, the number of comments to the talk."""
        row = super().row(node, sight)
        counted = text_of(first(node, self.table.row_link))
        title = text_of(first(node, ".title > a"))
        return row and replace(row, title=title, reply_count=count_in(counted) or 0)


def _opens(node: LexborNode) -> bool:
    return (node.id or "").startswith("p")


def _words(node: LexborNode) -> LexborNode | None:
    """What a comment says, without what is pressed below it; one that is gone has no element for it."""
    content = next((part for part in node.iter() if has_class(part, "content")), None)
    return next((part for part in content.iter() if part.tag == "div"), content) if content else None


platform = Mlmym()
