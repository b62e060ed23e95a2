"""The body of a post in markup that nobody has described: quotes made plain, what is not said cut off."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from parse.edit_notices import Notice, is_notice, read_notice
from parse.quote_heads import read_line, says_who
from parse.unknown.marks import DATE_TEXT, SIGNATURE_CLASS
from parse.unknown.tags import classes, clean, inside, is_inside

_BOXES = ("div", "table", "fieldset", "dl", "section")
_CELLS = ("table", "tbody", "tr", "td", "th")
_SMALL = ("div", "p", "span", "small", "em", "i", "font", "td", "li")
_SET_APART = ("strong", "b", "em", "i", "a", "span", "small", "u")
_QUOTE_BOX = re.compile(
    r"(?:.*[-_])?(?:block|bb)?quot(?:e|ed|ation)(?:[-_]?(?:box|block|container|wrap(?:per)?|ms?g|message|embed))?\Z",
    re.I,
)
_LABEL = re.compile(r"(?:quote|zitat|citation|citazione|cita|citação|citaat|цитата|citat|引用)\s*:?", re.I)
_NOTICE_CLASS = re.compile(
    r"(?:^|[-_])(?:last[-_]?)?edit(?:ed)?[-_]?(?:by|note|notice|info|date|time)?$", re.I
)
_CLOCK = re.compile(r"\d[:.h]\d\d")
_IN_BRACKETS = re.compile(r"\A\s*[\[(][^\[\]\n]{5,120}[\])]\s*\Z")
_SUBJECT = re.compile(
    r"\s*(?:(?:post |message )?subject|betreff|sujet|asunto|oggetto|assunto|onderwerp|тема)\s*:", re.I
)
_LINE_ENDS = ("br", "hr", "p", *_BOXES)
_QUOTED_LINE = re.compile(r"^>", re.M)
_SIGNED_OFF = re.compile(r"[_—=-]{6,}")
_RULE = re.compile(r"(?<!_)_{10,}\s*\Z")
_LONGEST_HEAD = 120
_LONGEST_NOTICE = 300
_DEEPEST = 10
_FEW = 3
_A_FEW_WORDS = 6
_NEARLY_ALL = 0.8


def mark_quotes(body: Tag) -> None:
    """Boxes that begin with "Jane wrote:" or "Quote:" become `<blockquote>`, however they are made.

    What is coloured as a quote in preformatted text stays text: its lines begin with ">".
    """
    for coloured in (tag for tag in inside(body, "span") if "quote" in classes(tag)):
        if _QUOTED_LINE.search(coloured.get_text()) and (body.name == "pre" or is_inside(coloured, "pre")):
            coloured.unwrap()
    for box in inside(body, *_BOXES):
        if any(map(_QUOTE_BOX.match, classes(box))) and not inside(box, "blockquote"):
            box.name = "blockquote" if not is_inside(box, "blockquote") else box.name
    heads: list[PageElement] = []
    made: set[int] = set()
    for box in inside(body, *_BOXES):
        around = next((above for above in box.parents if above.name == "blockquote"), None)
        head = _head(box) if around is None or id(around) in made else None
        if head is None or any(head is other for other in heads) or _is_quoted_in(head, box):
            continue
        if around is not None and clean(around) == clean(box):  # "Quote:" stood around "Jane wrote:"
            continue
        heads.append(head)
        made.add(id(box))
        if _LABEL.fullmatch(clean(head)):
            head.extract()
        if _is_around_quote(box, head):
            continue
        for cell in [box, *inside(box, *_CELLS)]:
            cell.name = "div"
            del cell["class"]
        box.name = "blockquote"


def _is_around_quote(box: Tag, head: PageElement) -> bool:
    """Whether a box holds nothing but a head and a `<blockquote>`, or that one alone."""
    quote = next(iter(inside(box, "blockquote")), None)
    rest = clean(box).removeprefix(clean(head) if head.parent else "").strip()
    return quote is not None and rest == clean(quote)


def mark_heads(body: Tag) -> None:
    """What opens a `<blockquote>` and is set apart in it, "Jane said", becomes its `<cite>`."""
    for quote in inside(body, "blockquote"):
        node: PageElement | None = quote
        while isinstance(node, Tag) and node.name in ("blockquote", *_BOXES, "p"):
            node = next((c for c in node.children if clean(c)), None)
        if isinstance(node, Tag) and node.name in _SET_APART and says_who(clean(node)):
            node.name = "cite"


def _is_quoted_in(head: PageElement, box: Tag) -> bool:
    """Whether a quote of its own opens the box: its head is not that of the box."""
    above = takewhile(lambda part: part is not box, head.parents)
    return any(part.name == "blockquote" for part in above)


def take_in_heads(body: Tag) -> None:
    """What stands right before a `<blockquote>` and says who is quoted becomes its first words."""
    for quote in inside(body, "blockquote"):
        before = quote.previous_sibling
        while before is not None and (not clean(before) or getattr(before, "name", "") == "br"):
            before = before.previous_sibling
        if before is None or not _leads_in(before):
            continue
        head = BeautifulSoup("", "html.parser").new_tag("cite")
        head.append(before.extract())
        quote.insert(0, head)


def _leads_in(node: PageElement) -> bool:
    words = clean(node)
    if len(words) > _LONGEST_HEAD:
        return False
    is_set_apart = isinstance(node, Tag) and node.name in (*_SET_APART, "cite", "div", "p")
    return says_who(words) if is_set_apart else read_line(words) is not None


def _head(box: Tag) -> PageElement | None:
    """What opens the box and says whose words follow, if there are any."""
    whole = len(clean(box))
    node: PageElement | None = box
    for _ in range(_DEEPEST):
        node = next((c for c in node.children if clean(c)), None) if isinstance(node, Tag) else None
        if node is None:
            return None
        words = clean(node)
        if len(words) < whole and _is_head(words):
            return node
    return None


def _is_head(words: str) -> bool:
    return len(words) <= _LONGEST_HEAD and bool(_LABEL.fullmatch(words) or read_line(words))


def cut_notice(block: Tag) -> Notice | None:
    """The edit notice anywhere in a block, taken out of it."""
    for tag in reversed(inside(block, *_SMALL)):
        words = clean(tag)
        told = is_notice(words) or (any(map(_NOTICE_CLASS.search, classes(tag))) and _CLOCK.search(words))
        if 0 < len(words) <= _LONGEST_NOTICE and told and tag is not block:
            _strip_brackets(tag)
            tag.extract()
            return read_notice(words)
    for string in reversed(_strings(block, _IN_BRACKETS)):
        words = clean(string)
        if is_notice(words) and DATE_TEXT.search(words):
            string.extract()
            return read_notice(words.strip("[]() "))
    return None


def _strings(tag: Tag, form: re.Pattern[str]) -> list[NavigableString]:
    """The pieces of text in an element that have this form, or a part that has."""
    return [s for s in tag.descendants if isinstance(s, NavigableString) and form.search(s)]


def _strip_brackets(tag: Tag) -> None:
    """Those that stand right around an element, "[<i>edited</i>]"."""
    before, after = tag.previous_sibling, tag.next_sibling
    if not (isinstance(before, NavigableString) and isinstance(after, NavigableString)):
        return
    if before.rstrip().endswith(("[", "(")) and after.lstrip().startswith(("]", ")")):
        before.replace_with(before.rstrip()[:-1])
        after.replace_with(after.lstrip()[1:])


def cut_subject(body: Tag) -> None:
    """The line "Subject: Re: New pier" that opens some bodies, up to where another line begins."""
    first = next(
        (part for part in body.descendants if isinstance(part, NavigableString) and part.strip()), None
    )
    if first is None or not _SUBJECT.match(first):
        return
    at: PageElement = first
    while at.parent is not None and at.parent is not body and len(clean(at.parent)) < _LONGEST_HEAD:
        at = at.parent
    line = list(takewhile(lambda node: getattr(node, "name", None) not in _LINE_ENDS, at.next_siblings))
    if any(map(clean, at.next_siblings)) and len("".join(map(clean, line))) < _LONGEST_HEAD:
        for node in (at, *line):
            node.extract()


def cut_signature(body: Tag) -> None:
    """What is called a signature, or stands below a long rule at the end of a body, is no part of it."""
    for tag in inside(body, *_SMALL):
        if _SIGNED_OFF.match(clean(tag)) or any(map(SIGNATURE_CLASS.search, classes(tag))):
            tag.extract()
    for rule in _strings(body, _RULE):
        for rest in [rule, *rule.next_siblings]:
            rest.extract()


def cut_refrains(bodies: Sequence[tuple[str, Tag]]) -> None:
    """Takes out of bodies (each with its author's name) what all show and what one author always ends with.

    The first are buttons and labels, the second are signatures that no class gives away.
    """
    small = [[(tag, clean(tag)) for tag in inside(body, *_SMALL)] for _, body in bodies]
    counts = Counter(words for tags in small for words in {words for _, words in tags})
    everywhere = {words for words, n in counts.items() if words and n >= max(_FEW, _NEARLY_ALL * len(bodies))}
    buttons = Counter(words for tags in small for words in {w for tag, w in tags if is_inside(tag, "a")})
    everywhere |= {words for words, n in buttons.items() if words and n == len(bodies) > 1}
    endings: dict[str, list[str]] = {}
    for name, body in bodies:
        endings.setdefault(name, []).append(clean(_ending(body) or body))
    signed = {name: said[0] for name, said in endings.items() if len(said) > 1 == len(set(said))}
    _cut_below_rules(bodies)
    for (name, body), tags in zip(bodies, small, strict=True):
        last = _ending(body)
        if last and name and clean(last) == signed.get(name):
            last.extract()
        whole = clean(body) if everywhere else ""
        for tag, words in tags:
            if words in everywhere and words != whole:
                tag.extract()


def _cut_below_rules(bodies: Sequence[tuple[str, Tag]]) -> None:
    """What stands below the last rule in every post of an author, always the same, is a signature."""
    below: dict[str, list[tuple[str, list[PageElement]]]] = {}
    for name, body in bodies:
        rules = inside(body, "hr")
        rest = [rules[-1], *rules[-1].next_siblings] if rules else []
        below.setdefault(name, []).append((" ".join(filter(None, map(clean, rest[1:]))), rest))
    for name, found in below.items():
        words = {said for said, _ in found}
        if name and len(found) > 1 and len(words) == 1 and all(words):
            for part in (part for _, rest in found for part in rest):
                part.extract()


def _ending(body: Tag) -> Tag | None:
    """The element that a body ends with, if something else stands before it."""
    parts = [c for c in body.children if clean(c)]
    last = parts[-1] if len(parts) > 1 else None
    return last if isinstance(last, Tag) and last.name in _SMALL else None


def cut_copies(body: Tag) -> None:
    """Words that stand in a body twice, as a preview and in full or once for each width of screen."""
    seen: dict[str, Tag] = {}
    for tag in inside(body):
        words = clean(tag)
        if words.count(" ") < _A_FEW_WORDS or is_inside(tag, "blockquote"):
            continue
        first = seen.setdefault(words, tag)
        if first is not tag and first not in tag.parents:
            tag.extract()
