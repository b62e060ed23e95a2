"""Who wrote a block of a page and when: by what says so, else by where names stand in every block."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import unquote

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from parse.edit_notices import is_notice
from parse.unknown.byline_text import is_byline, is_signed, name_in_line
from parse.unknown.marks import (
    BADGE,
    DATE_TEXT,
    JOINED,
    LONGEST_DATE,
    REPLY,
    is_date,
    is_labelled,
    label_before,
)
from parse.unknown.name_places import (
    Place,
    may_name,
    name_place,
    place_of,
    says_more,
)
from parse.unknown.outline import Element
from parse.unknown.tags import attribute, classes, clean, inside, opening, own_text

_COUNTERS = re.compile(r"\d+")
_NO_POST = re.compile(
    rf"{JOINED.pattern}|\b(?:last (?:seen|active|visit|online)|zuletzt (?:aktiv|online)|vu pour la)\b", re.I
)
"""What stands before a date on which nothing was written."""
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}|\d\s?[ap]m\b", re.I)
_NOTICE = 600
"""Characters within which an edit notice, or a clock beside a date, is over."""

_IN_LINE = ("a", "b", "cite", "em", "font", "i", "small", "span", "strong", "time")
_PLAIN = ("font", "small", "span")
_APART = "set-apart"
"""The class of the elements made around names that have none."""
_T = TypeVar("_T")
_COUNT = re.compile(r"[^\d:：]{2,20}[:：]\s*[\d.,]+\s?[km]?", re.I)
"""What stands near a name: "Posts: 12"."""


@dataclass(frozen=True, slots=True)
class Bylines:
    """How the blocks of one page are signed."""

    buttons: frozenset[str] = frozenset()
    """Texts of profile links that nearly every block has ("View profile"): no names."""
    shape: str = ""
    """What profile links look like here, their last part left out."""
    place: Place | None = None
    """Where names stand, on a page on which nothing says who is who."""
    slot: Place | None = None
    """What stands around the names that are told: a guest's, without a link, stands there too."""
    when: Place | None = None
    """Where the dates of most blocks stand."""
    in_date: bool = False
    """Names stand in one line with dates, on a page on which nothing else tells them."""

    def person(self, elements: Sequence[Element], top: Tag) -> Tag | None:
        """The name in one block: a profile link, else what is called one, else what stands in its place."""
        if self.place:
            here = (e.tag for e in elements if place_of(e.tag, top) == self.place and says_more(e.tag))
            first = next(here, None)  # a guest's name is no link, and the first link may be the date
            if first is None:
                signed = name_signed(elements)
                return _element_of(signed, elements) if signed else _beside_date(elements)
            apart = _apart(first)
            if apart is None and is_date(first, own_text(first).strip() or clean(first)):
                return None
            return apart or _set_apart(first)
        if self.in_date:
            dates = [e for e in elements if _is_date(e)]
            names = (*map(_named_beside, dates), *map(_named_behind, dates))
            name = next(filter(None, names), None)
            return _element_of(name, elements) if name else self.told(elements)
        told = self.told(elements)
        if told is None and self.slot:
            around = next((e.tag for e in elements if place_of(e.tag, top) == self.slot), None)
            there = [around, *inside(around)] if around else []
            unlinked = next((tag for tag in there if may_name(tag, own_text(tag).strip())), None)
            if unlinked is None and around is not None and (name := name_in_line(clean(around))):
                return new_name(name)
            told = unlinked and _set_apart(unlinked)
        if told is None and (name := name_signed(elements)):
            return _element_of(name, elements)
        # "by Jane » Sun 29 Oct": the name is the part set apart.
        return told and (next(filter(clean, inside(told, "strong", "b", "a")), None) or _in_byline(told))

    def told(self, elements: Sequence[Element]) -> Tag | None:
        """The name that a link or a class gives away."""
        told = [e for e in elements if e.is_person and self._is_name(_said_of(e.tag))]
        links = [e.tag for e in told if e.tag.name == "a"]
        usual = [t for t in links if self.shape and link_shape(t) == self.shape]
        inner = [e.tag for e in told if not any(p is not e and e.holds(p) for p in told)]
        found = next(iter(usual or links or inner), None)
        same = [t for t in links if found and attribute(t, "href") == attribute(found, "href")]
        return next(filter(_is_in_address, same), found)

    def date(self, elements: Sequence[Element], top: Tag) -> Tag | None:
        """When it was posted: of several dates in a block the one that stands where they do in most."""
        usual = [e for e in elements if e.is_date and place_of(e.tag, top) == self.when]
        return date(usual) or date(elements)

    def _is_name(self, text: str) -> bool:
        is_apart = text[:1] in "(#" or text in self.buttons or _COUNT.fullmatch(text)
        return len(text) > 1 and not is_apart


def _said_of(tag: Tag) -> str:
    """What is called an author; the part set apart where a count follows it: "<b>Jane</b> Posts: 12"."""
    said = tag.get_text(strip=True)
    apart = next(filter(clean, inside(tag, "strong", "b")), None) if _COUNT.fullmatch(said) else None
    return said if apart is None or clean(apart).endswith(":") else clean(apart)


def _in_byline(told: Tag) -> Tag:
    """What is called an author, or the name in it where it says when as well: "Posted by Jane on 3 May"."""
    line = clean(told)
    name = name_in_line(line) if is_byline(line) else None
    return new_name(name) if name else told


def _beside_date(elements: Sequence[Element]) -> Tag | None:
    """The part set apart in a line with the date: "By <a>Jane</a>, 12 March"."""
    parts = (part for e in elements if e.is_date for part in inside(e.tag, "a", "b", "strong"))
    return next((part for part in parts if may_name(part, clean(part))), None)


def _set_apart(tag: Tag) -> Tag:
    """The element, or what it says itself where others stand in it: "by Guest <a>#12</a>".

    Asked again it gives the same answer.
    """
    if apart := _apart(tag):
        return apart
    words = next((c for c in tag.contents if type(c) is NavigableString and c.strip()), None)
    if words is None or clean(words) == clean(tag):
        return tag
    return words.wrap(BeautifulSoup("", "html.parser").new_tag("span", attrs={"class": _APART}))


def _apart(tag: Tag) -> Tag | None:
    """What was set apart in an element when it was asked before."""
    return next((t for t in inside(tag, "span") if t.parent is tag and _APART in classes(t)), None)


def _element_of(name: str, elements: Sequence[Element]) -> Tag:
    """The link that is a name, where one is."""
    links = (e.tag for e in elements if e.tag.name == "a")
    return next((link for link in links if clean(link) == name), None) or new_name(name)


def new_name(name: str) -> Tag:
    """An element for a name that has none of its own."""
    tag = BeautifulSoup("", "html.parser").new_tag("span")
    tag.string = name
    return tag


def name_signed(elements: Sequence[Element]) -> str | None:
    """Who a line with a date says wrote, "Submitted by Jane on 3 May", where there is but one of them."""
    lines = (clean(e.tag) for e in elements if _is_date(e))
    return next((name for line in lines if is_signed(line) and (name := name_in_line(line))), None)


def names_in_lines(parts: Sequence[tuple[Tag, Sequence[Element]]]) -> list[str]:
    """Of each block the name that stands in one line with its date; empty where none does."""
    return [next(filter(None, map(_named_beside, filter(_is_date, part))), "") for _, part in parts]


def _is_date(e: Element) -> bool:
    """Whether an element shows when; "Last edited by Jane on 3 May" does not say who wrote."""
    return e.is_date and not is_notice(opening(e.tag, _NOTICE))


def _named_beside(e: Element) -> str | None:
    """The name in the line that a date is, or that leads up to it: "Jane <small>3 weeks ago</small>"."""
    date = _without_badges(e.tag, clean(e.tag))
    if name := name_in_line(date):
        return name
    whole = _in_line_around(e.tag)
    line = _without_badges(whole.parent, _without_buttons(whole.parent)) if whole.parent else ""
    name = name_in_line(line if line.endswith(date) else _up_to(whole))
    return None if name and JOINED.search(name) else name  # "Jane Member Joined: 3 May 2010" is no line


def _in_line_around(tag: Tag) -> Tag:
    """The outermost part of a line that says no more than an element in it."""
    around = tag.parent
    while around is not None and around.name in _PLAIN and opening(around, LONGEST_DATE) == clean(tag):
        tag, around = around, around.parent
    return tag


def _up_to(tag: Tag) -> str:
    """What stands in one line before an element and in it: "<b>Jane</b> <i>3 May</i>", whatever follows."""
    before: list[str] = []
    for node in tag.previous_siblings:
        if isinstance(node, Tag) and node.name == "button":
            continue
        if isinstance(node, Tag) and node.name not in _IN_LINE:
            break
        before.append(opening(node, LONGEST_DATE))
    return " ".join([*reversed(before), clean(tag)])


def name_unlinked_beside(e: Element) -> str | None:
    """The name in one line with a date that is no link: beside an article's date, links are its sections."""
    name = _named_beside(e) or _named_behind(e)
    links = inside(e.tag.parent, "a") if e.tag.parent else []
    return name if not any(name == clean(link) for link in links) else None


def _named_behind(e: Element) -> str | None:
    """The name that ends the line which a date begins, "<time>3 May 2010</time> • Jane"; a link is none."""
    date, line = clean(e.tag), _in_line_around(e.tag).parent
    said = opening(line, LONGEST_DATE + 1) if line else ""
    name = name_in_line(said) if said.startswith(date) and len(said) <= LONGEST_DATE else None
    if line is None or not name or name[0].isdigit() or not said.endswith(name):
        return None
    return None if any(clean(link) == name for link in inside(line, "a", "button")) else name


def _without_badges(tag: Tag, line: str) -> str:
    """A line without what is set apart in it and no name: "Jane <span class="label">staff</span> 3 May"."""
    for badge in (
        t for t in inside(tag, "span", "b", "em", "strong", "i") if any(map(BADGE.search, classes(t)))
    ):
        line = line.replace(clean(badge), "", 1)
    return _without_initial(tag, " ".join(line.split()))


def _without_initial(tag: Tag, line: str) -> str:
    """A line without the letter set apart in place of a picture: "<span>J</span> <b>Jane</b> 3 May"."""
    letter, _, rest = line.partition(" ")
    is_initial = len(letter) == 1 and rest[:1].casefold() == letter.casefold()
    is_apart = is_initial and any(clean(part) == letter for part in inside(tag, "span", "b", "i", "div"))
    return rest if is_apart else line


def _without_buttons(tag: Tag) -> str:
    """A line without its buttons, nor the links pressed at its end: "Jane, 3 weeks ago <a href="#">reply"."""
    line = opening(tag, LONGEST_DATE)
    is_line = len(line) <= LONGEST_DATE
    for button in inside(tag, "button") if is_line else []:
        line = " ".join(line.replace(clean(button), "", 1).split())
    for pressed in reversed(inside(tag, "a") if is_line else []):
        is_of_page = attribute(pressed, "href")[:1] in ("", "#")
        if is_of_page or any(map(REPLY.search, classes(pressed))):
            line = line.removesuffix(clean(pressed)).rstrip(" |·")
    return line


def is_signed_reply(block: Tag, elements: Sequence[Element]) -> bool:
    """Whether a lone block that is called an answer has one name beside a date: a box of them has more."""
    names = list(filter(None, map(_named_beside, filter(_is_date, elements))))
    return any(map(REPLY.search, classes(block))) and len(names) == 1


def _is_lone_signed(block: Tag, elements: Sequence[Element]) -> bool:
    """Whether one line of a lone block names who wrote it."""
    behind = any(map(_named_behind, filter(_is_date, elements)))
    return is_signed_reply(block, elements) or bool(name_signed(elements)) or behind


def tell_apart(names: Sequence[str]) -> bool:
    """Whether each block has a name, and not all the same."""
    return "" not in names and len(set(names)) > 1


def bylines(parts: Sequence[tuple[Tag, Sequence[Element]]], place: Place | None) -> Bylines:
    """How blocks are signed, from each with its elements."""
    dates = [(date(elements), top) for top, elements in parts]
    when = _usual(Counter(place_of(tag, top) for tag, top in dates if tag), len(parts) / 2)
    return replace(_signatures(parts, place), when=when)


def _signatures(parts: Sequence[tuple[Tag, Sequence[Element]]], place: Place | None) -> Bylines:
    if place:
        return Bylines(place=place)
    people = [[e.tag for e in part if e.is_person] for _, part in parts]
    texts = Counter(text for tags in people for text in {tag.get_text(strip=True) for tag in tags})
    named = {clean(tag) for tags in people for tag in tags if _is_in_last_part(tag)}
    usual = [text for text, n in texts.items() if n > 0.9 * len(parts)]
    signed = Bylines(
        buttons=frozenset(
            text for text in usual if _leads_on(text, people) or (len(parts) > 3 and text not in named)
        )
    )
    told = [(signed.told(part), top) for top, part in parts]
    # Whoever is mentioned in the words of a few is told there, too.
    if sum(tag is not None for tag, _ in told) * 2 < len(parts) and tell_apart(names_in_lines(parts)):
        return Bylines(in_date=True)
    if not any(tag for tag, _ in told):
        if elsewhere := name_place(parts):
            return Bylines(place=elsewhere)
        return Bylines(in_date=len(parts) == 1 and _is_lone_signed(*parts[0]))
    shapes = Counter(link_shape(tag) for tag, _ in told if tag and tag.name == "a")
    slots = Counter(place_of(tag.parent, top) for tag, top in told if tag and tag.parent)
    half = len(parts) / 2
    return replace(signed, shape=_usual(shapes, half) or "", slot=_usual(slots, half))


def _leads_on(text: str, people: Sequence[Sequence[Tag]]) -> bool:
    """Whether links with this text lead to more places than one block has: a button, and no name."""
    links = [{attribute(t, "href") for t in tags if t.name == "a" and clean(t) == text} for tags in people]
    return len(set().union(*links)) > max(map(len, links), default=0)


def _usual(counted: Counter[_T], more_than: float) -> _T | None:
    return next((what for what, n in counted.most_common(1) if n > more_than), None)


def link_shape(tag: Tag) -> str:
    """A link without what tells one account from another: its last part, and numbers."""
    href = attribute(tag, "href").partition("#")[0].rstrip("/")
    head, _, last = href.rpartition("/")
    kept = last.partition("?")[0] if "?" in last else ""
    return _COUNTERS.sub("#", f"{head}/{kept}")


def _is_in_address(link: Tag) -> bool:
    """Whether the link's text is in its address: "/user/jane-d" says Jane D, and not "J Offline"."""
    name = _letters(clean(link))
    return len(name) > 1 and name in _letters(unquote(attribute(link, "href")))


def _is_in_last_part(link: Tag) -> bool:
    """Whether the end of the link's address is its text: "/profiles/marga-31" is Marga's, however often."""
    name = _letters(clean(link))
    last = attribute(link, "href").rstrip("/").rpartition("/")[2]
    return len(name) > 1 and name in _letters(unquote(last))


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def date(elements: Sequence[Element]) -> Tag | None:
    """When it was posted: not when its author joined."""
    return posted([e.tag for e in elements if e.is_date])


def posted(dated: Sequence[Tag]) -> Tag | None:
    """Of elements with dates the one that says when something was posted."""
    told = [t for t in dated if not is_notice(opening(t, _NOTICE)) and not _is_of_account(t)]
    dates = [t for t in told if len(opening(t, LONGEST_DATE)) <= LONGEST_DATE] or told
    exact = (t for t in dates if t.name == "time" or t.has_attr("datetime"))
    clocked = (t for t in dates if _CLOCK.search(opening(t, _NOTICE)))
    return next(exact, None) or next(clocked, None) or next(iter(dates), None)


def _is_of_account(tag: Tag) -> bool:
    """Whether the words right around a date, its own, its parent's when short, and what stands just before,
    say that it is when somebody joined or was last seen."""
    own = opening(tag, LONGEST_DATE)
    parent = opening(tag.parent, LONGEST_DATE) if tag.parent else ""
    found = DATE_TEXT.search(own)
    around = (words for words in (own, parent, label_before(tag)) if len(words) <= LONGEST_DATE)
    return any(is_labelled(_NO_POST, words, found[0] if found else own) for words in around)
