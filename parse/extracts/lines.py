"""Lines of a page that a tool turned into plain text: what each is, and how much air stands before it."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from parse.date_words import WEEKDAYS

_BLANK = " \t\xa0\u200b\ufeff"
_NOISE_LINE = re.compile(
    r"[^\w\s]{1,4}|\d+\s+(?:kudos?|likes?|views?|helpful)|\d+[\d,.]*\s+views|page \d+ of \d+|\d{1,4}"
    r"|»[^»\n]*(?:»[^»\n]*)+|\*\s*\[[^\]]*\]\([^)]*\)|!\[[^\]]*\]\([^)]*\)"
    r"|(?:image|img|untitled)[\w\-. ]*\.(?:jpe?g|png|gif)",
    re.I,
)
_REPLIES = re.compile(
    r"\**(\d{1,5})\s+(?:replies|reply|antworten|réponses|respuestas|risposte)(?:\s+\1)?\**", re.I
)
_RULE = re.compile(r"[_\-*=~—]{3,}|(?:[*\-_] ){2,}[*\-_]")
_POSITION = re.compile(r"(?:message\s+)?(\d{1,5})\s+of\s+(\d{1,5})", re.I)
_SINCE = re.compile(
    r"(?P<who>.{0,80}?)\s*\bMember since:?\s*(?:[A-Z]\w{2,8}\.? \d{1,2}, \d{4}|[\d./-]{8,10})", re.I
)
_DATE = re.compile(
    r"(?:posted (?:on )?|edited |last edited |on )?"
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}-\d\d-\d\d"
    r"|\d{1,2}\.? [A-Z][a-zé]{2,9}\.? \d{4})"
    r"[,T\s]*(?:at |um |à )?(?:\d{1,2}:\d{2}(?::\d{2})?\s*(?:[AP]M)?)?(?:\s+(?:last )?edited\b.*)?",
    re.I,
)
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?\s*(?:[AP]M)?", re.I)
_REPLY_TO = re.compile(r"(?P<rank>.{0,60}?)\bin (?:reply|response) to:?\s*(?P<who>.{1,60})", re.I)
_SUBJECT = re.compile(r"(?:re|aw|sv):\s+.{3,200}", re.I)
_PROFILE = re.compile(r"\[(?P<who>[^\]\n]{1,60})\]\([^)\n]*?/user-id/(?P<id>\d+)[^)\n]*\)")
_MESSAGE_ID = re.compile(r"message\.id=(\d+)|message-id/(\d+)|/m-p/(\d+)")


@dataclass(slots=True)
class Line:
    """A line that is not empty."""

    text: str
    empty: int
    """The most empty lines in a row before it: one between paragraphs, two around the frame of a quote."""
    blank: int
    """Lines before it that hold nothing but a space: empty paragraphs of the page."""
    kind: str = "text"
    """`text`, `noise`, `rule`, `replies`, or a part of a byline: `position`, `since`, `date`, `time`, `rank`,
    `reply_to`, `profile`."""

    @property
    def gap(self) -> int:
        return self.empty + 2 * self.blank


@cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads(files("parse").joinpath("extracts/words.toml").read_text("utf-8"))


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(_table()[key])


@cache
def _rank() -> re.Pattern[str]:
    ends = "|".join(_table()["rank_ends"])
    return re.compile(
        rf"(?:[A-Z\u00c0-\u00de][\w'’&-]*\s+|of\s+|the\s+){{0,4}}(?:{ends})|level \d{{1,2}}", re.I
    )


def read_lines(text: str) -> list[Line]:
    """The lines of a text that are not empty, each with its kind and the air before it."""
    lines: list[Line] = []
    empty = longest = blank = 0
    for raw in text.split("\n"):
        bare = raw.strip(_BLANK)
        if bare:
            lines.append(Line(raw, longest, blank, kind(bare)))
            empty = longest = blank = 0
            continue
        empty = 0 if raw else empty + 1
        blank += bool(raw)
        longest = max(longest, empty)
    return lines


def kind(bare: str) -> str:
    """What a line is, judged by itself."""
    if len(bare) > 200:
        return "text"
    if bare.casefold() in _words("noise") or _NOISE_LINE.fullmatch(bare):
        return "noise"
    patterns = (
        ("replies", _REPLIES), ("rule", _RULE), ("position", _POSITION), ("since", _SINCE), ("time", _TIME),
        ("date", _DATE), ("profile", _PROFILE), ("reply_to", _REPLY_TO),
    )  # fmt: skip
    for name, pattern in patterns:
        if pattern.fullmatch(bare):
            return name
    return "rank" if len(bare) < 50 and bare[0].isupper() and _rank().fullmatch(bare) else "text"


_COUNTER = re.compile(r"#\s?\d{1,5}|\d[\d.,]*|level \d+|op", re.I)


def other_dates() -> frozenset[str]:
    """What stands before a date that is not that of a post."""
    return _words("other_dates")


def byline_words() -> frozenset[str]:
    """Words of a byline around the name."""
    return _words("byline_words")


def is_label(text: str) -> bool:
    """Whether a line says something of an author or a post: "Posts: 1,204", "#3", "Joined"."""
    label = text.partition(":")[0].strip().casefold()
    return bool(_COUNTER.fullmatch(text)) or label in _words("byline_labels")


def is_weekday(word: str) -> bool:
    return word.casefold().rstrip(".") in WEEKDAYS


def reply_count(line: Line) -> int | None:
    m = _REPLIES.fullmatch(line.text.strip(_BLANK))
    return int(m[1]) if m else None


def position(line: Line) -> int | None:
    m = _POSITION.fullmatch(line.text.strip(_BLANK))
    return int(m[1]) if m else None


def since_name(line: Line) -> str:
    """The name before "Member Since"; empty where none stands there."""
    m = _SINCE.fullmatch(line.text.strip(_BLANK))
    return m["who"].strip() if m else ""


def profile(line: Line) -> tuple[str, str] | None:
    """Name and account id in a Markdown link to a profile."""
    m = _PROFILE.fullmatch(line.text.strip(_BLANK))
    return (m["who"], m["id"]) if m else None


def answered(line: Line) -> str | None:
    """The name in "Guru jane_d in reply to: Contributor bob"."""
    m = _REPLY_TO.fullmatch(line.text.strip(_BLANK))
    return m["who"].strip() if m else None


def message_id(line: Line) -> str | None:
    """The id of the message that a menu link of this line leads to."""
    m = _MESSAGE_ID.search(line.text)
    return next((group for group in m.groups() if group), None) if m else None


def is_subject(line: Line) -> bool:
    return bool(_SUBJECT.fullmatch(line.text.strip(_BLANK)))


def is_rank(text: str) -> bool:
    return bool(text) and len(text) < 50 and bool(_rank().fullmatch(text))
