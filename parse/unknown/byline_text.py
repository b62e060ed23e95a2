"""Whether a text says who wrote and when, and nothing else; and where in a longer one that ends."""

import re

from parse.date_words import WEEKDAYS
from parse.unknown.bylines import name_in_line
from parse.unknown.marks import DATE_TEXT, JOINED

LONGEST_BYLINE = 120
"""Characters of a line that says who and when."""
_WORDS = 14
_TIME = re.compile(
    r"[\s,;@|–—-]*(?:\b(?:at|um|à|a las|alle)\s+)?"
    r"(?:\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?|\d{1,2}(?=\s*[apAP]\.?[mM]))?\s*(?:[apAP]\.?[mM]\b\.?)?"
    r"\s*(?:(?:Uhr|UTC|GMT|[A-Z]{3,4})\b|[+-]\d{4})?"
)
_END = re.compile(
    r"[\s)\].,]*(?:(?:wrote|writes|said|says|schrieb|a écrit|escribió|ha scritto)\b)?\s*[:–—-]?\s*"
)
"""What closes a byline: "):", "wrote:"."""
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(map(re.escape, WEEKDAYS))})\b|\b(?:on|am|le|el|il|op|den)\b", re.I)
"""What may lead up to a date and is no name."""


def is_byline(text: str) -> bool:
    """Whether a line says who and when, and nothing else."""
    line = " ".join(text.split())
    m = DATE_TEXT.search(line)
    if m is None or len(line) > LONGEST_BYLINE or len(line.split()) > _WORDS or JOINED.search(line):
        return False
    behind = line[past_time(line, m.end()) :]
    is_behind = any(map(str.isalpha, behind))
    is_before = any(map(str.isalpha, _WEEKDAY.sub("", line[: m.start()])))
    return is_before != is_behind and name_in_line(line) is not None


def past_time(text: str, day: int) -> int:
    """Where a byline ends whose date ends at `day`: behind the hour, a bracket, "wrote:"."""
    return _past(_END, text, _past(_TIME, text, day))


def _past(pattern: re.Pattern[str], text: str, at: int) -> int:
    m = pattern.match(text, at)
    return m.end() if m else at
