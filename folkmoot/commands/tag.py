"""`folkmoot tag`: loose texts, JSON lines in and out."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyze.model import TASKS
from folkmoot.commands import options
from folkmoot.commands.summaries import emit

if TYPE_CHECKING:
    from analyze.model import Statement


@click.command(epilog=options.example('echo \'{"id": 1, "text": "Please add a dark mode."}\' | folkmoot tag'))
@click.option("--task", type=click.Choice(TASKS), help="Only this one.")
@options.codebook
def command(task: str | None, codebook: Path | None) -> None:
    """Tag texts without a warehouse.

    Reads a JSON object a line from stdin ({"id", "text", optional "reply_to" and "author_role"}) and
    writes one a line to stdout, in the same order. A line that is not such an object stops it with its
    number.
    """
    from analyze import codebook as codebooks
    from analyze.pipeline import Tagger
    from analyze.tagjson import as_row

    tasks = (task,) if task else TASKS
    tagger = Tagger(codebooks.load(codebook), tasks)
    given: list[object] = []
    for findings in tagger.tag(_statements(given)):
        emit(as_row(given.pop(0), findings, tasks))


def _statements(given: list[object]) -> "Iterator[Statement]":
    """The statements of stdin; the id of each as it was given goes to the end of `given`."""
    from analyze.tagjson import read_line

    for number, line in enumerate(sys.stdin, 1):
        if line.strip():
            given_id, statement = read_line(line, number)
            given.append(given_id)
            yield statement
