"""Undoes what saving a page through an XML serialiser does to it.

`<iframe src="…"/>` is fine XML, but an HTML parser reads it as an iframe that is never closed and takes the
rest of the page for its text. Archives made with XML tools are full of such pages.
"""

import re

_RAW_TEXT = "script|style|iframe|textarea|title|noscript|noembed|noframes|xmp|template"
_SELF_CLOSED_RAW = re.compile(rf"<({_RAW_TEXT})\b([^<>]*)/>", re.I)
_VOID = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
_SELF_CLOSED = re.compile(rf"<(?!(?:{_VOID})\b)([a-z][a-z0-9]*)\b([^<>]*)/>", re.I)
_FOREIGN = re.compile(r"<(svg|math)\b.*?</\1\s*>", re.I | re.S)


def repair(html: str) -> str:
    """The page with self-closed elements closed as HTML wants; untouched when it has none that hurt."""
    if not _SELF_CLOSED_RAW.search(html):
        return html
    # Inside svg and math the short form is HTML too, and nothing there is ever read.
    return _SELF_CLOSED.sub(r"<\1\2></\1>", _FOREIGN.sub("", html))
