"""Bodies that are given as Markdown: quotes are the lines that begin with `>`, unless they are code."""

import re

from parse.quotes.plain import Body, shielded, unshielded, untangle_text

_FENCED = re.compile(r"^[ ]{0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^[ ]{0,3}\1|\Z)", re.M | re.S)


def untangle_markdown(text: str) -> Body:
    """The own words and the quotes of a body; its marks stay, as the words that people wrote."""
    if "```" not in text and "~~~" not in text:
        return untangle_text(text)
    whole = text.replace("\r\n", "\n")
    return unshielded(untangle_text(_FENCED.sub(lambda m: shielded(m[0]), whole)))
