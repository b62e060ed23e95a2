"""Undoes what saving a page through an XML serialiser does to it.

`<iframe src="…"/>` is fine XML, but an HTML parser reads it as an iframe that is never closed and takes the
rest of the page for its text; after `<div class="quote_box"/>` all that follows stands in the box. Archives
made with XML tools are full of such pages.
"""

import re
from collections import Counter

from parse.model import ParseError

_RAW_TEXT = "script|style|iframe|textarea|title|noscript|noembed|noframes|xmp|template"
_END = r"(?:\s[^<>]*[\"'\s])?/>"  # not <a href=/path/>: there the slash belongs to the value
_SUSPECT = re.compile(rf"<(?:{_RAW_TEXT}|div|span|ul|li|td|p|i|b)\b[^<>]*/>")
"""Only in lower case, which is what serialisers write: ignoring case would take four times as long."""
_HURTS = re.compile(rf"<(?:{_RAW_TEXT}|div|span|ul|li|td|p|i|b){_END}")
_VOID = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
_SELF_CLOSED = re.compile(rf"<(?!(?:{_VOID})\b)([a-z][a-z0-9]*)((?:\s[^<>]*[\"'\s])?)/>", re.I)
_FOREIGN = re.compile(r"<(svg|math)\b", re.I)
_FOREIGN_ENDS = {name: re.compile(rf"</{name}\s*>", re.I) for name in ("svg", "math")}

MAX_UNCLOSED = 20_000
"""Elements left open: the parser's time grows with the square of their number, and 200,000 take minutes."""
_OPENERS = re.compile(r"<(/?)(div|span|blockquote|table|ul|b|i|font|section|article)(?=[\s>])", re.I)


def refuse_bottomless(html: str, url: str) -> None:
    """Raises ParseError for a page that opens tens of thousands of elements and never closes them."""
    if html.count("<") < MAX_UNCLOSED:
        return
    seen = Counter((tag.lower(), bool(close)) for close, tag in _OPENERS.findall(html))
    for tag, is_end in seen:
        if not is_end and seen[tag, False] - seen[tag, True] > MAX_UNCLOSED:
            raise ParseError(
                f"{url}: more than {MAX_UNCLOSED:,} <{tag}> are never closed; the page is broken"
            )


def repair(html: str, tags: str) -> str:
    """The page with self-closed elements closed as HTML wants; untouched when it has none that hurt.

    `tags` are the page's tags, each at least once: there is less of them to search.
    """
    if not _SUSPECT.search(tags) or not _HURTS.search(tags):
        return html
    # Inside svg and math the short form is HTML too, and nothing there is ever read.
    return _SELF_CLOSED.sub(r"<\1\2></\1>", _without_foreign(html))


def _without_foreign(html: str) -> str:
    """The page without its svg and math. What is opened and never closed stays, and is looked for once: one
    expression for all of it would go through the rest of the page for each."""
    kept, at = [], 0
    unclosed: set[str] = set()
    for m in _FOREIGN.finditer(html):
        name = m[1].lower()
        if m.start() < at or name in unclosed:
            continue
        if end := _FOREIGN_ENDS[name].search(html, m.end()):
            kept.append(html[at : m.start()])
            at = end.end()
        else:
            unclosed.add(name)
    return "".join([*kept, html[at:]])
