"""Words that stand bare beside who said them and when: each gets an element of its own.

`<b>Jane</b> (3 May 2010)<br>Hello.`, `Hello. <small>Jane, 3 May 2010</small>`, a paragraph that is a byline:
guestbooks, weblogs and the boards of the first years are written so. What finds posts looks at elements.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from parse.unknown.byline_text import BY, DEEDS, LONGEST_BYLINE, is_byline, past_time
from parse.unknown.comment_boxes import is_in_comments
from parse.unknown.marks import DATE_TEXT
from parse.unknown.tags import classes, clean, count_words, opening, words_in_links, wrap

_HOLDERS = ("body", "center", "div", "p", "li", "td", "dd", "article", "section")
_INLINE = (
    "a", "abbr", "b", "big", "br", "cite", "code", "em", "font", "i", "img", "small", "span", "strong",
    "time", "u",
)  # fmt: skip
_AGAIN = 2
"""How often a way to write bylines stands on a page that has it not by chance."""
_TEXT = ("p", "pre", "ul", "ol", "blockquote")
_BOXES = ("div", "p", "footer", "header", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = (*_BOXES, "h1", "table", "ul", "ol", "dl", "section", "article", "form")
_BYLINE, _SAID = "byline-set-apart", "words-set-apart"
_OPEN = re.compile(r"(?:[–—~|(\[]|(?<=\s)--?)\s*")
"""What sets a byline apart that follows words in the same line."""
_PARTED = re.compile(rf"[^\W\d_]\S*\s*[,–—|(\[:;]|\s-|\b(?:{BY})\s", re.I)
"""A name apart from what follows: "Jane, 3 May", "Jane (3 May)"."""
_BY = re.compile(rf"\s*(?:(?:{DEEDS})\s+)?(?:{BY})\s", re.I)
_WORD = re.compile(r"[^\W\d_]{2}")
_LABEL = re.compile(rf"\W*(?:\w+\s+)?(?:{BY}|author|autor|name|from)\W*", re.I)
"""What leads up to a name and is said by nobody: "Posted by:"."""


@dataclass(frozen=True, slots=True)
class _Byline:
    """A byline in the element that holds it: a stretch of the text of some nodes."""

    holder: Tag
    nodes: tuple[PageElement, ...]
    start: int
    end: int
    way: str
    """ "line" where it is one of several, "all" where it is the whole of its element, "head" or "tail" where
    words follow or precede it in its line, "box" where it has an element of its own and they have none."""


def set_bylines_apart(soup: BeautifulSoup) -> None:
    """Gives bylines that share an element with words, and these words, elements of their own.

    One such line may be anything; it counts where another like it is on the page, or among comments.
    """
    found = [byline for holder in soup.find_all(_HOLDERS) for byline in _bylines(holder)]
    times = Counter((each.holder.name, each.way) for each in found)
    kept = [b for b in found if times[b.holder.name, b.way] >= _AGAIN or is_in_comments(b.holder)]
    for byline in kept:
        if byline.way == "all":
            byline.holder["class"] = " ".join([*classes(byline.holder), _BYLINE])
        elif byline.nodes:
            wrap(_cut(byline.nodes, byline.start, byline.end), _BYLINE)
    for holder in {id(byline.holder): byline.holder for byline in kept}.values():
        if _BYLINE not in classes(holder):
            _wrap_words(holder)
        if holder.name == "p":
            holder.name = "div"


def box_bare_words(soup: BeautifulSoup) -> None:
    """Gives words that stand bare beside boxes one of their own, as browsers do when they lay out a page."""
    for holder in soup.find_all(_HOLDERS):
        if any(isinstance(child, Tag) and child.name in _BLOCKS for child in holder.contents):
            for run in list(_runs(holder, (*_INLINE, "blockquote"))):
                if any(map(_says, run)):
                    wrap(run)


def is_bare_byline(tag: Tag) -> bool:
    """Whether an element is a byline that stood among words: it says nothing else."""
    return _BYLINE in classes(tag)


def _wrap_words(holder: Tag) -> None:
    for run in list(_runs(holder, (*_INLINE, *_TEXT))):
        if any(map(_is_bare, run)):
            wrap(run, _SAID)


def _bylines(holder: Tag) -> Iterator[_Byline]:
    runs = [_lines(run) for run in _runs(holder, _INLINE)]
    if any(map(_is_bare, chain(*chain(*runs)))) and _has_box_of_byline(holder):
        yield _Byline(holder, (), 0, 0, "box")
        return
    is_all = sum(map(len, runs)) == 1
    for lines in runs:
        for line in lines:
            text = _text(line)
            if line is lines[0] and (end := _head(line, text)):
                yield _Byline(holder, line, 0, end, "head")
            elif line is lines[-1] and (start := _tail(line, text)):
                yield _Byline(holder, line, start, len(text), "tail")
            elif is_byline(text) and (holder.name == "p" or not is_all) and _is_apart(line, text):
                yield _Byline(holder, line, 0, len(text), "all" if is_all else "line")


def _has_box_of_byline(holder: Tag) -> bool:
    boxes = (child for child in holder.contents if isinstance(child, Tag) and child.name in _BOXES)
    return any(is_byline(opening(box, LONGEST_BYLINE)) for box in boxes)


def _runs(holder: Tag, kinds: Collection[str]) -> Iterator[tuple[PageElement, ...]]:
    """The stretches of a holder that say something: texts, and elements of these kinds."""
    run: list[PageElement] = []
    for node in [*holder.contents, None]:
        if node is not None and (type(node) is NavigableString or getattr(node, "name", "") in kinds):
            run.append(node)
            continue
        if _text(run).strip():
            yield tuple(run)
        run = []


def _is_bare(node: PageElement) -> bool:
    """Whether a node says something that stands in no box of its own and is no button."""
    if isinstance(node, Tag):
        return node.name not in _TEXT and words_in_links(node) < count_words(clean(node))
    return bool(clean(node))


def _says(node: PageElement) -> bool:
    """Whether a node says a word, bare and no link."""
    return _is_bare(node) and getattr(node, "name", "") != "a" and _WORD.search(clean(node)) is not None


def _lines(run: Sequence[PageElement]) -> list[tuple[PageElement, ...]]:
    """A stretch by its line breaks, lines that say nothing left out."""
    lines: list[list[PageElement]] = [[]]
    for node in run:
        if isinstance(node, Tag) and node.name == "br":
            lines.append([])
        else:
            lines[-1].append(node)
    return [tuple(line) for line in lines if _text(line).strip()]


def _text(nodes: Sequence[PageElement]) -> str:
    return "".join(node.get_text() for node in nodes)


def _head(line: Sequence[PageElement], text: str) -> int:
    """Where a byline ends that words follow; 0 where none does."""
    m = DATE_TEXT.search(text[:LONGEST_BYLINE])
    if m is None or not is_byline(text[: m.end()]) or not _begins_with_name(line, text[: m.start()]):
        return 0
    end = past_time(text, m.end())
    return end if _is_said(line, text, end, len(text)) else 0


def _begins_with_name(line: Sequence[PageElement], before: str) -> bool:
    """Whether an element or "by" sets apart what stands before the date."""
    first = next(node for node in line if clean(node))
    return isinstance(first, Tag) or _BY.match(before) is not None


def _is_apart(line: Sequence[PageElement], text: str) -> bool:
    """Whether an element, a comma or a bracket parts name and date: "The bridge opened on 3 May" is prose."""
    return any(isinstance(node, Tag) and clean(node) for node in line) or _PARTED.search(text) is not None


def _tail(line: Sequence[PageElement], text: str) -> int:
    """Where a byline begins that follows words; 0 where none does."""
    m = next(reversed(list(DATE_TEXT.finditer(text, max(0, len(text) - LONGEST_BYLINE)))), None)
    if m is None or text[past_time(text, m.end()) :].strip():
        return 0
    first = max(1, len(text) - LONGEST_BYLINE)
    starts = [at for node, at in _placed(line) if isinstance(node, Tag) and at >= first]
    starts += [o.start() for o in _OPEN.finditer(text, first)]
    start = next((at for at in sorted(starts) if is_byline(text[at:])), 0)
    return start if _is_said(line, text, 0, start) else 0


def _placed(line: Sequence[PageElement]) -> Iterator[tuple[PageElement, int]]:
    """Each node with where it begins in their text."""
    at = 0
    for node in line:
        yield node, at
        at += len(node.get_text())


def _is_said(line: Sequence[PageElement], text: str, start: int, end: int) -> bool:
    """Whether words stand bare in a stretch of a line: more than links and what leads up to a name."""
    inside = [node for node, at in _placed(line) if at < end and at + len(node.get_text()) > start]
    linked = sum(words_in_links(node) for node in inside if isinstance(node, Tag))
    linked += sum(count_words(clean(node)) for node in inside if getattr(node, "name", "") == "a")
    is_bare = any(type(node) is NavigableString and _WORD.search(node) for node in inside)
    said = text[start:end]
    return (
        is_bare
        and _WORD.search(said) is not None
        and count_words(said) > 2 * linked
        and not _LABEL.fullmatch(said)
    )


def _cut(nodes: Sequence[PageElement], start: int, end: int) -> list[PageElement]:
    """The nodes that make up a stretch of their text; a text that reaches over an end of it is parted."""
    kept: list[PageElement] = []
    at = 0
    for node in nodes:
        size = len(node.get_text())
        inner = max(0, start - at), min(size, end - at)
        at += size
        if inner[0] < inner[1]:
            kept.append(_part(node, *inner) if type(node) is NavigableString else node)
    return kept


def _part(node: NavigableString, start: int, end: int) -> PageElement:
    """A part of a text, once it stands for itself."""
    if (start, end) == (0, len(node)):
        return node
    pieces = [NavigableString(piece) for piece in (node[:start], node[start:end], node[end:])]
    node.replace_with(*pieces)
    return pieces[1]
