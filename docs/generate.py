"""Writes the parts of the documentation that the code knows best; `make docs` runs it, a test checks it.

docs/commands.md is the help of every command, docs/schema.md the warehouse, docs/cookbook.md questions with
the demo's answers. In README.md the text between `<!-- platforms -->` and `<!-- schema -->` marks is
a table of the platforms and of the warehouse; that between `<!-- labels -->` marks in docs/coding.md is one
of the labels that coders give.
"""

import re
import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "docs"))  # what stands beside this script, however it is loaded
MARK = "<!-- {name} -->\n{body}<!-- /{name} -->"


def commands() -> str:
    """docs/commands.md."""
    from folkmoot.cli import COMMANDS, folkmoot

    parts = ["# Commands", "", "Made by `make docs` from `--help`; change the commands, not this page.", ""]
    context = click.Context(folkmoot, info_name="folkmoot", **folkmoot.context_settings)
    for name in COMMANDS:
        command = folkmoot.get_command(context, name)
        assert command is not None
        parts += _help(command, name, context)
        if isinstance(command, click.Group):
            inner = click.Context(command, info_name=name, parent=context)
            for sub in command.list_commands(inner):
                child = command.get_command(inner, sub)
                assert child is not None
                parts += _help(child, sub, inner)
    return "\n".join(parts).rstrip() + "\n"


def _help(command: click.Command, name: str, parent: click.Context) -> list[str]:
    context = click.Context(command, info_name=name, parent=parent, terminal_width=96, max_content_width=96)
    title = context.command_path
    return [f"## {title}", "", "```text", command.get_help(context).strip(), "```", ""]


def platforms() -> str:
    """A row a platform: its name, what it reads, and how many golden pages it is tested on."""
    from parse.registry import platforms as found

    rows = ["| platform | what is read | golden pages |", "| --- | --- | --- |"]
    for name, platform in found().items():
        doc = (sys.modules[type(platform).__module__].__doc__ or "").strip().splitlines()[0]
        golden = ROOT / "tests" / "golden" / name
        cases = len([p for p in golden.iterdir() if p.is_dir()]) if golden.is_dir() else 0
        rows.append(f"| `{name}` | {doc} | {cases or ''} |")
    return "\n".join(rows) + "\n"


def schema() -> str:
    """A row a table or view of the warehouse, with its comment."""
    from tempfile import TemporaryDirectory

    from warehouse.store import reading, writing

    sql = """
        SELECT table_name AS name, 'table' AS kind, comment, column_count AS columns FROM duckdb_tables()
        WHERE NOT internal
        UNION ALL
        SELECT view_name, 'view', comment, column_count FROM duckdb_views() WHERE NOT internal
        ORDER BY kind, name
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.duckdb"
        with writing(path):
            pass
        with reading(path) as db:
            rows = db.query(sql).to_pylist()
    lines = ["| name | | columns | what it holds |", "| --- | --- | ---: | --- |"]
    lines += [f"| `{r['name']}` | {r['kind']} | {r['columns']} | {r['comment'] or ''} |" for r in rows]
    return "\n".join(lines) + "\n"


def cookbook(folder: Path) -> str:
    """docs/cookbook.md, with the answers by two weeks of the demo, which is crawled into `folder`."""
    from datetime import UTC, datetime

    import warehouse_pages

    from folkmoot.demo import show
    from warehouse.store import reading

    begun = datetime.now(UTC)
    outcome = show.run(folder, weeks=2)
    with reading(Path(outcome["warehouse"])) as db:
        return warehouse_pages.cookbook(db, begun)


def labels() -> str:
    """A row a label that coders may give, with what it means."""
    from folkmoot.labels import questions

    rows = ["| task | label | means |", "| --- | --- | --- |"]
    for task, asked in questions().items():
        for number, (label, meaning) in enumerate(asked.labels.items()):
            rows.append(f"| {'' if number else task} | `{label}` | {meaning} |")
    return "\n".join(rows) + "\n"


TABLES = {"README.md": (platforms, schema), "docs/coding.md": (labels,)}
"""The pages that are written by hand but for tables between marks, which are named after their makers."""


def with_tables(page: str) -> str:
    """The text of one of these pages, its tables made anew."""
    text = (ROOT / page).read_text("utf-8")
    for make in TABLES[page]:
        name = make.__name__
        block = MARK.format(name=name, body=make())
        text = re.sub(rf"<!-- {name} -->.*?<!-- /{name} -->", lambda _, b=block: b, text, flags=re.S)
    return text


def main() -> None:
    from tempfile import TemporaryDirectory

    import warehouse_pages

    (ROOT / "docs" / "schema.md").write_text(warehouse_pages.schema(), "utf-8")
    with TemporaryDirectory() as folder:
        (ROOT / "docs" / "cookbook.md").write_text(cookbook(Path(folder)), "utf-8")
    (ROOT / "docs" / "commands.md").write_text(commands(), "utf-8")
    for page in TABLES:
        (ROOT / page).write_text(with_tables(page), "utf-8")


if __name__ == "__main__":
    main()
