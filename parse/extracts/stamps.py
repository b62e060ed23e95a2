"""Bylines of a text extract known by their dates: whatever the software, a date stands in each of them.

The lines that show a date are sorted by how they show it; the most regular sort that runs forward in time is
that of the bylines. The name stands in the same line, or always as many lines above or below it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from parse.dates import parse_time
from parse.extracts import bylines as extract_bylines
from parse.extracts import lines as extract_lines
from parse.extracts.bylines import Byline
from parse.extracts.lines import Line
from parse.extracts.quotes import head_name
from parse.names import normal
from parse.quotes.heads import LONGEST_NAME

FEWEST = 3
"""Bylines that make a habit."""
_USUAL = 0.75
"""The share of bylines that must show what all are said to show."""
_NAMED = 0.85
"""The share of dates beside which a name must stand."""
_FAR = 8
"""Lines between the date of a byline and the name in it."""
_LONGEST = 120

_TIME = (
    r"(?:[,T\s]*(?:at|um|à|às|alle|a las|kl\.?|-|·)?\s*\d{1,2}[:.h]\d{2}(?::\d{2})?"
    r"(?:\s*[ap]\.?m\b\.?)?(?:\s*uhr)?)?"
)
_WORD = r"[^\W\d_]{3,10}\.?"
_DAYS = (
    r"\b\d{4}-\d\d-\d\d",
    r"(?<![\d:])\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\d)",
    rf"\b{_WORD} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}\b",
    rf"\b\d{{1,2}}(?:st|nd|rd|th|er|\.)?(?: de| of)? {_WORD},?(?: de)? \d{{4}}\b",
    r"\b(?:today|yesterday|heute|gestern|hier|aujourd'hui|ayer|hoy|ieri|oggi)\b(?=\D{0,6}\d)",
)
_STAMP = re.compile(
    rf"(?:{'|'.join(_DAYS)}){_TIME}"
    r"|\b(?:\d{1,3}|an?|one)\s?(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|mo|years?|yrs?|[hdwy])"
    r"\.? ago\b|\b(?:vor|hace|il y a) \d{1,3} [^\W\d_]+",
    re.I,
)
_EDGES = " \t\xa0,;:|·•»«—–-↑#*_()[]>"


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A line that shows a date, and what stands before and behind it."""

    line: int
    before: str
    shown: str
    after: str
    at: datetime
    sort: tuple[str, bool, str]


def find(lines: Sequence[Line], now: datetime) -> list[Byline]:
    """The bylines in order; none where dates are no habit of the page."""
    sorts: dict[tuple[str, bool, str], list[_Stamp]] = {}
    for stamp in _stamps(lines, now):
        sorts.setdefault(stamp.sort, []).append(stamp)
    likely = [stamps for stamps in sorts.values() if len(stamps) >= FEWEST and _runs_forward(stamps)]
    for stamps in sorted(likely, key=lambda found: (found[0].sort[1], -len(found), found[0].line)):
        named = _named(lines, stamps)
        if named and _frame_posts(lines, named):
            return _below(lines, named) if _stands_below(lines, named) else named
    return []


def furniture(lines: Sequence[Line], bylines: Sequence[Byline]) -> frozenset[int]:
    """Lines outside the bylines that stand, but for numbers, with nearly every post: buttons and counters."""
    inside = {n for byline in bylines for n in range(byline.start, byline.end)}
    same: dict[str, list[int]] = {}
    for n, line in enumerate(lines):
        if n not in inside and len(line.text) <= 40 and line.text.rstrip()[-1:] not in ".!?…:":
            same.setdefault(_sameness(line.text), []).append(n)
    usual = max(FEWEST, _USUAL * (len(bylines) - 1))
    return frozenset(n for numbers in same.values() if len(numbers) >= usual for n in numbers)


def _stamps(lines: Sequence[Line], now: datetime) -> Iterator[_Stamp]:
    labels = extract_lines.other_dates()
    for n, line in enumerate(lines):
        text = line.text.strip()
        m = _STAMP.search(text) if len(text) <= _LONGEST else None
        if m is None or (at := parse_time(m[0], now=now)) is None:
            continue
        label = text[: m.start()].casefold().strip(_EDGES)
        above = lines[n - 1].text.casefold().strip(_EDGES) if n else ""
        if above in labels or any(label.endswith(each) or f"{each}:" in label for each in labels):
            continue
        before, after = _bare(text[: m.start()]), _bare(text[m.end() :])
        shape = re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "a", m[0].casefold()))
        first = before.split(" ")[0].casefold() if before else ""
        kind = first if first in extract_lines.byline_words() else "*" * bool(before)
        yield _Stamp(n, before, m[0], after, at, (shape, head_name(lines[n]) is not None, kind))


def _bare(text: str) -> str:
    """Without weekday and marks at the ends."""
    text = text.strip(_EDGES)
    words = text.split(" ")
    while words and extract_lines.is_weekday(words[-1].strip(_EDGES)):
        words.pop()
    return " ".join(words).strip(_EDGES)


def _runs_forward(stamps: Sequence[_Stamp]) -> bool:
    """Posts stand in order of time, forward or backward."""
    steps = [one.at <= other.at for one, other in pairwise(stamps)]
    return max(sum(steps), len(steps) - sum(steps)) >= _USUAL * len(steps)


def _named(lines: Sequence[Line], stamps: Sequence[_Stamp]) -> list[Byline]:
    """The bylines of these dates, each with its name; nothing where no place has names."""
    inline = [_inline_name(stamp) for stamp in stamps]
    if _are_names(inline):
        return [_byline(lines, s, s.line, name) for s, name in zip(stamps, inline, strict=True)]
    for distance in sorted(range(-_FAR, _FAR + 1), key=lambda d: (abs(d), d)):
        places = [stamp.line + distance for stamp in stamps]
        names = [_name_at(lines, s.line, n) for s, n in zip(stamps, places, strict=True)]
        if distance and _are_names(names):
            return [
                _byline(lines, s, n if name else s.line, name)
                for s, n, name in zip(stamps, places, names, strict=True)
            ]
    return []


def _inline_name(stamp: _Stamp) -> str:
    words = f"{stamp.before} {stamp.after}".split()
    known = extract_lines.byline_words()
    while words and words[0].casefold().strip(_EDGES) in known:
        words.pop(0)
    while words and words[-1].casefold().strip(_EDGES) in known:
        words.pop()
    return " ".join(words).strip(_EDGES)


def _name_at(lines: Sequence[Line], stamp: int, n: int) -> str:
    """The name in line n, if nothing but other parts of a byline stands between it and the date."""
    if not 0 <= n < len(lines) or lines[n].kind != "text" or lines[n].text.rstrip().endswith(":"):
        return ""
    between = range(min(stamp, n) + 1, max(stamp, n))
    if not all(_is_label(lines[k]) or _STAMP.search(lines[k].text) for k in between):
        return ""
    text = lines[n].text.strip().removeprefix("u/").strip(_EDGES)
    return text if extract_bylines.is_name(text) and not text.isdecimal() else ""


def _are_names(found: Sequence[str]) -> bool:
    """Nearly all are short and no sentence, and they are not all the same."""
    good = [name for name in found if 1 < len(name) <= LONGEST_NAME and len(name.split()) <= 4]
    good = [name for name in good if not name.endswith((".", "?", "!")) and any(map(str.isalpha, name))]
    if len(good) < _NAMED * len(found):
        return False
    (_, most), *_ = Counter(map(normal, good)).most_common(1)
    return most < len(good)


def _byline(lines: Sequence[Line], stamp: _Stamp, name_at: int, name: str) -> Byline:
    start, end = min(stamp.line, name_at), max(stamp.line, name_at) + 1
    while start and lines[start].gap == 0 and _is_label(lines[start - 1]):
        start -= 1
    while end < len(lines) and lines[end].gap == 0 and _is_label(lines[end]):
        end += 1
    position = next(
        (m[1] for n in range(start, end) if (m := re.fullmatch(r"#?(\d{1,5})", lines[n].text.strip()))), None
    )
    rank = next((lines[n].text.strip() for n in range(start, end) if lines[n].kind == "rank"), None)
    return Byline(
        start=start,
        end=end,
        name=name or None,
        rank=rank,
        position=int(position) if position else None,
        posted=stamp.shown,
    )


def _is_label(line: Line) -> bool:
    text = line.text.strip()
    return len(text) <= 60 and (
        line.kind != "text" or extract_lines.is_label(text) or extract_lines.is_subject(line)
    )


def _frame_posts(lines: Sequence[Line], bylines: Sequence[Byline]) -> bool:
    """Whether there are words between them, and they go through the page: a list of dates is no thread."""
    gaps = [range(one.end, other.start) for one, other in pairwise(bylines)]
    framing = sum(any(lines[n].kind == "text" for n in gap) for gap in gaps)
    return framing >= _USUAL * len(gaps) and 2 * bylines[-1].end >= len(lines) >= 2 * bylines[0].start


def _stands_below(lines: Sequence[Line], bylines: Sequence[Byline]) -> bool:
    """Whether each byline stands under its post: words before the first, none behind the last."""
    behind = [line for line in lines[bylines[-1].end :] if line.kind == "text" and len(line.text) > 25]
    before = [line for line in lines[: bylines[0].start] if line.kind == "text"]
    return not behind and len(before) > 1


def _below(lines: Sequence[Line], bylines: Sequence[Byline]) -> list[Byline]:
    """The same bylines moved to where the posts begin that stand above them; the first behind the title."""
    first = next(n for n, line in enumerate(lines) if line.kind == "text") + 1
    starts = [Byline(start=first, end=first), *bylines]
    moved = [
        replace(own, start=above.start, end=above.end) for above, own in zip(starts, bylines, strict=False)
    ]
    return [*moved, Byline(start=bylines[-1].start, end=bylines[-1].end, is_divider=True)]


def _sameness(text: str) -> str:
    return re.sub(r"[\d.,]+", "9", text.strip().casefold())
