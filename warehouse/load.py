"""Brings batches of threads into the warehouse: in bulk, one transaction a batch."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import duckdb
import pyarrow as pa

from warehouse.batch import Batch, CrawlRun, LoadSummary
from warehouse.columns import collector_paused
from warehouse.held import held_threads
from warehouse.migrate import sql_files
from warehouse.staging import run_table, tables
from warehouse.store import Warehouse, explained
from warehouse.tombstones import without_forgotten

__all__ = ["Batch", "CrawlRun", "LoadSummary", "archive_position", "held_threads", "load", "load_runs"]


def load(db: Warehouse, batch: Batch) -> LoadSummary:
    """Loads a batch whole or not at all. The same batch again changes nothing.

    Raises WarehouseError when the data contradicts the schema or the disk is full.
    """
    kept = without_forgotten(db, batch)
    with collector_paused():
        arrow = tables(kept)
    with staged(db, arrow):
        for _name, text in sql_files("loading"):
            db.connection.execute(text)
        counts = db.connection.fetchall()[0]
    new, changed, posts_new, posts_changed, posts_removed = counts
    return LoadSummary(
        threads_new=new,
        threads_changed=changed,
        posts_new=posts_new,
        posts_changed=posts_changed,
        posts_removed=posts_removed,
    )


@contextmanager
def transaction(db: Warehouse) -> Iterator[None]:
    """All of the block, or nothing of it. Turns DuckDB's errors into WarehouseError."""
    db.connection.execute("BEGIN")
    try:
        yield
        db.connection.execute("COMMIT")
    except BaseException as error:
        db.connection.execute("ROLLBACK")
        if isinstance(error, duckdb.Error):
            raise explained(error, db.path) from error
        raise


@contextmanager
def staged(db: Warehouse, arrow: dict[str, pa.Table]) -> Iterator[None]:
    """Arrow tables under their names for the SQL of one transaction."""
    for name, table in arrow.items():
        db.connection.register(name, table)
    try:
        with transaction(db):
            yield
    finally:
        for name in arrow:
            db.connection.unregister(name)


def load_runs(db: Warehouse, runs: Iterable[CrawlRun]) -> None:
    """Records crawls; one that is known already is brought up to date."""
    with staged(db, {"in_runs": run_table(runs)}):
        db.connection.execute("INSERT OR REPLACE INTO crawl_runs FROM in_runs")


def archive_position(db: Warehouse, archive_file: str) -> int:
    """Where in that archive file reading goes on: the first byte after the last page held of it, else 0."""
    sql = "SELECT coalesce(max(archive_offset + archive_length), 0) AS next FROM pages WHERE archive_file = ?"
    return int(db.query(sql, [archive_file])["next"][0].as_py())
