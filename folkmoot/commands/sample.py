"""`folkmoot sample`: posts for hand coding."""

import csv
import sys
from pathlib import Path

import click

from analyze.model import TASKS
from folkmoot.commands import options
from folkmoot.commands.summaries import plural
from folkmoot.labels import questions


@click.command(
    epilog=options.example(
        "folkmoot sample --warehouse forum.duckdb --task proposals --n 200 > to-code.csv",
    )
)
@options.warehouse()
@click.option("--task", type=click.Choice(TASKS), required=True)
@click.option("--n", type=click.IntRange(1), default=200, show_default=True, help="How many posts.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed draws other posts.")
@click.option(
    "--fresh", is_flag=True, help="Leave out posts that have been coded: to check what was trained."
)
def command(warehouse_path: Path, task: str, n: int, seed: int, fresh: bool) -> None:
    """Draw a stratified sample to CSV: rare and doubtful findings are in it too.

    Fill in `coder` and `label`; what the machine said is not shown. The labels of the task are told when the
    sample is drawn. `weight` is how many posts of the corpus a line stands for; leave it as it is.
    `folkmoot codings page` makes a page of the sheet, to code it in a browser.
    """
    from analyze.sample import COLUMNS, Candidate, draw
    from warehouse.codings import codings, contexts, machine_labels
    from warehouse.store import reading

    with reading(warehouse_path) as db:
        known = {row["post_id"] for row in codings(db, task)} if fresh else set()
        candidates = (Candidate(**row) for row in machine_labels(db, task) if row["post_id"] not in known)
        drawn = draw(candidates, n, seed)
        around = contexts(db, [one.candidate.post_id for one in drawn])
    writer = csv.DictWriter(sys.stdout, COLUMNS)
    writer.writeheader()
    writer.writerows(one.row(around.get(one.candidate.post_id, {})) for one in drawn)
    labels = ", ".join(questions()[task].labels)
    click.echo(
        f"{plural(len(drawn), 'post')}; every coder fills in `coder` and `label` ({labels}) in a copy, in a "
        "spreadsheet or in a browser (folkmoot codings page), then: "
        f"folkmoot codings import FILE --warehouse {warehouse_path} --task {task}",
        err=True,
    )
