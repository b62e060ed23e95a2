"""What is in a warehouse and what is stale, as one row."""

from typing import Any

from warehouse.migrate import sql_file
from warehouse.store import Warehouse, working_file


def status(db: Warehouse, *, version: str) -> dict[str, Any]:
    """Counts, the times of the last crawl and analysis (None = never), and how many posts wait for one.

    `version` is that of today's taggers: posts that another one tagged are stale, too. `unpublished_work`: a
    run is at work, or died, and the next one goes on from what it left.
    """
    row: dict[str, Any] = db.query(sql_file("status"), {"version": version}).to_pylist()[0]
    return row | {"unpublished_work": working_file(db.path).exists()}
