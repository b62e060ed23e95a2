"""Quotes in markup that nobody has described: whatever they are made of, they become `<blockquote>`."""

import re
from itertools import takewhile

from bs4.element import NavigableString, PageElement, Tag

from parse.quotes.heads import read_line, says_who
from parse.unknown.name_places import NAME_WORDS
from parse.unknown.tags import classes, clean, inside, is_inside, opening

BOXES = ("div", "table", "fieldset", "dl", "section")
LABEL = re.compile(r"(?:quote|zitat|citation|citazione|cita|citação|citaat|цитата|citat|引用)\s*:?", re.I)
LONGEST_HEAD = 120
_CELLS = ("table", "tbody", "tr", "td", "th")
_CALLED = re.compile(
    r"(?:.*[-_])?(?:block|bb)?quot(?:e|ed|ation)?(?:[-_]?(?:box|block|container|wrap(?:per)?|ms?g|message|embed))?\Z",
    re.I,
)
_QUOTED_LINE = re.compile(r"^>", re.M)
_FOLD = re.compile(r"\W*(?:show|hide|toggle|expand|view) (?:the )?quoted (?:text|message|lines)\W*", re.I)
"""What shows and hides a quote; nobody says it."""
_DEEPEST = 10
_SET_APART = ("em", "i", "b", "strong")
_SIGNS = re.compile(r"\s*[.:…]*\s*")
_LETTERS = re.compile(r"[^\W\d_]{2}")


def mark_quotes(body: Tag) -> None:
    """Boxes that begin with "Jane wrote:" or "Quote:" become `<blockquote>`, however they are made.

    What is coloured as a quote in preformatted text stays text: its lines begin with ">".
    """
    for coloured in (tag for tag in inside(body, "span") if "quote" in classes(tag)):
        if _QUOTED_LINE.search(coloured.get_text()) and (body.name == "pre" or is_inside(coloured, "pre")):
            coloured.unwrap()
    for fold in (tag for tag in inside(body) if _FOLD.fullmatch(opening(tag, LONGEST_HEAD))):
        fold.extract()
    _mark_called(body)
    heads: list[PageElement] = []
    made: dict[int, list[str]] = {}
    for box in inside(body, *BOXES):
        around = next((above for above in box.parents if above.name == "blockquote"), None)
        head = _head(box) if around is None or id(around) in made else None
        if head is None or any(head is other for other in heads) or _is_quoted_in(head, box):
            continue
        if _is_mail(box):
            continue
        if _is_more_than_a_quote(box, head, body) if around is None else _is_part(box, around, made):
            continue
        heads.append(head)
        made[id(box)] = classes(box)
        if LABEL.fullmatch(clean(head)):
            head.extract()
        if not _is_around_quote(box, head):
            _as_quote(box)
    _cut_labels(body)


def _cut_labels(body: Tag) -> None:
    """What stands alone above a quote, "Quote:", and is said by nobody; with a name it is its head."""
    for quote in inside(body, "blockquote"):
        whole = quote
        while whole.parent is not None and whole.parent is not body and _is_alone(whole):
            whole = whole.parent
        label = next(filter(clean, whole.previous_siblings), None)
        if label is None:
            continue
        if LABEL.fullmatch(clean(label)):
            label.extract()
        elif (
            isinstance(label, Tag) and label.name == "blockquote" and len(clean(label).split()) <= NAME_WORDS
        ):
            label.name = "cite"  # "Quote: Jane" in a box above that of her words


def _is_alone(tag: Tag) -> bool:
    """Whether all words of what a tag stands in are its own; no more is read of what stands beside it than
    tells that, or a thousand quotes in each other take minutes."""
    return not any(opening(beside, 1) for beside in (*tag.previous_siblings, *tag.next_siblings))


def _mark_called(body: Tag) -> None:
    """Boxes that are called quotes, and those in them that are called the same: others are parts of them."""
    kinds: dict[int, list[str]] = {}
    boxes = [box for box in inside(body, *BOXES) if any(map(_CALLED.match, classes(box)))]
    for box in boxes:
        around = [kinds[id(above)] for above in box.parents if id(above) in kinds]
        is_one = classes(box) in around if around else not is_inside(box, "blockquote")
        if is_one and not inside(box, "blockquote"):
            kinds[id(box)] = classes(box)
    for box in boxes:
        if id(box) in kinds:
            _as_quote(box)


def _as_quote(box: Tag) -> None:
    """Cells would not survive outside a table, and what they are called says no more."""
    for cell in inside(box, *_CELLS):
        cell.name = "div"
        del cell["class"]
    box.name = "blockquote"
    del box["class"]


def _is_more_than_a_quote(box: Tag, head: PageElement, body: Tag) -> bool:
    """Whether its head is that of a `<blockquote>` in it, or, of what is all of a post, of a smaller box with
    more words."""
    if _leads_to_quote(head, box):
        return True
    if clean(box) != clean(body):
        return False
    smaller = (inner for inner in inside(box, *BOXES) if any(inner is above for above in head.parents))
    return any(_says_more(inner, head) for inner in smaller if clean(inner) != clean(box))


def _is_mail(box: Tag) -> bool:
    """Whether what is quoted in a box is marked line by line, so that its end is known: ">" opens each."""
    lines = [line for line in box.get_text("\n").splitlines() if line.strip()]
    marked = [line.lstrip().startswith(">") for line in lines]
    return any(marked[1:]) and not marked[-1]


def _leads_to_quote(head: PageElement, box: Tag) -> bool:
    """Whether what follows a head in a box is a `<blockquote>`, and more is said below that."""
    above = [head, *takewhile(lambda part: part is not box, head.parents)]
    after = [node for at in above for node in at.next_siblings if clean(node)]
    # What follows bare may have been given an element of its own, together with the quote.
    while after and isinstance(after[0], Tag) and after[0].name in BOXES:
        after = [*filter(clean, after[0].children), *after[1:]]
    return len(after) > 1 and getattr(after[0], "name", "") == "blockquote"


def _says_more(box: Tag, head: PageElement) -> bool:
    """Whether words follow the head in a box, and not only a link to the post."""
    said = [text for text in box.find_all(string=_LETTERS) if not is_inside(text, "a")]
    return sum(map(len, map(clean, said))) > len(clean(head))


def _is_part(box: Tag, around: Tag, made: dict[int, list[str]]) -> bool:
    """Whether a box is a part of the quote around it: all its words, or what holds them and another quote."""
    if clean(around) == clean(box):  # "Quote:" stood around "Jane wrote:"
        return True
    kind = made[id(around)]
    return bool(kind) and classes(box) != kind and any(classes(b) == kind for b in inside(box, *BOXES))


def _is_around_quote(box: Tag, head: PageElement) -> bool:
    """Whether a box holds nothing but a head and a `<blockquote>`, or that one alone."""
    quote = next(iter(inside(box, "blockquote")), None)
    rest = clean(box).removeprefix(clean(head) if head.parent else "").strip()
    return quote is not None and rest == clean(quote)


def _is_quoted_in(head: PageElement, box: Tag) -> bool:
    """Whether a quote of its own opens the box: its head is not that of the box."""
    above = takewhile(lambda part: part is not box, head.parents)
    return any(part.name == "blockquote" for part in above)


def _head(box: Tag) -> PageElement | None:
    """What opens the box and says whose words follow, if there are any."""
    whole = len(clean(box))
    node: PageElement | None = box
    for _ in range(_DEEPEST):
        node = next((c for c in node.children if clean(c)), None) if isinstance(node, Tag) else None
        if node is None:
            return None
        words = clean(node)
        if len(words) < whole and (_is_head_line(node, words) or _is_set_apart(node, words)):
            return node
    return None


def _is_head_line(node: PageElement, words: str) -> bool:
    return _is_head(words) and _is_one_line(node)


def _is_set_apart(node: PageElement, words: str) -> bool:
    """ "<em>Jane wrote</em> ..." in a line of its own."""
    return isinstance(node, Tag) and node.name in _SET_APART and says_who(words) and _ends_line(node)


def _ends_line(node: Tag) -> bool:
    """Whether nothing but dots or a colon stands between a name set apart and the end of its line; they are
    made part of it."""
    signs, end = node.next_sibling, node.next_sibling
    if isinstance(signs, NavigableString):
        end = signs.next_sibling
        if not _SIGNS.fullmatch(signs):
            return False
    if getattr(end, "name", "") != "br":
        return False
    if signs is not end and signs is not None:
        node.append(signs.extract())
    return True


def _is_one_line(node: PageElement) -> bool:
    if isinstance(node, Tag) and any(clean(after) for br in inside(node, "br") for after in br.next_siblings):
        return False
    parts = inside(node, *BOXES, "p", "td") if isinstance(node, Tag) else []
    return not any(0 < len(clean(part)) < len(clean(node)) for part in parts)


def _is_head(words: str) -> bool:
    return len(words) <= LONGEST_HEAD and bool(LABEL.fullmatch(words) or read_line(words))
