"""`folkmoot forget`: a person, a post or a page, everywhere."""

from datetime import UTC, datetime
from pathlib import Path

import click

from folkmoot.commands import options
from folkmoot.commands.summaries import emit, plural
from folkmoot.errors import FolkmootError

MOST = 20


@click.command(
    epilog=options.example(
        'folkmoot forget "Jane Roe" --config folkmoot.toml',
        "folkmoot forget https://community.example.com/user/77 --config folkmoot.toml",
        'folkmoot forget "Jane Roe" --warehouse forum.duckdb --report report',
    )
)
@click.argument("what")
@options.config
@click.option(
    "--warehouse",
    "warehouse_path",
    type=options.FILE,
    help="The DuckDB file, where there is no configuration; its folder is the project's.",
)
@click.option(
    "--report",
    type=options.FOLDER,
    help="With --warehouse: the folder of its report.",
)
@options.as_json
def command(
    what: str, config_path: Path, warehouse_path: Path | None, report: Path | None, as_json: bool
) -> None:
    """Remove an author, a post or a thread (name, id or URL) from every file of the project.

    Where an id is that of a post and of its thread, say post:ID or thread:ID; of several people of one
    name, say whom by the id that is then told. Whoever has a pseudonym here is found by the name they bear.

    Their posts, revisions and findings go, what others quote of them is emptied, and their name is blotted
    out. Archived pages that hold or name them are erased, others' words on those pages stay in the
    warehouse. A keyed tombstone keeps them from coming back. The report is written anew, and at the end
    every file is searched for the name, saved pages that were read by `folkmoot parse` too: what is still
    found is told, with exit status 1. Posts that may call
    them by their first name are told and left as they are: forget those that do.
    """
    from folkmoot import erasure

    if warehouse_path:
        project = erasure.project_around(warehouse_path, report)
    elif config_path.exists():
        project = erasure.project_of(config_path)
    else:
        raise FolkmootError(f"{config_path}: no such file; without a configuration, say --warehouse FILE")
    outcome = erasure.forget(project, what, today=datetime.now(UTC).date())
    if as_json:
        emit(outcome)
    else:
        click.echo(
            f"{plural(outcome['posts'], 'post')} forgotten, "
            f"{plural(outcome['records'], 'archived page')} erased"
        )
        for name in outcome["words"]:
            click.echo(f"{name!r} is a word here too: it went where it stands as a name", err=True)
        for name in outcome["shared"]:
            click.echo(f"{name!r} is another member's name too: it was not looked for", err=True)
        for name, posts in outcome["called"].items():
            click.echo(f"{name!r} may be what others call them, and was left in: {_some(posts)}", err=True)
        for trace in outcome["traces"]:
            click.echo(f"still named in: {trace}", err=True)
    if outcome["traces"]:
        click.echo("Delete these files, or write them anew (reports with `folkmoot report`).", err=True)
        raise SystemExit(1)


def _some(posts: list[str]) -> str:
    left = len(posts) - MOST
    return ", ".join(posts[:MOST]) + (f" … and {left} more (--json tells all of them)" if left > 0 else "")
