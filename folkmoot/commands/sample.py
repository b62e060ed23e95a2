"""`folkmoot sample`: posts for hand coding."""

import csv
import sys
from pathlib import Path

import click

from analyze.model import TASKS
from folkmoot.commands import options
from folkmoot.commands.codings import LABELS
from folkmoot.commands.summaries import plural


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

    Fill in `coder` and `label`; what the machine said is not shown. Labels: proposals: propose, advise,
    neither. stance (of `text` toward `answers`): support, oppose, mixed, neutral. moderation: moderates,
    none. `weight` is how many posts of the corpus a line stands for; leave it as it is.
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
    click.echo(
        f"{plural(len(drawn), 'post')}; every coder fills in `coder` and `label` ({', '.join(LABELS[task])}) "
        f"in a copy, then: folkmoot codings import FILE --warehouse {warehouse_path} --task {task}",
        err=True,
    )
