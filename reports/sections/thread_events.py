"""What moderation did to a thread, put where it belongs between its posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reports import words
from reports.sections.moderation_events import named
from reports.sections.thread_index import act
from reports.sections.thread_rows import EventRow, PostRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    anchor: str
    text: str
    when: str
    excerpt: str


def placed(events: Sequence[EventRow], rows: Sequence[PostRow]) -> dict[str, tuple[Happened, ...]]:
    """Events by the post after which they stand: their own, else the last one written before them."""
    own = {row.post_id for row in rows}
    timed = sorted((row.stamp, at, row.post_id) for at, row in enumerate(rows) if row.stamp)
    found: dict[str, tuple[Happened, ...]] = {}
    for at, event in enumerate(events):
        key = event.post_id if event.post_id in own else _last_before(event.stamp, timed)
        found[key or ""] = (*found.get(key or "", ()), _happened(event, act(at)))
    return found


def _last_before(when: datetime | None, timed: Sequence[tuple[datetime, int, str]]) -> str:
    earlier = [post_id for at, _, post_id in timed if when is None or at <= when]
    return earlier[-1] if earlier else ""


def _happened(event: EventRow, anchor: str) -> Happened:
    by = f" by {words.person(event.actor)}" if event.actor else ""
    return Happened(
        anchor=anchor,
        text=f"{named(event.kind, event.maybe_by_author)}{by} ({', '.join(event.methods)})",
        when=("noticed " if event.is_detection else "") + words.minute(event.stamp),
        excerpt=words.clip(event.excerpt, 160),
    )
