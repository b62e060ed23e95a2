"""Vanilla Forums (Higher Logic Vanilla): classic themes, the rich editor's quotes, and the newest layouts.

Pages of these layouts are drawn by a script, from a state that they carry (`parse.software.vanilla_layout`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, first, text_of
from parse.html_platform import HtmlPlatform, missing_fields
from parse.html_post import is_staff
from parse.html_site import site_title
from parse.html_table import UNEDITED, Edit, Mark, Selectors, Sight
from parse.json_fields import decoded, mapping, text, whole
from parse.model import Author, Board, Link, LinkKind, PageKind, Post, Reading, changed
from parse.page import Document
from parse.quotes.heads import QuoteHead
from parse.software.vanilla_layout import Layout, widgets

_NUMBERED = 2
_COMMENT = re.compile(r"/discussion/comment/(\d+)|#Comment_(\d+)")


def _describe(block: LexborNode) -> QuoteHead:
    """The rich editor embeds the source; the older ones name the author and may link the comment."""
    data = mapping(decoded(attribute(block, "data-embedjson")))
    if data.get("recordID"):
        prefix = "d" if data.get("recordType") == "discussion" else ""
        user = data.get("insertUser") or {}
        return QuoteHead(attributed_to=user.get("name"), source_ref=f"{prefix}{data['recordID']}")
    found = next(
        (m for link in block.css("a[href]") if (m := _COMMENT.search(attribute(link, "href")))), None
    )
    return QuoteHead(
        attributed_to=block.attributes.get("rel") or None,
        source_ref=(found[1] or found[2]) if found else None,
    )


class Vanilla(HtmlPlatform):
    name = "vanilla"
    marks = (
        Mark("ItemComment", "li.ItemComment, .ItemComment .Message", 0.9),
        Mark("ItemDiscussion", ".ItemDiscussion", 0.85),
        Mark("gdn.meta", "body", 0.9),
        Mark("vanillaInitialLayout", "body", 0.95),
        Mark("vanilla", "body.Vanilla, #vanilla_discussion_index, body[id^=vanilla_]", 0.9),
    )
    table = Selectors(
        post=".MessageList.Discussion .ItemDiscussion, div.ItemDiscussion, li.ItemComment, div.ItemComment, "
        "div[id^=Discussion_], li.Comment[id^=Discussion_], li[id^=Comment_]",
        body=".MessagePost, .Message:not(:has(.MessagePost)), .userContent:not(:has(.MessagePost))",
        author=".Author a.Username, a.Username, .Author .Username, .AuthorRibbon a, "
        ".AuthorRibbon:not(:has(a))",
        time="time[datetime], .DateCreated a:not(:has(time)), .DateCreated:not(:has(time, a))",
        role=".AuthorTitle, .MItem.Title, .Rank.MItem, .AuthorInfo .Rank, .RoleTitle",
        staff=".Role_Administrator, .Role_Moderator",
        position=".CommentNumber",
        permalink="a.Permalink[href], .DateCreated a[href]",
        edited=".DateUpdated",
        likes=".Column-Score, .ReactionCount, .Count",
        solution=".QnA-Item-Accepted, .AcceptedAnswer, .Tag-Accepted",
        title=".PageTitle h1, #Item_0 h1, h1",
        crumbs=".Breadcrumbs a[href]",
        locked=".Note.Closed, .Tag-Closed, .DiscussionHeader .Closed, .Item.Closed, .ClosedDiscussion",
        sticky=".Tag-Announcement",
        solved=".Tag-Answered, .QnA-Tag-Accepted",
        pager=".Pager a[href], .NumberedPager a[href]",
        current_page=".Pager .Highlight, .NumberedPager .Highlight",
        row="li.ItemDiscussion, tr.ItemDiscussion, li.Item:has(> .ItemContent.Discussion)",
        row_link="a.Title[href], .Title a[href]",
        row_replies=".CommentCount .Number, .CommentCount:not(:has(.Number)), .CountComments .Number, "
        ".CountReplies .Number",
        row_time=".LastCommentDate time, .LastUser time, time:not(.FirstUser time), "
        ".LastCommentDate:not(:has(time))",
        row_last='.LastUser a[href*="#Comment_"], .LastUser a[href*="/comment/"]',
        row_locked=".Tag-Closed, .Meta > .Closed",
        row_sticky=".Tag-Announcement, .Meta > .Announcement",
        row_moved=".Tag-Moved",
        boards=".CategoryList a[href*='/categories/'], .DataTable-Categories a[href*='/categories/']",
        login="#Form_User_SignIn, .SignInPopup, form[action*='/entry/signin']",
        missing=".SplashInfo",
    )
    quotes = QuoteMarkup(
        block=".js-embed[data-embedjson*='quote'], "
        "blockquote:not(.js-embed[data-embedjson*='quote'] > blockquote)",
        head=".QuoteAuthor, .blockquote-author",
        content=".QuoteText, .blockquote-content",
        drop=(".Meta", ".Reactions", ".Signature", ".UserSignature"),
        describe=_describe,
    )
    thread_url = re.compile(r"/discussion/(\d+)|/(\d{4,})-[^/]+\.html")
    board_url = re.compile(r"/categories/([^/?#]+)")
    offset_url = re.compile(r"/p(\d+)(?=/|$|\?)|-p(\d+)\.html")
    edit_notice = re.compile(r"(?:Edited\s+)?(?P<at>.+?)\s+by\s+(?P<by>.+?)\.?$", re.I)
    user_url = re.compile(r"/profile/(\d+)/")
    profile_url = re.compile(r"/profile/")

    def read(self, doc: Document) -> Reading:
        sight = self.sight(doc)
        layout = Layout(widgets(doc), sight, self.quotes)
        if layout.discussion:
            return self.layout_thread(layout, sight)
        return self.layout_list(layout, sight) if layout.listing else super().read(doc)

    def layout_thread(self, layout: Layout, sight: Sight) -> Reading:
        category = mapping(layout.discussion.get("category"))
        board = self.layout_board(text(category.get("url")), text(category.get("name")), sight)
        thread = layout.thread(self.thread_start(sight.own), board)
        links = [Link(url=board.url, kind=LinkKind.BOARD)] if board else []
        return Reading(
            platform=self.name,
            kind=PageKind.THREAD,
            canonical_url=sight.own,
            site_title=site_title(sight.doc),
            boards=(board,) if board else (),
            threads=(thread,),
            links=(*self.layout_pages(sight, *layout.page), *links),
            warnings=missing_fields(thread.posts),
        )

    def layout_list(self, layout: Layout, sight: Sight) -> Reading:
        rows = layout.rows()
        links = [Link(url=row.url, kind=LinkKind.THREAD) for row in rows]
        board = self.board_here(sight)
        pages = self.layout_pages(sight, *layout.page) if board else ()
        return Reading(
            platform=self.name,
            kind=PageKind.BOARD,
            canonical_url=sight.own,
            site_title=site_title(sight.doc),
            board=board,
            rows=rows,
            links=(*links, *pages),
        )

    def layout_board(self, url: str, title: str, sight: Sight) -> Board | None:
        m = self.board_url.search(url)
        return Board(id=m[1], title=title, url=self.canonical(sight.url(url))) if m else None

    def layout_pages(self, sight: Sight, number: int, count: int) -> Iterator[Link]:
        """The pages beside this one, as the list of them is drawn by a script."""
        start = self.thread_start(sight.own).rstrip("/")
        for page in (number - 1, number + 1):
            if 0 < page <= count:
                yield Link(url=f"{start}/p{page}" if page > 1 else start, kind=LinkKind.PAGE)

    def author_at(self, link: LexborNode, node: LexborNode, sight: Sight) -> Author:
        """Since 2020 the link has the account's number for the card that opens on it."""
        author = super().author_at(link, node, sight)
        return replace(author, user_id=author.user_id or attribute(link, "data-userid") or None)

    def post_id(self, node: LexborNode) -> str | None:
        """Comments and discussions are numbered apart, so the opening post keeps a letter."""
        kind, _, number = (node.id or "").partition("_")
        if number.isdecimal():
            return f"d{number}" if kind == "Discussion" else number
        return None

    def position(self, node: LexborNode) -> int | None:
        """Comments count from 1 and the opening post has no number. The words of the link may be the date."""
        named = attribute(first(node, ".Permalink[name^=Item_]"), "name").removeprefix("Item_")
        found = whole(named) or super().position(node)
        return 1 if (node.id or "").startswith("Discussion_") else found + 1 if found else None

    def numbered(self, posts: Sequence[Post], sight: Sight) -> Sequence[Post]:
        """Where no comment shows a number, the opening post still tells where the first page begins."""
        if len(posts) < _NUMBERED or posts[0].position != 1 or any(post.position for post in posts[1:]):
            return super().numbered(posts, sight)
        return [changed(post, position=number) for number, post in enumerate(posts, 1)]

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        found = super().author(node, sight)
        if found is None or found.is_staff:
            return found
        badge = " ".join(
            part for part in attribute(node, "class").split() if part.startswith(("Rank-", "Role_"))
        )
        if is_staff(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", badge.replace("_", " ").replace("-", " "))):
            return Author(
                name=found.name,
                user_id=found.user_id,
                profile_url=found.profile_url,
                role=found.role,
                is_staff=True,
            )
        return found

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        notice = first(node, self.table.edited)
        said = self.read_notice(attribute(notice, "title") or text_of(notice))
        at = sight.time(said.at)
        other = bool(said.by and author and said.by.casefold() != author.name.casefold())
        return Edit(at=at, by=said.by, by_staff=other) if at else UNEDITED


platform = Vanilla()
