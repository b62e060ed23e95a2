"""`docs/schema.md` and `docs/cookbook.md`, made of the schema, the recipes and their answers themselves.

`docs/generate.py` writes both; a test fails when they are not what this makes of the code.
"""

import re
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa

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
    "counted_requests": (
        "SELECT proposal_id, count(DISTINCT author_id) AS people "
        "FROM counted_requests JOIN posts USING (post_id) GROUP BY ALL"
    ),
    "counted_stances": (
        "SELECT proposal_id, stance, count(DISTINCT author_id) AS people FROM counted_stances GROUP BY ALL"
    ),
    "documents": "SELECT quoted_by, link, left(text, 80) FROM documents WHERE words > 20",
    "evidence": "SELECT stance, author, excerpt FROM evidence WHERE proposal_id = 'arbitration_fee'",
    "idea_outcomes": "SELECT title, votes, status, outcome, previous_status, waited_days FROM idea_outcomes "
    "ORDER BY votes DESC LIMIT 10",
    "poll_results": "SELECT question, option, votes, share, votes_gained FROM poll_results "
    "ORDER BY poll_id, option_number",
    "interactions": "SELECT from_author, to_author, opposes FROM interactions ORDER BY opposes DESC LIMIT 10",
    "machine_labels": (
        "SELECT task, machine.label AS by_machine, codings.label AS by_coder, count(*) AS posts "
        "FROM machine_labels AS machine JOIN codings USING (task, post_id) GROUP BY ALL"
    ),
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


def cookbook(demo: Warehouse, crawled_from: datetime) -> str:
    """The recipes as Markdown, each with its answer by the demo, whose first crawl began at `crawled_from`.

    What differs each time the demo is crawled (times of crawls, ports, places in the archive) is left out.
    """
    return "\n".join(_cookbook(demo, crawled_from))


def _schema(db: Warehouse) -> Iterator[str]:
    tables = all_tables(db)
    yield "# The warehouse\n"
    yield "One DuckDB file. This page is made by `make docs` from the comments in it."
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


def _cookbook(demo: Warehouse, crawled_from: datetime) -> Iterator[str]:
    yield "# Cookbook\n"
    yield "Questions that researchers ask, with the SQL that answers them and the answer by the demo"
    yield "(`folkmoot demo --weeks 2`; its first rows). Run one with `folkmoot query`, or in any DuckDB."
    yield "Made by `make docs` from `warehouse/queries/`; the same queries run as tests.\n"
    for number, recipe in enumerate(recipes(), 1):
        yield f"## {number}. {recipe.question}\n"
        yield f"{recipe.explanation}\n"
        yield f"```sql\n{recipe.sql}\n```\n"
        yield from _answer(demo.query(recipe.sql), crawled_from)


def _answer(answer: pa.Table, crawled_from: datetime) -> Iterator[str]:
    yield f"| {' | '.join(answer.column_names)} |"
    yield f"|{' --- |' * answer.num_columns}"
    for row in answer.slice(0, SHOWN).to_pylist():
        yield f"| {' | '.join(_value(name, value, crawled_from) for name, value in row.items())} |"
    more = answer.num_rows - SHOWN
    yield f"\n{f'… and {more:,} more rows.' if more > 0 else 'That is all.'}\n"


def _value(name: str, value: object, crawled_from: datetime) -> str:
    if value is None:
        return ""
    if name in _PLACES:
        return "*"
    if isinstance(value, datetime):
        return "*(the crawl)*" if value >= crawled_from else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, (float, date)):
        return str(value)
    text = " ".join(_PORT.sub("http://demo", str(value)).split())
    return _cell(text if len(text) <= WIDEST else text[: WIDEST - 1] + "…")


SHOWN, WIDEST = 5, 80
_PLACES = ("archive_offset", "archive_length")
_PORT = re.compile(r"http://127\.0\.0\.1:\d+")
