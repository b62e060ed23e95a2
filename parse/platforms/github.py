"""GitHub: issues, pull requests and discussions, as its pages were made before 2025 and as they are since."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, count_in, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.model import Author, Board, PlatformEvent, Post, Thread
from parse.page import Document

_ID = re.compile(
    r"(?:issue|issuecomment|pullrequest|pullrequestreview|discussion|discussioncomment)-\d+|discussion_r\d+"
)
_ROLES = re.compile(r"\b(?:owner|member|collaborator|maintainer)\b", re.I)
_REPOSITORY = re.compile(r"\A(.*?/([^/]+/[^/]+))/(?:issues|pull|discussions)\b")
_HAPPENED = (
    (re.compile(r"\bunlocked this\b"), "thread_unlocked"),
    (re.compile(r"\blocked\b.{0,60}\bconversation\b"), "thread_locked"),
    (re.compile(r"\bchanged the title\b"), "thread_retitled"),
    (re.compile(r"\b(?:transferred|converted) this (?:issue|discussion)\b"), "thread_moved"),
)
_BRANCH = {"js-comments-holder", "js-resolvable-timeline-thread-container", "js-timeline-item"}
_UP = 4
"""Elements around a post's own in which its id may stand."""


class GitHub(HtmlPlatform):
    name = "github"
    marks = (
        Mark("js-comment-body", ".timeline-comment .js-comment-body, .review-comment .js-comment-body", 0.95),
        Mark("issue-pr-title-link", 'li [data-testid="issue-pr-title-link"]', 0.9),
        Mark("issue-viewer-issue-container", '[data-testid="issue-viewer-issue-container"]', 0.95),
    )
    table = Selectors(
        post=".timeline-comment, .review-comment, .js-comment, .react-issue-comment, "
        '[data-testid^="comment-viewer-outer-box"], [data-testid="issue-viewer-issue-container"]',
        body=".js-comment-body, .markdown-body",
        author='.author, [data-testid="issue-body-header-author"], '
        '[data-testid="comment-header"] a[data-testid="avatar-link"], [data-testid="avatar-link"]',
        time="relative-time, time-ago, time",
        role='.timeline-comment-label, [data-testid="comment-author-association"]',
        permalink='.js-timestamp, [data-testid="issue-body-header-link"], a[href*="#issuecomment-"]',
        hidden=".minimized-comment:not(.d-none)",
        status='[data-testid="header-state"], .State',
        title='[data-testid="issue-title"], .js-issue-title',
        pager='.pagination a[href], [data-testid="timeline-crawler-pagination"] a[href]',
        row='.js-issue-row, li:has([data-testid="issue-pr-title-link"])',
        row_link='a[data-hovercard-type="issue"], a[data-hovercard-type="pull_request"], '
        'a[data-hovercard-type="discussion"], [data-testid="issue-pr-title-link"]',
        row_time="relative-time",
    )  # fmt: skip
    quotes = QuoteMarkup(block="blockquote", drop=("clipboard-copy", ".zeroclipboard-container", "svg"))
    thread_url = re.compile(r"([^/]+/[^/]+/(?:issues|pull|discussions)/\d+)")
    board_url = re.compile(r"([^/]+/[^/]+)/(?:issues|discussions)/?(?:\?|\Z)")
    user_url = re.compile(r"/users/([^/]+)/hovercard")
    significant = ("page", "timeline_page")

    def post_nodes(self, doc: Document) -> Sequence[LexborNode]:
        """A review stands around the comments in it: a post is what no other stands in before its words."""
        nodes = super().post_nodes(doc)
        owners = {body.mem_id: node for node in nodes if (body := node.css_first(self.table.body))}
        kept = {node.mem_id for node in owners.values()}
        return [node for node in nodes if node.mem_id in kept]

    def post_id(self, node: LexborNode) -> str | None:
        above = node
        for _ in range(_UP):
            if m := _ID.fullmatch(above.id or ""):
                return m[0]
            if above.parent is None or not above.parent.is_element_node:
                break
            above = above.parent
        inside = (
            part.id or attribute(part, "href").rpartition("#")[2] for part in node.css("[id], a[href*='#']")
        )
        return next((m[0] for each in inside if (m := _ID.fullmatch(each))), None)

    def author_node(self, node: LexborNode) -> LexborNode | None:
        """The picture is a link of the same kind, without words."""
        return next(filter(text_of, node.css(self.table.author)), None)

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        """Whoever may write to the repository speaks for it."""
        found = super().author(node, sight)
        roles = [text_of(label) for label in node.css(self.table.role)]
        role = next(filter(_ROLES.search, roles), next(iter(roles), None))
        return found and replace(
            found, login=found.name, user_id=None, role=role, is_staff=bool(role and _ROLES.search(role))
        )

    def likes(self, node: LexborNode) -> int | None:
        return _reactions(node, "👍")

    def dislikes(self, node: LexborNode) -> int | None:
        return _reactions(node, "👎")

    def reply_to(self, node: LexborNode) -> str | None:
        """In a branch, of a review or of a discussion, all answer its first."""
        above = node.parent
        while above is not None and above.is_element_node:
            if _BRANCH & set(attribute(above, "class").split()):
                head = next(map(self.post_id, above.css(self.table.post)), None)
                return head if head != self.post_id(node) else None
            above = above.parent
        return None

    def crumb_board(self, sight: Sight) -> Board | None:
        m = _REPOSITORY.match(sight.own)
        return Board(id=m[2], title=m[2], url=f"{m[1]}/issues") if m else None

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        """Closed is solved, unless it says "not planned"."""
        thread = super().thread(sight, posts, url)
        state = (thread.status or "").lower()
        is_done = ("closed" in state or "merged" in state) and "not planned" not in state
        locks = [event.kind for event in thread.events if event.kind.endswith("locked")]
        return replace(thread, is_solved=is_done, is_locked=locks[-1:] == ["thread_locked"])

    def events(self, sight: Sight) -> tuple[PlatformEvent, ...]:
        return tuple(self.happened(sight))

    def happened(self, sight: Sight) -> Iterator[PlatformEvent]:
        """What was done to the thread stands between its posts."""
        for node in sight.doc.tree.css(".TimelineItem, [data-wrapper-timeline-id]"):
            words = text_of(node)
            kind = next((kind for said, kind in _HAPPENED if said.search(words)), None)
            if kind and node.css_first(self.table.body) is None:
                who, at = (
                    self.author_node(node) or node.css_first("a[href]"),
                    sight.time(self.time_shown(node.css_first(self.table.time))),
                )
                actor = Author(name=text_of(who)) if text_of(who) else None
                yield PlatformEvent(kind=kind, actor=actor, occurred_at=at, excerpt=words[:200])


def _reactions(node: LexborNode, sign: str) -> int | None:
    return next((count_in(words) for each in node.css("button") if sign in (words := text_of(each))), None)


platform = GitHub()
