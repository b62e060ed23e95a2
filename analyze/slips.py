"""What went wrong in a TOML file, for somebody who writes one for the first time.

Parsers say what they expected at a place; people want to know which of the few usual slips it was.
"""

import re

_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_WORDS = re.compile(r'"(?:[^"\\]|\\.)*"')
_COMMENT = re.compile(r"#.*")
_SLIPS = (
    (re.compile(r"[=\[,]\s*[“”„‘’«»]"), 'Words stand in straight quotes: "dark mode".'),
    (re.compile(r"^\s*//"), "A comment begins with #."),
    (re.compile(r'""\s*;|;\s*""'), 'Several are parted by commas: ["one", "two"].'),
    (re.compile(r'""\s+""'), "A comma is missing between two of them."),
    (re.compile(r'^[^"]*(?:""[^"]*)*"[^"]*$'), "A quotation mark is missing."),
    (re.compile(r"^\s*\w+\s*:"), "A key is followed by =."),
    (re.compile(r"[=\[,]\s*(?!true\b|false\b|[\"'\[{\d+-])\w"), 'Words stand in quotes: "dark mode".'),
)
"""On a line whose words are taken out of their quotes: the slip, and what to do instead."""


def hint(text: str, error: Exception) -> str:
    """A sentence, after a space, on the line where a parser stopped; empty where it is no usual slip.

    A comma may be missing at the end of the line before, so both are looked at together as well.
    """
    found = _LINE.search(str(error))
    bare = [_COMMENT.sub("", _WORDS.sub('""', line)) for line in text.splitlines()]
    last = int(found[1]) if found else len(bare)
    for where in ("".join(bare[last - 1 : last]), "\n".join(bare[max(0, last - 2) : last])):
        for slip, said in _SLIPS:
            if slip.search(where):
                return f" {said}"
    return ""
