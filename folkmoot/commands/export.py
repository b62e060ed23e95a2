"""`folkmoot export`: the data for other tools."""

import pkgutil
from pathlib import Path

import click

import warehouse.export
from folkmoot.commands import options
from folkmoot.commands.summaries import say

FORMATS = sorted(module.name for module in pkgutil.iter_modules(warehouse.export.__path__))


@click.command(
    epilog=options.example(
        "folkmoot export --warehouse forum.duckdb --format convokit --out corpus",
        "folkmoot export --warehouse forum.duckdb --format graphml --out replies.graphml",
    )
)
@options.warehouse()
@click.option("--format", "form", type=click.Choice(FORMATS), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file or folder to write.")
@options.as_json
def command(warehouse_path: Path, form: str, out: Path, as_json: bool) -> None:
    """Write the warehouse for other tools.

    A ConvoKit corpus, Parquet or CSV tables, the reply graph (GraphML, GEXF), arguments (AIF), or
    zyte-common-items (JSON Lines of ForumThread).
    """
    from warehouse.exporting import export
    from warehouse.store import reading

    with reading(warehouse_path) as db:
        export(db, form, out)
    say({"out": out}, as_json)
