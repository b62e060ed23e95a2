"""`folkmoot codings`: hand codings back into the warehouse."""

import csv
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Mapping, Sequence
from io import StringIO
from math import isfinite, nan
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyze.model import TASKS
from folkmoot.commands import options
from folkmoot.commands.summaries import emit, plural
from folkmoot.errors import FolkmootError

if TYPE_CHECKING:
    from analyze.sample import Coding

Row = Mapping[str, str | None]
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
    """Read a coded sample. Rows without a label are not coded yet and are left out.

    What a coder said of a post before is replaced.
    """
    from folkmoot.stages import require
    from warehouse.codings import save
    from warehouse.store import writing

    require(warehouse_path)
    rows = _rows(file)
    read = _codings(rows, file, task, coder)
    with writing(warehouse_path) as db:
        changed = save(db, task, read)
    names = sorted({coding.coder for coding in read})
    left = sum(not _label(row) for row in rows)
    counts = {"codings": len(read), "coders": len(names), "changed": changed, "not_coded": left}
    if as_json:
        emit({"task": task, **counts, "names": names})
        return
    click.echo(
        f"{plural(len(read), 'coding')} of {task} by {plural(len(names), 'coder')}"
        + (f" ({', '.join(names)})" if names else "")
        + (f"; {plural(left, 'row')} not coded yet" if left else "")
        + (f"; {plural(changed, 'label')} replaced by another" if changed else "")
    )
    following = f"folkmoot agreement --warehouse {warehouse_path} --task {task}"
    click.echo(f"Next: {following if read else _fill_in(task)}", err=True)


def _fill_in(task: str) -> str:
    return f"fill in the column `label` ({', '.join(LABELS[task])}), and import the sheet again"


def _codings(rows: Sequence[Row], file: Path, task: str, coder: str) -> "list[Coding]":
    """What the rows say, each post once a coder. Raises FolkmootError naming the row that is wrong."""
    if not rows:
        raise FolkmootError(f"{file}: holds no rows; import the sheet that `folkmoot sample` wrote")
    if not {"post_id", "label"} <= set(rows[0]):
        raise FolkmootError(
            f"{file}: needs the columns post_id, coder and label, as `folkmoot sample` writes"
        )
    said: dict[tuple[str, str], Coding] = {}
    for number, row in enumerate(rows, 2):  # the first row holds the headings
        if not _label(row):
            continue
        coding = _coding(row, coder, f"{file}, row {number}", LABELS[task])
        earlier = said.setdefault((coding.post_id, coding.coder), coding)
        if earlier.label != coding.label:
            raise FolkmootError(
                f"{file}, row {number}: {coding.post_id} is {coding.label!r} here and {earlier.label!r} "
                f"in a row above, both by {coding.coder}; keep one"
            )
    return list(said.values())


def _coding(row: Row, coder: str, where: str, labels: Sequence[str]) -> "Coding":
    from analyze.sample import Coding

    if _label(row) not in labels:
        raise FolkmootError(f"{where}: {_label(row)!r} is none of {', '.join(labels)}")
    return Coding(
        post_id=(row["post_id"] or "").strip(),
        coder=(row.get("coder") or "").strip() or coder,
        label=_label(row),
        weight=_weight(row.get("weight") or "1", where),
    )


def _weight(cell: str, where: str) -> float:
    """How many posts the line stands for; some spreadsheets part whole from tenths by a comma."""
    try:
        weight = float(cell.strip().replace(",", "."))
    except ValueError:
        weight = nan
    if isfinite(weight) and weight > 0:
        return weight
    raise FolkmootError(
        f"{where}: the weight {cell.strip()!r} is no number above zero; a spreadsheet may have made a date "
        "of it: take the column from the sample again"
    )


def _label(row: Row) -> str:
    return (row.get("label") or "").strip().lower()


def _rows(file: Path) -> list[Row]:
    """The rows of a sheet; many spreadsheets put semicolons between cells, some tabs."""
    content = file.read_bytes()
    try:
        text = content.decode("utf-16" if content[:2] in (BOM_UTF16_LE, BOM_UTF16_BE) else "utf-8-sig")
        head = text.partition("\n")[0]
        return list(csv.DictReader(StringIO(text, newline=""), delimiter=max(",;\t", key=head.count)))
    except (UnicodeDecodeError, csv.Error) as error:
        why = "it holds other bytes" if isinstance(error, UnicodeDecodeError) else error
        raise FolkmootError(
            f"{file}: not a CSV file in UTF-8: {why}; in a spreadsheet, save it as “CSV UTF-8”"
        ) from None
