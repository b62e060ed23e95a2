"""Whether people talk on the site of a page: by its addresses, its buttons, what it tells of accounts.

A lone post is made like an article: somebody's words, dated. What a page says beside it tells them apart.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from bs4 import BeautifulSoup
from bs4.element import Tag

from parse.unknown.block import Block
from parse.unknown.bylines import link_shape
from parse.unknown.marks import DATE_TEXT, JOINED, LONGEST_DATE, REPLY
from parse.unknown.name_places import NAME_WORDS
from parse.unknown.post_bodies import names_of
from parse.unknown.tags import attribute, clean, inside, opening
from parse.urls import absolute, split

_FEW = 2
_ADDRESSES, _FEWEST = 0.1, 2
"""Of the links of a page, how many lead to talk where the site is one for it, and how many that must be."""
_LINKS = 0.08
_LONGEST_LABEL = 40


def is_slight(blocks: Sequence[Block]) -> bool:
    """Whether so little repeats that it takes more to believe that somebody was answered here."""
    return len(blocks) <= _FEW or not any(block.person for block in blocks)


def is_talk(page: BeautifulSoup, blocks: Sequence[Block], own_url: str) -> bool:
    """Whether anything on a page but its words, people and dates says that it is one of talk."""
    return (
        is_place_of_talk(own_url)
        or any(map(_is_answer, blocks))
        or _are_several(blocks)
        or any(_has_account(block) or _has_answer_button(block) for block in blocks)
        or _links_to_talk(page, own_url)
    )


def is_place_of_talk(own_url: str) -> bool:
    """Whether the address of a page says that people talk there: "/forum/", "/thread/12"."""
    own = split(own_url)
    return own.netloc != "" and leads_to_talk(f"/{own.netloc}{own.path}?{own.query}")


def _is_answer(block: Block) -> bool:
    """Whether what a block is called says that it answers something."""
    around = [tag for tag in (block.element, block.element.parent) if tag is not None]
    return any(REPLY.search(name) for tag in around for name in names_of(tag))


def _are_several(blocks: Sequence[Block]) -> bool:
    """Whether each block is by somebody else, all of them with an account on the same site."""
    people = [block.person for block in blocks if block.person and block.person.name == "a"]
    hrefs = {attribute(person, "href") for person in people}
    named = all(len(clean(person).split()) <= NAME_WORDS for person in people)
    apart = len(blocks) > 1 and len(hrefs) == len(blocks) and len(set(map(link_shape, people))) == 1
    return apart and named and not any(href.startswith("javascript:") for href in hrefs)


def _has_account(block: Block) -> bool:
    """Whether a block tells since when its author has been a member."""
    said = {id(tag) for tag in inside(block.body)}
    told = (opening(tag, LONGEST_DATE) for tag in inside(block.element) if id(tag) not in said)
    return any(len(text) <= LONGEST_DATE and JOINED.search(text) and DATE_TEXT.search(text) for text in told)


def _has_answer_button(block: Block) -> bool:
    pressed = inside(block.element, "a", "button", "input", "span")
    return any(_label(tag) in _words("answer") for tag in pressed)


def _label(tag: Tag) -> str:
    shown = opening(tag, _LONGEST_LABEL) or attribute(tag, "value") or attribute(tag, "title")
    return shown.strip(" .:»«[]()›+").casefold()


def _links_to_talk(page: BeautifulSoup, own_url: str) -> bool:
    """Whether enough links of a page lead to talk on its site, by their addresses or by their texts."""
    links = [link for link in inside(page, "a") if link.has_attr("href")]
    host = split(own_url).netloc
    places = (split(absolute(own_url, attribute(link, "href"))) for link in links)
    own = [place for place in places if place.netloc == host or not host]
    there = sum(leads_to_talk(f"{place.path}?{place.query}") for place in own)
    if there >= max(_FEWEST, _ADDRESSES * len(own)):
        return True
    labels = (opening(tag, _LONGEST_LABEL) for tag in inside(page, "a", "button"))
    texts = [text for text in labels if 0 < len(text) <= _LONGEST_LABEL]
    return sum(bool(_said().search(text)) for text in texts) >= max(_FEWEST, _LINKS * len(texts))


def leads_to_talk(address: str) -> bool:
    """Whether a path with its query says that people talk there."""
    return _address().search(address) is not None


@cache
def _read() -> dict[str, list[str]]:
    return tomllib.loads(files("parse").joinpath("unknown/talk_words.toml").read_text("utf-8"))


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _read()[kind])


@cache
def _address() -> re.Pattern[str]:
    """ "/forum/", "/topic/12-piers", "/t/piers/12", "?msg=4"."""
    places, numbered = ("|".join(map(re.escape, _read()[kind])) for kind in ("places", "numbered"))
    number = r"(?:[/=._-](?:[^/?&]*/)?[^/?&]*)?\d"
    return re.compile(rf"[/?&=._;-](?:(?:{places})(?=[/?&=._;-]|\d|$)|(?:{numbered}){number})", re.I)


@cache
def _said() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _read()['links']))})(?!\w)", re.I)


def said_of_comments(heading: str) -> bool:
    """Whether a heading stands above what was said to something: "3 comments", "Responses to ..."."""
    return _heading().fullmatch(heading) is not None


@cache
def _heading() -> re.Pattern[str]:
    words = "|".join(map(re.escape, _read()["comments"]))
    return re.compile(
        rf"\W*(?:\d+|[^\W\d]+)?\s*(?:{words})(?:\W*\d*\W*|\s(?:to|on|zu|auf|sur|à|a|su|op)\s.*)", re.I
    )
