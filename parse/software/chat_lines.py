"""The lines of a chat that an app writes as text: a moment, a name, words up to the next moment."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from parse.date_words import FIRST_HALVES
from parse.dates import day_first

_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"))
"""Marks of direction, which stand around names and before what nobody wrote."""
TELLING = "\u200e"
_MORNING = (*FIRST_HALVES, "ص", "πμ", "पूर्वाह्न")
"""The first halves of a day, as phones write them that do not say AM, without points."""
_DAY = r"\d{1,4}[\u200e\u200f]*(?P<sep>[-/.])[ \u200e\u200f]?\d{1,2}[\u200e\u200f]*(?P=sep) ?\d{1,4}"
_HALF = r"[ap]\.?\s?m\.?|[πμ]\.?μ\.?|ص|م|오전|오후|上午|下午|凌晨|早上|中午|晚上|午前|午後|पूर्वाह्न|अपराह्न"
_CLOCK = r"\d{1,2}(?:[:.]\d\d(?:[:.]\d\d)?|\s?h\s?\d\d(?:\s?min\s?\d\d\s?s)?)"
_LINE = re.compile(
    rf"^[\u200e\u200f\ufeff]*(?P<open>\[)?(?:(?P<early>{_CLOCK}),?\s)?(?P<day>{_DAY})\.?(?:\sг\.)?"
    rf"(?(early)|[,،]?\s(?:(?P<first>{_HALF})\s?|[^\W\d]{{1,4}}\.?\s)?"
    rf"(?P<clock>{_CLOCK})(?:\s?(?P<half>{_HALF})|\sч\.)?)(?(open)\]| -)\s(?P<rest>.*)",
    re.M | re.I,
)
_NAMED = re.compile(r"([^:\n]{1,80}):\s(.*)", re.S)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What stands under one moment."""

    when: str
    """The moment, in digits."""
    is_american: bool
    """Whether it ends on AM or PM in capitals."""
    name: str
    """Who said it; empty where nobody is named."""
    words: str
    is_told: bool
    """Whether the words are marked as the app's own."""


def lines(text: str, is_unnamed: Callable[[str], bool]) -> Iterator[Line]:
    """The messages of a chat, and what is told between them.

    Whether a line `is_unnamed`, though a colon stands in it, only who knows the app can say.
    """
    text = text.replace("\r\n", "\n")
    begun = list(_LINE.finditer(text))
    ends = [*(m.start() for m in begun[1:]), len(text)]
    for m, end in zip(begun, ends, strict=False):
        half = m["half"] or m["first"] or ""
        said = m["rest"] + text[m.end() : end].rstrip("\n")
        named = None if is_unnamed(said) else _NAMED.match(said)
        words = named[2] if named else said
        yield Line(
            when=f"{_clean(m['day'])} {':'.join(_DIGITS.findall(m['early'] or m['clock']))}{_half(half)}",
            is_american=half in ("AM", "PM"),
            name=_clean(named[1]).lstrip("~").strip() if named else "",
            words=_clean(words),
            is_told=words.startswith(TELLING),
        )


def begins_with_one(text: str) -> bool:
    """Whether a text begins with such a line."""
    return _LINE.match(text.lstrip("\n")) is not None


def puts_day_first(chat: Sequence[Line]) -> bool:
    """Whether the dates of a chat do; where none tells, AM and PM in capitals do: they are American."""
    order = day_first(line.when for line in chat)
    return not any(line.is_american for line in chat) if order is None else order


def _half(shown: str) -> str:
    """ " am", " pm" or nothing; letters are kept as they are, as messages are known by their moments."""
    if shown[:1] in "aApP":
        return f" {shown[0]}m" if shown else ""
    return " am" if shown.replace(".", "") in _MORNING else " pm"


def _clean(text: str) -> str:
    return text.translate(_MARKS).strip()
