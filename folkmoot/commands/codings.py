"""`folkmoot codings`: hand codings back into the warehouse."""

import csv
from pathlib import Path

import click

from folkmoot.commands import options
from folkmoot.commands.sample import TASKS
from folkmoot.commands.summaries import plural
from folkmoot.errors import FolkmootError

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
@options.as_json
def import_codings(file: Path, warehouse_path: Path, task: str, as_json: bool) -> None:
    """Read a coded sample. Lines without a label are not coded yet and are left out."""
    from folkmoot.cli import emit
    from warehouse.codings import save
    from warehouse.store import writing

    read = _codings(file, task)
    with writing(warehouse_path) as db:
        count = save(db, task, read)
    coders = len({coder for _, coder, _ in read})
    if as_json:
        emit({"task": task, "codings": count, "coders": coders})
        return
    click.echo(f"{plural(count, 'coding')} of {task} by {plural(coders, 'coder')}")


def _codings(file: Path, task: str) -> list[tuple[str, str, str]]:
    """The labelled lines of a sheet. Raises FolkmootError naming the line that is wrong."""
    from analyze.sample import read_labels

    try:
        rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines(keepends=True)))
    except (UnicodeDecodeError, csv.Error) as error:
        raise FolkmootError(f"{file}: not a CSV file in UTF-8: {error}") from None
    if rows and not {"post_id", "label"} <= set(rows[0]):
        raise FolkmootError(
            f"{file}: needs the columns post_id, coder and label, as `folkmoot sample` writes"
        )
    read = list(read_labels(rows))
    for post_id, coder, label in read:
        if label not in LABELS[task]:
            raise FolkmootError(
                f"{file}: {post_id} by {coder}: {label!r} is none of {', '.join(LABELS[task])}"
            )
    return read
