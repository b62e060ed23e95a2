"""Hands the data to the tools researchers already use. A format is a module in `warehouse/export/`."""

import importlib
import pkgutil
from functools import cache
from pathlib import Path
from typing import Protocol

import warehouse.export
from warehouse.errors import WarehouseError
from warehouse.placing import placed_file, placed_folder
from warehouse.store import Warehouse, explained


class Format(Protocol):
    """What a module in `warehouse/export/` offers."""

    MARK: str | None
    """A file by which a folder is known for an earlier export of the format; None where it is one file."""

    def export(self, db: Warehouse, out: Path) -> None:
        """Writes `out`, which is not there yet: a file or a folder, as the format has it."""
        ...


@cache
def formats() -> dict[str, Format]:
    """Every format by name, found by looking in the folder."""
    names = sorted(module.name for module in pkgutil.iter_modules(warehouse.export.__path__))
    return {name: importlib.import_module(f"warehouse.export.{name}") for name in names}


def export(db: Warehouse, name: str, out: Path) -> None:
    """Writes the warehouse in one of `formats()` to `out`, whole or not at all.

    Raises WarehouseError when there is no such format, something is in the way, or the disk is full.
    """
    if name not in formats():
        raise WarehouseError(f"no format is called {name!r}; there are: {', '.join(formats())}")
    form = formats()[name]
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with placed_folder(out, name, form.MARK) if form.MARK else placed_file(out, name) as draft:
            form.export(db, draft)
    except OSError as error:
        raise explained(error, out) from error
