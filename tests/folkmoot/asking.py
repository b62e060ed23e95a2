"""What a warehouse answers, for tests that run commands and look at what these left."""

from pathlib import Path

from warehouse.store import reading


def ask(db: Path, sql: str) -> list[tuple[object, ...]]:
    """The rows that a query gives."""
    with reading(db) as held:
        return [tuple(row.values()) for row in held.query(sql).to_pylist()]
