"""Invision Power Board 1.3, 2 and 3, from before it was rewritten as Invision Community."""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, captured, first, has_class, text_of
from parse.html_platform import HtmlPlatform
from parse.html_post import is_staff
from parse.html_table import Mark, PollSelectors, Selectors, Sight
from parse.model import Author, PageKind
from parse.quotes.heads import NO_HEAD, QuoteHead
from parse.quotes.plain import Body
from parse.urls import tidy_path_query

_ID = re.compile(r"(?:post_id_|entry|post-)(\d+)")
_POST = re.compile(r"[?&;](?:p|pid)=(\d+)|#entry(\d+)")
_SIGNED_OFF = re.compile(r"\n*-{15,}\s*\Z")
_GROUP = re.compile(r"(?:Group|Gruppe?|Groupe|Grupo|Gruppo|Groep|Группа|Grupa)\s?:\s*([^\n]+)")
_SAID = re.compile(
    r"(?:QUOTE\s*)?\(?(?P<who>.+?)"
    r"(?:\s+@\s+[^@]*\d[^@]*\)?|,\s+(?:\w+\s+)?\d[^,]*(?:,[^,]*)?,\s+\w+\s*:?)\s*\Z",
    re.I,
)
"""QUOTE(Jane @ May 1 2007, 10:00 AM); Jane, on 01 May 2009 - 10:00 AM, said:"""


def _describe(block: LexborNode) -> QuoteHead:
    """Late 3 has all in attributes; before, there is a head above, with a link or without."""
    attrs = block.attributes
    if attrs.get("data-author") or attrs.get("data-cid"):
        return QuoteHead(attributed_to=attrs.get("data-author"), source_ref=attrs.get("data-cid"))
    if has_class(block, "post-block"):
        return _said(block.css_first(".block-title"))
    head = (block.parent if block.tag == "td" and block.parent is not None else block).prev
    while head is not None and not head.is_element_node:
        head = head.prev
    if head is None or not (head.tag == "tr" or attribute(head, "class") in ("quotetop", "citation")):
        return NO_HEAD
    return _said(head)


def _said(head: LexborNode | None) -> QuoteHead:
    """Who said it and in which post, by the words of a head and by its link."""
    if head is None:
        return NO_HEAD
    said, link = _SAID.match(text_of(head)), _POST.search(attribute(head.css_first("a[href]"), "href"))
    return QuoteHead(attributed_to=said["who"] if said else None, source_ref=captured(link) if link else None)


class InvisionClassic(HtmlPlatform):
    name = "invision_classic"
    software = "invision"
    marks = (
        Mark("post_block", ".post_block .entry-content, .post_block .posted_info", 0.95),
        Mark("ipboard_body", "body#ipboard_body", 0.95),
        Mark("postcolor", ".postcolor[id^=post-]", 0.95),
        Mark("showtopic=", "td[class^=post] > .postcolor", 0.9),
        Mark("showuser=", ".normalname a[href*='showuser=']", 0.9),
        Mark("ipbtable", "table.ipbtable", 0.9),
        Mark("ipb_table", "table.ipb_table", 0.9),
    )
    table = Selectors(
        post=".post_block[id^=post_id_], table:has(> tbody > tr > td > .postcolor)",
        body=".entry-content, td:has(> .postcolor)",
        author=".author.vcard a, .vcard a.fn, h3 a[href*='/user/'], h3 [itemprop=name], h3.guest, "
        ".author:not(:has(a)), "
        ".normalname a, .normalname:not(:has(a)), .unreg",
        time="abbr.published, td:nth-child(2) > div > .postdetails, td:nth-child(2) .postdetails",
        role=".group_title",
        position=".post_id a, a[title*='link to this post' i]",
        permalink=".post_id a, a[title*='link to this post' i]",
        edited="p.edit, .edit:not(strong > .edit)",
        likes=".rep_bar .reputation, .reputation, .rating .rep",
        hidden=".post_block.deleted, .post_block.moderated",
        title="h1.ipsType_pagetitle, .main_topic_title, .maintitle b, h1",
        crumbs="#secondary_navigation a[href], .breadcrumb a[href], #navstrip a[href]",
        locked=".topic_buttons :lexbor-contains('locked' i), .topic_buttons :lexbor-contains('closed' i), "
        "img[alt*='closed topic' i], img[src*='t_closed']",
        thread_page="#ips_Posts",
        pager=".pagination a[href], td[nowrap] > a[href*='st='], "
        ".pagelink a[href], .pagelinklast a[href], a.pagelink[href]",
        current_page=".pagination .active, .pagecurrent",
        row="tr.__topic:not(#similar_topics *), tr:has(a[id^=tid-link-]):not(#similar_topics *)",
        row_link="a.topic_title, a[id^=tid-link-]",
        row_replies=".col_f_views li, a[href*='who_posted'], a[href*='act=Stats']",
        row_time=".col_f_post .last_post li:last-child, .lastaction",
        row_locked=".icon_locked, img[src*='closed'], img[src*='lock']",
        row_sticky=".ipsBadge:lexbor-contains('pin' i), img[src*='pinned']",
        row_moved="img[src*='moved']",
        boards=".col_c_forum h4 a[href], td.row4 b > a[href*='showforum=']",
        login="form#login, form[action*='section=login']",
        missing=".message.error, #ipboard_body .message, .errorwrap",
        poll=PollSelectors(box=".poll_question", question="h4", name=".answer", votes=".votes"),
    )
    quotes = QuoteMarkup(
        block="blockquote, .quotemain, div.blockquote, td#QUOTE, .post-block.quote",
        head="cite, .citation, .post-block > .block-title",
        head_before=".quotetop, p.citation, tr:has(+ tr > td#QUOTE)",
        drop=(
            "p.edit",
            ".edit",
            ".signature",
            ".attachwrap",
            "#attach_wrap",
            "ul.post_controls",
            ".codetop",
            "tr:has(+ tr > td#CODE)",
            "a[href*='act=Attach']",
            ".post-block:not(.quote) > .block-title",
        ),
        describe=_describe,
    )
    thread_url = re.compile(r"[?&;/]showtopic[=/](\d+)|/topic/(\d+)")
    board_url = re.compile(r"[?&;/]showforum[=/](\d+)|/forum/(\d+)")
    offset_url = re.compile(r"[?&;]st=(\d+)|/page__(?:\w+__\w+__)*?st__(\d+)|/page-(\d+)")
    first_offset = 0
    significant = ("showtopic", "showforum", "st")
    permalink = ("act", "pid", "p")
    user_url = re.compile(r"showuser[=/](\d+)|/user/(\d+)")

    def canonical(self, url: str) -> str:
        by_path = tidy_path_query(url)
        return self.without_first_page(by_path) if by_path else super().canonical(url)

    def offset_at(self, url: str) -> int:
        """Posts, but late versions of 3 count pages."""
        m = self.offset_url.search(url)
        counts_pages = m is not None and m[0].startswith("/page-")
        return super().offset_at(url) - counts_pages

    def post_id(self, node: LexborNode) -> str | None:
        places = (node, node.css_first("a[name^=entry], [id^=post-]"))
        names = (attribute(place, name) for place in places for name in ("id", "name"))
        return next((m[1] for text in names if (m := _ID.search(text))), None)

    def body(self, node: LexborNode) -> Body:
        """A rule of hyphens parts the signature from the words; quotes part the words in 1.3."""
        found = super().body(node)
        text, full_text = (_SIGNED_OFF.sub("", words) for words in (found.text, found.full_text))
        return replace(found, text=text, full_text=full_text)

    def author_node(self, node: LexborNode) -> LexborNode | None:
        """Beside the name stand links to a card and to the post: the first with words of a name is it."""
        found = (name for name in node.css(self.table.author) if text_of(name))
        return next(found, None)

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        """A guest of version 3 has the number of the post in the same heading; 2 has the group in a list."""
        found = super().author(node, sight)
        if found is None:
            return None
        number = text_of(first(node, ".post_id"))
        name = found.name.removeprefix(number).strip()
        facts = first(node, "td > .postdetails:has(br), .user_fields")
        group = _GROUP.search(facts.text(separator="\n")) if facts else None
        role = found.role or (group[1].strip() if group else None)
        return Author(
            name=name,
            user_id=found.user_id,
            profile_url=found.profile_url,
            role=role,
            is_staff=is_staff(role),
        )

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        """Before 3 the permalink is shown by a script."""
        found = super().post_url(node, post_id, sight)
        return found if found and post_id in found else f"{sight.own}#entry{post_id}"

    def post_at(self, url: str) -> str | None:
        m = _POST.search(url)
        return captured(m) if m else None

    def kind(self, sight: Sight, posts: Sequence[LexborNode]) -> PageKind:
        found = super().kind(sight, posts)
        return PageKind.INDEX if found is PageKind.OTHER and self.boards(sight) else found


platform = InvisionClassic()
