"""Heads of quotes in markup that nobody has described: above, in or below one, they become its `<cite>`."""

import re
from itertools import islice, takewhile

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from parse.quotes.heads import read_line, says_who
from parse.unknown.byline_text import is_byline, name_in_line
from parse.unknown.marks import DATE_TEXT
from parse.unknown.name_places import NAME_WORDS
from parse.unknown.quote_boxes import BOXES, LABEL, LONGEST_HEAD
from parse.unknown.tags import classes, clean, inside, opening

_SET_APART = ("strong", "b", "em", "i", "a", "span", "small", "u")
_INLINE = (*_SET_APART, "sup", "font", "img")
_SIGNING = ("dl", "header")
_OF_A_QUOTE = re.compile(r"(?:bb)?(?:quot(?:e|ed|ing|er|ation)?|zitat|citation|cita)(?![^\W_])", re.I)
_CLOCK = re.compile(r"\d[:.h]\d\d")
_MOST_PIECES = 12
"""Of a line that a head may be."""


def take_in_heads(body: Tag) -> None:
    """What stands right before a `<blockquote>` and says who is quoted becomes its first words."""
    for quote in inside(body, "blockquote"):
        before = _said_before(quote, body)
        if before is None:
            continue
        line = [before] if _leads_in(before) else _line_to(before)
        if not line or _is_head_of_quote_around(line[0]):
            continue
        head = BeautifulSoup("", "html.parser").new_tag("cite")
        head.extend([part.extract() for part in line])
        quote.insert(0, head)


def _said_before(quote: Tag, body: Tag) -> PageElement | None:
    """What stands right before a quote, or before boxes that it opens: some hold what followed it bare."""
    at: Tag | None = quote
    while at is not None and at is not body and (at is quote or at.name in BOXES):
        before = at.previous_sibling
        while before is not None and (not clean(before) or getattr(before, "name", "") == "br"):
            before = before.previous_sibling
        if before is not None:
            return before
        at = at.parent
    return None


def _leads_in(node: PageElement) -> bool:
    """Whether a node says who is quoted; a name alone is enough where the markup says that it is cited."""
    words = clean(node)
    if len(words) > LONGEST_HEAD:
        return False
    if getattr(node, "name", "") == "cite" and len(words.split()) <= NAME_WORDS:
        return True
    is_set_apart = isinstance(node, Tag) and node.name in (*_SET_APART, "cite", "div", "p")
    return says_who(words) if is_set_apart else read_line(words) is not None


def _line_to(last: PageElement) -> list[PageElement]:
    """The line that ends with a node, in several pieces, where it says who is quoted."""
    back = takewhile(lambda node: not isinstance(node, Tag) or node.name in _INLINE, last.previous_siblings)
    line = [last, *islice(back, _MOST_PIECES)][::-1]
    words = " ".join(filter(None, map(clean, line)))
    return line if len(line) > 1 and len(words) <= LONGEST_HEAD and read_line(words) else []


def _is_head_of_quote_around(head: PageElement) -> bool:
    """Whether nothing stands before a head in the quote around it: it says who spoke there."""
    at: PageElement | None = head
    while at is not None and getattr(at, "name", None) != "blockquote":
        if not all(map(LABEL.fullmatch, filter(None, map(clean, at.previous_siblings)))):
            return False
        at = at.parent
    return at is not None


def mark_heads(body: Tag) -> None:
    """What opens a `<blockquote>` and is set apart in it, "Jane said", becomes its `<cite>`."""
    for quote in inside(body, "blockquote"):
        _mark_signed(quote)
        _mark_caption(quote)
        _mark_named(quote)
        node = _first_said(quote)
        # A quote in it has its own turn.
        while isinstance(node, Tag) and node.name != "blockquote" and _is_box_or_all(node, quote):
            node = _first_said(node)
        if isinstance(node, Tag) and node.name in _SET_APART and says_who(clean(node)):
            node.name = "cite"


def _is_box_or_all(tag: Tag, quote: Tag) -> bool:
    return tag.name in (*BOXES, "p") or clean(tag) == clean(quote)


def _first_said(tag: Tag) -> PageElement | None:
    """The first child that is not blank."""
    return next((child for child in tag.children if opening(child, 1)), None)


def _mark_signed(quote: Tag) -> None:
    """A name with a date in a list, a header or a line of its own: `<dl><dt>Jane</dt><dd>3 May</dd></dl>`
    or `<p><b>Jane</b> · 3 May 2010 10:11</p>`."""
    first = _first_said(quote)
    line = opening(first, LONGEST_HEAD + 1) if isinstance(first, Tag) else ""
    if not isinstance(first, Tag) or not DATE_TEXT.search(line):
        return
    term = first.find("dt")
    name = clean(term) if term else name_in_line(line)
    if name and (first.name in _SIGNING or _is_set_apart(first, name, quote)):
        first.name = "cite"
        first.string = name


def _is_set_apart(line: Tag, name: str, quote: Tag) -> bool:
    """Whether a line in a quote says who wrote it and at what time, and nothing else, with the name in an
    element of its own."""
    words = clean(line)
    is_head = len(words) <= LONGEST_HEAD and is_byline(words) and _CLOCK.search(words) is not None
    return is_head and words != clean(quote) and any(clean(part) == name for part in inside(line))


def _mark_named(quote: Tag) -> None:
    """A name and a colon in an element that is called after the quote: `<div class="quoting">Jane:</div>`."""
    first = _first_said(quote)
    if isinstance(first, Tag) and any(map(_OF_A_QUOTE.match, classes(first))):
        words = clean(first)
        if words.endswith(":") and len(words.split()) <= NAME_WORDS and words != clean(quote):
            first.name = "cite"
    elif isinstance(first, Tag) and first.name == "a" and len(clean(first).split()) <= NAME_WORDS:
        _mark_linked(first)


def _mark_linked(link: Tag) -> None:
    """A link and a colon that are a line of their own: `<a href="/post/7">Jane</a>:<br>`."""
    colon = link.next_sibling
    after = colon.next_sibling if colon else None
    if isinstance(colon, NavigableString) and colon.strip() == ":" and getattr(after, "name", "") == "br":
        head = BeautifulSoup("", "html.parser").new_tag("cite")
        link.insert_before(head)
        head.extend([link.extract(), colon.extract()])


def _mark_caption(quote: Tag) -> None:
    """What stands below a quote in its figure, or ends it as its footer, and says who is quoted."""
    below = inside(quote.parent, "figcaption") if quote.parent and quote.parent.name == "figure" else []
    own = [foot for foot in inside(quote, "footer") if foot.parent is quote]
    for caption in [*own, *below][-1:]:
        if says_who(clean(caption)) or _is_cited_name(caption):
            for name in inside(caption, "cite"):
                name.unwrap()
            caption.name = "cite"
            quote.insert(0, caption.extract())


def _is_cited_name(caption: Tag) -> bool:
    """Whether a caption is nothing but a name that the markup says is cited."""
    words = clean(caption)
    return 0 < len(words.split()) <= NAME_WORDS and [clean(name) for name in inside(caption, "cite")] == [
        words
    ]
