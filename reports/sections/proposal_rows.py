"""What the warehouse holds of the proposals that a report shows: rows, proposal by proposal."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from reports import links, words
from reports.numbers import Share
from reports.sections import evidence as proof
from reports.sections.polls import PollRow
from reports.sections.proposal_groups import GROUPS, NAMED, NEW_DAYS, GroupRow
from reports.source import Source

DISCOVERED = 40
"""Discovered proposals reported on: those that most people speak of."""
THREADS, RELATED, MINDS, CAMP, POLLS = 12, 8, 20, 60, 6
"""Shown of one proposal: threads, relatives, people who changed sides, people of a side, polls."""


def page_of(proposal_id: str) -> str:
    """Where its page stands in the report."""
    return f"proposals/{links.file_name(proposal_id)}.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One proposal counted; its fields are the columns of `report_proposals.sql`."""

    proposal_id: str
    label: str
    description: str
    origin: str
    mentions: int
    posts: int
    people: int
    proposers: int
    threads: int
    recent_mentions: int
    past_mentions: int
    first_day: date | None
    last_day: date | None
    supporters: int
    opposers: int
    said_supporters: int
    said_opposers: int
    """Of these, people with words about the proposal; the others are known by how they answer somebody."""
    undecided: int
    end_supporters: int
    end_opposers: int
    start_supporters: int
    start_opposers: int
    recent_people: int
    new_people: int
    all_discovered: int
    """Discovered proposals in the warehouse, those left out here included."""

    @property
    def is_spoken(self) -> bool:
        """Somebody spoke of it in the period."""
        return bool(self.mentions or self.supporters or self.opposers or self.undecided)

    @property
    def has_history(self) -> bool:
        """Somebody spoke of it, in the period or before it: it has a page."""
        return self.is_spoken or bool(self.recent_mentions or self.past_mentions or self.end_sides)

    @property
    def has_sides(self) -> bool:
        """Somebody known by name is for it or against it."""
        return bool(self.supporters or self.opposers)

    @property
    def is_unread(self) -> bool:
        """No side was looked for: what only shares words may be asked for by some, refused by others."""
        return self.origin == "discovered" and not (self.has_sides or self.undecided)

    @property
    def end_sides(self) -> int:
        return self.end_supporters + self.end_opposers

    @property
    def net(self) -> int:
        return self.supporters - self.opposers

    @property
    def net_change(self) -> int:
        """How far net support moved in the recent stretch, over everything said until then."""
        return (self.end_supporters - self.end_opposers) - (self.start_supporters - self.start_opposers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Mentions of one proposal in one week."""

    proposal_id: str
    week: date
    mentions: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """People for and against at the end of a week (`report_position_weeks.sql`)."""

    proposal_id: str
    week: date
    supporters: int
    opposers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mind:
    """Somebody who changed sides (`report_minds.sql`)."""

    proposal_id: str
    author_id: str
    author: str
    earlier: str
    later: str
    day: date | None
    post_id: str
    thread_id: str
    excerpt: str
    lead: str | None
    tail: str | None
    opening: str
    url: str | None
    page_id: str | None
    total: int
    """Of all turns on this proposal within the period."""

    @property
    def name(self) -> str:
        return words.person(self.author)

    @property
    def turn(self) -> str:
        return f"from {proof.NAMES[self.earlier]} to {proof.NAMES[self.later]}"

    @property
    def when(self) -> str:
        return words.day(self.day)

    @property
    def anchor(self) -> str:
        return links.anchor(self.post_id)

    @property
    def link(self) -> str | None:
        return links.outward(self.url)

    @property
    def short(self) -> str:
        """The sentence that holds the words; the opening of the post where no words carry the turn."""
        before, after = proof.around(self.lead or "", self.excerpt, self.tail or "")
        carried = f"{before}{self.excerpt}{after}" if self.excerpt else self.opening
        return words.excerpt(carried)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A side of the proposal that people speak of (`report_facets.sql`)."""

    proposal_id: str
    facet: str
    mentions: int
    people: int

    @property
    def name(self) -> str:
        return words.kind(self.facet)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenIn:
    """A thread that speaks of the proposal (`report_proposal_threads.sql`)."""

    proposal_id: str
    thread_id: str
    title: str
    url: str | None
    mentions: int
    people: int
    supporters: int
    opposers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """A proposal raised in the same threads (`report_related.sql`)."""

    proposal_id: str
    related_id: str
    label: str
    shared: int
    own_threads: int
    related_threads: int

    @property
    def name(self) -> str:
        return words.title(self.label)

    @property
    def page(self) -> str:
        return page_of(self.related_id)

    @property
    def share(self) -> Share:
        return Share(self.shared, self.own_threads)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who is for or against it (`report_camps.sql`)."""

    proposal_id: str
    side: str
    author_id: str
    name: str
    is_said: bool
    """They have words about the proposal; else they answered somebody who has."""
    is_staff: bool
    told_by_site: str | None
    """Where they write, if somebody else on this side has the same name."""
    total: int

    @property
    def shown(self) -> str:
        return words.person(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedIn(PollRow):
    """A poll in a post that speaks of it; its fields are the columns of `report_proposal_polls.sql`."""

    proposal_id: str


Row = TypeVar("Row", Standing, Mind, Facet, SpokenIn, Relative, Member, GroupRow, AskedIn)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What the proposal pages need beyond the ranking, by proposal."""

    standings: dict[str, list[Standing]]
    minds: dict[str, list[Mind]]
    facets: dict[str, list[Facet]]
    threads: dict[str, list[SpokenIn]]
    relatives: dict[str, list[Relative]]
    camps: dict[str, list[Member]]
    groups: dict[str, list[GroupRow]]
    polls: dict[str, list[AskedIn]]


def tallies(source: Source) -> list[Tally]:
    """Every proposal counted, most net support first."""
    return source.rows(Tally, "proposals", discovered=DISCOVERED)


def weeks(source: Source) -> dict[str, list[Week]]:
    """Mentions by proposal and week, over all time until the period's end."""
    found: dict[str, list[Week]] = {}
    for week in source.rows(Week, "proposal_weeks"):
        found.setdefault(week.proposal_id, []).append(week)
    return found


def details(source: Source, paged: Container[str]) -> Details:
    """Reads what all proposal pages need, one query each; `paged` are the proposals that have a page."""
    relatives = source.rows(Relative, "related", limit=10 * RELATED)
    return Details(
        standings=_grouped(source.rows(Standing, "position_weeks")),
        minds=_grouped(source.rows(Mind, "minds", limit=MINDS)),
        facets=_grouped(source.rows(Facet, "facets")),
        threads=_grouped(source.rows(SpokenIn, "proposal_threads", limit=THREADS)),
        relatives=_grouped([row for row in relatives if row.related_id in paged]),
        camps=_grouped(source.rows(Member, "camps", limit=CAMP)),
        polls=_grouped(source.rows(AskedIn, "proposal_polls", limit=POLLS)),
        groups=_grouped(source.rows(GroupRow, "groups", new_days=NEW_DAYS, named=NAMED, limit=GROUPS)),
    )


def _grouped(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.proposal_id, []).append(row)
    return found
