"""`folkmoot sample`: posts for hand coding."""

import csv
import sys
from pathlib import Path

import click

from folkmoot.commands import options

TASKS = ("proposals", "stance", "moderation")


@click.command(
    epilog=options.example(
        "folkmoot sample --warehouse forum.duckdb --task proposals --n 200 > to-code.csv",
    )
)
@options.warehouse()
@click.option("--task", type=click.Choice(TASKS), required=True)
@click.option("--n", type=click.IntRange(1), default=200, show_default=True, help="How many posts.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed draws other posts.")
def command(warehouse_path: Path, task: str, n: int, seed: int) -> None:
    """Draw a stratified sample to CSV: rare and doubtful findings are in it too.

    Fill in `coder` and `label`; the machine's label is not shown. Labels: proposals: propose, advise,
    neither. stance: support, oppose, mixed, neutral. moderation: moderates, none.
    """
    from analyze.sample import COLUMNS, Candidate, draw
    from warehouse.codings import machine_labels
    from warehouse.store import reading

    with reading(warehouse_path) as db:
        candidates = [Candidate(**row) for row in machine_labels(db, task)]
    writer = csv.DictWriter(sys.stdout, COLUMNS)
    writer.writeheader()
    writer.writerows(drawn.row() for drawn in draw(candidates, n, seed))
