"""Khoros (Lithium) communities with the classic "LIA" front end, linear and threaded."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.dates import parse_time
from parse.html_fields import attribute, count_in, find, find_all, first, shown_time, text_of
from parse.html_platform import HtmlPlatform
from parse.html_post import is_staff
from parse.html_table import UNEDITED, Edit, Mark, Selectors, Sight
from parse.model import Author, PageKind, PlatformEvent, Post, PostState, Thread, changed
from parse.page import Document
from parse.quotes.plain import Body
from parse.urls import tidy

_UID = re.compile(r"(?:lia-js-data-messageUid-|message-uid-)(\d+)")
_LEVEL = re.compile(r"\blia-thread-level-(\d+)")
_MESSAGE = re.compile(r"/(?:m|bc|idc|qaa|tac|td|ba|ta|idi|qaq)-p/(\d+)")
_LOCAL = re.compile(r"#M(\d+)")
_OF = re.compile(r"(\d+)\D+(\d+)")
_PAGE_TYPE = re.compile(r"\b(\w+)Page\b")
_PAGE_NUMBER = re.compile(r"lia-js-data-pageNum-(\d+)")
_DECORATION = re.compile(r"/(?:highlight/true|jump-to/[\w-]+|page/1)(?=/|$)")
_VIEWER_PATTERN = re.compile(r'"layout\.format_pattern_date"\s*:\s*"([dMy])')
_BOARD_PAGES = ("Forum", "Blog", "Tkb", "IdeaExchange")
_THREAD_PAGES = ("ForumTopic", "BlogArticle", "TkbArticle", "Idea", "Qanda", "QandA", "Contest", "Question")
_ZONES = ("UTC", "America/Los_Angeles", "America/New_York", "America/Chicago", "America/Denver",
          "Europe/London", "Europe/Berlin", "Australia/Sydney")  # fmt: skip
_SOLUTION_COPIES = (
    ".lia-component-solution-list .MessageView, .lia-component-solutions-with-toggle .MessageView"
)


class Khoros(HtmlPlatform):
    name = "khoros"
    marks = (
        Mark("lia-body", "body.lia-body", 1.0),
        Mark("LITHIUM.", ".lia-page, .lia-content, .MessageView", 0.9),
        Mark("lia-message-body", ".MessageView .lia-message-body", 0.9),
    )
    table = Selectors(
        post="div.MessageView",
        body=".lia-message-body-content",
        author="a.lia-user-name-link",
        time=".lia-message-posted-on, .lia-message-post-date",
        role=".lia-message-author-rank, .lia-component-author-rank",
        position=".MessagesPositionInThread a[aria-label]",
        edited=".lia-message-edited-on",
        likes=".MessageKudosCount",
        title="h1.lia-message-subject-banner, .lia-message-subject, h1.page-title, h1.lia-page-title, h1",
        crumbs="li.lia-breadcrumb-node a, .lia-breadcrumb a",
        locked=".MessageView.lia-list-row-thread-readonly",
        solved=".MessageView.lia-list-row-thread-solved, .MessageView.lia-accepted-solution",
        status=".MessageStatus.lia-status .message-status-link",
        pager=".lia-paging-pager a[href], .lia-paging-full-wrapper a[href]",
        row="tr.lia-list-row, article.custom-message-tile, .message-card, "
            ".IdeaExchangePage .MessageView:has(.message-subject a[href]), "
            ".IdeaExchangePage .MessageView:has(.lia-message-subject a[href]), "
            ".BlogPage .MessageView:has(.message-subject a[href]), "
            ".BlogPage .MessageView:has(.lia-message-subject a[href])",
        row_link="a.page-link[href], .message-subject a[href], .lia-message-subject a[href], h2 a[href], "
                 "h3 a[href]",
        row_replies=".lia-component-messages-column-message-replies-count, .replies-count, "
                    ".lia-message-comment-action, [id^=commentsLink]",
        row_time=".lia-component-messages-column-message-latest-post-info .DateTime, time",
        row_locked=".lia-list-row-thread-readonly",
        row_sticky=".lia-list-row-float",
        row_moved=".lia-list-row-thread-moved",
        boards='a[href*="/bd-p/"], a[href*="/ct-p/"], a[href*="/bg-p/"], a[href*="/qa-p/"], '
               'a[href*="/idb-p/"], a[href*="/tkb-p/"]',
        login=".lia-form-login, form#LoginForm, .lia-login-form",
        missing=".lia-component-error, .lia-page-error, .lia-quilt-error-page",
    )  # fmt: skip
    quotes = QuoteMarkup(
        block="blockquote",
        drop=(".lia-message-signature", ".lia-message-view-solution-link", ".lia-spoiler-link"),
        ends_at_rule=True,
    )
    thread_url = re.compile(r"/(?:td|ba|ta|idi|qaq|cns)-p/(\d+)")
    board_url = re.compile(r"/(?:bd|bg|idb|qa|tkb|con|gp|gh|ct)-p/([^/?#;]+)")
    offset_url = re.compile(r"/page/(\d+)")
    user_url = re.compile(r"/user-id/(\d+)")

    def canonical(self, url: str) -> str:
        """Slugs stay, as people read them; what follows the id is a way of showing, but for the page."""
        return _DECORATION.sub("", tidy(url, ()))

    def kind(self, sight: Sight, posts: Sequence[LexborNode]) -> PageKind:
        """The page says what it is: listings of some skins hold message views too."""
        m = _PAGE_TYPE.search(attribute(sight.doc.tree.css_first("body"), "class"))
        kind = m[1] if m else ""
        found = super().kind(sight, () if kind and kind not in _THREAD_PAGES else posts)
        if found in (PageKind.OTHER, PageKind.INDEX) and kind in _THREAD_PAGES:
            return PageKind.THREAD
        if found in (PageKind.OTHER, PageKind.INDEX) and kind in _BOARD_PAGES:
            return PageKind.BOARD  # without a single thread yet
        return found

    def paging(self, sight: Sight) -> tuple[int, int]:
        current = self.offset_at(sight.own) + 1
        return current, max([current, *self.page_numbers(sight)])

    def page_numbers(self, sight: Sight) -> list[int]:
        """The pages that the pager names, in its classes."""
        steps = find_all(sight.doc, ".lia-paging-pager [class*=lia-js-data-pageNum-]")
        return [int(m[1]) for node in steps if (m := _PAGE_NUMBER.search(attribute(node, "class")))]

    def is_past_end(self, sight: Sight) -> bool:
        """Past the end Khoros shows the last page again."""
        numbers = self.page_numbers(sight)
        return bool(numbers) and self.offset_at(sight.own) >= max(numbers)

    # Dates are shown in the zone of the community, which the page does not name

    def zone(self, doc: Document) -> tzinfo:
        """From the opening post's time, which the page gives twice: as shown, and in UTC for machines."""
        machine = attribute(find(doc, 'meta[property="article:published_time"]'), "content")
        changed = attribute(find(doc, 'meta[property="article:modified_time"]'), "content")
        if not machine and not changed:
            return UTC
        topic = find(doc, ".MessageView.lia-thread-topic .lia-message-posted-on")
        for exact, shown in ((machine, self.time_shown(topic)), (changed, changed[:19])):
            moment = parse_time(exact, now=doc.page.fetched_at)
            for order in (False, True) if moment else ():
                local = parse_time(shown, now=doc.page.fetched_at, day_first=order)
                if moment and local and abs(local - moment) <= timedelta(hours=14):
                    return _zone_of(local - moment, moment)
        return UTC

    def day_first(self, sight: Sight, nodes: Sequence[LexborNode]) -> bool | None:
        m = _VIEWER_PATTERN.search(sight.doc.text)
        return m[1] == "d" if m and m[1] != "y" else super().day_first(sight, nodes)

    # The thread

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        position = find(sight.doc, self.table.position)
        m = _OF.search(attribute(position, "aria-label"))
        views = count_in(text_of(find(sight.doc, ".lia-message-stats-count")))
        thread = super().thread(sight, posts, url)
        return replace(thread, stated_reply_count=int(m[2]) - 1 if m else None, view_count=views)

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """The accepted solution is shown twice: a copy counts where its original is on another page."""
        copied = {node.mem_id for node in find_all(sight.doc, _SOLUTION_COPIES)}
        originals = [(node, post) for node, post in found if node.mem_id not in copied]
        copies = {post.id: post for node, post in found if node.mem_id in copied}
        if "lia-thread-level-" in sight.doc.text:
            originals = list(_with_parents(originals))
        posts = {
            post.id: changed(post, is_solution=True) if post.id in copies else post for _, post in originals
        }
        for post_id, post in copies.items():
            posts.setdefault(post_id, changed(post, is_copy=True, is_solution=True, reply_to=None))
        return tuple(posts.values())

    def events(self, sight: Sight) -> tuple[PlatformEvent, ...]:
        """A lock, and the note that some skins leave on a moved topic."""
        note = find(sight.doc, ".lia-thread-moved-notice")
        if note is None:
            return super().events(sight)
        mover = note.css_first(self.table.author)
        account = self.user_url.search(attribute(mover, "href"))
        moved = PlatformEvent(
            kind="thread_moved",
            actor=Author(name=text_of(mover), user_id=account[1] if account else None) if mover else None,
            occurred_at=sight.time(self.time_shown(note.css_first(".DateTime"))),
            excerpt=text_of(note),
        )
        return (*super().events(sight), moved)

    # A post

    def post_id(self, node: LexborNode) -> str | None:
        return _uid(node)

    def aliases(self, node: LexborNode) -> tuple[str, ...]:
        """The id within the board, of which links are made: "M501". The global ids are another space."""
        link = first(node, self.table.position) or first(node, 'a[href*="#M"]')
        m = _LOCAL.search(attribute(link, "href"))
        return (f"M{m[1]}",) if m else ()

    def post(self, node: LexborNode, sight: Sight) -> Post | None:
        post = super().post(node, sight)
        answered = first(node, ".lia-message-in-response-to a, a.lia-message-reply-to")
        if post is None or answered is None:
            return post
        m = _MESSAGE.search(attribute(answered, "href"))
        return changed(post, reply_to=m[1] if m else None, reply_to_name=text_of(answered) or None)

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        """The first user link that is not the editor's. The login stands with the avatar only."""
        link = next((a for a in node.css(self.table.author) if not _is_editor(a)), None)
        nameless = node.css_first(".lia-user-name, .UserName") if link is None else link
        name, href = text_of(nameless), attribute(link, "href")
        if not name:
            return None
        role = text_of(first(node, self.table.role)) or None
        avatar = first(node, "img.lia-user-avatar-message")
        account = self.user_url.search(href)
        return Author(
            name=name,
            user_id=account[1] if account else None,
            login=attribute(avatar, "title") or attribute(avatar, "alt") or None,
            profile_url=tidy(sight.url(href)) if href else None,
            role=role,
            is_staff=is_staff(role),
        )

    def position(self, node: LexborNode) -> int | None:
        return count_in(attribute(first(node, self.table.position), "aria-label"))

    def time_shown(self, node: LexborNode | None) -> str:
        """A date and a time in spans of their own; a friendly date has the exact one in its title."""
        if node is None:
            return ""
        exact = first(node, "meta[content], .local-friendly-date[title], time[datetime]")
        return shown_time(exact) if exact else text_of(node)

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        href = attribute(first(node, self.table.position), "href")
        return sight.url(href) if href else None

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        """ "by NAME" may stand there without an edit; an edit by another account is a moderator's."""
        notice = first(node, self.table.edited)
        if notice is None:
            return UNEDITED
        editor = next((a for a in node.css(self.table.author) if _is_editor(a)), None)
        account = self.user_url.search(attribute(editor, "href"))
        other = bool(author and account and account[1] != author.user_id)
        return Edit(at=sight.time(self.time_shown(notice)), by=text_of(editor) or None, by_staff=other)

    def state(self, node: LexborNode, body: Body) -> PostState:
        """A body without content is a message taken down, unless it holds only a picture."""
        emptied = "lia-message-with-no-content" in attribute(node, "class")
        shows = body.full_text or node.css_first(f"{self.table.body} img, .lia-attachments-message")
        return PostState.HIDDEN if emptied and not shows else PostState.VISIBLE


def _uid(node: LexborNode) -> str | None:
    """The message's global id, on the view itself or on one of the wrappers around it."""
    at: LexborNode | None = node
    for _ in range(4):
        if at is None:
            return None
        if m := _UID.search(attribute(at, "class")):
            return m[1]
        at = at.parent
    m = _MESSAGE.search(attribute(node.css_first(".MessagesPositionInThread a"), "href"))
    return m[1] if m else None


def _is_editor(link: LexborNode) -> bool:
    """Whether a user link stands in the line of dates, after "by", rather than above the post."""
    at = link.parent
    for _ in range(3):
        if at is None:
            return False
        classes = attribute(at, "class")
        if "username_details" in classes or "lia-message-dates" in classes:
            return True
        at = at.parent
    return False


def _zone_of(offset: timedelta, at: datetime) -> tzinfo:
    """A zone with daylight saving if one has this offset then, for posts of another season."""
    rounded = timedelta(minutes=15 * round(offset / timedelta(minutes=15)))
    named = (ZoneInfo(name) for name in _ZONES)
    return next((zone for zone in named if at.astimezone(zone).utcoffset() == rounded), timezone(rounded))


def _level(node: LexborNode) -> int | None:
    at: LexborNode | None = first(node, "[class*=lia-thread-level-]") or node
    for _ in range(5):
        if at is None:
            break
        if m := _LEVEL.search(attribute(at, "class")):
            return int(m[1])
        at = at.parent
    return 0 if "lia-thread-topic" in attribute(node, "class") else None


def _with_parents(found: Sequence[tuple[LexborNode, Post]]) -> Iterator[tuple[LexborNode, Post]]:
    """The parent of a post is the last one before it that stands less deep."""
    above: list[tuple[int, str]] = []
    for node, post in found:
        level = _level(node)
        if level is None:
            yield node, post
            continue
        while above and above[-1][0] >= level:
            above.pop()
        yield node, changed(post, reply_to=above[-1][1] if above else post.reply_to)
        above.append((level, post.id))


platform = Khoros()
