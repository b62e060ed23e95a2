"""The schema says of itself what it means, and the documentation says what the schema says."""

from pathlib import Path

from warehouse import document
from warehouse.store import Warehouse
from warehouse.tables import all_tables, tables, views

DOCS = Path(__file__).parents[2] / "docs"


def test_every_table_view_and_column_has_a_comment(db: Warehouse) -> None:
    described = [*all_tables(db), *views(db)]
    assert {table.name for table in described} >= {
        "posts",
        "quotes",
        "stances",
        "proposal_trends",
        "evidence",
    }
    assert all(table.comment for table in described)
    assert [f"{t.name}.{c.name}" for t in described for c in t.columns if not c.comment] == []


def test_what_only_the_loader_needs_is_not_handed_out(db: Warehouse) -> None:
    assert "schema_migrations" not in {table.name for table in tables(db)}


def test_the_documentation_is_up_to_date() -> None:
    assert (DOCS / "schema.md").read_text("utf-8") == document.schema(), "run `make docs`"
