"""`folkmoot codings`: sheets to code in a browser, and codings back into the warehouse."""

import csv
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Collection, Mapping, Sequence
from io import StringIO
from math import isfinite, nan
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyze.model import TASKS
from folkmoot.commands import options
from folkmoot.commands.summaries import emit, plural
from folkmoot.errors import FolkmootError
from folkmoot.labels import questions

if TYPE_CHECKING:
    from analyze.sample import Coding

Row = Mapping[str, str | None]


@click.group(
    epilog=options.example(
        "folkmoot codings import coded-by-ann.csv --warehouse forum.duckdb --task proposals"
    )
)
def command() -> None:
    """Code by hand: a sheet as a page for the browser, and codings back into the warehouse.

    Several coders may code the same posts.
    """


@command.command(
    "page", epilog=options.example("folkmoot codings page to-code.csv --task stance --out to-code.html")
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--task", type=click.Choice(TASKS), required=True)
@click.option("--out", type=options.FILE, required=True, help="The HTML file to write.")
def coding_page(file: Path, task: str, out: Path) -> None:
    """Make a page to code a sample in a browser: post by post, with keys for the labels.

    The page is one file that works without a network and sends nothing anywhere. The browser keeps what was
    said; “Take the sheet” saves it as CSV, for `folkmoot codings import`. Labels that FILE has already are
    left out, so that nobody codes by another's.
    """
    from reports.coding import page

    rows = [_whole(row) for row in _sheet(file, {"post_id", "text", "label"})]
    asked = questions()[task]
    out.parent.mkdir(parents=True, exist_ok=True)
    html = page(rows, task=task, question=asked.text, labels=asked.labels, name=file.stem)
    out.write_text(html, encoding="utf-8")
    click.echo(f"{plural(len(rows), 'post')}: {out}")
    click.echo(
        "Open it in a browser. Next: folkmoot codings import THE-SHEET-IT-SAVED --warehouse FILE "
        f"--task {task}",
        err=True,
    )


def _whole(row: Row) -> dict[str, str]:
    """The row with a cell in every column, and those of coder and label empty."""
    return {name: cell or "" for name, cell in {**row, "coder": "", "label": ""}.items() if name is not None}


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

    What a coder said of a post before is replaced; what is said of a forgotten post is left out.
    """
    from folkmoot.stages import require
    from warehouse.codings import save, without_forgotten
    from warehouse.store import writing

    require(warehouse_path)
    rows = _sheet(file, {"post_id", "label"})
    told = _codings(rows, file, task, coder)
    with writing(warehouse_path) as db:
        read = without_forgotten(db, told)
        changed = save(db, task, read)
    gone = len(told) - len(read)
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
        + (f"; {plural(gone, 'post')} forgotten since, left out" if gone else "")
    )
    following = f"folkmoot agreement --warehouse {warehouse_path} --task {task}"
    click.echo(f"Next: {following if read else _fill_in(task)}", err=True)


def _fill_in(task: str) -> str:
    return f"fill in the column `label` ({', '.join(questions()[task].labels)}), and import the sheet again"


def _codings(rows: Sequence[Row], file: Path, task: str, coder: str) -> "list[Coding]":
    """What the rows say, each post once a coder. Raises FolkmootError naming the row that is wrong."""
    said: dict[tuple[str, str], Coding] = {}
    for number, row in enumerate(rows, 2):  # the first row holds the headings
        if not _label(row):
            continue
        coding = _coding(row, coder, f"{file}, row {number}", questions()[task].labels)
        earlier = said.setdefault((coding.post_id, coding.coder), coding)
        if earlier.label != coding.label:
            raise FolkmootError(
                f"{file}, row {number}: {coding.post_id} is {coding.label!r} here and {earlier.label!r} "
                f"in a row above, both by {coding.coder}; keep one"
            )
    return list(said.values())


def _coding(row: Row, coder: str, where: str, labels: Collection[str]) -> "Coding":
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


def _sheet(file: Path, needed: Collection[str]) -> list[Row]:
    """The rows of a sheet. Raises FolkmootError where there are none, or a column is missing."""
    rows = _rows(file)
    if not rows:
        raise FolkmootError(f"{file}: holds no rows; take the sheet that `folkmoot sample` wrote")
    if missing := sorted(set(needed) - set(rows[0])):
        raise FolkmootError(
            f"{file}: lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}; "
            "take the sheet that `folkmoot sample` wrote"
        )
    return rows


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
