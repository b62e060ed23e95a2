"""WoltLab Suite Forum 3 to 6 and Burning Board 4, whose classes differ in few places."""

import re
from collections.abc import Iterator
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, count_in, every, find, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.json_fields import decoded, whole
from parse.model import Link, LinkKind
from parse.quotes.heads import QuoteHead, read_marked
from parse.urls import tidy

_SOURCE = re.compile(r"[?&]postID=(\d+)|#post(\d+)")
_PATH_QUERY = re.compile(r"index\.php\?(?:thread|board|user)/")
_HEAD = ".quoteBoxTitle, header h3"
_DRAWN = "woltlab-core-pagination[count][url]"
"""The pager since version 6: without script it is empty, and tells all by its attributes."""
_NEARBY = 3


def _describe(block: LexborNode) -> QuoteHead:
    """The source is the address in `cite`, else that of the link in the head: "Quote from Jane"."""
    head = block.css_first(_HEAD)
    link = head.css_first("a[href]") if head else None
    m = _SOURCE.search(attribute(block, "cite")) or _SOURCE.search(attribute(link, "href"))
    named = read_marked(text_of(head)) if head else QuoteHead()
    return replace(named, source_ref=(m[1] or m[2]) if m else None)


def _drawn_pages(sight: Sight) -> Iterator[tuple[int, str]]:
    """The pages that the element tells of: those nearby, the first and the last, as pagers show them."""
    drawn = find(sight.doc, _DRAWN)
    here, last = whole(attribute(drawn, "page")) or 1, whole(attribute(drawn, "count")) or 0
    url = sight.url(attribute(drawn, "url"))
    for number in sorted({1, *range(here - _NEARBY, here + _NEARBY + 1), last}):
        if 0 < number <= last:
            yield number, f"{url}{'&' if '?' in url else '?'}pageNo={number}"


class WoltLab(HtmlPlatform):
    name = "woltlab"
    marks = (
        Mark("wbbPost", "article.wbbPost.message", 0.95),
        Mark("wbbThreadPostList", ".wbbThreadPostList", 0.95),
        Mark('data-application="wbb"', 'body[data-application="wbb"]', 0.95),
        Mark("wbbBoard", ".wbbBoardList, .wbbBoardContainer, .wbbThreadList", 0.9),
        Mark("wbbThread", ".wbbThread[data-thread-id]", 0.9),
    )
    table = Selectors(
        post="article.wbbPost[data-post-id]",
        body=".messageText",
        author=".messageAuthorContainer .username, .messageAuthor .username, .messageAuthor .userLink",
        time='meta[itemprop="datePublished"], .messagePublicationTime time, .messageHeadline time, '
             ".messagePublicationTime woltlab-core-date-time",
        role=".userTitleBadge, .userTitle .badge",
        position=".messageQuickOptions li:last-child a, .messageCounter a",
        permalink=".messagePublicationTime, .messageHeadline a.permalink",
        edited=".messageFooterNote",
        hidden=".messageDeleted",
        title=".contentTitle, .boxHeadline h1",
        crumbs=".breadcrumbs a[href]",
        locked='.contentHeader[data-is-closed="1"], .boxHeadline[data-is-closed="1"]',
        sticky='.contentHeader[data-is-sticky="1"], .boxHeadline[data-is-sticky="1"]',
        solved='.contentHeader[data-is-done="1"], .boxHeadline[data-is-done="1"]',
        pager=".pagination a[href], .pageNavigation a[href]",
        current_page=".pagination .active, .pageNavigation .active",
        thread_page=".wbbThreadPostList",
        row="ol.wbbThread[data-thread-id], tr.wbbThread[data-thread-id]",
        row_link="a.wbbTopicLink",
        row_replies=".columnStats dd, .columnReplies",
        row_time=".columnLastPost time, .columnLastPost woltlab-core-date-time",
        row_locked='[data-is-closed="1"]',
        row_sticky='[data-is-sticky="1"]',
        row_moved='[data-is-link="1"]',
        boards='.wbbBoardContainer h3 a[href], .wbbBoardNode__title a[href], .wbbSubBoards a[href*="oard/"]',
        board_page=".wbbThreadList",
        login=".accountLoginForm, #loginForm, body#tplPermissionDenied, #tpl_wcf_login",
        missing='[data-template="userException"], #tplUserException, #tpl_wcf_userException',
    )  # fmt: skip
    quotes = QuoteMarkup(
        block="blockquote.quoteBox, blockquote.container.containerPadding",
        head=_HEAD,
        content=".quoteBoxContent, header + div",
        drop=(".messageSignature", ".toggleButton", ".quoteBoxIcon", ".codeBoxHeader", ".spoilerBoxToggle"),
        describe=_describe,
    )
    thread_url = re.compile(r"[/?]thread/(\d+)(?=[-/?#&]|\Z)", re.I)
    board_url = re.compile(r"[/?]board/(\d+)(?=[-/?#&]|\Z)", re.I)
    user_url = re.compile(r"[/?]user/(\d+)(?=[-/?#&]|\Z)", re.I)
    offset_url = re.compile(r"[?&]pageNo=(\d+)")
    significant = ("pageNo",)

    def canonical(self, url: str) -> str:
        """Without rewriting, the path stands in the query: "index.php?thread/12-fees/&pageNo=2"."""
        if not _PATH_QUERY.search(url):
            return super().canonical(url)
        page = self.offset_url.search(url)
        plain = tidy(url.partition("&")[0].partition("#")[0])
        return self.without_first_page(f"{plain}&pageNo={page[1]}" if page else plain)

    def current_words(self, sight: Sight) -> str:
        return attribute(find(sight.doc, _DRAWN), "page") or super().current_words(sight)

    def pager(self, sight: Sight) -> Iterator[tuple[int, str]]:
        yield from super().pager(sight)
        yield from _drawn_pages(sight)

    def page_links(self, sight: Sight) -> Iterator[Link]:
        yield from super().page_links(sight)
        found = (url for _, url in _drawn_pages(sight) if self.is_ours(url, sight))
        yield from (Link(url=self.canonical(url), kind=LinkKind.PAGE) for url in found)

    def post_id(self, node: LexborNode) -> str | None:
        return attribute(node, "data-post-id") or None

    def likes(self, node: LexborNode) -> int | None:
        """Version 6 tells each kind's number in data, 5 in words; before, likes were of one kind."""
        drawn = first(node, "woltlab-core-reaction-summary[data]")
        kinds = decoded(attribute(drawn, "data"))
        counts = [whole(kind[-1]) for kind in kinds if isinstance(kind, list) and kind] if kinds else []
        counts = counts or [count_in(text_of(count)) for count in every(node, ".reactionCount")]
        return sum(filter(None, counts)) if counts else whole(attribute(node, "data-like-likes"))

    def time_shown(self, node: LexborNode | None) -> str:
        return attribute(node, "date") or super().time_shown(node)


platform = WoltLab()
