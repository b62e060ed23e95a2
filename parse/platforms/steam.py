"""Steam's discussions: of apps, of groups and of Steam itself, and the comments below announcements.

Known from what scrapers of 2017 to 2026 look for and from Steam's own scripts. Posts stand in the page; how
many there are, and which one answers the topic, stands in what the page gives its script. The opening post
is repeated on every page of comments.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, find, first, has_class, number_in, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Edit, Mark, Selectors, Sight
from parse.json_fields import decoded, leading, mapping, text, whole
from parse.model import Author, Board, Link, LinkKind, PageKind, Post, PostState, Reading, Thread, ThreadRow
from parse.page import Document
from parse.quotes.heads import QuoteHead
from parse.quotes.links import linked
from parse.quotes.plain import Body

_HEAD = ".bb_quoteauthor"
_SOURCE = linked(f"{_HEAD} a[href]", r"#c?(\d+)\Z")
_STATE = re.compile(r'InitializeCommentThread\(\s*"ForumTopic"\s*,\s*"[^"]*"\s*,\s*|InitializeForum\(\s*')
_STAFF = ("commentthread_author_developer", "commentthread_author_moderator",
          "commentthread_author_globalmoderator")  # fmt: skip
_PLACE = re.compile(r"(/(?:discussions|eventcomments|tradingforum)(?:/\w+)*)(?=[?#]|\Z)")
_MOST_PAGES = 10_000


class Steam(HtmlPlatform):
    name = "steam"
    marks = (
        Mark("forum_op", ".forum_op[id^=forum_op_]", 0.95),
        Mark("forum_topic_overlay", ".forum_topic > a.forum_topic_overlay", 0.95),
        Mark("forum_list_name", ".rightbox_list_option .forum_list_name", 0.9),
        Mark("steamcommunity", ".error_ctn, .newlogindialog, .agegate_birthday_selector", 0.9),
    )
    table = Selectors(
        post=".forum_op, .commentthread_comment, .commentthread_comments > [id^=comment_]",
        body=".forum_op > .content, .commentthread_comment_text",
        author=".forum_op_author, .commentthread_author_link",
        time=".forum_op_header [data-timestamp], .authorline [data-timestamp], "
        ".commentthread_comment_author [data-timestamp], .forum_op_header .date[title], "
        ".commentthread_comment_author [title].commentthread_comment_timestamp",
        role=".commentthread_workshop_authorbadge",
        staff=", ".join(f".{rank}" for rank in _STAFF),
        position=".forum_comment_permlink",
        edited=".forum_audit",
        title=".forum_op > .topic",
        crumbs=".forum_breadcrumbs a[href], .group_breadcrumbs a[href]",
        thread_page=".forum_op, .forumtopic_comments",
        row=".forum_topic",
        row_link="a.forum_topic_overlay",
        row_replies=".forum_topic_reply_count",
        row_time=".forum_topic_lastpost",
        row_locked='.forum_topic_icon[title*="locked"], .forum_topic.locked',
        row_sticky=".sticky_label, .forum_topic.sticky",
        row_moved=".forum_topic.moved",
        boards=".forum_list_name a[href], a.forum_list_name[href]",
        board_page=".forum_area, .forum_topics_container",
        login=".newlogindialog, #loginForm, .agegate_birthday_selector",
        missing=".error_ctn",
    )
    quotes = QuoteMarkup(block="blockquote", head=_HEAD, describe=lambda block: _quoted(block))
    thread_url = re.compile(r"/(?:discussions/(?:forum/)?\d+|eventcomments|tradingforum)/(\d{5,})")
    board_url = re.compile(
        r"/((?:app|groups|games)/[^/?#]+/(?:discussions/\d+|eventcomments|tradingforum)|discussions/forum/\d+)"
        r"/?(?=[?#]|\Z)"
    )
    user_url = re.compile(r"steamcommunity\.com/(?:id|profiles)/([^/?#]+)")
    offset_url = re.compile(r"[?&](?:ctp|fp)=(\d+)")
    significant = ("ctp", "fp")

    def canonical(self, url: str) -> str:
        """With the slash that Steam's own links end in; a page of comments has no page of topics."""
        return _PLACE.sub(r"\1/", super().canonical(url), count=1)

    def kind(self, sight: Sight, posts: Sequence[LexborNode]) -> PageKind:
        """The front page shows topics of all boards, but is read for the boards alone."""
        kind = super().kind(sight, posts)
        is_front = kind in (PageKind.BOARD, PageKind.OTHER) and not self.board_url.search(sight.own)
        return PageKind.INDEX if is_front and self.boards(sight) else kind

    def rows(self, sight: Sight) -> tuple[ThreadRow, ...]:
        rows = super().rows(sight)
        return rows if self.board_url.search(sight.own) or not self.boards(sight) else ()

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        """The link lies over the row and has no words; what stands before the title is a label."""
        row, name = super().row(node, sight), first(node, ".forum_topic_name")
        label = text_of(first(name, ".forum_topic_label")) if name else ""
        return row and replace(row, title=text_of(name).removeprefix(label).strip())

    def board_here(self, sight: Sight) -> Board | None:
        board = super().board_here(sight)
        named = text_of(find(sight.doc, ".rightbox_list_option.selected .forum_list_name"))
        stated = text(_state(sight.doc).get("forum_display_name"))
        return board and replace(board, title=named or stated, url=self.thread_start(board.url))

    def thread_reading(self, reading: Reading, sight: Sight, nodes: Sequence[LexborNode]) -> Reading:
        """The page says how many comments it has; were none found, it would look like a short talk."""
        reading = super().thread_reading(reading, sight, nodes)
        stated = whole(_state(sight.doc).get("total_count")) or 0
        lost = stated > 0 and not any(post.position != 1 for post in reading.threads[0].posts)
        told = f"none of {stated} comments stands where comments are known to. Has the theme changed?"
        return replace(reading, warnings=(*reading.warnings, told)) if lost else reading

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        count = whole(_state(sight.doc).get("total_count"))
        return replace(super().thread(sight, posts, url), stated_reply_count=count)

    # Pages are drawn by a script, from what it is told of them

    def paging(self, sight: Sight) -> tuple[int, int]:
        state = _state(sight.doc)
        size, total, start = (whole(state.get(name)) for name in ("pagesize", "total_count", "start"))
        here = self.page_by_url(sight)
        if not size or size < 1 or total is None:
            return here, here
        return int((start or 0) / size) + 1 if start is not None else here, max(1, -(-total // size))

    def page_links(self, sight: Sight) -> Iterator[Link]:
        """None on the front page, whose topics are those of the boards."""
        if self.listed_at(sight.own) is None:
            return
        here, count = self.paging(sight)
        place, name = self.thread_start(sight.own), "ctp" if self.thread_url.search(sight.own) else "fp"
        for number in range(1, min(count, _MOST_PAGES) + 1):
            if number != here:
                yield Link(url=f"{place}?{name}={number}" if number > 1 else place, kind=LinkKind.PAGE)

    def is_past_end(self, sight: Sight) -> bool:
        return self.offset_at(sight.doc.page.url) + 1 > self.paging(sight)[1]

    # Posts

    def post_id(self, node: LexborNode) -> str | None:
        """The opening post has the number of its topic."""
        return number_in(node.id or "")

    def position(self, node: LexborNode) -> int | None:
        """Comments are counted without the opening post."""
        if _is_opening(node):
            return 1
        number = super().position(node)
        return number + 1 if number is not None else None

    def author_at(self, link: LexborNode, node: LexborNode, sight: Sight) -> Author:
        """The number of an account stays when its address is changed; a name is followed by nicknames."""
        author, number = super().author_at(link, node, sight), attribute(link, "data-miniprofile")
        classes = attribute(link, "class").split()
        rank = next((name.rpartition("_")[2] for name in _STAFF if name in classes), None)
        known = author.user_id or ""
        return replace(
            author,
            name=_without(author.name, text_of(first(link, ".nickname_block"))),
            user_id=number or known or None,
            login=known if known and not known.isdecimal() else None,
            role=(author.role or "").strip("[]() \xa0") or rank,
            is_staff=rank is not None,
        )

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        return self.thread_start(sight.own) if _is_opening(node) else f"{sight.own}#c{post_id}"

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        edit, exact = super().edit(node, sight, author), first(node, ".forum_audit [data-timestamp]")
        return replace(edit, at=sight.time(self.time_shown(exact)) or edit.at) if exact else edit

    def state(self, node: LexborNode, body: Body) -> PostState:
        """What stands in the place of a comment that is gone."""
        is_gone = has_class(node, "commentthread_deleted_comment")
        return PostState.REMOVED if is_gone else PostState.VISIBLE

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """One comment may be marked as what answers the topic."""
        extended = mapping(decoded(text(_state(sight.doc).get("extended_data"))))
        answer = text(extended.get("topic_gidanswer"))
        posts = super().settled(found, sight)
        return [replace(post, is_solution=True) if post.id == answer else post for post in posts]


def _is_opening(node: LexborNode) -> bool:
    return has_class(node, "forum_op")


def _quoted(block: LexborNode) -> QuoteHead:
    """The head is in the reader's language, but the name in it stands out."""
    head = first(block, _HEAD)
    named = first(head, "b") if head is not None and head.parent == block else None
    return replace(_SOURCE(block), attributed_to=text_of(named) or None)


def _without(name: str, nickname: str) -> str:
    return name.removesuffix(nickname).strip() if nickname else name


def _state(doc: Document) -> dict[str, Any]:
    """What the page tells its script of the list of posts, or of topics; nothing where it is cut off."""
    m = _STATE.search(doc.text)
    return mapping(leading(doc.text[m.end() :])) if m else {}


platform = Steam()
