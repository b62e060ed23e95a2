"""Discuz! X, and Discuz! 5 to 7 before it: the forums of the Chinese-speaking web.

Known from the templates of X 3 and from pages that sites of all these versions have served. The ids are the
software's own and stand in all of them: `pid…` is a post, `postmessage_…` its words, `normalthread_…` a row
of a list. Not read: short comments under a post, which have no number, and ratings, which are no votes.
"""

import re
from collections.abc import Iterator
from datetime import timedelta, timezone, tzinfo

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, find, first, number_in, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, PollSelectors, Selectors, Sight
from parse.json_fields import whole
from parse.model import Author, PlatformEvent, PostState
from parse.page import Document
from parse.quotes.links import linked
from parse.quotes.plain import Body
from parse.urls import parameter

_ZONE = re.compile(r"GMT\s*([+-]\d{1,2})(?:\.(\d))?\s*,")
"""The foot of a page: "GMT+8, 2024-5-1 10:00"."""
_MOMENT = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?)?", re.I)
_FLOORS = {"楼主": 1, "樓主": 1, "沙发": 2, "沙發": 2, "板凳": 3, "地板": 4}
"""What the first posts of a thread are called instead of being numbered."""
_DONE = re.compile(r"由\s*(?P<by>.{1,60}?)\s*[于於]\s*(?P<at>.*?\d)\s*(?P<what>[^\d\s]\S*)\s*\Z")
_EVENTS = {
    "关闭": "thread_locked", "關閉": "thread_locked", "打开": "thread_unlocked", "打開": "thread_unlocked",
    "移动": "thread_moved", "移動": "thread_moved", "合并": "thread_merged", "合併": "thread_merged",
    "分割": "thread_split",
}  # fmt: skip
_NOTICE = re.compile(r"\[\s*本帖最[后後]由[^\n\]]*\]")
"""Before X the notice of an edit is words among the others."""
_NOT_FOR_GUESTS = ("登录", "登錄", "登入", "游客", "权限", "權限", "permission", "log in")
_GONE = ("不存在", "被删除", "被刪除", "not exist")


_STAFF = ", ".join(f".pls em > a[href*='ac=usergroup'][href$='gid={group}']" for group in (1, 2, 3))
"""The groups of administrators and moderators, under whatever name."""


def _message(words: tuple[str, ...]) -> str:
    """Where the page says nothing else than one of these."""
    return ", ".join(f'#messagetext p:lexbor-contains("{word}" i)' for word in words)


class Discuz(HtmlPlatform):
    name = "discuz"
    marks = (
        Mark("Discuz!", 'meta[name=generator][content^="Discuz!"]', 0.95),
        Mark("postmessage_", "[id^=pid] [id^=postmessage_]", 0.95),
        Mark("normalthread_", "tbody[id^=normalthread_]", 0.95),
        Mark("thread_subject", "#postlist #thread_subject, h1 > #thread_subject", 0.9),
        Mark("messagetext", "#messagetext[class^=alert_]", 0.9),
    )
    table = Selectors(
        post="table[id^=pid]",
        body="[id^=postmessage_]",
        author=".authi a[href*=space], .authi a.xw1, .authi a.xi2, .pls > div > .pi:not(:has(.authi)), "
        ".postauthor cite a, .postauthor cite:not(:has(a)), .postauthor .postinfo a",
        time="[id^=authorposton] span[title], [id^=authorposton]:not(:has(span[title])), "
        ".postcontent .postinfo:not(:has([id^=authorposton]))",
        permalink="a[id^=postnum]",
        edited='i.pstatus, [id^=postmessage_] > i:lexbor-contains("本帖最")',
        role=".pls em > a[href*='ac=usergroup']",
        staff=_STAFF,
        likes="[id^=review_support_]",
        title="#thread_subject, h1:not(:has(#thread_subject))",
        crumbs="#pt a[href], #nav a[href]",
        locked="img[src$='/locked.gif'], .vwthd .fico-lock, .closed_thread",
        solved=".rwdbst",
        pager=".pg a[href], .pages a[href]",
        current_page=".pg strong, .pages strong",
        thread_page="#thread_subject, #postlist",
        row="tbody[id^=normalthread_], tbody[id^=stickthread_]",
        row_link="a.xst, span[id^=thread_] a, th a[href*=thread]",
        row_replies="td.num a, td.nums strong",
        row_time="td.by:last-child em span[title], td.by:last-child em a:not(:has(span[title])), "
        "td.lastpost em a",
        row_locked="th.lock, img[src$='folder_lock.gif']",
        row_sticky="tbody[id^=stickthread_]",
        boards=".fl_tb h2 a[href], .fl_tb dt a[href], h2 a[href*=forum], dt a[href*=forum]",
        login=f"{_message(_NOT_FOR_GUESTS)}, #messagelogin",
        missing=_message(_GONE),
        board_page="#threadlist, #threadlisttableid",
        poll=PollSelectors(
            box="form#poll",
            name=".pvt label",
            votes="tr:has(.pbg) > td:last-child em",
        ),
    )
    quotes = QuoteMarkup(
        block="blockquote",
        drop=(
            "i.pstatus",
            ".quote > h5",
            ".showhide > h4",
            ".locked",
            ".blockcode > em",
            ".attach_nopermission",
            "ignore_js_op",
            "dl.tattl",
            "font.jammer",
            'span[style="display:none"]',
        ),
        describe=linked('a[href*="findpost"]', r"[?&;]pid=(\d+)"),
    )
    thread_url = re.compile(r"viewthread[^#]*?[?&;]tid=(\d+)|\bthread-(\d+)-\d|findpost[^#]*?ptid=(\d+)")
    board_url = re.compile(r"forumdisplay[^#]*?[?&;]fid=(\d+)|\bforum-(\w+)-\d+\.html")
    offset_url = re.compile(r"[?&;]page=(\d+)|\bthread-\d+-(\d+)-\d+\.html|\bforum-\w+-(\d+)\.html")
    significant = ("mod", "fid", "tid", "page")
    user_url = re.compile(r"\buid[=-](\d+)")

    def canonical(self, url: str) -> str:
        """A post's own URL leads on to its thread; the last number of a thread's is where one came from."""
        if "goto=findpost" in url and (thread := parameter(url, "ptid")):
            mod = "forum.php?mod=viewthread&" if "mod=redirect" in url else "viewthread.php?"
            return f"{url.partition('?')[0].rpartition('/')[0]}/{mod}tid={thread}"
        return re.sub(r"\b(thread-\d+-\d+)-\d+\.html", r"\1-1.html", super().canonical(url))

    def thread_start(self, url: str) -> str:
        """Where the page's number is part of a name, the first has one too."""
        first_page = re.sub(r"\b(thread-\d+)-\d+-\d+\.html|\b(forum-\w+)-\d+\.html", _first, url, count=1)
        return first_page if first_page != url or "page=" not in url else super().thread_start(url)

    def zone(self, doc: Document) -> tzinfo:
        m = _ZONE.search(doc.text[-5000:])
        hours, tenths = (int(m[1]), int(m[2] or 0)) if m else (0, 0)
        return timezone(timedelta(hours=hours, minutes=6 * tenths * (-1 if hours < 0 else 1)))

    def paging(self, sight: Sight) -> tuple[int, int]:
        """The last page of many has no plain number in the pager, but the box for any number names it."""
        number, count = super().paging(sight)
        return number, max(count, whole(number_in(text_of(find(sight.doc, ".pg label span")))) or 0)

    def time_shown(self, node: LexborNode | None) -> str:
        """How long ago it was stands on the page, the moment in a title; other words are around it."""
        shown = super().time_shown(node)
        m = _MOMENT.search(attribute(node, "title")) or _MOMENT.search(shown)
        return m[0] if m else shown

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        """Beside a name without an account stands an address, or that there is an account no more."""
        named = self.author_node(node)
        if named is None or named.tag == "a" or not (aside := first(named, "em")):
            return super().author(node, sight)
        name = text_of(named).removesuffix(text_of(aside)).strip()
        return Author(name=name) if name else None

    def body(self, node: LexborNode) -> Body:
        body = super().body(node)
        if "本帖最" not in body.full_text:
            return body
        return Body(_NOTICE.sub("", body.text).strip(), _NOTICE.sub("", body.full_text).strip(), body.quotes)

    def position(self, node: LexborNode) -> int | None:
        floor = text_of(first(node, "[id^=postnum]"))
        return _FLOORS.get(floor) or whole(number_in(floor))

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        """The link of an opening post leads to its thread; before X a script made the others."""
        href = attribute(first(node, self.table.permalink), "href")
        return sight.url(href) if href else super().post_url(node, post_id, sight)

    def state(self, node: LexborNode, body: Body) -> PostState:
        """A notice stands in place of words that moderators have hidden."""
        is_hidden = node.css_first(self.table.body) is None and first(node, ".pcb > .locked")
        return PostState.HIDDEN if is_hidden else PostState.VISIBLE

    def events(self, sight: Sight) -> tuple[PlatformEvent, ...]:
        return (*super().events(sight), *self.last_act(sight))

    def last_act(self, sight: Sight) -> Iterator[PlatformEvent]:
        """What a moderator last did to the thread."""
        words = text_of(find(sight.doc, ".modact, .mainbox > ins"))
        m = _DONE.search(words)
        for act, kind in _EVENTS.items():
            if m and act in m["what"]:
                yield PlatformEvent(
                    kind=kind,
                    actor=Author(name=m["by"], is_staff=True),
                    occurred_at=sight.time(m["at"]),
                    excerpt=words,
                )


def _first(m: re.Match[str]) -> str:
    return f"{m[1]}-1-1.html" if m[1] else f"{m[2]}-1.html"


platform = Discuz()
