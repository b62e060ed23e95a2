"""The line above a quote that says whose words they are: "Jane wrote:", "Originally Posted by Jane"."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

LONGEST_NAME = 60
"""Characters; no forum of the platforms read here allows more."""

_ARROWS = "↑⇑↗➚»›→ \t\r\n\xa0"
_ADDRESS = re.compile(r"\s*(?:\(?<[^<>\n]{0,200}>\)?|\[mailto:[^\]\n]{0,200}\])")
_NUMBER = r"(?:\s+(?:in|en|dans|em)\s+(?:post|reply|message|beitrag)?\s*[#№](?P<number>\d{1,7}))?"
_CHINESE = (
    r"(?:引用\s*[:：]?\s*)?(?:(?:(?:原帖|原文)由|第\s*\d+\s*[楼樓])\s*(?P<who>[^\n]{1,60}?)"
    r"\s*[于於]\s*\d[^\n]{3,40}?[发發]表(?:的)?"
    r"|(?P<whom>[^\s:：，。！？][^\n:：，。！？]{0,59}?)\s*[发發]表[于於]\s*\d{4}[^\n]{3,30}?)\s*[:：]?"
)
"""Discuz: 原帖由 Jane 于 2010-3-11 14:26 发表; Jane 发表于 2019-3-2 10:11.

phpwind: 引用第2楼Jane于2010-3-11 14:26发表的:"""
_ZONE = r"(?:uhr|utc|gmt|[acemp][sd]t|[cew]es?t|bst|ist|jst|msk)\b"
_TIME = (
    r"(?:\d{1,2}[:h.]\d{2}(?:[:.]\d{2})?(?:\s*[ap]\.?\s?m\.?)?|\b\d{4}\b)"
    rf"(?:\s*(?:\([a-z]{{2,5}}\)|[+-]\d{{4}}|{_ZONE}))*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteHead:
    """Whose words a quote says it holds, and where it says they are."""

    attributed_to: str | None = None
    source_ref: str | None = None
    """The id of the quoted post as the markup writes it, or "#12" for the twelfth post of the thread."""
    source_thread_id: str | None = None
    """The thread the markup names, where it is another one."""
    line: str | None = None
    """The head as it is written, where links tell it from words in any language; it is nobody's words."""


NO_HEAD = QuoteHead()
"""Of a quote that says neither."""


@dataclass(frozen=True, slots=True)
class _Patterns:
    lines: tuple[re.Pattern[str], ...]
    """Whole lines that are certainly a head."""
    marked: tuple[re.Pattern[str], ...]
    """For text that the markup already says is a head: colons optional."""
    leading: re.Pattern[str]
    """A head with quoted words after it on the same line."""
    before: re.Pattern[str]
    """The beginning of a head that names the person last."""
    label: re.Pattern[str]
    original_message: re.Pattern[str]
    sender: re.Pattern[str]


@cache
def words() -> dict[str, list[str]]:
    """The table `quotes/words.toml`."""
    return tomllib.loads(files("parse").joinpath("quotes/words.toml").read_text("utf-8"))


@cache
def _patterns() -> _Patterns:
    after, date_first = _any("after_name"), _any("date_first")
    name = rf"@?(?P<who>[^\s:;,!?>\[][^\n:;,!?]{{0,{LONGEST_NAME}}}?)"
    listed = name.replace(")", rf"(?:,\s(?!{_ZONE})[^\n:;,!?]{{1,40}}?)?)")
    date = rf"(?:,?\s+{_any('before_date')}\s+(?=[^\n]*\d)[^\n]{{1,60}}?)"
    said = rf"{name}(?:\s+|(?=[\u3040-\u9fff])){after}{_NUMBER}{date}?"
    dated = (
        r"(?:\w{3,9}\.?\s\d{1,2},?\s\d{4}|\d{1,4}[./-]\d{1,2}[./-]\d{2,4}),?"
        rf"[^\n:]{{0,12}}{_TIME},?\s+"
    )
    heads = (
        rf"{dated}{said}",
        rf"{date_first}\s[^\n]{{1,120}}{_TIME},?\s+{listed}\s+{after}",
        rf"{date_first}\s(?=[^\n]*\d)[^\n]{{1,80}}?\s{after}\s+(?P<who>[^\n:]{{1,80}}?)",
        said,
        rf"@(?P<who>[^\s:;,!?]{{1,{LONGEST_NAME}}})\s+{after}\s+(?:in|en|dans|em)\s+[^\n]{{1,150}}?",
    )
    colon, named = r"\s*[:：]", rf"\s*:?\s+(?P<who>[^\n]{{1,{LONGEST_NAME}}})"
    since = _any("before_date")
    day = rf"(?:(?!{since}\s)[^\s\d]+\s+){{0,2}}\d[^\n]{{1,50}}"
    today = r"\S+(?:\s+\S+){1,2}\s+\d{1,2}[:.h]\d{2}[^\n]{0,9}"
    since = rf",?\s+(?:{since}\s+(?:{day}|{today})|[-–]\s+\d[^\n]{{4,50}})"
    bare = r"\s+\d{1,4}(?:\.?\s\w+\s\d{4}|[-./年])[^\n]{0,30}?\d{1,2}:\d{2}[^\n]{0,9}"
    briefly = named.replace("})", "}?)")
    dated_names = (f"{briefly}{since}", f"{briefly}{bare}", f"{named}{date}", named)
    return _Patterns(
        lines=(
            _line(_CHINESE),
            *(_line(head + colon) for head in heads),
            *(_line(f"{_any('before_name', ' ')}{named}{tail}") for tail in (date, "")),
        ),
        marked=(
            _line(_CHINESE),
            *(_line(rf"{head}(?:{colon}|\s*\.\.\.|\s*…)?") for head in heads),
            _line(rf"{_any('labels')}\s*:?\s*\((?P<who>[^\n()]{{1,{LONGEST_NAME}}}?)\s+@\s[^\n()]*\)"),
            *(_line(f"{_any('before_name')}{name_and_date}") for name_and_date in dated_names),
        ),
        leading=re.compile(rf"\s*(?:{dated})?{name}\s+{after}{_NUMBER}{colon}(?=\s|\Z)", re.I),
        before=re.compile(_any("before_name", " "), re.I),
        label=re.compile(rf"{_any('labels')}?{colon}?\s*\Z", re.I),
        original_message=re.compile(rf"\s*-{{2,}}\s*{_any('original_message')}\s*-{{2,}}\s*\Z", re.I),
        sender=re.compile(rf"\s*\*?{_any('from_words')}\s*:\*?\s+(?P<who>[^\n]{{1,120}})\Z", re.I),
    )


def _any(key: str, containing: str = "") -> str:
    """An expression for every entry of a table; the longest first, so that none hides another."""
    entries = sorted((word for word in words()[key] if containing in word), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in entries) + ")"


def _line(expression: str) -> re.Pattern[str]:
    return re.compile(rf"\s*{expression}\s*\Z", re.I)


def read_line(line: str) -> QuoteHead | None:
    """The head that this line (or mail attribution of several lines) is; None when it is ordinary words.

    Strict: for text in which nothing but the words says that this is a head.
    """
    if not 3 < len(line) <= 300:
        return None
    line = _bare(line)
    if line[-1:] not in (":", "：") and "表" not in line and not _patterns().before.match(line):
        return None  # most lines of most posts end here
    return _believable(_first(_patterns().lines, line))


def read_dated(line: str) -> QuoteHead | None:
    """A mail attribution that begins with its date: "On 1 May 2024 at 10:00, Jane wrote:"."""
    return _first(_patterns().lines[1:3], _bare(line)) if len(line) <= 300 else None


@lru_cache(maxsize=4096)  # a thread quotes the same few people all over
def read_marked(text: str) -> QuoteHead:
    """The head in an element that the markup sets apart as one: any words, the colon optional.

    A label without a name ("Quote:") gives an empty head; anything else that is short is the name itself.
    """
    text = " ".join(_bare(text).split())
    if _patterns().label.match(text) or len(text) > 300:
        return NO_HEAD
    found = _first(_patterns().marked, text)
    if found:
        return found
    name = _name(text.rstrip(":： "))
    return QuoteHead(attributed_to=name if 0 < len(name) <= LONGEST_NAME else None)


def says_who(text: str) -> bool:
    """Whether words that the markup sets apart name somebody and say that he said what follows."""
    return _believable(_first(_patterns().marked, " ".join(_bare(text).split()))) is not None


def split(text: str) -> tuple[QuoteHead | None, str]:
    """The head at the beginning of a quote's text, and the text without it.

    The head may be the first line, the first lines joined (mail wraps them), or stand before the quoted
    words on one line ("Jane wrote: is that normal?").
    """
    first, _, rest = text.partition("\n")
    while rest and 0 < len(first) < 20 and _patterns().label.match(first):
        text = rest.lstrip("\n")
        first, _, rest = text.partition("\n")
    found = read_line(first)
    if found:
        return found, rest.lstrip("\n")
    m = _patterns().leading.match(first) if ":" in first[:120] or "：" in first[:120] else None
    if m and _believable(_head(m)):
        return _head(m), text[m.end() :].lstrip()
    return None, text


def is_original_message(line: str) -> bool:
    """ "-----Original Message-----", in the languages of mail programs."""
    return "--" in line and bool(_patterns().original_message.match(line))


def sender(line: str) -> str | None:
    """The name in a "From: Jane Doe <jane@example.org>" line."""
    m = _patterns().sender.match(line)
    return _name(_bare(m["who"])) if m else None


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> QuoteHead | None:
    return next((_head(m) for pattern in patterns if (m := pattern.match(text))), None)


def _believable(head: QuoteHead | None) -> QuoteHead | None:
    """Not "So he said:": a sentence that leads up to what somebody says, in the author's own words."""
    if head is None or head.attributed_to is None:
        return None
    last = head.attributed_to.rsplit(None, 1)[-1]
    if last in "EYOAU" and last != head.attributed_to:  # "Magnus E wrote:": an initial, no conjunction
        return head
    return None if last.casefold() in words()["not_names"] else head


def _head(m: re.Match[str]) -> QuoteHead:
    number = m.groupdict().get("number")
    return QuoteHead(
        attributed_to=_name((m["who"] or m["whom"]).rstrip(":： ")) or None,
        source_ref=f"#{number}" if number else None,
    )


def _bare(text: str) -> str:
    return _ADDRESS.sub("", text).strip(_ARROWS)


def _name(text: str) -> str:
    return text.strip(_ARROWS + "\"'“”„«»*_").removeprefix("@").strip()
