"""Other people's words made fit to print: readable, short, and unable to reorder what stands around them."""

import re
from datetime import date, datetime

EXCERPT = 280
TITLE = 120

_UNSAFE = re.compile(
    r"[\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\u2028\u2029\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]"
)
"""Bidi embeddings, overrides and isolates, which could turn the words around them; control characters."""
_MARK = r"[\u0300-\u036f\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_STACKED = re.compile(rf"({_MARK}{{4}}){_MARK}+")
"""More combining marks on one letter than any script needs: they would run over the lines above."""
_INNER_QUOTES = str.maketrans("“”", "‘’")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def clean(text: str) -> str:
    """The text without the characters that act instead of being read."""
    if text.isascii() and text.isprintable():  # most of what is printed, and ten times faster
        return text
    return _STACKED.sub(r"\1", _UNSAFE.sub("", text))


def clip(text: str, length: int) -> str:
    """One line of at most `length` characters, cut between words where there are any."""
    line = " ".join(clean(text).split())
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    head, _, _ = cut.rpartition(" ")
    return (head if len(head) > length // 2 else cut).rstrip(" ,;:.–-") + "…"


def title(text: str) -> str:
    return clip(text, TITLE) or "(no title)"


def named(title: str) -> str:
    """A title in the middle of a sentence; what it quotes itself stands in single quotes."""
    return f"“{title.translate(_INNER_QUOTES)}”"


def excerpt(text: str | None) -> str:
    return clip(text or "", EXCERPT)


def person(name: str) -> str:
    return clip(name, 60) or "unknown"


def month(when: date) -> str:
    """ "Mar", whatever the machine's language."""
    return _MONTHS[when.month - 1]


def day(when: date | None) -> str:
    """ "9 Mar 2026"; "no date" where unknown."""
    return f"{when.day} {month(when)} {when.year}" if when else "no date"


def days(first: date | None, last: date | None) -> str:
    """ "9 Mar 2026 to 1 May 2026", "9 Mar 2026" where it is one day, "no dates" where unknown."""
    if not first or not last:
        return "no dates"
    return day(first) if first == last else f"{day(first)} to {day(last)}"


def minute(when: datetime | None) -> str:
    return f"{day(when)}, {when:%H:%M}" if when else "no date"


def kind(name: str) -> str:
    """An enumeration's word as a reader's: `post_edited_by_staff` → "post edited by staff"."""
    return name.replace("_", " ")


def listed(items: list[str]) -> str:
    """ "a, b and c"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""
