"""`folkmoot agreement`: how far coders agree with each other and with the machine."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyze.model import TASKS
from folkmoot.commands import options
from folkmoot.commands.summaries import emit, plural
from folkmoot.errors import FolkmootError

if TYPE_CHECKING:
    from analyze.agreement import Interval, Scores


@click.command(epilog=options.example("folkmoot agreement --warehouse forum.duckdb --task proposals"))
@options.warehouse()
@click.option("--task", type=click.Choice(TASKS), required=True)
@options.as_json
def command(warehouse_path: Path, task: str, as_json: bool) -> None:
    """Krippendorff's alpha between coders and with the machine; precision, recall and F1 for each coder.

    Every figure stands with its 95 % bootstrap interval. Precision and recall are those of the whole corpus,
    by the weights of the sample; alpha is that of the posts coded. Last stands how much of the corpus has
    each label: the coder's share is the machine's, corrected by its errors.
    """
    from analyze.agreement import against_machine, alpha_interval
    from warehouse.codings import codings, machine_labels
    from warehouse.store import reading

    with reading(warehouse_path) as db:
        held = codings(db, task)
        machine = {row["post_id"]: row["label"] for row in machine_labels(db, task)}
    if not held:
        raise FolkmootError(f"there are no codings of {task} yet; `folkmoot codings import` reads them")
    coded = [(row["post_id"], row["coder"], row["label"]) for row in held]
    between = alpha_interval(coded)
    posts = {post for post, _, _ in coded}
    with_machine = alpha_interval(
        [*coded, *((p, "machine", machine[p]) for p in sorted(posts) if p in machine)]
    )
    scores = against_machine(coded, machine, {row["post_id"]: row["weight"] for row in held})
    if as_json:
        emit(
            {
                "task": task,
                "posts": len(posts),
                "alpha_coders": between and asdict(between),
                "alpha_with_machine": with_machine and asdict(with_machine),
                "scores": [asdict(score) for score in scores],
            }
        )
        return
    coders = len({coder for _, coder, _ in coded})
    click.echo(f"{task}: {plural(len(posts), 'post')} coded by {plural(coders, 'coder')}")
    alone = "cannot be said: no post has two codings"
    click.echo(f"alpha between coders       {_shown(between) if between else alone}")
    click.echo(f"alpha with the machine     {_shown(with_machine) if with_machine else alone}")
    for score in scores:
        click.echo(_errors(score))
    for score in scores:
        click.echo(_shares(score))


def _errors(score: "Scores") -> str:
    return (
        f"machine against {score.coder}: {score.label:10} "
        f"precision {_shown(score.precision if score.by_machine else None)}, "
        f"recall {_shown(score.recall if score.by_coder else None)}, "
        f"F1 {_shown(score.f1)}, {plural(score.posts, 'post')}: {score.by_machine} by the machine, "
        f"{score.by_coder} by {score.coder}"
    )


def _shares(score: "Scores") -> str:
    share = score.coder_share
    return (
        f"in the corpus: {score.label:10} {share.value:.0%} [{share.low:.0%}, {share.high:.0%}] as "
        f"{score.coder} codes, {score.machine_share:.0%} as the machine does"
    )


def _shown(interval: "Interval | None") -> str:
    """Nothing can be said of a label that was never given."""
    if interval is None:
        return "–"
    return f"{interval.value:.2f} [{interval.low:.2f}, {interval.high:.2f}]"
