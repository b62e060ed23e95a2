"""A page that a tool turned into plain text, read: its title, its posts, each with own words and quotes."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from hashlib import blake2b

from parse.dates import parse_time
from parse.extracts import bylines as extract_bylines
from parse.extracts import lines as extract_lines
from parse.extracts import posts as extract_posts
from parse.extracts import stamps as extract_stamps
from parse.extracts.bylines import Byline
from parse.extracts.lines import Line
from parse.extracts.posts import Draft
from parse.extracts.quotes import Finder, Found, head_name
from parse.html_post import STAFF
from parse.model import Author, Post, Quote
from parse.names import normal
from parse.quotes.plain import untangle_text
from parse.shingles import words

_CRUMBS = re.compile(r"[^»]*»\s*Forums?\s*»\s*(?P<board>[^»]+?)\s*(?:»\s*(?P<topic>.+))?", re.I)
_NO_TITLE = re.compile(r".*[.!,;:]\s*", re.S)
_LONGEST_TITLE = 150


class Extract:
    """One page. `now` is when it was saved: relative dates count from there."""

    def __init__(self, text: str, now: datetime) -> None:
        self.now = now
        self.lines = _without_furniture(extract_lines.read_lines(text))
        self.crumbs = next(
            (m for line in self.lines[:8] if (m := _CRUMBS.fullmatch(line.text.strip()))), None
        )
        self.stated_replies = next(
            (extract_lines.reply_count(x) for x in self.lines if x.kind == "replies"), None
        )
        self.bylines = self._bylines(frozenset(self._heads(())))
        self.furniture: frozenset[int] = frozenset()
        dated = extract_stamps.find(self.lines, now)
        heads = self._heads(dated)
        people = {normal(byline.name) for byline in dated if byline.name}
        known = sum(count for name, count in heads.items() if name in people)
        if len(dated) > sum(byline.is_rich for byline in self.bylines) and 3 * known >= heads.total():
            self.bylines, self.furniture = dated, extract_stamps.furniture(self.lines, dated)
        named = sum(bool(byline.name or byline.position) for byline in self.bylines)
        expected = max(heads.total() / 2, 3 if self.stated_replies is None else 0.6 * self.stated_replies)
        self.keeps_bylines = named >= expected or bool(dated and self.bylines is dated)

    def _heads(self, bylines: Sequence[Byline]) -> Counter[str]:
        """Who is named in quote heads outside of these bylines, and how often."""
        inside = {n for byline in bylines for n in range(byline.start, byline.end)}
        named = (head_name(line) for n, line in enumerate(self.lines) if n not in inside)
        return Counter(normal(name) for name in named if name)

    @property
    def board(self) -> str | None:
        return self.crumbs["board"] if self.crumbs else None

    @cached_property
    def title(self) -> str:
        """The line above the first byline, else the first line of the opening post that stands alone."""
        return self._found_title().lstrip("# ")

    def _found_title(self) -> str:
        first = self.bylines[0].start if self.bylines else 0
        above = [
            x.text.strip() for x in self.lines[:first] if x.kind == "text" and len(x.text) <= _LONGEST_TITLE
        ]
        if above:
            return above[-1]
        number = self._title_line
        if number is not None:
            return self.lines[number].text.strip().removeprefix("Re: ")
        return (self.crumbs["topic"] or "").strip().removeprefix("Re: ") if self.crumbs else ""

    def posts(self) -> list[Post]:
        """The posts in the order of the page, their quotes not yet tied to a source."""
        seen: Counter[str] = Counter()
        found = [self._post(draft) for draft in self._drafts()]
        out = []
        for post in found:
            if not (post.text or post.quotes):
                continue
            seen[post.id] += 1
            again = f"-{seen[post.id]}" if seen[post.id] > 1 else ""
            out.append(replace(post, id=post.id + again))
        return out

    @cached_property
    def _body(self) -> list[Line]:
        """The lines, those that are nobody's words without any."""
        silent = {n for byline in self.bylines for n in range(byline.start, byline.end)}
        silent |= {n for n, line in enumerate(self.lines) if line.kind in ("noise", "replies")}
        silent |= self.furniture
        if self._title_line is not None:
            silent.add(self._title_line)
        below = [b.end for b in self.bylines if b.end < len(self.lines)]
        silent |= {n for n in below if self._is_subject(self.lines[n])}
        return [replace(x, text="", kind="noise") if n in silent else x for n, x in enumerate(self.lines)]

    def _drafts(self) -> list[Draft]:
        people = frozenset(normal(byline.name) for byline in self.bylines if byline.name)
        quotes = Finder(self._body, [byline.start for byline in self.bylines], people).find()
        found = extract_posts.drafts(self._body, self.bylines, quotes, self.keeps_bylines)
        first = self.bylines[0].start if self.bylines else 0
        return [d for d in found if d.start >= first or not self.bylines]

    def _bylines(self, heads: frozenset[str]) -> list[Byline]:
        """The bylines; a line "70 REPLIES 70" divides like one. Names alone count where they are a habit."""
        alone = Counter(
            normal(x.text) for x in self.lines if x.kind == "text" and extract_bylines.is_full_name(x.text)
        )
        habit = {name for name, count in alone.items() if count > 1 or name in heads}
        often = sum(alone[name] for name in habit)
        names = frozenset(alone if often > 5 else habit if often > 2 else ())
        found = extract_bylines.find(self.lines, names)
        inside = {n for byline in found for n in range(byline.start, byline.end)}
        dividers = [
            Byline(start=n, end=n + 1, is_divider=True)
            for n, x in enumerate(self.lines)
            if x.kind == "replies" and n not in inside
        ]
        return sorted([*found, *dividers], key=lambda byline: byline.start)

    def _is_subject(self, line: Line) -> bool:
        """ "Re: the topic" below a byline is no part of the post, when more than one post has it."""
        text = line.text.strip().lower()
        return self._said[text] > 1 if extract_lines.is_subject(line) else f"re: {text}" in self._said

    @cached_property
    def _said(self) -> Counter[str]:
        return Counter(line.text.strip().lower() for line in self.lines)

    @cached_property
    def _title_line(self) -> int | None:
        """The number of the line in the opening post that is the topic's title."""
        byline = next((b for b in self.bylines if b.name), None)
        if byline is None or byline.end + 1 >= len(self.lines):
            return None
        line, after = self.lines[byline.end], self.lines[byline.end + 1]
        text = line.text.strip()
        topic = (self.crumbs["topic"] or "").strip().removeprefix("Re: ").rstrip(".… ") if self.crumbs else ""
        if self._is_subject(line) or (topic and text.startswith(topic)):
            return byline.end
        stands_alone = after.gap > 0 and len(text) <= 100 and not _NO_TITLE.fullmatch(text)
        return byline.end if stands_alone and self.crumbs and byline is self.bylines[0] else None

    def _post(self, draft: Draft) -> Post:
        lines = range(draft.start, draft.end)
        quoted = {n for quote in draft.quotes for n in range(quote.head, quote.end)}
        own = untangle_text(self._joined(n for n in lines if n not in quoted))
        quotes = tuple(self._quotes(draft.quotes, len(own.quotes)))
        byline = draft.byline or Byline(start=0, end=0)
        return Post(
            id=byline.message_id or _hash(own.text, [quote.text for quote in quotes]),
            text=own.text,
            full_text=self._joined(lines),
            author=_author(byline),
            author_method="byline" if byline.name else None,
            author_confidence=1.0 if byline.name else None,
            position=byline.position,
            posted_at=parse_time(byline.posted, now=self.now) if byline.posted else None,
            edited_at=parse_time(byline.edited, now=self.now) if byline.edited else None,
            edited_by=byline.edited_by,
            edited_by_staff=bool(byline.edited_by and byline.edited_by not in (byline.name, byline.login)),
            reply_to_name=byline.reply_to,
            quotes=own.quotes + quotes,
        )

    def _quotes(self, found: Sequence[Found], before: int) -> Iterator[Quote]:
        """Stacked heads nest: the words belong to the innermost."""
        open_quotes: list[int] = []
        for number, quote in enumerate(found, before + 1):
            del open_quotes[quote.depth - 1 :]
            yield Quote(
                ordinal=number,
                depth=len(open_quotes) + 1,
                parent=open_quotes[-1] if open_quotes else None,
                text=self._joined(range(quote.start, quote.end)),
                attributed_to=quote.name,
            )
            open_quotes.append(number)

    def _joined(self, numbers: Iterator[int] | range) -> str:
        """Lines as a text: those that touch on the page stay together, others are paragraphs."""
        text = ""
        last = -2
        for n in numbers:
            line = self._body[n]
            if line.kind in ("noise", "rule"):
                continue
            touches = line.gap == 0 and n == last + 1
            text += ("\n" if touches else "\n\n" if text else "") + line.text.replace("\xa0", " ").strip(
                " \t\u200b\ufeff"
            )
            last = n
        return text.strip()


def _without_furniture(lines: list[Line]) -> list[Line]:
    """The page without its foot: a block of short lines that are no sentences, at the very end."""
    end = len(lines)
    while end and _is_furniture(lines[end - 1]) and (end == len(lines) or lines[end].gap == 0):
        end -= 1
    is_block = len(lines) - end >= 2 or all(line.kind == "noise" for line in lines[end:])
    return lines[:end] if is_block else lines


def _is_furniture(line: Line) -> bool:
    text = line.text.strip()
    if line.kind == "noise":
        return True
    return line.kind == "text" and text.istitle() and len(words(text)) <= 4 and text[-1].isalnum()


def _author(byline: Byline) -> Author | None:
    if not byline.name:
        return None
    return Author(
        name=byline.name,
        login=byline.login,
        user_id=byline.user_id,
        role=byline.rank,
        is_staff=bool(byline.rank and STAFF.search(byline.rank)),
    )


def _hash(text: str, quoted: list[str]) -> str:
    """An id that depends on the words alone: the page shows none."""
    seed = " ".join(words(" ".join([text, *(quoted if not text else quoted[:1])])))
    return blake2b(seed.encode(), digest_size=8).hexdigest()
