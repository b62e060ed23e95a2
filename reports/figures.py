"""The same figures for machines: every number of the pages as JSON, in an order that never changes."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from reports.numbers import Growth, Share


def document(parts: Mapping[str, object]) -> str:
    """JSON of views: keys in the order of the fields, drawings left out."""
    return json.dumps(plain(parts), ensure_ascii=False, indent=1) + "\n"


def plain(value: object) -> Any:
    """A view as lists, objects and numbers. Shares carry their interval, growth its verdict."""
    if isinstance(value, Share):
        return {
            "part": value.part,
            "whole": value.whole,
            "low": round(value.low, 4),
            "high": round(value.high, 4),
        }
    if isinstance(value, Growth):
        low, high = value.interval
        return _fields(value) | {
            "ratio": value.ratio and round(value.ratio, 4),
            "low": round(low, 4),
            "high": high and round(high, 4),
            "verdict": value.verdict,
        }
    if is_dataclass(value):
        return _fields(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _fields(value: Any) -> dict[str, Any]:
    return {
        field.name: plain(getattr(value, field.name))
        for field in fields(value)
        if field.metadata.get("figure", True)
    }
