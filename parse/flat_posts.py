"""Boards that lay a post out as siblings, a byline and then a body: each post gets an element of its own.

`<dt>Jane, 1 May</dt><dd>Hello.</dd>`, or a table row with name and date above a row with the words. What
finds posts afterwards needs one element a post.
"""

from bs4 import BeautifulSoup
from bs4.element import Tag

from parse.outline import Element, Outline

_FEWEST = 4
"""Children of a container: two bylines, two bodies."""
_BYLINE_WORDS = 40
_BYLINE_PROSE = 8
_MOST = 0.7
_COVERED = 0.4
"""How much of the page's words the bodies must hold."""


def wrap_flat_posts(soup: BeautifulSoup, outline: Outline) -> bool:
    """Whether the page had posts laid flat; each then stands in a `<div>` of its own."""
    for container in outline.elements:
        children = _children(outline, container)
        if len(children) >= _FEWEST and (runs := _runs(outline, children)):
            for run in runs:
                _wrap(soup, [child.tag for child in run])
            return True
    return False


def _children(outline: Outline, parent: Element) -> list[Element]:
    found = []
    at = parent.index + 1
    while at < parent.end:
        found.append(outline.elements[at])
        at = outline.elements[at].end
    return found


def _runs(outline: Outline, children: list[Element]) -> list[list[Element]]:
    """The siblings of each post; empty where these are not posts laid flat."""
    bylines = [i for i, child in enumerate(children) if _is_byline(outline, child)]
    if len(bylines) < 2:
        return []
    bodies = [i for i, child in enumerate(children) if outline.prose(child) and not outline.dates(child)]
    whole = sum(outline.dates(c) > 0 and outline.prose(c) > _BYLINE_PROSE for c in children)
    if not bodies or whole > len(bylines) * (1 - _MOST):
        return []
    if bodies[0] < bylines[0] and bodies[-1] < bylines[-1]:  # signed below the words
        starts = [0, *(i + 1 for i in bylines[:-1])]
        ends = [i + 1 for i in bylines]
    else:
        starts, ends = bylines, [*bylines[1:], _last_end(bylines, bodies)]
    runs = [children[start:end] for start, end in zip(starts, ends, strict=True)]
    told = [sum(outline.prose(c) for c in run if not outline.dates(c)) for run in runs]
    complete = sum(words > 0 for words in told) >= _MOST * len(runs)
    return runs if complete and sum(told) >= _COVERED * outline.total else []


def _is_byline(outline: Outline, e: Element) -> bool:
    few = outline.prose(e) <= _BYLINE_PROSE and outline.words(e) <= _BYLINE_WORDS
    return bool(outline.dates(e)) and few and e.tag.name not in ("p", "span", "a")


def _last_end(bylines: list[int], bodies: list[int]) -> int:
    """Where the last post ends: what follows its body is the page's again."""
    return next((i for i in bodies if i > bylines[-1]), bylines[-1]) + 1


def _wrap(soup: BeautifulSoup, tags: list[Tag]) -> None:
    around = soup.new_tag("div", attrs={"class": "post-laid-flat"})
    tags[0].insert_before(around)
    for tag in tags:
        around.append(tag.extract())
