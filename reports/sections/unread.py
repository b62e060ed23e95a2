"""The sites that could not be read lately: a report that is out of date looks like one of a quiet forum."""

from dataclasses import dataclass
from datetime import datetime

from reports import words
from reports.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A site whose last crawl brought nothing; its fields are the columns of `report_unread.sql`."""

    site: str
    read_at: datetime | None
    """When a crawl last brought anything."""

    @property
    def sentence(self) -> str:
        name = words.clip(self.site, 60)
        if self.read_at is None:
            return f"{name} could not be read yet: nothing of it is in this report."
        when = words.day(self.read_at.date())
        return f"{name} was last read on {when}; no crawl since then brought anything."


def unread(source: Source) -> tuple[Unread, ...]:
    return tuple(source.rows(Unread, "unread"))
