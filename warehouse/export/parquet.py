"""A folder of Parquet files: posts by site and month, every other table in one, with a manifest.

`attach.sql` in it makes the tables and views of it in any DuckDB: `cd` there and `.read attach.sql`.
"""

import json
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as arrow_dataset
import pyarrow.parquet as pq

from warehouse.migrate import sql_files
from warehouse.store import Warehouse
from warehouse.tables import Table, tables

_BY_MONTH = """
    SELECT
        posts.*, split_part(post_id, ':', 1) AS site_id,
        coalesce(strftime(posted_at, '%Y-%m'), 'undated') AS month
    FROM (SELECT * REPLACE (
        author_method::VARCHAR AS author_method, state::VARCHAR AS state) FROM posts) AS posts
    ORDER BY site_id, month, post_id
"""

MARK = "manifest.json"


def export(db: Warehouse, out: Path) -> None:
    out.mkdir()
    described = [_write(db, table, out) for table in tables(db)]
    manifest = {"format": "folkmoot-parquet", "version": 1, "tables": described}
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False), encoding="utf-8")
    (out / "attach.sql").write_text("".join(_script(described)), encoding="utf-8")


def _write(db: Warehouse, table: Table, out: Path) -> dict[str, Any]:
    folder = out / table.name
    if table.name == "posts":
        _write_by_month(db, folder)
    else:
        _write_whole(db.stream(table.select()), folder)
    files = sorted(folder.rglob("*.parquet"))
    return {
        "name": table.name,
        "comment": table.comment,
        "columns": [{"name": c.name, "type": c.type, "comment": c.comment} for c in table.columns],
        "rows": sum(arrow_dataset.dataset(file, format="parquet").count_rows() for file in files),
        "files": [{"path": file.relative_to(out).as_posix(), "sha256": _digest(file)} for file in files],
    }


def _write_by_month(db: Warehouse, folder: Path) -> None:
    arrow_dataset.write_dataset(
        db.stream(_BY_MONTH),
        folder,
        format="parquet",
        partitioning=["site_id", "month"],
        partitioning_flavor="hive",
        basename_template="part-{i}.parquet",
        file_options=arrow_dataset.ParquetFileFormat().make_write_options(compression="zstd"),
        max_partitions=100_000,
    )


def _write_whole(rows: pa.RecordBatchReader, folder: Path) -> None:
    folder.mkdir()
    with pq.ParquetWriter(folder / "part-0.parquet", rows.schema, compression="zstd") as writer:
        for piece in rows:
            writer.write_batch(piece)


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


def _script(described: list[dict[str, Any]]) -> Iterator[str]:
    """The tables, and on them the views of a warehouse, where nothing that these read is missing."""
    yield from (_view(table["name"]) for table in described if table["files"])
    if all(table["files"] for table in described):
        yield from (text for _name, text in sql_files("views"))


def _view(name: str) -> str:
    # Month must stay text: 2026-03 is no date to Parquet readers, and "undated" is none at all.
    options = ", hive_partitioning = true, hive_types_autocast = false" if name == "posts" else ""
    return f"CREATE OR REPLACE VIEW {name} AS FROM read_parquet('{name}/**/*.parquet'{options});\n"
