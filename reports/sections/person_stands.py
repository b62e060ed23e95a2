"""Where one person stands on each proposal, drawn over time and said in a sentence."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from reports import lanes, words
from reports.numbers import counted
from reports.sections.evidence import NAMES
from reports.sections.person_rows import SaidRow, StandRow
from reports.sections.proposal_rows import page_of as proposal_page

_LISTED = 3
"""Proposals named in the sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where they stand on one proposal, and how they came there."""

    label: str
    page: str | None
    side: str
    """Their last side; `raised` where they only asked for it."""
    side_name: str
    statements: int
    anchor: str | None
    """The newest of them on the page; None where it shows newer ones only."""
    lane: Markup = field(metadata={"figure": False})


def statements(rows: Sequence[StandRow], said: Sequence[SaidRow]) -> list[list[lanes.Statement]]:
    """For each proposal that they stand on, those of their statements that the page shows."""
    by_proposal: dict[str, list[lanes.Statement]] = {row.proposal_id: [] for row in rows}
    for number, one in enumerate(said, start=1):
        by_proposal.setdefault(one.proposal_id, []).append(_statement(number, one))
    return [by_proposal[row.proposal_id] for row in rows]


def stands(
    rows: Sequence[StandRow],
    shown: Sequence[Sequence[lanes.Statement]],
    drawn: Sequence[Markup],
    paged: Container[str],
) -> tuple[Stand, ...]:
    """Where they stand by proposal; beside it, the statements `shown`, as `drawn`."""
    return tuple(_stand(row, said, paged, lane) for row, said, lane in zip(rows, shown, drawn, strict=True))


def more_stands(rows: Sequence[StandRow]) -> str:
    more = rows[0].total - len(rows) if rows else 0
    return f"{counted(more, 'more proposal')} of which they said less." if more else ""


def stretch(said: Sequence[SaidRow], drawn: Container[str]) -> tuple[str, ...]:
    """The ends of the lanes: the first and the last day with a statement on the proposals drawn."""
    days = [row.stamp.date() for row in said if row.stamp and row.proposal_id in drawn]
    return (words.day(min(days)), words.day(max(days))) if days else ()


def _stand(row: StandRow, shown: Sequence[lanes.Statement], paged: Container[str], lane: Markup) -> Stand:
    return Stand(
        label=words.title(row.label),
        page=proposal_page(row.proposal_id) if row.proposal_id in paged else None,
        side=row.side,
        side_name=side_name(row.side),
        statements=row.statements,
        anchor=shown[0].anchor if shown else None,
        lane=lane,
    )


def _statement(number: int, row: SaidRow) -> lanes.Statement:
    return lanes.Statement(
        day=row.stamp.date() if row.stamp else None,
        side=row.side,
        anchor=said_anchor(number),
        says=f"{words.day(row.stamp)}, {side_name(row.side)}: {words.clip(row.excerpt or row.opening, 100)}",
    )


def said_anchor(number: int) -> str:
    return f"said-{number}"


def side_name(side: str) -> str:
    return "asks for it" if side == "raised" else NAMES[side]


def sides(found: Sequence[Stand]) -> str:
    """On which side of what they stand; empty where on none."""
    return "; ".join(
        f"{NAMES[side]} {words.listed([words.named(one.label) for one in some[:_LISTED]])}{_more(some)}"
        for side, some in _by_side(found).items()
    )


def _by_side(stands: Sequence[Stand]) -> Mapping[str, list[Stand]]:
    found: dict[str, list[Stand]] = {}
    for stand in stands:
        if stand.side != "raised":
            found.setdefault(stand.side, []).append(stand)
    return found


def _more(found: Sequence[Stand]) -> str:
    return f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
