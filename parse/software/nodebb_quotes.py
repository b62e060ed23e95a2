"""How NodeBB writes quotes: who is quoted stands in the block since version 3, above it until then.

Known from NodeBB 1.4 running, and from its composer since. The head is written in the language of whoever
quotes, so that it is known by its two links, to a person and to a post, and not by its words.
"""

import re
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, text_of
from parse.quotes.heads import NO_HEAD, QuoteHead

_SOURCE = re.compile(r"/post/([^/?#]+)")
_NAME = re.compile(r"(?<!\S)@([^\s:：]+)")
_MOST_BESIDE = 24
"""Characters of a head beside its links: "said in", in the most talkative of NodeBB's languages."""


def _describe(block: LexborNode) -> QuoteHead:
    """Since version 3 the head is the block's first paragraph: "@jane said:", said being a link to the post.

    Until then it stands before the block: "@jane said in Gate hours:", the title being that link. Either way
    a quote within a quote may have its head where the other way has that of the quote around it; the
    outermost tells which way it is.
    """
    within, above = _head(_first_line(block), 0), _line_before(block)
    before = _head(above, -1)
    if above is None or before is None:
        return within or NO_HEAD
    if _head(_line_before(_outermost(block)), -1):
        return before
    return within or (NO_HEAD if _begins(block.parent, above) else before)


def _begins(block: LexborNode | None, line: LexborNode) -> bool:
    """Whether a line is what a quote begins with."""
    own = _first_line(block) if block is not None else None
    return own is not None and own.mem_id == line.mem_id


def _head(paragraph: LexborNode | None, line: int) -> QuoteHead | None:
    """What one line of a paragraph says, if it is a head; None where it is not."""
    nodes = _lines(paragraph)[line] if paragraph is not None else []
    links = [node for node in nodes if node.tag == "a"]
    source = next((m for link in links if (m := _SOURCE.search(attribute(link, "href")))), None)
    person = next((link for link in links if "plugin-mentions" in attribute(link, "class")), None)
    if source is None or len(links) != 1 + (person is not None):
        return None
    said = " ".join("".join(node.text() for node in nodes).split())
    name = _NAME.search(said if person is None else text_of(person))
    beside = len(said) - sum(len(text_of(link)) for link in links)
    most = _MOST_BESIDE + (len(name[0]) if name and person is None else 0)
    if name is None or beside > most:
        return None
    return QuoteHead(attributed_to=name[1], source_ref=unquote(source[1]), line=said)


def _lines(paragraph: LexborNode) -> list[list[LexborNode]]:
    """Own words may stand before a head, quoted ones behind it, on other lines of the same paragraph."""
    lines: list[list[LexborNode]] = [[]]
    for node in paragraph.iter(include_text=True):
        lines += [[]] if node.tag == "br" else []
        lines[-1] += [] if node.tag == "br" else [node]
    return lines


def _first_line(block: LexborNode) -> LexborNode | None:
    """The paragraph that a quote begins with."""
    first = next(iter(block.iter()), None) if block.tag == "blockquote" else None
    return first if first is not None and first.tag == "p" else None


def _outermost(block: LexborNode) -> LexborNode:
    found, above = block, block.parent
    while above is not None:
        found = above if above.tag == "blockquote" else found
        above = above.parent
    return found


def _line_before(block: LexborNode) -> LexborNode | None:
    """The paragraph right above a quote."""
    before = block.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    return before if before is not None and before.tag == "p" else None


QUOTES = QuoteMarkup(block="blockquote", describe=_describe)
