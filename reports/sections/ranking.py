"""Proposals ranked by net support: who is for, who is against, what is new."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from markupsafe import Markup

from reports import cells, words
from reports.numbers import Growth, Share, counted, dispersion, grouped, signed
from reports.period import Period
from reports.sections.evidence import Argument
from reports.sections.proposal_rows import DISCOVERED, Tally, Week, page_of

SPARK_WEEKS = 26
DISCOVERED_IN_FRONT = 8
"""Of these, shown on the front page."""
LEADING = 3
"""Proposals of equal support named in the sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A row of the ranking."""

    rank: str
    """Its place by net support, shared by equals; empty where nobody takes a side."""
    proposal_id: str
    page: str
    label: str
    origin: str
    supporters: int
    opposers: int
    said_supporters: int
    said_opposers: int
    undecided: int
    is_unread: bool
    net: int
    net_text: str
    mentions: int
    people: int
    favour: Share
    """People for, of those who took a side."""
    novelty: Share
    """People who spoke of it lately for the first time, of those who spoke of it lately."""
    lately: str
    """The novelty in words."""
    growth: Growth
    first_day: str
    support_page: str | None
    oppose_page: str | None
    raised_page: str | None
    """Where the evidence of each kind begins; None where there is none."""
    spark_says: str
    spark: Markup = field(metadata={"figure": False})
    sides: Markup = field(metadata={"figure": False})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """All proposals that anybody spoke of: most net support first, those without sides last."""

    rows: tuple[Ranked, ...]
    silent: tuple[str, ...]
    """Labels of the codebook's proposals that nobody spoke of."""
    left_out: int
    """Discovered proposals of few people that no page of the report shows."""
    sentence: str

    @property
    def front(self) -> tuple[Ranked, ...]:
        """The rows of the front page: all coded proposals, and the discovered ones of most people."""
        found = sorted((row for row in self.rows if row.origin == "discovered"), key=lambda row: -row.people)
        hidden = {row.proposal_id for row in found[DISCOVERED_IN_FRONT:]}
        return tuple(row for row in self.rows if row.proposal_id not in hidden)

    @property
    def is_partly_unread(self) -> bool:
        return any(row.is_unread for row in self.rows)

    @property
    def beyond(self) -> str:
        """What is left out of the whole list; empty where nothing is."""
        if not self.left_out:
            return ""
        return (
            f"{counted(self.left_out, 'discovered proposal')} of fewer people left out; the view "
            "proposal_leaderboard of the warehouse holds all."
        )


def ranking(
    counted_proposals: Sequence[Tally],
    by_week: Mapping[str, Sequence[Week]],
    found: Mapping[str, Sequence[Argument]],
    period: Period,
) -> Ranking:
    """The table of proposals; `found` is the evidence that its numbers lead to."""
    spoken = [tally for tally in counted_proposals if tally.is_spoken]
    nets = sorted((tally.net for tally in spoken if tally.has_sides), reverse=True)
    rows = tuple(
        _ranked(
            str(nets.index(tally.net) + 1) if tally.has_sides else "",
            tally,
            by_week.get(tally.proposal_id, []),
            pages_of(tally.proposal_id, found),
            drawn,
            period,
        )
        for tally, drawn in _drawn(spoken, by_week, period)
    )
    silent = tuple(
        words.title(tally.label)
        for tally in counted_proposals
        if tally not in spoken and tally.origin == "codebook"
    )
    left_out = max(0, max((tally.all_discovered for tally in counted_proposals), default=0) - DISCOVERED)
    return Ranking(rows=rows, silent=silent, left_out=left_out, sentence=_sentence(rows, left_out))


def _drawn(
    spoken: Sequence[Tally], by_week: Mapping[str, Sequence[Week]], period: Period
) -> Iterator[tuple[Tally, tuple[Markup, Markup]]]:
    """Each proposal with its sparkline and its sides."""
    series = [last_weeks(by_week.get(tally.proposal_id, []), period.until) for tally in spoken]
    balances = [
        cells.Sides(tally.supporters, tally.opposers, tally.said_supporters, tally.said_opposers)
        for tally in spoken
    ]
    return zip(spoken, zip(cells.sparks(series), cells.sides(balances), strict=True), strict=True)


def growth(tally: Tally, weeks: Sequence[Week], period: Period) -> Growth:
    """Mentions in the recent stretch against those before it, since the proposal was first seen."""
    past = (period.recent - tally.first_day).days if tally.first_day else 0
    return Growth(
        recent=tally.recent_mentions,
        recent_days=period.recent_days,
        past=tally.past_mentions,
        past_days=max(past, 0),
        dispersion=dispersion(_before(weeks, period.recent)),
    )


def _before(weeks: Sequence[Week], recent: date) -> list[int]:
    """Mentions in each whole week since the first one until the recent stretch, silence counted as zero."""
    past = {week.week: week.mentions for week in weeks if week.week + timedelta(weeks=1) <= recent}
    if not past:
        return []
    first = min(past)
    return [past.get(first + timedelta(weeks=at), 0) for at in range((recent - first).days // 7)]


def novelty(tally: Tally, period: Period) -> Share:
    """New people among those who spoke of it lately; nobody is counted where nothing is older."""
    return Share(tally.new_people, tally.recent_people if period.has_past else 0)


def lately(tally: Tally, period: Period) -> str:
    """New people among those who spoke of it lately: "3 of 12 (25 %)"."""
    if not period.has_past:
        return "nothing before" if period.is_dated else "no dates"
    return novelty(tally, period).text if tally.recent_people else "silent lately"


def against_past(growth: Growth, period: Period) -> str:
    """The growth in words, where there is a past to compare with."""
    if not period.has_past:
        return "nothing before to compare with" if period.is_dated else "no dates"
    return growth.text


def pages_of(proposal_id: str, found: Mapping[str, Sequence[Argument]]) -> dict[str, str]:
    """Where the evidence of each side of a proposal begins; sides without any are not in it."""
    page = page_of(proposal_id)
    return {argument.side: argument.page(page, 1) for argument in found.get(proposal_id, ())}


def _ranked(
    rank: str,
    tally: Tally,
    found: Sequence[Week],
    sides: Mapping[str, str],
    drawn: tuple[Markup, Markup],
    period: Period,
) -> Ranked:
    page = page_of(tally.proposal_id)
    return Ranked(
        rank=rank,
        proposal_id=tally.proposal_id,
        page=page,
        label=words.title(tally.label),
        origin=tally.origin,
        supporters=tally.supporters,
        opposers=tally.opposers,
        said_supporters=tally.said_supporters,
        said_opposers=tally.said_opposers,
        undecided=tally.undecided,
        is_unread=tally.is_unread,
        net=tally.net,
        net_text=signed(tally.net),
        mentions=tally.mentions,
        people=tally.people,
        favour=Share(tally.supporters, tally.supporters + tally.opposers),
        novelty=novelty(tally, period),
        lately=lately(tally, period),
        growth=growth(tally, found, period),
        first_day=words.day(tally.first_day),
        support_page=sides.get("support"),
        oppose_page=sides.get("oppose"),
        raised_page=sides.get("raised"),
        spark_says=_spark_says(last_weeks(found, period.until)),
        spark=drawn[0],
        sides=drawn[1],
    )


def _spark_says(counts: Sequence[int]) -> str:
    """What a sparkline shows, for whoever cannot see it."""
    top, weeks = max(counts), f"{len(counts)} weeks"
    return f"at most {top} a week over {weeks}" if top else f"no mention in the last {weeks}"


def last_weeks(found: Sequence[Week], until: date, number: int = SPARK_WEEKS) -> list[int]:
    """Mentions in each of the last weeks, silence counted as zero."""
    monday = until - timedelta(days=until.weekday())
    by_week = {week.week: week.mentions for week in found}
    return [by_week.get(monday - timedelta(weeks=back), 0) for back in range(number - 1, -1, -1)]


def _found(rows: Sequence[Ranked], left_out: int) -> str:
    """How many proposals there are; where some are left out, how many the report has."""
    how = "discovered" if all(row.is_unread for row in rows) else "found"
    shown = f", of which this report shows {grouped(len(rows))}" if left_out else ""
    return f"{counted(len(rows) + left_out, 'proposal')} {how}{shown}"


def _sentence(rows: Sequence[Ranked], left_out: int) -> str:
    if not rows:
        return "Nobody spoke of any proposal in this period."
    found, sided = _found(rows, left_out), [row for row in rows if row.supporters or row.opposers]
    if all(row.is_unread for row in rows):
        return f"{found}; none of the codebook's was spoken of. {_most_spoken_of(rows)}."
    if not sided:
        return f"{found}; nobody known by name takes a side on any of them."
    if len(rows) == 1:
        return f"{found}: {words.named(rows[0].label)} ({_balance(rows[0])})."
    last = sided[-1]
    if len(sided) > 1 and last.net < 0:
        return f"{found}. {_lead(sided)}; {words.named(last.label)} comes last ({_balance(last)})."
    return f"{found}. {_lead(sided)}."


def _most_spoken_of(rows: Sequence[Ranked]) -> str:
    first = max(rows, key=lambda row: row.people)
    return f"Most spoken of: {words.named(first.label)} ({counted(first.people, 'person', 'people')})"


def _lead(sided: Sequence[Ranked]) -> str:
    """The proposal of most net support; several where they have as much."""
    first = sided[0]
    equal = [row for row in sided if row.net == first.net]
    if len(equal) == 1:
        return f"{words.named(first.label)} has the most net support ({_balance(first)})"
    names = words.listed([words.named(row.label) for row in equal[:LEADING]])
    more = f", and {len(equal) - LEADING} more as much" if len(equal) > LEADING else ""
    return f"{names} have the most net support ({first.net_text} each{more})"


def _balance(row: Ranked) -> str:
    return f"{row.supporters or 'nobody'} for, {row.opposers or 'nobody'} against"
