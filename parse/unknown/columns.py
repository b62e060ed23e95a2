"""What a listing counts, by words beside numbers or above their columns: threads and posts, or answers."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from bs4 import BeautifulSoup
from bs4.element import Tag

from parse.unknown.tags import attribute, clean, inside

NUMBER = r"\d{1,3}(?:[.,'\s\u00a0]\d{3})+|\d+(?:[.,]\d)?[kKM]?"
_LONGEST_HEAD = 30
_COLUMNS = ("replies", "posts")
"""What may be counted of a thread, the surest first; how often it was read changes without an answer."""


def count_threads(page: BeautifulSoup) -> bool:
    """Whether what heads the page's columns are threads and posts, and not the answers to a thread."""
    alone = _alone(page)
    return bool(alone & _among("threads") and alone & _among("posts") and not alone & _among("answers"))


def count_answers(page: BeautifulSoup) -> bool:
    """Whether a column tells how often threads were answered or read."""
    return bool(_alone(page) & _among("answers"))


def is_empty(page: BeautifulSoup) -> bool:
    """Whether a page says that there is nothing in it."""
    return re.search(rf"(?<!\w)(?:{either('empty')})(?!\w)", clean(page), re.I) is not None


@cache
def counted(kind: str) -> re.Pattern[str]:
    """ "12 topics", "Topics: 12", "Topics 12"; the number is one of the groups."""
    word = either(kind)
    return re.compile(rf"(?<![\w.])({NUMBER})\s*(?:{word})\b|\b(?:{word})\s*:?\s*({NUMBER})(?!\w)", re.I)


def either(kind: str) -> str:
    return "|".join(sorted(map(re.escape, words()[kind]), key=len, reverse=True))


def answers(link: Tag, row: Tag) -> int | None:
    """How often a thread was answered, as the row of its title says."""
    if m := counted("replies").search(clean(row)):
        return _whole(m[1] or m[2])
    line = link.find_parent("tr")
    table = line.find_parent("table") if line else None
    place = next(filter(None, (_column(table, kind) for kind in _COLUMNS)), None) if table else None
    under = [cell for start, cell in _cells(line) if start == place] if line and place else []
    return _whole(clean(under[0])) if under else None


def _column(table: Tag, kind: str) -> int | None:
    """Where in a table the column with this head stands; the first is that of the titles."""
    for line in table.find_all("tr"):
        for start, cell in _cells(line):
            if clean(cell).strip(" :").casefold() in _among(kind):
                return start
    return None


def _cells(line: Tag) -> list[tuple[int, Tag]]:
    """The cells of a row, each with the column that it begins in; something may have been put around one."""
    found, start = [], 0
    for cell in (each for each in inside(line, "td", "th") if each.find_parent("tr") is line):
        found.append((start, cell))
        span = attribute(cell, "colspan")
        start += int(span) if span.isdecimal() and len(span) < 3 else 1
    return found


def _whole(shown: str) -> int | None:
    """A number that is shown in full: "1.2k" hides an answer more."""
    digits = re.sub(r"[.,'\s\u00a0](?=\d{3}(?!\d))", "", shown)
    return int(digits) if digits.isdecimal() and len(digits) < 10 else None


@cache
def words() -> dict[str, list[str]]:
    """What forums call that which they count, by kind."""
    return tomllib.loads(files("parse").joinpath("unknown/index_words.toml").read_text("utf-8"))


def _alone(page: BeautifulSoup) -> set[str]:
    """The short texts of a page that stand by themselves, as the heads of columns do."""
    texts = (" ".join(text.split()) for text in page.find_all(string=True))
    return {text.strip(" :").casefold() for text in texts if len(text) <= _LONGEST_HEAD}


@cache
def _among(kind: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in words()[kind])
