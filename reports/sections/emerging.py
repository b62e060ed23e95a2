"""What is coming up: proposals no code covers yet, and those that grow against their own past."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from reports import cells, words
from reports.numbers import Growth, Share
from reports.period import Period
from reports.sections.evidence import Argument
from reports.sections.proposal_rows import Tally, Week, page_of
from reports.sections.ranking import growth, novelty, pages_of

SHOWN = 12
_ORDER = {"new": 0, "growing": 0, "unclear": 1, "fading": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rising:
    """One proposal and how often it is spoken of against its own past."""

    proposal_id: str
    page: str
    label: str
    origin: str
    mentions: int
    people: int
    growth: Growth
    verdict: str
    novelty: Share
    first_day: str
    raised_page: str | None
    """Where the passages that raise it begin; None where the period holds none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Emerging:
    rows: tuple[Rising, ...]
    sentence: str
    ranges: tuple[Markup, ...] = field(metadata={"figure": False})
    """Beside each of the rows."""


def emerging(
    tallies: Sequence[Tally],
    weeks: Mapping[str, Sequence[Week]],
    found: Mapping[str, Sequence[Argument]],
    period: Period,
) -> Emerging:
    """Proposals spoken of in the recent stretch, and those that fell silent; clear cases first."""
    spoken = [
        _rising(tally, weeks.get(tally.proposal_id, []), pages_of(tally.proposal_id, found), period)
        for tally in tallies
        if period.has_past and (tally.recent_mentions or tally.past_mentions)
    ]
    worth = [row for row in spoken if _is_worth(row)]
    worth.sort(key=lambda row: (_ORDER[row.verdict], -row.growth.recent, row.proposal_id))
    shown = worth[:SHOWN]
    ranges = cells.ranges([_range(row.growth) for row in shown])
    return Emerging(rows=tuple(shown), sentence=_sentence(worth, period), ranges=tuple(ranges))


def _range(growth: Growth) -> cells.Range | None:
    """None where there is nothing to compare, or too little."""
    return cells.Range(growth.ratio, *growth.interval) if growth.is_told else None


def _is_worth(row: Rising) -> bool:
    return row.growth.recent > 0 or row.verdict == "fading"


def _rising(tally: Tally, weeks: Sequence[Week], pages: Mapping[str, str], period: Period) -> Rising:
    rate = growth(tally, weeks, period)
    return Rising(
        proposal_id=tally.proposal_id,
        page=page_of(tally.proposal_id),
        label=words.title(tally.label),
        origin=tally.origin,
        mentions=tally.mentions,
        people=tally.people,
        growth=rate,
        verdict=rate.verdict,
        novelty=novelty(tally, period),
        first_day=words.day(tally.first_day),
        raised_page=pages.get("raised"),
    )


def _sentence(rows: Sequence[Rising], period: Period) -> str:
    if not period.is_dated:
        return "No post carries a date, so what is emerging cannot be told."
    if not period.has_past:
        return f"No post is older than {words.day(period.recent)}, so what is new among them cannot be told."
    risen = [row for row in rows if row.verdict in ("new", "growing")]
    stretch = f"the last {period.recent_days} days"
    if not risen:
        fading = words.listed([words.named(row.label) for row in rows if row.verdict == "fading"][:3])
        more = " more often than chance would explain" if rows else ""
        said = f"Nothing was raised in {stretch}{more}"
        return f"{said}; clearly less often than before: {fading}." if fading else f"{said}."
    names = words.listed([words.named(row.label) for row in risen[:3]])
    return f"New or clearly growing in {stretch}: {names}{' and others' if len(risen) > 3 else ''}."
