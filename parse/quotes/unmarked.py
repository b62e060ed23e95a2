"""What a mail program sets below a reply without marking its lines: the mail that is answered.

It stands behind that mail's headers (From, Sent, To, Subject), a rule that says "Original Message", or
"On 1 May 2024 at 10:00, Jane <jane@example.org> wrote:". All that follows is quoted, to the end of the text
or of the quote in which this is found.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from parse.quotes import attributions, heads
from parse.quotes.heads import words

Line = tuple[int, str]
"""How many quotes a line stands in, and what it says."""
Head = tuple[str, int]
"""A line that says who is quoted, "" where nothing does, and the number of the first line quoted."""

_HEADER = re.compile(r"\s*\*?(?P<label>[^\W\d_][^\n:]{0,20}?)\s*:\*?(?:\s|\Z)")
_FEWEST, _MOST_LINES, _WRAPPED = 3, 30, 3
"""Headers in a block; lines in one; lines over which a mail program spreads an attribution."""
_MAY_ATTRIBUTE = re.compile(r"@[^\n]*(?:\n[^\n]*)?[:：][ \t]*$", re.M)
_RULED = re.compile(r"\s*-{2,}\s*(?P<head>[^-\n].{0,200}?)\s*-{2,}\s*:?\s*\Z")


def deepened(lines: Sequence[Line]) -> list[Line]:
    """The same lines, those of unmarked quotes one quote deeper; the head of each is a line of its own."""
    out: list[Line] = []
    begun: list[int] = []  # the depths at which unmarked quotes began
    at = 0
    while at < len(lines):
        depth, said = lines[at]
        while begun and depth < begun[-1] and said.strip():
            begun.pop()
        found = _head(lines, at)
        if found is None:
            out.append((depth + len(begun), said))
            at += 1
            continue
        opens_quote = depth > 0 and (at == 0 or lines[at - 1][0] < depth)
        head, at = found
        here = depth + len(begun) - opens_quote  # above the lines of its quote, though marked as they are
        out += ((here, ""), (here, head))
        below = next(_filled(lines, at), None)
        if below is None:
            out.append((here + 1, ""))  # somebody was quoted, whose words were left out
        elif lines[below][0] <= depth and not opens_quote:
            begun.append(depth)
    return out


def may_stand_in(text: str) -> bool:
    """Whether the text may hold an unmarked quote; cheap, for every post is asked."""
    has_headers = text.count(":") >= _FEWEST and any(map(text.__contains__, _senders()))
    return has_headers or ("@" in text and _MAY_ATTRIBUTE.search(text) is not None)


def _head(lines: Sequence[Line], at: int) -> Head | None:
    """The head that begins at a line, if one does."""
    said = lines[at][1]
    if ":" not in said and "--" not in said and not attributions.opens(said):
        return None
    if heads.is_original_message(said):
        below = next(_filled(lines, at + 1), at + 1)
        return _headers(lines, below) or ("", at + 1)
    return _headers(lines, at) or _ruled(said, at) or _attribution(lines, at)


def _headers(lines: Sequence[Line], start: int) -> Head | None:
    """A block of mail headers, one of them the sender: three known ones, or "From" an address first."""
    sender, labels = None, list[str]()
    end = start
    for end, (depth, said) in enumerate(lines[start : start + _MOST_LINES], start):
        m = _HEADER.match(said)
        # A header may go on for a second line.
        if not said.strip() or depth != lines[start][0] or (m is None and not _goes_on(lines, end, start)):
            break
        if m:
            labels.append(m["label"].casefold())
            sender = sender or heads.sender(said.removesuffix("[mailto:"))
    else:
        end += 1
    known = sum(label in _labels() for label in labels)
    is_mail = known >= _FEWEST or (labels[:1] and labels[0] in _from() and "@" in lines[start][1])
    return (f"{sender} wrote:", end) if sender and is_mail and len(labels) >= _FEWEST else None


def _goes_on(lines: Sequence[Line], at: int, start: int) -> bool:
    return at > start and _HEADER.match(lines[at - 1][1]) is not None


def _ruled(said: str, at: int) -> Head | None:
    """ "---- Jane Doe wrote ----"."""
    m = _RULED.match(said)
    head = attributions.line_head(f"{m['head'].rstrip(': ')}:") if m else None
    return (f"{head.attributed_to} wrote:", at + 1) if head and head.attributed_to else None


def _attribution(lines: Sequence[Line], at: int) -> Head | None:
    """An attribution with a date and an address, below which no line is marked."""
    depth = lines[at][0]
    if not attributions.opens(lines[at][1]):
        return None
    for end in range(at + 1, min(at + _WRAPPED, len(lines)) + 1):
        if lines[end - 1][0] != depth or not lines[end - 1][1].strip():
            return None
        joined = " ".join(said.strip() for _, said in lines[at:end])
        if joined[-1:] in (":", "："):
            below = next(_filled(lines, end), None)
            is_head = attributions.is_addressed(joined) and attributions.line_head(joined)
            return (joined, end) if is_head and below is not None and lines[below][0] <= depth else None
    return None


def _filled(lines: Sequence[Line], start: int) -> Iterator[int]:
    return (at for at in range(start, len(lines)) if lines[at][1].strip())


@cache
def _from() -> frozenset[str]:
    return frozenset(words()["from_words"])


@cache
def _labels() -> frozenset[str]:
    return _from() | frozenset(words()["header_words"])


@cache
def _senders() -> tuple[str, ...]:
    return tuple(f"{word.capitalize()}{colon}" for word in words()["from_words"] for colon in (":", " :"))
