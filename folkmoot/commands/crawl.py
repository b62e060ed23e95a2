"""`folkmoot crawl`: forum pages into WARC files."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from folkmoot.commands import options
from folkmoot.commands.summaries import emit, plural, say_lines, say_parsed

if TYPE_CHECKING:
    from crawler.model import FetchDecision, SiteSummary
    from folkmoot.reading import ParseSummary


@click.command(
    epilog=options.example(
        "folkmoot crawl https://community.example.com/ --contact research@example.com",
        "folkmoot crawl --config folkmoot.toml --dry-run",
    )
)
@click.argument("urls", nargs=-1)
@click.option("--config", "config_path", type=options.FILE, help="Crawl the sites of this configuration.")
@click.option("--archive", type=options.FOLDER, help="Where the WARC files go.  [default: archive]")
@click.option(
    "--platform", type=options.Platform(), help="What the site is made with; detected when left out."
)
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
    With --warehouse the pages are read into it as well. What is said here goes before a --config.
    """
    from folkmoot import crawling

    if bool(urls) == bool(config_path):
        raise click.UsageError("name either URLs or a --config")
    plan = (
        crawling.with_options(crawling.plan_of_config(config_path, archive), _typed())
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
    say_lines("warning", crawling.unanswered(plan), is_told_whole=False)
    if warehouse_path:
        crawling.refuse_unveiled(plan, warehouse_path)
    if dry_run:
        _explain(crawling.decisions(plan), as_json)
        return
    summaries = crawling.crawl(plan)
    parsed = crawling.read_archive(plan, summaries, warehouse_path) if warehouse_path else None
    _say(summaries, parsed, as_json)
    if any(summary.failures or summary.outcome not in ("finished", "limit") for summary in summaries):
        raise SystemExit(1)


def _explain(decisions: "Sequence[FetchDecision]", as_json: bool) -> None:
    if as_json:
        emit([asdict(decision) for decision in decisions])
        return
    for decision in decisions:
        click.echo(f"{decision.site_id}  {decision.url}  {decision.reason}")


def _say(summaries: "Sequence[SiteSummary]", parsed: "ParseSummary | None", as_json: bool) -> None:
    """A line a site and one of what was read, failures on stderr; or one JSON object of both."""
    for summary in summaries:
        say_lines(summary.site_id, summary.failures, as_json)
    if as_json:
        emit({"sites": [asdict(summary) for summary in summaries], "parsed": parsed and asdict(parsed)})
        return
    for summary in summaries:
        click.echo(
            f"{summary.site_id}: {summary.outcome}; {plural(summary.requests, 'request')} made, "
            f"{summary.requests_saved:,} spared; {plural(summary.pages_fetched, 'page')} fetched, "
            f"{summary.pages_unchanged:,} of them unchanged, {summary.pages_failed:,} failed"
        )
        say_lines(summary.site_id, summary.notes, as_json)
    if parsed:
        say_parsed(parsed, as_json=False)


def _typed() -> dict[str, Any]:
    """The options that a configuration has keys for, as far as somebody typed them."""
    context = click.get_current_context()
    names = ("platform", "max_pages", "delay", "contact", "cookies", "allow_private")
    typed = click.core.ParameterSource.COMMANDLINE
    return {name: context.params[name] for name in names if context.get_parameter_source(name) is typed}
