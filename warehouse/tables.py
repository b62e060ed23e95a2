"""The tables as they are handed out: without what only the loader needs."""

from dataclasses import dataclass

from warehouse.store import Warehouse

_OURS = ("schema_migrations", "tagged_posts")


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
    sql = """
        SELECT tables.table_name, tables.comment, list({
            'name': column_name, 'type': data_type, 'comment': columns.comment}
            ORDER BY column_index) AS columns
        FROM duckdb_tables() AS tables
        JOIN duckdb_columns() AS columns USING (database_name, schema_name, table_name)
        WHERE database_name = current_database() AND NOT tables.temporary
        GROUP BY tables.table_oid, tables.table_name, tables.comment
        ORDER BY tables.table_oid
    """
    return [
        Table(
            name=row["table_name"],
            comment=row["comment"],
            columns=tuple(Column(**column) for column in row["columns"]),
        )
        for row in db.query(sql).to_pylist()
        if row["table_name"] not in _OURS
    ]
