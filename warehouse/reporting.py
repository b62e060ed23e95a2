"""The queries behind the report: each a `queries/report_<name>.sql`, run on an open warehouse."""

from typing import Any

import duckdb

from warehouse.migrate import sql_file


def rows(connection: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> list[dict[str, Any]]:
    """The rows of one query of the report; a script of several statements gives those of its last one.

    Working tables are temporary: they live in the connection, so a read-only warehouse will do.
    """
    cursor = connection.execute(sql_file(f"queries/report_{name}"), parameters or None)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
