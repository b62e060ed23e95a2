"""Pages that show nothing to a reader without JavaScript: empty shells of applications, bot challenges."""

import re

from selectolax.lexbor import LexborHTMLParser

from parse.page import Document

FEW_WORDS = 60
"""A page with content has more words than this outside its scripts; a wall says a sentence or two."""
_ASKS = re.compile(
    r"(?:enable|activate|turn on|requires?|needs?|without)\W+(?:\w+\W+){0,3}javascript|"
    r"javascript\W+(?:\w+\W+){0,4}(?:enabled|required|disabled|aktivier\w*|activ[ée]\w*|habilit\w*)|"
    r"checking (?:your browser|if the site connection)|verify (?:that )?you are (?:a )?human|just a moment",
    re.I,
)


def needs_script(doc: Document) -> bool:
    """Whether the page is a shell that only JavaScript fills: scripts or a plea for them, hardly a word."""
    if "<script" not in doc.text and "<noscript" not in doc.text:
        return False
    tree = LexborHTMLParser(doc.text)
    pleas = " ".join(node.text() for node in tree.css("noscript"))
    for node in tree.css("script, style, noscript, template"):
        node.decompose()
    shown = tree.body.text(separator=" ") if tree.body else ""
    if len(shown.split()) > FEW_WORDS:
        return False
    return bool(_ASKS.search(f"{shown} {pleas}")) or not shown.strip()
