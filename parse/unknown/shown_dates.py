"""What an element says when it shows a date, and whether the day comes first in the dates of a page."""

import re
from collections.abc import Sequence

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from parse.date_words import YEAR_FIRST
from parse.dates import day_first, order_told, usual_order, within_a_month
from parse.html_site import language
from parse.page import Document
from parse.unknown.columns import counted
from parse.unknown.marks import DATE_TEXT, LONGEST_DATE
from parse.unknown.tags import attribute, clean, inside, opening

_CLOCK = re.compile(r"\d[:.h]\d\d(?!\d)|\d\s?[ap]m\b", re.I)
_ONLY_CLOCK = re.compile(
    r"\W*(?:at |um |à )?\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s?(?:Uhr|GMT|UTC))?\W*", re.I
)
_SHORT_YEAR_FIRST = re.compile(r"(?<![\d:./-])(\d\d)([-./])(?=[01]?\d\2[0-3]?\d(?![\d:./-]))")
_NUMERIC = re.compile(r"(?<![\w./-])(\d{1,2})[./-](\d{1,2})[./-]\d{4}(?![\w./-])")
_MONTHS = 12
_MACHINE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\d[./-]\d+[./-]\d")
_EMPHASIS = ("b", "strong", "i", "em", "u")
_DIGIT = re.compile(r"\d")
_LONGEST_GLUE = 4
"""Characters between the pieces of a date: " on ", ", "."""


def join_dates(page: BeautifulSoup) -> None:
    """Dates in one piece: of "<b>9:12am</b> on <b>Mar 03</b>", no element would show when it was."""
    for button in page.find_all("button"):
        if DATE_TEXT.fullmatch(opening(button, LONGEST_DATE)):  # pressed, it leads to the post
            button.name = "span"
    for piece in page.find_all(_EMPHASIS):
        run = _pieces(piece) if piece.parent is not None and _is_piece(piece) else []
        line = " ".join(filter(None, map(clean, run)))
        if len(run) > 1 and DATE_TEXT.search(line) and not any(DATE_TEXT.search(clean(p)) for p in run):
            for other in run[1:]:
                other.extract()
            piece.name, piece.string = "span", line


def _pieces(first: Tag) -> list[PageElement]:
    """An emphasised piece with a number, and those that follow it with little between."""
    run: list[PageElement] = [first]
    while True:
        glue = run[-1].next_sibling
        after = glue.next_sibling if isinstance(glue, NavigableString) else None
        if glue is None or not isinstance(after, Tag) or not _is_piece(after):
            return run
        if len(clean(glue)) > _LONGEST_GLUE:
            return run
        run += [glue, after]


def _is_piece(tag: Tag) -> bool:
    """Whether an element is emphasis alone, around a number."""
    said = opening(tag, LONGEST_DATE) if tag.name in _EMPHASIS and not inside(tag) else ""
    return bool(_DIGIT.search(said))


def order_of_day(doc: Document, dates: Sequence[str]) -> bool | None:
    """Whether the day comes first: by the dates, the site's other pages, other dates here, the language."""
    told = order_told(dates, doc.page.fetched_at)
    known = doc.day_first if told is None else told
    known = _order_elsewhere(doc.text) if known is None else known
    known = usual_order(language(doc)) if known is None else known
    return within_a_month(dates) if known is None else known


def _order_elsewhere(text: str) -> bool | None:
    """Whether the day comes first in what else a page dates: when accounts were opened, or posts edited."""
    telling = (m for m in _NUMERIC.finditer(text) if max(int(m[1]), int(m[2])) > _MONTHS)
    return day_first(m[0] for m in telling)


def shown_date(date: Tag | None) -> str:
    """A machine value first, then the text, then the title; of two of these, the one with a year, and of two
    with a year the one with a clock."""
    if date is None:
        return ""
    machine = attribute(date, "datetime") or attribute(date, "content") or _in_data(date)
    shown = [_with_whole_year(text, date) for text in (clean(date), attribute(date, "title")) if text]
    dated = [text for text in shown if _YEAR.search(text)] or shown
    told = next((text for text in dated if _CLOCK.search(text)), next(iter(dated), ""))
    return machine or (told if not told or _CLOCK.search(told) else f"{told} {_clock_beside(date)}".strip())


def _in_data(date: Tag) -> str:
    """The moment that scripts reckon an age from: in `data-livestamp` of what shows "2 days ago"."""
    kept = (pair for tag in (date, *inside(date)) for pair in tag.attrs.items())
    told = (str(value) for name, value in kept if name.startswith("data-"))
    return next((value for value in told if _MACHINE.fullmatch(value)), "")


def _with_whole_year(told: str, date: Tag) -> str:
    """A date of two digits each as the language means it in which the page is written."""
    if not _SHORT_YEAR_FIRST.search(told):
        return told
    written = date.find_parent(lang=True)
    is_first = attribute(written, "lang").casefold().startswith(YEAR_FIRST) if written else False
    return _SHORT_YEAR_FIRST.sub(r"20\1\2", told) if is_first else told


def _clock_beside(date: Tag) -> str:
    """The time of day where it stands right behind a date in an element of its own."""
    after = (node for node in date.next_siblings if clean(node))
    said = clean(next(after, date))
    return said if _ONLY_CLOCK.fullmatch(said) else ""


def lasting(shown: str) -> str:
    """The date if it will read the same on the next visit: "5 months ago" would make another post of it, and
    so would the "35 hits" beside it."""
    return counted("answers").sub("", shown).strip() if _YEAR.search(shown) else ""
