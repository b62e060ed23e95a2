"""`folkmoot tag`: loose texts, JSON lines in and out."""

from pathlib import Path

import click

from folkmoot.commands import options


@click.command(epilog=options.example('echo \'{"id": 1, "text": "Please add a dark mode."}\' | folkmoot tag'))
@click.option("--task", type=click.Choice(["proposals", "stance", "moderation"]), help="Only this one.")
@options.codebook
def command(task: str | None, codebook: Path | None) -> None:
    """Tag texts without a warehouse.

    Reads a JSON object a line from stdin ({"id", "text", optional "reply_to" and "author_role"}) and
    writes one a line to stdout, in the same order. A line that is not such an object stops it with its
    number.
    """
    from analyze import codebook as codebooks
    from analyze.model import TASKS
    from analyze.pipeline import Tagger
    from analyze.tagjson import findings_to_dict, parse_line
    from folkmoot.cli import emit

    tasks = (task,) if task else TASKS
    tagger = Tagger(codebooks.load(codebook), tasks)
    lines = click.get_binary_stream("stdin")
    statements = (parse_line(line, number) for number, line in enumerate(lines, 1) if line.strip())
    for findings in tagger.tag(statements):
        emit(findings_to_dict(findings, tasks))
