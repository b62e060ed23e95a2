"""Pages of unknown forums that list threads without a date: told by where the titles lead."""

import re
from collections.abc import Collection, Iterator, Sequence

from bs4 import BeautifulSoup
from bs4.element import Tag

from parse.unknown.columns import Columns, below_heads
from parse.unknown.counts import answers, linked_answers
from parse.unknown.listings import Row
from parse.unknown.marks import is_person
from parse.unknown.tags import attribute, clean, count_words, inside, own_text, wholes
from parse.unknown.talk import leads_to_talk
from parse.urls import absolute, asked_beside, split

_FEWEST = 3
_NEARLY_ALL = 0.8
_WORDS_OF_A_TITLE = 2.5
"""On average: names have fewer."""
_WORDS_OF_A_TEXT = 25
_DIGITS = re.compile(r"\d+")
_NUMBERS = re.compile(r"(?<![^\W_])[0-9A-F]{3,}(?![^\W_])|\d+")
"""Those of base 16, too: "M.1700000000.A.3F2.html"."""
_ENDING = re.compile(r"\.[a-z]{2,5}\Z")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_WORDS = re.compile(r"[^\W_]+")


def addressed_rows(page: BeautifulSoup, own_url: str, columns: Columns) -> list[Row]:
    """The threads of a listing that does not show when they were answered, by their addresses.

    These differ in a number or a title. They say what they lead to, "/ticket/12", "/ticket/14", or the head
    of their column does, or each row how often it was answered. For a page on which nobody says anything:
    beside an article they are what else there is to read, unless each row counts its answers.
    """
    is_said = any(count_words(own_text(tag)) > _WORDS_OF_A_TEXT for tag in inside(page))
    below = below_heads(page, ["subjects"])
    listed, told = [], linked_answers(page, own_url)
    for links in filter(_are_titles, _alike(page, own_url)):
        around = wholes(links)
        found = [
            Row(a, (), row, count if count is not None else told.get(absolute(own_url, attribute(a, "href"))))
            for a, row in zip(links, around, strict=True)
            for count in [answers(a, row, columns)]
        ]
        is_counted = all(row.answers is not None for row in found)
        if is_counted or (not is_said and all(_is_of_talk(row, own_url, below) for row in found)):
            listed.append(found)
    return max(listed, key=len, default=[])


def _is_of_talk(row: Row, own_url: str, below: Columns) -> bool:
    """Whether a row says that it is a thread's: by its address, the head of its column, its answers."""
    url = split(absolute(own_url, attribute(row.link, "href")))
    is_numbered = _DIGITS.search(f"{url.path}?{url.query}") is not None
    is_subject = below.get(id(row.link), {}).get("subjects") == clean(row.link)
    is_told = is_numbered and (leads_to_talk(f"{url.path}?{url.query}") or is_subject)
    return is_told or row.answers is not None


def _alike(page: BeautifulSoup, own_url: str) -> Iterator[list[Tag]]:
    """Links of the site whose addresses have the same shape; of those to one address what says most."""
    own = split(own_url)
    groups: dict[str, dict[str, Tag]] = {}
    for link in (a for a in inside(page, "a") if "#" not in attribute(a, "href") and not is_person(a)):
        url = absolute(own_url, attribute(link, "href"))
        if split(url).netloc != own.netloc or not _leads_away(url, own_url):
            continue
        alike = groups.setdefault(_shape(link, url), {})
        alike[url] = max(alike.get(url, link), link, key=lambda a: count_words(clean(a)))
    return (list(group.values()) for group in groups.values())


def _leads_away(url: str, own_url: str) -> bool:
    """Whether an address is not of the page itself, sorted or cut otherwise: where one script shows all, its
    query asks for something with a number besides all that the page's own does."""
    if split(url).path != split(own_url).path:
        return True
    more = asked_beside(url, own_url) or ()
    return len(more) == 1 and _DIGITS.search(min(more)) is not None


def _shape(link: Tag, url: str) -> str:
    """An address without what tells one thread from the next: numbers, and the words of its title."""
    words = set(_WORDS.findall(clean(link).casefold()))
    parts = [f"/{part}" for part in split(url).path.split("/")] + [f"?{split(url).query}"]
    return "".join("*" if _is_of(part, words) else _NUMBERS.sub("0", part) for part in parts)


def _is_of(part: str, words: Collection[str]) -> bool:
    """Whether a part of an address is made of a title's words; a number before them and ".html" aside."""
    told = [word for word in _WORDS.findall(_ENDING.sub("", part.casefold())) if not word.isdecimal()]
    return len(told) > 1 and 2 * sum(word in words for word in told) > len(told)


def _are_titles(links: Sequence[Tag]) -> bool:
    shown = {clean(link) for link in links if _LETTERS.search(clean(link))}
    told = sum(count_words(title) for title in shown)
    enough = len(links) >= _FEWEST and len(shown) >= _NEARLY_ALL * len(links)
    return enough and told >= _WORDS_OF_A_TITLE * len(shown)
