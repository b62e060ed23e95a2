"""Rows on a terminal: a table where its columns fit, else a row a paragraph; every cell on one line."""

import sys
from itertools import islice
from typing import Any

PIPE_WIDTH = 200
PIPE_CELL = 100
"""In a pipe a table is as wide as it must be, so that ids come whole; only long texts are cut."""
NARROWEST = 12
"""Columns that would have to be narrower than this are told below each other instead."""
GAP = 2
MOST_ROWS = 500
"""On a terminal; a pipe gets all."""


def show(table: Any) -> None:
    """An Arrow table on stdout, and on stderr how many rows it has."""
    import click
    from rich.console import Console

    on_terminal = sys.stdout.isatty()
    console = Console(width=None if on_terminal else PIPE_WIDTH)
    limit = MOST_ROWS if on_terminal else table.num_rows
    rows = islice(zip(*(column.to_pylist() for column in table.columns), strict=True), limit)
    if table.num_columns * (NARROWEST + 2) > console.width:
        _paragraphs(console, table.column_names, rows)
    else:
        _grid(console, table.column_names, rows)
    left = f"; the first {limit:,} are shown, --format csv gives all" if table.num_rows > limit else ""
    click.echo(f"{table.num_rows:,} row{'' if table.num_rows == 1 else 's'}{left}", err=True)


def _grid(console: Any, names: list[str], rows: Any) -> None:
    from rich.table import Table
    from rich.text import Text

    lines = [[Text(_line(cell)) for cell in row] for row in rows]
    heads = [Text(name) for name in names]
    needed = [max(cell.cell_len for cell in column) for column in zip(heads, *lines, strict=True)]
    shown = Table(box=None, header_style="bold", pad_edge=False)
    if console.is_terminal:
        widths = _widths(needed, console.width - GAP * (len(heads) - 1))
    else:
        widths = [min(width, PIPE_CELL) for width in needed]
        console.width = sum(widths) + GAP * len(widths)
    for head, width in zip(heads, widths, strict=True):
        shown.add_column(head, no_wrap=True, overflow="ellipsis", width=width)
    for line in lines:
        shown.add_row(*line)
    console.print(shown)


def _widths(needed: list[int], room: int) -> list[int]:
    """What each column gets: all that it needs, unless it is one of the widest, which share what is left."""
    given: dict[int, int] = {}
    for number in sorted(range(len(needed)), key=lambda n: needed[n]):
        share = (room - sum(given.values())) // (len(needed) - len(given))
        given[number] = max(1, min(needed[number], share))
    return [given[number] for number in range(len(needed))]


def _paragraphs(console: Any, names: list[str], rows: Any) -> None:
    from rich.text import Text

    width = max(map(len, names))
    for number, row in enumerate(rows, 1):
        console.print(Text(f"── {number} ──", style="bold"))
        for name, cell in zip(names, row, strict=True):
            line = Text(f"{name:{width}}  {_line(cell)}")
            console.print(line, no_wrap=True, overflow="ellipsis")


def _line(cell: Any) -> str:
    """A value on one line; characters that would steer the terminal are taken out."""
    if cell is None:
        return ""
    return "".join(c if c.isprintable() or c == " " else " " for c in " ".join(str(cell).split()))
