"""Undoes what saving a page through an XML serialiser does to it.

`<iframe src="…"/>` is fine XML, but an HTML parser reads it as an iframe that is never closed and takes the
rest of the page for its text; after `<div class="quote_box"/>` all that follows stands in the box. Archives
made with XML tools are full of such pages.
"""

import re

_RAW_TEXT = "script|style|iframe|textarea|title|noscript|noembed|noframes|xmp|template"
_END = r"(?:\s[^<>]*[\"'\s])?/>"  # not <a href=/path/>: there the slash belongs to the value
_SUSPECT = re.compile(rf"<(?:{_RAW_TEXT}|div|span|ul|li|td|p|i|b)\b[^<>]*/>")
"""Only in lower case, which is what serialisers write: ignoring case would take four times as long."""
_HURTS = re.compile(rf"<(?:{_RAW_TEXT}|div|span|ul|li|td|p|i|b){_END}")
_VOID = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
_SELF_CLOSED = re.compile(rf"<(?!(?:{_VOID})\b)([a-z][a-z0-9]*)((?:\s[^<>]*[\"'\s])?)/>", re.I)
_FOREIGN = re.compile(r"<(svg|math)\b.*?</\1\s*>", re.I | re.S)


def repair(html: str) -> str:
    """The page with self-closed elements closed as HTML wants; untouched when it has none that hurt."""
    if not _SUSPECT.search(html) or not _HURTS.search(html):
        return html
    # Inside svg and math the short form is HTML too, and nothing there is ever read.
    return _SELF_CLOSED.sub(r"<\1\2></\1>", _FOREIGN.sub("", html))
