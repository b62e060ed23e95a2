"""Who takes part: how many, how concentrated, how many new, and whether they are answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reports import charts, timelines, words
from reports.numbers import Share, counted, duration
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A share with its name and what it means."""

    name: str
    share: Share
    meaning: str


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
        measures=_measures(spread, answers, source.period.recent_days),
        sentence=_sentence(spread, answers),
        chart=_chart(weeks),
    )


def _measures(spread: Spread, answers: Answers, days: int) -> tuple[Measure, ...]:
    top = counted(spread.top_people, "person", "people")
    return (
        Measure(
            name="New voices",
            share=Share(spread.new_people, spread.recent_people),
            meaning=f"of those who wrote in the last {days} days, people never seen before",
        ),
        Measure(
            name="Concentration",
            share=Share(spread.top_posts, spread.posts),
            meaning=f"posts written by the most active tenth ({top})",
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
            share=Share(answers.answered_by_staff, answers.threads),
            meaning="threads opened by members in which staff wrote",
        ),
    )


def _sentence(spread: Spread, answers: Answers) -> str:
    if not spread.people:
        return "Nobody known by name wrote in this period."
    said = (
        f"{counted(spread.people, 'person', 'people')} wrote {counted(spread.posts, 'post')}; the most "
        f"active tenth wrote {_top_share(spread)}."
    )
    if spread.nameless_posts:
        said += f" {counted(spread.nameless_posts, 'more post has', 'more posts have')} no known author."
    if answers.median_hours is None:
        return said
    return (
        f"{said} A member's thread waits {duration(answers.median_hours)} for its first answer (median of "
        f"{answers.timed})."
    )


def _top_share(spread: Spread) -> str:
    top = Share(spread.top_posts, spread.posts)
    return f"{counted(spread.top_posts, 'post')} of them" + (f" ({top.percent})" if top.percent else "")


def _chart(weeks: Sequence[Week]) -> charts.Chart | None:
    if not weeks:
        return None
    span = 4 if (weeks[-1].week - weeks[0].week).days > 7 * _WEEKLY else 1
    found = _stretches(weeks, span)
    top = max(weeks, key=lambda week: (week.posts, week.week))
    return charts.chart(
        lambda width: timelines.bars(found, ("accent", "staff"), width),
        key="participation",
        title="Posts a week" if span == 1 else f"Posts every {span} weeks",
        sentence=f"The busiest week began {words.day(top.week)}: {counted(top.posts, 'post')} by "
        f"{counted(top.people, 'person', 'people')}.",
        alt=f"Bars of posts, members and staff, from {words.day(weeks[0].week)} to "
        f"{words.day(weeks[-1].week)}, at most {top.posts} a week.",
        table=charts.Table(
            headings=("Week of", "Posts", "By staff", "People", "New people"),
            rows=tuple(
                (words.day(week.week), week.posts, week.staff_posts, week.people, week.new_people)
                for week in weeks
            ),
        ),
        legend=(("accent", "members"), ("staff", "staff")),
        links=(charts.Link("All threads", "threads.html"),),
    )


def _stretches(weeks: Sequence[Week], span: int) -> list[Stretch]:
    """Posts by members and by staff, in stretches of `span` weeks; weeks without posts are left out."""
    first, step = weeks[0].week, timedelta(weeks=span)
    found: dict[date, list[Week]] = {}
    for week in weeks:
        found.setdefault(first + step * ((week.week - first) // step), []).append(week)
    return [_stretch(start, span, of) for start, of in found.items()]


def _stretch(start: date, span: int, weeks: Sequence[Week]) -> Stretch:
    posts, staff = sum(week.posts for week in weeks), sum(week.staff_posts for week in weeks)
    fresh = sum(week.new_people for week in weeks)
    return Stretch(
        start=start,
        days=7 * span,
        counts=(posts - staff, staff),
        says=f"{'Week' if span == 1 else f'{span} weeks'} from {words.day(start)}: {counted(posts, 'post')}, "
        f"{staff} by staff; {counted(fresh, 'new person', 'new people')}",
    )
