"""`folkmoot train`: the shipped weights corrected by a team's codings."""

from collections import Counter
from pathlib import Path
from typing import Any

import click

from analyze.model import PROPOSALS, STANCE
from folkmoot.commands import options
from folkmoot.commands.summaries import emit
from folkmoot.errors import FolkmootError

TRAINED = (PROPOSALS, STANCE)
"""Codings of moderation say whether a post moderates, not what was done."""


@click.command(epilog=options.example("folkmoot train --warehouse forum.duckdb --task proposals"))
@options.warehouse()
@click.option("--task", type=click.Choice(TRAINED), required=True)
@options.codebook
@options.as_json
def command(warehouse_path: Path, task: str, codebook: Path | None, as_json: bool) -> None:
    """Fit the task's model on your codings; `folkmoot analyze` uses it from then on.

    It is kept beside the warehouse, if it does better than what came with Folkmoot on codings that it has not
    seen; delete the file to go back. Where coders disagree, the majority counts; ties are left out. The rules
    stay: what is learnt is how much each of them, and each word, counts in your community.
    """
    from analyze import codebook as codebooks
    from analyze.pipeline import examples
    from analyze.train import save, train
    from folkmoot.stages import models_of
    from warehouse.codings import codings
    from warehouse.findings import statements_of
    from warehouse.store import reading

    with reading(warehouse_path) as db:
        labels = _majority(codings(db, task))
        statements = statements_of(db, list(labels))
    if not labels:
        raise FolkmootError(f"there are no codings of {task} yet; `folkmoot codings import` reads them")
    coded = [(statement, labels[statement.id]) for statement in statements]
    made, shipped = examples(coded, codebooks.load(codebook), task)
    trained = train(made, shipped)
    path = save(trained.model, models_of(warehouse_path), task) if trained.better else None
    if as_json:
        emit({"task": task, "model": path, "f1_shipped": trained.before, "f1_trained": trained.after})
        return
    for label, before in sorted(trained.before.items()):
        click.echo(f"{label:10} F1 {before:.2f} as shipped, {trained.after.get(label, 0):.2f} trained")
    if path is None:
        click.echo("Not kept: it does no better on codings that it has not seen. More codings may help.")
    else:
        watched = f" --codebook {codebook}" if codebook else ""
        click.echo(f"{path}\nNext: folkmoot analyze --warehouse {warehouse_path}{watched}")


def _majority(codings: list[dict[str, Any]]) -> dict[str, str]:
    """The label most coders gave to each post."""
    votes: dict[str, Counter[str]] = {}
    for coding in codings:
        votes.setdefault(coding["post_id"], Counter())[coding["label"]] += 1
    ranked = {post: counts.most_common(2) for post, counts in votes.items()}
    return {post: top[0][0] for post, top in ranked.items() if len(top) == 1 or top[0][1] > top[1][1]}
