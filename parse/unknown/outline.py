"""A page as a list of elements in document order, with running sums of words, people and dates.

Each element knows where its subtree ends, so how many words, dates and people any subtree holds is a
difference of two sums.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from bs4 import BeautifulSoup
from bs4.element import Tag

from parse.unknown.marks import is_date, is_person
from parse.unknown.tags import attribute, clean, count_words, own_text

CHROME = {"nav", "footer", "form", "aside", "button", "select", "option", "label", "textarea", "input"}
"""Elements that are the page's, not a post's."""
_CLOSED = {"nav", "select", "textarea"}
"""Of these; a footer, though, may hold who wrote a comment, and a form all posts of a page."""
MAX_ELEMENTS = 60_000
"""A page with more elements is cut there: no thread page of a real forum comes near."""
_MENU = "nav"
"""What links to accounts from here signs nothing."""
_NOT_WORDS = {"script", "style", "noscript", "template", "svg", "iframe", "head"}
_NAMES_ONLY = ("a", "button", "label", "option", "h1", "h2")
_SENTENCE = 4
_QUOTES = ("blockquote", "cite", "q")
_HEADINGS = ("h1", "h2", "h3", "h4")


@dataclass(frozen=True, slots=True)
class Element:
    """One element in document order; its subtree is `elements[index:end]`."""

    tag: Tag
    index: int
    end: int
    depth: int
    parent: int
    """The index of the element around it; -1 for the first."""
    is_person: bool
    is_date: bool

    def holds(self, other: "Element") -> bool:
        """Whether the other is this one or inside it."""
        return self.index <= other.index < self.end


class Outline:
    """A page as elements in document order with running sums of words, people and dates."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.elements: list[Element] = []
        self._words = [0]
        self._prose = [0]
        self._people = [0]
        self._dates = [0]
        self._walk(soup.body or soup)

    def _walk(self, root: Tag) -> None:
        """Preorder without recursion; a page may nest deeper than Python's stack."""
        order: list[tuple[Tag, int, int]] = []
        ends: dict[int, int] = {}
        stack: list[tuple[Tag, int, int] | int] = [(root, 0, -1)]
        menus = 0
        while stack:
            item = stack.pop()
            if isinstance(item, int):
                ends[item] = len(order)
                menus -= order[item][0].name == _MENU
                continue
            tag, depth, parent = item
            if len(order) >= MAX_ELEMENTS or tag.name in _NOT_WORDS:
                continue
            menus += tag.name == _MENU
            self._enter(tag, in_menu=menus > 0)
            here = len(order)
            stack.append(here)
            order.append((tag, depth, parent))
            inside = [child for child in tag.contents if isinstance(child, Tag)]
            stack.extend((child, depth + 1, here) for child in reversed(inside))
        for index, (tag, depth, parent) in enumerate(order):
            named, dated = (s[index + 1] > s[index] for s in (self._people, self._dates))
            end = ends.get(index, len(order))
            self.elements.append(Element(tag, index, end, depth, parent, named, dated))

    def _enter(self, tag: Tag, *, in_menu: bool) -> None:
        text = own_text(tag)
        count = 0 if tag.name in _NAMES_ONLY else count_words(text)
        self._words.append(self._words[-1] + count)
        dated = is_date(tag, text)
        self._prose.append(self._prose[-1] + (count if count >= _SENTENCE and not dated else 0))
        self._people.append(self._people[-1] + (not in_menu and is_person(tag)))
        self._dates.append(self._dates[-1] + dated)

    def words(self, e: Element) -> int:
        return self._words[e.end] - self._words[e.index]

    def prose(self, e: Element) -> int:
        """Words in runs long enough to be said by somebody: menus, counters and ranks are not."""
        return self._prose[e.end] - self._prose[e.index]

    def people(self, e: Element) -> int:
        return self._people[e.end] - self._people[e.index]

    def dates(self, e: Element) -> int:
        return self._dates[e.end] - self._dates[e.index]

    def own_sum(self, measure: Callable[[Element], int], e: Element, posts: Sequence[Element]) -> int:
        """What an element measures without the posts in it."""
        return measure(e) - sum(map(measure, outermost(e, posts)))

    def inside(self, e: Element) -> Sequence[Element]:
        return self.elements[e.index : e.end]

    def children(self, e: Element) -> Iterator[Element]:
        """The elements right in one, without a look at what stands in them."""
        at = e.index + 1
        while at < e.end:
            yield self.elements[at]
            at = self.elements[at].end

    def own(self, e: Element, posts: Sequence[Element]) -> list[Element]:
        """The elements of a post without those of other posts in it, and without the page's own.

        `posts` come in the order of the page.
        """
        found: list[Element] = []
        at = e.index
        for p in outermost(e, posts):
            found += self.elements[at : p.index]
            at = p.end
        found += self.elements[at : e.end]
        return [x for x in outside(found, _CLOSED) if x.tag.name not in CHROME]

    def is_quoted(self, e: Element) -> bool:
        """Whether an element is marked as a quote or stands in one that is."""
        before = bisect_right(self._quotes, e.index, key=_index)
        return before > 0 and self._quotes[before - 1].holds(e)

    @cached_property
    def _quotes(self) -> list[Element]:
        """What is marked as a quote, in the order of the page, without quotes in quotes."""
        found: list[Element] = []
        for e in self.elements:
            if e.tag.name in _QUOTES and not (found and found[-1].holds(e)):
                found.append(e)
        return found

    def title(self, e: Element) -> str:
        """The first heading in an element that is a link to elsewhere; empty where there is none."""
        at = bisect_left(self._titles, e.index, key=itemgetter(0))
        index, words = self._titles[at] if at < len(self._titles) else (e.end, "")
        return words if index < e.end else ""

    @cached_property
    def _titles(self) -> list[tuple[int, str]]:
        """The headings that are links to elsewhere, each by its index, with its words."""
        return [(e.index, words) for e in self.elements if (words := self._title(e.tag))]

    def _title(self, tag: Tag) -> str:
        """The words of a heading that leads elsewhere: what leads to a place on this page is a subject."""
        if tag.name not in _HEADINGS:
            return ""
        link = tag.parent if tag.parent and tag.parent.name == "a" else tag.find("a", href=True)
        page, mark, place = attribute(link, "href").partition("#") if link else ("", "", "")
        return clean(link) if link and not (mark and (not page or place in self._places)) else ""

    @cached_property
    def _places(self) -> set[str]:
        """What links may lead to on this page."""
        names = {attribute(e.tag, "id") or attribute(e.tag, "name") for e in self.elements}
        return names - {""}

    @cached_property
    def total(self) -> int:
        """The prose of the whole page."""
        return max(1, self._prose[-1])


def outside(elements: Sequence[Element], kinds: Collection[str]) -> Iterator[Element]:
    """Those, in their order, that neither are of these kinds nor stand in one that is."""
    closed = 0
    for x in elements:
        if x.index < closed:
            continue
        if x.tag.name in kinds:
            closed = x.end
        else:
            yield x


def outermost(e: Element, posts: Sequence[Element]) -> Iterator[Element]:
    """The posts right inside an element, itself not counted: those inside them are passed over.

    `posts` come in the order of the page.
    """
    at = bisect_left(posts, e.index + 1, key=_index)
    while at < len(posts) and posts[at].index < e.end:
        yield posts[at]
        at = bisect_left(posts, posts[at].end, lo=at, key=_index)


def held(e: Element, elements: Sequence[Element]) -> range:
    """Where in elements, in the order of the page, the element and what it holds stand."""
    first = bisect_left(elements, e.index, key=_index)
    return range(first, bisect_left(elements, e.end, lo=first, key=_index))


def _index(e: Element) -> int:
    return e.index
