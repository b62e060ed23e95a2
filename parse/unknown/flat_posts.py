"""Boards that lay a post out as siblings, a byline and then a body: each post gets an element of its own.

`<dt>Jane, 1 May</dt><dd>Hello.</dd>`, or a table row with name and date above a row with the words. What
finds posts afterwards needs one element a post.
"""

from bs4.element import Tag

from parse.unknown.outline import Element, Outline
from parse.unknown.tags import HEADINGS, attribute, classes, clean, inside, wrap

LAID_FLAT = "post-laid-flat"
"""The class of what is put around each."""
_FEWEST = 4
"""Children of a container: two bylines, two bodies."""
_BYLINE_WORDS = 40
_BYLINE_PROSE = 8
_MOST = 0.7
_COVERED = 0.4
"""How much of the page's words the bodies must hold."""


def wrap_flat_posts(outline: Outline) -> bool:
    """Whether the page had posts laid flat; each then stands in a `<div>` of its own."""
    for container in outline.elements:
        children = list(outline.children(container))
        if len(children) >= _FEWEST and (runs := _runs(outline, children) or _spanned(outline, children)):
            for run in runs:
                wrap([child.tag for child in run], LAID_FLAT)
            return True
    return False


def _runs(outline: Outline, children: list[Element]) -> list[list[Element]]:
    """The siblings of each post; empty where these are not posts laid flat."""
    bylines = [i for i, child in enumerate(children) if _is_byline(outline, child)]
    if len(bylines) < 2:
        return []
    told = [i for i, child in enumerate(children) if outline.prose(child) and not outline.dates(child)]
    if not told or _whole(outline, children, bylines) > len(bylines) * (1 - _MOST):
        return []
    if _is_signed_below(outline, children, bylines, told):
        starts = [0, *(i + 1 for i in bylines[:-1])]
        ends = [i + 1 for i in bylines]
    else:
        starts = _headed(children, bylines)
        end = _last_rule(children, starts) or _last_end(outline, children, bylines[-1])
        ends = [*starts[1:], _as_before(children, starts, end)]
    runs = [children[start:end] for start, end in zip(starts, ends, strict=True)]
    signed = {children[i].index for i in bylines}
    bodies = [[c for c in run if c.index not in signed] for run in runs]
    complete = sum(any(map(outline.words, body)) for body in bodies) >= _MOST * len(runs)
    words = sum(outline.prose(c) for body in bodies for c in body)
    return runs if complete and words >= _COVERED * outline.total else []


def _headed(children: list[Element], bylines: list[int]) -> list[int]:
    """Where posts begin: at their bylines, or at the headings or marks right above all of these."""
    above = [children[i - 1].tag for i in bylines if i]
    headed = len(above) == len(bylines) and all(tag.name in HEADINGS or _is_mark(tag) for tag in above)
    return [i - headed for i in bylines]


def _is_mark(tag: Tag) -> bool:
    """Whether it is only there to be led to: `<a name="812"></a>`."""
    is_named = tag.name == "a" and bool(attribute(tag, "name") or attribute(tag, "id"))
    return is_named and not tag.get_text(strip=True) and not attribute(tag, "href")


def _whole(outline: Outline, children: list[Element], bylines: list[int]) -> int:
    """How many children seem to be posts of their own. Words right below a byline may tell of an edit."""
    answered = {
        next((i for i in range(b + 1, len(children)) if outline.prose(children[i])), b) for b in bylines
    }
    others = (c for i, c in enumerate(children) if i not in answered)
    return sum(outline.dates(c) > 0 and outline.prose(c) > _BYLINE_PROSE for c in others)


def _is_signed_below(
    outline: Outline, children: list[Element], bylines: list[int], bodies: list[int]
) -> bool:
    """Whether each byline follows its words. A title above the first post is short, as a last post may be,
    unless it ends with a byline."""
    if any(_span(children[i]) > 1 for i in bylines):
        return False
    is_open = any(outline.words(c) for c in children[bylines[-1] + 1 :])
    title = is_open and sum(outline.prose(c) for c in children[: bylines[0]]) <= _BYLINE_PROSE
    return bodies[0] < bylines[0] and bodies[-1] < bylines[-1] and not title


def _spanned(outline: Outline, children: list[Element]) -> list[list[Element]]:
    """The rows of a table that one cell, with whoever wrote, stands beside."""
    runs = [children[i : i + span] for i, row in enumerate(children) if (span := _span(row)) > 1]
    dated = sum(any(map(outline.dates, run)) for run in runs)
    told = sum(outline.prose(row) for run in runs for row in run)
    if len(runs) == 1:
        return runs if dated and told and (outline.people(runs[0][0]) or _is_numbered(runs[0][0])) else []
    enough = len(runs) > 1 and dated >= _MOST * len(runs) and told >= _COVERED * outline.total
    return runs if enough else []


def _is_numbered(row: Element) -> bool:
    """Whether a row holds what leads to its post are to lead to: `<a name="812"></a>`."""
    return any(attribute(mark, "name").isdecimal() and not clean(mark) for mark in inside(row.tag, "a"))


def _span(row: Element) -> int:
    """How many rows the first cell of a row reaches over."""
    cell = row.tag.find(("td", "th"), recursive=False) if row.tag.name == "tr" else None
    told = attribute(cell, "rowspan") if isinstance(cell, Tag) else ""
    return int(told) if told.isdecimal() and len(told) < 3 else 1


def _is_byline(outline: Outline, e: Element) -> bool:
    few = outline.prose(e) <= _BYLINE_PROSE and outline.words(e) <= _BYLINE_WORDS
    dated = any(x.is_date and not outline.is_quoted(x) for x in outline.inside(e))
    return dated and few and e.tag.name not in ("p", "span", "a")


def _last_rule(children: list[Element], starts: list[int]) -> int:
    """Where the last post ends, if a rule ends the one before it; 0 where none does."""
    before = [child.tag.name for child in children[starts[-2] : starts[-1]]]
    rules = [i for i in range(starts[-1], len(children)) if children[i].tag.name == "hr"]
    number = before.count("hr")
    return rules[number - 1] + 1 if before[-1:] == ["hr"] and len(rules) >= number else 0


def _last_end(outline: Outline, children: list[Element], byline: int) -> int:
    """Where the last post ends: what follows its body is the page's again."""
    rest = range(byline + 1, len(children))
    said = (i for measure in (outline.prose, outline.words) for i in rest if measure(children[i]))
    return next(said, byline) + 1


def _as_before(children: list[Element], starts: list[int], end: int) -> int:
    """Where the last post ends that is made as the one before it: buttons below its body are its own, too."""
    before, last = starts[-2], starts[-1]
    while end < len(children) and end - last < last - before:
        if _made(children[end]) != _made(children[before + end - last]):
            break
        end += 1
    return end


def _made(e: Element) -> tuple[str, ...]:
    return (e.tag.name, *classes(e.tag))
