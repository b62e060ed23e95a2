"""`folkmoot codings`: hand codings back into the warehouse."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyze.model import TASKS
from folkmoot.commands import options
from folkmoot.commands.summaries import emit, plural
from folkmoot.errors import FolkmootError

if TYPE_CHECKING:
    from analyze.sample import Coding

LABELS = {
    "proposals": ("propose", "advise", "neither"),
    "stance": ("support", "oppose", "mixed", "neutral"),
    "moderation": ("moderates", "none"),
}


@click.group(
    epilog=options.example(
        "folkmoot codings import coded-by-ann.csv --warehouse forum.duckdb --task proposals"
    )
)
def command() -> None:
    """Read hand codings back; several coders may code the same posts."""


@command.command(
    "import", epilog=options.example("folkmoot codings import c.csv --warehouse f.duckdb --task stance")
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.warehouse()
@click.option("--task", type=click.Choice(TASKS), required=True)
@click.option("--coder", default="1", show_default=True, help="Who coded the lines that do not say.")
@options.as_json
def import_codings(file: Path, warehouse_path: Path, task: str, coder: str, as_json: bool) -> None:
    """Read a coded sample. Lines without a label are not coded yet and are left out.

    What a coder said of a post before is replaced.
    """
    from warehouse.codings import save
    from warehouse.store import writing

    read = _codings(file, task, coder)
    with writing(warehouse_path) as db:
        count = save(db, task, read)
    coders = len({coding.coder for coding in read})
    if as_json:
        emit({"task": task, "codings": count, "coders": coders})
        return
    click.echo(f"{plural(count, 'coding')} of {task} by {plural(coders, 'coder')}")


def _codings(file: Path, task: str, coder: str) -> "Sequence[Coding]":
    """The labelled lines of a sheet. Raises FolkmootError naming the line that is wrong."""
    from analyze.sample import read_labels

    rows = _rows(file)
    if rows and not {"post_id", "label"} <= set(rows[0]):
        raise FolkmootError(
            f"{file}: needs the columns post_id, coder and label, as `folkmoot sample` writes"
        )
    try:
        read = read_labels(rows, coder)
    except ValueError as error:
        raise FolkmootError(f"{file}: a weight is no number: {error}") from None
    for coding in read:
        if coding.label not in LABELS[task]:
            raise FolkmootError(
                f"{file}: {coding.post_id} by {coding.coder}: {coding.label!r} is none of "
                f"{', '.join(LABELS[task])}"
            )
    return read


def _rows(file: Path) -> list[dict[str, str | None]]:
    """The lines of a sheet; many spreadsheets write semicolons."""
    try:
        lines = file.read_text("utf-8-sig").splitlines(keepends=True)
        head = lines[0] if lines else ""
        return list(csv.DictReader(lines, delimiter=";" if head.count(";") > head.count(",") else ","))
    except (UnicodeDecodeError, csv.Error) as error:
        raise FolkmootError(f"{file}: not a CSV file in UTF-8: {error}") from None
