"""`folkmoot query`: read-only SQL on the published warehouse."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from folkmoot import tables
from folkmoot.commands import options
from folkmoot.commands.summaries import as_json, emit
from folkmoot.errors import FolkmootError

if TYPE_CHECKING:
    from warehouse.store import Warehouse


class Question(click.Command):
    """SQL may begin with a comment, which looks like an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        commented = [arg for arg in args if arg.startswith(("-- ", "--\n"))]
        others = [arg for arg in args if arg not in (*commented, "--")]
        return super().parse_args(ctx, [*others, "--", *commented] if commented else args)


@click.command(
    cls=Question,
    epilog=options.example(
        'folkmoot query "SELECT label, net_support FROM proposal_leaderboard" --warehouse forum.duckdb',
        'folkmoot query "FROM posts LIMIT 100" --warehouse forum.duckdb --format csv > posts.csv',
    ),
)
@click.argument("sql")
@options.warehouse()
@options.table_format
def command(sql: str, warehouse_path: Path, form: str) -> None:
    """Ask the warehouse in SQL, without changing it. `--format parquet` writes the file to stdout.

    Ctrl-C stops a question that takes too long.
    """
    from warehouse.store import reading

    with reading(warehouse_path) as db:
        asked = db.statements(sql)
        if not asked:
            raise click.UsageError("there is no question; write some SQL in quotes")
        if sum(asked) > 1:
            raise click.UsageError(f"these are {sum(asked)} questions; ask them one by one")
        table = _answer(db, sql)
    try:
        WRITERS[form](table)
    except OverflowError:  # DuckDB knows infinity, and years before Christ
        raise FolkmootError(
            "a time in the answer lies outside of the years 1 to 9999; ask for it as text: column::VARCHAR"
        ) from None


def _answer(db: "Warehouse", sql: str) -> Any:
    """Asked in a thread of its own: Python hears a signal between two of its own lines only."""
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(db.query, sql)
        try:
            return asked.result()
        except KeyboardInterrupt:
            db.connection.interrupt()
            click.echo("stopped", err=True)  # nothing was begun that could go on
            raise SystemExit(130) from None


def _csv(table: Any) -> None:
    """Lists, structs and maps as JSON in their cell, as in the export."""
    import pyarrow.csv

    for number, column in enumerate(table.schema):
        if not _fits_a_cell(column.type):
            table = table.set_column(number, column.name, _as_json(table.column(number)))
    pyarrow.csv.write_csv(table, sys.stdout.buffer)


def _fits_a_cell(kind: Any) -> bool:
    import pyarrow as pa

    return not (pa.types.is_nested(kind) or pa.types.is_interval(kind))


def _as_json(column: Any) -> Any:
    import pyarrow as pa

    cells = (None if cell is None else as_json(cell) for cell in column.to_pylist())
    return pa.array(cells, pa.string())


def _json(table: Any) -> None:
    twice = sorted({name for name in table.column_names if table.column_names.count(name) > 1})
    if twice:
        raise FolkmootError(f"two columns are called {twice[0]!r}; give one another name with AS")
    emit(table.to_pylist())


def _parquet(table: Any) -> None:
    import pyarrow.parquet

    pyarrow.parquet.write_table(table, sys.stdout.buffer)


WRITERS = {"table": tables.show, "csv": _csv, "json": _json, "parquet": _parquet}
