"""Small questions to a node of a page: its text, its number, its time. Shared by all adapters."""

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborNode

from parse.json_fields import whole
from parse.page import Document
from parse.tree import Tree

_NUMBER = re.compile(r"\d+")
_COUNT = re.compile(r"(\d+(?:[.,\u00a0\u202f']\d{3})+(?!\d)|\d+(?:[.,]\d+)?)\s*([kKmM])?(?![a-zA-Z])")
_FACTOR = {"k": 1_000, "m": 1_000_000}
_TIME_ATTRIBUTES = ("datetime", "data-time", "data-timestamp", "content")


def text_of(node: LexborNode | None) -> str:
    """The text, white space collapsed; empty for None."""
    return "" if node is None else " ".join(node.text().split())


def attribute(node: LexborNode | None, name: str) -> str:
    """The attribute's value; empty where it is missing, and for None or the document above the root."""
    return "" if node is None or not node.is_element_node else node.attrs.get(name) or ""


def has_class(node: LexborNode | None, *names: str) -> bool:
    """Whether the class attribute lists one of the names; False for no node."""
    return not set(names).isdisjoint(attribute(node, "class").split())


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """The elements that a node stands in, the innermost first."""
    above = node.parent
    while above is not None and above.is_element_node:
        yield above
        above = above.parent


def address(doc: Document) -> str:
    """Where a page stood: a saved one says so itself, or nothing."""
    if doc.page.url.startswith("http"):
        return doc.page.url
    stated = attribute(doc.tree.css_first('link[rel="canonical"]'), "href")
    return stated or attribute(doc.tree.css_first('meta[property="og:url"]'), "content")


def first(node: LexborNode, selector: str) -> LexborNode | None:
    """The first match within (or at) the node; None for an empty selector. Free where the page has none."""
    tree = node.parser
    wanted = tree.worth(selector) if isinstance(tree, Tree) else selector
    return node.css_first(wanted) if wanted else None


def every(node: LexborNode, selector: str) -> list[LexborNode]:
    """All matches within (or at) the node. Free where the page has none."""
    tree = node.parser
    wanted = tree.worth(selector) if isinstance(tree, Tree) else selector
    return node.css(wanted) if wanted else []


def first_own(node: LexborNode, selector: str, is_post: Callable[[LexborNode], bool]) -> LexborNode | None:
    """The first match in a post itself, where the posts that answer it stand within it."""

    def is_own(part: LexborNode) -> bool:
        inner = next(filter(is_post, ancestors(part)), None)
        return inner is None or inner.mem_id == node.mem_id

    return next(filter(is_own, every(node, selector)), None)


def find(doc: Document, selector: str) -> LexborNode | None:
    """The first match on the page; None for an empty selector. Cheap where there is none, as is common."""
    wanted = doc.tree.worth(selector)
    return doc.tree.css_first(wanted) if wanted else None


def find_all(doc: Document, selector: str) -> list[LexborNode]:
    """All matches on the page, in its order; a node that several alternatives match comes several times."""
    wanted = doc.markup.possible(selector)
    return doc.tree.css(wanted) if wanted else []


def number_in(text: str) -> str | None:
    """The first run of digits."""
    m = _NUMBER.search(text)
    return m[0] if m else None


def count_in(text: str) -> int | None:
    """The first count as people are shown it: "1,487 Views", "2.3k"."""
    m = _COUNT.search(text)
    if not m:
        return None
    if m[2]:
        return whole(float(m[1].replace(",", ".")) * _FACTOR[m[2].lower()])
    return whole(m[1] if m[1].isdecimal() else re.sub(r"\D", "", m[1]))


def shown_time(node: LexborNode | None) -> str:
    """The time as the most exact form the node has: a machine value first, then a title, then the text."""
    if node is None:
        return ""
    attrs = node.attrs
    for name in _TIME_ATTRIBUTES:
        if value := attrs.get(name):
            return value
    title = attrs.get("title") or ""
    return title if title[:1].isdigit() or title[-1:].isdigit() or ":" in title else text_of(node)


def captured(m: re.Match[str]) -> str:
    """What an expression of alternatives, with one group each, has caught."""
    return m[m.lastindex or 0]
