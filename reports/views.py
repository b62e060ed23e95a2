"""Everything the pages of a report show, but the threads themselves."""

from dataclasses import dataclass, field

from reports.sections.checked import Checked
from reports.sections.contested import Contested
from reports.sections.emerging import Emerging
from reports.sections.evidence import Argument
from reports.sections.ideas import Ideas
from reports.sections.moderation import Moderation
from reports.sections.moderation_events import Ledger, Month
from reports.sections.participation import Participation
from reports.sections.people import People
from reports.sections.proposal import Proposal
from reports.sections.ranking import Ranking
from reports.sections.summary import Changes, Summary
from reports.sections.unread import Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """The sections of the front page in its order, then what the other pages add."""

    summary: Summary
    unread: tuple[Unread, ...]
    checked: Checked
    changes: Changes
    ranking: Ranking
    outside: Argument | None
    ideas: Ideas
    emerging: Emerging
    contested: Contested
    moderation: Moderation
    participation: Participation
    proposals: tuple[Proposal, ...]
    threads: Contested
    timeline: tuple[Month, ...]
    ledgers: tuple[Ledger, ...] = field(metadata={"figure": False})
    people: People
