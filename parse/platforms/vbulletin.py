"""vBulletin 3, 4 and 5. Their markup has little in common but names, so that one table can hold all three."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import tzinfo

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, captured, find, find_all, first, has_class, shown_time, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import CALLED_A_POLL, Mark, PollSelectors, Selectors, Sight
from parse.model import Author, Post, PostState
from parse.page import Document
from parse.quotes.heads import NO_HEAD, QuoteHead
from parse.quotes.plain import Body
from parse.urls import tidy
from parse.zones import stated_zone

_POST_ID = re.compile(r"\A(?:post|edit)_?(\d+)\Z")
_QUOTED = re.compile(r"[?&;]p(?:id|ostid)?=(\d+)|#post_?(\d+)|/node/(\d+)\b")
_CELL = 'td:is(.alt2, [style*="inset"])'
"""What version 3 puts quoted words in; a theme that renames it keeps its border."""
_HEAD = f".bbcode_postedby, {_CELL} > div:first-child, .panel.alt2 > div:first-child"
_PATH_QUERY = re.compile(r"\.php\?\d+-")
_THREAD = re.compile(r"[?&;]t(?:hreadid)?=(\d+)")
_OF = re.compile(r"\d\s+(?:of|von|de|sur|di|van)\s+(\d{1,6})\b")
_THANKS = '[id^="post_thanks_box_"]'
_COUNTS = re.compile(r"(?:Join Date|Posts|Location|Registriert seit|Beiträge)\b", re.I)


def _describe(block: LexborNode) -> QuoteHead:
    """The link "View Post" in the head of this block, not of one within it."""
    head = first(block, _HEAD)  # a block's own stands before those within it
    links = [link for link in head.css("a[href]") if _block_of(link) == block.mem_id] if head else []
    above = _head_before(block)
    for link in links or (above.css("a[href]") if above else ()):
        if m := _QUOTED.search(attribute(link, "href")):
            name = text_of(first(link.parent, "strong")) if link.parent else ""
            return QuoteHead(attributed_to=name or None, source_ref=captured(m))
    return NO_HEAD


def _head_before(block: LexborNode) -> LexborNode | None:
    """The line above a quote, in themes that have it beside the quoted words."""
    before = block.prev if has_class(block, "postquote") else None
    while before is not None and not before.is_element_node:
        before = before.prev
    return before


def _block_of(link: LexborNode) -> int:
    """The innermost quote that a link stands in."""
    at = link.parent
    while at is not None and not (
        at.tag == "td" or {"bbcode_quote", "alt2"} & {*attribute(at, "class").split()}
    ):
        at = at.parent
    return at.mem_id if at is not None else 0


def _by_menu(author: Author, node: LexborNode) -> Author:
    """With the account that the menu beside the post links to, where the name is no link."""
    above = node.parent
    links = above.css(".vbmenu_popup a[href]") if above is not None else ()
    known = next((m for link in links if (m := VBulletin.user_url.search(attribute(link, "href")))), None)
    return replace(author, user_id=captured(known)) if known else author


def _thanks(node: LexborNode) -> LexborNode | None:
    """The box of those who thanked for a post, which stands in it or right below it."""
    within, below = first(node, _THANKS), node.next
    if within is not None:
        return within
    while below is not None and not (below.id or "").startswith("post"):
        below = below.next
    return below if below is not None and (below.id or "").startswith("post_thanks_box_") else None


class VBulletin(HtmlPlatform):
    name = "vbulletin"
    marks = (
        Mark("vBulletin", 'meta[name="generator" i][content^="vBulletin" i]', 1.0),
        Mark("bigusername", "a.bigusername", 0.9),
        Mark("postbit", "li.postcontainer .posthead, li.postbitlegacy, li.b-post", 0.9),
        Mark("post_message_", '[id^="post_message_"]', 0.8),
        Mark("td_threadtitle_", 'td[id^="td_threadtitle_"]', 0.9),
        Mark("vbulletin", 'script[src*="vbulletin" i], link[href*="vbulletin" i]', 0.8),
    )
    table = Selectors(
        post='table[id^="post"], section[id^="post"]:has([id^="post_message_"]), '
             'div[id^="post"]:has(> .tpost), li[id^="post_"], li.b-post[data-node-id], '
             'li.js-post[data-node-id], div.b-comment[data-node-id]',
        body='[id^="post_message_"], td.alt1:not(:has([id^="post_message_"])) > hr + div, '
             '.js-post__content-text, .b-comment__body-text, .postcontent',
        author='a.bigusername, div.bigusername, a.username, span.username, .author a, '
               '[itemprop="author"] [itemprop="name"]',
        time='time[datetime], .postdate, td.thead .normal:not([style*="float"]), td.thead, '
             '[itemprop="dateCreated"], .thead > .tcell',
        role='[id^="postmenu_"] ~ div.smallfont, .usertitle',
        position='a[id^="postcount"], a.postcounter, a.b-post__count',
        permalink='a.postcounter, a.b-post__count, a[id^="postcount"]',
        edited=".lastedited, .b-post__edit-text, .post-edited, td.alt1 > div.smallfont > em",
        likes='[id^="votecount-"], [id^="helpfulanswers_box_"]',
        solution=".b-post--answer",
        hidden="li.postbitdeleted, li.postbitignored, .b-post--deleted",
        title=".threadtitle, .main-title, .forumtitle:not(:has(a)), .b-module__title, td.navbar strong, "
        ".breadcrumb > strong",
        crumbs=".navbit a[href], span.navbar a[href], .breadcrumb a[href], .crumb a[href]",
        locked='img[src*="threadclosed"], .newcontent_textcontrol[title*="losed"], .js-topic-closed',
        pager=".pagenav a[href], .pagination a[href], .pagination_top a[href], .b-pagination a[href]",
        current_page=".pagenav .alt2 strong, .pagination .selected, .pagenav-controls .js-pagenum",
        thread_page='#posts, [id="postlist"], .conversation-content',
        row="li.threadbit, tr.topic-item, tr:has(> td[id^=td_threadtitle_])",
        row_link='a.title, a.topic-title, a[id^="thread_title_"]',
        row_replies='.threadstats li:first-child, .posts-count, a[onclick^="who("]',
        row_time='.threadlastpost dd:last-child, .lastpost-date, .cell-lastpost .post-date, '
                 '[itemprop="dateModified"], '
                 'td.alt2 .smallfont:not(:has([itemprop="dateModified"]))',
        row_last='.threadlastpost a.lastpostdate, .threadlastpost a[href*="#post"], '
                 'td.alt2 a[href*="#post"], a.go-to-last-post',
        row_locked='.lock, img[src*="_lock"], .topic-closed',
        row_sticky='.sticky, img[src*="sticky"]',
        row_moved='.moved, img[src*="_moved"]',
        boards='.forumtitle a, a[href*="forumdisplay.php"], .forum-title a, a.forum-title, '
               ".js-channel-title a",
        named_boards='.forumtitle a[href], td[id^="f"] > div:first-child > a[href], '
                     'td[id^="f"] td > div:first-child > a[href], .forum-title a[href], a.forum-title[href]',
        row_number='[id^="thread_title_"]',
        thread_number='input[name="t"][value], input[name="searchthreadid"][value]',
        board_page=".threadlisthead, #threadslist",
        login='form[action*="login.php"] .panel, .standard_error form[action*="login"]',
        missing=".standard_error, td.panelsurround .panel",
        poll=PollSelectors(
            box='table:has(img[src*="polls/bar"])',
            question="td.tcat",
            lead=CALLED_A_POLL,
            name='tr:has(img[src*="polls/bar"]) > td:first-child',
            votes='tr:has(img[src*="polls/bar"]) > td:nth-child(3)',
            voters="td.tfoot strong",
        ),
    )  # fmt: skip
    quotes = QuoteMarkup(
        block=f".bbcode_quote, {_CELL}, .panel.alt2, .postquote",
        head=f".bbcode_postedby, {_CELL} > div:not([style]):has(> strong), .panel.alt2 > div:has(> strong)",
        head_before="div:has(+ .postquote)",
        content=".bbcode_quote .message",
        drop=('div[style*="margin:20px"] > div.smallfont', 'div[style*="margin"] > div:has(> label)',
              ".bbcode_description", ".signature",
              ".lastedited", ".bbcode_quote_container"),
        describe=_describe,
    )  # fmt: skip
    thread_url = re.compile(
        r"showthread\.php(?:\?|/)(?:[^#]*?[?&;])?(?:t=|threadid=)?(\d+)|/threads?/(\d+)"
        r"|/(\d+)-(?!post\d+\.html)[^/?#]+?(?:\.html|(?:/page-?\d+)?)(?=[?#]|\Z)"
    )
    board_url = re.compile(r"forumdisplay\.php(?:\?|/)(?:[^#]*?[?&;])?(?:f=|forumid=)?(\d+)|/forums?/(\d+)-")
    offset_url = re.compile(r"[?&;]page=(\d+)|/page-?(\d+)(?=[/?#]|\Z)|-(\d+)(?=\.html(?:[?#]|\Z))")
    significant = ("t", "threadid", "f", "forumid", "page")
    permalink = ("p", "postid")
    user_url = re.compile(r"[?&;]u(?:serid)?=(\d+)|\bm(?:embers?|itglieder)/(\d+)|member\.php\?(\d+)")

    def canonical(self, url: str) -> str:
        """In `showthread.php?345-title/page2` the query is a path; parameters follow it."""
        if _PATH_QUERY.search(url):
            return self.without_first_page(tidy(url).partition("&")[0])
        return super().canonical(url)

    def paging(self, sight: Sight) -> tuple[int, int]:
        """The pager says "Page 2 of 30" and links to some of them."""
        current, count = super().paging(sight)
        m = _OF.search(text_of(sight.doc.tree.css_first(".pagenav .vbmenu_control, .pagination .popupctrl")))
        return current, max(count, int(m[1]) if m else 1)

    def post_at(self, url: str) -> str | None:
        m = _QUOTED.search(url)
        return captured(m) if m else None

    def reply_to(self, node: LexborNode) -> str | None:
        """Version 5 has comments on posts; everything else stands in a row."""
        at = node.parent if "b-comment" in attribute(node, "class") else None
        while at is not None and not attribute(at, "data-node-id"):
            at = at.parent
        return attribute(at, "data-node-id") or None

    def thread_urls(self, sight: Sight, posts: Sequence[Post], url: str) -> Iterator[str]:
        """Where addresses are rewritten, what leads elsewhere from the thread still has its number."""
        yield from super().thread_urls(sight, posts, url)
        pages = (attribute(cell, "title") for cell in find_all(sight.doc, '.pagenav [title*="showthread"]'))
        tools = (attribute(link, "href") for link in find_all(sight.doc, 'a[href*="printthread.php"]'))
        yield from (f"showthread.php?t={m[1]}" for at in (*pages, *tools) if (m := _THREAD.search(at)))

    def state(self, node: LexborNode, body: Body) -> PostState:
        """Version 3 calls nothing a removed post: it has no place for words."""
        is_gone = not body.full_text and first(node, self.table.body) is None
        return PostState.HIDDEN if is_gone else super().state(node, body)

    def likes(self, node: LexborNode) -> int | None:
        """Where the thanks of members are listed below a post, as many as are named."""
        said, box = super().likes(node), _thanks(node)
        if said is not None or box is None:
            return said
        return sum(bool(text_of(link)) for link in box.css('a[href]:not([href*="post_thanks"])'))

    def title_link(self, doc: Document) -> str:
        """An index may show threads' titles as well; none of them is its own."""
        return "" if find(doc, "#forums, td.alt1Active") else super().title_link(doc)

    def zone(self, doc: Document) -> tzinfo:
        return stated_zone(doc.text)

    def post_id(self, node: LexborNode) -> str | None:
        """vBulletin 5 numbers everything as nodes; before, the id stands in the element's own."""
        m = _POST_ID.match(node.id or "")
        return m[1] if m else attribute(node, "data-node-id") or None

    def time_shown(self, node: LexborNode | None) -> str:
        """The date's cell also holds the post's title: only what comes before is the date."""
        exact = first(node, "time[datetime], .date") if node else None
        return shown_time(exact or node)

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        """A guest has no link: version 3 then has the name as text where members have a menu."""
        author = super().author(node, sight)
        if author is None:
            menu = node.css_first('[id^="postmenu_"]')
            name = menu.text(deep=False).strip() if menu else ""
            return Author(name=name) if name else None
        author = author if author.user_id else _by_menu(author, node)
        return replace(author, role=None) if author.role and _COUNTS.match(author.role) else author


platform = VBulletin()
