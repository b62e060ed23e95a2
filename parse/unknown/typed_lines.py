"""Lines that only the source of a page tells: what was typed, put on the page as it came."""

import re

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from parse.unknown.tags import is_inside

_PARAGRAPHS = re.compile(r"(?<=\S)[ \t]*\r?\n(?:[ \t]*\r?\n)+(?=\S)")
"""A blank line between words; that a template leaves one, the blanks show that indent what follows it."""
_LINES = re.compile(r"\r?\n(?=\S)")
_QUOTED = re.compile(r"^>", re.M)
_KEPT = ("pre", "textarea")


def break_lines(body: Tag) -> None:
    """Line breaks where a blank line parts what somebody typed, and around lines marked as quoted.

    A browser runs them into one. Read so, a post that begins with ">" would be a quote to its end.
    """
    for text in [node for node in body.descendants if type(node) is NavigableString]:
        if body.name in _KEPT or is_inside(text, *_KEPT) or not _PARAGRAPHS.search(text):
            continue
        new_tag = BeautifulSoup("", "html.parser").new_tag
        for number, paragraph in enumerate(_PARAGRAPHS.split(text)):
            if number:
                text.insert_before(new_tag("br"), new_tag("br"))
            lines = _LINES.split(paragraph) if _QUOTED.search(paragraph) else [paragraph]
            for at, line in enumerate(lines):
                text.insert_before(*[new_tag("br")][: at > 0], NavigableString(line))
        text.extract()
