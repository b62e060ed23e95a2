"""A page of an unknown forum: its thread, its place in it, the pages beside it."""

import re
from hashlib import blake2b

from parse.html_fields import attribute, text_of
from parse.json_fields import whole
from parse.model import Board, Link, LinkKind
from parse.page import Document
from parse.urls import absolute, tidy

_PAGER = re.compile(
    r"[?&](?:page|p|pg|seite|pagina)=(\d+)|/(?:page|seite|p|pagina)[-/]?(\d+)(?=/|$)|[?&](?:start|offset|st)=(\d+)",
    re.I,
)
_CRUMBS = (
    "[class*=crumb i], [id*=crumb i], [aria-label*=crumb i], [itemtype*=BreadcrumbList], "
    "[class*=navstrip i], [id*=navstrip i]"
)
"""The way from the index to the page."""


def thread_id(url: str) -> str:
    """The same for all pages of a thread."""
    return digest(first_page(url))


def heading(doc: Document) -> str:
    return text_of(doc.tree.css_first("h1") or doc.tree.css_first("title"))


def page_number(url: str) -> int | None:
    """Where in its thread a page stands (offsets count up as numbers do); None for a URL without either."""
    m = _PAGER.search(url)
    number = whole(m[1] or m[2] or m[3]) if m else None
    if m is None or number is None:
        return None
    return number if m[3] is None else number + 1


def page_links(doc: Document) -> tuple[Link, ...]:
    """Other pages of the thread: what says it is the next, and what differs in its number only."""
    own = tidy(doc.page.url)
    start = doc.base
    named = [attribute(n, "href") for n in doc.tree.css('link[rel~="next"], a[rel~="next"]')]
    others = [attribute(n, "href") for n in doc.tree.css("a[href]")]
    urls = [tidy(absolute(start, href)) for href in dict.fromkeys(named) if href]
    urls += [url for url in (tidy(absolute(start, href)) for href in others) if is_page_of(url, own)]
    return tuple(Link(url=url, kind=LinkKind.PAGE) for url in dict.fromkeys(urls) if url != own)


def board_at(url: str, title: str) -> Board:
    """The same whatever page of the board is known."""
    return Board(id=thread_id(url), title=title, url=first_page(url))


def board_above(doc: Document) -> Board | None:
    """The board of a thread, by the way that the page shows to it: the last step but the thread itself.

    A way of one step leads to the index.
    """
    own, start = first_page(tidy(doc.page.url)), doc.base
    nodes = {link.mem_id: link for place in doc.tree.css(_CRUMBS) for link in place.css("a[href]")}
    links = [(tidy(absolute(start, attribute(node, "href"))), text_of(node)) for node in nodes.values()]
    steps = dict.fromkeys((url, title) for url, title in links if title and first_page(url) != own)
    return board_at(*list(steps)[-1]) if len(steps) > 1 else None


def is_page_of(url: str, own: str) -> bool:
    """Whether two URLs are of one thread, and the first of a page of it."""
    return bool(_PAGER.search(url)) and first_page(url) == first_page(own)


def first_page(url: str) -> str:
    """The URL without what tells the pages of a thread apart."""
    return _PAGER.sub("", url)


def digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()
