"""Redmine: the topics of its forums, issues with their notes, and the lists of both.

Known from Redmine 5.0, and issues from pages of 0.8 to 2. A page of a topic repeats the opening post; a lock
shows in lists only, and of an edit nothing is told. Lists of issues are of what is open: begin at
`/issues?status_id=*` for all. The robots.txt that Redmine brings along forbids the lists of one project
(`/projects/…/issues`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.dates import usual_order
from parse.html_fields import attribute, captured, find, find_all, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_site import language
from parse.html_table import Mark, Selectors, Sight
from parse.model import Author, Board, Link, LinkKind, PageKind, Post, Quote, Thread, ThreadRow, changed
from parse.page import Document
from parse.quotes.heads import NO_HEAD, QuoteHead, read_line
from parse.urls import absolute

_CLOCK = re.compile(r"\d{1,2}:\d{2}(?:\s*[ap]\.?m\b\.?)?", re.I)
_DAY = re.compile(r"[?&]from=(\d{4}-\d{2}-\d{2})")
_BY = re.compile(r"\b(?:Added|Updated) by\s+(.+?)\s*\Z")
_REJECTED = re.compile(
    r"reject|declin|refus|cancel|invalid|duplicate|won.?t|abgelehnt|rejet|rechaz|rifiut", re.I
)
_FIRST_SHOWN = re.compile(r"\((\d+)\s*-\s*\d+/\d+\)")
_SOURCE = re.compile(r"#(message-\d+)|/(issues/\d+#note-\d+)|\A(#note-\d+)")
_TOPIC = re.compile(r"/boards/\d+/topics/(\d+)\Z")
_QUOTED = 'a[href*="#message-"], a[href*="#note-"], a.message[href*="/topics/"]'
_HEADS = ", ".join(f"p:has(> {link}:last-child):has(+ blockquote)" for link in _QUOTED.split(", "))
_INWARD = (
    ".controller-projects #main-menu a.boards, .controller-projects #main-menu a.issues, "
    ".controller-projects.action-index #content a.project"
)
_OPENING = "opening"
"""Stands for the id of the opening post, which only the URL tells, until the page is read."""


def _describe(block: LexborNode) -> QuoteHead:
    """Above it stands "Jane wrote in RE: Gate hours:", the title a link to the post, or "in #note-3:"."""
    above = block.prev
    while above is not None and not above.is_element_node:
        above = above.prev
    link = first(above, _QUOTED) if above is not None else None
    source = _source(attribute(link, "href"))
    title = text_of(link)
    if above is None or source is None or not title:
        return NO_HEAD
    said = text_of(above).partition(title)[0].strip()
    head = read_line(said.rpartition(" ")[0] + ":")  # without the "in"
    return QuoteHead(attributed_to=head.attributed_to if head else None, source_ref=source)


def _source(url: str) -> str | None:
    """The post that a link leads to; an opening post has the address of its topic."""
    m = _SOURCE.search(url)
    topic = _TOPIC.search(url)
    return captured(m) if m else topic and f"message-{topic[1]}"


class Redmine(HtmlPlatform):
    name = "redmine"
    marks = (
        Mark('content="Redmine"', 'meta[name="description"][content="Redmine"]', 0.95),
        Mark('content="redMine"', 'meta[name="description"][content="redMine"]', 0.95),
        Mark("controller-messages", "body.controller-messages #content > .message > .wiki", 0.9),
        Mark("controller-issues", "body.controller-issues div.issue.details", 0.9),
        Mark("controller-", "body:is(.controller-issues, .controller-boards) table.list", 0.8),
    )
    table = Selectors(
        post=".controller-messages #content > .message, #replies > .message, div.issue.details, "
        '#history [id^="change-"]:has([id$="-notes"])',
        body='.message > .wiki, .description > .wiki, .issue.details > .wiki, [id^="journal-"][id$="-notes"]',
        author=':is(.author, h4) a:is([href*="/users/"], [href*="/account/show/"])',
        time='a[title][href*="activity?from="], .author abbr[title], h4 abbr[title]',
        title="div.issue .subject h3, div.issue > h3, "
        ".controller-messages #content > h2, .controller-boards #content > h2",
        crumbs='.controller-messages .breadcrumb a[href*="/boards/"]',
        status=".status.attribute .value, div.issue table td.status:not(:has(b))",
        pager=".pagination .page a[href]",
        current_page=".pagination .current",
        thread_page=".controller-messages.action-show #content, div.issue.details",
        row="table.messages tr.message, table.issues tr.issue",
        row_link="td.subject a[href]",
        row_replies="td.reply-count, td.replies",
        row_time='.last_message a[title][href*="activity?from="], .last_message abbr[title], td.updated_on',
        row_last='.last_message a[href*="#message-"]',
        boards="table.boards a.board",
        board_page=".controller-boards #add-message, .controller-issues.action-index",
        login="#login-form form",
        missing="#errorExplanation",
    )
    quotes = QuoteMarkup(
        block="blockquote", head_before=_HEADS, drop=("a.wiki-anchor", ".contextual"), describe=_describe
    )
    thread_url = re.compile(r"/boards/\d+/(topics/\d+)|/(issues/\d+)(?=[/?#]|\Z)")
    board_url = re.compile(
        r"/(boards/\d+)(?=[?#]|\Z)|/projects/([^/]+/issues)/?(?:\?|\Z)|/(issues)/?(?:\?|\Z)"
    )
    user_url = re.compile(r"/(?:users|account/show)/(\d+)")
    significant = ("page", "status_id")

    def stated_url(self, doc: Document) -> str:
        """Its feed tells; of a topic, the links of its replies to themselves."""
        feed = find(doc, ".other-formats a.atom[href], .reply-header a[href]")
        address = attribute(feed, "href").partition("?")[0].removesuffix(".atom")
        return absolute(doc.page.url, address) if address else super().stated_url(doc)

    def sight(self, doc: Document) -> Sight:
        """Lists have dates in the order of the language, and no other sign of it."""
        sight = super().sight(doc)
        is_told = doc.day_first is not None
        return replace(sight, day_first=doc.day_first if is_told else usual_order(language(doc)))

    def canonical(self, url: str) -> str:
        return super().canonical(url).replace("%2A", "*")

    def kind(self, sight: Sight, posts: Sequence[LexborNode]) -> PageKind:
        found = super().kind(sight, posts)
        return PageKind.INDEX if found is PageKind.OTHER and find(sight.doc, _INWARD) else found

    def page_links(self, sight: Sight) -> Iterator[Link]:
        """The pages of projects lead to their forums and issues, the list of projects to these pages."""
        yield from super().page_links(sight)
        for link in find_all(sight.doc, _INWARD):
            yield Link(url=self.canonical(sight.url(attribute(link, "href"))), kind=LinkKind.BOARD)

    def post_id(self, node: LexborNode) -> str | None:
        return node.id or _OPENING

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """A topic is called by its opening post; notes are quoted by their place in the issue."""
        m = self.thread_url.search(sight.own)
        thread = captured(m) if m else ""
        opening = thread.replace("topics/", "message-").replace("issues/", "issue-") or _OPENING
        posts = [self.placed(node, post, thread, opening, sight) for node, post in found]
        return super().settled(list(zip((node for node, _ in found), posts, strict=True)), sight)

    def placed(self, node: LexborNode, post: Post, thread: str, opening: str, sight: Sight) -> Post:
        """The post with the ids that only its page tells: that of the opening one, and those of notes."""
        note = _note(node)
        return changed(
            post,
            id=opening if post.id == _OPENING else post.id,
            url=self.thread_start(sight.own) if post.id == _OPENING else post.url,
            aliases=(f"{thread}#{note}",) if note else (),
            quotes=tuple(_within(thread, quote) for quote in post.quotes),
        )

    def numbered(self, posts: Sequence[Post], sight: Sight) -> Sequence[Post]:
        """Each page of a topic shows the opening post once more, and says which replies follow it."""
        shown = _FIRST_SHOWN.search(text_of(find(sight.doc, ".pagination .items")))
        start = int(shown[1]) if shown else 1
        return [
            changed(post, position=start + number if number else 1, is_copy=start > 1 and not number)
            for number, post in enumerate(posts)
        ]

    def author_node(self, node: LexborNode) -> LexborNode | None:
        """The picture is a link of the same kind, without words."""
        return next(filter(text_of, node.css(self.table.author)), None)

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        """Whoever has left, or wrote without an account, is named without a link."""
        found = super().author(node, sight)
        byline = first(node, ".author, h4")
        if found or byline is None:
            return found
        said = _BY.search(_before_time(byline))
        return Author(name=said[1]) if said else None

    def linked_author(self, node: LexborNode, sight: Sight) -> Author | None:
        return None

    def time_shown(self, node: LexborNode | None) -> str:
        """Its day stands in the link as well, in one order for all settings."""
        title = attribute(node, "title") or text_of(node)
        day, clock = _DAY.search(attribute(node, "href")), _CLOCK.search(title)
        return f"{day[1]} {clock[0]}" if day and clock else title

    def post_at(self, url: str) -> str | None:
        m = _SOURCE.search(url)
        return captured(m) if m else None

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        return f"{sight.own}#{_note(node) or post_id}"

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        """What is rejected is closed, too."""
        thread = super().thread(sight, posts, url)
        is_closed = find(sight.doc, "div.issue.closed.details") is not None
        return replace(thread, is_solved=is_closed and not _REJECTED.search(thread.status or ""))

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        row, classes = super().row(node, sight), attribute(node, "class").split()
        return row and replace(row, is_locked="locked" in classes, is_sticky="sticky" in classes)

    def crumb_board(self, sight: Sight) -> Board | None:
        """Of an issue, its project."""
        return super().crumb_board(sight) or self.project(sight)

    def board_here(self, sight: Sight) -> Board | None:
        """The issues of all projects are no board."""
        is_forum = find(sight.doc, ".controller-issues") is None
        return super().board_here(sight) if is_forum else self.project(sight)

    def project(self, sight: Sight) -> Board | None:
        link = find(sight.doc, '#main-menu a.issues[href*="/projects/"]')
        board = self.board_in(link, sight) if link is not None else None
        name = text_of(find(sight.doc, "#header h1 .current-project, #header h1"))
        return board and replace(board, title=name or board.title)


def _note(node: LexborNode) -> str:
    """What the note is called within its issue; up to version 1 by an anchor."""
    mark = first(node, "[id^=note-], a[name^=note-]")
    return attribute(mark, "id") or attribute(mark, "name")


def _within(thread: str, quote: Quote) -> Quote:
    """A note of the same issue is quoted by its number alone."""
    source = quote.source_ref or ""
    return changed(quote, source_ref=thread + source) if source.startswith("#") else quote


def _before_time(byline: LexborNode) -> str:
    """The words of a byline up to its first date."""
    said = ""
    for part in byline.iter(include_text=True):
        if attribute(part, "title"):
            break
        said += part.text_content or ""
    return " ".join(said.split())


platform = Redmine()
