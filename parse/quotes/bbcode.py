"""[quote] tags that stand in a text as they were typed, nested to any depth."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from parse.model import Quote
from parse.quotes.heads import QuoteHead

_TAG = re.compile(r"\[(/?)quote([^\[\]\n]{0,200}|=\"[^\"\n]{0,200}\"[^\]\n]{0,100})\]", re.I)
_NAME = re.compile(r"\s*(?:=|author=|name=)\s*(?:\"([^\"]*)\"|'([^']*)'|&quot;(.*?)&quot;|([^\],;]*))", re.I)
_POST = re.compile(r"\b(?:post(?:_id)?\s*[:=]\s*|pid\s*=\s*'?|msg|;(?=\d+\s*\Z))(\d{1,18})", re.I)
_TOPIC = re.compile(r"\btopic\s*:\s*(\d{1,18})", re.I)
_ATTRIBUTES = re.compile(r"\s+(?:date|link|post_id|time|user_id|userid|dateline|pid)=.*", re.I)


def parts(text: str) -> Iterator[tuple[str, tuple[Quote, ...]]]:
    """The words outside of quotes, piece by piece, each with the quotes that follow it (one tree)."""
    if not _TAG.search(text):
        yield text, ()
        return
    reader = _Reader()
    position = 0
    tags = list(_TAG.finditer(text))
    paired = _paired(tags)
    for m in tags:
        reader.say(text[position : m.start()])
        position = m.end()
        if m.start() not in paired:
            continue
        if m[1] or paired[m.start()] < m.start():
            reader.close()
        else:
            reader.begin(m[2])
        if not reader.open and reader.quotes:
            yield reader.taken()
    reader.say(text[position:])
    yield reader.taken()


def _paired(tags: list[re.Match[str]]) -> dict[int, int]:
    """Where tags stand that have their other half, and where that stands. Of a half-deleted quote only the
    tag is dropped: nobody can tell any more where its words end, and the author's own must not be lost.
    """
    opened: list[re.Match[str]] = []
    pairs: list[tuple[int, int]] = []
    for m in tags:
        if not m[1]:
            opened.append(m)
        elif opened:
            pairs.append((opened.pop().start(), m.start()))
    for one, other in pairwise(opened):
        if one[2] and not other[2]:  # [quote=Ann]words[quote]: the slash was forgotten
            pairs.append((one.start(), other.start()))
    return {a: b for pair in pairs for a, b in (pair, pair[::-1])}


@dataclass(slots=True)
class _Open:
    index: int
    head: QuoteHead
    pieces: list[str] = field(default_factory=list)


class _Reader:
    def __init__(self) -> None:
        self.own: list[str] = []
        self.quotes: list[Quote] = []
        self.open: list[_Open] = []

    def say(self, words: str) -> None:
        (self.open[-1].pieces if self.open else self.own).append(words)

    def begin(self, attributes: str) -> None:
        parent = self.open[-1].index + 1 if self.open else None
        number, depth = len(self.quotes) + 1, len(self.open) + 1
        self.quotes.append(Quote(ordinal=number, depth=depth, text="", parent=parent))
        if self.open:
            self.say("\n\n")
        self.open.append(_Open(number - 1, _head(attributes)))

    def close(self) -> None:
        quote = self.open.pop()
        begun = self.quotes[quote.index]
        self.quotes[quote.index] = Quote(
            ordinal=begun.ordinal,
            depth=begun.depth,
            parent=begun.parent,
            text=re.sub(r"\s*\n\s*\n\s*", "\n\n", "".join(quote.pieces)).strip(),
            attributed_to=quote.head.attributed_to,
            source_ref=quote.head.source_ref,
            source_thread_id=quote.head.source_thread_id,
        )
        if self.open:
            self.say("\n\n")

    def taken(self) -> tuple[str, tuple[Quote, ...]]:
        own, quotes = "".join(self.own).strip(" "), tuple(self.quotes)
        self.own, self.quotes = [], []
        return own, quotes


def _head(attributes: str) -> QuoteHead:
    """From [quote="Jane, post: 12, member: 7"], [quote=Jane], [quote author=Jane link=topic=3.msg12 ...]."""
    m = _NAME.match(attributes)
    written = next((group for group in m.groups() if group is not None), "") if m else ""
    name = re.split(r",\s*\w+\s*:|;\d+\Z", _ATTRIBUTES.sub("", written))[0].strip()
    post, topic = _POST.search(attributes), _TOPIC.search(attributes)
    return QuoteHead(
        attributed_to=name or None,
        source_ref=post[1] if post else None,
        source_thread_id=topic[1] if topic else None,
    )
