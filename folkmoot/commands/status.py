"""`folkmoot status`: what is there and what is stale."""

from pathlib import Path

import click

from folkmoot.commands import options


@click.command(epilog=options.example("folkmoot status --warehouse forum.duckdb"))
@options.warehouse()
@options.as_json
def command(warehouse_path: Path, as_json: bool) -> None:
    """Counts, the last crawl, the last analysis, and what waits for one."""
    from folkmoot import stages
    from folkmoot.cli import emit

    stages.require(warehouse_path)
    state = stages.status(warehouse_path)
    if as_json:
        emit(state)
        return
    for key, value in state.items():
        shown = f"{value:,}" if isinstance(value, int) else value
        click.echo(f"{key.replace('_', ' '):28}{'never' if value is None else shown}")
