"""What a listing counts, by words beside numbers or above their columns: threads and posts, or answers."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice, takewhile

from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag

from parse.unknown.tags import attribute, clean, inside

NUMBER = r"\d{1,3}(?:[.,'\s\u00a0]\d{3})+|\d+(?:[.,]\d)?[kKM]?"
_LONGEST_HEAD = 30
_FEWEST_BOXES = 3
"""In a line of heads that is no table: of two, both may be tabs."""
_STEPS_TO_ROWS = 4
"""From a line of heads to what stands around the lines below it."""


def count_answers(page: BeautifulSoup) -> bool:
    """Whether a column tells how often threads were answered or read."""
    return bool(_alone(page) & among("answers"))


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


@dataclass(frozen=True, slots=True)
class _Head:
    """What heads a column of a table, or of boxes that stand in lines."""

    kind: str
    """What the column counts."""
    place: int
    """Where it begins, in columns."""
    width: int
    """How many columns there are."""
    threads: int | None
    """The column that counts threads, if there is one: there a line is a board's."""
    is_table: bool

    def below(self, line: Tag) -> str:
        """What a thread's line of the same columns shows in this one, or how many threads a board's does."""
        cells, width = _cells(line)
        if self.is_table is not (line.name == "tr") or width != self.width:
            return ""
        boards = [clean(cell) for start, cell in cells.items() if start == self.threads != self.place]
        is_board = any(re.fullmatch(NUMBER, shown) for shown in boards)
        return "" if is_board or self.place not in cells else clean(cells[self.place])


Columns = Mapping[int, Mapping[str, str]]
"""What the line of a link shows below the nearest head of each kind; a link goes by the id of its tag."""


def below_heads(page: Tag, kinds: Sequence[str]) -> Columns:
    """What lines show in the columns that count something; asked before posts are read, which moves boxes."""
    known = _heads(page, kinds)
    links = inside(page, "a") if known else []
    return {id(link): {kind: _below(link, known, kind) for kind in kinds} for link in links}


def _heads(page: Tag, kinds: Sequence[str]) -> Mapping[int, Sequence[_Head]]:
    """The heads of columns by the ids of what stands around them; of several alike in one place the first."""
    found: dict[int, list[_Head]] = {}
    for text in page.find_all(string=True):
        for kind in (kind for kind in kinds if _says(text, kind)):
            cell = cell_of(text)
            if (line := cell.parent) is None or (head := _head(cell, line, kind)) is None:
                continue
            for above in islice(line.parents, _STEPS_TO_ROWS):
                alike = found.setdefault(id(above), [])
                if (kind, head.width) not in [(each.kind, each.width) for each in alike]:
                    alike.append(head)
    return found


def _head(cell: PageElement, line: Tag, kind: str) -> _Head | None:
    cells, width = _cells(line)
    place = next((start for start, each in cells.items() if each is cell), None)
    if place is None or (line.name != "tr" and width < _FEWEST_BOXES):
        return None
    threads = next((start for start, each in cells.items() if _says(each, "threads")), None)
    return _Head(kind, place, width, threads, line.name == "tr")


def _says(part: PageElement, kind: str) -> bool:
    return " ".join(part.get_text().split()).strip(" :").casefold() in among(kind)


def cell_of(part: PageElement) -> PageElement:
    """The outermost element that says no more than a part of it; of a table, no more than a cell."""
    words = clean(part)
    around = takewhile(lambda above: above.name != "tr" and clean(above) == words, part.parents)
    return [part, *around][-1]


def _below(link: Tag, known: Mapping[int, Sequence[_Head]], kind: str) -> str:
    lines: list[Tag] = []
    for above in link.parents:
        for head in (head for head in known.get(id(above), ()) if head.kind == kind):
            if shown := next(filter(None, map(head.below, lines)), ""):
                return shown
        lines.append(above)
    return ""


def _cells(line: Tag) -> tuple[dict[int, Tag], int]:
    """The cells of a line by the columns that they begin in, and how many columns there are.

    In a table something may have been put around a cell, and it may take up several columns.
    """
    if line.name != "tr":
        boxes = dict(enumerate(child for child in line.contents if isinstance(child, Tag)))
        return boxes, len(boxes)
    found, start = {}, 0
    for cell in (each for each in inside(line, "td", "th") if each.find_parent("tr") is line):
        found[start] = cell
        span = attribute(cell, "colspan")
        start += int(span) if span.isdecimal() and len(span) < 3 else 1
    return found, start


@cache
def words() -> dict[str, list[str]]:
    """What forums call that which they count, by kind."""
    return tomllib.loads(files("parse").joinpath("unknown/index_words.toml").read_text("utf-8"))


def _alone(page: BeautifulSoup) -> set[str]:
    """The short texts of a page that stand by themselves, as the heads of columns do."""
    texts = (" ".join(text.split()) for text in page.find_all(string=True))
    return {text.strip(" :").casefold() for text in texts if len(text) <= _LONGEST_HEAD}


@cache
def among(kind: str) -> frozenset[str]:
    """What may be called so, without case."""
    return frozenset(word.casefold() for word in words()[kind])
