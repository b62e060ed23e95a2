"""Progress on stderr: a bar on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import click


class Progress(Protocol):
    """What a stage tells while it works."""

    def __call__(self, done: int, note: str = "") -> None: ...


@contextmanager
def progress(stage: str, total: int | None = None) -> Iterator[Progress]:
    """Shows how far `stage` is; `total` None where it is not known."""
    if sys.stderr.isatty():
        with _bar(stage, total) as show:
            yield show
    else:
        yield _lines(stage, total)


@contextmanager
def _bar(stage: str, total: int | None) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar
    from rich.table import Column

    # a long address is cut, so that it leaves room for what stands before it
    note = TextColumn("{task.fields[note]}", table_column=Column(no_wrap=True, overflow="ellipsis", ratio=1))
    done = MofNCompleteColumn() if total else TextColumn("{task.completed:,.0f}")
    columns = (TextColumn("{task.description}"), BarColumn(16), done, TimeElapsedColumn(), note)
    with Bar(*columns, console=Console(stderr=True), expand=True) as bar:
        task = bar.add_task(stage, total=total, note="")
        yield lambda done, note="": bar.update(task, completed=done, note=note)


def _lines(stage: str, total: int | None) -> Progress:
    """At most a line every five seconds, so that a log of a night's crawl stays readable."""
    last = time.monotonic()

    def show(done: int, note: str = "") -> None:
        nonlocal last
        if time.monotonic() - last >= 5:
            last = time.monotonic()
            of = f" of {total}" if total else ""
            click.echo(f"{stage}: {done}{of} {note}".rstrip(), err=True)

    return show
