"""What a reader of a page sees of it, as a tree of BeautifulSoup."""

import re

from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag
from selectolax.lexbor import LexborHTMLParser, LexborNode

from parse.page import Document
from parse.unknown.marks import NAME_CLASS, OF_PAGE

ICONS = "[class*=material-icon], [class*=material-symbol]"
"""Pictures that a font draws in place of words: nobody reads "chevron_right"."""
_WORDS_OF_A_FORM = 60
_LONGEST_CLOCK = 200
_TIME = re.compile(r"\d:\d\d")
_SILENT = ", ".join(
    (
        "script, style, svg, iframe, template",
        "dialog, [role=dialog], [role=alertdialog], [aria-modal=true]",
        ICONS,
        '[class*=template][style*="display: none"], [class*=template][style*="display:none"]',
        '[id*=quote][style*="display: none"], [id*=quote][style*="display:none"]',
        "[id*=onetrust], [id*=cookie-consent], [class*=cookie-consent], [id*=CybotCookiebot], [id*=didomi]",
    )
)
"""Neither shown nor said by anybody: what scripts fill in later may look like a post, what they keep for
whoever will quote it looks quoted, and texts of consent dialogs are longer than most posts."""


def shown(doc: Document) -> BeautifulSoup:
    """The page without what nobody reads; what is there for want of scripts counts where it is the page."""
    tree = LexborHTMLParser(doc.tree.html or "")
    for node in tree.css(_SILENT):
        node.decompose()
    words = len(tree.body.text()) if tree.body else 0
    for node in tree.css("noscript"):
        if 2 * len(node.text()) > words:
            node.unwrap()
        else:
            node.decompose()
    return _planted(tree.root)


def _planted(root: LexborNode | None) -> BeautifulSoup:
    """The same tree in BeautifulSoup. Its own parsers climb from each text to the root: in a tree of comments
    that is half of all the time it takes to read it."""
    page = BeautifulSoup("", "html.parser")
    last: PageElement = page
    left: list[tuple[LexborNode, Tag]] = [(root, page)] if root else []
    while left:
        node, above = left.pop()
        element = _twin(page, node)
        if element is None:
            continue
        before = above.contents[-1] if above.contents else None
        element.setup(above, previous_element=last, previous_sibling=before)
        above.contents.append(element)
        last = element
        if isinstance(element, Tag):
            left.extend((child, element) for child in reversed(list(node.iter(include_text=True))))
    return page


def _is_to_write_in(node: LexborNode) -> bool:
    """Whether an element is a form for an answer, whose words nobody says; some boards wrap posts in one."""
    return (
        node.tag == "form"
        and node.css_first("textarea") is not None
        and len(node.text().split()) <= _WORDS_OF_A_FORM
    )


def _is_clock(node: LexborNode) -> bool:
    """Whether an element is a line about the page itself: "Current time: Tue Jun 1 12:00:00"."""
    if node.tag not in ("p", "div", "td", "span"):
        return False
    words = (node.text() or "").strip()
    return (
        len(words) <= _LONGEST_CLOCK and OF_PAGE.match(words) is not None and _TIME.search(words) is not None
    )


def _is_name(button: LexborNode) -> bool:
    """Whether a button says by its class that it is somebody's name: pressed, it shows a card."""
    return any(map(NAME_CLASS.search, (button.attributes.get("class") or "").split()))


def _twin(page: BeautifulSoup, node: LexborNode) -> PageElement | None:
    """An element or a text as BeautifulSoup has them; None for a comment, which nobody sees."""
    if node.is_text_node:
        return page.new_string(node.text_content or "")
    if not node.is_element_node:
        return None
    name = "nav" if _is_to_write_in(node) or _is_clock(node) else node.tag or ""
    name = "span" if name == "button" and _is_name(node) else name
    return page.new_tag(name, attrs={name: value or "" for name, value in node.attributes.items()})
