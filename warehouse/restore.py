"""Reads a Parquet export back into an empty warehouse: for moving one, sharing one, or keeping one safe."""

import json
from hashlib import file_digest
from pathlib import Path
from typing import Any

from warehouse.errors import WarehouseError
from warehouse.load import transaction
from warehouse.store import Warehouse, reading
from warehouse.tables import tables


def restore(db: Warehouse, folder: Path) -> int:
    """Fills an empty warehouse from a folder that the Parquet export wrote; returns the number of posts.

    Raises WarehouseError when the folder is none, a file of it is missing or not what the manifest says, or
    the warehouse holds something already.
    """
    described = _manifest(folder)
    for table in described:
        for file in table["files"]:
            _check(folder / file["path"], file["sha256"])
    _require_empty(db)
    known = {table.name: {column.name for column in table.columns} for table in tables(db)}
    with transaction(db):
        for table in described:
            if table["files"]:
                _fill(db, table, known, folder)
    return int(db.query("SELECT count(*) AS n FROM posts")["n"][0].as_py())


def require_restorable(path: Path, folder: Path) -> None:
    """Raises WarehouseError where `restore` would, as far as that can be seen without writing anything."""
    _manifest(folder)
    if path.is_file():
        with reading(path) as db:
            _require_empty(db)


def _require_empty(db: Warehouse) -> None:
    if db.query("SELECT 1 FROM sites").num_rows:
        raise WarehouseError(f"{db.path} holds something already; name a file that is not there yet")


def _manifest(folder: Path) -> list[dict[str, Any]]:
    file = folder / "manifest.json"
    try:
        manifest = json.loads(file.read_text("utf-8"))
        if manifest["format"] == "folkmoot-parquet":
            described: list[dict[str, Any]] = manifest["tables"]
            return described
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise WarehouseError(f"{folder} is no Parquet export of folkmoot: there is no manifest.json of one in it")


def _check(file: Path, wanted: str) -> None:
    try:
        with file.open("rb") as content:
            found = file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise WarehouseError(f"{file}: {error.strerror}; copy the whole export again") from None
    if found != wanted:
        raise WarehouseError(f"{file} is not the file that was exported; copy the whole export again")


def _fill(db: Warehouse, table: dict[str, Any], known: dict[str, set[str]], folder: Path) -> None:
    name = table["name"]
    columns = [column["name"] for column in table["columns"]]
    strange = sorted(set(columns) - known.get(name, set()))
    if strange:
        raise WarehouseError(f"{folder}: {name}.{strange[0]} is not known here; it takes a newer folkmoot")
    listed = ", ".join(columns)
    files = [str(folder / file["path"]) for file in table["files"]]
    db.connection.execute(
        f"INSERT INTO {name} ({listed}) SELECT {listed} FROM read_parquet(?, hive_partitioning = false)",  # noqa: S608 (known names)
        [files],
    )
