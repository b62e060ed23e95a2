"""Spans of time as people write them: 30m, 6h, 2d, 1w."""

import re
from datetime import timedelta

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def written(span: timedelta) -> str:
    """Six hours → `6h`: as people write it, in the largest unit that leaves no rest."""
    seconds = int(span.total_seconds())
    return next(
        f"{seconds // size}{unit}"
        for unit, size in (("w", 604800), ("d", 86400), ("h", 3600), ("m", 60), ("s", 1))
        if seconds % size == 0
    )


def parse_duration(text: str) -> timedelta:
    """`6h` → six hours. Raises ValueError for anything else than a number and one of s m h d w."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([smhdw])\s*", text)
    if not match or float(match[1]) == 0:
        raise ValueError(f"{text!r} is not a span of time; write 30m, 6h, 2d or 1w")
    return timedelta(**{_UNITS[match[2]]: float(match[1])})
