"""MyBB 1.8 and what is to become 1.9, and 1.6, whose posts are tables."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, every, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import CALLED_A_POLL, Mark, PollSelectors, Selectors, Sight
from parse.model import PageKind
from parse.quotes.heads import QuoteHead, read_marked, says_who
from parse.quotes.links import linked

_SOURCE = linked("cite a[href]", r"[?&]pid=(\d+)", r"-post-(\d+)", r"#pid(\d+)")
_NUMBERED = (
    '.post_head .float_right a[href*="pid"], .post_head strong a, td.tcat a[href*="pid"], '
    'td strong > a[href*="#pid"]'
)
_DATE = re.compile(r"^\s*\([^()]*\d[^()]*\)\s*")
_CLOCK = re.compile(r"\d:\d\d")
_WROTE = re.compile(r"\s*\w+\s*:\s*$")


def _describe(block: LexborNode) -> QuoteHead:
    """The head is "(date) NAME Wrote:", the date without a space before the name."""
    cite = next((child for child in block.iter() if child.tag == "cite"), None)
    words = _DATE.sub("", text_of(cite))
    name = read_marked(words).attributed_to if says_who(words) else _WROTE.sub("", words)
    return replace(_SOURCE(block), attributed_to=name or None)


_BAR = ".pollbar, img[src*=pollbar]"


class MyBB(HtmlPlatform):
    name = "mybb"
    marks = (
        Mark("my_post_key", "body", 0.95),
        Mark("mycode_quote", "blockquote.mycode_quote", 0.9),
        Mark("post_body", "[id^=post_] .post_body[id^=pid_]", 0.95),
        Mark("member.php?action=profile", 'a[href*="member.php?action=profile"]', 0.7),
        Mark("MyBB", '#copyright a[href*="mybb.com"], #footer a[href*="mybb.com"]', 0.95),
        Mark("MyBB", 'footer a[href*="mybb.com"]', 0.95),
    )
    table = Selectors(
        post='div.post[id^="post_"], table[id^="post_"]:has([id^="pid_"])',
        body='.post_body, [id^="pid_"]',
        author=".post_author .largetext a, .post_author .largetext:not(:has(a)), "
        ".author_information .largetext a, .author_information .largetext:not(:has(a)), "
        "td > strong > .largetext a, td > strong > .largetext:not(:has(a)), .post_author > .largetext",
        time=".post_date, td.tcat",
        role=".author_information > .smalltext, td.post_author .smalltext",
        position=_NUMBERED,
        permalink=_NUMBERED,
        edited=".edited_post, .post__edit-reason, [id^=post_meta_] .smalltext",
        likes=".post_reputation, .postrep",
        hidden=".deleted_post_collapsed, .deleted_post_hidden",
        title=".navigation > .active, .breadcrumb > .active, span.active",
        crumbs=".navigation > a[href], .breadcrumb > a[href]",
        locked=".thread-closed, .closed_button, .closed_thread_button, img[src$='/closed.gif']",
        pager=".pagination:not(.pagination_breadcrumb) a[href]",
        current_page=".pagination:not(.pagination_breadcrumb) .pagination_current",
        row='tr.inline_row, tr:has(> td > div > span > a[id^="tid_"])',
        row_link='span[id^="tid_"] a, a[id^="tid_"], .subject_new a, .subject_old a',
        row_replies='a[href*="whoposted" i], a[onclick*="whoPosted"]',
        row_time=".lastpost",
        row_locked='.closefolder, .thread_status[class*="closefolder"], img[src*="closefolder."]',
        row_sticky=".forumdisplay_sticky, .trow_sticky",
        row_moved='.movefolder, .thread_status[class*="movefolder"], img[src*="movefolder."]',
        boards='td strong a[href*="forumdisplay.php?fid="]:not([href*="sortby"]), '
        'td strong a[href*="forum-" i], td > strong + .smalltext > a[href*="forumdisplay.php?fid="], '
        'td > strong + .smalltext > a[href*="forum-" i], .forum__title > a',
        poll=PollSelectors(
            box=f"table:has(.thead):has({_BAR})",
            question=".thead strong",
            lead=CALLED_A_POLL,
            name=f"tr:has({_BAR}) > td:first-child:not(:has({_BAR}))",
            votes=f"tr:has({_BAR}) > td:nth-child(3)",
        ),
    )
    quotes = QuoteMarkup(
        block="blockquote.mycode_quote, .post_body blockquote, [id^=pid_] blockquote, .quote_body",
        head="cite",
        head_before=".quote_header",
        drop=(".post__signature", ".post__status"),
        describe=_describe,
    )
    thread_url = re.compile(r"(?:[?&]tid=|/thread-)(\d+)|/Thread-([^/?#]+)")
    board_url = re.compile(r"(?:forumdisplay\.php\?(?:[^#]*&)?fid=|/forum-)(\d+)|/Forum-([^/?#]+)")
    user_url = re.compile(r"[?&;]uid=(\d+)|\buser-(\d+)\.html|/User-([^/?#]+)")
    offset_url = re.compile(r"(?:[?&]page=|-page-)(\d+)")
    significant = ("tid", "fid", "page")
    permalink = ("pid",)
    edit_notice = re.compile(
        r"(?:modified|edited)\s*:?\s*(?P<at>.+?) by (?P<by>[^.]+?)\.?"
        r"(?:\s*Edit Reason:\s*(?P<reason>.*?))?\s*\)?\s*$"
    )

    def kind(self, sight: Sight, posts: Sequence[LexborNode]) -> PageKind:
        """Walls and missing threads come with status 200, as a box with one sentence."""
        found = super().kind(sight, posts)
        if found is not PageKind.OTHER:
            return found
        said = " ".join(text_of(box) for box in sight.doc.tree.css("td.trow1, .error"))
        if "permission" in said or "logged in" in said:
            return PageKind.LOGIN
        return PageKind.MISSING if "does not exist" in said else found

    def likes(self, node: LexborNode) -> int | None:
        """A plugin lists below a post whoever thanked for it."""
        thanks = every(node, "[id^=tyl_data_] a[href]")
        named = sum(self.user_url.search(attribute(link, "href")) is not None for link in thanks)
        return named or super().likes(node)

    def posted_at(self, node: LexborNode, sight: Sight) -> datetime | None:
        """The edit notice stands inside the date's element, with a date of its own."""
        date = node.css_first(self.table.time)
        notice = date.css_first(".post_edit") if date else None
        told = {span.mem_id for span in notice.css("span[title]")} if notice else set()
        exact = next((s for s in date.css("span[title]") if s.mem_id not in told), None) if date else None
        words = text_of(date).removesuffix(text_of(notice)).partition("(This post")[0]
        return sight.time(self.time_shown(exact) if exact else words)

    def time_shown(self, node: LexborNode | None) -> str:
        """A date in words has the day in its title, and the hour there or behind it: "Yesterday, 9:12 AM"."""
        inner = first(node, "span[title]") if node else None
        exact = attribute(inner or node, "title")
        behind = inner.next if inner else node.next if node else None
        if exact and behind is not None and behind.tag == "-text" and not _CLOCK.search(exact):
            exact += behind.text_content or ""
        return exact or text_of(node)


platform = MyBB()
