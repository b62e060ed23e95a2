"""The tables as they are handed out: without what only the loader needs."""

from dataclasses import dataclass

from warehouse.store import Warehouse

_OURS = ("schema_migrations",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    name: str
    type: str
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    name: str
    comment: str
    columns: tuple[Column, ...]

    def select(self) -> str:
        """All of it, enumerations as words, in an order that does not depend on how it was loaded."""
        shown = (
            f"{column.name}::VARCHAR AS {column.name}" if column.type.startswith("ENUM") else column.name
            for column in self.columns
        )
        order = ", ".join(column.name for column in self.columns[:2])
        return f"SELECT {', '.join(shown)} FROM {self.name} ORDER BY {order}"  # noqa: S608


def tables(db: Warehouse) -> list[Table]:
    """Every table that researchers see, in the order of the schema."""
    return [table for table in all_tables(db) if table.name not in _OURS]


def all_tables(db: Warehouse) -> list[Table]:
    """Every table, in the order of the schema."""
    return _described(db, "duckdb_tables()", "table_name", "table_oid")


def views(db: Warehouse) -> list[Table]:
    """Every view, by name."""
    return _described(db, "duckdb_views()", "view_name", "view_name")


def _described(db: Warehouse, catalog: str, name: str, order: str) -> list[Table]:
    sql = f"""
        SELECT listed.{name} AS name, listed.comment, list({{
            'name': columns.column_name, 'type': columns.data_type, 'comment': columns.comment}}
            ORDER BY columns.column_index) AS columns
        FROM {catalog} AS listed
        JOIN duckdb_columns() AS columns
            ON columns.table_name = listed.{name} AND columns.database_name = listed.database_name
        WHERE listed.database_name = current_database() AND NOT listed.temporary AND NOT listed.internal
        GROUP BY listed.{order}, listed.{name}, listed.comment
        ORDER BY listed.{order}
    """  # noqa: S608 (names of the catalog)
    return [
        Table(
            name=row["name"],
            comment=row["comment"],
            columns=tuple(Column(**column) for column in row["columns"]),
        )
        for row in db.query(sql).to_pylist()
    ]
