"""When to look at a thread again: what a listing gives away, and what its own history teaches."""

import sqlite3
from datetime import datetime, timedelta
from hashlib import blake2b

from parse.model import ThreadRow

FIRST_INTERVAL = timedelta(days=1)
"""Between the first and the second look at a thread of which no listing tells."""
FASTER, SLOWER = 0.5, 1.5
"""A change halves the interval, a look for nothing stretches it by half: it settles where about every
second or third look finds something, whatever the rate."""
TIME_TOLERANCE = 60.0
"""Seconds by which a last-post time may differ and be the same."""
_MINUTE = 60.0
_LENGTHS = (_MINUTE, 3600.0, 86400.0, 7 * 86400.0, 30 * 86400.0, 365 * 86400.0)
"""What "3 hours ago" may be counted in."""
_IN_FULL = 1000
"""From here on counts may be rounded: "1.2k" hides an answer."""
_SLACK = 1.5
"""How many hours apart times may be that tell of one post and were told as "3 hours ago": one was cut off and
is up to an hour too late, the other one rounded and up to half of one too early."""
_SAME = 0.001
"""Seconds by which times differ that are kept as fractions."""
SPREAD = 0.25
"""Rotations come up to this share early, each thread its own, so that they do not all fall on one run."""


def differs(row: ThreadRow, known: sqlite3.Row, now: float, prefix: str = "") -> bool:
    """Whether a listing read just now says something else of a thread than was noted before.

    `prefix` "" compares with what a listing said last, "held_" with what it said when the thread was read.
    """
    if row.reply_count is not None and row.reply_count != known[f"{prefix}reply_count"]:
        return True
    if row.last_post_id is not None and row.last_post_id != known[f"{prefix}last_post_id"]:
        return True
    if row.title != known[f"{prefix}title"] or row.is_locked != bool(known[f"{prefix}is_locked"]):
        return True
    before = known[f"{prefix}last_post_at"]
    if row.last_post_at is None or before is None:
        return row.last_post_at is not None
    at, span = row.last_post_at.timestamp(), counted_in(row.last_post_at, now)
    if span and _is_as_before(row):
        return at - float(before) > _SLACK * span
    if span:  # what was rounded may have been half of it later
        return at + span / 2 > (known["fetched_at" if prefix else "listed_at"] or 0.0)
    return abs(at - float(before)) > TIME_TOLERANCE


def _is_as_before(row: ThreadRow) -> bool:
    """Whether a row that differs in nothing else shows, but for its time, that nobody has answered."""
    return row.last_post_id is not None or (row.reply_count is not None and row.reply_count < _IN_FULL)


def around(at: datetime, now: float) -> tuple[float, float]:
    """Up to when what was told is surely older than this, and from when on newer, however it was told."""
    span = counted_in(at, now)
    return at.timestamp() - _SLACK * span, at.timestamp() + _SLACK * span


def counted_in(at: datetime, now: float) -> float:
    """What a time was counted back in that was told as "3 hours ago": an hour. 0 if it was told as it is.

    Such a time lies whole minutes before the moment of the visit.
    """
    age = now - at.timestamp()
    if min(age % _MINUTE, _MINUTE - age % _MINUTE) > _SAME:
        return 0.0
    return max((length for length in _LENGTHS if length <= age + _SAME), default=_MINUTE)


def has_shrunk(known: sqlite3.Row) -> bool:
    """The listing counts fewer replies than when the thread was read: something was taken out of it."""
    said, held = known["reply_count"], known["held_reply_count"]
    return said is not None and held is not None and said < held


def is_behind(known: sqlite3.Row) -> bool:
    """What was read last is not what the listing says: the fetch failed, or is still to come."""
    names = ("title", "reply_count", "last_post_at", "last_post_id", "is_locked")
    return known["listed_at"] is not None and any(known[name] != known[f"held_{name}"] for name in names)


def is_told_of(known: sqlite3.Row) -> bool:
    """A listing shows when this thread changes, so that nobody needs to go and look."""
    return known["listed_at"] is not None and (
        known["reply_count"] is not None or known["last_post_at"] is not None
    )


def next_interval(last: float | None, changed: bool, low: timedelta, high: timedelta) -> float:
    """Seconds until the next look at a thread of which no listing tells, between the bounds."""
    wanted = FIRST_INTERVAL.total_seconds() if last is None else last * (FASTER if changed else SLOWER)
    return min(max(wanted, low.total_seconds()), high.total_seconds())


def rotation_due(known: sqlite3.Row, rotation: timedelta, now: float) -> bool:
    """Whether every page of the thread is to be read again, for edits and deletions deep in it."""
    if known["whole_at"] is None:
        return known["fetched_at"] is not None
    share = int.from_bytes(blake2b(known["thread_id"].encode(), digest_size=2).digest()) / 65536
    return bool(now >= known["whole_at"] + rotation.total_seconds() * (1 - SPREAD * share))
