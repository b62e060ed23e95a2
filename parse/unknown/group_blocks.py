"""The blocks that posts come to: for each its body, its author and its date, as its page shows those of all.

An opening post that is built unlike the replies comes first.
"""

from collections import Counter
from collections.abc import Sequence

from bs4.element import Tag

from parse.unknown.block import Block
from parse.unknown.bylines import Bylines, bylines
from parse.unknown.groups import parts
from parse.unknown.name_places import Place
from parse.unknown.nested_posts import remains
from parse.unknown.openings import opening_post
from parse.unknown.outline import Element, Outline, held, outermost
from parse.unknown.post_bodies import body_name, body_of, gathered, names_of, run_around, where_most_stand
from parse.unknown.tags import attribute, clean, count_words, inside, is_inside, words_in_links
from parse.unknown.ways import way_to

_Told = tuple[Element, Sequence[Element], Element | None]
"""A post, what stands in it and in no other, and what seems to be said in it."""
_FEW_ROWS = 2
_SENTENCE = 4
_TITLES = ("h1", "h2", "h3")
_WORDS_OF_A_LINE = 8
_HALF = 0.5


def read_layers(outline: Outline, found: list[list[Element]], place: Place | None) -> list[Block]:
    """The blocks of all layers in the order of the page; an opening post built otherwise comes first."""
    every = sorted((e for layer in found for e in layer), key=lambda e: e.index)
    blocks: dict[int, Block] = {}
    opening, usual = None, None
    for number, layer in sorted(enumerate(found), key=lambda each: -len(each[1])):
        signed = bylines(parts(outline, layer, every), None if number else place)
        is_usual = all(_has(outline, e, every, usual) for e in layer)
        kind = usual if is_usual else body_name(outline, layer, every, signed)
        usual = usual or kind
        opening = opening or (opening_post(outline, layer, kind, signed) if not number else None)
        above = [x for x in outline.elements[: every[0].index] if opening and x.tag is opening.element]
        blocks |= _blocks(outline, layer, [*above, *every], kind, signed)
    every_block = [block for _, block in sorted(blocks.items())]
    # Where most say little but links, or none is a post, they may be the rows of a listing.
    are_rows = 2 * sum(map(_is_mostly_linked, every_block)) > len(every_block) > _FEW_ROWS
    posts = [] if are_rows else [b for b in every_block if _is_post(b)]
    inner = posts or [b for b in every_block if b.person or (are_rows and b.date)]
    return [opening, *inner] if opening and not _is_excerpt(opening, inner) else inner


def with_answered(outline: Outline, members: list[Element]) -> list[Element]:
    """The posts, and before them the one that they all stand in and answer: its words are in a box that is
    called as theirs, and it is not the page's first, below the title."""
    at = outline.elements[members[0].parent] if members and members[0].parent >= 0 else None
    while at is not None and not (at.holds(members[-1]) and remains(outline, at, members)):
        at = outline.elements[at.parent] if at.parent >= 0 else None
    own = outline.own(at, members) if at else []
    if at is None or not own or any(x.tag.name in _TITLES for x in own):
        return members
    kind = body_name(outline, members, members, bylines(parts(outline, members, members), None))
    said = [x for x in own if kind is not None and kind in names_of(x.tag)]
    return [at, *members] if len(said) == 1 else members


def _is_excerpt(opening: Block, posts: Sequence[Block]) -> bool:
    """Whether an opening is but how the first post begins, shown above it by the same person."""
    if not posts or signature(opening)[0] != signature(posts[0])[0]:
        return False
    return clean(posts[0].body).startswith(clean(opening.body).rstrip(" .…"))


def _has(outline: Outline, e: Element, posts: Sequence[Element], kind: str | None) -> bool:
    """Whether a post has an element of this name: where few answer, it is called as where many do."""
    return kind is not None and any(kind in names_of(x.tag) for x in outline.own(e, posts))


def _is_post(block: Block) -> bool:
    """Whether somebody is named or words stand beside links: "Jane added the label bug" is nobody's post."""
    if block.body.name == "a" or _heads_columns(block.body):
        return False
    return block.person is not None or not _is_linked(block)


def _heads_columns(body: Tag) -> bool:
    """Whether a body is the line above the columns of a table: nobody says that."""
    return body.name == "thead" or (bool(inside(body, "th")) and not inside(body, "td"))


def _is_linked(block: Block) -> bool:
    """Whether no word of the body stands beside its links."""
    if block.body.name == "a" or is_inside(block.body, "a"):
        return True
    return count_words(clean(block.body)) <= words_in_links(block.body)


def _is_mostly_linked(block: Block) -> bool:
    """Whether a body says next to nothing beside its links: "pages: 1 2 3" beside a title."""
    linked = words_in_links(block.body)
    beside = count_words(clean(block.body)) - linked
    return _is_linked(block) or (beside < _SENTENCE and beside < linked)


def _blocks(
    outline: Outline, members: list[Element], every: list[Element], kind: str | None, signed: Bylines
) -> dict[int, Block]:
    """The block of each member that has a body, by its place on the page; `every` holds all posts."""
    found = {}
    parts = [(e, outline.own(e, every)) for e in members]
    is_placed = signed.place is not None and not kind
    people = [signed.person(inner, e.tag) if is_placed else None for e, inner in parts]
    told = [
        (e, inner, body_of(outline, inner, list(outermost(e, every)), kind, person))
        for (e, inner), person in zip(parts, people, strict=True)
    ]
    usual = where_most_stand(outline, told)
    bodies = _but_bylines(outline, _in_place(told, usual, kind), kind, signed) if kind else usual
    for (e, inner), body in zip(parts, bodies, strict=True):
        if body is None:
            continue
        beside = [x for x in inner if not body.holds(x)]
        name = signed.person(beside, e.tag) if is_placed else None
        is_whole = kind and not _is_one_of_paragraphs(outline, body, kind)
        run = [body.tag] if is_whole else run_around(outline, body, name)
        outside = [x for x in inner if not body.holds(x) and not any(x.tag is node for node in run)]
        person, when = signed.person(outside, e.tag), signed.date(outside, e.tag)
        answered = _answered(outline, e, every)
        found[e.index] = Block(
            element=e.tag,
            body=gathered(run),
            person=person,
            date=when,
            nested=tuple(p.tag for p in outermost(e, every)),
            answers=answered.tag if answered else None,
        )
    return found


def _is_one_of_paragraphs(outline: Outline, body: Element, kind: str) -> bool:
    """Whether a body is not called as others are, and but one paragraph of a post in several."""
    is_apart = body.tag.name == "p" and kind not in names_of(body.tag) and body.parent >= 0
    return is_apart and outline.prose(outline.elements[body.parent]) > outline.prose(body)


def _in_place(told: Sequence[_Told], usual: Sequence[Element | None], kind: str) -> list[_Told]:
    """The bodies by their name; where several parts of a post have it, all columns of a grid, the one that
    stands where bodies do: of a word of thanks the name beside it may be longer."""
    return [
        (
            e,
            inner,
            there if body and there and kind in names_of(there.tag) and _are_apart(body, there) else body,
        )
        for (e, inner, body), there in zip(told, usual, strict=True)
    ]


def _are_apart(one: Element, other: Element) -> bool:
    return one.end <= other.index or other.end <= one.index


def _but_bylines(outline: Outline, told: Sequence[_Told], kind: str, signed: Bylines) -> list[Element | None]:
    """The bodies, but for what stands where the others show who wrote and when: the event that somebody has
    closed a ticket has such a line and says nothing; no event opens a thread."""
    named = [(e, inner, b) for e, inner, b in told if b and kind in names_of(b.tag)]
    lines: Counter[str] = Counter()
    for e, inner, body in named:
        outside = [x for x in inner if not body.holds(x)]
        marks = [mark for mark in (signed.person(outside, e.tag), signed.date(outside, e.tag)) if mark]
        around = [x for x in outside[1:] if any(x.tag is m or x.tag in m.parents for m in marks)]
        lines.update({str(way_to(x.tag, e.tag)) for x in around})
    usual = {way for way, times in lines.items() if times > _HALF * len(named)}
    return [
        body
        if body is None
        or kind in names_of(body.tag)
        or (e is told[0][0] and outline.prose(body) > _WORDS_OF_A_LINE)
        or str(way_to(body.tag, e.tag)) not in usual
        else None
        for e, _, body in told
    ]


def _answered(outline: Outline, e: Element, posts: Sequence[Element]) -> Element | None:
    """The post at the root of the smallest branch that holds this one as well; None outside a tree.

    A branch begins with the post that it answers, less deep than what answers it. Where a box with the
    answers stands behind each post and not in it, the last one before that box. What holds all posts is no
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
            before = (post for i in inside if (post := posts[i]).index < e.index)
            return [post for post in before if post.depth <= first.depth][-1]
    return None


def signature(block: Block) -> tuple[str, str]:
    """Who wrote it and when."""
    when = block.date
    told = attribute(when, "datetime") or clean(when) if when is not None else ""
    return clean(block.person) if block.person is not None else "", told
