"""Whom a post speaks to: "@Ann", "Ann, ...", "Thank you Ann for ..."."""

import re
from collections.abc import Iterator

from parse.names import normal
from parse.quotes import heads

_MENTION = re.compile(r"(?:^|\n)\W{0,3}@([^\s@,:;!?][^\n@,:;!?]{0,40})|(?<=[\s(])@([\w.\-]{2,40})")
_GREETING = (
    r"(?:hi|hello|hey|dear|hallo|liebe[rs]?|bonjour|salut|hola|ciao|caro|cara|oi|olá|thanks?|thank you|danke"
    r"|merci|gracias|grazie|obrigad[oa]|yes|no|well|sorry|ok|okay|agreed|exactly|true|right|but|so|and|ja|nein"
    r"|oui|non|sí|sì)"
)
_FIRST = re.compile(
    rf"\A\W{{0,3}}(?P<greeting>(?:{_GREETING}\b[\s,.!\-–—]+){{0,2}})"
    r"(?P<name>[^\s,.:;!?\-–—@][^,:;!?\n–—@]{0,40}?)\s*(?:[,:;!?\n–—]|\.(?=\s)|\s-\s|\Z)",
    re.I,
)
_SECOND_PERSON = re.compile(
    r"\b(?:you|your|yours|ya|u|du|dich|dir|dein\w*|euch|sie|ihnen|ihr\w*|tu|toi|te|vous|vos|votre|tú|ti|usted"
    r"|lei|você|seu|sua|je|jij|jouw)\b",
    re.I,
)
_OPENING = 300
"""Characters in which one who is spoken to by name is also meant by "you"."""
_WRITTEN = re.compile(
    rf"\A\s*@?(?:(?i:{_GREETING})\b[ ,.!\-–—]+){{0,2}}"
    r"(?P<name>[A-Z\u00c0-\u00de][\w'’]{2,24}(?: [A-Z]\b)?)\.?"
    r"\s*(?:,|\s[-–]\s|[-–—]\s|(?<=\.)\s|!|:|\n|\s(?=for\b))"
)


def addressed(text: str) -> Iterator[str]:
    """Everything at the beginning of a post, or behind an @, that may be a name, as `normal` writes names.

    Most of it is none: look it up among the people of the thread.
    """
    if "@" in text:
        for m in _MENTION.finditer(text[:2000]):
            yield from _prefixes(m[1] or m[2])
    first = _FIRST.match(text[:120])
    if first:
        speaks_to_one = first["greeting"] or _SECOND_PERSON.search(text[:_OPENING])
        names = _prefixes(first["name"])
        # "Ann last posted in May." is about Ann; "Ann you are right." is for her.
        yield from names if speaks_to_one else (name for name in names if name == normal(first["name"]))


_SIDING = 700
"""Characters in which a post says with whom it sides."""
_SIDES_WITH = re.compile(
    r"\b(?:agreed? with|i'm with|second|thanks to|thank you|thanks)\s+(?P<name>[^\W\d_][\w.\-]{1,24})"
    r"(?=\s+(?:for|on|here)\b|\s*[.,;:!?\n]|\s*\Z)"
)
_SIDES_WITH_CUES = ("agree", "thank", "second ", "i'm with")
"""Without one of these the expression need not be tried."""
_IS_RIGHT = re.compile(
    r"(?: (?:is|was) (?:so |quite |absolutely |totally )?right| (?:has|makes|had) a (?:good |fair )?point"
    r"| has it right| (?:said|put) it|'s (?:point|idea|suggestion|proposal|list|argument))\b"
)
_IS_RIGHT_CUES = (
    " right",
    " point",
    " said it",
    " put it",
    "'s idea",
    "'s sugg",
    "'s prop",
    "'s list",
    "'s arg",
)


def agreed_with(text: str) -> Iterator[str]:
    """Everything in a post that may be the name of somebody it sides with: "Ann is right", "thank you Ann".

    Most of it is none: look it up among the people of the thread.
    """
    said = text[:_SIDING].lower().replace("\u2019", "'")
    if any(cue in said for cue in _SIDES_WITH_CUES):
        for m in _SIDES_WITH.finditer(said):
            yield normal(m["name"])
    if any(cue in said for cue in _IS_RIGHT_CUES):
        for m in _IS_RIGHT.finditer(said):
            if words := said[max(0, m.start() - 25) : m.start()].split():
                yield normal(words[-1])


def written_name(text: str) -> str | None:
    """The name a post begins by speaking to, where it can be told from an ordinary word: with a capital."""
    m = _WRITTEN.match(text[:120])
    return m["name"] if m and normal(m["name"]) not in heads.words()["openings"] else None


def _prefixes(words: str) -> Iterator[str]:
    """A name may be followed by words that are none of it: "@Ann Lee that is wrong"."""
    parts = normal(words).split(" ")[:3]
    yield from (" ".join(parts[:count]) for count in range(len(parts), 0, -1))
