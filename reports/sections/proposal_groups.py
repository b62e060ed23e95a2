"""Who is for a proposal and who against it, by what is known of them: one board, newcomers, staff."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from reports import words
from reports.numbers import Share, grouped

GROUPS, NAMED, NEW_DAYS = 8, 20, 90
"""Groups of a kind, people named of a side, days for which somebody is new."""
_KINDS = {
    "community": "Community",
    "board": "Board where they said so",
    "standing": "Role",
    "stay": "Had written there for",
}
_VALUES = {
    "members": "members",
    "staff": "staff",
    "new": f"less than {NEW_DAYS} days",
    "longer": f"{NEW_DAYS} days or more",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """People of one kind who take a stance on one proposal (`report_groups.sql`)."""

    proposal_id: str
    kind: str
    name: str
    supporters: int
    opposers: int
    undecided: int
    for_it: list[dict[str, str]]
    against_it: list[dict[str, str]]
    total: int
    """Groups of this kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    author_id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The people of a group who are on one side."""

    side: str
    total: int
    people: tuple[Named, ...]

    @property
    def left_out(self) -> str:
        """How many are not named; empty where all are."""
        missing = self.total - len(self.people)
        return f" and {grouped(missing)} more" if missing else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    name: str
    sides: tuple[Side, Side]
    """For it, and against it."""
    undecided: int
    favour: Share
    """People for it, of those who took a side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Groups that differ in one thing."""

    title: str
    groups: tuple[Group, ...]
    total: int

    @property
    def left_out(self) -> str:
        """How many groups are not shown; empty where all are."""
        shown = len(self.groups)
        more = (
            f"the {shown} largest; {grouped(self.total - shown)} more in the view positions of the warehouse"
        )
        return more if self.total > shown else ""


def kinds(rows: Sequence[GroupRow]) -> tuple[Kind, ...]:
    """The groups of one proposal, kind by kind; `rows` are sorted by kind."""
    by_kind = {kind: list(some) for kind, some in groupby(rows, lambda row: row.kind)}
    return tuple(_kind(title, by_kind[kind]) for kind, title in _KINDS.items() if kind in by_kind)


def _kind(title: str, rows: Sequence[GroupRow]) -> Kind:
    return Kind(title=title, groups=tuple(map(_group, rows)), total=rows[0].total)


def sentence(found: Sequence[Kind]) -> str:
    """What differs more than chance would have it: groups whose 95 % intervals do not touch."""
    told = [text for kind in found for text in _differences(kind)]
    return " ".join(told) or "No group differs from the others by more than chance would have it."


def _group(row: GroupRow) -> Group:
    return Group(
        name=_VALUES[row.name] if row.kind in ("standing", "stay") else words.title(row.name),
        sides=(_side("for", row.supporters, row.for_it), _side("against", row.opposers, row.against_it)),
        undecided=row.undecided,
        favour=Share(row.supporters, row.supporters + row.opposers),
    )


def _side(side: str, total: int, people: Sequence[dict[str, str]]) -> Side:
    named = (Named(author_id=one["author_id"], name=words.person(one["name"])) for one in people)
    return Side(side=side, total=total, people=tuple(named))


def _differences(kind: Kind) -> Iterator[str]:
    """The group that is most for it against the one that is least, where the two differ."""
    told = [group for group in kind.groups if group.favour.whole]
    most = max(told, key=lambda group: group.favour.low, default=None)
    least = min(told, key=lambda group: group.favour.high, default=None)
    if most and least and most.favour.low > least.favour.high:
        yield (
            f"{kind.title}: {most.favour.text} of “{most.name}” are for it, "
            f"{least.favour.text} of “{least.name}”."
        )
