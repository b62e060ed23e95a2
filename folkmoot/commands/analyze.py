"""`folkmoot analyze`: tags what is new, changed, or tagged by an older version."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from folkmoot.commands import options
from folkmoot.commands.summaries import emit, not_english, plural

if TYPE_CHECKING:
    from warehouse.store import Warehouse


@click.command(epilog=options.example("folkmoot analyze --warehouse forum.duckdb --codebook codebook.toml"))
@options.warehouse()
@options.codebook
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes, where there are thousands of posts to tag.  [default: one a core, 8 at most]",
)
@options.as_json
def command(warehouse_path: Path, codebook: Path | None, workers: int | None, as_json: bool) -> None:
    """Tag proposals, stances and moderation events.

    Only threads with posts that are new, changed, or tagged by another version or codebook are read.
    """
    from folkmoot import stages
    from folkmoot.progress import progress
    from folkmoot.readers import cores
    from warehouse.store import writing

    stages.require(warehouse_path)
    with writing(warehouse_path) as db, progress("analyze") as told:
        lost = [] if codebook else _of_another_codebook(db)
        tagged = stages.analyze(db, codebook, told, workers or cores())
    if lost:
        click.echo(
            "note: analyzed with the codebook that comes with Folkmoot, so these are gone: "
            f"{', '.join(lost)}. To have them back, name your own: --codebook FILE",
            err=True,
        )
    if as_json:
        emit({"posts_tagged": tagged.posts, "posts_foreign": tagged.foreign})
    else:
        click.echo(f"{plural(tagged.posts, 'post')} tagged{not_english(tagged.foreign)}")


def _of_another_codebook(db: "Warehouse") -> list[str]:
    """Proposals watched so far that the codebook which comes with Folkmoot does not hold: who forgets to name
    their own loses all that it found."""
    from analyze import codebook as codebooks
    from warehouse import findings

    shipped = {entry.id for entry in codebooks.load(None).proposals}
    return [proposal_id for proposal_id in findings.watched(db) if proposal_id not in shipped]
