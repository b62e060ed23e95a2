"""Names that nothing marks as such: what stands in the same place of each block, short and different."""

import re
from collections import Counter
from collections.abc import Sequence

from bs4.element import Tag

from parse.unknown.marks import BADGE, is_date
from parse.unknown.outline import CHROME, Element, outside
from parse.unknown.tags import attribute, classes, clean, own_text

_COUNTERS = re.compile(r"\d+")
_TURNS = re.compile(r"\d+|odd|even", re.I)
"""What classes may differ by from post to post: "msgOddTableSide", "row1"."""
_WHAT_WAS_DONE = re.compile(
    r"(?:was |last |first )?(?:posted|submitted|published|opened|created|commented|replied|answered|asked|"
    r"edited|updated|modified|written|sent|added|released|uploaded|closed|changed|active|activity|seen|geschrieben|verfasst|erstellt|geändert|"
    r"start(?:ed)?|(?:start |creation |release )?dates?|datum|fecha|time|when|on|"
    r"bearbeitet|publicado|creado|editado|publié|posté|modifié|créé|inviato|pubblicato|modificato)"
    r"(?:\s+(?:by|von|par|por|da|door))?",
    re.I,
)
"""Before a date, and no name."""
_RELATED = re.compile(
    r"(?:similar|related) (?:topics?|threads?|discussions?|posts?|questions?)|ähnliche (?:themen|beiträge)|"
    r"(?:sujets|discussions) (?:similaires|connexes)|temas (?:similares|relacionados)|"
    r"discussioni simili|tópicos (?:semelhantes|relacionados)|soortgelijke (?:onderwerpen|topics)|"
    r"похожие темы",
    re.I,
)
"""Above what else there is to read."""
_NOT_A_NAME = re.compile(r"[:#|»]|https?|^\W*\d+\s?[楼樓层層]?\W*$|\d{4}|^\s*re\b", re.I)
_RE = re.compile(r"\W*re\s*:\s*\w", re.I)
_ODD_NAME = re.compile(r"\w|\d{4}")
"""What somebody may be called, and what as likely is a count: it tells neither for a place nor against it."""
_POST_NUMBER = re.compile(r"(?:#|no\.?|nr\.?)\s*\d+", re.I)
LONGEST_NAME = 40
NAME_WORDS = 4
_PLACE_DEPTH = 4
_PRESENT = 0.6
_PRESENT_LINKED = 0.9

Place = tuple[str, ...]
"""The tags and classes on the way down to an element of a block."""


def place_of(tag: Tag, top: Tag) -> Place:
    """The way down to an element within its block, the last few steps."""
    steps: list[str] = []
    at: Tag | None = tag
    while at is not None and at is not top and len(steps) < _PLACE_DEPTH:
        first = next(iter(classes(at)), "")
        steps.append(f"{at.name}.{_TURNS.sub('#', first)}")
        at = at.parent
    return tuple(steps)


def name_place(parts: Sequence[tuple[Tag, Sequence[Element]]]) -> Place | None:
    """Where names stand in blocks (each with its elements): short words that differ from block to block."""
    found: dict[Place, list[Tag]] = {}
    long: Counter[Place] = Counter()
    for top, elements in parts:
        seen: set[Place] = set()
        for e in outside(elements, CHROME):
            text = own_text(e.tag).strip()
            if not says_more(e.tag) or any(map(BADGE.search, classes(e.tag))):
                continue
            if not text or (place := place_of(e.tag, top)) in seen:
                continue
            seen.add(place)
            if may_name(e.tag, text):
                found.setdefault(place, []).append(e.tag)
            elif not _ODD_NAME.fullmatch(text):
                long[place] += 1
    rated = {place: _rating(tags, len(parts)) for place, tags in found.items() if long[place] * 5 < len(tags)}
    best = max(rated, key=lambda place: rated[place], default=None)
    return best if best and rated[best] > 0 else None


def says_more(tag: Tag) -> bool:
    """Whether an element says anything but the number of a post, as a link beside the name does."""
    words = clean(tag)
    return bool(words) and _POST_NUMBER.fullmatch(words) is None


def may_name(tag: Tag, text: str) -> bool:
    short = 1 < len(text) <= LONGEST_NAME and len(text.split()) <= NAME_WORDS
    return short and not is_no_name(text) and not is_date(tag, text) and not _is_answered(tag)


def _is_answered(tag: Tag) -> bool:
    """Whether a name is that of whom a post answers: "Re: <b>Jane</b>"."""
    above = tag.parent
    return above is not None and above.name == "a" and _RE.match(clean(above)) is not None


def is_no_name(text: str) -> bool:
    """Whether a text has marks that no name has, or says what was done: "answered" before a date."""
    return bool(_NOT_A_NAME.search(text) or _WHAT_WAS_DONE.fullmatch(text) or _RELATED.fullmatch(text))


def _rating(tags: Sequence[Tag], blocks: int) -> float:
    """How much the elements at one place look like names; 0 = not at all."""
    texts = Counter(_COUNTERS.sub("", own_text(tag)).strip() for tag in tags)
    often = texts.most_common(1)[0][1] / len(tags)
    linked = sum(_link(tag) != "" for tag in tags) / len(tags)
    links = {(_COUNTERS.sub("", own_text(tag)).strip(), _link(tag)) for tag in tags}
    # Each always with a link of its own, as accounts have: one of them may write most of a thread.
    most = _PRESENT_LINKED if linked == 1.0 and len(links) == len(texts) else _PRESENT
    if len(tags) < _PRESENT * blocks or len(texts) < 2 or (often > most and len(tags) > 3):
        return 0.0
    strong = sum(any(map(_is_strong, _near(tag))) for tag in tags)
    return (
        len(tags) / blocks
        + len(texts) / len(tags)
        + linked * (len(links) == len(texts))
        + 0.5 * strong / len(tags)
    )


def _is_strong(tag: Tag) -> bool:
    return tag.name in ("b", "strong", "h3", "h4", "h5", "dt", "th") or "bold" in attribute(tag, "style")


def _link(tag: Tag) -> str:
    return next((attribute(t, "href") for t in _near(tag) if t.name == "a"), "")


def _near(tag: Tag) -> list[Tag]:
    return [t for t in (tag, tag.parent, tag.parent and tag.parent.parent) if t is not None]
