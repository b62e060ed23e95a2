"""`folkmoot codebook`: check a codebook; take a discovered proposal into it."""

import json
import re
from pathlib import Path

import click

from folkmoot.commands import options
from folkmoot.errors import FolkmootError


@click.group(
    epilog=options.example(
        "folkmoot codebook check codebook.toml",
        "folkmoot codebook promote d-dark-mode --warehouse forum.duckdb --codebook codebook.toml",
    )
)
def command() -> None:
    """The list of proposals you watch."""


@command.command(epilog=options.example("folkmoot codebook check codebook.toml"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Say whether a codebook can be used, and what it watches."""
    from analyze import codebook

    for proposal in codebook.load(file).proposals:
        click.echo(f"{proposal.id:30}{proposal.label}")


@command.command(
    epilog=options.example(
        "folkmoot codebook promote d-dark-mode --warehouse f.duckdb --codebook codebook.toml"
    )
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
def promote(proposal_id: str, warehouse_path: Path, file: Path) -> None:
    """Add a discovered proposal to your codebook, with its own words as the first phrase.

    Look at the entry, give it more phrases, and run `folkmoot analyze` again.
    """
    from analyze import codebook
    from warehouse.findings import discovered
    from warehouse.store import reading

    codebook.load(file)
    with reading(warehouse_path) as db:
        found = discovered(db, proposal_id)
    if found is None:
        raise FolkmootError(
            f"{proposal_id}: no discovered proposal has this id; "
            "see: folkmoot query \"FROM proposals WHERE origin = 'discovered'\" --warehouse …"
        )
    before = file.read_text("utf-8")
    file.write_text(f"{before.rstrip()}\n\n{_entry(found)}", "utf-8")
    try:
        codebook.load(file)
    except Exception:
        file.write_text(before, "utf-8")
        raise
    click.echo(_entry(found))


def _entry(found: dict[str, object]) -> str:
    """The proposal as a codebook entry. A TOML string is written as JSON writes one."""
    label = str(found["label"])
    excerpts = found["excerpts"]
    assert isinstance(excerpts, list)
    said = [f"# said: {' '.join(str(excerpt).split())[:140]}" for excerpt in excerpts[:3]]
    fields = {
        "id": re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_"),
        "label": label,
        "description": str(found["description"]) or label,
    }
    lines = [
        "[[proposal]]",
        *(f"{key} = {json.dumps(text, ensure_ascii=False)}" for key, text in fields.items()),
    ]
    return "\n".join([*said, *lines, f"phrases = [{json.dumps(label.lower(), ensure_ascii=False)}]"]) + "\n"
