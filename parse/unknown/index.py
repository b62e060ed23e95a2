"""Pages of unknown forums that list boards: each row leads to a board and counts what is in it.

What last happened in a board stands beside it, with a name and a date: without a look at the counts such a
row reads like a post.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from bs4 import BeautifulSoup
from bs4.element import Tag

from parse.unknown.columns import NUMBER, Columns, among, below_heads, counted, either
from parse.unknown.likeness import likeness
from parse.unknown.marks import is_person
from parse.unknown.tags import HEADINGS, attribute, clean, count_words, flat_rows, inside, wholes
from parse.urls import absolute, asked_beside, split

_FEWEST = 2
_NEARLY_ALL = 0.8
_ASIDE, _GREETING = 2, 60
"""Words beside those about boards on a page that lists nothing else: so many each, and so many more."""
_MOST_WORDS = 80
"""In a row: a name, a line about the board, and what was said in it last."""
_ONLY_NUMBER = re.compile(rf"\s*(?:{NUMBER})\s*")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_DIGIT = re.compile(r"\d")
_ADDRESS = re.compile(
    r"^(?!.*\b(?:t|tid|topic|thread|thema|tema|sujet|hilo|p|pid|post|msg|message|beitrag|wr_id|document_srl|no|num|idx|seq|article|aid)=)"
    r"(?:.*/(?:show|view)?(?:forum|board|category|section)s?(?:display|view)?\.\w+\?"
    r"|(?!.*(?:thread|topic|message|post)\.\w+\?).*[?&;](?:forum|board|fid|forum_?id|board_?id|category)=[\w.-]+\Z)"
    r"|[?&;]action=topics\b",
    re.I,
)
"""Of a board, where nothing else tells numbers of threads from numbers of answers."""
_NAMED = re.compile(
    r"[/?&;](?:(?:show|view)?(?:sub)?forums?|boards?|categor(?:y|ies)|sections?|groups?|foren|bretter|kategorien?|foros?|"
    r"f|c|g)(?:\.\w+)?[/=?._-][^/?&;=]+(?:=[^/?&;=]+)?/?\Z",
    re.I,
)
"""The address of a board, where nothing is counted: "/forum/3/", "/c/repairs"."""
_OF_A_POST = re.compile(
    r"[?&;](?:pid|post_?id|p|msg)=\d|(?:goto|action)=(?:findpost|(?:last|new|first)[a-z]*)"
    r"|#(?:post|msg|p|pid|comment|reply)[-_]?\d",
    re.I,
)
_IN_TITLE = re.compile(r"\s+[-–—|·•»]\s+")
_FRAME = ("nav", "header", "footer")


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A board in an index."""

    link: Tag
    """Its name."""
    parts: tuple[Tag, ...]
    """All that stands around it and around no other board; in a flat list, what follows it there as well."""

    @property
    def said(self) -> str:
        return " ".join(map(clean, self.parts))


def board_rows(page: BeautifulSoup, own_url: str) -> list[BoardRow]:
    """The boards that a page lists, in its order; empty where it lists none."""
    found: list[BoardRow] = []
    in_columns = below_heads(page, ["threads"])
    for links in _alike(page, own_url):
        around = wholes(links)
        for parts in ([(row,) for row in around], flat_rows(around)):
            rows = [BoardRow(link, row) for link, row in zip(links, parts, strict=True)]
            counting = [each for each in rows if _counts(each, in_columns)]
            bare = sum(not _DIGIT.search(each.said) for each in rows)  # categories, that link as boards do
            if len(counting) >= max(_FEWEST, _NEARLY_ALL * (len(rows) - bare)) and len(counting) > len(found):
                found = counting
    return found


def named_boards(page: BeautifulSoup, own_url: str) -> list[BoardRow]:
    """The boards of an index that counts nothing, by their addresses or as headings below one that says what
    they are: "Forums"; for a page that shows nothing else."""
    heads = [head for head in inside(page, *HEADINGS) if _says_boards(clean(head))]
    alike = _alike(page, own_url)
    groups = [links for links in alike if all(map(_is_board, links)) or _are_below(heads, links)]
    return _if_all(page, max(groups, key=len, default=[]))


def titled_boards(page: BeautifulSoup, own_url: str) -> list[BoardRow]:
    """The most links alike, those in headings before a menu's, on a page that says it lists boards, and shows
    nothing else."""
    titles = _IN_TITLE.split(clean(page.title)) if page.title else []
    is_told = any(map(_says_boards, [*titles, *map(clean, inside(page, *HEADINGS))]))
    return _if_all(page, max(_alike(page, own_url), key=_rank, default=[])) if is_told else []


def _rank(links: Sequence[Tag]) -> tuple[bool, int]:
    return all(link.find_parent(HEADINGS) for link in links), len(links)


def _if_all(page: BeautifulSoup, links: Sequence[Tag]) -> list[BoardRow]:
    """The boards that links lead to, each with what stands around it, if that is all that a page says."""
    around = wholes(links)
    parts = flat_rows(around) if all(row.name == "dt" for row in around) else [(row,) for row in around]
    found = [BoardRow(link, row) for link, row in zip(links, parts, strict=True)]
    listed = sum(count_words(board.said) for board in found)
    return found if count_words(clean(page)) - listed <= _ASIDE * listed + _GREETING else []


def boards_of_rows(page: BeautifulSoup, rows: Sequence[Tag], own_url: str) -> list[BoardRow]:
    """The boards of a front page that lists what was said last in all of them: each row leads to its own."""
    if split(own_url).path.strip("/"):
        return []
    groups = [links for links in _alike(page, own_url) if all(map(_is_board, links))]
    boards = {attribute(link, "href"): link for link in max(groups, key=len, default=[])}
    led = all(any(attribute(link, "href") in boards for link in inside(row, "a")) for row in rows)
    return [BoardRow(link, (link,)) for link in boards.values()] if led else []


def _says_boards(words: str) -> bool:
    return words.strip(" :").casefold() in among("boards")


def _is_board(link: Tag) -> bool:
    href = "/" + attribute(link, "href")
    return bool(_NAMED.search(href) or _ADDRESS.search(href))


def _are_below(heads: Sequence[Tag], links: Sequence[Tag]) -> bool:
    """Whether links stand in the headings that follow one of these."""
    titles = [id(link.find_parent(HEADINGS)) for link in links]
    following = (islice(head.find_all_next(HEADINGS), len(titles)) for head in heads)
    return any([id(heading) for heading in headings] == titles for headings in following)


def _alike(page: BeautifulSoup, own_url: str) -> Iterator[list[Tag]]:
    """Links in the same place whose addresses have the same shape, the first to each address."""
    groups: dict[object, dict[str, Tag]] = {}
    host = split(own_url).netloc
    for link in _links(page):
        url = absolute(own_url, attribute(link, "href"))
        if split(url).netloc != host or not _LETTERS.search(clean(link)) or is_person(link):
            continue
        if _OF_A_POST.search(attribute(link, "href")) or _is_sorted(url, own_url):
            continue
        groups.setdefault(likeness(link, url), {}).setdefault(url.partition("#")[0], link)
    return (list(found.values()) for found in groups.values() if _are_names(list(found.values())))


def _is_sorted(url: str, own_url: str) -> bool:
    """Whether an address is the page's own with a word more: "?board=lamps&sort=date"."""
    more = asked_beside(url, own_url)
    return more is not None and not any(map(_DIGIT.search, more))


def _links(page: BeautifulSoup) -> Iterator[Tag]:
    """The links of a page in its order, without those of its frame."""
    left: list[Tag] = [page]
    while left:
        tag = left.pop()
        if tag.name == "a" and tag.has_attr("href"):
            yield tag
        inner = [child for child in tag.contents if isinstance(child, Tag) and child.name not in _FRAME]
        left.extend(reversed(inner))


def _are_names(links: Sequence[Tag]) -> bool:
    """Whether links tell boards apart: "Only this author" beside each post, and his threads, do not."""
    told = {clean(link) for link in links}
    return len(links) >= _FEWEST and len(told) >= _NEARLY_ALL * len(links)


def _counts(board: BoardRow, in_columns: Columns) -> bool:
    """Whether a row says how many threads a board has: in words, in columns of the page, by an address."""
    said = board.said
    if count_words(said) > _MOST_WORDS or _of_a_person().search(said):
        return False
    if counted("threads").search(said):
        return True
    if not any(_ONLY_NUMBER.fullmatch(part.get_text()) for row in board.parts for part in inside(row)):
        return False
    below = in_columns.get(id(board.link), {}).get("threads", "")
    return bool(_ONLY_NUMBER.fullmatch(below) or _ADDRESS.search("/" + attribute(board.link, "href")))


@cache
def _of_a_person() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{either('people')})\b", re.I)
