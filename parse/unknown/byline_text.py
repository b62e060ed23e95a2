"""Lines that say who wrote and when: the name in one, and whether it says anything else."""

import re
from collections.abc import Sequence

from parse.date_words import SHORT_WEEKDAYS, WEEKDAYS
from parse.unknown.marks import DATE_TEXT, JOINED
from parse.unknown.name_places import LONGEST_NAME, NAME_WORDS, is_no_name

BY = (
    "by|von|par|por|da|di|door|av|af|przez|от|od|bởi|oleh|yazan|kirjoittaja|írta|"
    "από|בידי|מאת|بواسطة|від|作者|投稿者|작성자|글쓴이|โดย|द्वारा"
)
"""What stands before the name of who wrote; alternatives of a pattern."""
_VERBS = "wrote|writes|said|says|schrieb|schreibt|a écrit|escribió|ha scritto"
_BETWEEN = re.compile(r"\s+[-–—]+\s+|\s*[|•·⋅∙‧»]\s*")
"""What parts a number, a name and a date that stand in one line."""
DEEDS = (
    "posted|submitted|written|asked|answered|replied|commented|started|created|opened|added|"
    "geschrieben|verfasst|erstellt|gefragt|beantwortet|kommentiert|publicado|preguntado|respondido|creado|"
    "posté|écrit|demandé|répondu|créé|inviato|scritto|chiesto|risposto|perguntado|criado|geplaatst|geschreven"
)
"""What is done by who wrote; alternatives of a pattern."""
_WROTE = re.compile(rf"^\W*(?:(?:{DEEDS})\s+)?(?:{BY})\s*:?\s+", re.I)
_NUMBER = re.compile(r"\s*(?:(?:#|no\.|nr\.)\s*\d+\b[.:)]?|\d+\s?：)\s*", re.I)
"""The number of a post, before a name or what leads up to it: "#2 Posted by Jane"."""
_SIGNED_BY = re.compile(rf"(?:^|\s)(?:{BY})\s*:?\s+\Z", re.I)
"""What a name stands behind, also that of somebody called Today."""
_SAID = re.compile(rf"\s+(?:{_VERBS})\W*\Z", re.I)
_SIGNED = re.compile(rf"(?:^|[\s,])(?:{BY})\s+(\S.*)", re.I)
_LONGER_SPAN = re.compile(r"(?:^|(?<=\s))\d+\s+[^\W\d_]+,?\s*\Z")
"""What a longer span of time begins with: "2 months, 1 week ago", "2 months 1 week ago"."""
_BEFORE_DATE = re.compile(r"[\s,(]*\b(?:on|at|am|le|el|il|em|op|den|dnia)?[\s,(]*\Z", re.I)
LONGEST_BYLINE = 120
"""Characters of a line that says who and when."""
_WORDS = 14
_TIME = re.compile(
    r"[\s,;@|–—-]*(?:\b(?:at|um|om|kl\.?|à|às|a las|alle|เวลา|को)\s+)?"
    r"(?:\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?|\d{1,2}(?=\s*[apAP]\.?[mM]))?\s*(?:[apAP]\.?[mM]\b\.?)?"
    r"\s*(?:(?:Uhr|uur|UTC|GMT|[A-Z]{3,4})\b|[+-]\d{4})?"
)
_END = re.compile(rf"[\s)\].,]*(?:(?:{_VERBS})\b)?\s*[:–—-]?\s*")
"""What closes a byline: "):", "wrote:"."""
_COUNTED = re.compile(r"\s*[\[(]\s*\+?\d+\s[^\W\d]+(?:\s[^\W\d]+)?\s*[\])]\Z")
"""What a byline may end with that counts something: "[3 favorites]"."""
_SHORTEST = "mo di mi do fr sa so ma wo vr za zo lu me je ve"
_TWO_LETTERS = frozenset(_SHORTEST.split())
"""Weekdays as German, Dutch and French shorten them; alone, a name."""
_WEEKDAY = re.compile(
    rf"\b(?:{'|'.join(sorted(map(re.escape, WEEKDAYS), key=len, reverse=True))})(?!\w)"
    r"|\b(?:on|am|le|el|il|op|den)\b",
    re.I,
)
"""What may lead up to a date and is no name."""


def name_in_line(text: str) -> str | None:
    """The name in a line with a date: "#12 - Jane - Mon 3 May 2010", "Submitted by Jane on Mon, 3 May"."""
    m = _date_in(text)
    if m is None:
        return None
    number = _NUMBER.match(text, 0, m.start())
    start = number.end() if number else 0
    before = _BETWEEN.split(_BEFORE_DATE.sub("", _LONGER_SPAN.sub("", text[start : m.start()])))
    # "3 May 2010, 5:41 p.m. - Jane": what stands right behind the day is the clock.
    after = _BETWEEN.split(text[m.end() :])[1:]
    signed = _SIGNED.search(text, m.end())
    return _lone_name(before) or _lone_name(after) or (_lone_name([signed[1]]) if signed else None)


def _date_in(text: str) -> re.Match[str] | None:
    """The first date in a line that is not by its place a name: "By Today on 3 May 2010"."""
    m = DATE_TEXT.search(text)
    while m is not None and _SIGNED_BY.search(text[: m.start()]):
        m = DATE_TEXT.search(text, m.start() + 1)
    return m


def is_signed(line: str) -> bool:
    """Whether a line says by whom: "Submitted by Jane on 3 May"."""
    return _SIGNED.search(line) is not None


def _lone_name(parts: Sequence[str]) -> str | None:
    """The only part of a line that may be a name."""
    bare = (_SAID.sub("", _WROTE.sub("", part)).strip(" ,;:：-–—~").removesuffix(" (") for part in parts)
    names = [_without_weekday(part) for part in bare]
    short = (name for name in names if 1 < len(name) <= LONGEST_NAME)
    told = [name for name in short if not is_no_name(name)]
    return told[0] if len(told) == 1 and len(told[0].split()) <= NAME_WORDS else None


def _without_weekday(text: str) -> str:
    """A name without the weekday, and what leads up to it, that stands before a date."""
    head, _, last = text.rpartition(" ")
    word = last.strip(",.").casefold()
    if word not in WEEKDAYS and word not in SHORT_WEEKDAYS and not (head and word in _TWO_LETTERS):
        return text
    return _BEFORE_DATE.sub("", head)


def is_byline(text: str) -> bool:
    """Whether a line says who and when, and nothing else."""
    line = " ".join(text.split())
    counted = _COUNTED.search(line)
    if counted and not DATE_TEXT.search(counted[0]):
        line = line[: counted.start()]
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
