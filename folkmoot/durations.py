"""Spans of time as people write them: 30m, 6h, 2d, 1w."""

import re
from datetime import timedelta

_UNITS = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
    "s": timedelta(seconds=1),
}
"""The largest first."""


def written(span: timedelta) -> str:
    """Six hours → `6h`: as people write it, in the largest unit that leaves no rest."""
    units = (f"{span // size}{unit}" for unit, size in _UNITS.items() if not span % size)
    return next(units, str(span))


def parse_duration(text: str) -> timedelta:
    """`6h` → six hours. Raises ValueError for anything else than a number and one of s m h d w."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([smhdw])\s*", text)
    if not match or float(match[1]) == 0:
        raise ValueError(f"{text!r} is not a span of time; write 30m, 6h, 2d or 1w")
    return float(match[1]) * _UNITS[match[2]]
