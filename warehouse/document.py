"""Writes `docs/schema.md` and `docs/cookbook.md` from the schema and the recipes themselves.

`python -m warehouse.document` writes both; a test fails when they are not what this makes of the code.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from warehouse.cookbook import recipes
from warehouse.store import Warehouse, writing
from warehouse.tables import Table, all_tables, views

_KEYS = {
    "site_id": "sites",
    "page_id": "pages",
    "board_id": "boards",
    "thread_id": "threads",
    "author_id": "authors",
    "post_id": "posts",
    "proposal_id": "proposals",
    "run_id": "crawl_runs",
}
"""Column to the table whose key it is; where names differ, `_ELSEWHERE` says."""
_ELSEWHERE = {
    ("tagged_posts", "run_id"): "analysis_runs",
    ("analysis_runs", "run_id"): "analysis_runs",
    ("quotes", "source_post_id"): "posts",
    ("replies", "parent_post_id"): "posts",
    ("stances", "target_post_id"): "posts",
    ("moderation_events", "actor_author_id"): "authors",
}
_VIEW_EXAMPLES = {
    "evidence": "SELECT stance, author, excerpt FROM evidence WHERE proposal_id = 'arbitration_fee'",
    "interactions": "SELECT from_author, to_author, opposes FROM interactions ORDER BY opposes DESC LIMIT 10",
    "mentions": "SELECT author, excerpt FROM mentions WHERE act = 'propose' AND proposal IS NULL",
    "moderation_timeline": "SELECT happened_at, kind, thread, actor, methods FROM moderation_timeline",
    "positions": "SELECT author, stance, posted_at FROM positions WHERE proposal_id = 'readiness_test'",
    "proposal_leaderboard": "SELECT label, supporters, opposers, net_support FROM proposal_leaderboard",
    "proposal_trends": "SELECT week, label, mentions, net_support FROM proposal_trends ORDER BY week",
    "thread_overview": "SELECT title, contention FROM thread_overview ORDER BY contention DESC LIMIT 10",
}


def schema() -> str:
    """The schema as Markdown, with a diagram, from a fresh warehouse."""
    with tempfile.TemporaryDirectory() as folder, writing(Path(folder) / "w.duckdb") as db:
        return "\n".join(_schema(db))


def cookbook() -> str:
    """The recipes as Markdown."""
    return "\n".join(_cookbook())


def _schema(db: Warehouse) -> Iterator[str]:
    tables = all_tables(db)
    yield "# The warehouse\n"
    yield "One DuckDB file. This page is generated (`python -m warehouse.document`) from the comments in it."
    yield "Ids are text, times are UTC, offsets count Unicode code points (end exclusive), confidences lie in"
    yield "[0, 1]. `thread_id`, `post_id` and the like are `<site_id>:<id on the platform>`.\n"
    yield "```mermaid"
    yield "erDiagram"
    yield from sorted({line for table in tables for line in _relations(table)})
    yield "```\n"
    yield "## Tables\n"
    for table in tables:
        yield from _described(table)
    yield "## Views\n"
    for view in views(db):
        yield from _described(view)
        yield f"```sql\n{_VIEW_EXAMPLES[view.name]};\n```\n"


def _relations(table: Table) -> Iterator[str]:
    for column in table.columns:
        target = _ELSEWHERE.get((table.name, column.name), _KEYS.get(column.name))
        if target is not None and target != table.name:
            yield f'    {target} ||--o{{ {table.name} : "{column.name}"'


def _described(table: Table) -> Iterator[str]:
    yield f"### {table.name}\n"
    yield f"{table.comment}\n"
    yield "| column | type | meaning |"
    yield "| --- | --- | --- |"
    for column in table.columns:
        yield f"| {column.name} | {_type(column.type)} | {_cell(column.comment)} |"
    yield ""


def _type(kind: str) -> str:
    return kind.replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ").replace("ENUM(", "one of (")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def _cookbook() -> Iterator[str]:
    yield "# Cookbook\n"
    yield "Questions that researchers ask, with the SQL that answers them. Run one with `folkmoot query`,"
    yield "or in any DuckDB. Generated (`python -m warehouse.document`) from `warehouse/queries/`, where"
    yield "the same queries run as tests.\n"
    for number, recipe in enumerate(recipes(), 1):
        yield f"## {number}. {recipe.question}\n"
        yield f"{recipe.explanation}\n"
        yield f"```sql\n{recipe.sql}\n```\n"


def main(docs: Path) -> None:
    docs.mkdir(exist_ok=True)
    (docs / "schema.md").write_text(schema(), encoding="utf-8")
    (docs / "cookbook.md").write_text(cookbook(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs"))
