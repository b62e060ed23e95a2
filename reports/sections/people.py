"""Who has a page: the people whom the report names. The list of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reports.numbers import counted
from reports.sections import person, person_rows
from reports.sections.evidence import Argument
from reports.sections.proposal import STRONGEST
from reports.sections.proposal_rows import Mind
from reports.source import Source

PAGES = 200
"""People with a page; a forum of a million posts has more, and the warehouse holds them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Active:
    """How much an account wrote (`report_people_active.sql`)."""

    author_id: str
    posts: int
    shown_posts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    rows: tuple[person.Person, ...]
    sentence: str

    @property
    def pages(self) -> dict[str, str]:
        """The page of each account that has one."""
        return {row.author_id: row.page for row in self.rows}


def people(
    source: Source,
    *,
    arguments: Iterable[Sequence[Argument]],
    minds: Iterable[Sequence[Mind]],
    actors: Iterable[str | None],
    threads: Mapping[str, str],
    paged: Sequence[str],
) -> People:
    """The people named by the evidence shown, by changed minds and by moderation, then those who wrote most
    in the threads shown; `paged` are the proposals that have a page."""
    active = source.rows(Active, "people_active", thread_ids=list(threads), limit=PAGES)
    wanted = (
        *(item.author_id for sides in arguments for side in sides for item in side.items[:STRONGEST]),
        *(mind.author_id for found in minds for mind in found),
        *actors,
        *(row.author_id for row in active),
    )
    chosen = list(dict.fromkeys(key for key in wanted if key))[:PAGES]
    rows = person.persons(person_rows.known(source, chosen), paged)
    return People(rows=rows, sentence=_sentence(rows))


def _sentence(rows: Sequence[person.Person]) -> str:
    return (
        f"{counted(len(rows), 'person', 'people')} whom this report names: by the evidence that it shows, by "
        "moderation, or because they wrote most. Counted is what they wrote within the period."
    )
