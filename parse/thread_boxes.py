"""What stands around the links to one thread and to no other: the rows of a listing whose theme nobody knows.

Which links lead to threads, the software's URLs tell.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from selectolax.lexbor import LexborNode

from parse import second_way
from parse.html_fields import attribute, count_in, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Sight
from parse.model import LinkKind, ThreadRow
from parse.page import Document

_WHOLE = ("table", "tbody", "ul", "ol", "form", "section", "main", "body", "html")
"""What holds rows, and is none."""
_LOCKED = '[class*="-lock"], [class*="icon-closed"], [class*="--closed"]'
_STICKY = '[class*="sticky" i], [class*="-pin"], [class*="pinned"], [class*="thumbtack"], [class*="pushpin"]'


@dataclass(frozen=True, slots=True)
class Box:
    """All of a page that is about one thread."""

    thread: str
    title: LexborNode
    """The link to the thread that has most words."""
    whole: LexborNode
    """The largest element around it that leads to no other thread."""


def boxes(site: HtmlPlatform, doc: Document) -> list[Box]:
    """In the order of the page, one for each thread that it leads to."""
    sight = site.sight(doc)
    linked: defaultdict[str, list[LexborNode]] = defaultdict(list)
    inside: defaultdict[int, set[str]] = defaultdict(set)
    for thread, link in _thread_links(site, doc, sight):
        linked[thread].append(link)
        for above in second_way.upwards(link):
            inside[above.mem_id].add(thread)
    titles = {thread: _title(links, sight) for thread, links in linked.items()}
    return [Box(thread, link, _alone(link, inside)) for thread, link in titles.items()]


def rows(site: HtmlPlatform, doc: Document) -> tuple[ThreadRow, ...]:
    """The threads that a page lists, each with a day: of all boxes those that are alike in their place."""
    sight = site.sight(doc)
    dated = {box.thread: (box, moment) for box in boxes(site, doc) if (moment := _latest(box, sight))}
    places = Counter(_place(box) for box, _ in dated.values())
    usual = next((place for place, _ in places.most_common(1)), None)
    return tuple(_row(site, sight, box, moment) for box, moment in dated.values() if _place(box) == usual)


def marked(site: HtmlPlatform, row: ThreadRow, whole: LexborNode) -> ThreadRow:
    """The row with what icons and links around the title say."""
    posts = [post for link in whole.css("a[href]") if (post := site.post_at(attribute(link, "href")))]
    table = site.table
    return replace(
        row,
        last_post_id=row.last_post_id or (posts[-1] if posts else None),
        is_locked=row.is_locked or _has(whole, table.row_locked, _LOCKED),
        is_sticky=row.is_sticky or _has(whole, table.row_sticky, _STICKY),
        is_moved=row.is_moved or _has(whole, table.row_moved),
    )


def _thread_links(site: HtmlPlatform, doc: Document, sight: Sight) -> Iterator[tuple[str, LexborNode]]:
    for link in doc.tree.css("a[href]"):
        found = site.listed_at(sight.url(attribute(link, "href")))
        if found is not None and found[0] is LinkKind.THREAD:
            yield found[1], link


def _title(links: Sequence[LexborNode], sight: Sight) -> LexborNode:
    """The link with most words that are neither a number nor a date."""
    texts = [text_of(link) for link in links]
    lengths = [0 if text.isdecimal() or sight.time(text) else len(text) for text in texts]
    return links[lengths.index(max(lengths))]


def _alone(link: LexborNode, inside: dict[int, set[str]]) -> LexborNode:
    above = second_way.upwards(link)
    return list(takewhile(lambda up: len(inside[up.mem_id]) == 1 and up.tag not in _WHOLE, above))[-1]


def _place(box: Box) -> tuple[str | None, int]:
    return box.whole.tag, sum(1 for _ in second_way.upwards(box.whole))


def _latest(box: Box, sight: Sight) -> datetime | None:
    shown = (sight.time(text) for text in second_way.date_texts(box.whole, sight.time))
    return max(filter(None, shown), default=None)


def _row(site: HtmlPlatform, sight: Sight, box: Box, moment: datetime) -> ThreadRow:
    url = site.canonical(sight.url(attribute(box.title, "href")))
    told = text_of(first(box.whole, site.table.row_replies))
    row = ThreadRow(id=box.thread, title=text_of(box.title), url=url, last_post_at=moment)
    return marked(site, replace(row, reply_count=count_in(told)), box.whole)


def _has(whole: LexborNode, *selectors: str) -> bool:
    return any(first(whole, selector) is not None for selector in selectors)
