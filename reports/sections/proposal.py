"""One proposal: its trend, where people stand over time, the evidence, its facets, threads and relatives."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports import charts, links, words
from reports.numbers import Growth, Share, counted, grouped, noun, signed
from reports.period import Period
from reports.sections import evidence as proof
from reports.sections.polls import Poll, poll
from reports.sections.proposal_charts import positions, trend
from reports.sections.proposal_groups import Kind, kinds, sentence
from reports.sections.proposal_rows import (
    RELATED,
    Details,
    Facet,
    Member,
    Mind,
    Relative,
    SpokenIn,
    Standing,
    Tally,
    Week,
    page_of,
)
from reports.sections.ranking import against_past, growth, lately, novelty
from reports.sections.thread_index import of_proposal

STRONGEST = 4
"""Sentences a side on the proposal's own page; the others stand on its pages of evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Camp:
    """The people of one side."""

    side: str
    members: tuple[Member, ...]
    total: int

    @property
    def name(self) -> str:
        return proof.NAMES[self.side]

    @property
    def said(self) -> tuple[Member, ...]:
        return tuple(member for member in self.members if member.is_said)

    @property
    def implied(self) -> tuple[Member, ...]:
        return tuple(member for member in self.members if not member.is_said)

    @property
    def left_out(self) -> str:
        """How many are not named; empty where all are."""
        missing = self.total - len(self.members)
        return f"and {grouped(missing)} more in the view positions of the warehouse" if missing else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadLine:
    title: str
    page: str | None
    url: str | None
    mentions: int
    people: int
    supporters: int
    opposers: int
    anchor: str
    """Where on the thread's page the posts of these counts are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Everything a proposal's page shows."""

    proposal_id: str
    page: str
    label: str
    description: str
    origin: str
    sentence: str
    mentions: int
    people: int
    proposers: int
    thread_count: int
    supporters: int
    opposers: int
    said_supporters: int
    said_opposers: int
    undecided: int
    is_unread: bool
    net_text: str
    favour: Share
    novelty: Share
    lately: str
    growth: Growth
    against_past: str
    lately_and_before: str
    """The mentions that this compares."""
    spoken_of: str
    """From when to when."""
    charts: tuple[charts.Chart, ...]
    arguments: tuple[proof.Argument, ...]
    facet_arguments: tuple[proof.Argument, ...]
    camps: tuple[Camp, ...]
    kinds: tuple[Kind, ...]
    """Who they are."""
    minds: tuple[Mind, ...]
    facets: tuple[Facet, ...]
    polls: tuple[Poll, ...]
    threads: tuple[ThreadLine, ...]
    relatives: tuple[Relative, ...]

    @property
    def evidence(self) -> dict[str, str]:
        """Where the evidence of each side begins."""
        return {argument.side: argument.page(self.page, 1) for argument in self.arguments}

    @property
    def facet_pages(self) -> dict[str, str]:
        """Where the passages on each facet begin."""
        return {argument.facet: argument.page(self.page, 1) for argument in self.facet_arguments}

    @property
    def case(self) -> tuple[proof.Argument, ...]:
        """What the page quotes: the sides, or, where nobody takes one, the passages that raise it."""
        sides = tuple(argument for argument in self.arguments if argument.side != "raised")
        return sides or self.arguments

    @property
    def raised(self) -> proof.Argument | None:
        """The passages that raise it, where the page quotes the sides instead."""
        raised = [argument for argument in self.arguments if argument.side == "raised"]
        return raised[0] if raised and len(self.arguments) > 1 else None

    @property
    def asked_but(self) -> str:
        """Why more people asked for it than are for it, where that is so and sides are read."""
        if self.is_unread or self.proposers <= self.supporters:
            return ""
        return (
            "More people asked for it than are for it: the sides count everybody by their last word, and "
            "who asked may have come to another one since, or never said one that is sure enough to count."
        )

    @property
    def differences(self) -> str:
        return sentence(self.kinds)

    @property
    def further_minds(self) -> str:
        """How many turns stand folded, and how many older ones are left out."""
        folded, older = len(self.minds) - STRONGEST, self.minds[0].total - len(self.minds)
        left_out = f"; {grouped(older)} before these {noun(older, 'is', 'are')} not shown" if older else ""
        return f"{counted(folded, 'earlier turn')}{left_out}"


def proposal(
    tally: Tally,
    weeks: Sequence[Week],
    known: Details,
    found: proof.Found,
    pages: dict[str, str],
    period: Period,
) -> Proposal:
    """The page of one proposal; `pages` says which threads have a page in this report."""
    key, rate = tally.proposal_id, growth(tally, weeks, period)
    arguments = found.sides.get(key, ())
    return Proposal(
        proposal_id=key,
        page=page_of(key),
        label=words.title(tally.label),
        description=words.clip(tally.description, 600),
        origin=tally.origin,
        sentence=_sentence(tally, rate, period),
        mentions=tally.mentions,
        people=tally.people,
        proposers=tally.proposers,
        thread_count=tally.threads,
        supporters=tally.supporters,
        opposers=tally.opposers,
        said_supporters=tally.said_supporters,
        said_opposers=tally.said_opposers,
        undecided=tally.undecided,
        is_unread=tally.is_unread,
        net_text=signed(tally.net),
        favour=Share(tally.supporters, tally.supporters + tally.opposers),
        novelty=novelty(tally, period),
        lately=lately(tally, period),
        growth=rate,
        against_past=against_past(rate, period),
        lately_and_before=_lately_and_before(rate) if period.has_past else "",
        spoken_of=words.days(tally.first_day, tally.last_day),
        charts=_charts(tally, weeks, known.standings.get(key, []), arguments, period),
        arguments=arguments,
        facet_arguments=found.facets.get(key, ()),
        camps=_camps(known.camps.get(key, [])),
        kinds=kinds(known.groups.get(key, [])),
        minds=tuple(known.minds.get(key, [])),
        facets=tuple(known.facets.get(key, [])),
        polls=tuple(poll(row) for row in known.polls.get(key, [])),
        threads=tuple(_line(row, pages) for row in known.threads.get(key, [])),
        relatives=tuple(known.relatives.get(key, [])[:RELATED]),
    )


def _lately_and_before(rate: Growth) -> str:
    lately = f"{counted(rate.recent, 'mention')} lately" if rate.recent else "none lately"
    return f"{lately}, {grouped(rate.past)} before"


def _charts(
    tally: Tally,
    weeks: Sequence[Week],
    standings: Sequence[Standing],
    arguments: Sequence[proof.Argument],
    period: Period,
) -> tuple[charts.Chart, ...]:
    page = page_of(tally.proposal_id)
    raised = tuple(
        charts.Link("The passages", argument.page(page, 1))
        for argument in arguments
        if argument.side == "raised"
    )
    sides = tuple(
        charts.Link(f"Evidence {argument.name}", argument.page(page, 1))
        for argument in arguments
        if argument.side != "raised"
    )
    drawn = (trend(weeks, period, raised), positions(standings, tally, period, sides))
    return tuple(chart for chart in drawn if chart)


def _camps(members: Sequence[Member]) -> tuple[Camp, ...]:
    sides = {side: [one for one in members if one.side == side] for side in proof.SIDES}
    return tuple(
        Camp(side=side, members=tuple(found), total=found[0].total) for side, found in sides.items() if found
    )


def _line(row: SpokenIn, pages: dict[str, str]) -> ThreadLine:
    return ThreadLine(
        title=words.title(row.title),
        page=pages.get(row.thread_id),
        url=links.outward(row.url),
        mentions=row.mentions,
        people=row.people,
        supporters=row.supporters,
        opposers=row.opposers,
        anchor=of_proposal(row.proposal_id),
    )


def _sentence(tally: Tally, rate: Growth, period: Period) -> str:
    if not tally.is_spoken:
        return "Nobody spoke of it in this period."
    said = (
        f"{_spoke(tally)} in {counted(tally.mentions, 'passage')} of {counted(tally.threads, 'thread')}; "
        f"{_sides(tally)}"
    )
    if period.has_past and rate.verdict in ("growing", "fading", "new"):
        said += f". In the last {counted(period.recent_days, 'day')}: {rate.text}"
    return said + "."


def _spoke(tally: Tally) -> str:
    """Whoever wrote the passages: some have no author that is known."""
    return f"{counted(tally.people, 'person', 'people')} spoke of it" if tally.people else "It is spoken of"


def _sides(tally: Tally) -> str:
    if tally.is_unread:
        return "who is for it and who against is not read"
    counts = (
        (tally.supporters, "for it"),
        (tally.opposers, "against it"),
        (tally.undecided, "for it in part"),
    )
    sides = [f"{counted(number, 'person is', 'people are')} {side}" for number, side in counts if number]
    return words.listed(sides) or "nobody known by name takes a side"
