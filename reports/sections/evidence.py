"""The sentences behind a number: short, attributed, linked to the post and to the archived page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from reports import links, words
from reports.numbers import approval, counted, grouped
from reports.source import Source

KEPT = 200
"""Sentences kept a proposal and side. Every count beyond that is said, with the query that gives the rest."""
PAGE = 50
"""Sentences on one page."""
CONTEXT = 200
"""Characters of a post shown where no words of it carry the stance."""
OF_SIDES = (
    "What people say of the proposal itself comes first, then what they said in agreeing or disagreeing with "
    "others"
)
ORDERS = {
    "raised": "Where it is asked for comes first, then where it is discussed, then advice",
    "outside": "The surest come first",
}
"""Of all other sides: `OF_SIDES`."""
SIDES = ("support", "oppose", "mixed", "raised")
NAMES = {
    "support": "for",
    "oppose": "against",
    "mixed": "for in part",
    "raised": "where it is raised",
    "outside": "asked for, but in no proposal",
}
ALONE = 16
"""Characters of a sentence that says too little alone ("No."): the next one comes along."""
AROUND = 240
"""Characters before and after the words that the queries give."""
_SENTENCE_END = re.compile(r"[.!?…]['\")\]”’]*\s+|\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One piece of evidence; its fields are the columns of the evidence queries."""

    proposal_id: str
    stance: str
    facet: str
    """The facet of the proposal that it is listed for; empty where for the proposal."""
    rank: int
    total: int
    confidence: float
    excerpt: str
    rule: str
    lead: str | None
    tail: str | None
    opening: str
    day: date | None
    post_id: str
    thread_id: str
    url: str | None
    state: str
    thread_title: str
    author_id: str | None
    author: str
    role: str
    is_staff: bool
    page_id: str | None
    like_count: int | None
    dislike_count: int | None
    answered_author: str | None
    answered: str | None
    """What a stance that is known by its answer answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence as a reader sees it."""

    answers: str
    """Whom it answers, where it is known by its answer; empty where its own words are about the proposal."""
    answered: str
    before: str
    words: str
    """What carries the tag; empty for a stance that a whole reply takes, known by what it answers."""
    after: str
    author_id: str | None
    author: str
    role: str
    is_staff: bool
    day: str
    thread_id: str
    post_id: str
    anchor: str
    thread_title: str
    url: str | None
    page_id: str | None
    """The archived page that shows it."""
    confidence: str
    rule: str
    is_gone: bool
    """No page shows the post any more."""
    approval: str
    """The post's likes and dislikes; empty where nobody gave any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """All evidence kept for one side of a proposal, or for one facet of it."""

    side: str
    facet: str
    """Empty where it is for all of the proposal."""
    items: tuple[Evidence, ...] = field(metadata={"figure": False})
    total: int
    """Sentences found, of which `items` are the strongest."""

    @property
    def name(self) -> str:
        return f"on {words.kind(self.facet)}" if self.facet else NAMES[self.side]

    @property
    def extent(self) -> str:
        """How much of what was found is shown, and in which order."""
        order = f"{ORDERS.get(self.side, OF_SIDES)}; everybody is heard once before anybody twice."
        if self.total > len(self.items):
            view = "mentions" if self.side in ORDERS else "evidence"
            return (
                f"The {grouped(len(self.items))} strongest of {counted(self.total, 'passage')}. {order} "
                f"The view “{view}” of the warehouse holds all."
            )
        return f"{counted(self.total, 'passage')}. {order}"

    def page(self, proposal_page: str, number: int) -> str:
        """The path of one page of it."""
        if self.side == "outside":
            return f"proposals/none-{number}.html"
        part = f"facet-{links.file_name(self.facet)}" if self.facet else self.side
        return f"{proposal_page.removesuffix('.html')}-{part}-{number}.html"

    @property
    def pages(self) -> tuple[tuple[Evidence, ...], ...]:
        return tuple(self.items[at : at + PAGE] for at in range(0, len(self.items), PAGE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The evidence kept, by proposal."""

    sides: dict[str, tuple[Argument, ...]]
    """In the order of `SIDES`."""
    facets: dict[str, tuple[Argument, ...]]
    outside: Argument | None
    """What is asked for and belongs to no proposal."""


def found(source: Source) -> Found:
    """Reads the evidence for every side and every facet of the proposals."""
    rows: dict[tuple[str, str, str], list[Sentence]] = {}
    for query in ("evidence", "mention_evidence"):
        for row in source.rows(Sentence, query, limit=KEPT):
            rows.setdefault((row.proposal_id, row.stance, row.facet), []).append(row)
    sides: dict[str, tuple[Argument, ...]] = {}
    facets: dict[str, tuple[Argument, ...]] = {}
    for (proposal_id, side, facet), said in sorted(rows.items(), key=_place):
        kind = facets if facet else sides
        kind[proposal_id] = (*kind.get(proposal_id, ()), _argument(side, facet, said))
    unplaced = source.rows(Sentence, "outside_evidence", limit=KEPT)
    outside = _argument("outside", "", unplaced) if unplaced else None
    return Found(sides=sides, facets=facets, outside=outside)


def _place(item: tuple[tuple[str, str, str], list[Sentence]]) -> tuple[str, int, str]:
    (proposal_id, side, facet), _ = item
    return proposal_id, SIDES.index(side), facet


def _argument(side: str, facet: str, rows: Sequence[Sentence]) -> Argument:
    return Argument(side=side, facet=facet, items=tuple(shown(row) for row in rows), total=rows[0].total)


def shown(row: Sentence) -> Evidence:
    """A row as a reader sees it."""
    before, after = around(row.lead or "", row.excerpt, row.tail or "")
    carried = words.excerpt(row.excerpt)
    return Evidence(
        answers=words.person(row.answered_author or "") if row.answered else "",
        answered=words.clip(row.answered or "", CONTEXT),
        before=before if carried else words.clip(row.opening, CONTEXT),
        words=carried,
        after=after,
        author_id=row.author_id,
        author=words.person(row.author),
        role=words.clip(row.role, 40),
        is_staff=row.is_staff,
        day=words.day(row.day),
        thread_id=row.thread_id,
        post_id=row.post_id,
        anchor=links.anchor(row.post_id),
        thread_title=words.title(row.thread_title),
        url=links.outward(row.url),
        page_id=row.page_id,
        confidence=f"{row.confidence:.2f}",
        rule=words.clip(row.rule, 80),
        is_gone=row.state in ("removed", "ghost"),
        approval=approval(row.like_count, row.dislike_count),
    )


def around(lead: str, carried: str, tail: str) -> tuple[str, str]:
    """The rest of the sentence before and after the words that carry a tag, cut with an ellipsis where it is
    longer than we hold; with the sentence after it where it says too little alone."""
    starts = [match.end() for match in _SENTENCE_END.finditer(lead)]
    before = lead[starts[-1] :] if starts else ("…" + lead.partition(" ")[2] if len(lead) >= AROUND else lead)
    ends = [match.end() for match in _SENTENCE_END.finditer(tail)]
    if ends and len(before + carried) + ends[0] < ALONE:
        del ends[0]
    after = tail[: ends[0]] if ends else (tail.rpartition(" ")[0] + "…" if len(tail) >= AROUND else tail)
    return before.lstrip(), after.rstrip()


def threads_of(arguments: Sequence[Argument], each: int) -> list[str]:
    """The threads that the first `each` sentences of every argument come from, in that order."""
    return list(dict.fromkeys(item.thread_id for side in arguments for item in side.items[:each]))
