"""`folkmoot import`: a Parquet export back into a warehouse."""

from pathlib import Path

import click

from folkmoot.commands import options
from folkmoot.commands.summaries import emit, plural


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
    from warehouse.restore import require_restorable, restore
    from warehouse.store import writing

    require_restorable(warehouse_path, folder)
    with writing(warehouse_path) as db:
        posts = restore(db, folder)
    if as_json:
        emit({"warehouse": str(warehouse_path), "posts": posts})
    else:
        click.echo(f"{plural(posts, 'post')} in {warehouse_path}")
