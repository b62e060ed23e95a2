"""UserVoice: ideas with their votes, the team's response and comments.

The names are those that importers of whole forums found (F#, DuckDuckGo, Procore) and that readers of 2025
still find (ideas.mist.com); the front page was seen as saved. Comments come newest first, 20 a page; the idea
and the response stand above them on every page. What is done or declined leaves the forum's list for that of
its status.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse import second_way
from parse.body import QuoteMarkup, untangle
from parse.html_fields import attribute, count_in, number_in, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.model import Author, Board, Post, ThreadRow
from parse.quotes.plain import Body

_IDEA, _RESPONSE = "h1", "uvUserAction-admin-response"
_BY = ".uvIdeaSuggestors, .uvUserAction:not(.uvUserAction-comment):not(.uvUserAction-admin-response)"
_RANK = re.compile(r"\s*\(([^()]*)\)\s*\Z")
"""Behind the name of those who speak for the company: "Ann Ortega (Admin, Lodestar)"."""
_OF_FORUM = re.compile(r"\A(.*?/forums/(\d+)[^/?#]*)/suggestions/")
_NUMBERED = re.compile(r"comment[-_]?(\d+)")


class UserVoice(HtmlPlatform):
    name = "uservoice"
    marks = (
        Mark("uvIdea", ".uvIdeaVoteCount, .uvIdeaTitle, .uvUserAction-comment, li.uvListItem.uvIdea", 0.95),
        Mark("uvPageContainer", "body[class*=uv-locale-] .uvPageContainer", 0.9),
    )
    table = Selectors(
        post="h1.uvIdeaTitle, .uvUserAction-admin-response, .uvUserAction-comment,"
        " .uvList-comments .uvUserAction",
        body=".uvUserActionBody .typeset, .uvUserActionBody, .typeset",
        author='a[href*="/users/"], .vcard .fn, .uvCustomLink-color',
        time="time",
        role=".uvUserBadgeLabel",
        title="h1",
        status=".uvStyle-status",
        crumbs='.uvBreadcrumbs a[href*="/forums/"]',
        pager='.uvPagination a[href], .pagination a[href], a.next_page[href], a[rel="next"][href]',
        current_page=".uvPagination .current, .pagination .current",
        row="li.uvIdea:has(.uvIdeaTitle a)",
        row_link=".uvIdeaTitle a[href]",
        boards='a[href*="/forums/"]',
        board_page=".uvListItem-noresults",
    )  # fmt: skip
    quotes = QuoteMarkup(block="blockquote")
    thread_url = re.compile(r"/suggestions/(\d+)")
    board_url = re.compile(r"/forums/(\d+)[^/?#]*/?(?=[?#]|\Z|filters/)|/forums/\d+[^/?#]*/(status/\d+)")
    user_url = re.compile(r"/users/(\d+)")
    significant = ("page",)

    def canonical(self, url: str) -> str:
        """A filter is an order of the same list."""
        return re.sub(r"(/forums/[^/?#]+)/filters/\w+", r"\1", super().canonical(url))

    def post_id(self, node: LexborNode) -> str | None:
        if node.tag == _IDEA:
            return _idea_id(node)
        if _RESPONSE in attribute(node, "class"):
            return f"response-{_idea_id(node)}"
        around = [*attribute(node.parent, "class").split(), attribute(node.parent, "id"), node.id or ""]
        found = next((m[1] for name in around if (m := _NUMBERED.search(name))), None)
        return found or second_way.made_id(node, self.post_at)

    def post_at(self, url: str) -> str | None:
        m = _NUMBERED.search(url.partition("#")[2])
        return m[1] if m else None

    def body(self, node: LexborNode) -> Body:
        """Many an idea is told by its title alone."""
        if node.tag != _IDEA:
            return super().body(node)
        words = _on_page(node, ".uvIdeaDescription .typeset, .uvIdeaDescription")
        said = untangle(words, self.quotes) if words else None
        return said if said and said.full_text else untangle(node, self.quotes)

    def author_node(self, node: LexborNode) -> LexborNode | None:
        """The first link may hold the picture alone."""
        by = _header(node)
        return next(filter(text_of, by.css(self.table.author)), None) if by else None

    def author_at(self, link: LexborNode, node: LexborNode, sight: Sight) -> Author:
        found = super().author_at(link, node, sight)
        by = _header(node)
        said = _RANK.search(found.name) or _RANK.search(text_of(by and by.css_first(".vcard")))
        role = found.role or (said[1] if said else None)
        answers = _RESPONSE in attribute(node, "class")
        staff = answers or found.is_staff or bool(role and re.search(r"\badmin\b", role, re.I))
        return replace(found, name=_RANK.sub("", found.name), role=role or ("Admin" if answers else None),
                       is_staff=staff)  # fmt: skip

    def dated(self, node: LexborNode, sight: Sight) -> str:
        by = _header(node)
        return self.time_shown(by.css_first(self.table.time)) if by else ""

    def likes(self, node: LexborNode) -> int | None:
        votes = _on_page(node, ".uvIdeaVoteCount") if node.tag == _IDEA else None
        return count_in(text_of(votes))

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        return self.thread_start(sight.own) if node.tag == _IDEA else super().post_url(node, post_id, sight)

    def position(self, node: LexborNode) -> int | None:
        return 1 if node.tag == _IDEA else None

    def reply_to(self, node: LexborNode) -> str | None:
        return _idea_id(node) if _RESPONSE in attribute(node, "class") else None

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """In the order of time, the idea first: what is shown above the comments may be younger than they."""
        posts = super().settled(found, sight)
        return (*(post for post in posts if post.position), *_in_time([p for p in posts if not p.position]))

    def board_in(self, link: LexborNode, sight: Sight) -> Board | None:
        """Links to a forum are drawn with arrows."""
        board = super().board_in(link, sight)
        return board and replace(board, title=board.title.strip("\u2190\u2192 \xa0"))

    def crumb_board(self, sight: Sight) -> Board | None:
        """The URL of an idea begins with that of its forum."""
        known, m = super().crumb_board(sight), _OF_FORUM.search(sight.own)
        return known if known or not m else Board(id=m[2], title="", url=m[1])

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        """The number of comments is a second link to the idea."""
        row, links = super().row(node, sight), node.css('a[href*="/suggestions/"]')[1:]
        return row and replace(row, reply_count=_first(count_in(text_of(link)) for link in links))


def _on_page(node: LexborNode, selector: str) -> LexborNode | None:
    """The parts of an idea stand in several columns of its page."""
    return node.parser.css_first(selector) if node.parser else None


def _idea_id(node: LexborNode) -> str | None:
    voted = attribute(_on_page(node, ".uvIdeaVoteCount[data-id]"), "data-id")
    stated = attribute(_on_page(node, 'link[rel="canonical"]'), "href")
    m = UserVoice.thread_url.search(stated)
    return number_in(voted) or (m[1] if m else None) or "idea"


def _header(node: LexborNode) -> LexborNode | None:
    """What names author and time: the head of a comment; that of an idea stands apart."""
    return _on_page(node, _BY) if node.tag == _IDEA else node


def _in_time(posts: Sequence[Post]) -> Sequence[Post]:
    """Where only days are shown, the order of the page tells what came before."""
    moments = {post.id: post.posted_at for post in posts if post.posted_at}
    if len(moments) < len(posts) or not posts:
        return posts
    is_newest_first = moments[posts[0].id] > moments[posts[-1].id]
    return sorted(posts[::-1] if is_newest_first else posts, key=lambda post: moments[post.id])


def _first(numbers: Iterable[int | None]) -> int | None:
    return next((number for number in numbers if number is not None), None)


platform = UserVoice()
