"""What was put to the vote, and how the vote stood when it was last seen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from reports import cells, links, words
from reports.numbers import Share, counted, signed

QUESTION, OPTION, OPTIONS = 300, 200, 20
"""Characters of a question and of an option, options of a poll; more stands at the original."""
NAMELESS = "(no words)"
"""A question or an option of nothing that can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollRow:
    """A poll; its fields are the columns of `report_thread_polls.sql`."""

    poll_id: str
    thread_id: str
    thread_title: str
    url: str | None
    """Of the post that asks, else of the thread."""
    post_id: str | None
    question: str
    voters: int | None
    is_closed: bool | None
    closes: datetime | None
    first_seen: datetime
    seen: datetime
    options: list[str]
    votes: list[int | None]
    """Of each option; None where the forum never showed them."""
    gained: list[int | None]
    """Since it was seen first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    text: str
    votes: int | None
    voters: int
    """Or all votes, where the forum does not say how many people voted."""
    gained: int | None
    bar: Markup = field(metadata={"figure": False})

    @property
    def share(self) -> str:
        return "not shown" if self.votes is None else Share(self.votes, max(self.voters, self.votes)).text

    @property
    def more(self) -> str:
        return signed(self.gained) if self.gained else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    question: str
    thread_id: str
    thread_title: str
    url: str | None
    anchor: str
    """The post that asks, on the page of its thread; empty where it is not known."""
    choices: tuple[Choice, ...]
    left_out: str
    """How many options are not shown; empty where all are."""
    since: str
    """When it was seen first, where votes have come in since."""
    note: str


def poll(row: PollRow) -> Poll:
    shown = row.votes[:OPTIONS]
    total = row.voters or sum(votes or 0 for votes in row.votes)
    bars = cells.meters([votes or 0 for votes in shown])
    return Poll(
        question=words.clip(row.question, QUESTION) or NAMELESS,
        thread_id=row.thread_id,
        thread_title=words.title(row.thread_title),
        url=links.outward(row.url),
        anchor=links.anchor(row.post_id) if row.post_id else "",
        choices=tuple(
            Choice(
                text=words.clip(option, OPTION) or NAMELESS, votes=votes, voters=total, gained=gained, bar=bar
            )
            for option, bar, votes, gained in zip(row.options, bars, shown, row.gained, strict=False)
        ),
        left_out=counted(len(row.options) - OPTIONS, "more option") if len(row.options) > OPTIONS else "",
        since=words.day(row.first_seen) if any(row.gained) else "",
        note=_note(row, total),
    )


def _note(row: PollRow, total: int) -> str:
    """ "50 voters; ended 11 May 2024; seen last on 15 May 2024"."""
    if all(votes is None for votes in row.votes):
        count = "the forum does not show the votes"
    else:
        count = counted(total, "voter" if row.voters else "vote")
    return "; ".join(filter(None, (count, *_end(row), f"seen last on {words.day(row.seen)}")))


def _end(row: PollRow) -> Sequence[str]:
    if row.is_closed:
        return (f"ended {words.day(row.closes)}" if row.closes else "ended",)
    return (f"open until {words.day(row.closes)}",) if row.closes else ()
