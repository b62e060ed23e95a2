"""`folkmoot analyze`: tags what is new, changed, or tagged by an older version."""

from pathlib import Path

import click

from folkmoot.commands import options


@click.command(epilog=options.example("folkmoot analyze --warehouse forum.duckdb --codebook codebook.toml"))
@options.warehouse()
@options.codebook
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes; worth it from some ten thousand posts on.",
)
@options.as_json
def command(warehouse_path: Path, codebook: Path | None, workers: int, as_json: bool) -> None:
    """Tag proposals, stances and moderation events.

    Only threads with posts that are new, changed, or tagged by another version or codebook are read.
    """
    from folkmoot import stages
    from folkmoot.cli import emit
    from folkmoot.commands.summaries import plural
    from folkmoot.progress import progress
    from warehouse.store import writing

    stages.require(warehouse_path)
    with writing(warehouse_path) as db, progress("analyze") as told:
        tagged = stages.analyze(db, codebook, workers, told)
    if as_json:
        emit({"posts_tagged": tagged})
    else:
        click.echo(f"{plural(tagged, 'post')} tagged")
