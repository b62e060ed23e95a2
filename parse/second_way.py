"""Posts and their fields in themes that renamed what an adapter's table asks for.

Class names change from theme to theme. What does not: a profile link stands above the words, a date with a
clock beside them, the words stand in the same place of each post, and a post is what stands around one body.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from hashlib import blake2b
from itertools import islice, takewhile

from selectolax.lexbor import LexborNode

from parse.edit_notices import is_notice
from parse.html_fields import attribute, text_of
from parse.unknown.marks import JOINED, LONGEST_DATE

_CLOCK = re.compile(r"\d{1,2}[:h]\d{2}|(?<![.\d])\d{1,2}\.\d{2}(?![.\d])|\d\s?[ap]m\b", re.I)
_COUNTERS = re.compile(r"\d+")
_LONGEST_NAME = 40
_ACCOUNT = 200
"""Characters in which a box about an account comes to when it was opened."""
_WRAPPERS = 8
"""Elements around a body within which its post begins."""
_USUAL = 0.7
_NEARLY_ALL = 0.8
_NOT_NAMES = {"by", "von", "par", "por", "da", "di", "door", "av", "posted by", "author", "guest"}
_NO_NAME = re.compile(r"[:#|»]|https?|^\W*\d*\W*$|\d{4}|\d\s\w+\s\w+$")
_VISIT = re.compile(r"\b(?:last (?:visit|seen|active|online|edit)|zuletzt|dernière|última|ultima)\b", re.I)
_ID = re.compile(r"(?:post|msg|pid|p|comment|entry|message)[_-]?(\d{2,})", re.I)

Reader = Callable[[str], datetime | None]
"""Reads a date as shown on this page."""


def profile_link(node: LexborNode, body: LexborNode | None, profile: re.Pattern[str]) -> LexborNode | None:
    """The first link with words to somebody's profile that stands in the post above its body."""
    for part in _beside(node, body):
        if part is body:
            return None
        if part.tag == "a" and profile.search(attribute(part, "href")) and text_of(part):
            return part
    return None


def date_text(node: LexborNode, body: LexborNode | None, read: Reader) -> str:
    """The first date with a clock in the post beside its body; not when somebody joined or edited.

    Of elements within each other the innermost counts: around it may stand other numbers.
    """
    parts = [part for part in _beside(node, body) if part is not body]
    if node.tag == "tr" and (below := _row_below(node)):  # some themes give a post two rows
        parts += below.traverse(include_text=False)
    joined = {up.mem_id for part in parts if _is_named_joined(part) for up in upwards(part)}
    dated = [(p, text) for p in parts if p.mem_id not in joined and (text := next(_dates(p, read), ""))]
    outer = {up.mem_id for part, _ in dated for up in islice(upwards(part), 1, None)}
    return next((text for part, text in dated if part.mem_id not in outer), "")


def date_texts(node: LexborNode, read: Reader) -> Iterator[str]:
    """Every date with a clock in an element."""
    for part in node.traverse(include_text=False):
        yield from _dates(part, read)


def edit_notice(node: LexborNode, body: LexborNode | None) -> LexborNode | None:
    """What says, beside the words of a post and in nothing else, that somebody changed them."""
    beside = (part for part in _beside(node, body) if part is not body)
    return next((part for part in beside if is_notice(_words(part))), None)


def _row_below(row: LexborNode) -> LexborNode | None:
    below = row.next
    while below is not None and not below.is_element_node:
        below = below.next
    return below


def unlinked_name(node: LexborNode, body: LexborNode | None, slot: str) -> str | None:
    """A guest's name: what stands where members have theirs, as a link."""
    for part in _beside(node, body):
        if part is body:
            return None
        if slot_of(part) == slot:
            words = (" ".join(text.split()) for text in part.text(separator="\n").split("\n"))
            return next((name for name in words if name and _may_name(name)), None)
    return None


def _words(node: LexborNode) -> str:
    """The text with a space between elements: "Posts: 4" and "Joined: …" are list items."""
    return " ".join(node.text(separator=" ").split())


def _may_name(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and not _NO_NAME.search(text) and text.casefold() not in _NOT_NAMES


def slot_of(part: LexborNode) -> str:
    """Where in a post an element stands, by the names of what is around it."""
    return " ".join(
        f"{up.tag}.{attribute(up, 'class').split(' ')[0]}" for _, up in zip("ab", upwards(part), strict=False)
    )


def body_slot(posts: Sequence[tuple[LexborNode, Sequence[LexborNode | None]]]) -> str:
    """The slot of the words in most posts, each given with its marks (the author, the date); empty for none.

    It is the innermost that still has nearly all the words that differ from post to post: a rank or a
    signature that comes again counts once.
    """
    texts: dict[str, set[str]] = {}
    held_by: Counter[str] = Counter()
    depths: dict[str, int] = {}
    for node, marks in posts:
        slots = _free_slots(node, marks)
        held_by.update(slots.keys())
        for slot, (depth, text) in slots.items():
            texts.setdefault(slot, set()).add(text)
            depths[slot] = depth
    usual = [slot for slot, n in held_by.items() if n >= _USUAL * len(posts)]
    said = {slot: sum(len(text) for text in texts[slot]) for slot in usual}
    most = max(said.values(), default=0)
    return max((s for s in usual if said[s] >= _NEARLY_ALL * most), key=lambda s: depths[s], default="")


def in_slot(node: LexborNode, slot: str) -> LexborNode | None:
    """The first element of a post that stands in the slot."""
    return next((part for part in node.traverse(include_text=False) if slot_of(part) == slot), None)


def _free_slots(node: LexborNode, marks: Sequence[LexborNode | None]) -> dict[str, tuple[int, str]]:
    """Depth and text of the first element in each slot of a post that holds no mark, and no account's age."""
    held = {above.mem_id for mark in marks if mark is not None for above in upwards(mark)}
    found: dict[str, tuple[int, str]] = {}
    for part in node.traverse(include_text=False):
        slot = slot_of(part)
        if part.mem_id in held or slot in found:
            continue
        text = _words(part)
        if not (JOINED.search(text[:_ACCOUNT]) and _CLOCK.search(text[:_ACCOUNT])):
            found[slot] = (sum(1 for _ in upwards(part)), text)
    return found


def around_bodies(bodies: Sequence[LexborNode], is_whole: Callable[[LexborNode], bool]) -> list[LexborNode]:
    """What stands around one body each: the posts of a page whose posts have another name.

    `is_whole` tells whether an element holds an author and a date: a body alone on its page belongs to the
    smallest that does, others to the largest that holds no second body.
    """
    bodies = list({body.mem_id: body for body in bodies}.values())
    known = _ids(bodies)
    outer = [body for body in bodies if not any(up.mem_id in known for up in list(upwards(body))[1:])]
    if len(outer) == 1:
        return list(islice(filter(is_whole, islice(upwards(outer[0]), 2 * _WRAPPERS)), 1))
    found = _apart(outer)
    if 2 * sum(map(is_whole, found)) >= len(found):
        return found
    above = {up.mem_id: up for body in outer for up in islice(upwards(body), _WRAPPERS)}
    whole = {mem_id for mem_id, up in above.items() if is_whole(up)}
    owners = {
        next((up.mem_id for up in islice(upwards(body), _WRAPPERS) if up.mem_id in whole), 0): body
        for body in reversed(outer)
    }
    kept = {body.mem_id for body in owners.values()}
    firsts = [body for body in outer if body.mem_id in kept]  # a signature may look like a body
    found = _apart(firsts)
    return found if len(found) > 1 and 2 * sum(map(is_whole, found)) >= len(found) else []


def _apart(bodies: Sequence[LexborNode]) -> list[LexborNode]:
    """Around each body the largest element that holds no other."""
    inside = Counter(above.mem_id for body in bodies for above in upwards(body))
    return [list(takewhile(lambda up: inside[up.mem_id] == 1, upwards(body)))[-1] for body in bodies]


def permalink(node: LexborNode, post_id: str, post_at: Callable[[str], str | None]) -> str:
    """The address of the first link in a post that leads to the post itself; empty where none does."""
    links = (attribute(link, "href") for link in node.css("a[href*='#']"))
    return next((href for href in links if post_at(href) == post_id), "")


def made_id(node: LexborNode, post_at: Callable[[str], str | None]) -> str:
    """A number in the names and permalinks within a post; a hash of its words where none tells."""
    for part in node.traverse(include_text=False):
        if m := _ID.search(attribute(part, "id") or attribute(part, "name")):
            return m[1]
        if part.tag == "a" and (number := post_at(attribute(part, "href"))):
            return number
    return blake2b(text_of(node).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def upwards(node: LexborNode) -> Iterator[LexborNode]:
    """The node and all above it."""
    at: LexborNode | None = node
    while at is not None and at.is_element_node:
        yield at
        at = at.parent


def _ids(nodes: Sequence[LexborNode]) -> set[int]:
    return {node.mem_id for node in nodes}


def _beside(node: LexborNode, body: LexborNode | None) -> Iterator[LexborNode]:
    """The elements of a post that are no part of its words nor hold them, in document order.

    The body itself is among them, to mark its place.
    """
    words = _ids([*body.css("*"), *islice(upwards(body), 1, None)]) if body is not None else set()
    for part in node.traverse(include_text=False):
        if body is not None and part.mem_id == body.mem_id:
            yield body
        elif part.mem_id not in words:
            yield part


def _dates(part: LexborNode, read: Reader) -> Iterator[str]:
    for name in ("datetime", "data-time", "data-timestamp", "title"):
        value = attribute(part, name)
        if value[-1:].isalnum() and any(map(str.isdigit, value)) and _is_of_post(part, value, read):
            yield value
    for text in (" ".join(part.text(deep=False).split()), _words(part)):
        if _CLOCK.search(text) and _is_of_post(part, text, read):
            yield text


def _is_of_post(part: LexborNode, text: str, read: Reader) -> bool:
    if len(text) > LONGEST_DATE or read(text) is None or is_notice(text) or _is_in_notice(part):
        return False
    return not any(JOINED.search(words) or _VISIT.search(words) for words in (text, _label(part)))


def _is_in_notice(part: LexborNode) -> bool:
    """Whether what an element stands in says that somebody changed the words: "Last edited: …"."""
    around = _words(part.parent) if part.parent is not None else ""
    return len(around) <= _ACCOUNT and is_notice(around)


def _is_named_joined(part: LexborNode) -> bool:
    """Whether an element is called after the day on which somebody joined: "profile-joined"."""
    named = attribute(part, "class")
    return bool(named) and JOINED.search(named.replace("-", " ").replace("_", " ")) is not None


def _label(part: LexborNode) -> str:
    """What stands just before an element: "Joined:" before a date."""
    before = part.prev
    while before is not None and not text_of(before) and before.tag in ("-text", "br"):
        before = before.prev
    words = _words(before) if before is not None else ""
    return words if len(words) <= LONGEST_DATE else ""
