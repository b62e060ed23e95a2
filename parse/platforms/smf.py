"""Simple Machines Forum 1.1, in tables, and 2.0 and 2.1."""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, count_in, find, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_post import is_staff
from parse.html_table import Mark, PollSelectors, Selectors, Sight
from parse.model import Author, PageKind, Post, ThreadRow
from parse.page import Document
from parse.quotes.heads import QuoteHead
from parse.quotes.links import linked

_DECORATED_DATE = re.compile(
    r"^\W*(?:(?:Reply|Antwort|Réponse|Respuesta|Risposta)\s*#\d+\s*(?:\w+\s*)?:)?\s*|\s*»\s*$"
)
_READ = re.compile(r"\w+:\s+(.+?)\s+\(\w[^()]*\d[^()]*\)")
_BESIDE_DATE = ".keyinfo .smalltext, [id^=subject_] ~ .smalltext"
_MESSAGE = re.compile(r"(?:[?&;]msg=|\.msg)(\d+)")
_SOURCE = linked("cite a[href]", _MESSAGE.pattern)


def _describe(block: LexborNode) -> QuoteHead:
    """2.1 links within the block's `<cite>`, 2.0 in a header before the block."""
    before = block.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    if before is None or "quoteheader" not in attribute(before, "class"):
        return _SOURCE(block)
    found = _MESSAGE.search(attribute(before.css_first("a[href]"), "href"))
    return QuoteHead(source_ref=found[1] if found else None)


class SMF(HtmlPlatform):
    name = "smf"
    marks = (
        Mark("smf_scripturl", "body", 0.95),
        Mark("Simple Machines", 'a[title*="Simple Machines"], a[href*="simplemachines.org"]', 0.9),
        Mark("action=profile;u=", 'a[href*="action=profile;u="]', 0.8),
        Mark("bbc_standard_quote", "blockquote.bbc_standard_quote", 0.85),
    )
    table = Selectors(
        post=".post_wrapper:has([id^=msg_]), td.windowbg > table:has(.post), "
        "td.windowbg2 > table:has(.post), "
        "td.windowbg3 > table:has(.post)",
        body=".inner[id^=msg_], [class^=inner][id^=msg_], .post > .inner, td > .post",
        author='.poster h4 a[href*="profile"], .poster h4 a[href], .poster h4:not(:has(a[href])), '
        "td[rowspan] > b > a[href], td[rowspan] > b:not(:has(a))",
        time=".postinfo a.smalltext, .keyinfo .smalltext, [id^=subject_] ~ .smalltext",
        role=".poster .membergroup, .poster .member_group, .poster .title, td[rowspan] > .smalltext",
        permalink='.postinfo a[href*="msg"], .keyinfo h5 a[href], [id^=subject_] > a[href*="msg"]',
        edited=".modified, [id^=modified_]",
        likes=".like_count",
        title="#top_subject, #display_head .display_title",
        crumbs=".navigate_section a[href], a.nav[href]",
        locked="#display_head .main_icons.lock, h2 .main_icons.lock, .lockedbg2, "
        'h3.catbg img[src*="_locked"], .catbg3 img[src*="_locked"]',
        sticky="#display_head .main_icons.sticky, h2 .main_icons.sticky, "
        'h3.catbg img[src*="_sticky"], .catbg3 img[src*="_sticky"]',
        pager=".pagelinks a[href], .pages + a[href], a.nav_page[href], a.navPages[href]",
        current_page=".current_page, .pagelinks > strong, .pagelinks > b, td.middletext > b",
        row="#topic_container > div, #messageindex .topic_container > div, #messageindex tr, "
        'table.bordercolor tr:has(span[id^="msg_"] > a[href*="topic="])',
        row_link='[id^="msg_"] a[href*="topic="], .subject a[href*="topic="]',
        row_replies=".board_stats p, .stats",
        row_time=".lastpost, td.smalltext:last-child, td > span.smalltext",
        row_last='.lastpost a[href*="msg"], td.smalltext:last-child a[href*="msg"], '
        'td > a[href*=".msg"]:has(> img)',
        row_locked='.main_icons.lock, .lockedbg, img[src*="_locked"], img[id^="lockicon"]',
        row_sticky='.main_icons.sticky, .stickybg, img[src*="_sticky"]',
        row_moved=".main_icons.move",
        boards='a.subject[href*="board="], a.mobile_subject[href*="board="], a[id^="b"][href*="board="], '
        'a[name^="b"][href*="board="], '
        'td > a[name^="b"] + b > a[href*="board="], td[colspan="3"] a[title][href*="board="], '
        '.children a[href*="board="]:not([href*="action="])',
        poll=PollSelectors(
            box="#poll",
            question="#pollquestion, .cat_bar:not(:has(~ * #pollquestion)) h3",
            name="dl.options > dt, ul.options label",
            votes="dl.options > dd",
            voters="#poll_options p",
        ),
    )
    quotes = QuoteMarkup(
        block="blockquote[class*=quote], .quoteheader + .quote",
        head="cite",
        head_before=".quoteheader",
        drop=(".quotefooter", ".codeoperation", ".quote_button", ".quickbuttons"),
        describe=_describe,
    )
    thread_url = re.compile(r"[?&;/]topic[=,](\d+)")
    board_url = re.compile(r"[?&;/]board[=,](\d+)")
    offset_url = re.compile(r"[?&;/](?:topic|board)[=,]\d+\.(\d+)")
    first_offset = 0
    significant = ("topic", "board")
    permalink = ("msg",)
    user_url = re.compile(r"[;?&]u=([1-9]\d*)")
    edit_notice = re.compile(
        r"Last Edit\s*:?\s*(?P<at>.+?) by (?P<by>.+?)(?:\s*Reason\s*:\s*(?P<reason>.*?))?\s*»?\s*$"
    )

    def thread_start(self, url: str) -> str:
        return re.sub(r"(topic[=,]\d+)\.\w+", r"\1.0", url)

    def kind(self, sight: Sight, posts: Sequence[LexborNode]) -> PageKind:
        """Missing and private topics come as a log-in page or a fatal error, with status 200."""
        found = super().kind(sight, posts)
        if found is not PageKind.OTHER:
            return found
        said = text_of(find(sight.doc, "#fatal_error, .information, .errorbox, #frmLogin, .login"))
        if "missing" in said or "not exist" in said:
            return PageKind.MISSING
        return PageKind.LOGIN if find(sight.doc, "form#frmLogin, #fatal_error") else found

    def post_nodes(self, doc: Document) -> Sequence[LexborNode]:
        nodes = doc.tree.css(self.table.post)
        return list({node.mem_id: node for node in nodes}.values())

    def post_id(self, node: LexborNode) -> str | None:
        """On the body; 1.1 has it there for those only who may change the post, on the subject for all."""
        places = (first(node, self.table.body), first(node, "[id^=subject_]"))
        found = (re.search(r"(?:msg|subject)_(\d+)", attribute(place, "id")) for place in places)
        return next((m[1] for m in found if m), None)

    def title(self, sight: Sight) -> str:
        """In 1.1 it stands between "Topic:" and how often it was read."""
        said = _READ.fullmatch(super().title(sight))
        return said[1] if said else super().title(sight)

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        """In 1.1 the rank is the first line of what stands below the name."""
        found = super().author(node, sight)
        if found and found.role:  # some themes have a guest's rank in the same heading
            found = replace(found, name=found.name.removesuffix(found.role).strip() or found.name)
        place = first(node, "td[rowspan] > .smalltext") if found and found.role else None
        if found is None or place is None:
            return found
        line = place.first_child
        role = " ".join((line.text_content or "").split()) if line and line.tag == "-text" else ""
        return replace(found, role=role or None, is_staff=is_staff(role))

    def time_shown(self, node: LexborNode | None) -> str:
        return _DECORATED_DATE.sub("", text_of(node))

    def position(self, node: LexborNode) -> int | None:
        """The forum counts replies: the second post is #1, and the first has no number."""
        number = count_in(text_of(node.css_first(".page_number")))
        if number is None:
            found = re.search(r"#(\d+)", text_of(node.css_first(_BESIDE_DATE)))
            number = int(found[1]) if found else None
        return 1 if number is None else number + 1

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """In themes that show no numbers every post looks like the first."""
        posts = super().settled(found, sight)
        if sum(post.position == 1 for post in posts) < 2:
            return posts
        return [replace(post, position=None) for post in posts]

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        """Views share a cell with replies, which come first; 1.1 has a cell for each. A moved topic leaves a
        locked topic of its own in the old board."""
        row, shared = super().row(node, sight), first(node, self.table.row_replies)
        cells = (text_of(cell) for cell in node.css("td"))
        counted = shared.text(separator=" ") if shared else next(filter(str.isdecimal, cells), "")
        return row and replace(
            row,
            reply_count=count_in(counted),
            is_moved=row.is_moved or row.title.startswith("MOVED:"),
        )

    def post_at(self, url: str) -> str | None:
        found = re.search(r"msg[=]?(\d+)", url)
        return found[1] if found else None


platform = SMF()
