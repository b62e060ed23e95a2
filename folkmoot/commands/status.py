"""`folkmoot status`: what is there and what is stale."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from folkmoot.commands import options
from folkmoot.commands.summaries import emit


@click.command(epilog=options.example("folkmoot status --warehouse forum.duckdb"))
@options.warehouse()
@options.as_json
def command(warehouse_path: Path, as_json: bool) -> None:
    """Counts, the last crawl, the last analysis, and what waits for one."""
    from analyze.pipeline import version
    from folkmoot.schedule import last_run
    from folkmoot.stages import models_of
    from warehouse.status import status
    from warehouse.store import reading

    with reading(warehouse_path) as db:
        state = status(db, version=version(models_of(warehouse_path)))
    state |= _scheduled(last_run(warehouse_path))
    if as_json:
        emit(state)
        return
    for key, value in state.items():
        click.echo(f"{key.replace('_', ' '):34}{_shown(value)}")


def _scheduled(last: dict[str, Any] | None) -> dict[str, Any]:
    """What the last scheduled run came to; the first of its failures in words."""
    if last is None:
        return {}
    failures = last.get("failures", [])
    told = {"last_scheduled_at": last["started_at"][:16], "last_scheduled_run": last["outcome"]}
    first = {"last_scheduled_failure": failures[0]} if failures else {}
    return told | {"last_scheduled_failures": len(failures)} | first


def _shown(value: Any) -> str:
    if value is None:
        return "never"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    return f"{value:,}" if isinstance(value, int) else str(value)
