"""What stands below an article: its comments, in a box called so or below a heading that says so.

Below a long article a word of thanks weighs nothing. What is there, signed and dated, is called a comment, so
that it is known for one whatever its makers call it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from bs4.element import Tag

from parse.unknown.byline_text import LONGEST_BYLINE, is_byline, name_in_line
from parse.unknown.nested_posts import is_called_answer
from parse.unknown.outline import CHROME, Element, Outline
from parse.unknown.tags import HEADINGS, attribute, classes, clean, count_words, opening, words_in_links, wrap
from parse.unknown.talk import said_of_comments

_BOX = re.compile(
    r"(?:the-?)?(?:comments|replies|responses|kommentare|commentaires|comentarios|commenti|reacties)"
    r"(?:[-_]?(?:list|area|section|container|box|wrap(?:per)?|block|content))?"
    r"|(?:comment|reply)[-_]?(?:list|area|section|container|box|wrap(?:per)?|block)",
    re.I,
)
_COMMENT = "comment-below-article"
_DEPTH = 2
_FEW = 4
"""Words that may stand beside each comment: buttons."""
_STEPS = 4
_LONGEST_HEADING = 80
_WORDS_OF_A_BYLINE = 15
_DATES = 2
"""In one comment: when it was written, when it was changed."""


def name_comments(outline: Outline) -> bool:
    """Calls each comment below an article one. Whether that took new elements: the outline is old then."""
    for box in _boxes(outline):
        if found := _comments(outline, box, _DEPTH):
            for comment in found:
                _name(comment)
            return any(len(comment) > 1 for comment in found)
    return False


def _boxes(outline: Outline) -> Iterator[Element]:
    """What is called comments or below such a heading, and holds dates; boxes in one are those of a tree."""
    end = 0
    for e in outline.elements:
        if e.index < end or e.tag.name in CHROME or not outline.dates(e):
            continue
        if _is_box(e.tag) or _is_headed(e.tag) or _has_heading(e.tag):
            end = e.end
            yield e


def _comments(outline: Outline, box: Element, depth: int) -> list[list[Element]]:
    """The elements of each comment right in a box, or in the one part of it that has dates."""
    parts = [e for e in outline.children(box) if e.tag.name not in (*CHROME, *HEADINGS, "hr")]
    dated = [e for e in parts if outline.dates(e)]
    if not dated:
        return []
    is_box_of_all = len(dated) == 1 and depth > 0 and not is_byline(opening(dated[0].tag, LONGEST_BYLINE))
    inner = _comments(outline, dated[0], depth - 1) if is_box_of_all else []
    return inner or _whole(outline, parts, dated) or _flat(outline, parts)


def _whole(outline: Outline, parts: Sequence[Element], dated: Sequence[Element]) -> list[list[Element]]:
    """Each part with a date, where each has a name, words and a date or two, and little is beside."""
    beside = sum(outline.words(e) for e in parts if not outline.dates(e))
    is_each = all(outline.dates(e) <= _DATES and _is_signed(outline, e) and _says(outline, e) for e in dated)
    return [[e] for e in dated] if is_each and beside <= _FEW * len(dated) else []


def _flat(outline: Outline, parts: Sequence[Element]) -> list[list[Element]]:
    """The parts by the bylines among them: each with what follows up to the next, or what it follows."""
    bylines = [i for i, e in enumerate(parts) if _is_byline(outline, e)]
    if not bylines or not any(map(outline.words, parts)):
        return []
    is_above = bylines[0] == next(i for i, e in enumerate(parts) if outline.words(e))
    ends = [*bylines[1:], len(parts)] if is_above else [i + 1 for i in bylines]
    starts = bylines if is_above else [0, *ends[:-1]]
    runs = [list(parts[start:end]) for start, end in zip(starts, ends, strict=True)]
    said = [[e for e in run if not _is_byline(outline, e)] for run in runs]
    is_told = all(any(map(outline.words, e)) for e in said) and not any(map(outline.dates, chain(*said)))
    return runs if is_told and not any(_is_linked(e) for e in chain(*said)) else []


def _is_byline(outline: Outline, e: Element) -> bool:
    """Whether a part says who and when, and no more."""
    return outline.dates(e) == 1 and outline.words(e) <= _WORDS_OF_A_BYLINE and _is_signed(outline, e)


def _is_signed(outline: Outline, e: Element) -> bool:
    lines = (clean(x.tag) for x in outline.inside(e) if x.is_date or x is e)
    return outline.people(e) > 0 or any(name_in_line(line) for line in lines)


def _says(outline: Outline, e: Element) -> bool:
    """Whether more is said than who and when, and not in links."""
    lines = (x for x in outline.inside(e) if outline.dates(x) and is_byline(opening(x.tag, LONGEST_BYLINE)))
    signed = min(lines, key=outline.words, default=None)
    is_more = outline.words(e) > (outline.words(signed) if signed else 0)
    return is_more and not _is_linked(e) and not outline.title(e)


def _is_linked(e: Element) -> bool:
    return 2 * words_in_links(e.tag) > count_words(clean(e.tag))


def _has_heading(box: Tag) -> bool:
    """Whether what a box begins with is a heading that says "Comments"."""
    return _is_heading(next((t for t in box.children if isinstance(t, Tag)), None))


def _is_heading(tag: Tag | None) -> bool:
    said = opening(tag, _LONGEST_HEADING) if tag and tag.name in HEADINGS else ""
    return 0 < len(said) <= _LONGEST_HEADING and said_of_comments(said)


def _name(comment: Sequence[Element]) -> None:
    if len(comment) > 1:
        wrap([e.tag for e in comment], _COMMENT)
    elif not is_called_answer(comment[0]):
        comment[0].tag["class"] = " ".join([*classes(comment[0].tag), _COMMENT])


def is_in_comments(tag: Tag) -> bool:
    """Whether an element stands in what is called comments, or below a heading that says so."""
    around = (above for above in islice(tag.parents, _STEPS) if above.name != "body")
    return any(_is_box(at) or _is_headed(at) for at in (tag, *around))


def _is_box(tag: Tag) -> bool:
    """Whether an element is called a box of comments."""
    return any(map(_BOX.fullmatch, (*classes(tag), attribute(tag, "id"))))


def _is_headed(tag: Tag) -> bool:
    """Whether the heading above an element, beside it, says "Comments" or "3 comments"."""
    above = (t for t in tag.previous_siblings if isinstance(t, Tag) and t.name in HEADINGS)
    return _is_heading(next(above, None))
