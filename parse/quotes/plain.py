"""Quotes in plain text: `>` lines of any depth, mail attributions, [quote] tags, "Original Message"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from parse.model import Quote
from parse.quotes import attributions, bbcode, heads, unmarked
from parse.quotes.heads import NO_HEAD, QuoteHead
from parse.quotes.mail_wrapping import is_wrapped, unwrapped


@dataclass(frozen=True, slots=True)
class Body:
    """What a post's body says."""

    text: str
    """The author's own words."""
    full_text: str
    """As shown, quotes and their heads included."""
    quotes: tuple[Quote, ...]


EMPTY = Body(text="", full_text="", quotes=())
"""Of a post that is gone, or holds no words."""


_SHIELDS = {ord(">"): "\x06", ord("["): "\x07"}
_SHIELDED = {ord("\x06"): ">", ord("\x07"): "["}
# ">:(" and ">=" begin no quote, nor does ">>12", alone in its line: so boards of pictures lead to post 12.
_REFERENCES = r"[ \t]*(?:>{2,3}\d+[ \t]*)+(?:\((?:OP|You)\)[ \t]*)?$"
_PREFIX = re.compile(
    rf"(?!{_REFERENCES})[ \t]{{0,3}}(?:[A-Z]{{1,4}}(?=>))?((?:>(?![:;=_.<][^\w\s]|[=_])[ \t]?)+)"
)
_MAY_QUOTE = re.compile(
    r"^[ \t]{0,3}(?:[A-Z]{1,4})?>|\[/?quote\b|^[^\S\n]*-{2,}\s*\w|^-- $",
    re.I | re.M,
)
_RULE = re.compile(r"\s*-{10,}\s*")
"""Phorum draws one between a head and the quoted lines."""
_SPLIT_ADDRESS = re.compile(r"(<[\w.+=-]+@[\w.-]+)\n>[ \t]*(?=[^\n]{2,30}:[ \t]*$)", re.M)
"""An attribution that was wrapped between an address and its bracket, which then looks like a quote."""
_SIGNATURE = "-- "
_WRAPPED = 3
"""Lines over which a mail program spreads an attribution."""


def untangle_text(text: str) -> Body:
    """The own words and the quotes of a plain-text body: `>` lines, attributions, [quote] tags."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    shown = text.strip()
    text = unwrapped(text)
    if not may_quote(text):
        return Body(_tidy(text), shown, ())
    text = _SPLIT_ADDRESS.sub(r"\1> ", text)
    own: list[str] = []
    quotes: list[Quote] = []
    for words, tagged in bbcode.parts(text):
        plain = _Lines()
        plain.read(words)
        own.append(_tidy("\n".join(plain.own)))
        for group in (plain.quotes, list(tagged)):
            quotes.extend(_behind(group, len(quotes)))
    return Body("\n\n".join(filter(None, own)), shown, without_empty(tuple(quotes)))


def shielded(code: str) -> str:
    """Code in a text that is read for quotes: there, neither `>` nor `[` begins one."""
    return code.translate(_SHIELDS)


def unshielded(body: Body) -> Body:
    """What was read, with its code as it was."""
    if "\x06" not in body.full_text and "\x07" not in body.full_text:
        return body
    quotes = tuple(replace(quote, text=quote.text.translate(_SHIELDED)) for quote in body.quotes)
    return Body(body.text.translate(_SHIELDED), body.full_text.translate(_SHIELDED), quotes)


def may_quote(text: str) -> bool:
    """Whether the text could hold a plain-text quote; cheap, for every post is asked."""
    marked = (">" in text or "[" in text or "--" in text) and _MAY_QUOTE.search(text) is not None
    return marked or unmarked.may_stand_in(text) or is_wrapped(text)


def without_empty(quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """Quotes without words, source and deeper quotes say nothing; the others are numbered anew."""
    parents = {quote.parent for quote in quotes}
    kept = [q for q in quotes if q.text or q.attributed_to or q.source_ref or q.ordinal in parents]
    if len(kept) == len(quotes):
        return quotes
    number = {quote.ordinal: index for index, quote in enumerate(kept, 1)}
    return tuple(
        replace(q, ordinal=number[q.ordinal], parent=number[q.parent] if q.parent else None) for q in kept
    )


def _behind(quotes: list[Quote], count: int) -> Iterator[Quote]:
    for q in quotes:
        yield replace(q, ordinal=q.ordinal + count, parent=q.parent + count if q.parent else None)


@dataclass(slots=True)
class _Level:
    """A quote being read, or the own words around all: its lines, its number, and the head found for it."""

    index: int
    head: QuoteHead
    lines: list[str] = field(default_factory=list)
    signature: list[str] | None = None
    """What stands below its mark: nobody's words, but the head of the next quote may be there."""

    @property
    def heard(self) -> list[str]:
        return self.lines if self.signature is None else self.signature


class _Lines:
    """Reads line by line; `levels` holds the quotes open at the moment, outermost first."""

    def __init__(self) -> None:
        self.around = _Level(-1, NO_HEAD)
        self.quotes: list[Quote] = []
        self.levels: list[_Level] = []

    def read(self, text: str) -> None:
        lines = unmarked.deepened([_depth(line) for line in text.split("\n")])
        for number, (depth, line) in enumerate(lines):
            if depth == 0 and not line.strip() and self.levels and _goes_on(lines, number):
                self.levels[0].lines.append("")
                continue
            self.close_below(depth)
            while len(self.levels) < depth:
                self.open_level()
            level = self.level(depth)
            if line == _SIGNATURE:
                level.signature = []
            else:
                level.heard.append(line)
        self.close_below(0)

    @property
    def own(self) -> list[str]:
        return self.around.lines

    def level(self, depth: int) -> _Level:
        return self.levels[depth - 1] if depth else self.around

    def open_level(self) -> None:
        head = take_attribution(self.level(len(self.levels)).heard)
        parent = self.levels[-1].index + 1 if self.levels else None
        index = len(self.quotes)
        self.quotes.append(Quote(ordinal=index + 1, depth=len(self.levels) + 1, text="", parent=parent))
        self.levels.append(_Level(index, head))
        outer = self.level(len(self.levels) - 1).heard
        if outer and outer[-1].strip():
            outer.append("")

    def close_below(self, depth: int) -> None:
        while len(self.levels) > depth:
            level = self.levels.pop()
            head, text = level.head, "\n".join(level.lines)
            if head.attributed_to is None:
                found, rest = heads.split(text.lstrip("\n"))
                head, text = (found, rest) if found else (head, text)
            self.quotes[level.index] = replace(
                self.quotes[level.index],
                text=_tidy(text),
                attributed_to=head.attributed_to,
                source_ref=head.source_ref,
            )
            outer = self.level(len(self.levels)).heard
            if outer and outer[-1].strip():
                outer.append("")


def _goes_on(lines: list[tuple[int, str]], number: int) -> bool:
    """Whether a blank line stands inside a quote: the next words are quoted, too, without a new head."""
    following = next((line for line in lines[number + 1 : number + 4] if line[1].strip() or line[0]), (0, ""))
    return following[0] > 0 and heads.split(following[1])[0] is None


def _depth(line: str) -> tuple[int, str]:
    m = _PREFIX.match(line)
    return (m[1].count(">"), line[m.end() :]) if m else (0, line)


def take_attribution(lines: list[str]) -> QuoteHead:
    """The head in the last lines before a quote, removed from them; mail programs wrap it over several."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or _RULE.fullmatch(lines[end - 1])):
        end -= 1
    best: tuple[QuoteHead, int] | None = None
    for count in range(1, _WRAPPED + 1):
        start = end - count
        if start < 0 or not lines[start].strip():
            break
        head = attributions.line_head(" ".join(line.strip() for line in lines[start:end]))
        if head and head != NO_HEAD and (best is None or "@" in (best[0].attributed_to or "")):
            best = (head, start)
            if attributions.opens(lines[start]):
                break
    if best is None:
        return NO_HEAD
    head, start = _wider(lines, best[1], end) or best
    own = attributions.said_before(" ".join(line.strip() for line in lines[start:end]))
    lines[start:] = [own] if own else []
    return head


def _wider(lines: list[str], start: int, end: int) -> tuple[QuoteHead, int] | None:
    """The head with the lines above that belong to it: "On Wed, 1 May 2024 at 10:00," / "Jane wrote:"."""
    for first in range(max(0, end - _WRAPPED), start):
        if all(line.strip() for line in lines[first:end]):
            joined = " ".join(line.strip() for line in lines[first:end])
            head = heads.read_dated(joined)
            if head:
                return head, first
    return None


def _tidy(text: str) -> str:
    """Lines without trailing blanks, at most one empty line in a row, none at the ends."""
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")
