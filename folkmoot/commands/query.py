"""`folkmoot query`: read-only SQL on the published warehouse."""

import sys
from pathlib import Path
from typing import Any

import click

from folkmoot.commands import options


@click.command(
    epilog=options.example(
        'folkmoot query "SELECT label, net_support FROM proposal_leaderboard" --warehouse forum.duckdb',
        'folkmoot query "FROM posts LIMIT 100" --warehouse forum.duckdb --format csv > posts.csv',
    )
)
@click.argument("sql")
@options.warehouse()
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "parquet"]),
    default="table",
    show_default=True,
)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
def command(sql: str, warehouse_path: Path, form: str) -> None:
    """Ask the warehouse in SQL, without changing it. `--format parquet` writes the file to stdout."""
    from warehouse.store import reading

    with reading(warehouse_path) as db:
        table = db.query(sql)
    WRITERS[form](table)


def _table(table: Any) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(*map(str, table.column_names), box=None, header_style="bold", pad_edge=False)
    for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
        shown.add_row(*["" if cell is None else Text(str(cell)) for cell in row])
    # A pipe has no width of its own: 200 columns keep a row on one line.
    Console(width=None if sys.stdout.isatty() else 200).print(shown)
    click.echo(f"{table.num_rows:,} row{'' if table.num_rows == 1 else 's'}", err=True)


def _csv(table: Any) -> None:
    import pyarrow.csv

    pyarrow.csv.write_csv(table, sys.stdout.buffer)


def _json(table: Any) -> None:
    from folkmoot.cli import emit

    emit(table.to_pylist())


def _parquet(table: Any) -> None:
    import pyarrow.parquet

    pyarrow.parquet.write_table(table, sys.stdout.buffer)


WRITERS = {"table": _table, "csv": _csv, "json": _json, "parquet": _parquet}
