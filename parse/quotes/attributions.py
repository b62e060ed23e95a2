"""What mail programs write above the lines they quote: "2014-03-12 10:22 GMT+01:00 Jane Doe <j@x.org>:".

Each program and language has its own order of date, name and verb. Right above quoted lines two of these are
enough: an address, a date, a word for "wrote"; the name then stands beside the address or the word.
"""

import re
from functools import cache, lru_cache

from parse.quotes import heads
from parse.quotes.heads import LONGEST_NAME, QuoteHead, words

_ADDRESS = re.compile(
    r"[<(\[]+\s*(?:mailto:)?[\w.+=-]+(?:@|\s+at\s+|\(at\))[^<>()\[\]\s]+(?:\s+dot\s+\w+)*\s*[>)\]]+"
    r"|[\w.+=-]+@[\w.-]+\w",
    re.I,
)
_REFERENCE = re.compile(
    r"\bin\s+(?:(?:article|message)\s+)?(?:<[^<>\s]+>|news:\S+),?|\bin\s+message\s*$", re.I
)
"""Usenet names the message: "In article <id>, Jane wrote:", "Jane wrote in message news:id..."."""
_DATE = re.compile(r"\d{1,2}[:.h]\d{2}(?!\d)|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|(?<!\d)(?:19|20)\d\d(?!\d)")
_BRACKETED = re.compile(r"[^\w\n]*(?P<who>[^\n\[\]:]{2,120}?)\s+\[[^\]\n]*\d[^\]\n]*\]:")
_EXCERPTS = re.compile(r"excerpts from (?P<who>[^\n]{2,60}?)['’]s message of\s[^\n]*\d", re.I)
_COMMENT = re.compile(r"\(In reply to (?:(?P<who>[^\n]{1,60}) from )?comment #(?P<number>\d{1,5})\)", re.I)
"""Bugzilla's; there the description is number 0."""
_IN_BRACKETS = re.compile(r"\s*\((?P<who>[^()\d@]{2,60})\)")
_BEFORE = re.compile(r"(?:[^\d,:;<>()\[\]|]|(?<=[^\W\d_][^\W\d_])\d+)*\Z")
_BEHIND = re.compile(
    r"[^\d,:;<>()\[\]|]*?(?=\s+(?:on|at|am|um|le|el|il|em|op|den|dnia|в)\s|[\d,:;<>()\[\]|]|\Z)"
)
_VIA = re.compile(r"\s+via\s+[\w .-]+\Z", re.I)
_EDGES = " \t\xa0*+\"'“”„«»_-"
_PARTICLES = {"van", "von", "de", "da", "di", "du", "der", "den", "la", "le", "al", "el", "bin", "ter", "zu"}
_MOST_WORDS = 6


def read(line: str) -> str | None:
    """The name in an attribution (its lines joined); the address where it has no other."""
    if not 5 < len(line) <= 300 or not ("@" in line or any(map(str.isdigit, line)) or line[-1] in ":：."):
        return None
    whole = _BRACKETED.fullmatch(line.strip()) or _EXCERPTS.match(line.strip())
    if whole:
        return _name(_ADDRESS.sub("", whole["who"]))
    plain = _REFERENCE.sub(" ", line).strip()
    refers, ends = plain != line.strip(), plain[-1:] in (":", "：")
    dated = refers or _is_dated(_ADDRESS.sub(" ", plain))
    addresses = list(_ADDRESS.finditer(plain))
    verb = _verb().search(_ADDRESS.sub(" ", plain))
    ends = ends or (verb is not None and verb.start() == 0)  # "Quoting Jane Doe (2014-03-12 10:22:11)"
    if addresses and (dated or verb) and (ends or refers or plain.endswith(addresses[-1][0])):
        return _beside(plain, addresses[-1])
    return _by_verb(plain) if verb and dated and (ends or refers) else None


def opens(line: str) -> bool:
    """Whether a line may begin an attribution: with a date, or with "On", "Am", "Le"."""
    return line.lstrip().startswith(_beginnings())


@cache
def _beginnings() -> tuple[str, ...]:
    return (*(f"{word} " for word in words()["date_first"]), *"0123456789")


def said_before(line: str) -> str:
    """The own words that stand on one line with an attribution: "Yes. On 1 May 2024 Jane wrote:"."""
    for m in _date_first().finditer(line):
        own = line[: m.start()].rstrip(" -")
        if own and heads.read_dated(line[m.start() :]):
            return own
    return ""


@cache
def _date_first() -> re.Pattern[str]:
    """As it is written: "on", "am" and "le" stand in every sentence."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(words()['date_first'])})\s")


def is_addressed(line: str) -> bool:
    """Whether a line holds an address and a date beside it."""
    return _ADDRESS.search(line) is not None and _is_dated(_ADDRESS.sub(" ", line))


def line_head(line: str) -> QuoteHead | None:
    """The head that a line right above a quote is; None when it is ordinary words."""
    if m := _COMMENT.fullmatch(line.strip()):
        return QuoteHead(attributed_to=m["who"], source_ref=f"#{int(m['number']) + 1}")
    dated = heads.read_dated(line)
    if dated and "," in (dated.attributed_to or ""):  # "Doe, Jane <j@x.org>": the whole name, not its end
        return dated
    name = read(line)
    if name is None or "@" in name:
        return heads.read_line(line) or (QuoteHead(attributed_to=name) if name else None)
    return QuoteHead(attributed_to=name)


@lru_cache(maxsize=4096)  # a thread quotes the same few people all over
def marked_head(text: str) -> QuoteHead:
    """The head in an element that the markup sets apart as one, be it of a forum or of a mail program."""
    head = heads.read_marked(text)
    stated = head.attributed_to or "@"
    is_whole = any(c.isdigit() or c in "@:" for c in stated)  # the line was taken for a name
    name = read(" ".join(text.split())) if is_whole and head.source_ref is None else None
    return QuoteHead(attributed_to=name) if name else head


def _is_dated(line: str) -> bool:
    first = line.split(None, 1)[0].strip(",").casefold() if line.strip() else ""
    opens = first in {word.casefold() for word in words()["date_first"]} and any(map(str.isdigit, line))
    return opens or first in words()["day_first"] or _DATE.search(line) is not None


@cache
def _verb() -> re.Pattern[str]:
    entries = sorted((*words()["after_name"], *words()["mail_verbs"]), key=len, reverse=True)
    spaced = (re.escape(word).replace(r"\ ", r"\s+") for word in entries)
    return re.compile(rf"(?:(?<!\w)|(?<=\d))(?:{'|'.join(spaced)})(?!\w)", re.I)


def _beside(line: str, address: re.Match[str]) -> str | None:
    """The name before an address, or in brackets behind it."""
    before, behind = _BEFORE.search(line[: address.start()]), _IN_BRACKETS.match(line[address.end() :])
    stated = _name(before[0]) if before else None
    if stated is None and behind:
        stated = _name(behind["who"])
    return stated or re.sub(r"\s+at\s+|\(at\)", "@", address[0].strip("<>()[] ").removeprefix("mailto:"))


def _by_verb(line: str) -> str | None:
    """The name before "wrote", else behind it; not the lowercase words of a sentence."""
    for verb in _verb().finditer(line):
        before = _BEFORE.search(line[: verb.start()].rstrip(" ("))
        behind = _BEHIND.match(line[verb.end() :])
        for part in (before, behind):
            name = _name(part[0]) if part else None
            if name and not name.islower():
                return name
    return None


def _name(text: str) -> str | None:
    """A name without the words of the date and the verb that stand before it; None for a sentence."""
    parts = _VIA.sub("", text.strip(_EDGES)).split()
    skipped = {
        word.casefold() for key in ("clock_words", "date_first", "before_name") for word in words()[key]
    }
    capital = any(part[:1].isupper() for part in parts)
    while parts and (
        parts[0].casefold().strip(".") in skipped
        or _verb().fullmatch(parts[0])
        or (capital and parts[0].islower() and parts[0] not in _PARTICLES)
    ):
        del parts[0]
    while parts and _verb().fullmatch(parts[-1]):
        del parts[-1]
    name = " ".join(parts).strip(_EDGES)
    if not 1 < len(name) <= LONGEST_NAME or len(parts) > _MOST_WORDS:
        return None
    is_word = len(parts) == 1 or parts[-1].islower()  # "Megan One" is a name, "he" and "and then" are none
    return None if is_word and parts[-1].casefold() in words()["not_names"] else name
