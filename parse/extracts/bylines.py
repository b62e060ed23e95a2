"""Where a text extract names an author: runs of lines with a login, a rank, a date, "3 of 9", menus."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from parse.extracts import lines as extract_lines
from parse.extracts.lines import Line
from parse.names import normal

_STRONG = frozenset(("rank", "since", "position", "date", "profile", "reply_to"))
_WEAK = frozenset(("noise", "time"))
_NAME = re.compile(r"@?[^\W\d_][\w.\-'’ ]{0,38}[\w.]", re.UNICODE)
_FULL_NAME = re.compile(r"[A-Z\u00c0-\u00de][\w'’\-]{1,20}(?: [A-Z\u00c0-\u00de][\w'’\-]{0,20}\.?){1,2}")
_LINK_WORDS = frozenset(("edited", "by"))
_EDIT = re.compile(r"(?P<posted>.*?)\s*(?:last )?edited\s*(?P<edited>.*?)(?:\s+by\s+(?P<by>.+))?", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """Lines `start` to `end` (exclusive), and what they say of the post below them."""

    start: int
    end: int
    name: str | None = None
    login: str | None = None
    user_id: str | None = None
    rank: str | None = None
    position: int | None = None
    posted: str | None = None
    edited: str | None = None
    edited_by: str | None = None
    reply_to: str | None = None
    message_id: str | None = None
    is_divider: bool = False
    """The line between the opening post and the replies: no byline, but a border like one."""

    @property
    def is_rich(self) -> bool:
        """Whether it says more than a date and a name can."""
        return bool(
            self.name and (self.login or self.user_id or self.message_id or self.reply_to or self.position)
        )


def find(lines: Sequence[Line], names: frozenset[str]) -> list[Byline]:
    """The bylines in order. `names`: people known otherwise (from quote heads), as `normal` writes them."""
    marked = [_is_part(lines, n, names) for n in range(len(lines))]
    bylines, n = [], 0
    while n < len(lines):
        if not marked[n]:
            n += 1
            continue
        end = n
        while end < len(lines) and marked[end] and (end == n or lines[end].gap <= 2):
            end += 1
        block = lines[n:end]
        if _is_byline(block, names):
            bylines.append(_read(block, n, end))
        n = end
    return bylines


def is_name(text: str) -> bool:
    """Whether a line could be no more than a name: a few words, no sentence."""
    text = text.strip()
    return (bool(_NAME.fullmatch(text)) and len(text.split()) <= 4 and not text.endswith(".")) or bool(
        re.fullmatch(r"[\w.\- ]{2,30} [A-Z]\.?", text)
    )


def is_full_name(text: str) -> bool:
    """Whether a line is a name as reader modes print it: one to three capitalised words, no full stop."""
    return bool(_FULL_NAME.fullmatch(text.strip()))


def _is_part(lines: Sequence[Line], n: int, names: frozenset[str]) -> bool:
    kind = lines[n].kind
    if kind in _STRONG or kind in _WEAK:
        return True
    return kind == "text" and (_is_named(lines, n) or _is_known(lines, n, names) or _is_link_word(lines, n))


def _is_known(lines: Sequence[Line], n: int, names: frozenset[str]) -> bool:
    text = lines[n].text
    return bool(names) and len(text) < 50 and not text.rstrip().endswith((",", ":")) and normal(text) in names


def _is_link_word(lines: Sequence[Line], n: int) -> bool:
    """ "Edited", "by" and the editor's name between dates, each on a line of its own."""
    if lines[n].text.strip().casefold() in _LINK_WORDS:
        return True
    return n > 0 and lines[n - 1].text.strip().casefold() == "by" and is_name(lines[n].text)


def _is_named(lines: Sequence[Line], n: int) -> bool:
    """A name is known by its neighbours: before a rank, between two marks, below "MESSAGE 2 OF 7"."""
    if not is_name(lines[n].text):
        return False
    after = lines[n + 1].kind if n + 1 < len(lines) and lines[n + 1].gap == 0 else ""
    before = lines[n - 1].kind if n and lines[n].gap == 0 else ""
    if after in ("rank", "since", "profile"):
        is_title = len(lines[n].text.split()) > 2 and n + 2 < len(lines) and lines[n + 2].kind == "since"
        return not is_title
    if after in _STRONG and (before in _STRONG or before in _WEAK or lines[n].gap > 0):
        return True
    return before == "position" and lines[n - 1].text.strip().lower().startswith("message")


def _is_byline(block: Sequence[Line], names: frozenset[str]) -> bool:
    kinds = {line.kind for line in block}
    has_name = any(line.kind == "text" and is_name(line.text) for line in block)
    if kinds & {"since", "position", "profile", "reply_to"}:
        return True
    if "rank" in kinds or "date" in kinds:
        return has_name or sum(line.kind == "noise" for line in block) >= 3
    return has_name and any(normal(line.text) in names for line in block)


def _read(block: Sequence[Line], start: int, end: int) -> Byline:
    of = {kind: [line for line in block if line.kind == kind] for kind in _STRONG}
    rank = of["rank"][0].text.strip() if of["rank"] else None
    since = next(filter(None, map(extract_lines.since_name, of["since"])), "")
    since, rank = _without_rank(since, rank)
    edited_by = _after_by(block)
    login = next((line.text.strip() for line in block if _may_be_login(line, edited_by)), None)
    profile = next(filter(None, map(extract_lines.profile, of["profile"])), None)
    answered = next(filter(None, map(extract_lines.answered, of["reply_to"])), None)
    posted, edited, by = _dates(block)
    return Byline(
        start=start,
        end=end,
        name=since or (profile[0] if profile else None) or login,
        login=login if since and login != since else None,
        user_id=profile[1] if profile else None,
        rank=rank,
        position=next((extract_lines.position(line) for line in of["position"]), None),
        posted=posted,
        edited=edited,
        edited_by=by or edited_by,
        reply_to=_ranked_name(answered) if answered else None,
        message_id=next(filter(None, map(extract_lines.message_id, block)), None),
    )


def _may_be_login(line: Line, edited_by: str | None) -> bool:
    text = line.text.strip()
    return line.kind == "text" and is_name(text) and text != edited_by and text.casefold() not in _LINK_WORDS


def _without_rank(name: str, rank: str | None) -> tuple[str, str | None]:
    """ "Lena X Community Manager": the name and the rank that was printed behind it."""
    if rank and name.endswith(rank):
        return name.removesuffix(rank).strip(), rank
    words = name.split()
    for count in range(1, len(words)):
        if extract_lines.is_rank(" ".join(words[count:])):
            return " ".join(words[:count]), rank or " ".join(words[count:])
    return name, rank


def _ranked_name(text: str) -> str:
    """ "Contributor bob": the name behind a rank."""
    words = text.split()
    for count in range(len(words) - 1, 0, -1):
        if extract_lines.is_rank(" ".join(words[:count])):
            return " ".join(words[count:])
    return text


def _after_by(block: Sequence[Line]) -> str | None:
    for before, line in pairwise(block):
        if before.text.strip().casefold() == "by" and line.kind == "text":
            return line.text.strip()
    return None


def _dates(block: Sequence[Line]) -> tuple[str | None, str | None, str | None]:
    """When posted, when edited, by whom: on one line, or spread over several with "Edited" between."""
    posted: list[str] = []
    edited: list[str] = []
    target = posted
    for line in block:
        text = line.text.strip()
        if text.casefold().startswith("edited"):
            target = edited
        if line.kind in ("date", "time"):
            m = _EDIT.fullmatch(text)
            if m and m["posted"]:
                return m["posted"], m["edited"] or None, m["by"]
            target.append(text)
    return " ".join(posted[:2]) or None, " ".join(edited[:2]) or None, None
