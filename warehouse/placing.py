"""Where an export is put: written beside it, then moved there, so that half an export replaces nothing."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import WarehouseError
from warehouse.store import is_database


@contextmanager
def placed_file(out: Path, form: str) -> Iterator[Path]:
    """Where to write a file that takes the place of `out` when the block ends well.

    Raises WarehouseError where `out` is a folder or a database: a warehouse that is gone does not come back.
    """
    if out.is_dir():
        raise WarehouseError(f"{out} is a folder, and {form} is one file; name it, say {out}/folkmoot.{form}")
    if out.exists() and not out.is_file():  # /dev/stdout, a pipe: nothing that could be replaced
        yield out
        return
    if out.exists() and is_database(out):
        raise WarehouseError(f"{out} is a database, which the export would replace; choose another --out")
    with _draft(out.resolve()) as draft:
        yield draft
        draft.replace(out.resolve())


@contextmanager
def placed_folder(out: Path, form: str, mark: str) -> Iterator[Path]:
    """Where to write a folder whose files go into `out` when the block ends well; `mark` is one of them.

    What else is in `out` stays. Raises WarehouseError where `out` is a file, or holds a file that would be
    replaced and no `mark`: whoever gave us posts.csv may have no other one.
    """
    if out.exists() and not out.is_dir():
        raise WarehouseError(f"{out} is a file, and {form} is a folder; choose another --out")
    with _draft(out.resolve()) as draft:
        yield draft
        _put(draft, out, is_ours=(out / mark).exists())


def _put(draft: Path, out: Path, is_ours: bool) -> None:
    names = sorted(item.name for item in draft.iterdir())
    taken = [name for name in names if (out / name).exists()]
    if taken and not is_ours:
        raise WarehouseError(f"{out} holds {taken[0]}, which the export would replace; choose another --out")
    out.mkdir(exist_ok=True)
    for name in names:
        if (out / name).is_dir():
            shutil.rmtree(out / name)
        (draft / name).replace(out / name)


@contextmanager
def _draft(out: Path) -> Iterator[Path]:
    draft = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        draft.unlink(missing_ok=True)
