"""How often a thread was answered, as its row in a listing says: in words, below a heading, by a class.

A wrong number is worse than none: it would pass for an answer, or for a removal. Views are no answers, and of
posts one is none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bs4.element import NavigableString, PageElement, Tag

from parse.unknown.columns import NUMBER, Columns, among, below_heads, cell_of, either
from parse.unknown.tags import attribute, classes, clean, heading_of, inside
from parse.urls import absolute

_KINDS = (("replies", 0), ("posts", 1))
"""What may be counted of a thread, the surest first, and how many of it are no answers."""
_LONGEST = 80
"""Characters of a text about a thread: what is longer is how it begins."""
_ASIDE = " :·•|,;()[]"
_NUMBER = re.compile(NUMBER, re.I)
_CLASSES = {
    "replies": re.compile(
        r"(?:^|[-_])(?:(?:replies|answers|responses)(?:num)?$"
        r"|(?:reply|replies|answers?|responses?|comments?)[-_]?(?:count|total)s?$)",
        re.I,
    ),
    "posts": re.compile(r"(?:^|[-_])(?:posts$|posts?[-_]?(?:count|total)s?$)", re.I),
}
"""Of what shows a number and nothing else; "post-number" would be a post's place in its thread, and what is
called comments by class alone is all posts in one forum and answers in another."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A piece of what a row says beside its title."""

    text: str
    place: PageElement
    """The text, or the element with this title: that one speaks of what follows."""

    @property
    def word(self) -> str:
        return self.text.strip(_ASIDE).casefold()

    def is_in(self, box: Tag | None) -> bool:
        return any(above is box for above in self.place.parents)


def answer_columns(page: Tag) -> Columns:
    """The columns of a page that tell how often threads were answered."""
    return below_heads(page, [kind for kind, _ in _KINDS])


def answers(link: Tag, row: Tag, in_columns: Columns) -> int | None:
    """How often the thread was answered to which a link in a row leads."""
    below = in_columns.get(id(link), {})
    said = list(_said(link, row))
    for kind, openings in _KINDS:
        shown = _in_words(said, kind) or _labelled(said, kind) or below.get(kind, "")
        if (count := _whole(shown)) is not None:
            return _less(count, openings)
    classed = ((_whole(_classed(row, kind)), openings) for kind, openings in _KINDS)
    return next((_less(count, openings) for count, openings in classed if count is not None), None)


def linked_answers(page: Tag, own_url: str) -> dict[str, int]:
    """How often threads were answered, by their addresses: what a link says that leads to the answers."""
    told: dict[str, int] = {}
    for link in inside(page, "a"):
        m = _pairs().fullmatch(clean(link))
        count = _whole(m[1] or m[4]) if m and (m[2] or m[3]).casefold() in among("replies") else None
        if count is not None:
            told.setdefault(absolute(own_url, attribute(link, "href")).partition("#")[0], count)
    return told


def _less(count: int, openings: int) -> int | None:
    """No answers in "1 post". In "0 posts" it is the openings that are not counted: nothing is known then, so
    that whoever answers first is noticed."""
    return count - openings if count >= openings else None


def _said(link: Tag, row: Tag) -> Iterator[_Said]:
    title = heading_of(link)
    told = set(map(id, (title, *title.descendants))) if title is not row else set()
    for node in (node for node in row.descendants if id(node) not in told):
        if isinstance(node, Tag):
            texts = [attribute(node, name) for name in ("aria-label", "title")]
        else:
            texts = [node] if type(node) is NavigableString else []
        for text in (" ".join(each.split()) for each in texts):
            if 0 < len(text) <= _LONGEST:
                yield _Said(text, node)


def _in_words(said: Sequence[_Said], kind: str) -> str:
    """The number in "12 replies", or in "Views: 340, Replies: 12"; of posts where nothing else is said."""
    for each in said:
        for m in _pairs().finditer(each.text):
            number, word = m[1] or m[4], m[2] or m[3]
            if word.casefold() in among(kind) and (kind == "replies" or m[0] == each.text.strip(_ASIDE)):
                return number
    return ""


def _labelled(said: Sequence[_Said], kind: str) -> str:
    """The number that stands in one box with the word for what it counts, each by itself."""
    labels = (at for at, each in enumerate(said) if each.word in among(kind))
    return next(filter(None, (_beside(said, at) for at in labels)), "")


def _beside(said: Sequence[_Said], at: int) -> str:
    """The number before or after a label; where there are two, as others stand to their labels."""
    box = cell_of(said[at].place).parent
    before, after = (_number_in(said, n, box) for n in (at - 1, at + 1))
    is_first = isinstance(said[at].place, Tag) or said[at].text.endswith(":")
    if is_first or _is_label_in(said, at - 2, box):
        return after
    return before or after if not (before and after) or _is_label_in(said, at + 2, box) else ""


def _number_in(said: Sequence[_Said], at: int, box: Tag | None) -> str:
    is_number = 0 <= at < len(said) and said[at].is_in(box) and _NUMBER.fullmatch(said[at].word)
    return said[at].text if is_number else ""


def _is_label_in(said: Sequence[_Said], at: int, box: Tag | None) -> bool:
    return 0 <= at < len(said) and said[at].word in _all_words() and said[at].is_in(box)


def _classed(row: Tag, kind: str) -> str:
    """The number in an element whose class says what it counts."""
    for tag in inside(row):
        if any(map(_CLASSES[kind].search, classes(tag))) and _NUMBER.fullmatch(clean(tag)):
            return clean(tag)
    return ""


def _whole(shown: str) -> int | None:
    """A number that is shown in full: "1.2k" hides an answer more; "no" is one, too."""
    if shown.casefold() in among("none"):
        return 0
    digits = re.sub(r"[.,'\s\u00a0](?=\d{3}(?!\d))", "", shown.strip(_ASIDE))
    return int(digits) if digits.isdecimal() and len(digits) < 10 else None


@cache
def _pairs() -> re.Pattern[str]:
    """A number and the word for what it counts, in any order; a word with a colon speaks of what follows, and
    so does one with the number in brackets."""
    word = "|".join(map(either, ("replies", "posts", "answers")))
    before = rf"(?<![\w.])({NUMBER}|(?:{either('none')})(?=\s))\s*({word})\b(?!\s*:)"
    return re.compile(rf"{before}|(?<!\w)({word})\s*:?\s*[\[(]?({NUMBER})(?!\w)", re.I)


@cache
def _all_words() -> frozenset[str]:
    return among("replies") | among("posts") | among("answers")
