"""The reader for forums nobody has written an adapter for: which blocks of a page repeat and look like posts.

A group of elements that share a tag and a class, or a parent, is a candidate; the group wins that covers
most of the page's words while each of its members holds a person, a date and a body of its own.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag

from parse.unknown.bylines import Bylines, Place, bylines, date, name_place
from parse.unknown.flat_posts import wrap_flat_posts
from parse.unknown.nested_posts import layers
from parse.unknown.outline import CHROME, Element, Outline, held, outermost
from parse.unknown.post_bodies import body_name, body_of, names_of, run_around, where_most_stand
from parse.unknown.tags import attribute, classes, clean, inside

_COUNTERS = re.compile(r"\d+")
_INLINE = ("a", "span", "p", "br", "img", "b", "i", "em", "strong")
_MOST_MEMBERS = 10_000
_PARTS_OF_A_BOX = 5
_FEW_ROWS = 2
_NEAR = 60
"""Elements between an opening post's text and its byline."""
_SURE = 0.9
_SURE_ENOUGH = 0.8
"""For posts within posts, of which one may say no more than thanks."""
_WRAPPERS = 4
"""Elements around a body within which its byline may stand."""
_SPREAD = 1.1
"""A group whose words nearly all stand in one member is that member, and what is called the same."""
_ALONE, _ONE_REPLY = 0.1, 0.3
"""How much a group of one counts, and one that is called a reply: the opening post is elsewhere."""
REPLY = re.compile(
    r"(?:^|[-_#.])(?:comment|repl(?:y|ies)|answer|response|antwort|kommentar|reponse|reponce|commentaire|respuesta|"
    r"comentario|risposta|commento|resposta|reactie)",
    re.I,
)
_CROWDED = 0.3
_ONE_POST = 2
"""Dated people in one post: who wrote it, who changed it."""
_LISTING = 0.4
_WORTH_A_LOOK = 0.1
_PLACED = 0.8
"""How far names are believed that only their place gives away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One post as found: where it stands and which of its parts are what."""

    element: Tag
    body: Tag
    person: Tag | None
    date: Tag | None
    nested: tuple[Tag, ...] = ()
    """Blocks of other posts right inside this one (a tree of comments)."""
    answers: Tag | None = None
    """The block that this one answers, where they stand in a tree."""


@dataclass(frozen=True, slots=True)
class Group:
    """Elements that belong together, and how much they look like the posts of the page."""

    members: tuple[Element, ...]
    share: float
    """How far its members hold a person, a date and words: 1 = all of them all three."""
    coverage: float
    score: float
    place: Place | None = None
    """Where its members show a name, if nothing else tells."""


def find_blocks(soup: BeautifulSoup) -> tuple[list[Block], float]:
    """The posts of a page in document order, and how far to believe it (0 to 1). Empty when none repeat."""
    outline = Outline(soup)
    if wrap_flat_posts(soup, outline):
        outline = Outline(soup)
    groups = [g for members in _candidates(outline) if (g := _rate(outline, members))]
    if not groups:
        return [], 0.0
    best = max(groups, key=lambda g: (round(g.score, 3), g.share * len(g.members)))
    members = _without_listing(
        outline, [e for e in best.members if outline.words(e) and (outline.people(e) or outline.dates(e))]
    )
    if not members:
        return [], 0.0
    whole = _whole_posts(outline, members)
    groups.sort(key=lambda g: g.score, reverse=True)
    sure = [g.members for g in groups if g.share >= _SURE_ENOUGH]
    found = _read(outline, layers(outline, whole or members, sure), None if whole else best.place)
    trust = min(1.0, best.coverage * 1.2) * best.share
    return found, trust if len(found) > 1 else trust * 0.6


def _read(outline: Outline, found: list[list[Element]], place: Place | None) -> list[Block]:
    """The blocks of all layers in the order of the page; an opening post built otherwise comes first."""
    every = sorted((e for layer in found for e in layer), key=lambda e: e.index)
    blocks: dict[int, Block] = {}
    opening = None
    for number, layer in enumerate(found):
        signed = bylines(_parts(outline, layer, every), None if number else place)
        kind = body_name(outline, layer, every, signed)
        opening = opening or (_opening(outline, layer, kind, signed) if not number else None)
        above = [x for x in outline.elements[: every[0].index] if opening and x.tag is opening.element]
        blocks |= _blocks(outline, layer, [*above, *every], kind, signed)
    every_block = [block for _, block in sorted(blocks.items())]
    # Where most say nothing but links, or none is a post, they may be the rows of a listing.
    are_rows = 2 * sum(map(_is_linked, every_block)) > len(every_block) > _FEW_ROWS
    posts = [] if are_rows else [b for b in every_block if _is_post(b)]
    inner = posts or [b for b in every_block if b.person or (are_rows and b.date)]
    return [opening, *inner] if opening else inner


def _is_post(block: Block) -> bool:
    """Whether somebody is named or words stand beside links: "Jane added the label bug" is nobody's post."""
    return block.body.name != "a" and (block.person is not None or not _is_linked(block))


def _is_linked(block: Block) -> bool:
    """Whether no word of the body stands beside its links."""
    linked = sum(len(clean(link).split()) for link in inside(block.body, "a"))
    return block.body.name == "a" or len(clean(block.body).split()) <= linked


def _candidates(outline: Outline) -> Iterator[list[Element]]:
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
    for (_, name), members in groups.items():
        key = tuple(e.index for e in members)
        fewest = 2 if name.startswith("in ") else 1
        if fewest <= len(members) <= _MOST_MEMBERS and key not in seen:
            seen.add(key)
            yield members


def _is_box(e: Element) -> bool:
    """Whether a `<span>` holds tables: some servers write one around each control."""
    return e.tag.name == "span" and e.end - e.index > _PARTS_OF_A_BOX and e.tag.find("table") is not None


def _keys(tag: Tag) -> Iterator[str]:
    yield from {f".{_COUNTERS.sub('#', c)}" for c in classes(tag)}
    identity = _COUNTERS.sub("#", attribute(tag, "id"))
    if "#" in identity:
        yield "#" + identity
    kind = attribute(tag, "itemtype").rsplit("/", 1)[-1] or attribute(tag, "itemprop")
    if kind:
        yield "@" + kind


def _rate(outline: Outline, members: list[Element]) -> Group | None:
    own = _own_sums(outline, members)
    coverage = sum(prose for _, prose, _, _ in own) / outline.total
    named = [float(people > 0) for _, _, people, _ in own]
    dated = [bool(dates) for _, _, _, dates in own]
    place = None
    if sum(named) * 2 < len(members) and sum(dated) * 2 > len(members) > 1 and coverage > 0.2:
        place = name_place(_parts(outline, members, members))
        named = [_PLACED] * len(members) if place else named
    # A guest has no profile link, a pinned post may show no date, "Thanks!" is no sentence: half a post each.
    marks = [
        (who + when) / 2 * (1.0 if prose else 0.5 if words else 0.0)
        for (words, prose, *_), who, when in zip(own, named, dated, strict=True)
    ]
    if not any(dated):
        return None
    share = sum(marks) / len(members)
    # Many dated people in one member speak for a container of posts.
    crowd = sum(min(dates, people) for _, _, people, dates in own) / len(members)
    repeats = 1 - 0.8 ** sum(marks) if sum(marks) > 1 and _several(members, own) else _ALONE
    if len(members) == 1 and crowd <= 1 and any(map(REPLY.search, names_of(members[0].tag))):
        repeats = _ONE_REPLY
    score = coverage * share**3 * repeats / (1 + _CROWDED * max(0.0, crowd - _ONE_POST))
    if score > _WORTH_A_LOOK and _leads_elsewhere(outline, members):
        score *= _LISTING
    return Group(tuple(members), share, coverage, score, place)


def _several(members: Sequence[Element], own: Sequence[tuple[int, int, int, int]]) -> bool:
    """Whether a group is more than a post and what is called the same: several say much, or all are signed.

    A signed member without a sentence says "Thanks!", unless it is a part of another: that is a byline.
    """
    proses = [prose for _, prose, _, _ in own]
    if sum(proses) > _SPREAD * max(proses):
        return True
    signed = all(words and 0 < min(people, dates) <= _ONE_POST for words, _, people, dates in own)
    return signed and all(any(map(REPLY.search, names_of(e.tag))) for e in _parts_of_others(members, proses))


def _parts_of_others(members: Sequence[Element], proses: Sequence[int]) -> Iterator[Element]:
    """Members without a sentence that stand in another one."""
    reach = -1
    for e, prose in zip(members, proses, strict=True):
        if not prose and e.index < reach:
            yield e
        reach = max(reach, e.end)


def _without_listing(outline: Outline, members: list[Element]) -> list[Element]:
    """The members without the rows of a listing that are made like posts: related threads below a thread."""
    titles = [outline.title(e) for e in members]
    first = len(titles) - len(list(takewhile(bool, reversed(titles))))
    different = len(set(titles[first:])) == len(titles) - first > 1
    return members[:first] if different and first and not any(titles[:first]) else members


def _leads_elsewhere(outline: Outline, members: Sequence[Element]) -> bool:
    """Whether these are rows of a listing: each under a title of its own that leads to a page of its own."""
    titles = {outline.title(e) for e in members} - {""}
    return len(members) > 1 and len(titles) > _SURE * len(members)


def _whole_posts(outline: Outline, members: list[Element]) -> list[Element] | None:
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
    return sum(people > 0 for _, _, people, _ in _own_sums(outline, members)) * 2 > len(members)


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


def _parts(
    outline: Outline, members: Sequence[Element], every: Sequence[Element]
) -> list[tuple[Tag, list[Element]]]:
    return [(e.tag, outline.own(e, every)) for e in members]


def _opening(outline: Outline, members: list[Element], kind: str | None, signed: Bylines) -> Block | None:
    """The opening post where it is built unlike the replies: a long text before them, by somebody, dated."""
    first = members[0].index
    title = next((e.index for e in outline.elements[:first] if e.tag.name == "h1"), 0)
    region = [e for e in outline.elements[:first] if e.end <= first and e.tag.name not in CHROME]
    typical = sorted(prose for _, prose, _, _ in _own_sums(outline, members))[len(members) // 2]
    bodies = [
        e
        for e in region
        if outline.prose(e) >= max(8, min(typical // 4, 12)) and not outline.dates(e) and e.end > title
    ]
    named = [e for e in bodies if kind in names_of(e.tag)]
    if not bodies:
        return None
    body = (named or [max(bodies, key=lambda e: (outline.prose(e), e.depth))])[-1]
    around = [e for e in region if e.index >= title and not body.holds(e)]
    near = [e for e in around if abs(e.index - body.index) <= _NEAR]
    person, when = _signed_in(outline, body, first, signed) or (signed.person(near, body.tag), date(near))
    return Block(element=body.tag, body=body.tag, person=person, date=when) if person and when else None


def _signed_in(outline: Outline, body: Element, end: int, signed: Bylines) -> tuple[Tag, Tag] | None:
    """Name and date in the smallest element around a body that has both, before the replies begin."""
    at = body
    while at.parent >= 0 and outline.elements[at.parent].end <= end:
        at = outline.elements[at.parent]
        around = [x for x in outline.own(at, ()) if not body.holds(x)]
        person, when = signed.person(around, at.tag), date(around)
        if person and when:
            return person, when
    return None


def _blocks(
    outline: Outline, members: list[Element], every: list[Element], kind: str | None, signed: Bylines
) -> dict[int, Block]:
    """The block of each member that has a body, by its place on the page; `every` holds all posts."""
    found = {}
    parts = [(e, outline.own(e, every)) for e in members]
    told = [(e, inner, body_of(outline, inner, list(outermost(e, every)), kind)) for e, inner in parts]
    bodies = [body for _, _, body in told] if kind else where_most_stand(outline, told)
    for (e, inner), body in zip(parts, bodies, strict=True):
        if body is None:
            continue
        run = [body.tag] if kind else run_around(outline, body)
        outside = [x for x in inner if not body.holds(x) and not any(x.tag is node for node in run)]
        person, when = signed.person(outside, e.tag), signed.date(outside, e.tag)
        answered = _answered(outline, e, every)
        found[e.index] = Block(
            element=e.tag,
            body=_gathered(run),
            person=person,
            date=when,
            nested=tuple(p.tag for p in outermost(e, every)),
            answers=answered.tag if answered else None,
        )
    return found


def _gathered(run: Sequence[PageElement]) -> Tag:
    """One element for words that stand beside each other in none."""
    if len(run) == 1 and isinstance(run[0], Tag):
        return run[0]
    around = BeautifulSoup("", "html.parser").new_tag("div")
    run[0].insert_before(around)
    for node in run:
        around.append(node.extract())
    return around


def _answered(outline: Outline, e: Element, posts: Sequence[Element]) -> Element | None:
    """The post at the root of the smallest branch that holds this one as well; None outside a tree.

    A branch begins with the post that it answers, less deep than what answers it. What holds all posts is no
    branch: the first post of a page stands above all others on any board.
    """
    at = e
    while at.parent >= 0:
        at = outline.elements[at.parent]
        inside = held(at, posts)
        if len(inside) == len(posts):
            return None
        first = posts[inside[0]]
        if first.index < e.index and first.depth < e.depth:
            return first
    return None
