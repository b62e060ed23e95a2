"""Hand codings: what the machine says of the posts to be coded, and what people said of them."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from warehouse.errors import WarehouseError
from warehouse.migrate import sql_file
from warehouse.store import Warehouse

TASKS = ("proposals", "stance", "moderation")


def machine_labels(db: Warehouse, task: str) -> list[dict[str, Any]]:
    """post_id, text, label and confidence of every post that the machine has read for `task`."""
    rows: list[dict[str, Any]] = db.query(sql_file(f"coding/{task}")).to_pylist()
    return rows


def save(db: Warehouse, task: str, codings: Sequence[tuple[str, str, str]]) -> int:
    """Keeps (post id, coder, label) codings; a coder's later label replaces the earlier one.

    Returns how many there were. Raises WarehouseError when one is of a post that is not here.
    """
    posts, coders, labels = zip(*codings, strict=True) if codings else ((), (), ())
    text = pa.string()
    rows = pa.table(
        {"post_id": pa.array(posts, text), "coder": pa.array(coders, text), "label": pa.array(labels, text)}
    )
    db.connection.register("in_codings", rows)
    try:
        unknown = db.query(
            "SELECT post_id FROM in_codings ANTI JOIN posts USING (post_id) LIMIT 1"
        ).to_pylist()
        if unknown:
            raise WarehouseError(f"{unknown[0]['post_id']}: no such post in {db.path}; is this its sample?")
        db.connection.execute(
            "INSERT OR REPLACE INTO codings SELECT post_id, $1, coder, label FROM in_codings", [task]
        )
    finally:
        db.connection.unregister("in_codings")
    return len(codings)


def codings(db: Warehouse, task: str) -> list[tuple[str, str, str]]:
    """Every (post id, coder, label) of a task, in order."""
    rows = db.query("SELECT post_id, coder, label FROM codings WHERE task = $1 ORDER BY ALL", [task])
    return [(row["post_id"], row["coder"], row["label"]) for row in rows.to_pylist()]
