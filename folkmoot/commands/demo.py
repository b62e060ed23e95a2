"""`folkmoot demo`: the whole pipeline on the bundled community."""

from pathlib import Path

import click

from folkmoot.commands import options
from folkmoot.commands.summaries import emit


@click.command(epilog=options.example("folkmoot demo --out demo-output --weeks 2"))
@click.option(
    "--out", type=options.FOLDER, default="folkmoot-demo", show_default=True, help="The folder to write."
)
@click.option(
    "--weeks",
    type=click.IntRange(1, 2),
    default=1,
    show_default=True,
    help="2: let a week pass (replies, edits, removals, a lock) and crawl again.",
)
@options.as_json
def command(out: Path, weeks: int, as_json: bool) -> None:
    """Start the bundled demo community on a loopback port and run everything on it.

    Prints where the report and the warehouse are, and three questions with their answers.
    """
    from folkmoot.demo import show

    outcome = show.run(out, weeks)
    for failure in outcome["failures"]:
        click.echo(f"failed: {failure}", err=True)
    if as_json:
        emit(outcome)
    else:
        click.echo(f"\nreport:    {outcome['report']}\nwarehouse: {outcome['warehouse']}")
        show.ask(Path(outcome["warehouse"]))
    if outcome["failures"]:
        raise SystemExit(1)
