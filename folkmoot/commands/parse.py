"""`folkmoot parse`: saved pages into a warehouse."""

from pathlib import Path

import click

from folkmoot.commands import options
from folkmoot.commands.summaries import say_parsed


@click.command(
    epilog=options.example(
        "folkmoot parse saved/ forum.warc.gz --warehouse forum.duckdb",
        "folkmoot parse thread.html --url https://forum.example.com/t/12 --warehouse forum.duckdb",
    )
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@options.warehouse()
@click.option("--platform", type=options.Platform(), help="What made the pages, where detection is wrong.")
@click.option("--url", help="The address the page had, where it does not tell.")
@click.option(
    "--site",
    help="The site id to store it under; otherwise that of the forum held from its host, else the host.",
)
@options.as_json
def command(
    paths: tuple[Path, ...],
    warehouse_path: Path,
    platform: str | None,
    url: str | None,
    site: str | None,
    as_json: bool,
) -> None:
    """Read saved pages into the warehouse.

    Files (.html .htm .mhtml .webarchive .har .json .jsonl .csv .tsv .xlsx .xml .txt .mbox .eml .warc .warc.gz
    .warc.zst), folders of them, such as a site copied with wget or HTTrack, and either packed (.gz .zst .zip
    .tar .tar.gz .wacz). What a web archive captured is read as of then. What is already there is not doubled;
    where people are held under pseudonyms, names become pseudonyms. A page that cannot be read is named on
    stderr and the rest goes on; the exit status is then 1.
    """
    from folkmoot.pages import held_as, saved_sources
    from folkmoot.progress import progress
    from folkmoot.reading import ParseSummary, load_sources
    from folkmoot.veils import as_held
    from warehouse.store import writing

    summary = ParseSummary()
    with writing(warehouse_path) as db, progress("parse") as told:
        sources = saved_sources(
            paths, platform=platform, url=url, site=site, failed=summary.failures.append, held=held_as(db)
        )
        load_sources(db, sources, summary, told, as_held(db))
    say_parsed(summary, as_json)
    if summary.failures:
        raise SystemExit(1)
