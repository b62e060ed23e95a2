"""`folkmoot status`: what is there and what is stale."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from folkmoot.commands import options


@click.command(epilog=options.example("folkmoot status --warehouse forum.duckdb"))
@options.warehouse()
@options.as_json
def command(warehouse_path: Path, as_json: bool) -> None:
    """Counts, the last crawl, the last analysis, and what waits for one."""
    from analyze.pipeline import version
    from folkmoot.cli import emit
    from folkmoot.schedule import last_run
    from folkmoot.stages import models_of
    from warehouse.status import status
    from warehouse.store import reading

    with reading(warehouse_path) as db:
        state = status(db, version=version(models_of(warehouse_path)))
    last = last_run(warehouse_path)
    if last:
        state["last_scheduled_run"] = last["outcome"]
        state["last_scheduled_failures"] = len(last.get("failures", []))
    if as_json:
        emit(state)
        return
    for key, value in state.items():
        click.echo(f"{key.replace('_', ' '):34}{_shown(value)}")


def _shown(value: Any) -> str:
    if value is None:
        return "never"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    return f"{value:,}" if isinstance(value, int) else str(value)
