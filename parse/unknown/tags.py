"""What a tag is called and what it says."""

import re
from collections.abc import Collection, Sequence
from itertools import takewhile

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

KEY = (
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|(?<![^\W_])(?=[0-9]*[a-f])(?:[0-9a-f]{24}|[0-9a-f]{32}|[0-9a-f]{40})(?![^\W_])"
)
"""What some forums give posts in place of numbers; digits within it are none."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TITLE = re.compile(r"(?:^|[-_])(?:title|subject|headline)$", re.I)
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_IDEOGRAPHS_A_WORD = 2


def classes(tag: Tag) -> list[str]:
    value = tag.get("class")
    return value if isinstance(value, list) else str(value).split() if value else []


def attribute(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return " ".join(value) if isinstance(value, list) else value or ""


def inside(tag: Tag, *names: str) -> list[Tag]:
    """The elements in one, in the order of the page: those of these names, or all.

    `find_all` takes ten times as long for the few elements of a post.
    """
    return [t for t in tag.descendants if isinstance(t, Tag) and (not names or t.name in names)]


def words_in_links(tag: Tag) -> int:
    """How many words of an element stand in its links."""
    return sum(count_words(clean(link)) for link in inside(tag, "a"))


def is_inside(tag: PageElement, *names: str) -> bool:
    """Whether an element stands in one of these names."""
    return any(above.name in names for above in tag.parents)


def own_text(tag: Tag) -> str:
    """The text right in an element, without that of its children."""
    return " ".join(c for c in tag.contents if type(c) is NavigableString)


def wholes(elements: Sequence[Tag]) -> list[Tag]:
    """Each element with all that stands around it and around no other of them."""
    ways: list[list[Tag]] = []
    reached: set[int] = set()
    shared: set[int] = set()
    for element in elements:
        way = [element, *takewhile(lambda above: id(above) not in reached, element.parents)]
        reached.update(map(id, way[1:]))
        shared.add(id(way[-1].parent))
        ways.append(way)
    return [_topmost(way, shared) for way in ways]


def flat_rows(elements: Sequence[Tag]) -> list[tuple[Tag, ...]]:
    """Each element with as many after it as stand before the next: a `<dt>` and its `<dd>`."""
    after = [element.find_next_siblings() for element in elements]
    known = set(map(id, elements))
    runs = [list(takewhile(lambda tag: id(tag) not in known, tags)) for tags in after]
    fewest = min(map(len, runs), default=0)
    return [(element, *run[:fewest]) for element, run in zip(elements, runs, strict=True)]


def wrap(nodes: Sequence[PageElement], name: str = "") -> Tag:
    """One element, with a class if one is given, around nodes that stand beside each other."""
    around = BeautifulSoup("", "html.parser").new_tag("div", attrs={"class": name} if name else {})
    nodes[0].insert_before(around)
    for node in nodes:
        around.append(node.extract())
    return around


def heading_of(link: Tag) -> Tag:
    """What of a link says where it leads: of a card that is one, its heading or what is called its title."""
    heads = inside(link, *HEADINGS) or [t for t in inside(link) if any(map(_TITLE.search, classes(t)))]
    return next(filter(clean, heads), link)


def called(link: Tag) -> str:
    """What a link says it leads to."""
    return clean(heading_of(link))


def _topmost(way: Sequence[Tag], shared: Collection[int]) -> Tag:
    """The last on the way up from an element before what stands around others as well."""
    alone = list(takewhile(lambda above: id(above) not in shared, way[1:]))
    return alone[-1] if alone else way[0]


def opening(tag: PageElement, most: int) -> str:
    """The visible text of an element, white space folded, up to where it is seen to be longer than `most`.

    Half a page need not be gone through to learn that it is no name.
    """
    words: list[str] = []
    length = 0
    left: list[PageElement] = [tag]
    while left and length <= most + 1:
        node = left.pop()
        if isinstance(node, Tag):
            left.extend(reversed(node.contents))
        elif type(node) is NavigableString and (text := " ".join(node.split())):
            words.append(text)
            length += len(text) + 1
    return " ".join(words)


def clean(element: PageElement) -> str:
    """Visible text of an element, white space folded."""
    return " ".join(element.get_text(" ").split())


def count_words(text: str) -> int:
    """Words; where a language writes without blanks, two characters count as one."""
    count = len(text.split())
    if count and (written := len(_IDEOGRAPHS.findall(text))):
        return max(count, written // _IDEOGRAPHS_A_WORD)
    return count
