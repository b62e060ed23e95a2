"""`folkmoot search`: full text over the posts."""

from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import click

from folkmoot.commands import options
from folkmoot.commands.summaries import emit, plural


@click.command(
    epilog=options.example(
        "folkmoot search 'arbitration fee' --warehouse forum.duckdb",
        "folkmoot search '\"readiness test\" -pass' --warehouse forum.duckdb --since 2026-01-01",
    )
)
@click.argument("words", nargs=-1, required=True)
@options.warehouse()
@click.option("--author", help="Only posts of this person (as shown).")
@click.option("--board", help="Only this board.")
@click.option("--since", type=options.Day(), help="Only posts from this day on.")
@click.option("--until", type=options.Day(), help="Only posts up to this day.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many at most.")
@options.as_json
def command(
    words: tuple[str, ...],
    warehouse_path: Path,
    author: str | None,
    board: str | None,
    since: date | None,
    until: date | None,
    limit: int,
    as_json: bool,
) -> None:
    """Find posts by their words, best first.

    "two words" in quotes is a phrase, word* a beginning, -word an exclusion: put single quotes around the
    whole then. The index lies beside the warehouse and follows it.
    """
    from warehouse.search import Filter, search, undated
    from warehouse.store import reading

    if since and until and since > until:
        raise click.UsageError(f"--since {since} is later than --until {until}")
    with reading(warehouse_path):
        pass  # a missing or foreign file is told before an index is made beside it
    only = Filter(
        author=author,
        board=board,
        since=_midnight(since),
        until=_midnight(until + timedelta(days=1)) if until else None,
    )
    sought = " ".join(words)
    hits = search(warehouse_path, sought, only=only, limit=limit)
    if (since or until) and (unknown := undated(warehouse_path, sought, only=only)):
        click.echo(f"left out: {plural(unknown, 'post')} without a date", err=True)
    if as_json:
        emit([asdict(hit) for hit in hits])
        return
    for hit in hits:
        when = f"{hit.posted_at:%Y-%m-%d}" if hit.posted_at else "undated"
        click.echo(click.style(f"{hit.thread}", bold=True) + f"  {hit.author or 'unknown'}, {when}")
        click.echo(f"  {' '.join(hit.snippet.split())}\n  {hit.url or hit.post_id}\n")
    click.echo(plural(len(hits), "post"), err=True)


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None
