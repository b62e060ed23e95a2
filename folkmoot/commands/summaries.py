"""How commands tell what they did: a line for people, or JSON."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from folkmoot.reading import ParseSummary


def say_parsed(summary: "ParseSummary", as_json: bool) -> None:
    """Failures to stderr, a line each; the counts to stdout."""
    for failure in summary.failures:
        click.echo(f"not read: {failure}", err=True)
    for warning in summary.warnings:
        click.echo(f"warning: {warning}", err=True)
    if as_json:
        from folkmoot.cli import emit

        emit(asdict(summary))
        return
    click.echo(
        f"{plural(summary.pages, 'page')} read: "
        f"{plural(summary.threads_new, 'new thread')}, {plural(summary.posts_new, 'new post')}, "
        f"{summary.posts_changed} changed, {summary.posts_removed} removed"
        + (f"; {plural(len(summary.failures), 'page')} not read" if summary.failures else "")
    )


def say(result: dict[str, Any], as_json: bool) -> None:
    """A short result: its values, a line each, or the whole as JSON."""
    if as_json:
        from folkmoot.cli import emit

        emit(result)
        return
    for value in result.values():
        click.echo(value)


def plural(count: int, what: str) -> str:
    """`1 page`, `2 pages`, `1,204 new posts`."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
