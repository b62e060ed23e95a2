"""The schema says of itself what it means."""

from warehouse.store import Warehouse
from warehouse.tables import all_tables, tables, views


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
