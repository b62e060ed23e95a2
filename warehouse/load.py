"""Brings batches of threads into the warehouse: in bulk, one transaction a batch."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.batch import Batch, CrawlRun, LoadSummary
from warehouse.columns import collector_paused
from warehouse.migrate import sql_files
from warehouse.staging import run_table, tables
from warehouse.store import Warehouse, explained
from warehouse.tombstones import blotted_texts, graveyard, pages_with_forgotten, without_forgotten


def load(db: Warehouse, batch: Batch) -> LoadSummary:
    """Loads a batch whole or not at all. The same batch again changes nothing.

    Raises WarehouseError when the data contradicts the schema or the disk is full.
    """
    with staged(db, _to_load(db, batch)):
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


def _to_load(db: Warehouse, batch: Batch) -> dict[str, pa.Table]:
    """The batch as Arrow tables, without what was forgotten; pages that showed it are noted (`erasable`)."""
    graves = graveyard(db, batch.site_id)
    if graves is None:
        with collector_paused():
            return tables(batch)
    _note(db, pages_with_forgotten(batch, graves))
    return blotted_texts(tables(without_forgotten(batch, graves)), graves)


def erasable(db: Warehouse) -> dict[str, list[int]]:
    """Offsets by archive file of the pages loaded through `db` on which somebody forgotten was found."""
    if not db.query("SELECT 1 FROM duckdb_tables() WHERE temporary AND table_name = 'showing'").num_rows:
        return {}
    rows = db.query(
        "SELECT DISTINCT archive_file, archive_offset FROM pages SEMI JOIN showing USING (page_id)"
    )
    found: dict[str, list[int]] = {}
    for row in rows.to_pylist():
        found.setdefault(row["archive_file"], []).append(row["archive_offset"])
    return found


def _note(db: Warehouse, page_ids: set[str]) -> None:
    db.connection.execute("CREATE TEMP TABLE IF NOT EXISTS showing (page_id VARCHAR)")
    with db.named(in_showing=pa.table({"page_id": pa.array(sorted(page_ids), pa.string())})):
        db.connection.execute("INSERT INTO showing FROM in_showing")


@contextmanager
def transaction(db: Warehouse) -> Iterator[None]:
    """All of the block, or nothing of it. Turns DuckDB's errors into WarehouseError."""
    db.connection.execute("BEGIN")
    try:
        yield
        db.connection.execute("COMMIT")
    except BaseException as error:
        with suppress(duckdb.TransactionException):  # Ctrl-C in the middle of a commit has ended it already
            db.connection.execute("ROLLBACK")
        if isinstance(error, duckdb.Error):
            raise explained(error, db.path) from error
        raise


@contextmanager
def staged(db: Warehouse, arrow: dict[str, pa.Table]) -> Iterator[None]:
    """Arrow tables under their names for the SQL of one transaction."""
    with db.named(**arrow), transaction(db):
        yield


def load_runs(db: Warehouse, runs: Iterable[CrawlRun]) -> None:
    """Records crawls; one that is known already is brought up to date."""
    with staged(db, {"in_runs": run_table(runs)}):
        db.connection.execute("INSERT OR REPLACE INTO crawl_runs FROM in_runs")


def archive_position(db: Warehouse, archive_file: str) -> int:
    """Where in that archive file reading goes on: the first byte after the last page held of it, else 0."""
    sql = "SELECT coalesce(max(archive_offset + archive_length), 0) AS next FROM pages WHERE archive_file = ?"
    return int(db.query(sql, [archive_file])["next"][0].as_py())


def last_archived(db: Warehouse, archive_file: str) -> dict[str, Any] | None:
    """The page that stands last in that archive file, of those held: its offset, url and fetched_at."""
    sql = "SELECT archive_offset, url, fetched_at FROM pages WHERE archive_file = ? ORDER BY ALL DESC LIMIT 1"
    found = db.query(sql, [archive_file]).to_pylist()
    return found[0] if found else None


def disown(db: Warehouse, archive_file: str) -> None:
    """Notes that the pages held of that file stand in it no more; reading it anew finds those that do."""
    with transaction(db):
        db.connection.execute(
            "UPDATE pages SET archive_file = archive_file || ' (gone)' WHERE archive_file = ?", [archive_file]
        )
