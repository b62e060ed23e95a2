"""`folkmoot crawl`: forum pages into WARC files."""

from pathlib import Path

import click

from folkmoot.commands import options


@click.command(
    epilog=options.example(
        "folkmoot crawl https://community.example.com/ --contact research@example.com",
        "folkmoot crawl --config folkmoot.toml --dry-run",
    )
)
@click.argument("urls", nargs=-1)
@click.option("--config", "config_path", type=options.FILE, help="Crawl the sites of this configuration.")
@click.option("--archive", type=options.FOLDER, help="Where the WARC files go.  [default: archive]")
@click.option("--platform", help="What the site is made with; detected when left out.")
@click.option("--max-pages", type=click.IntRange(0), default=0, help="Stop after so many; 0 = no limit.")
@click.option("--delay", type=click.FloatRange(0), default=1.0, show_default=True, help="Seconds a request.")
@click.option("--contact", help="Who runs this crawl: a mail address or page for the User-Agent.")
@click.option("--cookies", type=options.FILE, help="A cookies.txt (Netscape format).")
@click.option("--allow-private", is_flag=True, help="The host may be on a loopback or private address.")
@click.option("--dry-run", is_flag=True, help="Say what would be fetched and why; fetch nothing.")
@options.warehouse(required=False)
@options.as_json
def command(
    urls: tuple[str, ...],
    config_path: Path | None,
    archive: Path | None,
    platform: str | None,
    max_pages: int,
    delay: float,
    contact: str | None,
    cookies: Path | None,
    allow_private: bool,
    dry_run: bool,
    warehouse_path: Path | None,
    as_json: bool,
) -> None:
    """Fetch into WARC files, politely; the same command again goes on where it stopped.

    robots.txt is obeyed, requests to one host are spaced, and only the hosts named here are visited.
    With --warehouse the pages are read into it as well.
    """
    from folkmoot import crawling

    if bool(urls) == bool(config_path):
        raise click.UsageError("name either URLs or a --config")
    plan = (
        crawling.plan_of_config(config_path, archive)
        if config_path
        else crawling.plan_of_urls(
            urls,
            archive=archive or Path("archive"),
            platform=platform,
            max_pages=max_pages,
            delay=delay,
            contact=contact,
            cookies=cookies,
            allow_private=allow_private,
        )
    )
    if not plan.contact:
        click.echo("warning: no --contact: the site cannot ask who is crawling it", err=True)
    if dry_run:
        crawling.explain(plan, as_json)
        return
    summaries = crawling.crawl(plan)
    parsed = crawling.read_archive(plan, summaries, warehouse_path) if warehouse_path else None
    crawling.say(summaries, parsed, as_json)
    if any(summary.failures or summary.outcome != "finished" for summary in summaries):
        raise SystemExit(1)
