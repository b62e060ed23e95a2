"""Where a thread of an unknown forum begins, where in it a page stands, and where its other pages are.

The common forms of numbers in URLs are known. What else a site makes of them, "/5-piers/page__st__20" or
"t5-20.html", is told by its pager: the link "1" leads to the first page, and what differs from that in a
number alone is another one.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from selectolax.lexbor import LexborNode

from parse.html_fields import attribute, text_of
from parse.json_fields import whole
from parse.page import Document
from parse.urls import absolute, split, tidy, without_mark

_NUMBER = re.compile(
    r"[?&](?:page|p|pg|pn|seite|pagina)=(\d+)"
    # WordPress and its like name what is paged: "/2024/03/tides/comment-page-2/"
    r"|/(?:(?:comments?|posts?|replies|answers?)-)?(?:page|seite|pagina|p(?=\W?\d{1,3}(?!\d)))[-/:]?(\d+)(?=/|$)"
    r"|[?&;](?:start|offset|st)=(\d+)",
    re.I,
)
_OF_A_THREAD = re.compile(r"\w+://[^/?]+/(?:p/\d+|(?:[^?]*\bindex\.\w+)?\?p=\d+)", re.I)
"""Where nothing else tells what an address leads to, "/?p=12" or "/p/12", the number is that of a thread."""
_INDEX = re.compile(r"/(?:index|default)\.[a-z]{2,5}\Z", re.I)
"""What a server shows at the address of a folder: "/index.cfm?page=2" is a page of "/"."""
_QUERY_LEFT = re.compile(r"\?(?:&|\Z)")
_PREVIOUS = "prev"
_EARLIER = re.compile(r"previous \d+")
"""What leads from the newest entries of a journal to those before them: "Previous 20"."""
_MORE = re.compile(r"limit=\d+", re.I)
_PARTS = re.compile(r"[^\W\d_]+|\d+")
_AROUND = " [](){}<>«»›→·|."
"""What may stand around a number of a pager."""
_FIRST_NUMBERS = ("0", "1")
_WORDS = 2
"""That may come with the number of a page: "page__st__20"."""
_OF_A_POST = re.compile(r"#.*\d")
_OF_SIZES = frozenset(
    ("per", "perpage", "limit", "size", "count", "items", "sort", "order", "days", "r", "reply")
)
"""Words that come with a number which is none of a page: "?per_page=50"."""
_SECOND = 2
LONGEST_STEP = 200
"""Posts on a page, where a URL counts posts."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page among the pages of its thread or its listing."""

    start: str
    """The URL of the first one: the same for all."""
    number: int | None
    """Counts up from page to page; None where nothing tells, as on a first page."""
    is_first: bool
    others: tuple[str, ...]
    """The URLs of other pages."""


def place(doc: Document) -> Place:
    """Where a page stands, by its URL and its links."""
    own = tidy(doc.page.url)
    nodes = [(node, tidy(absolute(doc.base, attribute(node, "href")))) for node in doc.tree.css("a[href]")]
    numbered = [(text, url) for node, url in nodes if (text := text_of(node).strip(_AROUND)).isdecimal()]
    before, following = _named(doc, "prev"), _named(doc, "next")
    firsts = [url for text, url in numbered if text == "1"]
    start = _start(own, [url for _, url in nodes], firsts, before, following)
    paged = [url for _, url in nodes if page_number(url) is not None]
    known = [url for url in paged if first_page(url) == first_page(own)]
    known = known or [url for url in paged if _without_switches(first_page(url)) == start]
    shown = _shown([(text, url) for text, url in numbered if _is_numbered(text, url, start)], start)
    shown += [url for node, url in nodes if _leads_on(node, url, own, start)]
    first = {start, *_first_again(nodes, numbered, start)}
    pages = (start if url in first else url for url in (*following, *known, *shown))
    others = (url for url in dict.fromkeys(pages) if url != own and not (url == start and own in first))
    number = page_number(own)
    number = beyond(own, start) if number is None else number
    return Place(start, number, number in (None, 1) and without_mark(own) == own, tuple(others))


def _leads_on(node: LexborNode, url: str, own: str, start: str) -> bool:
    """Whether a link leads further by a mark in its URL, or says so and leads to a number."""
    if without_mark(url) != url:
        return first_page(url) == first_page(own) and _PREVIOUS not in attribute(node, "rel")
    number, said = beyond(url, start), text_of(node).strip(_AROUND).casefold()
    if number is None:
        return said in _further() and (_asks_for_more(url, own) or _is_later(url, own))
    is_earlier = number > (beyond(own, start) or 0) and _EARLIER.fullmatch(said) is not None
    return number > 1 and (said in _further() or is_earlier)


def _asks_for_more(url: str, own: str) -> bool:
    """Whether an address is that of the same page with more on it: "?limit=40"."""
    return url.partition("?")[0] == own.partition("?")[0] and _MORE.fullmatch(split(url).query) is not None


def _is_later(url: str, own: str) -> bool:
    """Whether an address is that of the page itself with a number of a page and what else later pages name:
    "?topic=7&sort=new&page=2" of "?topic=7"."""
    asked = set(split(own).query.split("&")) - {""}
    is_same = url.partition("?")[0] == own.partition("?")[0] and asked <= set(split(url).query.split("&"))
    return is_same and page_number(own) is None and (page_number(url) or 0) > 1


@cache
def _further() -> frozenset[str]:
    words = tomllib.loads(files("parse").joinpath("unknown/pager_words.toml").read_text("utf-8"))
    return frozenset(words["further"])


def _first_again(
    nodes: Sequence[tuple[LexborNode, str]], numbered: Sequence[tuple[str, str]], start: str
) -> Iterator[str]:
    """Other URLs of the first page: those with its number, where it is seen that numbers begin there."""
    counts = ((beyond(url, start), whole(text)) for text, url in numbered if text not in _FIRST_NUMBERS)
    is_counted = any(number == said is not None for number, said in counts)
    for node, url in nodes:
        if url == start or (number := beyond(url, start)) not in (0, 1):
            continue
        is_post = _OF_A_POST.search(attribute(node, "href")) is not None
        if text_of(node).strip(_AROUND) == "1" or (number == 1 and (is_counted or is_post)):
            yield url


def _named(doc: Document, relation: str) -> list[str]:
    """The URLs that a page calls the next or the previous one."""
    links = doc.tree.css(f'link[rel~="{relation}"], a[rel~="{relation}"]')
    return [tidy(absolute(doc.base, href)) for node in links if (href := attribute(node, "href"))]


def _start(
    own: str, links: list[str], firsts: list[str], before: Sequence[str], following: Sequence[str]
) -> str:
    """The URL of the first page, as the page links it where it does."""
    bare = first_page(own)
    if bare == own:
        told = (_without_number(url, own) for url in firsts if beyond(own, url) is not None)
        return next(told, None) or _counted_from(own, links, before, following) or own
    stem = bare.removesuffix("/")
    return next((form for form in (bare, stem, f"{stem}/", _without_switches(bare)) if form in links), bare)


def _without_switches(url: str) -> str:
    """An address without parameters of 0 or 1 that only later pages have: "/topic/1/?v=0"."""
    path, _, query = url.partition("?")
    is_switch = all(part.partition("=")[2] in _FIRST_NUMBERS for part in query.split("&"))
    return path if is_switch else url


def _counted_from(
    own: str, links: Sequence[str], before: Sequence[str], following: Sequence[str]
) -> str | None:
    """The first of pages that a number at the end of the path tells apart, "/t/31/2/", by the page beside."""
    stem, number = _counted(own)
    if not number:
        return None
    if number == _SECOND:
        return next((url for url in before if url.removesuffix("/") == stem), None)
    beside = {*map(_counted, before), *map(_counted, following)}
    is_numbered = not beside.isdisjoint(((stem, number - 1), (stem, number + 1)))
    return next((url for url in links if url.removesuffix("/") == stem), None) if is_numbered else None


def _counted(url: str) -> tuple[str, int]:
    """What stands before the number that ends a path, and the number; 0 without one."""
    stem, _, last = url.removesuffix("/").rpartition("/")
    return stem, whole(last) or 0 if last.isdecimal() else 0


def _without_number(first: str, own: str) -> str:
    """The first page as lists of threads link it: without a parameter that only later pages need."""
    path, _, query = first.partition("?")
    kept = [part for part in query.split("&") if part in own or part.partition("=")[2] not in _FIRST_NUMBERS]
    return f"{path}?{'&'.join(kept)}" if any(kept) else path


def _is_numbered(text: str, url: str, start: str) -> bool:
    """Whether a link of a pager leads to the page that it says, be it by its number or by that of a post."""
    number, page = beyond(url, start), whole(text)
    if number is None and page and page == page_number(url):
        # What a listing takes for granted may be said on its other pages: "/topics/sort:last/page:2/".
        there, here = split(url), split(start)
        is_below = there.path.startswith(here.path) and there.netloc == here.netloc
        return is_below and set(here.query.split("&")) <= {"", *there.query.split("&")}
    if number is None or not page:
        return url == start and page == 1
    step = number / (page - 1) if page > 1 else 0
    return number == page or (step == int(step) and 1 <= step <= LONGEST_STEP)


def _shown(numbered: Sequence[tuple[str, str]], start: str) -> list[str]:
    """The pages that links show by their numbers. Where these count posts, each page has as many: beside
    threads in a list stands how often they were answered."""
    told = {(page, beyond(url, start)) for text, url in numbered if (page := whole(text)) and page > 1}
    steps = {number / (page - 1) for page, number in told if number not in (None, page)}
    return [url for text, url in numbered if len(steps) < 2 or beyond(url, start) in (None, whole(text))]


def beyond(url: str, start: str) -> int | None:
    """The number that leads from a first page to another one; None where more than that differs."""
    here, there = split(url), split(start)
    if here.netloc != there.netloc:
        return None
    places = (f"{_INDEX.sub('/', at.path)}?{at.query}".casefold() for at in (here, there))
    parts, first = (Counter(_PARTS.findall(each)) for each in places)
    more, less = parts - first, first - parts
    numbers = [part for part in more.elements() if part.isdecimal()]
    if len(numbers) != 1 or more.total() > 1 + _WORDS or not all(part in _FIRST_NUMBERS for part in less):
        return None
    if not _OF_SIZES.isdisjoint(more):
        return None
    return whole(numbers[0])


def page_number(url: str) -> int | None:
    """Where in its thread a page stands (offsets count up as numbers do); None for a URL without either."""
    m = _NUMBER.search(url, _where_pages_begin(url))
    number = whole(m[1] or m[2] or m[3]) if m else None
    if m is None or number is None:
        return None
    return number if m[3] is None else number + 1


def first_page(url: str) -> str:
    """The URL without what tells the pages of a thread apart, where that has a common form."""
    url = without_mark(url)
    at = _where_pages_begin(url)
    kept = url[:at] + _NUMBER.sub(lambda m: "?" if m[0].startswith("?") else "", url[at:])
    return kept if kept == url else _QUERY_LEFT.sub("?", kept).removesuffix("?")


def _where_pages_begin(url: str) -> int:
    """Where in an address the number of a page may stand: behind that of a thread."""
    named = _OF_A_THREAD.match(url)
    return named.end() if named else 0
