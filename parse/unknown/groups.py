"""Which elements of a page belong together, and how much they look like its posts.

A group of elements that share a tag and a class, or a parent, is a candidate; it is rated by how much of the
page's words it covers and how far each of its members holds a person, a date and a body of its own.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile, zip_longest

from bs4.element import Tag

from parse.unknown.bylines import is_signed_reply, names_in_lines, tell_apart
from parse.unknown.marks import REPLY
from parse.unknown.name_places import Place, name_place
from parse.unknown.outline import CHROME, Element, Outline
from parse.unknown.post_bodies import names_of
from parse.unknown.tags import HEADINGS, KEY, attribute, classes

_COUNTERS = re.compile(rf"(?:{KEY}|\d+)", re.I)
_INLINE = ("a", "span", "p", "br", "img", "b", "i", "em", "strong")
_MOST_MEMBERS = 10_000
_PARTS_OF_A_BOX = 5
_SURE = 0.9
_WRAPPERS = 4
"""Elements around a body within which its byline may stand."""
_SPREAD = 1.1
"""A group whose words nearly all stand in one member is that member, and what is called the same."""
_ALONE, _ONE_REPLY = 0.1, 0.3
"""How much a group of one counts, and one that is called a reply: the opening post is elsewhere."""
_CROWDED = 0.3
_ONE_POST = 2
"""Dated people in one post: who wrote it, who changed it."""
_LISTING = 0.4
_LITTLE = 0.2
"""How much of a page is said in posts at the least, where names are told by their place alone."""
_WORTH_A_LOOK = 0.1
_PLACED = 0.8
"""How far names are believed that only their place gives away."""


@dataclass(frozen=True, slots=True)
class Group:
    """Elements that belong together, and how much they look like the posts of the page."""

    members: tuple[Element, ...]
    share: float
    """How far its members hold a person, a date and words: 1 = all of them all three."""
    signed: float
    """The same, words left aside."""
    coverage: float
    score: float
    place: Place | None = None
    """Where its members show a name, if nothing else tells."""


def candidates(outline: Outline, fewest_of_a_parent: int = 2) -> Iterator[list[Element]]:
    """Groups worth rating, each once: the same members under two class names are one group."""
    groups: dict[tuple[str, str], list[Element]] = {}
    for e in outline.elements:
        if e.tag.name in CHROME or (e.tag.name in _INLINE and not _is_box(e)):
            continue
        for name in _keys(e.tag):
            groups.setdefault((e.tag.name, name), []).append(e)
        if outline.words(e) and outline.dates(e):
            groups.setdefault((e.tag.name, f"in {e.parent}"), []).append(e)
    seen: set[tuple[int, ...]] = set()
    for (_, name), found in groups.items():
        members = _without_foot(outline, found) if name.startswith("in ") else found
        key = tuple(e.index for e in members)
        if name.startswith("in ") and _are_head_and_body(outline, members):
            continue
        fewest = fewest_of_a_parent if name.startswith("in ") else 1
        if fewest <= len(members) <= _MOST_MEMBERS and key not in seen:
            seen.add(key)
            yield members


def _are_head_and_body(outline: Outline, members: Sequence[Element]) -> bool:
    """Whether two children of one element, called otherwise, are one post: only the second says anything."""
    if len(members) != 2 or not all(e.tag.has_attr("class") for e in members):
        return False
    head, body = members
    unlike = not set(classes(head.tag)) & set(classes(body.tag))
    titles = [e for e in outline.inside(head) if e.tag.name in HEADINGS]
    return unlike and not outline.own_sum(outline.prose, head, titles) and outline.prose(body) > 0


def _without_foot(outline: Outline, members: list[Element]) -> list[Element]:
    """Children of one element without those that only show a date, as no other does: "Begun: 3 May"."""
    kinds = Counter(tuple(classes(e.tag)) for e in members)
    signed = sum(outline.people(e) > 0 for e in members)
    if signed < 2 or signed == len(members):
        return members
    return [
        e
        for e in members
        if outline.people(e)
        or outline.prose(e)
        or not e.tag.has_attr("class")
        or kinds[tuple(classes(e.tag))] > 1
    ]


def _is_box(e: Element) -> bool:
    """Whether a `<span>` holds tables: some servers write one around each control."""
    return e.tag.name == "span" and e.end - e.index > _PARTS_OF_A_BOX and e.tag.find("table") is not None


def _keys(tag: Tag) -> Iterator[str]:
    yield from dict.fromkeys(f".{_COUNTERS.sub('#', c)}" for c in classes(tag))
    identity = _COUNTERS.sub("#", attribute(tag, "id"))
    if "#" in identity:
        yield "#" + identity
    kind = attribute(tag, "itemtype").rsplit("/", 1)[-1] or attribute(tag, "itemprop")
    if kind:
        yield "@" + kind


def rate(outline: Outline, members: list[Element]) -> Group | None:
    own = own_sums(outline, members)
    coverage = sum(prose for _, prose, _, _ in own) / outline.total
    named = [float(people > 0) for _, _, people, _ in own]
    dated = [bool(dates) for _, _, _, dates in own]
    place = None
    if len(members) == 1 and not any(named) and is_signed_reply(*parts(outline, members, members)[0]):
        named = [_PLACED]
    are_answers = all(any(map(REPLY.search, names_of(e.tag))) for e in members)
    is_told = are_answers or coverage > _LITTLE  # below a long article answers are few words
    if sum(named) * 2 < len(members) and sum(dated) * 2 > len(members) > 1 and is_told:
        shown = parts(outline, members, members)
        in_lines = tell_apart(names_in_lines(shown))
        place = None if in_lines else name_place(shown)
        if in_lines or place:
            named = [_PLACED] * len(members)
            # One a date: a box of posts has several.
            own = [(words, prose, max(people, dates), dates) for words, prose, people, dates in own]
    # A guest has no profile link, a pinned post may show no date, "Thanks!" is no sentence: half a post each.
    marks = [
        (who + when) / 2 * (1.0 if prose else 0.5 if words else 0.0)
        for (words, prose, *_), who, when in zip(own, named, dated, strict=True)
    ]
    if not any(dated):
        return None
    share = sum(marks) / len(members)
    signed = sum((who + when) / 2 for who, when in zip(named, dated, strict=True)) / len(members)
    # Many dated people in one member speak for a container of posts.
    crowd = sum(min(dates, people) for _, _, people, dates in own) / len(members)
    repeats = 1 - 0.8 ** sum(marks) if sum(marks) > 1 and _several(members, own) else _ALONE
    if len(members) == 1 and crowd <= 1 and any(map(REPLY.search, names_of(members[0].tag))):
        repeats = _ONE_REPLY
    score = coverage * share**3 * repeats / (1 + _CROWDED * max(0.0, crowd - _ONE_POST))
    if score > _WORTH_A_LOOK and _leads_elsewhere(outline, members):
        score *= _LISTING
    return Group(tuple(members), share, signed, coverage, score, place)


def _several(members: Sequence[Element], own: Sequence[tuple[int, int, int, int]]) -> bool:
    """Whether a group is more than a post and what is called the same: several say much, or all are signed.

    A signed member without a sentence says "Thanks!", unless it is a part of another: that is a byline.
    One with the title of the page is its head, with who began the thread and when.
    """
    proses = [prose for _, prose, _, _ in own]
    if sum(proses) > _SPREAD * max(proses):
        return True
    if any(not prose and e.tag.find("h1") for e, prose in zip(members, proses, strict=True)):
        return False
    signed = all(words and 0 < min(people, dates) <= _ONE_POST for words, _, people, dates in own)
    return signed and all(any(map(REPLY.search, names_of(e.tag))) for e in _parts_of_others(members, proses))


def _parts_of_others(members: Sequence[Element], proses: Sequence[int]) -> Iterator[Element]:
    """Members without a sentence that stand in another one."""
    reach = -1
    for e, prose in zip(members, proses, strict=True):
        if not prose and e.index < reach:
            yield e
        reach = max(reach, e.end)


def without_listing(outline: Outline, members: list[Element]) -> list[Element]:
    """The members without the rows of a listing that are made like posts: related threads below a thread."""
    titles = [outline.title(e) for e in members]
    first = len(titles) - len(list(takewhile(bool, reversed(titles))))
    different = len(set(titles[first:])) == len(titles) - first > 1
    return members[:first] if different and first and not any(titles[:first]) else members


def _leads_elsewhere(outline: Outline, members: Sequence[Element]) -> bool:
    """Whether these are rows of a listing: each under a title of its own that leads to a page of its own.

    What stands around several may be called as each of them is.
    """
    rows = [e for e, after in zip_longest(members, members[1:]) if after is None or not e.holds(after)]
    titles = {outline.title(e) for e in rows} - {""}
    return len(rows) > 1 and len(titles) > _SURE * len(rows)


def whole_posts(outline: Outline, members: list[Element]) -> list[Element] | None:
    """The elements around members that hold no name, up to where there is one; None where none is needed."""
    if _named(outline, members):
        return None
    for _ in range(_WRAPPERS):
        starts = sorted(e.index for e in members)
        above = [outline.elements[max(0, e.parent)] for e in members]
        alone = [bisect_left(starts, p.end) - bisect_left(starts, p.index) == 1 for p in above]
        if sum(alone) < _SURE * len(members):
            return None
        members = [p if only else e for e, p, only in zip(members, above, alone, strict=True)]
        if _named(outline, members):
            return members
    return None


def _named(outline: Outline, members: list[Element]) -> bool:
    return sum(people > 0 for _, _, people, _ in own_sums(outline, members)) * 2 > len(members)


def own_sums(outline: Outline, members: list[Element]) -> list[tuple[int, int, int, int]]:
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


def parts(
    outline: Outline, members: Sequence[Element], every: Sequence[Element]
) -> list[tuple[Tag, list[Element]]]:
    return [(e.tag, outline.own(e, every)) for e in members]
