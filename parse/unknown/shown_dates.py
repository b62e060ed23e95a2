"""What an element says when it shows a date, and whether the day comes first in the dates of a page."""

import re
from collections.abc import Sequence

from bs4.element import Tag

from parse.dates import day_first, usual_order
from parse.html_site import language
from parse.page import Document
from parse.unknown.columns import counted
from parse.unknown.tags import attribute, clean, inside

_CLOCK = re.compile(r"\d[:.h]\d\d(?!\d)|\d\s?[ap]m\b", re.I)
_ONLY_CLOCK = re.compile(
    r"\W*(?:at |um |à )?\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s?(?:Uhr|GMT|UTC))?\W*", re.I
)
_SHORT_YEAR_FIRST = re.compile(r"(?<![\d:./-])(\d\d)([-./])(?=[01]?\d\2[0-3]?\d(?![\d:./-]))")
_NUMERIC = re.compile(r"(?<![\w./-])(\d{1,2})[./-](\d{1,2})[./-]\d{4}(?![\w./-])")
_MONTHS = 12
_YEAR_FIRST = ("ko", "zh", "ja")
"""Languages in which 26-10-02 is the 2nd of October."""
_MACHINE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\d[./-]\d+[./-]\d")


def order_of_day(doc: Document, dates: Sequence[str]) -> bool | None:
    """Whether the day comes first: by the dates, the site's other pages, other dates here, the language."""
    told = day_first(dates)
    known = doc.day_first if told is None else told
    known = _order_elsewhere(doc.text) if known is None else known
    return usual_order(language(doc)) if known is None else known


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
    is_first = attribute(written, "lang").casefold().startswith(_YEAR_FIRST) if written else False
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
