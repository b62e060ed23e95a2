"""Gitea and Forgejo (Codeberg): issues and pull requests with their comments and reviews.

Known from the templates of Gitea 1.9 to 1.25, which Forgejo shares. All comments of an issue stand on one
page. When a comment was edited is told to a script only.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import ancestors, attribute, find, find_all, first, has_class, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.model import Author, Board, Link, LinkKind, PlatformEvent, Post, Thread, ThreadRow

_ID = re.compile(r"#?(issue(?:comment)?-\d+)\Z")
_NUMBER = re.compile(r"\A#\d+\s+|\s+#\d+\Z")
_ROLES = re.compile(r"\b(?:owner|member|collaborator|maintainer)\b", re.I)
_REPOSITORY = re.compile(r"\A(.*?/([^/]+/[^/]+))/(?:issues|pulls)\b")
_HAPPENED = {
    "octicon-lock": "thread_locked",
    "octicon-key": "thread_unlocked",
    "octicon-pencil": "thread_retitled",
}
_STATE = ".issue-state-label, .issue-title ~ .large.label, .title > .large.label"
_UP = 2
"""Elements around a post's own in which its id may stand."""


class Gitea(HtmlPlatform):
    name = "gitea"
    marks = (
        Mark("issuecomment-", ".comment-list .comment .render-content", 0.95),
        Mark("render-content", ".comment-list .comment .render-content", 0.95),
        Mark("issue-list", "#issue-list a.issue-title", 0.9),
        Mark("issue list", ".issue.list > .item a.title", 0.9),
        Mark("orgejo", 'meta[name="keywords"][content*="forgejo"]', 0.9),
        Mark("itea", 'meta[name="keywords"][content*="gitea"]', 0.9),
    )
    table = Selectors(
        post=".comment-list .comment:has(.render-content)",
        body=".render-content",
        author='.header .author, .header .text.grey a:not([href^="#"]), .header .text.black',
        time=".header relative-time, .header .time-since, .header time",
        role=".header .role-label, .header .item.tag",
        title="#issue-title, .issue-title h1",
        status=_STATE,
        pager=".pagination a.item[href]",
        current_page=".pagination .active.item",
        thread_page="#issue-title, #issue-title-display",
        row="#issue-list > .flex-item, #issue-list > .item, .issue.list > .item",
        row_link="a.issue-title, a.title",
        row_replies="a:has(.octicon-comment), .comment.ui.right",
        login=".user.signin form",
        missing=".status-page-500, .page-content.status-page-404",
        board_page="#issue-filters, #issue-list, .issue.list",
    )
    quotes = QuoteMarkup(block="blockquote", drop=(".no-content", "svg", ".code-copy"))
    thread_url = re.compile(r"([^/]+/[^/]+/(?:issues|pulls)/\d+)")
    board_url = re.compile(r"([^/]+/[^/]+)/(?:issues|pulls)/?(?:\?|\Z)")
    user_url = re.compile(r"(?:\A|/)([^/?#]+)/?\Z")
    significant = ("state", "page")

    def canonical(self, url: str) -> str:
        """An issue has pages for its commits and files too; a list without a state is of what is open."""
        found = re.sub(r"([?&])state=open(?:&|\Z)", r"\1", super().canonical(url)).rstrip("?&")
        return re.sub(r"(/(?:issues|pulls)/\d+)[/?].*", r"\1", found)

    def title(self, sight: Sight) -> str:
        return _NUMBER.sub("", super().title(sight))

    def post_id(self, node: LexborNode) -> str | None:
        """Its own, or that which its time links to; a review's words have the id of the review."""
        links = (attribute(link, "href") for link in node.css('.header a[href^="#issue"]'))
        around = [node.id or "", *(above.id or "" for above in islice(ancestors(node), _UP))]
        return next((m[1] for each in (around[0], *links, *around[1:]) if (m := _ID.match(each))), None)

    def author_node(self, node: LexborNode) -> LexborNode | None:
        """The picture is a link of the same kind, without words."""
        return next(filter(text_of, node.css(self.table.author)), None)

    def author_at(self, link: LexborNode, node: LexborNode, sight: Sight) -> Author:
        """Whoever may write to the repository speaks for it; who has left has no page."""
        author = super().author_at(link, node, sight)
        roles = [text_of(label) for label in node.css(self.table.role)]
        role = next(filter(_ROLES.search, roles), next(iter(roles), None))
        return replace(author, login=author.user_id, role=role, is_staff=bool(role and _ROLES.search(role)))

    def likes(self, node: LexborNode) -> int | None:
        return _reactions(node, "+1")

    def dislikes(self, node: LexborNode) -> int | None:
        return _reactions(node, "-1")

    def reply_to(self, node: LexborNode) -> str | None:
        """In a talk about a line of code, all answer its first."""
        for above in ancestors(node):
            if has_class(above, "conversation-holder"):
                ids = [self.post_id(post) for post in above.css(".comment:has(.render-content)")]
                return ids[0] if ids and ids[0] != self.post_id(node) else None
        return None

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        return f"{sight.own}#{post_id}"

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        """Purple is merged in any language; red is closed, which for an issue is its only end."""
        thread = super().thread(sight, posts, url)
        colours = attribute(find(sight.doc, _STATE), "class").split()
        locks = [event.kind for event in thread.events if event.kind.endswith("locked")]
        return replace(
            thread,
            is_solved="purple" in colours or ("red" in colours and "/issues/" in url),
            is_locked=locks[-1:] == ["thread_locked"],
        )

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        """Comments are counted where there are any."""
        row = super().row(node, sight)
        return row and replace(row, reply_count=row.reply_count or 0)

    def events(self, sight: Sight) -> tuple[PlatformEvent, ...]:
        return tuple(self.happened(sight))

    def happened(self, sight: Sight) -> Iterator[PlatformEvent]:
        """What was done to the issue stands between its posts, each with a picture that says what."""
        for node in find_all(sight.doc, ".comment-list .event"):
            picture = first(node, "[class*=octicon-]")
            kinds = (_HAPPENED.get(name) for name in attribute(picture, "class").split())
            if (kind := next(filter(None, kinds), None)) and node.css_first(self.table.body) is None:
                who = next(filter(text_of, node.css('.author, .text.grey a:not([href^="#"])')), None)
                at = sight.time(self.time_shown(node.css_first("relative-time, .time-since, time")))
                actor = Author(name=text_of(who)) if who else None
                yield PlatformEvent(kind=kind, actor=actor, occurred_at=at, excerpt=text_of(node)[:200])

    def crumb_board(self, sight: Sight) -> Board | None:
        m = _REPOSITORY.match(sight.own)
        return Board(id=m[2], title=m[2], url=f"{m[1]}/issues") if m else None

    def board_here(self, sight: Sight) -> Board | None:
        return self.crumb_board(sight)

    def page_links(self, sight: Sight) -> Iterator[Link]:
        """What is closed is listed apart."""
        yield from super().page_links(sight)
        if self.board_url.search(sight.own) and "?" not in sight.own:
            yield Link(url=f"{sight.own}?state=closed", kind=LinkKind.PAGE)


def _reactions(node: LexborNode, name: str) -> int | None:
    words = text_of(first(node, f'[data-reaction-content="{name}"] .reaction-count'))
    return int(words) if words.isdecimal() and len(words) < 8 else None


platform = Gitea()
