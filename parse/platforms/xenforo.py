"""XenForo 2 and 1. Version 1 keeps the body itself in a `blockquote`; both say which post a quote is from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, captured, count_in, find, first, has_class, number_in, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, PollSelectors, Selectors, Sight
from parse.model import Author, Board, Post
from parse.page import Document
from parse.quotes.heads import QuoteHead
from parse.urls import tidy

_SOURCE = re.compile(r"\bpost:\s*(\d+)")
_JUMP = re.compile(r"post\?id=(\d+)|#post-(\d+)")
_VOTES_ON_IDEA = '.js-contentVote[data-content-id^="thread-"]'
"""There where people suggest things: the label before the title tells what became of the suggestion."""
_PERMALINK = re.compile(r"/(?:post-\d+|latest|unread|first-unread|preview)(?=/|\Z)")
_PATH_QUERY = re.compile(r"index\.php\?[\w-]+/")
_KEY = re.compile(r"-(\d+)\Z")
_ROW = re.compile(r"\bjs-threadListItem-(\d+)|\Athread-(\d+)")
_BOARD = re.compile(r"[/?](?!categories/|link-forums/|pages/)[\w-]+/(?:[^/?#]*\.)?(\d+)/?\Z")
"""Sites may call threads, forums and members otherwise in their addresses; their numbers stay."""


def _keyed(doc: Document, name: str) -> str | None:
    """The number that version 2 gives what it shows, for its scripts."""
    m = _KEY.search(attribute(doc.tree.css_first("html"), name))
    return m[1] if m else None


def _describe(block: LexborNode) -> QuoteHead:
    """Version 2 keeps name and source in attributes; version 1 the name there, the source in a link."""
    attrs = block.attrs
    m = _SOURCE.search(attrs.get("data-source") or "")
    if m is None and (jump := block.css_first("a.AttributionLink, a.bbCodeBlock-sourceJump")):
        m = _JUMP.search(attribute(jump, "href"))
    name = attrs.get("data-quote") or attrs.get("data-author")
    return QuoteHead(attributed_to=name or None, source_ref=captured(m) if m else None)


class XenForo(HtmlPlatform):
    name = "xenforo"
    marks = (
        Mark('id="XF"', "html#XF", 1.0),
        Mark('id="XenForo"', "html#XenForo", 1.0),
        Mark("message--post", "article.message--post[data-content]", 0.9),
        Mark("messageList", "ol.messageList > li.message[data-author]", 0.9),
    )
    table = Selectors(
        post='article.message--post, .js-post[id^="js-post-"], .message[data-content^="post-"], '
             'li.message[id^="post-"]',
        body=".message-body .bbWrapper, .messageText:not(.signature)",
        author=".message-name .username, .messageUserBlock .username, .userText .username, "
               "a.MessageCard__user-info__name",
        time=".message-attribution-main time, .message-attribution time, .datePermalink .DateTime, "
             '.messageMeta .DateTime, .message-header [itemprop="datePublished"], '
             ".MessageCard__dates time, time.u-dt:not(.message-lastEdit time)",
        role=".message-userTitle:not(:has(time)), .userTitle:not(:has(time))",
        staff=".userBanner--staff, .bannerStaff, .username--staff, .username--moderator, .username--admin",
        permalink='.message-attribution-main a[href*="post-"], .message-attribution a[href*="post-"], '
                  ".datePermalink",
        edited=".message-lastEdit, .editDate",
        solution=".message--solution",
        hidden=".message--deleted, .messageNotice--deleted, li.message.deleted",
        title=".p-title-value, .titleBar h1",
        crumbs=".p-breadcrumbs a[href], .crumbs a[href]",
        solved=".message--solution",
        status=f"body:has({_VOTES_ON_IDEA}) .p-title-value .label",
        locked=".blockStatus-message--locked, .threadAlerts .locked, .lockedAlert",
        pager=".pageNav-main a[href], a.pageNav-jump, .PageNav a[href]",
        current_page=".pageNav-page--current, .PageNav .currentPage",
        thread_page='[data-template="thread_view"], #messageList, .block--messages',
        row=".structItem--thread, li.discussionListItem",
        row_link=".structItem-title a[data-preview-url], .structItem-title a[data-tp-primary], "
                 '.structItem-title a[href*="threads/"], h3.title a[href*="threads/"]',
        row_replies=".structItem-cell--meta dl:first-child dd, .stats .major dd",
        row_time=".structItem-cell--latest time, .lastPostInfo .DateTime",
        row_locked=".structItem-status--locked, .discussionListItem.locked",
        row_sticky=".structItem-status--sticky, .discussionListItem.sticky",
        row_moved=".structItem-status--redirect, .discussionListItem.redirect",
        boards=".node-title a[href], .nodeTitle a[href]",
        board_page='[data-template="forum_view"], .discussionList',
        login='[data-template="login"], #pageLogin, .errorPanel form[action*="login/login"]',
        missing='[data-template="error"], .errorOverlay, .errorPanel, .error_with_login',
        poll=PollSelectors(
            box='.block-container:has(.pollResult), .block-container:has([name="responses[]"]), .pollBlock',
            question=".block-header, .questionText",
            drop=".block-desc",
            name=".pollResult-response, .inputChoices-choice .iconic-label, .optionText, .pollOptions label",
            votes=".pollResult-votes, .pollResult > .count",
            voters=".block-footer .pairs dd",
            closes=".block-desc time, .block-footer time, .closeDate .DateTime",
        ),
    )  # fmt: skip
    quotes = QuoteMarkup(
        block=".bbCodeBlock--quote, .bbCodeQuote",
        head=".bbCodeBlock-title, .attribution",
        content=".bbCodeBlock-content, blockquote.quoteContainer",
        drop=(".bbCodeBlock-expandLink", ".quoteExpand", ".messageTextEndMarker", ".bbCodeSpoiler-button",
              ".bbCodeBlock--code .bbCodeBlock-title", ".bbCodeBlock-shrinkLink", ".js-unfurl-desc",
              ".bbCodeBlock--unfurl .contentRow-minor"),
        describe=_describe,
    )  # fmt: skip
    thread_url = re.compile(r"[/?]threads/(?:[^/?#]*\.)?(\d+)(?=[/?#&]|\Z)")
    board_url = re.compile(r"[/?]forums/(?:[^/?#]*\.)?(\d+)(?=[/?#&]|\Z)")
    user_url = re.compile(r"members/(?:[^/?#]*\.)?(\d+)")

    def canonical(self, url: str) -> str:
        """With the slash at the end, without which XenForo redirects; ways to a post lead to its thread."""
        kept = tidy(url) if _PATH_QUERY.search(url) else tidy(url, ())
        plain = _PERMALINK.sub("", kept.partition("&")[0])
        first = self.listed_at(plain) and self.offset_at(plain) == 0
        return self.thread_start(plain) if first else plain

    def thread_start(self, url: str) -> str:
        return super().thread_start(url).rstrip("/") + "/"

    def own_url(self, sight: Sight) -> str:
        """Fetched by a permalink, only the page itself knows which page of the thread it is."""
        permalink = _PERMALINK.search(sight.doc.page.url)
        return self.canonical(self.stated_url(sight.doc)) if permalink else super().own_url(sight)

    def thread_urls(self, sight: Sight, posts: Sequence[Post], url: str) -> Iterator[str]:
        yield url
        if find(sight.doc, '[data-template="thread_view"]') and (
            number := _keyed(sight.doc, "data-content-key")
        ):
            yield f"/threads/{number}/"
        yield from super().thread_urls(sight, posts, url)

    def row_id(self, node: LexborNode, url: str) -> str | None:
        m = _ROW.search(node.id or attribute(node, "class"))
        return super().row_id(node, url) or (captured(m) if m else None)

    def board_in(self, link: LexborNode, sight: Sight) -> Board | None:
        url, title = sight.url(attribute(link, "href")), text_of(link)
        m = _BOARD.search(url)
        known = super().board_in(link, sight)
        return known or (Board(id=m[1], title=title, url=self.canonical(url)) if m and title else None)

    def board_here(self, sight: Sight) -> Board | None:
        known, number = super().board_here(sight), _keyed(sight.doc, "data-container-key")
        title = text_of(find(sight.doc, self.table.title))
        return known or (Board(id=number, title=title, url=sight.own) if number else None)

    def author_at(self, link: LexborNode, node: LexborNode, sight: Sight) -> Author:
        author, number = super().author_at(link, node, sight), attribute(link, "data-user-id")
        return author if author.user_id or number in ("", "0") else replace(author, user_id=number)

    def post_id(self, node: LexborNode) -> str | None:
        """What is left of a deleted post has no id of its own, but names its content."""
        return super().post_id(node) or number_in(attribute(node, "data-content"))

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        """The post itself names its author too, whatever a theme does with the rest."""
        name = attribute(node, "data-author")
        return (
            super().author(node, sight)
            or self.linked_author(node, sight)
            or (Author(name=name) if name else None)
        )

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """An article shows its date below the title only."""
        below = find(sight.doc, ".p-description time")
        written = sight.time(self.time_shown(below)) if below is not None else None
        dated = [
            (node, replace(post, posted_at=post.posted_at or written) if _is_article(node) else post)
            for node, post in found
        ]
        return super().settled(dated, sight)

    def title(self, sight: Sight) -> str:
        """Without the prefix ("Solved", "Question") that stands in a label before it."""
        title = super().title(sight)
        label = sight.doc.tree.css_first(".p-title-value .label, .titleBar h1 .prefix")
        return title.removeprefix(text_of(label)).strip() or title

    def position(self, node: LexborNode) -> int | None:
        numbers = node.css(".message-attribution-opposite a, .hashPermalink")
        return next((count_in(words) for link in numbers if (words := text_of(link)).startswith("#")), None)

    def likes(self, node: LexborNode) -> int | None:
        """ "Ann, Bob and 3 others": the people named, and the others; votes where there are votes."""
        votes = attribute(first(node, ".js-voteCount[data-score]"), "data-score")
        if re.fullmatch(r"-?\d+", votes):
            return int(votes)
        bar = first(node, ".reactionsBar-link, .LikeText, .likesBar")
        if bar is None:
            return 0
        names = [text_of(name) for name in bar.css("bdi, a.username")]
        rest = text_of(bar)
        for name in names:
            rest = rest.replace(name, "", 1)
        return len(names) + (count_in(rest) or 0)


def _is_article(node: LexborNode) -> bool:
    return has_class(node, "message--article")


platform = XenForo()
