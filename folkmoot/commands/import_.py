"""`folkmoot import`: a Parquet export back into a warehouse."""

from pathlib import Path

import click

from folkmoot.commands import options
from folkmoot.commands.summaries import say


@click.command(
    epilog=options.example("folkmoot import tables/ --warehouse copy.duckdb"),
)
@click.argument("folder", type=click.Path(file_okay=False, exists=True, path_type=Path))
@options.warehouse()
@options.as_json
def command(folder: Path, warehouse_path: Path, as_json: bool) -> None:
    """Make a warehouse of what `folkmoot export --format parquet` wrote.

    Everything comes back: posts, history, findings, codings. Corpora of ConvoKit and forum-dl are read by
    `folkmoot parse`.
    """
    from warehouse.restore import restore
    from warehouse.store import writing

    with writing(warehouse_path) as db:
        posts = restore(db, folder)
    say({"warehouse": str(warehouse_path), "posts": posts}, as_json)
