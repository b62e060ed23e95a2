"""The golden folders: `tests/golden/<platform>/<case>/` holds a page and the reading that it should give.

`page.*` is the page, `meta.toml` (optional) its `url` and `fetched_at`, `beside.json` (optional) the list of
people that was saved with it, `thread.json` the reading.
`python tests/parse/golden.py platform/case ...` writes readings anew; look at every line of the difference.
"""

import dataclasses
import json
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from parse.model import Reading
from parse.page import Page
from parse.registry import read

ROOT = Path(__file__).parents[1] / "golden"
FETCHED_AT = datetime(2024, 5, 15, 12, tzinfo=UTC)
_DEFAULTS = (None, "", (), [], False, {})


def cases() -> Iterator[Path]:
    return (path.parent for path in sorted(ROOT.glob("*/*/thread.json")))


def page_of(case: Path) -> Page:
    file = next(case.glob("page.*"))
    meta_file, beside = case / "meta.toml", case / "beside.json"
    meta = tomllib.loads(meta_file.read_text()) if meta_file.exists() else {}
    return Page(
        url=meta.get("url", f"https://forum.example.org/{case.name}"),
        body=file.read_bytes(),
        fetched_at=meta.get("fetched_at", FETCHED_AT),
        content_type=meta.get("content_type", ""),
        headers=tuple(map(tuple, meta.get("headers", ()))),
        beside=beside.read_bytes() if beside.exists() else b"",
    )


def plain(value: Any) -> Any:
    """A reading as JSON has it; what is empty or as usual is left out, as it would bury the rest."""
    if isinstance(value, dict):
        return {
            key: plain(item) for key, item in value.items() if item not in _DEFAULTS and item != "visible"
        }
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime) else value


def serialised(reading: Reading) -> Any:
    return plain(dataclasses.asdict(reading))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        reading = serialised(read(page_of(ROOT / name)))
        text = json.dumps(reading, indent=1, ensure_ascii=False)
        (ROOT / name / "thread.json").write_text(text + "\n", encoding="utf-8")
