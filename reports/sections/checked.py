"""How far the tags can be trusted here: what people coded by hand, against what the machine says of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from reports.numbers import Share, counted
from reports.source import Source

_ASKED = {
    "proposals": "whether posts ask for something",
    "stance": "where posts stand toward the post they answer",
    "moderation": "whether posts moderate",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """One label of one task (`report_checked.sql`)."""

    task: str
    label: str
    posts: int
    coders: int
    codings: int
    alike: int
    """Codings in which the machine says the same."""
    alike_share: float
    """The same, by how many posts each coding stands for."""
    by_coder: int
    by_machine: int
    by_both: int
    coder_share: float
    machine_share: float

    @property
    def shares(self) -> tuple[str, str]:
        """Of all posts that the sample stands for: as coded, and as the machine says."""
        return _percent(self.coder_share), _percent(self.machine_share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What was coded of one task."""

    name: str
    sentence: str
    labels: tuple[Coded, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    tasks: tuple[Task, ...]

    @property
    def sentence(self) -> str:
        """What the front page says of it."""
        if not self.tasks:
            return "Tags are made by machine, and nobody has checked a sample of them in this community."
        return " ".join(task.sentence for task in self.tasks)


def checked(source: Source) -> Checked:
    """What people coded in this warehouse, whatever the period."""
    rows = source.rows(Coded, "checked")
    return Checked(tasks=tuple(_task(list(some)) for _, some in groupby(rows, lambda row: row.task)))


def _task(rows: Sequence[Coded]) -> Task:
    one = rows[0]
    return Task(
        name=one.task,
        sentence=f"{counted(one.coders, 'person', 'people')} read {counted(one.posts, 'post')} by hand for "
        f"{_ASKED[one.task]}: the tagger agrees with {Share(one.alike, one.codings).counts} of these "
        f"codings, and with {_percent(one.alike_share)} of what they would say of all posts.",
        labels=tuple(rows),
    )


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
