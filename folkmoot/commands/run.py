"""`folkmoot run`: the whole pipeline for a configuration."""

from pathlib import Path

import click

from folkmoot.commands import options
from folkmoot.commands.summaries import counted_posts, emit, not_english, plural, say_lines


@click.command(epilog=options.example("folkmoot run --config folkmoot.toml"))
@options.config
@options.as_json
def command(config_path: Path, as_json: bool) -> None:
    """Crawl, parse, analyze, publish and report. What is unchanged is not done again."""
    from folkmoot import config, stages
    from folkmoot.schedule import project_lock

    settings = config.load(config_path)
    with project_lock(settings.path(settings.project.warehouse)):
        outcome = stages.run(config_path)
    say_lines("failed", outcome["failures"], as_json)
    say_lines("warning", outcome["warnings"], as_json)
    say_lines("note", outcome["notes"], as_json)
    if as_json:
        emit(outcome)
    else:
        click.echo(
            f"{plural(outcome['requests_made'], 'request')} made, {outcome['requests_saved']} spared; "
            f"{counted_posts(outcome)}{not_english(outcome['posts_foreign'])}\n"
            f"warehouse: {outcome['warehouse']}\nreport:    {outcome['report']}"
        )
    if outcome["failures"]:
        raise SystemExit(1)
