"""FluxBB and PunBB: one markup up to PunBB 1.2 and all of FluxBB, another in PunBB 1.3 and 1.4."""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, count_in, find, first, number_in, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.model import PageKind, PlatformEvent, Post, Thread

_POST = re.compile(r"[?&]pid=(\d+)|/post/?(\d+)")
_CLOSED = ", ".join(
    f'{place}:lexbor-contains("{word}" i)'
    for place in (".postlink", ".newpost", ".main-options .closed", ".posting")
    for word in ("closed", "geschlossen", "fermée", "cerrad", "chius", "fechad")
)
_SAID = "#msg, #brd-main .main-message, #brd-main .info-box, #brdmain .block .inbox"


class FluxBB(HtmlPlatform):
    name = "fluxbb"
    marks = (
        Mark("blockpost", "div.blockpost[id^=p] .postright .postmsg", 0.95),
        Mark('class="pun"', "div.pun[id^=pun]", 0.95),
        Mark("punwrap", "#punwrap, .punwrap", 0.9),
        Mark("brd-wrap", "#brd-wrap.brd-page, .brd-page #brd-head, #brd-wrap #brd-main", 0.9),
        Mark("FluxBB", 'a[href*="fluxbb.org"]', 0.85),
        Mark("PunBB", 'a[href*="punbb.org"], a[href*="punbb.informer.com"]', 0.85),
    )
    table = Selectors(
        post="div.blockpost, #brd-main .post:has(.entry-content)",
        body=".postright > .postmsg:not(.postsignature), .entry-content",
        author=".postleft dt strong a[href], .postleft dt strong:not(:has(a)), .post-author .username a, "
        ".post-author .username:not(:has(a))",
        time="h2 a[href*='pid='], .post-link a, h2 a[href]",
        role=".postleft .usertitle, .post-author .usertitle",
        position="h2 .conr, .post-num",
        permalink="h2 a[href*='pid='], .post-link a, h2 a[href]",
        edited=".postedit, .lastedit",
        title=".crumbs li:last-child strong a, .linkst .crumbs + ul strong a, .main-title, #vf h2 span",
        crumbs=".crumbs a[href], .linkst li a[href], #brd-crumbs-top a[href]",
        pager=".pagelink a[href], .paging a[href]",
        current_page=".pagelink strong, .paging strong",
        row=".blocktable tr:has(.tcl a[href*='viewtopic']), .main-item[id^=topic]",
        row_link=".tcl a[href*='viewtopic'], .item-subject h3 a[href]",
        row_replies=".tc2, .info-replies strong",
        row_time=".tcr a[href], .info-lastpost a[href], .lastpost a",
        row_last=".tcr a[href], .info-lastpost a[href]",
        row_locked=".closedtext, .closed",
        row_sticky=".stickytext, .sticky",
        row_moved=".movedtext, .moved",
        boards=".blocktable h3 a[href], .main-item[id^=forum] h3 a[href]",
        thread_page="#punviewtopic .pagepost, #punviewtopic .pagelink, #brd-viewtopic .main-topic",
        board_page="#punviewforum, #brd-viewforum",
        login="form#login, #brd-login form[action*='login']",
        locked=_CLOSED,
    )
    quotes = QuoteMarkup(
        block="div.quotebox, blockquote:not(.quotebox > blockquote)",
        head=".quotebox > cite, .incqbox > h4",
        drop=(".postedit", ".lastedit", ".postsignature", ".sig-content", ".codebox > h4"),
    )
    thread_url = re.compile(r"viewtopic\.php\?(?:[^#]*[&;])?id=(\d+)|/topic/?(\d+)(?=[/.-]|\Z)")
    board_url = re.compile(r"viewforum\.php\?(?:[^#]*[&;])?id=(\d+)|/forum/?(\d+)(?=[/.-]|\Z)")
    offset_url = re.compile(r"[?&]p=(\d+)")
    significant = ("id", "p")
    permalink = ("pid",)
    user_url = re.compile(r"profile\.php\?(?:[^#]*&)?id=(\d+)|/user/?(\d+)(?=[/.-]|\Z)")

    def post_id(self, node: LexborNode) -> str | None:
        """The block itself is named in FluxBB, its head in PunBB 1.4."""
        return number_in(node.id or "") or number_in(attribute(node.css_first(".posthead[id]"), "id"))

    def title(self, sight: Sight) -> str:
        return text_of(find(sight.doc, ".main-title a.permalink")) or super().title(sight)

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        """PunBB 1.4 says before the title, and nowhere else, that guests may not reply."""
        thread = super().thread(sight, posts, url)
        heading = find(sight.doc, ".main-title:has(a.permalink)")
        if thread.is_locked or heading is None or not heading.text(deep=False).strip():
            return thread
        return replace(thread, is_locked=True, events=(PlatformEvent(kind="thread_locked"),))

    def position(self, node: LexborNode) -> int | None:
        return count_in(text_of(first(node, self.table.position)).lstrip("#"))

    def post(self, node: LexborNode, sight: Sight) -> Post | None:
        """The form for a quick reply and previews are blocks like posts, without an id."""
        return super().post(node, sight) if self.post_id(node) else None

    def post_at(self, url: str) -> str | None:
        found = _POST.search(url)
        return found and (found[1] or found[2])

    def kind(self, sight: Sight, posts: Sequence[LexborNode]) -> PageKind:
        """What is missing and what is private is told in a box with one sentence."""
        found = super().kind(sight, posts)
        if found is not PageKind.OTHER:
            return found
        said = " ".join(text_of(box) for box in sight.doc.tree.css(_SAID)).lower()
        if "permission" in said or "logged in" in said or "must login" in said:
            return PageKind.LOGIN
        return PageKind.MISSING if "bad request" in said or "incorrect or outdated" in said else found


platform = FluxBB()
