"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


def warehouse(required: bool = True) -> Decorator:
    return click.option(
        "--warehouse",
        "warehouse_path",
        type=FILE,
        required=required,
        help="The DuckDB file.",
    )


as_json: Decorator = click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")


def table_format(command: Callable[..., Any]) -> Callable[..., Any]:
    """How rows are written: see `folkmoot.commands.query.WRITERS`."""
    shape = click.option(
        "--format",
        "form",
        type=click.Choice(["table", "csv", "json", "parquet"]),
        default="table",
        show_default=True,
    )
    return shape(
        click.option("--json", "form", flag_value="json", help="The same as --format json.")(command)
    )


codebook: Decorator = click.option(
    "--codebook",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="Your codebook.toml; the default covers a freelancing marketplace.",
)
config: Decorator = click.option(
    "--config",
    "config_path",
    type=FILE,
    default="folkmoot.toml",
    show_default=True,
    help="The configuration.",
)


class Platform(click.ParamType[Any]):
    """The name of an adapter."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from parse.registry import platforms

        if value not in platforms():
            self.fail(f"no platform is called {value!r}; there are: {', '.join(platforms())}", param, ctx)
        return value


class Day(click.ParamType[Any]):
    """A date as the user writes it: 2026-03-01."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from datetime import date

        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date; write it like 2026-03-01", param, ctx)


def example(*lines: str) -> str:
    """The `Example:` at the foot of a command's help, kept line by line."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)
