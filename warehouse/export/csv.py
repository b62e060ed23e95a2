"""A folder of CSV files, one a table (UTF-8, header line, times in ISO 8601, lists as JSON)."""

from pathlib import Path

import pyarrow.csv as arrow_csv

from warehouse.store import Warehouse
from warehouse.tables import Table, tables

MARK = "post_revisions.csv"


def export(db: Warehouse, out: Path) -> None:
    out.mkdir()
    for table in tables(db):
        reader = db.stream(_as_text(table))
        with arrow_csv.CSVWriter(out / f"{table.name}.csv", reader.schema) as writer:
            for piece in reader:
                writer.write_batch(piece)


def _as_text(table: Table) -> str:
    shown = ", ".join(_column(column.name, column.type) for column in table.columns)
    return f"SELECT {shown} FROM ({table.select()})"  # noqa: S608 (names from the catalog)


def _column(name: str, kind: str) -> str:
    if kind.startswith("TIMESTAMP"):
        return f"strftime({name}, '%Y-%m-%dT%H:%M:%S.%fZ') AS {name}"
    if kind.endswith("[]"):
        return f"to_json({name})::VARCHAR AS {name}"
    return name
