"""The comments on a page of WordPress: which they are, which words are whose, who answers whom.

Comments stand within the one they answer, so what is looked up in one must not be found in another.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, every, find_all
from parse.page import Document

_ID = re.compile(r"(?:li-)?comment-(\d+)\Z")
_DEPTH = re.compile(r"(?:\A|\s)depth-(\d+)\b")
_PING = re.compile(r"(?:\A|\s)(?:pingback|trackback)(?:\s|\Z)")
_NODES = '[class*="depth-"], :is(li, article, div)[id^="comment-"]'
WORDS = (
    ".comment-content, .wp-block-comment-content, [itemprop=text], [itemprop=commentText]",
    '[class*="comment-content"], [class*="comment-text"], [class*="comment_text"], .comment-entry',
    ".comment-body",
)
"""The closest first: what holds nothing but words in one theme holds a byline as well in another."""
_AROUND = (
    ".comment-author",
    ".comment-meta",
    ".commentmetadata",
    ".comment-metadata",
    ".comment-date",
    ".reply",
    ".comment-reply-link",
    ".edit-link",
    ".children",
    '[class*="depth-"]',
)
"""What else may stand in the element that holds the words."""
_REPLY = ".comment-reply-link"
_SHALLOWEST = 2
"""Nesting to one level is none."""


_TOLD = re.compile(r"(?:wpd|wc)-comm-\d+_(\d+)\Z")
"""A comment of wpDiscuz and the one that it answers; 0 where that is the article."""


def number_of(node: LexborNode) -> str | None:
    """The number of the comment that this element is; None for anything else."""
    m = _ID.match(node.id or "")
    if m is None and _DEPTH.search(attribute(node, "class")):
        m = next(filter(None, (_ID.match(each.id or "") for each in every(node, "[id*=comment-]"))), None)
    return m[1] if m else None


def comment_nodes(doc: Document) -> Sequence[LexborNode]:
    """The elements that hold comments, the outermost of each; what links here from elsewhere is none."""
    found: dict[str, LexborNode] = {}
    for node in find_all(doc, _NODES):
        number = None if _PING.search(attribute(node, "class")) else number_of(node)
        if number is not None:
            found.setdefault(number, node)
    return tuple(found.values())


def own(node: LexborNode, selector: str) -> list[LexborNode]:
    """What is found in the comment itself, and not in those that answer it."""
    number = number_of(node)
    return [each for each in every(node, selector) if _number_around(each) == number]


def beside(node: LexborNode, selector: str) -> list[LexborNode]:
    """What is found in the comment itself beside its words: a name in them is that of somebody quoted."""
    words = next((found[0] for names in WORDS[:-1] if (found := own(node, names))), None)
    within = {each.mem_id for each in words.css(selector)} if words else ()
    return [each for each in own(node, selector) if each.mem_id not in within]


def _number_around(node: LexborNode) -> str | None:
    above: LexborNode | None = node
    while above is not None and above.is_element_node:
        number = number_of(above)
        if number is not None:
            return number
        above = above.parent
    return None


def body_of(node: LexborNode, markup: QuoteMarkup) -> tuple[LexborNode | None, QuoteMarkup]:
    """The element with the words of a comment, and how to read it."""
    around = replace(markup, drop=(*markup.drop, *_AROUND))
    for names in WORDS:
        if found := own(node, names):
            return found[0], around
    return node, around


def permalink(node: LexborNode) -> str:
    """Where a comment says that it stands; empty where it does not."""
    end = f"#comment-{number_of(node)}"
    links = (attribute(link, "href") for link in own(node, 'a[href*="#comment-"]'))
    return next((link for link in links if link.endswith(end)), "")


def parent_of(node: LexborNode) -> str | None:
    """The comment within which this one stands, or that is the first in the item of the list around it.

    wpDiscuz names it in the id of the one that answers it.
    """
    number = number_of(node)
    if told := _TOLD.match(node.id or ""):
        return told[1] if told[1] != "0" else None
    above: LexborNode | None = node.parent
    while above is not None and above.is_element_node:
        beside = map(number_of, above.iter()) if above.tag == "li" else ()
        found: list[str] = [each for each in (number_of(above), *beside) if each and each != number]
        if found:
            return found[0]
        above = above.parent
    return None


def unsure_of(nodes: Sequence[LexborNode]) -> frozenset[str]:
    """The comments of which it is not known whom they answer.

    A blog nests only so deep. Whatever answers a comment at the bottom stands beside it, and cannot be
    answered itself: the first of each list alone is known to answer what it stands in.
    """
    deep = {number: depth for node in nodes if (number := number_of(node)) and (depth := _depth(node))}
    open_at = [deep[number] for node in nodes if (number := number_of(node)) in deep and own(node, _REPLY)]
    bottom = max(deep.values(), default=0)
    if bottom < _SHALLOWEST or bottom in open_at:
        return frozenset()
    untold = [node for node in nodes if not _TOLD.match(node.id or "")]
    at_bottom = [node for node in untold if deep.get(number_of(node) or "") == bottom]
    firsts = {parent: number_of(node) for node in reversed(at_bottom) if (parent := parent_of(node))}
    return frozenset(
        number for node in at_bottom if (number := number_of(node)) not in firsts.values() and number
    )


def _depth(node: LexborNode) -> int:
    m = _DEPTH.search(attribute(node, "class"))
    return int(m[1]) if m else 0
