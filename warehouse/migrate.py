"""Brings a warehouse to the schema of this version: numbered SQL files, each run once, then the views."""

from functools import cache
from hashlib import sha256
from importlib.resources import files

import duckdb

from warehouse.errors import NewerWarehouseError, NotAWarehouseError, OlderWarehouseError

_LEDGER = """
CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name VARCHAR NOT NULL);
COMMENT ON TABLE schema_migrations IS 'Which steps of the schema this file has taken.';
COMMENT ON COLUMN schema_migrations.version IS 'Number of the step; 0 stands for the views.';
COMMENT ON COLUMN schema_migrations.name IS 'What the step is called; of the views, a digest of their text.';
"""


@cache
def sql_files(folder: str) -> tuple[tuple[str, str], ...]:
    """(name without ending, text) of each SQL file in a folder of this room, in order of name."""
    entries = (
        entry for entry in files("warehouse").joinpath(folder).iterdir() if entry.name.endswith(".sql")
    )
    return tuple(sorted((entry.name.removesuffix(".sql"), entry.read_text("utf-8")) for entry in entries))


@cache
def sql_file(name: str) -> str:
    """The text of one SQL file of this room: "tagging/save"."""
    return files("warehouse").joinpath(f"{name}.sql").read_text("utf-8")


def check(connection: duckdb.DuckDBPyConnection, where: str) -> int:
    """The schema version of an open file. Raises NotAWarehouseError or NewerWarehouseError."""
    if not _tables(connection, "schema_migrations"):
        raise NotAWarehouseError(f"{where} is a DuckDB file, but not a Folkmoot warehouse; name another file")
    held = connection.execute("SELECT coalesce(max(version), 0)::INTEGER FROM schema_migrations").fetchall()[
        0
    ][0]
    newest = _newest()
    if held > newest:
        raise NewerWarehouseError(
            f"{where} was written by a newer Folkmoot (schema {held}; this one knows up to {newest}); "
            "install that version, or name another file"
        )
    return int(held)


def require_current(connection: duckdb.DuckDBPyConnection, where: str) -> None:
    """Raises OlderWarehouseError where an open file lacks the last steps, or today's views."""
    if check(connection, where) < _newest() or not _has_todays_views(connection):
        raise OlderWarehouseError(
            f"{where} was written by an older Folkmoot; "
            f"`folkmoot analyze --warehouse {where}` brings it up to date "
            "(with your --codebook, if you have one)"
        )


def migrate(connection: duckdb.DuckDBPyConnection, where: str) -> None:
    """Takes the steps that are missing, each in a transaction, and replaces the views by today's."""
    if not _tables(connection, "%"):
        connection.execute(_LEDGER)
    held = check(connection, where)
    for name, text in sql_files("migrations"):
        if _number(name) > held:
            connection.execute("BEGIN")
            connection.execute(text)
            connection.execute("INSERT INTO schema_migrations VALUES (?, ?)", [_number(name), name[5:]])
            connection.execute("COMMIT")
    _replace_views(connection)


def _replace_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Today's views with their comments, where the file has others: making them anew takes half a second."""
    if _has_todays_views(connection):
        return
    connection.execute("BEGIN")
    for _name, text in sql_files("views"):
        connection.execute(text)
    connection.execute("INSERT OR REPLACE INTO schema_migrations VALUES (0, ?)", [_views_digest()])
    connection.execute("COMMIT")


def _has_todays_views(connection: duckdb.DuckDBPyConnection) -> bool:
    held = connection.execute("SELECT name FROM schema_migrations WHERE version = 0").fetchall()
    return held == [(_views_digest(),)]


@cache
def _views_digest() -> str:
    return sha256("".join(text for _name, text in sql_files("views")).encode()).hexdigest()[:16]


def _newest() -> int:
    return _number(sql_files("migrations")[-1][0])


def _number(name: str) -> int:
    return int(name[:4])


def _tables(connection: duckdb.DuckDBPyConnection, pattern: str) -> int:
    count = (
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = current_database() AND table_name LIKE ?"
    )
    return int(connection.execute(count, [pattern]).fetchall()[0][0])
