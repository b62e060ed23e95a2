"""The opening post where it is built unlike the answers: an article, a question, an issue."""

import re
from collections.abc import Sequence
from itertools import dropwhile, islice, takewhile

from bs4.element import PageElement, Tag

from parse.unknown.block import Block
from parse.unknown.byline_text import LONGEST_BYLINE
from parse.unknown.bylines import Bylines, date, name_signed, name_unlinked_beside, new_name
from parse.unknown.declared import declared_author, declared_date
from parse.unknown.groups import own_sums
from parse.unknown.name_places import may_name
from parse.unknown.outline import CHROME, Element, Outline
from parse.unknown.post_bodies import gathered, names_of, run_around
from parse.unknown.tags import HEADINGS, clean, count_words, inside, opening, words_in_links

_LEAST, _LEAST_ABOVE_COMMENTS = 8, 5
"""Words of a text that may be an opening post."""
_LONGEST_TITLE = 200
_WORDS_OF_A_TITLE = 3
_NEAR = 60
"""Elements between an opening post's text and its byline."""
_BOXES_OF_A_BYLINE = 2
_COMMENTS = re.compile(r"(?:^|[-_.#])comments?(?:$|[-_])", re.I)


def opening_post(outline: Outline, members: list[Element], kind: str | None, signed: Bylines) -> Block | None:
    """The opening post where it is built unlike the replies: a long text before them, by somebody, dated.

    `kind` is what the bodies of the replies are called, `signed` how these are signed.
    """
    first = members[0].index
    title = next((e.index for e in outline.elements[:first] if e.tag.name == "h1"), 0)
    region = [e for e in outline.elements[:first] if e.end <= first and e.tag.name not in CHROME]
    body = _body(outline, [e for e in region if e.end > title], members, kind)
    if body is None:
        return None
    start = _above_title(outline, outline.elements[title], body)
    near = [
        e for e in region if e.index >= start and not body.holds(e) and abs(e.index - body.index) <= _NEAR
    ]
    person, when = _byline(outline, body, near, members, signed)
    if person is None:
        return None
    said = gathered(_paragraphs(outline, body)) if body.tag.name == "p" else body.tag
    return Block(element=said, body=said, person=person, date=when)


def _above_title(outline: Outline, title: Element, body: Element) -> int:
    """Where the box begins that holds the title and its byline, which may come first, and ends above the
    words."""
    at = title
    while at.parent >= 0 and outline.elements[at.parent].end <= body.index:
        at = outline.elements[at.parent]
    return at.index


def _body(
    outline: Outline, region: Sequence[Element], members: list[Element], kind: str | None
) -> Element | None:
    """The text that is called as those of the replies are, else the longest."""
    typical = sorted(prose for _, prose, _, _ in own_sums(outline, members))[len(members) // 2]
    # Above what is called comments a short text is an article as well.
    least = _LEAST_ABOVE_COMMENTS if _in_comments(outline, members) else max(_LEAST, min(typical // 4, 12))
    long = (e for e in region if outline.prose(e) >= least and not outline.dates(e))
    bodies = [e for e in long if e.tag.name not in HEADINGS and not _is_of_title(e)]
    named = [e for e in bodies if kind in names_of(e.tag)]
    return named[-1] if named else max(bodies, key=lambda e: (outline.prose(e), e.depth), default=None)


def _byline(
    outline: Outline, body: Element, near: Sequence[Element], members: Sequence[Element], signed: Bylines
) -> tuple[Tag | None, Tag | None]:
    """Who wrote the opening and when; above comments a plain line may tell both, and the date be missing."""
    first = members[0].index
    person, when = _signed_in(outline, body, first, signed) or (signed.person(near, body.tag), date(near))
    name = None if person else name_signed(near) or _name_beside(when, near) or _name_in_box(when)
    person = person or (name and new_name(name)) or None
    if person and when:
        return person, when
    if _is_above_comments(outline, body, members):
        return _byline_around(outline, body, first) or (declared_author(body.tag), declared_date(body.tag))
    return (person, when) if when else (None, None)


def _name_beside(when: Tag | None, near: Sequence[Element]) -> str | None:
    """The name in one line with a date, which is no link: answers may be signed otherwise."""
    return next((name_unlinked_beside(x) for x in near if x.tag is when), None)


def _name_in_box(when: Tag | None) -> str | None:
    """What alone may be a name in the smallest box around a date that says more, in an element of its own."""
    boxes = [when, *islice(when.parents, _BOXES_OF_A_BYLINE)] if when else []
    lines = (box for box in boxes if box and len(opening(box, LONGEST_BYLINE)) <= LONGEST_BYLINE)
    told = (box for box in lines if clean(box) != clean(when or box) and box.name not in HEADINGS)
    every = (_names_in(box, when) for box in told)
    names = next(filter(None, every), [])
    return names[0] if len(names) == 1 else None


def _names_in(box: Tag, when: Tag | None) -> list[str]:
    """What may be names in a box, of its parts that hold no others, beside the date."""
    parts = (part for part in inside(box) if part is not when and not inside(part))
    parts = (part for part in parts if part.name not in HEADINGS)
    return [words for part in parts if may_name(part, words := clean(part))]


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


def _byline_around(outline: Outline, body: Element, end: int) -> tuple[Tag, Tag] | None:
    """Who wrote an article and when, where both stand in one line of it: "Jane <small>3 May 2010</small>"."""
    at = body
    while at.parent >= 0 and outline.elements[at.parent].end <= end:
        at = outline.elements[at.parent]
        for x in outline.own(at, ()):
            if x.is_date and not body.holds(x) and (name := name_unlinked_beside(x)):
                return new_name(name), x.tag
    return None


def _is_above_comments(outline: Outline, body: Element, members: Sequence[Element]) -> bool:
    """Whether the posts stand in a box that is called one of comments, below the body and not around it."""
    box = _in_comments(outline, members)
    return box is not None and box.index >= body.end


def _in_comments(outline: Outline, members: Sequence[Element]) -> Element | None:
    """The innermost box of the posts that is called one of comments, or the first of them that is one."""
    at = members[0].index
    while at >= 0:
        if any(map(_COMMENTS.search, names_of(outline.elements[at].tag))):
            return outline.elements[at]
        at = outline.elements[at].parent
    return None


def _paragraphs(outline: Outline, body: Element) -> list[PageElement]:
    """A paragraph in no box of its own and those beside it, but for links above them: "3 comments"."""
    run = run_around(outline, body)
    at = next((at for at, node in enumerate(run) if node is body.tag), None)
    if at is None:
        return [body.tag]
    before = dropwhile(lambda node: _is_heading(node) or _is_no_paragraph(node), run[:at])
    return [*before, *takewhile(lambda node: not _is_heading(node), run[at:])]


def _is_heading(node: PageElement) -> bool:
    return isinstance(node, Tag) and node.name in HEADINGS


def _is_no_paragraph(node: PageElement) -> bool:
    """Whether nothing is said beside links."""
    linked = words_in_links(node) if isinstance(node, Tag) else 0
    return linked >= count_words(clean(node).strip(" ()[]"))


def _is_of_title(e: Element) -> bool:
    """Whether an element says what the page is called, and no more: a title in a cell of a form."""
    page = e.tag.find_parent("html")
    title = page.find("title") if page else None
    said = opening(e.tag, _LONGEST_TITLE)
    return title is not None and said.count(" ") >= _WORDS_OF_A_TITLE - 1 and said in clean(title)
