"""Hand codings: what the machine says of the posts to be coded, and what people said of them."""

from collections.abc import Sequence
from typing import Any, Protocol

import pyarrow as pa

from warehouse.columns import REAL, TEXT, Column, table
from warehouse.errors import WarehouseError
from warehouse.migrate import sql_file
from warehouse.store import Warehouse
from warehouse.tombstones import graveyards

MUCH = 5
"""Weights that stand for so many times the posts held are none; a sheet of several samples has several times
theirs. Where a comma parts whole from tenths, a spreadsheet reads 8.375 as eight thousand, in silence."""


class Coding(Protocol):
    """What one coder said of one post."""

    @property
    def post_id(self) -> str: ...
    @property
    def coder(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def weight(self) -> float: ...


def machine_labels(db: Warehouse, task: str) -> list[dict[str, Any]]:
    """post_id, text, label and confidence of every post that the machine has read for `task`."""
    rows: list[dict[str, Any]] = db.query(sql_file("coding/machine"), [task]).to_pylist()
    return rows


def contexts(db: Warehouse, post_ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """By post: `thread`, `role` and `answers`, empty where nothing is known."""
    with db.named(asked=pa.table({"post_id": pa.array(list(post_ids), pa.string())})):
        rows = db.query(sql_file("coding/context")).to_pylist()
    return {row.pop("post_id"): row for row in rows}


def without_forgotten(db: Warehouse, codings: Sequence[Coding]) -> list[Coding]:
    """Those of posts that were not forgotten since the sample was drawn: a sheet outlives them."""
    graves = graveyards(db)

    def is_gone(post_id: str) -> bool:
        site_id, _, native = post_id.partition(":")
        return site_id in graves and graves[site_id].is_buried("post", native)

    return [coding for coding in codings if not is_gone(coding.post_id)]


def save(db: Warehouse, task: str, codings: Sequence[Coding]) -> int:
    """Keeps codings; a coder's later label of a post replaces the earlier one.

    Returns how many labels it replaced by another. Raises WarehouseError when a post is not here, or
    the weights stand for more posts than there are.
    """
    _require_weights(db, codings)
    with db.named(in_codings=table(codings, _CODINGS)):
        unknown = db.query(
            "SELECT post_id FROM in_codings ANTI JOIN posts USING (post_id) LIMIT 1"
        ).to_pylist()
        if unknown:
            raise WarehouseError(f"{unknown[0]['post_id']}: no such post in {db.path}; is this its sample?")
        changed = db.query(
            "SELECT count(*) AS posts FROM in_codings JOIN codings USING (post_id, coder) "
            "WHERE task = $1 AND in_codings.label <> codings.label",
            [task],
        ).to_pylist()
        db.connection.execute(
            "INSERT OR REPLACE INTO codings SELECT post_id, $1, coder, label, weight FROM in_codings", [task]
        )
    return int(changed[0]["posts"])


def _require_weights(db: Warehouse, codings: Sequence[Coding]) -> None:
    totals: dict[str, float] = {}
    for coding in codings:
        totals[coding.coder] = totals.get(coding.coder, 0) + coding.weight
    posts = int(db.query("SELECT count(*) AS posts FROM posts").to_pylist()[0]["posts"])
    for coder, total in totals.items():
        if total > MUCH * posts:
            raise WarehouseError(
                f"the weights of {coder} stand for {total:,.0f} posts, and {db.path} holds {posts:,}: "
                "a spreadsheet has read 8.375 as 8375; take the column from the sample again"
            )


def codings(db: Warehouse, task: str) -> list[dict[str, Any]]:
    """post_id, coder, label and weight of every coding of a task, in order."""
    rows: list[dict[str, Any]] = db.query(
        "SELECT post_id, coder, label, coalesce(weight, 1) AS weight FROM codings "
        "WHERE task = $1 ORDER BY ALL",
        [task],
    ).to_pylist()
    return rows


_CODINGS: tuple[Column, ...] = (
    ("post_id", TEXT, lambda coding: coding.post_id),
    ("coder", TEXT, lambda coding: coding.coder),
    ("label", TEXT, lambda coding: coding.label),
    ("weight", REAL, lambda coding: coding.weight),
)
