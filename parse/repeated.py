"""The reader for forums nobody has written an adapter for: which blocks of a page repeat and look like posts.

A page is laid out as a list of elements in document order. Each element knows where its subtree ends, so
how many words, dates and people any subtree holds is a difference of two running sums. A group of
elements that share a tag and a class is a candidate; the group wins that covers most of the page's words
while each of its members holds a person, a date and a body of its own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

_PERSON_LINK = re.compile(
    r"(?:^|[/?&=_.;-])(?:u|user|member|profile|profil|people|author|nutzer|benutzer|mitglied|membre|usuario|"
    r"utente|utilisateur|account|viewprofile|userid|uid|memberlist|userinfo)s?(?:[/=?.;-]|$)|^javascript:[^(]*profile\w*\(",
    re.I,
)
_PERSON_CLASS = re.compile(
    r"(?:^|[-_])(?:author|user-?name|nick(?:name)?|poster|creator|byline|user|member)", re.I
)
_DATE_TEXT = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d"
    r"|\d{1,2}(?:st|nd|rd|th|\.)?[\s-]+(?:de\s+)?[^\W\d_]{3,12}\.?,?[\s-]+(?:de\s+)?'?\d{2,4}"
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+'?\d{2,4}"
    r"|\d+\s+\w+\s+ago\b|\b(?:vor|il y a|hace)\s+\w+\s+\w+"
    r"|\b(?:today|yesterday|heute|gestern|hier|aujourd'hui|hoy|ayer|oggi|ieri)\b.{0,12}\d",
    re.I,
)
_COMPACT_AGE = re.compile(r"(?:\w+\s)?\d{1,3}\s?(?:y|yr|mo|w|wk|d|h|hr|m|min)s?", re.I)
"""As a whole text "3y" or "Updated 7mo"; within another it means nothing."""
_DATE_CLASS = re.compile(r"(?:^|[-_])(?:date|time|timestamp|posted|published|created|age)", re.I)
_CHROME = {"nav", "footer", "form", "aside", "button", "select", "option", "label", "textarea", "input"}
_BLOCKS = {"div", "article", "section", "li", "tr", "td", "table", "main", "header", "dd", "ul", "ol"}
_NOT_WORDS = {"script", "style", "noscript", "template", "svg", "iframe", "head"}
_COUNTERS = re.compile(r"\d+")
_LONGEST_DATE = 80
_SENTENCE = 4
_NEAR = 60  # elements between an opening post's text and its byline
_NOT_A_BODY = re.compile(r"(?:^|[-_])(?:sig|signature|quote|quoted|footer)", re.I)
_JOINED = re.compile(
    r"\b(?:anmelde\w*|registered|joined|join date|member since|registriert|dabei seit|mitglied seit|"
    r"beigetreten|inscrit|inscription|iscritto|registrado|desde|membre depuis)\b",
    re.I,
)
MAX_ELEMENTS = 60_000
"""A page with more elements is cut there: no thread page of a real forum comes near."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element in document order; its subtree is `order[index:end]`."""

    tag: Tag
    index: int
    end: int
    depth: int


@dataclass(frozen=True, slots=True)
class Block:
    """One post as found: where it stands and which of its parts are what."""

    element: Tag
    body: Tag
    person: Tag | None
    date: Tag | None
    nested: tuple[Tag, ...] = ()
    """Blocks of other posts inside this one (a tree of comments)."""


class Outline:
    """A page as elements in document order with running sums of words, people and dates."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.elements: list[Element] = []
        self.at: dict[int, int] = {}
        self._words = [0]
        self._prose = [0]
        self._people = [0]
        self._dates = [0]
        self._walk(soup.body or soup)

    def _walk(self, root: Tag) -> None:
        """Preorder without recursion; a page may nest deeper than Python's stack."""
        order: list[tuple[Tag, int]] = []
        ends: dict[int, int] = {}
        stack: list[tuple[Tag, int] | int] = [(root, 0)]
        while stack:
            item = stack.pop()
            if isinstance(item, int):
                ends[item] = len(order)
                continue
            tag, depth = item
            if len(order) >= MAX_ELEMENTS or tag.name in _NOT_WORDS:
                continue
            self._enter(tag)
            stack.append(len(order))
            order.append((tag, depth))
            stack.extend((child, depth + 1) for child in reversed(tag.contents) if isinstance(child, Tag))
        for index, (tag, depth) in enumerate(order):
            self.at[id(tag)] = index
            self.elements.append(Element(tag, index, ends.get(index, len(order)), depth))

    def _enter(self, tag: Tag) -> None:
        text = " ".join(c for c in tag.contents if type(c) is NavigableString)
        count = 0 if tag.name in ("a", "button", "label", "option", "h1", "h2") else len(text.split())
        self._words.append(self._words[-1] + count)
        self._prose.append(self._prose[-1] + (count if count >= _SENTENCE else 0))
        self._people.append(self._people[-1] + is_person(tag))
        self._dates.append(self._dates[-1] + is_date(tag, text))

    def words(self, e: Element) -> int:
        return self._words[e.end] - self._words[e.index]

    def prose(self, e: Element) -> int:
        """Words in runs long enough to be said by somebody: menus, counters and ranks are not."""
        return self._prose[e.end] - self._prose[e.index]

    def people(self, e: Element) -> int:
        return self._people[e.end] - self._people[e.index]

    def dates(self, e: Element) -> int:
        return self._dates[e.end] - self._dates[e.index]

    def inside(self, e: Element) -> Sequence[Element]:
        return self.elements[e.index : e.end]

    @cached_property
    def total(self) -> int:
        return max(1, self._prose[-1])


def classes(tag: Tag) -> list[str]:
    value = tag.get("class")
    return value if isinstance(value, list) else str(value).split() if value else []


def attribute(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return " ".join(value) if isinstance(value, list) else value or ""


def is_person(tag: Tag) -> bool:
    """Whether this element names an account: a link to a profile, or a class that says author."""
    if attribute(tag, "itemprop") == "author" or attribute(tag, "rel") == "author":
        return True
    if tag.name == "a":
        return bool(_PERSON_LINK.search(attribute(tag, "href"))) and bool(tag.get_text(strip=True))
    if not any(_PERSON_CLASS.search(token) for token in classes(tag)):
        return False
    return 0 < len(tag.get_text(" ", strip=True)) <= 40


def is_date(tag: Tag, own_text: str) -> bool:
    """Whether this element shows when: a `<time>`, a machine-readable date, or a short text with one."""
    if tag.name == "time" or tag.has_attr("datetime"):
        return True
    if attribute(tag, "itemprop") in ("datePublished", "dateCreated", "uploadDate"):
        return True
    text = own_text.strip()
    if 0 < len(text) <= _LONGEST_DATE and (_DATE_TEXT.search(text) or _COMPACT_AGE.fullmatch(text)):
        return True
    title = attribute(tag, "title")
    return 0 < len(title) <= _LONGEST_DATE and bool(_DATE_TEXT.search(title)) and tag.name != "a"


@dataclass(frozen=True, slots=True)
class Group:
    """Elements that share a tag and a class, and how much they look like the posts of the page."""

    members: tuple[Element, ...]
    share: float
    """How far its members hold a person, a date and words: 1 = all of them all three."""
    coverage: float
    score: float


def find_blocks(soup: BeautifulSoup) -> tuple[list[Block], float]:
    """The posts of a page in document order, and how far to believe it (0 to 1). Empty when none repeat."""
    outline = Outline(soup)
    groups = [g for key in _candidates(outline) if (g := _rate(outline, key))]
    if not groups:
        return [], 0.0
    best = max(groups, key=lambda g: (g.score, len(g.members)))
    members = [e for e in best.members if outline.words(e) and (outline.people(e) or outline.dates(e))]
    if not members:
        return [], 0.0
    chrome = _repeated_names(outline, members)
    body_class = _body_class(outline, members, chrome)
    blocks = [_block(outline, e, members, body_class, chrome) for e in members]
    opening = _opening(outline, members, body_class)
    trust = min(1.0, best.coverage * 1.2) * best.share
    return [b for b in (opening, *blocks) if b], trust if len(blocks) > 1 or opening else trust * 0.6


def _repeated_names(outline: Outline, members: list[Element]) -> frozenset[str]:
    """Texts of profile links that nearly every member has ("View profile", "Share"): buttons, not names."""
    starts = [e.index for e in members[1:]] + [members[-1].end]
    own = [outline.elements[e.index : min(e.end, start)] for e, start in zip(members, starts, strict=True)]
    seen = Counter(
        text for part in own for text in {x.tag.get_text(strip=True) for x in part if is_person(x.tag)}
    )
    return frozenset(text for text, n in seen.items() if len(members) > 3 and n > 0.9 * len(members))


def _candidates(outline: Outline) -> Iterable[list[Element]]:
    """Groups worth rating, each once: the same members under two class names are one group."""
    groups: dict[tuple[str, str], list[Element]] = {}
    for e in outline.elements:
        if e.tag.name in _CHROME or e.tag.name in ("a", "span", "p", "br", "img", "b", "i", "em", "strong"):
            continue
        for token in {_COUNTERS.sub("#", c) for c in classes(e.tag)}:
            groups.setdefault((e.tag.name, "." + token), []).append(e)
        identity = _COUNTERS.sub("#", attribute(e.tag, "id"))
        if "#" in identity:
            groups.setdefault((e.tag.name, "#" + identity), []).append(e)
        kind = attribute(e.tag, "itemtype").rsplit("/", 1)[-1] or attribute(e.tag, "itemprop")
        if kind:
            groups.setdefault((e.tag.name, "@" + kind), []).append(e)
    seen: set[tuple[int, ...]] = set()
    for members in groups.values():
        key = tuple(e.index for e in members)
        if 1 <= len(members) <= 2000 and key not in seen:
            seen.add(key)
            yield members


def _rate(outline: Outline, members: list[Element]) -> Group | None:
    own = _own_sums(outline, members)
    # A guest has no profile link, a pinned post may show no date: half a post, but a post.
    marks = [(bool(people) + bool(dates)) / 2 if words else 0.0 for words, _, people, dates in own]
    whole = sum(mark == 1.0 for mark in marks)
    if not whole:
        return None
    coverage = sum(prose for _, prose, _, _ in own) / outline.total
    share = sum(marks) / len(members)
    # Many dated people in one member speak for a container of posts.
    crowd = sum(min(dates, people) for _, _, people, dates in own) / len(members)
    repeats = 1 - 0.8**whole if whole > 1 else 0.1
    score = coverage * share**2 * repeats / (1 + 0.15 * max(0.0, crowd - 2))
    return Group(tuple(members), share, coverage, score)


def _own_sums(outline: Outline, members: list[Element]) -> list[tuple[int, int, int, int]]:
    """(words, prose, people, dates) of each member without those of members nested in it."""
    measures = (outline.words, outline.prose, outline.people, outline.dates)
    totals = [tuple(measure(e) for measure in measures) for e in members]
    sums = [list(total) for total in totals]
    stack: list[int] = []
    for i, e in enumerate(members):
        while stack and members[stack[-1]].end <= e.index:
            stack.pop()
        if stack:
            for field, value in enumerate(totals[i]):
                sums[stack[-1]][field] -= value
        stack.append(i)
    return [(a, b, c, d) for a, b, c, d in sums]


def _opening(outline: Outline, members: list[Element], body_class: str | None) -> Block | None:
    """The opening post where it is built unlike the replies: a long text before them, by somebody, dated."""
    first = members[0].index
    title = next((e.index for e in outline.elements[:first] if e.tag.name == "h1"), 0)
    region = [e for e in outline.elements[:first] if e.end <= first and e.tag.name not in _CHROME]
    typical = sorted(outline.prose(e) for e in members)[len(members) // 2]
    bodies = [
        e
        for e in region
        if outline.prose(e) >= max(8, typical // 4) and not outline.dates(e) and e.end > title
    ]
    named = [e for e in bodies if body_class in _names(e.tag)]
    if not bodies:
        return None
    body = (named or [max(bodies, key=lambda e: (outline.prose(e), e.depth))])[-1]
    around = [e for e in region if e.index >= title and not body.index <= e.index < body.end]
    near = [e.tag for e in around if abs(e.index - body.index) <= _NEAR]
    person, date = _person(near), _date(near)
    return Block(body.tag, body.tag, person, date) if person and date else None


def _body_class(outline: Outline, members: list[Element], chrome: frozenset[str]) -> str | None:
    """The class that holds the body in most members: words that differ, and neither byline nor date.

    Words that come again in another member (a signature, a rank) count once.
    """
    present: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    texts: dict[str, set[str]] = {}
    depths: dict[str, int] = {}
    for e in members:
        inner = [x for x in outline.inside(e)[1:] if x.tag.name not in _CHROME]
        tags = [x.tag for x in inner]
        marks = {id(mark) for mark in (_person(tags, chrome), _date(tags)) if mark}
        marked = [x.index for x in inner if id(x.tag) in marks]
        seen: dict[str, Element] = {}
        for x in inner:
            for token in _names(x.tag):
                seen.setdefault(token, x)
        for token, x in seen.items():
            present[token] += 1
            plain[token] += not any(x.index <= mark < x.end for mark in marked)
            texts.setdefault(token, set()).update(x.tag.stripped_strings)
            depths[token] = x.depth
    usual = [t for t, n in present.items() if n >= 0.7 * len(members) and plain[t] >= 0.6 * n]
    said = {t: sum(len(text.split()) for text in texts[t]) for t in usual}
    # The innermost that still holds nearly all of it: no signature, no row of buttons.
    tight = [t for t in usual if said[t] >= 0.8 * max(said.values())]
    return max(tight, key=lambda t: (depths[t], said[t], t), default=None)


def _names(tag: Tag) -> set[str]:
    """What an element is called: its classes and id without counters, its itemprop."""
    names = {_COUNTERS.sub("#", token) for token in classes(tag)}
    if tag.has_attr("itemprop"):
        names.add("@" + attribute(tag, "itemprop"))
    if tag.has_attr("id"):
        names.add("#" + _COUNTERS.sub("#", attribute(tag, "id")))
    return {name for name in names if not _NOT_A_BODY.search(name)}


def _block(
    outline: Outline, e: Element, posts: list[Element], body_class: str | None, chrome: frozenset[str]
) -> Block | None:
    nested = [p for p in posts if e.index < p.index < e.end]
    inner = [
        x
        for x in outline.inside(e)
        if not any(p.index <= x.index < p.end for p in nested) and x.tag.name not in _CHROME
    ]
    body = _body(outline, inner, nested, body_class)
    if body is None:
        return None
    outside = [x.tag for x in inner if not body.index <= x.index < body.end]
    return Block(e.tag, body.tag, _person(outside, chrome), _date(outside), tuple(p.tag for p in nested))


def _person(tags: list[Tag], chrome: frozenset[str] = frozenset()) -> Tag | None:
    """The byline: a profile link with a name, else the innermost element that says it names somebody."""
    people = [
        t for t in tags if is_person(t) and len(text := t.get_text(strip=True)) > 1 and text not in chrome
    ]
    links = [t for t in people if t.name == "a"]
    inner = [t for t in people if not any(p is not t and t in p.parents for p in people)]
    found = next(iter(links or inner), None)
    # "by Jane » Sun 29 Oct": the name is the part set apart.
    return found and (found.find(["strong", "b", "a"]) or found)


def _date(tags: list[Tag]) -> Tag | None:
    """When it was posted: not when its author joined."""
    dates = [t for t in tags if is_date(t, _own_text(t)) and not _JOINED.search(_context(t))]
    return next((t for t in dates if t.name == "time" or t.has_attr("datetime")), next(iter(dates), None))


def _context(tag: Tag) -> str:
    """The words right around a date: its own, its parent's when short, and what stands just before."""
    parent = tag.parent.get_text(" ", strip=True) if tag.parent else ""
    before = tag.find_previous_sibling()
    nearby = before.get_text(" ", strip=True) if before else ""
    if _DATE_TEXT.search(nearby):  # that date has its label, this one is another
        nearby = ""
    return " ".join(text for text in (_own_text(tag), parent, nearby) if len(text) <= _LONGEST_DATE)


def _own_text(tag: Tag) -> str:
    return " ".join(c for c in tag.contents if type(c) is NavigableString)


def _body(
    outline: Outline, inner: list[Element], nested: list[Element], body_class: str | None
) -> Element | None:
    free = [x for x in inner if not any(x.index < p.index < x.end for p in nested)]
    if body_class:
        named = next((x for x in free if body_class in _names(x.tag)), None)
        if named:
            return named
    # No class in common: the largest part that is neither person nor date.
    parts = [x for x in free[1:] if not outline.dates(x) and not is_person(x.tag)] or free
    return max(parts, key=lambda x: (outline.words(x), x.depth), default=None)


def clean(element: PageElement) -> str:
    """Visible text of an element, white space folded."""
    return " ".join(element.get_text(" ").split())
