"""`folkmoot codebook`: check a codebook; try it; take a discovered proposal into it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from folkmoot.commands import options
from folkmoot.commands.query import WRITERS
from folkmoot.commands.summaries import plural
from folkmoot.errors import FolkmootError

if TYPE_CHECKING:
    from analyze.codebook import Proposal


@click.group(
    epilog=options.example(
        "folkmoot codebook check codebook.toml",
        "folkmoot codebook try codebook.toml --warehouse forum.duckdb",
        "folkmoot codebook promote discovered_dark_mode --warehouse forum.duckdb --codebook codebook.toml",
    )
)
def command() -> None:
    """The list of proposals you watch."""


@command.command(epilog=options.example("folkmoot codebook check codebook.toml"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Say whether a codebook can be used, and what it watches."""
    from analyze import codebook

    watched = codebook.load(file).proposals
    if not watched:
        click.echo(f"{file} has no entries: nothing is watched, and all requests are grouped as discovered.")
    for proposal in watched:
        click.echo(f"{proposal.id:30}{proposal.label:32}  {_watched(proposal)}")
        for note in proposal.notes():
            click.echo(f"note: {proposal.id}: {note}", err=True)


def _watched(proposal: "Proposal") -> str:
    """What an entry is found by."""
    if proposal.is_bare:
        forms = "its label"
    else:
        found = ((proposal.phrases, "phrase"), (proposal.patterns, "pattern"))
        forms = ", ".join(plural(len(held), what) for held, what in found if held)
    return f"{forms}; facets: {', '.join(proposal.facets)}" if proposal.facets else forms


@command.command(
    "try",
    epilog=options.example(
        "folkmoot codebook try codebook.toml --warehouse forum.duckdb",
        "folkmoot codebook try codebook.toml --warehouse forum.duckdb --format csv > phrases.csv",
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.warehouse()
@options.table_format
def try_out(file: Path, warehouse_path: Path, form: str) -> None:
    """Say how many posts each phrase finds, and show the first: before you analyze.

    A phrase that finds nothing may be misspelt or not said here; one that finds most posts says too little.
    Nothing is changed.
    """
    import pyarrow as pa

    from analyze import codebook
    from analyze.trial import tried
    from warehouse.findings import texts
    from warehouse.store import reading

    watched = codebook.load(file)
    with reading(warehouse_path) as db:
        found = tried(watched, texts(db))
    columns = {
        "entry": [one.entry for one in found],
        "facet": [one.facet for one in found],
        "posts": [one.texts for one in found],
        "phrase": [one.phrase for one in found],
        "example": [one.example for one in found],
    }
    WRITERS[form](pa.table(columns))


@command.command(
    "promote",
    epilog=options.example(
        "folkmoot codebook promote discovered_dark_mode --warehouse f.duckdb --codebook codebook.toml"
    ),
)
@click.argument("proposal_id")
@options.warehouse()
@click.option(
    "--codebook",
    "file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The codebook to add it to.",
)
def add(proposal_id: str, warehouse_path: Path, file: Path) -> None:
    """Add a discovered proposal to your codebook, with phrases made of what people said.

    Look at the entry, give it more phrases, and run `folkmoot analyze` again.
    """
    from analyze import codebook, promote
    from warehouse.findings import discovered, texts
    from warehouse.store import reading

    codebook.load(file)
    with reading(warehouse_path) as db:
        found = discovered(db, proposal_id)
        if found is None:
            raise FolkmootError(
                f"{proposal_id}: no discovered proposal has this id; "
                "see: folkmoot query \"FROM proposals WHERE origin = 'discovered'\" --warehouse …"
            )
        excerpts = found["excerpts"]
        made = promote.entry(found["label"], found["description"], excerpts)
        in_all = promote.found(made, texts(db))
    longer = f"{file.read_text('utf-8').rstrip()}\n\n{made}"
    codebook.parse(longer.encode(), str(file))
    file.write_text(longer, "utf-8")
    click.echo(made)
    click.echo(
        f"Its words find {promote.found(made, excerpts)} of the {len(excerpts)} requests that it was made "
        f"of, and {plural(in_all, 'post')} in all; others are found by what their thread is about. "
        f"Look at it in {file}, then: folkmoot analyze --warehouse {warehouse_path} --codebook {file}"
    )
