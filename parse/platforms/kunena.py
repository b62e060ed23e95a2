"""Kunena, the forum of Joomla sites: 1.0 to 1.5 (FireBoard's look), 1.6 to 4 (Blue Eagle), and 4 to 6 since.

Known from the templates of these versions, from a page that 4 has served and from what scrapers of live
forums look for. Guests are shown dates in words ("2 years 4 months ago") or in numbers, as the site has it;
the other form is in a title. URLs are the site's menu, the category and the topic with its number; a category
need not have one. Walls and missing pages are Joomla's own, told by their status only.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, captured, count_in, every, find, find_all, first, has_class, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Edit, Mark, Selectors, Sight
from parse.model import Author, Board, Link, LinkKind, Post, Quote
from parse.quotes.links import linked
from parse.quotes.plain import Body

_AUTHOR = (".kpost-username", ".profilebox strong", ".mykmsg-header")
_STAFF = ("kwho-admin", "kwho-globalmoderator", "kwho-moderator")
_BOARDS = (
    "tr[id^=category] h3 > a[href], tr[id^=category] li > a[href], .kthead-title a[href], "
    ".kcc-subcat a[href], .fb_thead-title a[href]"
)
_IN_A_PATH = re.compile(r"/(\d+)-[^/?#]+(?:[?#]|\Z)")
_YEAR = re.compile(r"\b\d{4}\b")
_REPLY = re.compile(r"(?:Re|AW|Antw|Odp|Отв)\s*:\s*", re.I)
_BARE_HEAD = re.compile(r"\s*(\S.{0,60}?)\s+post=(\d+)\s*")
"""A quote whose tag was not understood begins with what the tag said."""


class Kunena(HtmlPlatform):
    name = "kunena"
    marks = (
        Mark("kmsg-header", ".kmsg-header ~ table.kmsg", 0.95),
        Mark("mykmsg-header", ".message .mykmsg-header", 0.95),
        Mark("kmessage", ".message .kmessage > .kmsg", 0.95),
        Mark("kthead-title", ".kcol-kcattitle .kthead-title", 0.9),
        Mark("kcol-ktopictitle", "td.kcol-ktopictitle", 0.9),
        Mark("repliesnum", "tr[class^=category] .repliesnum", 0.9),
        Mark("kunena", "#kunena.layout, #Kunena.layout", 0.9),
        Mark("fb-msgview-left", ".fb-msgview-right .msgtext", 0.95),
        Mark("fb-topic-title", "#fb_flattable a.fb-topic-title", 0.9),
        Mark("fb_thead-title", ".fb_blocktable .fb_thead-title", 0.9),
    )
    table = Selectors(
        post=".row.message:has(.kmsg), .row-fluid.message:has(.kmsg), table.kmsg, "
        "table:has(> tbody > tr > .fb-msgview-right)",
        body=".kmsgtext, .kmsgtex, .kmessage:has(> p.kmsg), .horizontal-message-text:has(> p.kmsg), "
        "div:not(.mykmsg-header) > div.kmsg, .msgtext",
        author=", ".join(f"{place} [class*=kwho-]" for place in _AUTHOR)
        + ", .kpost-username:not(:has([class*=kwho-])), .view-username a, .view-username:not(:has(a))",
        time=".kdate, .kmsgdate, .msgdate",
        role=".kmsgusertype, .kpost-userrank, .msgusertype",
        staff=", ".join(f"{place} .{rank}" for place in _AUTHOR for rank in _STAFF) + ", .badger-moderator",
        position="[class^=kmsg-id], small a[id]",
        edited=".kmessage-editmarkup, .fb_message_editMarkUp, .alert-info:has([class*=kwho-])",
        hidden=".message-deleted, .message-unapproved, .kdeleted, .kunapproved",
        title=".kunena-topic-item > h1, .kblock > .kheader h2, .fb_blocktable .fb_title",
        crumbs=".breadcrumb a[href], .kforum-pathway a[href], .fb_forum-pathway a[href]",
        locked=".topic-locked",
        sticky=".topic-sticky",
        pager=".pagination:not(tr .pagination) a[href], .klist-pages-all .kpagination a[href], "
        ".fb_pagination a[href]",
        current_page=".pagination:not(tr .pagination) .active, .klist-pages-all .kpagination .active, "
        ".fb_pagination strong",
        thread_page=".kunena-topic-item, .kmsg-header, #fb_views",
        row="tr:has(a.topictitle), tr:has(a.ktopic-title), tr:has(a.fb-topic-title)",
        row_link="a.topictitle, a.ktopic-title, a.fb-topic-title",
        row_replies=".repliesnum, .kcol-ktopicreplies strong, td.td-4",
        row_time=".datepost, .ktopic-date, .fb-topic-date",
        row_locked=".started .label-important, .started .badge.bg-warning, .ktopiclocked, "
        "img[src*=topiclocked]",
        row_sticky="tr[class*=stickymsg]",
        row_moved="tr.moved",
        boards=_BOARDS,
        named_boards=_BOARDS,
        board_page="#ktopicsform, #kflattable, #fb_flattable",
    )
    quotes = QuoteMarkup(
        block="blockquote, div.kmsgtext-quote, div.fb_quote",
        head_before="b",
        drop=(".mykmsg-header", ".ksig", ".kmsgsignature", ".kattach", ".kmsgattach"),
        describe=linked("p.kmsgtext-quote + div > a[href]", r"#(\d+)\s*\Z", r"[?&;]mesid=(\d+)"),
    )
    thread_url = re.compile(
        r"\A(?=[^#]*[?&;](?:func=view|view=topic)\b)[^#]*[?&;]id=(\d+)"
        r"|\A\w+://[^/]+/(?:[^?#]*/)?(?!index\.php/|[a-z]{2}(?:-[a-z]{2})?/)[^/?#]+"
        r"/(?!user/|announcement/)[^/?#]+/(\d+)-[^/?#]+(?:[?#]|\Z)"
    )
    board_url = re.compile(
        r"\A(?=[^#]*[?&;](?:func=showcat|func=listcat|view=category)\b)[^#]*[?&;]catid=(\d+)"
        r"|\A\w+://[^/]+/(?:index\.php/|[a-z]{2}(?:-[a-z]{2})?/)*[^/?#]+/(\d+)-[^/?#]+(?:[?#]|\Z)"
    )
    offset_url = re.compile(r"[?&;](?:(?:limit)?start|page)=(\d+)")
    first_offset = 0
    significant = ("option", "func", "view", "catid", "id", "limitstart", "start", "page")
    user_url = re.compile(r"/user/(\d+)\b|[?&;]userid=(\d+)")

    def canonical(self, url: str) -> str:
        """A topic has a second URL for what a visitor has not read of it, a category one with "page=1"."""
        return super().canonical(re.sub(r"/unread(?=[?#]|\Z)|(?<=[?&;])page=1(?!\d)", "", url))

    def board_here(self, sight: Sight) -> Board | None:
        """Not every look has a heading for it; its crumb is the last."""
        board = super().board_here(sight)
        crumbs = find_all(sight.doc, self.table.crumbs)
        title = text_of(crumbs[-1]) if crumbs else ""
        return replace(board, title=title or board.title, url=self.thread_start(board.url)) if board else None

    def page_links(self, sight: Sight) -> Iterator[Link]:
        """Where a category has no number, its pages have in common what is left without the offset."""
        yield from super().page_links(sight)
        if self.listed_at(sight.own) is None:
            links, start = find_all(sight.doc, self.table.pager), self.thread_start(sight.own)
            found = [self.canonical(sight.url(attribute(link, "href"))) for link in links]
            yield from (Link(url=url, kind=LinkKind.PAGE) for url in found if self.thread_start(url) == start)

    def crumb_board(self, sight: Sight) -> Board | None:
        """The last crumb may be the topic itself; the first is the forum."""
        own, start = self.listed_at(sight.own), self.thread_start(sight.own)
        links = find_all(sight.doc, self.table.crumbs)[1:]
        there = ((link, self.canonical(sight.url(attribute(link, "href")))) for link in links)
        above = [link for link, url in there if url != start and (own is None or self.listed_at(url) != own)]
        found = [self.board_in(link, sight) or self.named_board(link, sight) for link in above]
        return next((board for board in reversed(found) if board), None)

    def thread_id(self, sight: Sight, posts: Sequence[Post], url: str) -> str:
        """Under a menu that leads to one category, a topic's URL looks like that of a category."""
        m = self.thread_url.search(url) or _IN_A_PATH.search(url)
        return captured(m) if m else super().thread_id(sight, posts, url)

    def row_id(self, node: LexborNode, url: str) -> str | None:
        m = self.thread_url.search(url) or _IN_A_PATH.search(url)
        return captured(m) if m else None

    def title(self, sight: Sight) -> str:
        """Blue Eagle writes a word before it, newer looks a label; in the former, each post has it too."""
        label = text_of(find(sight.doc, ".kunena-topic-item > h1 > .badge, .kunena-topic-item > h1 > .label"))
        title = super().title(sight).removeprefix(label).strip()
        of_post = _REPLY.sub("", text_of(find(sight.doc, ".kmsgtitle, .msgtitle")), count=1)
        return of_post if of_post and title.endswith(of_post) else title

    def head(self, node: LexborNode) -> LexborNode:
        """Where a post's number and time stand: before its table, where it is one."""
        above = node.prev
        while above is not None and (above.tag or "-")[0] in "-_!":
            above = above.prev
        is_head = above is not None and has_class(above, "kmsg-header")
        return above if above is not None and is_head else node

    def post_id(self, node: LexborNode) -> str | None:
        anchors = every(self.head(node), "a[id], a[name]")
        ids = (attribute(link, "id") or attribute(link, "name") for link in anchors)
        return next((each for each in ids if each.isdecimal()), None)

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        return f"{sight.own}#{post_id}"

    def position(self, node: LexborNode) -> int | None:
        """Sites may show the post's id in its place."""
        number = count_in(text_of(first(self.head(node), self.table.position)))
        return None if str(number) == self.post_id(node) else number

    def dated(self, node: LexborNode, sight: Sight) -> str:
        return self.time_shown(first(self.head(node), self.table.time))

    def time_shown(self, node: LexborNode | None) -> str:
        forms = (attribute(node, "title"), text_of(node))
        return next((form for form in forms if _YEAR.search(form)), "") or super().time_shown(node)

    def author_at(self, link: LexborNode, node: LexborNode, sight: Sight) -> Author:
        author = super().author_at(link, node, sight)
        return replace(author, role=author.role.strip("() ")) if author.role else author

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        """The notice links to who it was and has the moment in a title; newer looks also show it on top."""
        edit, notice = super().edit(node, sight, author), first(node, self.table.edited)
        link = first(notice, "[class*=kwho-]") if notice is not None else None
        by, dates = text_of(link) or edit.by, every(self.head(node), "small .kdate, .kmsgdate .kdate")
        return Edit(
            at=self.moment(notice, sight) or edit.at or self.moment(dates[1] if dates[1:] else None, sight),
            by=by,
            by_staff=bool(by and author and by.casefold() != author.name.casefold()),
            reason=edit.reason,
        )

    def moment(self, node: LexborNode | None, sight: Sight) -> datetime | None:
        return sight.time(self.time_shown(node)) if node is not None and attribute(node, "title") else None

    def likes(self, node: LexborNode) -> int | None:
        """Who said thank you is listed, up to some number; how many more did, comes after the names."""
        thanks = first(node, ".kmessage-thankyou")
        if thanks is None:
            return None
        after = thanks.last_child
        more = count_in(after.text_content or "") if after is not None and after.tag == "-text" else None
        return sum(1 for _ in every(thanks, "[class*=kwho-]")) + (more or 0)

    def body(self, node: LexborNode) -> Body:
        body = super().body(node)
        return replace(body, quotes=tuple(_headed(quote) for quote in body.quotes))


def _headed(quote: Quote) -> Quote:
    m = _BARE_HEAD.match(quote.text)
    return replace(quote, text=quote.text[m.end() :], attributed_to=m[1], source_ref=m[2]) if m else quote


platform = Kunena()
