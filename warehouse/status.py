"""What is in a warehouse and what is stale, as one row."""

from datetime import datetime
from typing import Any

from warehouse.migrate import sql_file
from warehouse.pseudonyms import MADE
from warehouse.store import Warehouse, working_file


def status(db: Warehouse, *, version: str) -> dict[str, Any]:
    """Counts, the times of the last crawl and analysis (None = never), and how many posts wait for one.

    `version` is that of today's taggers: posts that another one tagged are stale, too. `unpublished_work`: a
    run is at work, or died, and the next one goes on from what it left.
    """
    row: dict[str, Any] = db.query(sql_file("status"), {"version": version}).to_pylist()[0]
    unread = db.query(sql_file("queries/report_unread")).to_pylist()
    named = [
        f"{site['site']}, last {site['read_at']:%Y-%m-%d}" if site["read_at"] else site["site"]
        for site in unread
    ]
    return row | {
        "sites_not_read": "; ".join(named) or "none",
        "unpublished_work": working_file(db.path).exists(),
    }


def are_pseudonyms(db: Warehouse, site_id: str) -> set[bool]:
    """Whether the people held of a site bear pseudonyms: one answer, both, or none where nobody is held."""
    rows = db.query(
        "SELECT DISTINCT regexp_full_match(name, $made) AS made FROM authors WHERE site_id = $site_id",
        {"made": MADE.pattern, "site_id": site_id},
    )
    return {row["made"] for row in rows.to_pylist()}


def last_seen(db: Warehouse) -> dict[str, datetime]:
    """The latest time at which a page of each site was fetched or saved."""
    rows = db.query("SELECT site_id, last_crawled_at FROM sites").to_pylist()
    return {row["site_id"]: row["last_crawled_at"] for row in rows if row["last_crawled_at"]}


def addresses(db: Warehouse) -> dict[str, str]:
    """Where each site stands, by its id."""
    return {
        row["site_id"]: row["base_url"] for row in db.query("SELECT site_id, base_url FROM sites").to_pylist()
    }
