"""Invision Community 4 and 5."""

import re
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.edit_notices import is_notice
from parse.html_fields import attribute, count_in, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import UNEDITED, Edit, Mark, PollSelectors, Selectors, Sight
from parse.json_fields import decoded, mapping
from parse.model import Author
from parse.page import Document
from parse.quotes.heads import QuoteHead
from parse.urls import tidy_path_query

_COMMENT = re.compile(r"elComment_(\d+)")
_TO_POST = "a[href*='findComment'], a[href*='#comment-']"


def _describe(block: LexborNode) -> QuoteHead:
    """The attributes tell all; the citation is often written by a script only."""
    attrs = block.attributes
    return QuoteHead(
        attributed_to=attrs.get("data-ipsquote-username") or attrs.get("data-author"),
        source_ref=attrs.get("data-ipsquote-contentcommentid") or attrs.get("data-cid"),
    )


def _reason(notice: LexborNode) -> str | None:
    """The words on the line after the notice; not the link to its history."""
    words, at = "", notice.next
    below = False
    while at is not None:
        below = below or at.tag == "br"
        words += at.text() if below and at.tag == "-text" else ""
        at = at.next
    return " ".join(words.split()) or None


def _is_dated(place: LexborNode) -> bool:
    return place.css_first("time[datetime]") is not None and place.css_first(_TO_POST) is None


class Invision(HtmlPlatform):
    name = "invision"
    marks = (
        Mark("elComment_", "article[id^=elComment_]", 0.95),
        Mark("data-ipsquote", "blockquote.ipsQuote", 0.85),
        Mark("ipsApp", "body.ipsApp", 0.95),
        Mark("forums.front", "[data-controller*='forums.front']", 0.9),
    )
    table = Selectors(
        post="article[id^=elComment_]",
        body="[data-role=commentContent]",
        author=".cAuthorPane_author a, .ipsEntry__username a, .cAuthorPane_author:not(:has(a)), "
        ".ipsEntry__username:not(:has(a))",
        time="time[datetime]",
        role="[data-role=group], .cAuthorPane_info .ipsEntry__group, .ipsEntry__group, .cAuthorGroupIcon",
        staff=".ipsBadge--highlightedGroup, .ipsBadge_highlightedGroup, .cAuthorPane_badge--moderator, "
        ".ipsEntry__moderatorBadge",
        permalink=_TO_POST,
        edited=".ipsComment_edited, .ipsEdited > strong, .ipsType_light > strong, .ipsEntry__edited, "
        ".ipsComment_meta strong",
        likes=".ipsReact_reactCount, .ipsReaction_count, [data-role=reactCountText]",
        solution=".ipsBadge--solution, .cComment_solved, .ipsComment_recommended--solved, .ipsEntry--solved, "
        ".ipsComment_solved, strong.cBestAnswerIndicator",
        hidden=".ipsEntry__hiddenMessage, .ipsModerated .ipsMessage",
        title="h1.ipsType_pageTitle span.ipsType_break, .ipsPageHeader__title:not(:has(h1)), "
        ".ipsPageHeader__title h1, h1.ipsType_pageTitle, h1",
        crumbs=".ipsBreadcrumb a[href]",
        locked=".ipsType_pageTitle .fa-lock, .cTopic_locked, .ipsTopic__locked, .ipsBadge--locked, "
        ".ipsBadge .fa-lock",
        sticky=".ipsBadge--pinned, .ipsBadge .fa-thumb-tack, .ipsBadge .fa-thumbtack",
        solved=".ipsBadge--solution, .ipsBadge--answered",
        pager=".ipsPagination a[href]",
        current_page=".ipsPagination_active, .ipsPagination__active",
        row="[data-controller='forums.front.forum.topicRow'], li[data-rowid], li.ipsDataItem",
        row_link=".ipsDataItem_title a[href], .ipsData__title a[href], h4 a[href]",
        row_replies=".ipsDataItem_stats li, .ipsData__stats li",
        row_time=".ipsDataItem_lastPoster time, .ipsData__last time",
        row_locked=".fa-lock",
        row_sticky=".fa-thumb-tack, .fa-thumbtack, .ipsBadge--pinned",
        boards="[data-forumid] h4 a[href], .cForumRow h4 a[href], .ipsDataItem_title a[href*='/forum/']",
        login="form[data-controller*='core.front.core.login'], #elSignIn_internal",
        missing="#elError, .ipsError",
        poll=PollSelectors(
            box=".cPollList > li",
            question="h3",
            lead=r"\A\d+\.\s*",
            name=".cPollList_choices > li > :first-child",
            votes=".cPollList_choices > li > :last-child",
        ),
    )  # fmt: skip
    quotes = QuoteMarkup(
        block="blockquote.ipsQuote, blockquote",
        head=".ipsQuote_citation",
        content=".ipsQuote_contents",
        drop=(".ipsSpoiler_header", ".ipsEmbed_finishedLoading", "[data-excludequote]", "[data-nosnippet]"),
        describe=_describe,
    )
    thread_url = re.compile(r"/topic/(\d+)")
    board_url = re.compile(r"/forum/(\d+)")
    offset_url = re.compile(r"(?:/page/|[?&]page=)(\d+)")
    significant = ()
    user_url = re.compile(r"/profile/(\d+)")

    def canonical(self, url: str) -> str:
        """Comment permalinks and sort orders show the same page."""
        by_path = tidy_path_query(url, ("page",))
        if by_path:
            return self.without_first_page(by_path)
        return re.sub(r"[?&](?:do|comment|sortby|sortdirection|tab)=[^&]*", "", super().canonical(url))

    def post_id(self, node: LexborNode) -> str | None:
        found = _COMMENT.search(node.id or "")
        return found[1] if found else None

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        """A guest's name stands without a link; 5 and late 4 also give it as data."""
        found = super().author(node, sight)
        if found:
            return found
        data = mapping(decoded(attribute(node.css_first("[data-quotedata]"), "data-quotedata")))
        name = data.get("username")
        return (
            Author(name=name, user_id=str(data["userid"]) if data.get("userid") else None) if name else None
        )

    def likes(self, node: LexborNode) -> int | None:
        """One number for each kind of reaction."""
        counts = [count_in(text_of(kind)) for kind in node.css(self.table.likes)]
        return sum(filter(None, counts)) if counts else None

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        """Several elements of a theme may hold the notice: the one with a moment that links to no post. Below
        it is why."""
        for place in node.css(self.table.edited):
            words = text_of(place)
            if _is_dated(place) or is_notice(words):
                return replace(self.edit_told(place, words, sight, author), reason=_reason(place))
        return UNEDITED

    def day_first(self, sight: Sight, nodes: object) -> bool | None:
        return None

    def post_nodes(self, doc: Document) -> list[LexborNode]:
        """A recommended post is shown again above the topic."""
        nodes = doc.tree.css(self.table.post)
        return list({node.id: node for node in reversed(nodes)}.values())[::-1]


platform = Invision()
