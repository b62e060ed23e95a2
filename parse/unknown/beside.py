"""What stands beside the words of a post and may be longer than they are: buttons, quotes."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from bs4.element import Tag

from parse.quotes.heads import split
from parse.unknown.marks import NO_PERSON, is_person
from parse.unknown.outline import Element, Outline
from parse.unknown.tags import attribute, classes, clean, inside, is_inside, opening

_BOXES = ("div", "td", "dl", "ul", "li", "p", "section", "table", "fieldset", "figure", "blockquote")
_MOST = 200
"""Characters of a button, or of a head."""
_WORDS_OF_A_BUTTON = 15
_SEVERAL = 2
_LETTER = re.compile(r"[^\W_]")
_COUNT = re.compile(r"\W*(?:\d+(?:\s[^\W\d_]+){0,4})?\W*")
"""What stands beside a control: "3", "0 people like this"."""
_NOWHERE = re.compile(r"#?\Z|javascript:", re.I)
_MOST_PIECES = 6
QUOTE_CLASS = re.compile(
    r"(?:^|[-_])(?:block|bb)?(?:quot(?:e|ed|ation)?|zitat|citation|cita)(?:$|[-_])", re.I
)


def is_button(tag: Tag) -> bool:
    """Whether a box holds links alone, or a short text that asks for an account: "Log in to answer"."""
    words = opening(tag, _MOST) if tag.name in _BOXES else ""
    if not 0 < len(words.split()) <= _WORDS_OF_A_BUTTON or len(words) > _MOST:
        return False
    links = inside(tag, "a")
    asks = any(NO_PERSON.search(attribute(link, "href")) for link in links)
    return asks or (bool(links) and " ".join(filter(None, map(clean, links))) == words)


def is_control(tag: Tag) -> bool:
    """Whether a box holds what is pressed, and at most how often it was: "Vote up 3", "Like 2 like this".

    Somebody's name may lead nowhere as well.
    """
    words = opening(tag, _MOST) if tag.name in (*_BOXES, "span") else ""
    if not 0 < len(words.split()) <= _WORDS_OF_A_BUTTON:
        return False
    pressed = [part for part in inside(tag, "a", "button") if part.name == "button" or _leads_nowhere(part)]
    if not pressed or any(is_person(part) or clean(part).startswith("@") for part in inside(tag)):
        return False
    beside = [s for s in tag.find_all(string=True) if not is_inside(s, "a", "button")]
    links = inside(tag, "a")
    return len(links) <= len(pressed) and _COUNT.fullmatch(" ".join(" ".join(beside).split())) is not None


def _leads_nowhere(link: Tag) -> bool:
    return _NOWHERE.match(attribute(link, "href")) is not None


def is_row_of_links(box: Tag) -> bool:
    """Whether a box holds several links within the site, and no letter beside them: "Reply | Quote"."""
    links = inside(box, "a")
    if len(links) < _SEVERAL or any(attribute(link, "href").startswith("http") for link in links):
        return False
    return sum(len(_LETTER.findall(clean(link))) for link in links) == len(_LETTER.findall(clean(box)))


def unquoted(outline: Outline, inner: Sequence[Element]) -> list[Element]:
    """The elements of a post that are no quotes and stand in none, unless all words do."""
    quotes = list(_quotes(outline, inner))
    return [x for x in inner if not any(quote.holds(x) for quote in quotes)]


def _quotes(outline: Outline, inner: Sequence[Element]) -> Iterator[Element]:
    for x in inner:
        around = outline.elements[x.parent]
        if x.tag.name in _BOXES and outline.words(around) > outline.words(x) and _is_quote(outline, x):
            yield x


def _is_quote(outline: Outline, x: Element) -> bool:
    if x.tag.name == "blockquote" or any(map(QUOTE_CLASS.search, classes(x.tag))):
        return True
    if outline.dates(x) or outline.people(x) or not _is_headed(x):
        return False
    smaller = (y for y in outline.inside(x)[1:] if outline.words(y) < outline.words(x))
    return not any(map(_is_headed, smaller))


def _is_headed(x: Element) -> bool:
    """Whether a box begins with "Jane wrote:" and goes on."""
    if x.tag.name not in _BOXES:
        return False
    pieces = islice(filter(None, map(clean, x.tag.find_all(string=True))), _MOST_PIECES)
    lines = "\n".join(pieces)[:_MOST]
    head, said = split(lines) if "\n" in lines else (None, "")
    return head is not None and bool(said.strip())
