"""Workbooks of spreadsheets (`.xlsx`): each of their sheets is a table, and read as one."""

import csv
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from parse.files import packed
from parse.model import ParseError
from parse.page import Page

SUFFIX = ".xlsx"
_OTHERS = (".xls", ".xlsb", ".ods")
"""Workbooks that are told as such, and not read."""
_FEWEST = 2
"""Cells that are filled in the first row of a table: one alone is a heading above it."""


def is_workbook(path: Path) -> bool:
    return path.suffix.lower() in (SUFFIX, *_OTHERS)


def sheets(path: Path) -> Iterator[Page]:
    """Every sheet that is not empty, as CSV. Raises ParseError where the file cannot be read."""
    if path.suffix.lower() != SUFFIX:
        raise ParseError(f"{path}: of workbooks only {SUFFIX} is read; save it as that, or its sheets as CSV")
    try:
        _refuse_bomb(path)
        with warnings.catch_warnings(action="ignore"):  # of styles, validations and what else is no cell
            tables = [(name, rows) for name, rows in _tables(path) if rows]
        modified = path.stat().st_mtime
    except ParseError:
        raise
    except Exception as error:  # the library raises whatever it stumbles over
        raise ParseError(f"{path}: {_reason(error)}") from None
    if not tables:
        raise ParseError(f"{path}: the workbook is empty")
    for name, rows in tables:
        yield Page(
            url=f"{path.resolve().as_uri()}?{urlencode({'sheet': name})}",
            body=_as_csv(rows),
            fetched_at=datetime.fromtimestamp(modified, UTC),
            content_type="text/csv",
            archive_file=str(path.resolve()),
            archive_length=path.stat().st_size,
        )


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    said = " ".join(str(error).split()) or type(error).__name__
    return f"no workbook, or a damaged or locked one ({said})"


def _tables(path: Path) -> Iterator[tuple[str, list[Sequence[Any]]]]:
    from openpyxl import load_workbook

    workbook = load_workbook(path, read_only=True, data_only=True)
    try:
        for sheet in workbook.worksheets:
            yield sheet.title, _rows(sheet.iter_rows(values_only=True))
    finally:
        workbook.close()


def _refuse_bomb(path: Path) -> None:
    """Raises ParseError for what unpacks to more than would fit, or is no zip."""
    with zipfile.ZipFile(path) as parts:
        size = sum(part.file_size for part in parts.infolist())
    room = packed.room_for(path.stat().st_size)
    if size > room:
        raise ParseError(f"{path}: it holds more than {room // 1_000_000:,} MB; save its sheets as CSV")


def _rows(rows: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """The rows of a table, from that which names its columns on."""
    filled = [row for row in rows if any(cell is not None for cell in row)]
    heads = (at for at, row in enumerate(filled) if sum(cell is not None for cell in row) >= _FEWEST)
    return filled[next(heads, 0) :]


def _as_csv(rows: Iterable[Sequence[Any]]) -> bytes:
    written = StringIO(newline="")
    csv.writer(written).writerows([_cell(cell) for cell in row] for row in rows)
    return written.getvalue().encode()


def _cell(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():  # spreadsheets know no integers
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)
