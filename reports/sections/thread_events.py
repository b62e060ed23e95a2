"""What was done to a thread, and said to have become of it, put where it belongs between its posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reports import words
from reports.sections.ideas import status_name
from reports.sections.moderation_events import named
from reports.sections.thread_index import act
from reports.sections.thread_rows import EventRow, PostRow, StatusChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    anchor: str
    style: str
    """`moderation` or `status`."""
    text: str
    when: str
    excerpt: str


def placed(
    events: Sequence[EventRow], statuses: Sequence[StatusChange], rows: Sequence[PostRow]
) -> dict[str, tuple[Happened, ...]]:
    """What happened, by the post after which it stands: its own, else the last one written before it."""
    own = {row.post_id for row in rows}
    timed = sorted((row.stamp, at, row.post_id) for at, row in enumerate(rows) if row.stamp)
    done = [(event.stamp, event.post_id, _happened(event, act(at))) for at, event in enumerate(events)]
    said = [(change.stamp, None, _said(change, at)) for at, change in enumerate(statuses)]
    found: dict[str, tuple[Happened, ...]] = {}
    for stamp, post_id, happened in sorted(
        [*done, *said], key=lambda one: (one[0] is None, one[0] or datetime.min)
    ):
        key = post_id if post_id in own else _last_before(stamp, timed)
        found[key or ""] = (*found.get(key or "", ()), happened)
    return found


def _last_before(when: datetime | None, timed: Sequence[tuple[datetime, int, str]]) -> str:
    earlier = [post_id for at, _, post_id in timed if when is None or at <= when]
    return earlier[-1] if earlier else ""


def _happened(event: EventRow, anchor: str) -> Happened:
    by = f" by {words.person(event.actor)}" if event.actor else ""
    return Happened(
        anchor=anchor,
        style="moderation",
        text=f"{named(event.kind, event.maybe_by_author)}{by} ({', '.join(event.methods)})",
        when=("noticed " if event.is_detection else "") + words.minute(event.stamp),
        excerpt=words.clip(event.excerpt, 160),
    )


def _said(change: StatusChange, at: int) -> Happened:
    """Nobody knows the moment: it was said between two crawls."""
    return Happened(
        anchor=f"status-{at}",
        style="status",
        text=f"status {status_name(change.previous)} → {status_name(change.status)}",
        when="noticed " + words.minute(change.stamp),
        excerpt="",
    )
