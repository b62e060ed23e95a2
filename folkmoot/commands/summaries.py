"""How commands tell what they did: a line for people, or JSON."""

import json
from dataclasses import asdict
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from folkmoot.reading import ParseSummary

MOST_LINES = 20
"""Of failures or notes of one kind that are told one by one."""


def say_parsed(summary: "ParseSummary", as_json: bool) -> None:
    """Failures to stderr, a line each; the counts to stdout."""
    for failure in summary.failures:
        click.echo(f"not read: {failure}", err=True)
    for warning in summary.warnings:
        click.echo(f"warning: {warning}", err=True)
    if as_json:
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
        emit(result)
        return
    for value in result.values():
        click.echo(value)


def not_english(posts: dict[str, int]) -> str:
    """The end of a line that says how many posts the rules leave alone; nothing where there are none."""
    if not posts:
        return ""
    languages = ", ".join(f"{language} {count:,}" for language, count in posts.items())
    return f"; {sum(posts.values()):,} not in English ({languages}), searched for the codebook's phrases only"


def say_lines(head: str, lines: "Sequence[str]", is_told_whole: bool) -> None:
    """On stderr; of a host that is down, or of what robots.txt forbids, there may be thousands."""
    for line in lines[:MOST_LINES]:
        click.echo(f"{head}: {line}", err=True)
    if len(lines) > MOST_LINES:
        where = "" if is_told_whole else "; --json tells all of them"
        click.echo(f"{head}: … and {len(lines) - MOST_LINES:,} more{where}", err=True)


def plural(count: int, what: str) -> str:
    """`1 page`, `2 pages`, `1,204 new posts`."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def counted_posts(outcome: dict[str, Any]) -> str:
    """What a run did to the posts."""
    new, changed, removed = (outcome[f"posts_{kind}"] for kind in ("new", "changed", "removed"))
    return f"{plural(new, 'new post')}, {changed} changed, {removed} removed"


def emit(value: Any) -> None:
    """One JSON value as one line on stdout."""
    click.echo(as_json(value))


def as_json(value: Any) -> str:
    """JSON as every reader takes it: a sum is a number (DuckDB says decimal), what is no number is null."""
    try:
        return json.dumps(value, ensure_ascii=False, default=_plain, allow_nan=False)
    except ValueError:
        return json.dumps(_finite(value), ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not isfinite(value) else value
