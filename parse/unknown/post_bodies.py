"""Which part of a block is what its author said."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from bs4.element import NavigableString, PageElement, Tag

from parse.edit_notices import is_notice
from parse.unknown.beside import is_button, is_control, is_row_of_links, unquoted
from parse.unknown.bylines import Bylines, date
from parse.unknown.marks import DATE_TEXT, JOINED, SIGNATURE_CLASS
from parse.unknown.outline import CHROME, Element, Outline, held
from parse.unknown.tags import HEADINGS, attribute, classes, count_words, inside, opening, wrap
from parse.unknown.ways import at_end, way_to

_COUNTERS = re.compile(r"\d+")
_A_NUMBER = re.compile(r"#?\d+\.?")
_NOT_A_BODY = re.compile(r"(?:^|[-_.#])(?:sig|signature|quote|quoted|footer|byline)", re.I)
_CARD = re.compile(
    r"(?:^|[-_.#]|(?-i:[a-z](?=[A-Z])))(?:user|author|poster|member|profile)"
    r"[-_]?(?:card|info|details?|box|panel?|meta|stats|avatar|rank)(?:\b|_)"
    r"|(?:^|[-_.#])(?:badges?|reputation|avatar)\b",
    re.I,
)
"""What tells of an account: its badges may be more words than a short answer."""
_BOXES = ("div", "td", "dl", "ul", "p", "section")
_ROWS = ("div", "ul")
_FEW = 2
_ACCOUNT = 200
"""Characters in which a box about an account comes to when it was opened."""
_NOTICE = 600
"""Characters within which an edit notice is over."""
_COMMON = 0.8
_NEARLY_ALL = 0.8
_USUAL = 0.65
_BYLINE_PROSE = 8
_LEAST = 0.3
"""Of the sentences of a post its body holds more: the rest are quotes that others hold too, a signature."""


def body_name(
    outline: Outline, members: Sequence[Element], posts: Sequence[Element], signed: Bylines
) -> str | None:
    """The class that holds the body in most members: words that differ, and neither byline nor date.

    Words that come again in another member (a rank, a signature) count once, those of nearly all not at all.
    """
    present: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    of_names: Counter[str] = Counter()
    texts: dict[str, Counter[str]] = {}
    depths: dict[str, int] = {}
    often: Counter[str] = Counter()
    for e in members:
        inner = outline.own(e, posts)[1:]
        person = signed.person(inner, e.tag)
        marks = {id(mark) for mark in (person, date(inner)) if mark}
        marked = [x.index for x in inner if id(x.tag) in marks]
        named = {id(part) for part in inside(person)} if person else set()
        aside = list(_aside(inner))
        strings = [[] if any(a.holds(x) for a in aside) else _strings(x.tag) for x in inner]
        words = {x.index: outline.own_sum(outline.words, x, posts) for x in inner}
        seen: dict[str, Element] = {}
        for x in unquoted(outline, inner) if len(members) <= _FEW else inner:
            for token in names_of(x.tag):
                seen[token] = max(seen.get(token, x), x, key=lambda x: words[x.index])
                often[token] += 1
        for token, x in seen.items():
            present[token] += 1
            plain[token] += not any(x.index <= mark < x.end for mark in marked) and not _is_headline(x.tag)
            of_names[token] += id(x.tag) in named
            texts.setdefault(token, Counter()).update({s for i in held(x, inner) for s in strings[i]})
            depths[token] = min(depths.get(token, x.depth - e.depth), x.depth - e.depth)
    usual = [t for t, n in present.items() if n >= _USUAL * len(members) and plain[t] >= 0.6 * n]
    usual = [t for t in usual if not of_names[t]] or usual
    common = max(1.0, _COMMON * len(members))
    said = {t: sum(count_words(text) for text, n in texts[t].items() if n <= common) for t in usual}
    whole = sum(outline.own_sum(outline.prose, e, posts) for e in members)
    # The innermost that still holds nearly all of it: no signature, no buttons, no box about an account.
    enough = max(_NEARLY_ALL * max(said.values(), default=0), _LEAST * whole, 1)
    tight = [t for t in usual if said[t] >= enough]
    return max(tight, key=lambda t: (often[t] == present[t], depths[t], said[t], t), default=None)


def _is_headline(tag: Tag) -> bool:
    """Whether an element says no more than a heading in it."""
    heads = inside(tag, *HEADINGS)
    return len(heads) == 1 and opening(heads[0], _ACCOUNT) == opening(tag, _ACCOUNT)


def _aside(inner: Sequence[Element]) -> Iterator[Element]:
    """What stands in a post and is none of its words: what tells of its author, a signature."""
    for x in inner:
        called = _is_card(x.tag) or any(map(SIGNATURE_CLASS.search, classes(x.tag)))
        if (
            called
            or is_button(x.tag)
            or is_control(x.tag)
            or (x.tag.name in _BOXES and _is_account(x) and len(opening(x.tag, _ACCOUNT)) <= _ACCOUNT)
        ):
            yield x


def _is_card(tag: Tag) -> bool:
    """Whether an element tells of an account: by what it is called, or an `<aside>` that is no quote."""
    if tag.name == "aside" and not any("quote" in name for name in classes(tag)):
        return True
    return any(map(_CARD.search, names_of(tag)))


def _strings(tag: Tag) -> list[str]:
    """What stands right in an element, piece by piece; a number alone says nothing."""
    texts = (child.strip() for child in tag.contents if type(child) is NavigableString)
    return [text for text in texts if text and not _A_NUMBER.fullmatch(text)]


def names_of(tag: Tag) -> set[str]:
    """What an element is called, without counters: its classes, also with its tag, its id, its itemprop."""
    names = {_COUNTERS.sub("#", token) for token in classes(tag)}
    names |= {f"{tag.name}.{name}" for name in names}
    if tag.has_attr("itemprop"):
        names.add("@" + attribute(tag, "itemprop"))
    if tag.has_attr("id"):
        names.add("#" + _COUNTERS.sub("#", attribute(tag, "id")))
    return {name for name in names if not _NOT_A_BODY.search(name)}


def body_of(
    outline: Outline,
    inner: Sequence[Element],
    nested: Sequence[Element],
    name: str | None,
    person: Tag | None = None,
) -> Element | None:
    """The body among a block's elements, by the name that bodies have on this page or by its size; not what
    holds the person that only a place tells."""
    free = [x for x in inner if not any(x.index < p.index < x.end for p in nested)]
    if name:
        # The post itself may be called as its body is, where names tell how things look.
        called = [x for x in free if name in names_of(x.tag)]
        named = [x for x in called if x is not inner[0]] or called
        if named:
            told = [x for x in named if not _is_byline(outline, x) and not _is_account(x)] or named
            whole = _around(outline, told) or max(told, key=outline.words)
            return _tightest(outline, whole, free) if whole.tag.name == "tr" else whole
    # No class in common: the largest part that is neither person nor date, nor tells of an account.
    cards = [x for x in free[1:] if _is_card(x.tag)]
    said = [x for x in free[1:] if not any(card is x or card.holds(x) for card in cards)]
    parts = [x for x in said if not _is_dated(outline, x) and not x.is_person and not _is_account(x)]
    around = {id(tag) for tag in (person, *person.parents)} if person else set()
    parts = [x for x in parts if not is_control(x.tag) and id(x.tag) not in around] or parts
    parts = parts or list(free)
    largest = max(parts, key=lambda x: (outline.words(x), x.depth), default=None)
    return (largest and _beside_bare_words(outline, largest, said)) or (
        largest and _tightest(outline, largest, parts)
    )


def _beside_bare_words(outline: Outline, largest: Element, said: Sequence[Element]) -> Element | None:
    """The rule or break before words that stand right in a dated box and are more than any part."""
    for x in said:
        if x.tag.name in ("td", "div") and outline.dates(x) and not _is_account(x):
            bare = {id(text): count_words(text) for text in x.tag.contents if type(text) is NavigableString}
            if sum(bare.values()) > max(outline.words(largest), _BYLINE_PROSE):
                breaks = [
                    c for c in outline.inside(x) if c.tag.name in ("hr", "br") and c.tag.parent is x.tag
                ]
                return next((c for c in breaks if id(c.tag.next_sibling) in bare), None)
    return None


def _is_dated(outline: Outline, x: Element) -> bool:
    """Whether a part shows when, and not only when it was changed."""
    return outline.dates(x) > 0 and not all(
        is_notice(opening(d.tag, _NOTICE)) for d in outline.inside(x) if d.is_date
    )


def where_most_stand(
    outline: Outline, found: Sequence[tuple[Element, Sequence[Element], Element | None]]
) -> list[Element | None]:
    """Bodies (each with its post and its elements) that no class names, by the way down to most of them.

    In a short post what is told of its author may be longer than what he said. An opening may have its byline
    where answers have their words.
    """
    ways = dict.fromkeys(way_to(body.tag, post.tag) for post, _, body in found if body)
    signed = {x.index for _, inner, _ in found for x in inner if _says_who_and_when(outline, x)}
    known = [
        {id(x.tag): x for x in inner if outline.words(x) and x.index not in signed} for _, inner, _ in found
    ]
    there = [
        [by_tag.get(id(at_end(post.tag, way))) for (post, _, _), by_tag in zip(found, known, strict=True)]
        for way in ways
    ]
    said = [(sum(outline.words(x) for x in at if x), at) for at in there]
    enough = _NEARLY_ALL * max((words for words, _ in said), default=0)
    tight = (each for each in said if each[0] >= enough)
    _, usual = min(tight, key=lambda each: each[0], default=(0, []))
    if 2 * sum(x is not None for x in usual) <= len(found):
        return _behind_breaks(found)
    return [
        body if x is None or (at == 0 and _only_counts(outline, x, body)) else x
        for at, (x, (_, _, body)) in enumerate(zip(usual, found, strict=True))
    ]


def _only_counts(outline: Outline, x: Element, other: Element | None) -> bool:
    """Whether in an opening an element holds only numbers, its votes, and another words; answers say "+1"."""
    is_said = other is not None and outline.prose(other) > 0
    return is_said and not any(map(str.isalpha, opening(x.tag, _ACCOUNT)))


def _says_who_and_when(outline: Outline, x: Element) -> bool:
    return bool(outline.dates(x) and outline.people(x)) and outline.prose(x) <= _BYLINE_PROSE


def _behind_breaks(
    found: Sequence[tuple[Element, Sequence[Element], Element | None]],
) -> list[Element | None]:
    """The bodies; where most are bare words behind a break, so are short ones."""
    ways = Counter(
        way_to(body.tag, post.tag) for post, _, body in found if body and body.tag.name in ("br", "hr")
    )
    way, times = ways.most_common(1)[0] if ways else (None, 0)
    if way is None or 2 * times <= len(found):
        return [body for _, _, body in found]
    by_tag = [{id(x.tag): x for x in inner} for _, inner, _ in found]
    return [
        known.get(id(at_end(post.tag, way))) or body
        for (post, _, body), known in zip(found, by_tag, strict=True)
    ]


def _is_byline(outline: Outline, x: Element) -> bool:
    marked = outline.dates(x) + outline.people(x) > 0
    return x.is_date or x.is_person or (marked and outline.prose(x) <= _BYLINE_PROSE)


def run_around(outline: Outline, body: Element, name: Tag | None = None) -> list[PageElement]:
    """The nodes beside a body that no class names, up to the byline, or a name that only its place tells.

    Old boards box no words.
    """
    while body.parent >= 0 and _is_all_of(outline, body, outline.elements[body.parent]):
        body = outline.elements[body.parent]
    nodes = list(body.tag.parent.contents) if body.tag.parent else [body.tag]
    at = next(i for i, node in enumerate(nodes) if node is body.tag)
    beside = outline.children(outline.elements[body.parent]) if body.parent >= 0 else ()
    named = {id(tag) for tag in (name, *name.parents)} if name else set()
    marked = {id(x.tag): outline.dates(x) + outline.people(x) > 0 or id(x.tag) in named for x in beside}
    before = list(takewhile(lambda node: _goes_on(node, marked), reversed(nodes[:at])))
    after = list(takewhile(lambda node: _goes_on(node, marked), nodes[at + 1 :]))
    return [*reversed(before), body.tag, *after]


def _is_all_of(outline: Outline, part: Element, whole: Element) -> bool:
    """Whether nobody is named, no date shown and nothing said beside a part."""
    measures = (outline.words, outline.dates, outline.people)
    return all(measure(part) == measure(whole) for measure in measures)


def _goes_on(node: PageElement, marked: Mapping[int, bool]) -> bool:
    """Whether a node may be said in the same breath: no byline, no cell, nothing with a name of its own."""
    if not isinstance(node, Tag):
        return True
    plain = not names_of(node) and node.name not in ("td", "th", "tr", "tbody", "hr", *CHROME)
    if node.name in _ROWS and is_row_of_links(node):
        return False
    return not marked.get(id(node), False) and (plain or node.name in ("br", "img"))


def _is_account(x: Element) -> bool:
    words = opening(x.tag, _ACCOUNT)[:_ACCOUNT]
    return bool(JOINED.search(words) and DATE_TEXT.search(words))


def _around(outline: Outline, parts: Sequence[Element]) -> Element | None:
    """What stands around a body in several pieces, with quotes between them, and around nothing else."""
    if len(parts) < 2 or parts[0].parent < 0 or parts[0].tag.name == "td":
        return None
    whole = outline.elements[parts[0].parent]
    while not all(whole.holds(part) for part in parts) and whole.parent >= 0:
        whole = outline.elements[whole.parent]
    outermost = [part for part in parts if not any(p is not part and p.holds(part) for p in parts)]
    marks = outline.dates(whole) + outline.people(whole)
    return whole if marks == sum(outline.dates(p) + outline.people(p) for p in outermost) else None


def _tightest(outline: Outline, largest: Element, parts: Sequence[Element]) -> Element:
    """The innermost part that still holds nearly all the words: of a row of a table, the cell."""
    enough = _NEARLY_ALL * outline.words(largest)
    inner = [x for x in parts if largest.holds(x) and outline.words(x) >= enough]
    return max(inner, key=lambda x: x.depth) if enough else largest


def gathered(run: Sequence[PageElement]) -> Tag:
    """One element for words that stand beside each other in none."""
    if len(run) == 1 and isinstance(run[0], Tag):
        return run[0]
    return wrap(run)
