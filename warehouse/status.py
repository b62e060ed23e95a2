"""What is in a warehouse and what is stale, as one row."""

from importlib.resources import files
from typing import Any

from warehouse.store import Warehouse


def status(db: Warehouse) -> dict[str, Any]:
    """Counts, the times of the last crawl and analysis (None = never), and how many posts wait for one."""
    row: dict[str, Any] = db.query(files("warehouse").joinpath("status.sql").read_text("utf-8")).to_pylist()[
        0
    ]
    return row
