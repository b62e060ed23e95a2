"""A wiki's talk page as what was said on it: headings, and below each the comments that somebody signed.

Nothing marks a comment but its signature, a link to who wrote it and the time after it, and how far its lines
are indented.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import takewhile
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from parse.html_fields import attribute, text_of

DEEPEST = 100
"""How many elements within each other are gone into; what lies deeper is read as one piece."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTS = {"dl", "ul", "ol"}
_WHOLE = {"blockquote", "pre", "figure"}
_BLOCKS = {"p", "div", "section", "center", "dd", "dt", "li", "article", "main",
           "table", "thead", "tbody", "tr", "td", "th", "caption"}  # fmt: skip
_SKIPPED = {"style", "script", "meta", "link", "-comment"}
_ASIDE = {"toc", "mw-editsection", "mw-empty-elt", "catlinks", "printfooter", "navbox", "tmbox", "ambox",
          "ext-discussiontools-init-replylink-buttons", "ext-discussiontools-init-section-bar"}  # fmt: skip
_UNSIGNED = {"autosigned", "unsigned"}
"""Around what others put below words that were not signed: all of it is the signature."""
_USER = re.compile(
    r"(?:[/=:]|\A)(?:User|Benutzer(?:in)?|Utilisat(?:eur|rice)|Usuari[oa]|Utente|Gebruiker|Usuári[oa]|Участни(?:к|ца)|"
    r"利用者|用户|사용자)(?:[_ ](?:talk|Diskussion|discusión|Discussão))?:(?P<name>[^&?#/]+)"
    r"|(?:User_talk|Discussion_utilisat(?:eur|rice)|Discussioni_utente|Overleg_gebruiker):(?P<talk>[^&?#/]+)"
    r"|Special:Contributions/(?P<edits>[^&?#/]+)",
    re.I,
)
_OWN_NAME = re.compile(r"[^/=:]:(?:[^&?#/]+/)?([^&?#/:]+)\Z")
"""Where the words for "user" are in no list above: a page of some kind that is shown by its own name."""
_CLOCK = r"\d{1,2}(?:[:.]\d{2}(?::\d{2})?|h\d{2}min)"
_DAY = (
    r"(?:\d{4}\D{1,2}\d{1,2}\D{1,2}\d{1,2}|\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,12}\.?\s(?:de\s)?\d{4}"
    r"|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{4}\.\s[^\W\d_]{3,12}\s\d{1,2}\.)"
)
_SIGNED = re.compile(
    rf"(?:\b{_CLOCK}[,،]?\s[^()\n]{{3,30}}?\b\d{{4}}(?:\s\w+\s\d{{1,2}})?|\b{_DAY}[^\d\n]{{1,12}}{_CLOCK})"
    r"\s*\((?:[A-Z]{2,5}(?:[+-]\d+)?|[+-]\d{1,2}(?::?\d\d)?|ت ع م)\)"
)
_REACH = 100
"""Characters that may stand between the name in a signature and the time."""
_BETWEEN = 40
"""Characters between two links of one signature."""
_DASH = re.compile(r"[\s\u2012-\u2015~|•·*-]+\Z")
_WORD = re.compile(r"\w")
_OUTDENT = re.compile(r"[┌┐]─+[┘└]")
"""The arrow before a comment that begins at the margin again, since its thread has become too narrow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What stands between one signature and the next."""

    html: str
    author: str
    link: str
    """To the page of who signed."""
    signed_at: str
    """As shown."""
    answers: int | None
    """The place of the comment answered among those of the section; None where indentation does not tell."""


@dataclass(slots=True)
class Section:
    """A heading, and what was said below it."""

    title: str
    anchor: str
    rank: int
    """1 for the greatest headings."""
    comments: list[Comment] = field(default_factory=list)
    above: list[tuple[int, int]] = field(default_factory=list)
    """How far indented, and which: the comments that the next one may answer."""
    is_divided: bool = False
    """A lesser heading has come, below which the talk begins anew: about what the first comment says."""

    def divide(self) -> None:
        self.is_divided = True
        self.above = []

    def answered(self, level: int, is_outdented: bool) -> int | None:
        """What a comment that is indented so far answers: the last above it that is indented less."""
        number = len(self.comments)
        last = self.above[-1:]
        self.above = [each for each in self.above if each[0] < level]
        found = (last if is_outdented else None) or self.above[-1:]
        self.above.append((level, number))
        return found[0][1] if found else 0 if self.is_divided and number else None


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a line: words between two elements, or an element."""

    words: str
    html: str
    users: tuple[tuple[str, str], ...] = ()
    """Whose pages it links to, and where these are."""
    is_whole: bool = False
    """A block that is not looked into: what is signed in it was signed elsewhere."""


@dataclass(frozen=True, slots=True)
class _Line:
    """What stands in one block and in no block within it."""

    parts: tuple[_Part, ...]
    level: int
    """How far indented; 0 at the margin."""
    is_item: bool
    """Stands in a list with marks, as an enumeration within one comment does."""

    @property
    def html(self) -> str:
        """As a paragraph, without the dash that leads over to a signature."""
        said = _DASH.sub("", "".join(part.html for part in self.parts))
        return f"<p>{said}</p>" if said and not self.parts[0].is_whole else said


@dataclass(frozen=True, slots=True)
class _Signature:
    """Who signed, when, and where in a line: before `start` are the words signed, behind it is `rest`."""

    start: int
    rest: tuple[_Part, ...]
    name: str
    link: str
    time: str


def sections(content: LexborNode) -> list[Section]:
    """What is said under each heading of the page; what stands above the first is about the page."""
    found: list[Section] = []
    pending: list[_Line] = []
    for part in _lines(content, 0, False, 0):
        if isinstance(part, _Line):
            pending = _taken(found[-1], pending, part) if found else []
            continue
        pending = []
        if found and found[-1].comments and part.rank > found[-1].rank:
            found[-1].divide()
        else:
            found.append(part)
    return found


def _taken(section: Section, pending: list[_Line], line: _Line) -> list[_Line]:
    """The lines that wait for a signature, once this one is read; it may hold several."""
    while signature := _signature(line):
        section.comments.append(_comment(section, pending, line, signature))
        pending, line = [], replace(line, parts=signature.rest)
        if not any(_WORD.search(part.words) for part in line.parts):
            return []
    return [*pending, line]


def _comment(section: Section, pending: list[_Line], line: _Line, signature: _Signature) -> Comment:
    """What ends with this signature."""
    signed = [*pending, replace(line, parts=line.parts[: signature.start])]
    signed = signed[_begin(pending, line) :]
    html = "\n".join(filter(None, (each.html for each in signed)))
    level = min(each.level for each in signed)
    return Comment(
        html=_OUTDENT.sub("", html),
        author=signature.name,
        link=signature.link,
        signed_at=signature.time,
        answers=section.answered(level, _OUTDENT.search(html) is not None),
    )


def _begin(pending: Sequence[_Line], line: _Line) -> int:
    """Where the comment begins that ends in this line; nobody signed what stands before.

    It begins with the last line that is indented otherwise than those before, unless one above is indented as
    its end is.
    """
    start = 0
    for number, each in enumerate((*pending, line)):
        if number and _is_anothers(pending[start], each):
            start = number
    return next((number for number, each in enumerate(pending[:start]) if each.level == line.level), start)


def _is_anothers(start: _Line, line: _Line) -> bool:
    """Whether a line is another comment's than the one begun: indented otherwise, and no item of that."""
    if line.level > start.level:
        return not line.is_item
    return line.level < start.level and not start.is_item


def _lines(node: LexborNode, level: int, is_item: bool, depth: int) -> Iterator[_Line | Section]:
    """The lines and headings of the page in their order, each line with what stands in it alone."""
    waiting: list[LexborNode] = []
    for child in _shown(node):
        inner = None if depth > DEEPEST else _inner(child, level, is_item, depth)
        if inner is None:
            waiting.append(child)
            continue
        yield from _line(waiting, level, is_item)
        waiting = []
        yield from inner
    yield from _line(waiting, level, is_item)


def _shown(node: LexborNode) -> list[LexborNode]:
    """What stands in an element, without what the software puts beside the words."""
    inside = node.iter(include_text=True)
    return [child for child in inside if child.tag not in _SKIPPED and not _ASIDE & _names(child)]


def _names(node: LexborNode) -> set[str]:
    return {*attribute(node, "class").split(), attribute(node, "id")}


def _inner(node: LexborNode, level: int, is_item: bool, depth: int) -> Iterator[_Line | Section] | None:
    """What a block holds; None for what stands in a line."""
    if heading := _heading(node):
        return iter((heading,))
    if node.tag in _WHOLE:
        return iter((_Line((_part(node),), level, is_item),))
    if node.tag in _LISTS:
        return _lines(node, level + 1, node.tag != "dl", depth + 1)
    return _lines(node, level, is_item, depth + 1) if node.tag in _BLOCKS else None


def _heading(node: LexborNode) -> Section | None:
    """The newest versions put a heading into a block with the link that edits it."""
    if node.tag == "div" and "mw-heading" in _names(node):
        inside = node.css_first(", ".join(_HEADINGS))
        return _heading(inside) if inside is not None else None
    if node.tag not in _HEADINGS:
        return None
    named = node.css_first(".mw-headline") or node
    rank = 1 + _HEADINGS.index(node.tag)
    return Section(title=text_of(named), anchor=attribute(named, "id"), rank=rank)


def _line(nodes: Sequence[LexborNode], level: int, is_item: bool) -> Iterator[_Line]:
    """One line, unless nothing is said in it; what is small or green as a whole is taken out of that."""
    said = [node for node in nodes if _words(node).strip()]
    while len(said) == 1 and _is_dress(said[0]):
        nodes = _shown(said[0])
        said = [node for node in nodes if _words(node).strip()]
    if said:
        yield _Line(tuple(map(_part, nodes)), level, is_item)


def _is_dress(node: LexborNode) -> bool:
    return node.is_element_node and node.tag not in ("a", "q", *_WHOLE) and not _UNSIGNED & _names(node)


def _part(node: LexborNode) -> _Part:
    if node.tag == "-text":
        return _spoken(node.text_content or "")
    whole = node.tag in _WHOLE
    return _Part(node.text(), node.html or "", () if whole else tuple(_users(node)), whole)


def _spoken(words: str) -> _Part:
    return _Part(words, escape(words))


def _words(node: LexborNode) -> str:
    return (node.text_content or "") if node.tag == "-text" else node.text()


def _signature(line: _Line) -> _Signature | None:
    """The first signature of a line: a link to a person, and not far behind it a time."""
    if line.parts[0].is_whole:
        return None
    said = ""
    links: list[tuple[int, int, int, str, str]] = []
    for number, part in enumerate(line.parts):
        start = len(said)
        said += part.words
        links += [(number, start, len(said), *user) for user in part.users[:1]]
        at = next((m for m in _SIGNED.finditer(said, max(0, start - _REACH)) if m.end() > start), None)
        if at and links and at.start() - links[-1][2] < _REACH:
            first = _first_of_signature(links)
            rest = said[at.end() :] if not part.users else ""
            behind = (*([_spoken(rest)] if rest.strip() else []), *line.parts[number + 1 :])
            return _Signature(first[0], behind, first[3], first[4], at[0])
    return None


def _first_of_signature(links: Sequence[tuple[int, int, int, str, str]]) -> tuple[int, int, int, str, str]:
    """The first of the links to one person that stand close together before the time."""
    first = links[-1]
    for link in takewhile(lambda each: each[3] == links[-1][3], reversed(links)):
        if first[1] - link[2] > _BETWEEN:
            break
        first = link
    return first


def _users(node: LexborNode) -> Iterator[tuple[str, str]]:
    """Whose pages an element links to, and where these are."""
    for link in ([node] if node.tag == "a" else []) + node.css("a[href]"):
        href = attribute(link, "href")
        place = unquote(href).partition("&")[0]
        if "#" in place:  # of a time, to the comment
            continue
        if m := _USER.search(place):
            yield (m["name"] or m["talk"] or m["edits"]).replace("_", " ").strip(), href
        elif (m := _OWN_NAME.search(place)) and m[1].replace("_", " ") == text_of(link):
            yield text_of(link), href
