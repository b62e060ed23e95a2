"""`folkmoot report`: the HTML report."""

from datetime import date
from pathlib import Path

import click

from folkmoot.commands import options
from folkmoot.commands.summaries import say


@click.command(
    epilog=options.example("folkmoot report --warehouse forum.duckdb --out report --since 2026-01-01")
)
@options.warehouse()
@click.option("--out", type=options.FOLDER, required=True, help="The folder to write.")
@click.option("--since", type=options.Day(), help="Leave out posts before this day.")
@click.option("--until", type=options.Day(), help="Leave out posts after this day.")
@click.option(
    "--compare",
    type=options.Day(),
    help="Say what changed since this day; else since the last report in the folder, if a week old.",
)
@options.as_json
def command(
    warehouse_path: Path,
    out: Path,
    since: date | None,
    until: date | None,
    compare: date | None,
    as_json: bool,
) -> None:
    """Write the report: a folder of pages that opens from disk and needs no network."""
    from folkmoot import stages

    stages.require(warehouse_path)
    front = stages.report(warehouse_path, out, since=since, until=until, compare=compare)
    say({"report": front}, as_json)
