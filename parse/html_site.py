"""What the pages of a forum have in common, thread or not: its URLs, its pager, its listings, its walls."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, tzinfo
from itertools import count
from typing import ClassVar

from selectolax.lexbor import LexborNode

from parse.html_fields import (
    attribute,
    captured,
    count_in,
    find,
    find_all,
    first,
    number_in,
    shown_time,
    text_of,
)
from parse.html_table import Mark, Selectors, Sight
from parse.json_fields import whole
from parse.model import Board, Link, LinkKind, PageKind, ThreadRow
from parse.page import Document
from parse.urls import absolute, is_sibling, split, tidy

_LAST_NUMBER = re.compile(r"\d+\Z")
_LONGEST_NUMBER = 6
"""Digits; longer ones are no pages."""
_NUMBER_IN_LINK = re.compile(rb">\s*\d{1,6}\s*(?:</\w+>\s*){0,3}</a", re.I)
"""Many pages have none: a look at their bytes is cheaper than one at each of their links."""
_PLAIN = re.compile(r"[\w.-]+")
"""An id that can stand in a selector, and does in the addresses that it is read from."""


class HtmlSite:
    """Finds its way about a site by the tables of its subclass."""

    name: ClassVar[str]
    software: ClassVar[str] = ""
    """What gives the ids on its pages, where that is another's name: a forum keeps them in a new look."""
    marks: ClassVar[Sequence[Mark]]
    table: ClassVar[Selectors]
    thread_url: ClassVar[re.Pattern[str]]
    """Its group is the thread's id; there may be several alternatives with a group each."""
    board_url: ClassVar[re.Pattern[str]]
    """Its group is the board's id."""
    offset_url: ClassVar[re.Pattern[str]] = re.compile(r"[?&;/](?:page)[=/-](\d+)")
    """Group 1 tells the pages of a thread or board apart."""
    first_offset: ClassVar[int] = 1
    """What group 1 is on the first page: 1 where pages are counted, 0 where posts are."""
    significant: ClassVar[tuple[str, ...]] = ()
    """The query parameters that tell contents apart."""
    permalink: ClassVar[tuple[str, ...]] = ()
    """Those that name a post: kept where a URL does not name its thread."""

    def detect(self, doc: Document) -> float:
        if doc.json is not None:
            return 0.0
        surest_first = sorted(self.marks, key=lambda mark: -mark.weight)
        return next((mark.weight for mark in surest_first if _is_there(mark, doc)), 0.0)

    def canonical(self, url: str) -> str:
        kept = tidy(url, self.significant)
        if self.permalink and not self.listed_at(kept):
            kept = tidy(url, self.permalink)
        return self.without_first_page(kept)

    def without_first_page(self, url: str) -> str:
        """The first page has two URLs, with and without its number."""
        m = self.offset_url.search(url)
        return self.thread_start(url) if m and self.offset_at(url) == 0 else url

    def thread_start(self, url: str) -> str:
        """The URL of the first page."""
        kept = self.offset_url.sub(lambda m: "?" if m[0].startswith("?") else "", url, count=1)
        return re.sub(r"\?(?:[&;]|\Z)", "?", kept).removesuffix("?")

    def sight(self, doc: Document) -> Sight:
        base = attribute(doc.tree.css_first("base[href]"), "href") if "<base" in doc.text else ""
        url = doc.page.url if doc.page.url.startswith("http") else self.stated_url(doc)
        sight = Sight(doc=doc, base=absolute(url, base) if base else url, zone=self.zone(doc))
        return replace(sight, own=self.own_url(sight))

    def zone(self, doc: Document) -> tzinfo:
        """The zone of times that the page shows without one."""
        return UTC

    def stated_url(self, doc: Document) -> str:
        """The URL that the page itself gives for what it shows; that of the fetch where it gives none."""
        stated = (
            attribute(find(doc, 'link[rel="canonical"]'), "href")
            or attribute(find(doc, 'meta[property="og:url"]'), "content")
            or self.title_link(doc)
        )
        return absolute(doc.page.url, stated) if stated else doc.page.url

    def title_link(self, doc: Document) -> str:
        title = find(doc, self.table.title)
        return attribute(title and title.css_first("a[href]"), "href")

    def own_url(self, sight: Sight) -> str:
        """Where this content lives: the URL fetched, unless that is a permalink or a print view of it."""
        fetched = sight.doc.page.url
        return self.canonical(fetched if self.listed_at(fetched) else self.stated_url(sight.doc))

    def kind(self, sight: Sight, posts: Sequence[LexborNode]) -> PageKind:
        """A wall is looked for only where there is no content: log-in boxes stand on every page."""
        doc, table = sight.doc, self.table
        if posts:
            return PageKind.PAST_END if self.is_past_end(sight) else PageKind.THREAD
        if find(doc, table.row):
            return PageKind.BOARD
        for selector, kind in (
            (table.login, PageKind.LOGIN),
            (table.missing, PageKind.MISSING),
            (table.thread_page, PageKind.THREAD),
            (table.board_page, PageKind.BOARD),
            (table.boards, PageKind.INDEX),
            (table.named_boards, PageKind.INDEX),
        ):
            if find(doc, selector):
                return kind
        return PageKind.OTHER

    # The pager

    def offset_at(self, url: str) -> int:
        """How far into the thread or board the URL leads, in pages or in posts; 0 for the first page."""
        m = self.offset_url.search(url)
        number = whole(captured(m)) if m else None
        return 0 if number is None else number - self.first_offset

    def paging(self, sight: Sight) -> tuple[int, int]:
        """The number of this page, and of pages, as the pager shows them; (1, 1) without a pager."""
        shown = whole(number_in(self.current_words(sight)))
        current = self.page_by_url(sight) if shown is None else shown
        return current, max([current, *(number for number, _ in self.pager(sight))])

    def current_words(self, sight: Sight) -> str:
        """What the pager says of the page shown: a bare number, where other words are marked as it is."""
        words = [text_of(node) for node in find_all(sight.doc, self.table.current_page)]
        return next(filter(str.isdecimal, words), next(iter(words), ""))

    def page_by_url(self, sight: Sight) -> int:
        """The number of the page that the URL asks for; where it counts posts, by the pager's links."""
        offset = self.offset_at(sight.own)
        if self.first_offset or not offset:
            return offset + 1
        step = max(self.steps(sight), default=0)
        return int(offset / step) + 1 if step else self.unlinked_page(sight)

    def unlinked_page(self, sight: Sight) -> int:
        """The first number that the pager does not link: a page has no link to itself."""
        linked = {number for number, _ in self.pager(sight)}
        return next(number for number in count(1) if number not in linked)

    def steps(self, sight: Sight) -> list[float]:
        """How much further each link of the pager leads than the one before."""
        return [self.offset_at(url) / (number - 1) for number, url in self.pager(sight) if number > 1]

    def pager(self, sight: Sight) -> Iterator[tuple[int, str]]:
        """The numbered links to other pages."""
        for link in self.pager_links(sight):
            words = text_of(link)
            if words.isdecimal() and len(words) <= _LONGEST_NUMBER:
                yield int(words), sight.url(attribute(link, "href"))

    def pager_links(self, sight: Sight) -> Sequence[LexborNode]:
        """Where the pager is; in themes that renamed it, the numbers that lead as far into what is shown."""
        if not sight.pagers:
            named = find_all(sight.doc, self.table.pager)
            has_ours = any(self.is_ours(sight.url(attribute(link, "href")), sight) for link in named)
            sight.pagers.append(named if has_ours else [*named, *self.numbers(sight)])
        return sight.pagers[0]

    def numbers(self, sight: Sight) -> Iterator[LexborNode]:
        """Links that are a number, lead to a page of this thread or board, and to no post on it."""
        own = self.listed_at(sight.own) if _NUMBER_IN_LINK.search(sight.doc.page.body) else None
        to_own = f'a[href*="{own[1]}"]:not([href*="#"])' if own and _PLAIN.fullmatch(own[1]) else "a[href]"
        for link in sight.doc.tree.css(to_own) if own else ():
            words = text_of(link)
            if not words.isdecimal() or len(words) > _LONGEST_NUMBER:
                continue
            url = sight.url(attribute(link, "href"))
            if self.listed_at(url) == own and self.is_page(int(words), self.offset_at(self.canonical(url))):
                yield link

    def is_page(self, number: int, offset: int) -> bool:
        """Whether a link with this number may lead as far: pages are counted, or posts, so many a page."""
        if self.first_offset or number < 2:
            return offset == number - 1
        return offset > 0 and offset % (number - 1) == 0

    def is_past_end(self, sight: Sight) -> bool:
        """Whether the URL asked for a page after the last: the server then shows another one instead."""
        asked = self.offset_at(sight.doc.page.url)
        if not asked:
            return False
        steps = self.steps(sight)
        if not steps or not find(sight.doc, self.table.current_page):
            return False
        return max(steps) > 0 and asked / max(steps) + 1 > self.paging(sight)[0]

    def page_links(self, sight: Sight) -> Iterator[Link]:
        """Other pages of this same thread or board: pagers also lead to the next topic."""
        for link in self.pager_links(sight):
            url = sight.url(attribute(link, "href"))
            if self.is_ours(url, sight):
                yield Link(url=self.canonical(url), kind=LinkKind.PAGE)

    def is_ours(self, url: str, sight: Sight) -> bool:
        """Whether a URL is of this same thread or board, as far as URLs tell."""
        own, here = self.listed_at(sight.own), self.listed_at(url)
        return here == own if own else here is not None or is_sibling(sight.own, url)

    def listed_at(self, url: str) -> tuple[LinkKind, str] | None:
        """The thread or the board that the URL is a page of."""
        if m := self.thread_url.search(url):
            return LinkKind.THREAD, captured(m)
        m = self.board_url.search(url)
        return (LinkKind.BOARD, captured(m)) if m else None

    # Listings

    def board_here(self, sight: Sight) -> Board | None:
        """The board whose listing this is."""
        url = sight.own
        m = self.board_url.search(url)
        path = (
            split(self.thread_start(url)).path.strip("/")
            if self.table.named_boards and find(sight.doc, self.table.row)
            else ""
        )
        board_id = captured(m) if m else path
        if not board_id:
            return None
        title = text_of(find(sight.doc, self.table.title)) or self.crumb_title(board_id, sight)
        return Board(id=board_id, title=title, url=url)

    def crumb_title(self, board_id: str, sight: Sight) -> str:
        """What the way to a board calls it, where a theme gives it no heading."""
        steps = (self.board_in(link, sight) for link in find_all(sight.doc, self.table.crumbs))
        here = (step.title for step in steps if step and step.id == board_id and not self.offset_at(step.url))
        return next(here, "")

    def crumb_board(self, sight: Sight) -> Board | None:
        """The board that the breadcrumbs of a thread page lead to.

        Where a site has rewritten its URLs beyond recognition, the last crumb is the board, its path the id.
        """
        links = find_all(sight.doc, self.table.crumbs)
        known = [board for link in links if (board := self.board_in(link, sight))]
        if known:
            return known[-1]
        others = [(text_of(link), self.canonical(sight.url(attribute(link, "href")))) for link in links]
        paths = [(title, url, split(url).path.strip("/")) for title, url in others if title]
        named = [
            Board(id=path, title=title, url=url) for title, url, path in paths if path and "." not in path
        ]
        return named[-1] if named else None

    def named_board(self, link: LexborNode, sight: Sight) -> Board | None:
        """A board of this site by where its link stands; its path is the id."""
        url, title = self.canonical(sight.url(attribute(link, "href"))), text_of(link)
        there = split(url)
        path = there.path.strip("/")
        is_ours = there.hostname == split(sight.own).hostname and not path.endswith(".php")
        return Board(id=path, title=title, url=url) if path and title and is_ours else None

    def board_in(self, link: LexborNode, sight: Sight) -> Board | None:
        url = sight.url(attribute(link, "href"))
        m = self.board_url.search(url)
        title = text_of(link)
        return Board(id=captured(m), title=title, url=self.canonical(url)) if m and title else None

    def boards(self, sight: Sight) -> tuple[Board, ...]:
        """The boards that the page leads to, other than the one it shows; its pager is not among them."""
        here = self.listed_at(sight.own)
        known = [self.board_in(link, sight) for link in find_all(sight.doc, self.table.boards)]
        named = find_all(sight.doc, self.table.named_boards)
        known += [self.board_in(link, sight) or self.named_board(link, sight) for link in named]
        found: dict[str, Board] = {}
        for board in known:
            if board and not self.offset_at(board.url) and (LinkKind.BOARD, board.id) != here:
                found.setdefault(board.id, board)
        return tuple(found.values())

    def rows(self, sight: Sight) -> tuple[ThreadRow, ...]:
        found = (self.row(node, sight) for node in find_all(sight.doc, self.table.row))
        return tuple({row.id: row for row in found if row}.values())

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        link = first(node, self.table.row_link)
        url = sight.url(attribute(link, "href"))
        thread_id = self.row_id(node, url)
        if thread_id is None:
            return None
        last = first(node, self.table.row_last)
        return ThreadRow(
            id=thread_id,
            title=text_of(link),
            url=self.canonical(url),
            reply_count=count_in(text_of(first(node, self.table.row_replies))),
            last_post_at=sight.time(self.time_shown(first(node, self.table.row_time))),
            last_post_id=self.post_at(attribute(last, "href")),
            is_sticky=first(node, self.table.row_sticky) is not None,
            is_locked=first(node, self.table.row_locked) is not None,
            is_moved=first(node, self.table.row_moved) is not None,
        )

    def row_id(self, node: LexborNode, url: str) -> str | None:
        """The thread's id from its URL; from the row itself where that is rewritten beyond recognition."""
        if m := self.thread_url.search(url):
            return captured(m)
        numbered = first(node, self.table.row_number)
        m = _LAST_NUMBER.search(numbered.id or "") if numbered else None
        return m[0] if m and url else None

    def time_shown(self, node: LexborNode | None) -> str:
        """What an element with a time says, in its most exact form."""
        return shown_time(node)

    def post_at(self, url: str) -> str | None:
        """The id of the post that a link leads to."""
        return None


def _is_there(mark: Mark, doc: Document) -> bool:
    """What costs least is asked first."""
    possible = doc.markup.possible(mark.selector)
    return bool(possible) and mark.is_hinted_at(doc.text) and doc.tree.css_first(possible) is not None


def language(doc: Document) -> str:
    """The language that the page says it is written in; empty where it does not."""
    return attribute(find(doc, "html[lang]"), "lang") or attribute(
        find(doc, 'meta[property="og:locale"]'), "content"
    )


def site_title(doc: Document) -> str | None:
    """What the site calls itself."""
    return attribute(find(doc, 'meta[property="og:site_name"]'), "content") or None
