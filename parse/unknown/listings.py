"""Pages of unknown forums that list threads and show none: rows that each lead to a page of their own."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from bs4 import BeautifulSoup
from bs4.element import Tag

from parse.unknown.block import Block
from parse.unknown.bylines import posted
from parse.unknown.columns import Columns, count_answers
from parse.unknown.counts import answers
from parse.unknown.likeness import likeness
from parse.unknown.marks import DATE_TEXT, JOINED, is_date, is_person
from parse.unknown.pager import first_page, page_number
from parse.unknown.tags import (
    HEADINGS,
    attribute,
    called,
    clean,
    count_words,
    heading_of,
    inside,
    is_inside,
    opening,
    own_text,
    wholes,
    words_in_links,
)
from parse.unknown.talk import leads_to_talk
from parse.urls import absolute, split

_FEWEST = 3
_TABLES = 2
"""The boards within a board, and its threads."""
_NEARLY_ALL = 0.8
_WORDS_OF_A_TITLE = 2.5
"""On average: names have fewer."""
_WORDS_OF_A_POST = 25
"""Beside links, in the median: a listing shows the beginning of a post at most."""
_WORDS_OF_A_ROW = 50
_CHARACTERS_OF_A_ROW = 2000
_A_COUNT = 30
"""Characters of a date or of what a row counts: "0 answers, 856 views"."""
_STEPS_TO_A_ROW = 6
"""From a date to the row in which it stands."""
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_TIMES_A_LABEL = 3
"""How often a page leads to each of its boards or tags, if it names that of each thread."""
_TIMES_A_BUTTON = 3
"""To how many places the same words lead, if they are no title ("View post")."""


@dataclass(frozen=True, slots=True)
class Row:
    """A thread in a listing."""

    link: Tag
    """Its title."""
    dates: tuple[Tag, ...]
    """The days that the row shows: when it began, when something last happened in it."""
    whole: Tag
    """All that stands around the title and around no other."""
    answers: int | None = None
    """How often it says that its thread was answered."""


def rows(blocks: Sequence[Block], own_url: str, columns: Columns) -> list[Row]:
    """The threads that the blocks stand for; empty where the blocks are posts.

    One or two are threads only where each says how often it was answered, and has one title.
    """
    if not blocks or any(block.nested for block in blocks):
        return []
    if len(blocks) == _TABLES and sum(map(_words_told, blocks)) < _WORDS_OF_A_TITLE:
        whole = _around_both(*blocks)
        blocks = [whole] if _is_one_thread(whole, own_url, columns) else blocks
    elements = [block.element for block in blocks]
    around = wholes(elements) if len(blocks) > 1 else elements  # around a lone one is the whole page
    if len(blocks) < _FEWEST and not all(_is_one_thread(block, own_url, columns) for block in blocks):
        return []
    links = [_title(whole, split(own_url).path) for whole in around]
    dates = [tuple(t for t in inside(whole) if is_date(t, own_text(t))) for whole in around]
    found = [
        Row(link, told, whole, answers(link, whole, columns))
        for link, told, whole in zip(links, dates, around, strict=True)
        if link and posted(told)
    ]
    shown = {clean(row.link) for row in found}
    addresses = {attribute(row.link, "href") for row in found}
    if min(len(shown), len(addresses)) < _NEARLY_ALL * len(blocks):
        return []
    headed = sum(_is_headed(row.link) for row in found)
    counted = headed == len(found) and all(row.answers is not None for row in found)
    if not counted and sum(count_words(title) for title in shown) < _WORDS_OF_A_TITLE * len(shown):
        return []
    said = sorted(_words_beside_links(block) for block in blocks)[len(blocks) // 2]
    return found if said < _WORDS_OF_A_POST or headed >= _NEARLY_ALL * len(blocks) else []


def _around_both(one: Block, other: Block) -> Block:
    """The smallest element that holds two blocks, as one."""
    above = {id(tag) for tag in one.element.parents}
    around = next((tag for tag in other.element.parents if id(tag) in above), one.element)
    return Block(element=around, body=around, person=None, date=None)


def _is_one_thread(block: Block, own_url: str, columns: Columns) -> bool:
    """Whether a block is a row with one title, and tells of no account, that counts posts: what a lone post
    says is more than the links around it do."""
    element = block.element
    link = _title(element, split(own_url).path)
    if link is None or not _is_of_site(link, own_url):
        return False
    if _words_told(block) > count_words(clean(link)) and not _is_headed(link):
        return False
    counted = answers(link, element, columns)
    is_counted = bool(counted) or (counted == 0 and _is_unanswered_thread(link, own_url))
    is_post = JOINED.search(clean(element)) is not None
    return is_counted and not is_post and len(_dated_titles(element, own_url, columns)) < 2


def _is_unanswered_thread(link: Tag, own_url: str) -> bool:
    """Whether a title leads to talk, and is not that of the page: "no comments" stand below news, too."""
    address = split(absolute(own_url, attribute(link, "href")))
    page = [above for above in link.parents if above.name in ("html", "[document]")][-1]
    titled = next(iter(inside(page, "title")), None)
    is_about = titled is None or clean(link) in clean(titled)
    return not is_about and leads_to_talk(f"{address.path}?{address.query}")


def few_rows(
    page: BeautifulSoup, blocks: Sequence[Block], own_url: str, columns: Columns, is_doubtful: bool
) -> list[Row]:
    """The threads of a listing with too few of them to be told by what repeats.

    That a page lists threads, pages before it tell, or its columns. What repeats must say next to nothing;
    where it is not doubtful that it is posts, each row must say how often it was answered.
    """
    if len(blocks) >= _FEWEST or ((page_number(own_url) or 1) == 1 and not count_answers(page)):
        return []
    found = [row for row in _dated_titles(page, own_url, columns) if _is_of_site(row.link, own_url)]
    in_columns = count_answers(page)
    is_quiet = sum(map(_words_beside_links, blocks)) < _WORDS_OF_A_POST
    told = is_quiet and (is_doubtful or all(_is_counted(row, in_columns) for row in found))
    return found if told and len(found) < _FEWEST else []


def _is_of_site(link: Tag, own_url: str) -> bool:
    """Whether a link stays on the site; one that leads away is no thread unless many are made as it is."""
    return split(absolute(own_url, attribute(link, "href"))).hostname == split(own_url).hostname


def _is_counted(row: Row, in_columns: bool) -> bool:
    """Whether a row says how often its thread was answered; in columns made of boxes it is a bare number."""
    bare = (text for text in row.whole.find_all(string=True) if text.strip().isdecimal())
    return row.answers is not None or (in_columns and next(bare, None) is not None)


def rows_beside(
    page: BeautifulSoup, blocks: Sequence[Block], own_url: str, columns: Columns, is_doubtful: bool
) -> list[Row]:
    """The threads of a listing in which nobody speaks: what was found holds it, is beside it or doubtful.

    Below a lone post whose address is made as theirs they are what else there is to read. Two may be tables
    that all of them stand in.
    """
    found = _dated_titles(page, own_url, columns) if is_doubtful or len(blocks) <= _TABLES else []
    if not is_doubtful and (
        _are_beside(found, own_url) or (len(blocks) > 1 and not _are_within(found, blocks))
    ):
        return []
    said = _words_beside_rows(blocks, found)
    shown = sum(count_words(clean(row.link)) for row in found)
    return found if len(found) >= _FEWEST and shown > max(said, _WORDS_OF_A_TITLE * len(found)) else []


def _are_within(found: Sequence[Row], blocks: Sequence[Block]) -> bool:
    """Whether every title stands in one of the blocks, as what else there is to read below posts does not."""
    around = {id(block.element) for block in blocks}
    return all(any(id(above) in around for above in row.link.parents) for row in found)


def _are_beside(found: Sequence[Row], own_url: str) -> bool:
    """Whether the address of a page has all that those of its rows have in common, so that it is of a thread
    itself; "/late-seeds" and "/early-seeds" have nothing."""
    rows = [_parts(absolute(own_url, attribute(row.link, "href"))) for row in found]
    own = _parts(first_page(own_url))
    if not rows or {len(row) for row in rows} != {len(own)}:
        return False
    columns = list(zip(own, *rows, strict=True))
    if any(_ends_otherwise(mine, theirs) for mine, *theirs in columns):
        return False
    common = [(mine, theirs[0]) for mine, *theirs in columns if len(set(theirs)) == 1]
    words = [(mine, part) for mine, part in common if _LETTERS.search(part)]
    return bool(words) and all(mine == part for mine, part in words)


def _ends_otherwise(own: str, parts: Sequence[str]) -> bool:
    """Whether parts of addresses all end with one word and a number, and the page's own one does not:
    "late-seeds-topic_0.html" below "list-0.html"."""
    alike = takewhile(lambda signs: len(set(signs)) == 1, zip(*(part[::-1] for part in parts), strict=False))
    end = "".join(signs[0] for signs in alike)[::-1]
    is_told = len(set(parts)) > 1 and "0" in end and _LETTERS.search(end.partition("0")[0]) is not None
    return is_told and not own.endswith(end)


def _parts(url: str) -> list[str]:
    """The parts of the path and of the query of an address, without its numbers."""
    address = split(url)
    return re.split("[/?&;]", _DIGITS.sub("0", f"{address.path.rstrip('/')}?{address.query}"))


def _words_beside_rows(blocks: Sequence[Block], found: Sequence[Row]) -> int:
    """How much blocks say beside rows that stand in them: one may be all of a listing, or show it again.

    What stands in another block is said once.
    """
    titles = {attribute(row.link, "href") for row in found}
    around = {id(block.element) for block in blocks}
    outer = [block for block in blocks if not any(id(above) in around for above in block.element.parents)]
    return sum(_words_beside(block.body, titles) for block in outer)


def _words_beside(body: Tag, titles: Collection[str]) -> int:
    links = [link for link in inside(body, "a") if attribute(link, "href") in titles]
    within = wholes(links) if len(links) > 1 else []
    return count_words(clean(body)) - sum(count_words(clean(row)) for row in within)


def counted_rows(page: BeautifulSoup, own_url: str, columns: Columns) -> list[Row]:
    """The threads of a listing by what each says of itself, where nobody is seen to say anything.

    All have a date and say how often they were answered.
    """
    found = _dated_titles(page, own_url, columns)
    return found if len(found) > 1 and all(row.answers is not None for row in found) else []


def are_in_blocks(found: Sequence[Row], blocks: Sequence[Block], own_url: str) -> bool:
    """Whether counted threads stand in what was taken for posts, and these say less than their rows."""
    said = sum(len(clean(row.whole).split()) for row in found)
    if any("#" in attribute(row.link, "href") or JOINED.search(clean(row.whole)) for row in found):
        return False  # subjects of posts, beside how many its author wrote
    titles = {clean(row.link) for row in found}
    is_around = (
        len(titles) >= max(1, _NEARLY_ALL * len(found))
        and _are_within(found, blocks)
        and _words_beside_rows(blocks, found) < said
    )
    return is_around and not _are_beside(found, own_url)


def with_counted(found: Sequence[Row], page: BeautifulSoup, own_url: str, columns: Columns) -> list[Row]:
    """The rows of a listing, and others that say how often their threads were answered, if none of them does.

    What is new everywhere stands beside a board and may be longer.
    """
    if not found or any(row.answers is not None for row in found):
        return list(found)
    counted = [row for row in _dated_titles(page, own_url, columns) if row.answers is not None]
    known = {attribute(row.link, "href") for row in counted}
    return [*counted, *(row for row in found if attribute(row.link, "href") not in known)]


def _dated_titles(page: Tag, own_url: str, columns: Columns) -> list[Row]:
    """The titles that dates stand beside; a word or two is one where links made like it are titles."""
    path, labels = split(own_url).path, _labels(page, own_url)
    near = [(d, _titles_near(d, path, labels)) for d in inside(page) if is_date(d, own_text(d))]
    every = [title for _, titles in near for title in titles]
    made = {
        id(link): likeness(link, first_page(absolute(own_url, attribute(link, "href")))) for link in every
    }
    long = {made[id(link)] for link in every if _is_long(link)}
    links: dict[str, Tag] = {}
    dates: dict[str, list[Tag]] = {}
    for date, titles in near:
        told = (title for title in titles if _is_long(title) or made.get(id(title)) in long)
        if (link := next(told, None)) is not None:
            links.setdefault(attribute(link, "href"), link)
            dates.setdefault(attribute(link, "href"), []).append(date)
    links = _of_site(links, own_url)
    around = wholes(list(links.values()))
    return [
        Row(link, tuple(dates[href]), whole, answers(link, whole, columns))
        for (href, link), whole in zip(links.items(), around, strict=True)
    ]


def _of_site(links: dict[str, Tag], own_url: str) -> dict[str, Tag]:
    """Without titles that lead elsewhere, where few do: who made the software is no thread."""
    own = {href: link for href, link in links.items() if _is_of_site(link, own_url)}
    return own if 2 * len(own) >= len(links) or len(links) < _FEWEST else links


def _labels(page: Tag, own_url: str) -> set[str]:
    """The addresses of what rows have in common, the board or the tag of each thread, and the words of
    buttons that lead elsewhere in each: no titles."""
    groups: dict[str, list[str]] = {}
    led: dict[str, set[str]] = {}
    for link in inside(page, "a"):
        url = absolute(own_url, attribute(link, "href"))
        groups.setdefault(_DIGITS.sub("0", url), []).append(attribute(link, "href"))
        led.setdefault(clean(link), set()).add(url)
    often = (urls for urls in groups.values() if len(urls) >= _TIMES_A_LABEL * len(set(urls)))
    buttons = {words for words, urls in led.items() if len(urls) >= _TIMES_A_BUTTON}
    return {url for urls in often for url in urls} | buttons


def _titles_near(date: Tag, own_path: str, labels: Collection[str]) -> list[Tag]:
    """What may be the title that a date stands beside, within what may be a row, the nearest first."""
    found: list[Tag] = []
    for above in islice(date.parents, _STEPS_TO_A_ROW):
        if count_words(opening(above, _CHARACTERS_OF_A_ROW)) > _WORDS_OF_A_ROW:
            break
        title = _title(above, own_path, labels) or _title_above(above, own_path, labels)
        if title is not None:
            found.append(title)
        if title is not None and _is_long(title):
            break
    return found


def _title_above(row: Tag, own_path: str, labels: Collection[str]) -> Tag | None:
    """The title in the line before one that has none: rows of some lists are two tables, or two lines."""
    before = row.find_previous_sibling() if row.name in ("tr", "table") else None
    if before is None or before.name != row.name or any(is_date(t, own_text(t)) for t in inside(before)):
        return None
    return _title(before, own_path, labels)


def _is_long(title: Tag) -> bool:
    return count_words(clean(title)) >= _WORDS_OF_A_TITLE


def _title(row: Tag, own_path: str, labels: Collection[str] = ()) -> Tag | None:
    """The link with most words that leads elsewhere and is neither a name nor a date.

    It leads to a post only where nothing leads to the whole thread.
    """
    within = (row, *inside(row, "a")) if row.name == "a" else inside(row, "a")
    linked = (a for a in within if attribute(a, "href") and attribute(a, "href") not in labels)
    told = [a for a in linked if clean(a) not in labels and _may_lead_to_a_thread(a, own_path)]
    links = [a for a in told if "#" not in attribute(a, "href")] or told
    headed = [a for a in links if _is_headed(a)]
    return max(headed or links, key=lambda a: count_words(clean(a)), default=None)


def _is_headed(link: Tag) -> bool:
    return is_inside(link, *HEADINGS) or bool(inside(link, *HEADINGS))


def _may_lead_to_a_thread(link: Tag, own_path: str) -> bool:
    href, words = attribute(link, "href"), called(link)
    if href.startswith(("#", "javascript:", "mailto:")) or is_person(link):
        return False
    led = split(href)
    same_page = led.path == own_path and not led.query
    if led.path.endswith("/") and own_path.startswith(led.path) and not led.query:
        return False  # the way up to what holds this page
    if words.endswith(":") or is_inside(link, "blockquote"):
        return False
    is_card = heading_of(link) is not link
    dated = (
        (not is_card and bool(inside(link, "time")))
        or DATE_TEXT.search(words)
        or DATE_TEXT.match(attribute(link, "title"))
    )
    return bool(_LETTERS.search(words)) and not dated and not same_page


def _words_told(block: Block) -> int:
    """Words of a block beside its links that neither count anything nor say when."""
    texts = (text for text in block.body.find_all(string=True) if not is_inside(text, "a"))
    told = (text for text in texts if len(text.strip()) > _A_COUNT or not _DIGITS.search(text))
    return sum(map(count_words, told))


def _words_beside_links(block: Block) -> int:
    return count_words(clean(block.body)) - words_in_links(block.body)
