"""`folkmoot init`: a commented configuration and the default codebook beside it."""

import shlex
from importlib.resources import files
from pathlib import Path

import click

from folkmoot.commands import options
from folkmoot.commands.summaries import say
from folkmoot.errors import FolkmootError


@click.command(epilog=options.example("folkmoot init my-community"))
@click.argument("folder", default=".", type=options.FOLDER)
@options.as_json
def command(folder: Path, as_json: bool) -> None:
    """Write folkmoot.toml and codebook.toml into a folder. Nothing that is there is overwritten."""
    wanted = {
        folder / "folkmoot.toml": files("folkmoot").joinpath("folkmoot.toml").read_text("utf-8"),
        folder / "codebook.toml": files("analyze").joinpath("codebook.toml").read_text("utf-8"),
    }
    there = [path for path in wanted if path.exists()]
    if there:
        raise FolkmootError(f"{there[0]} is already there; remove it first, or name another folder")
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")
    say({path.stem: path for path in wanted}, as_json)
    config = folder / "folkmoot.toml"
    here = "" if folder.resolve() == Path.cwd() else f" --config {shlex.quote(str(config))}"
    click.echo(
        "Next: name your site and contact in folkmoot.toml, put the proposals you watch into codebook.toml "
        f"(those in it are a freelancing marketplace's), then: folkmoot run{here}",
        err=True,
    )
