"""Who takes part: how many, how concentrated, how many new, and whether they are answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reports import charts, timelines, words
from reports.numbers import FEW, Share, counted, duration, grouped
from reports.period import Period
from reports.source import Source
from reports.timelines import Stretch

_WEEKLY = 105
"""Weeks drawn one by one; a longer history is drawn in stretches of four weeks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week of posts; its fields are the columns of `report_participation_weeks.sql`."""

    week: date
    posts: int
    people: int
    staff_posts: int
    new_people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How the posts are spread over people (`report_participation.sql`)."""

    people: int
    posts: int
    top_posts: int
    top_people: int
    once_only: int
    recent_people: int
    new_people: int
    nameless_posts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """How members' threads were answered (`report_answers.sql`)."""

    threads: int
    answered: int
    answered_by_staff: int
    median_hours: float | None
    timed: int
    staff: int
    """People known as staff at all: where the forum marks none, nobody can tell what staff wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A share with its name and what it means."""

    name: str
    share: Share
    meaning: str
    is_estimate: bool = True
    """It could have come out otherwise by chance; what was counted in full has no interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    measures: tuple[Measure, ...]
    sentence: str
    chart: charts.Chart | None


def participation(source: Source) -> Participation:
    """The participation section of the front page."""
    weeks = source.rows(Week, "participation_weeks")
    spread = source.one(Spread, "participation")
    answers = source.one(Answers, "answers")
    return Participation(
        measures=tuple(
            measure for measure in _measures(spread, answers, source.period) if measure.share.whole
        ),
        sentence=f"{_sentence(spread, answers)}{'' if answers.staff else ' Nobody is known as staff here.'}",
        chart=_chart(weeks),
    )


def _measures(spread: Spread, answers: Answers, period: Period) -> tuple[Measure, ...]:
    top, days = counted(spread.top_people, "person", "people"), counted(period.recent_days, "day")
    return (
        Measure(
            name="New voices",
            share=Share(spread.new_people, spread.recent_people if period.has_past else 0),
            meaning=f"of those who wrote in the last {days}, people never seen before",
        ),
        Measure(
            name="Concentration",
            share=Share(spread.top_posts, spread.posts if spread.people >= FEW else 0),
            meaning=f"posts written by the most active tenth ({top})",
            is_estimate=False,
        ),
        Measure(
            name="Once only",
            share=Share(spread.once_only, spread.people),
            meaning="people who wrote a single post",
        ),
        Measure(
            name="Answered",
            share=Share(answers.answered, answers.threads),
            meaning="threads opened by members that somebody else answered",
        ),
        Measure(
            name="Answered by staff",
            share=Share(answers.answered_by_staff, answers.threads if answers.staff else 0),
            meaning="threads opened by members in which staff wrote",
        ),
    )


def _sentence(spread: Spread, answers: Answers) -> str:
    if not spread.people:
        return "Nobody known by name wrote in this period."
    said = (
        f"{counted(spread.people, 'person', 'people')} wrote {counted(spread.posts, 'post')}"
        f"{_top_share(spread)}."
    )
    if spread.nameless_posts:
        said += f" {counted(spread.nameless_posts, 'more post has', 'more posts have')} no known author."
    if answers.median_hours is None:
        return said
    waits = duration(answers.median_hours)
    if answers.timed == 1:
        return f"{said} One thread of a member has a first answer whose time is known: within {waits}."
    threads = f"{answers.timed} answered threads of members"
    return f"{said} Half of the {threads} had their first answer within {waits}."


def _top_share(spread: Spread) -> str:
    """What the most active tenth wrote, where there are enough people to have one."""
    if spread.people < FEW:
        return ""
    top = Share(spread.top_posts, spread.posts)
    return f"; the most active tenth wrote {grouped(spread.top_posts)} of them ({top.percent})"


def _chart(weeks: Sequence[Week]) -> charts.Chart | None:
    if not weeks:
        return None
    span = 4 if (weeks[-1].week - weeks[0].week).days > 7 * _WEEKLY else 1
    unit = "week" if span == 1 else f"{span} weeks"
    found = _stretches(weeks, span, unit)
    return charts.chart(
        lambda width: timelines.bars(found, ("accent", "staff"), width),
        key="participation",
        title="Posts a week" if span == 1 else f"Posts every {unit}",
        sentence=_busiest(found, unit),
        alt=f"Bars of posts, members and staff, from {words.day(found[0].start)} to "
        f"{words.day(found[-1].end - timedelta(days=1))}, at most {max(sum(one.counts) for one in found)}.",
        table=_by_week(weeks) if span == 1 else _by_stretch(found, unit),
        legend=(("accent", "members"), ("staff", "staff")),
        links=(charts.Link("All threads", "threads.html"),),
    )


def _busiest(found: Sequence[Stretch], unit: str) -> str:
    top = max(found, key=lambda one: (sum(one.counts), one.start))
    posts = counted(sum(top.counts), "post")
    if len(found) == 1:
        return f"All in the {unit} from {words.day(top.start)}: {posts}."
    return f"Most in the {unit} from {words.day(top.start)}: {posts}, {top.counts[1] or 'none'} by staff."


def _by_week(weeks: Sequence[Week]) -> charts.Table:
    return charts.Table(
        headings=("Week of", "Posts", "By staff", "People", "New people"),
        rows=tuple(
            (words.day(week.week), week.posts, week.staff_posts, week.people, week.new_people)
            for week in weeks
        ),
    )


def _by_stretch(found: Sequence[Stretch], unit: str) -> charts.Table:
    """The bars as they are drawn; people of several weeks are no sum of those of each."""
    return charts.Table(
        headings=(f"{unit} from", "Posts", "By staff"),
        rows=tuple((words.day(one.start), sum(one.counts), one.counts[1]) for one in found),
    )


def _stretches(weeks: Sequence[Week], span: int, unit: str) -> list[Stretch]:
    """Posts by members and by staff, in stretches of `span` weeks; weeks without posts are left out."""
    first, step = weeks[0].week, timedelta(weeks=span)
    found: dict[date, list[Week]] = {}
    for week in weeks:
        found.setdefault(first + step * ((week.week - first) // step), []).append(week)
    return [_stretch(start, span, unit, of) for start, of in found.items()]


def _stretch(start: date, span: int, unit: str, weeks: Sequence[Week]) -> Stretch:
    posts, staff = sum(week.posts for week in weeks), sum(week.staff_posts for week in weeks)
    fresh = sum(week.new_people for week in weeks)
    return Stretch(
        start=start,
        days=7 * span,
        counts=(posts - staff, staff),
        says=f"{unit.capitalize()} from {words.day(start)}: {counted(posts, 'post')}, "
        f"{staff} by staff; {counted(fresh, 'new person', 'new people')}",
    )
