"""Posts inside posts: comments below an answer, replies built otherwise than what they answer.

A second group of elements joins the first when what it stands in remains a post without it; it replaces the
first when that turns out to be nothing but containers.
"""

import re
from collections.abc import Iterable, Sequence

from parse.edit_notices import is_notice
from parse.quotes.heads import split
from parse.unknown.beside import QUOTE_CLASS
from parse.unknown.bylines import date
from parse.unknown.marks import REPLY
from parse.unknown.outline import Element, Outline, outermost
from parse.unknown.post_bodies import names_of
from parse.unknown.tags import classes, opening

_MOST = 0.8
_FEW = 0.3
_MORE = 1.5
_HALF = 0.5
_LAST = re.compile(r"last|latest|recent|count|num", re.I)
_HEAD = 200
"""Characters of an element's text in which a quote's head or an edit notice would begin."""


def layers(
    outline: Outline, members: Sequence[Element], groups: Sequence[Sequence[Element]]
) -> list[list[Element]]:
    """The members, and each group of posts within them; `groups` are candidates, the best first.

    A box may hold the opening post and the next one all that answers it.
    """
    found = [list(members)]
    for group in groups:
        held = _in_order(e for layer in found for e in layer)
        indexes = {e.index for e in held}
        inner = [(e, around) for e in group if (around := _around(outline, e, indexes))]
        if not inner or not _are_posts(outline, [e for e, _ in inner], held):
            continue
        containers = {around.index: around for _, around in inner}.values()
        every = _in_order([*held, *(e for e, _ in inner)])
        kept = [remains(outline, c, every) for c in containers]
        if sum(kept) >= _MOST * len(kept):
            found.append([e for e, _ in inner])
        elif sum(kept) <= _FEW * len(kept):
            boxes = {c.index for c in containers}
            at = next((n for n, layer in enumerate(found) if boxes <= {e.index for e in layer}), 0)
            posts = _in_place_of(outline, found[at], group, inner, list(containers), held)
            if posts and not at:
                return layers(outline, posts, groups)
            found[at] = posts or found[at]
    return found


def _in_place_of(
    outline: Outline,
    members: Sequence[Element],
    group: Sequence[Element],
    inner: Sequence[tuple[Element, Element]],
    containers: Sequence[Element],
    held: Sequence[Element],
) -> list[Element]:
    """The posts in containers, with what stands above them; empty where they are too few or say too little.

    What is called an answer need not be more than the box it stands in.
    """
    above = [e for e in members if e.end <= inner[0][0].index]
    is_box = len(containers) == 1 < len(members) == len(above) + 1
    if is_box and all(is_called_answer(e) and outline.prose(e) for e in group):
        return _in_order([*above, *group])
    # What else stands there is above the answers, an opening post, or says less than they do.
    aside = containers if len(above) + len(containers) == len(members) else held
    enough = len(inner) >= _MORE * len(containers) and len(above) < len(inner)
    is_told = enough and _words(outline, group) >= _HALF * _words(outline, aside)
    return _in_order([*above, *group]) if is_told else []


def _in_order(elements: Iterable[Element]) -> list[Element]:
    return sorted(elements, key=lambda e: e.index)


def _around(outline: Outline, e: Element, members: set[int]) -> Element | None:
    """The innermost member that this element stands in; None where it is a member, or in none."""
    if e.index in members:
        return None
    above = e.parent
    while above >= 0 and above not in members:
        above = outline.elements[above].parent
    return outline.elements[above] if above >= 0 else None


def _are_posts(outline: Outline, elements: Sequence[Element], held: Sequence[Element]) -> bool:
    """Whether elements in a post are posts: somebody's dated words, and neither quotes nor edit notices."""
    told = [e for e in elements if remains(outline, e, held)]
    others = (e for e in elements if e not in told)
    thanks = [e for e in others if not outline.prose(e) and outline.people(e) and outline.dates(e)]
    enough = len(told) + len(thanks) >= _MOST * len(elements) and len(told) >= _HALF * len(elements)
    return enough and not any(_is_quoted(outline, e) for e in told)


def _is_quoted(outline: Outline, e: Element) -> bool:
    if outline.is_quoted(e) or any(map(QUOTE_CLASS.search, classes(e.tag))):
        return True
    text = opening(e.tag, _HEAD)[:_HEAD]
    # "Jane says:" is how some sign a comment.
    return is_notice(text) or (not is_called_answer(e) and split(text)[0] is not None)


def remains(outline: Outline, container: Element, posts: Sequence[Element]) -> bool:
    """Whether an element without the posts in it is a post: somebody's words, and dated."""
    inner = list(outermost(container, posts))
    # A word of thanks is enough in what is called a reply.
    measures = (outline.people,) if is_called_answer(container) else (outline.prose, outline.people)
    if any(measure(container) <= sum(map(measure, inner)) for measure in measures):
        return False
    return date(outline.own(container, inner)) is not None


def is_called_answer(e: Element) -> bool:
    """Whether an element is called a reply, and not the last of them, as in a row of a listing."""
    return any(REPLY.search(name) and not _LAST.search(name) for name in names_of(e.tag))


def _words(outline: Outline, elements: Iterable[Element]) -> int:
    return sum(map(outline.prose, outermost(outline.elements[0], _in_order(elements))))
