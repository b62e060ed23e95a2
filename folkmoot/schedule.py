"""Runs at regular times: in the foreground, or by systemd or cron. Two runs of a project never overlap."""

import json
import shlex
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from folkmoot import config as configuration
from folkmoot.commands import options
from folkmoot.commands.summaries import counted_posts, plural, say_lines
from folkmoot.durations import parse_duration

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

    from folkmoot.units import Regular

JOB = "run"
NOTIFY_TIMEOUT = 60.0


class _Duration(click.ParamType[timedelta]):
    """A span of time as the user writes it: 6h."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        try:
            return value if isinstance(value, timedelta) else parse_duration(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


every_option = click.option("--every", type=_Duration(), required=True, help="How often: 30m, 6h, 1d, 1w.")
notify_option = click.option(
    "--notify", metavar="CMD", help="Run after each run; gets what happened as JSON on stdin."
)


@click.group(epilog=options.example("folkmoot schedule run --every 6h --config folkmoot.toml"))
def schedule() -> None:
    """Run the pipeline regularly."""


@schedule.command(
    "run", epilog=options.example("folkmoot schedule run --every 6h --notify 'mail -s crawl me'")
)
@options.config
@every_option
@notify_option
def run_command(config_path: Path, every: timedelta, notify: str | None) -> None:
    """Stay in the foreground and run at regular times; what was missed meanwhile is run once, at once."""
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    scheduler = start(config_path.resolve(), every, notify)
    click.echo(f"next run: {scheduler.get_job(JOB).next_run_time:%Y-%m-%d %H:%M %Z}", err=True)
    stop.wait()
    click.echo("stopping after the run in progress", err=True)
    scheduler.shutdown(wait=True)


@schedule.command("once", epilog=options.example("folkmoot schedule once --config folkmoot.toml"))
@options.config
@notify_option
@options.as_json
def once_command(config_path: Path, notify: str | None, as_json: bool) -> None:
    """Run once, as timers do: not while another run of this project is going on; exit 1 on failures."""
    outcome = once(config_path.resolve(), notify)
    if as_json:
        click.echo(json.dumps(outcome, default=str))
    if outcome["outcome"] not in ("finished", "skipped"):
        raise SystemExit(1)


@schedule.command("install", epilog=options.example("folkmoot schedule install --every 6h --systemd --write"))
@options.config
@every_option
@notify_option
@click.option(
    "--systemd", "kind", flag_value="systemd", default="systemd", help="Units of the user. [default]"
)
@click.option("--cron", "kind", flag_value="cron", help="A line for the user's crontab.")
@click.option("--write", is_flag=True, help="Install it, rather than print it.")
def install_command(config_path: Path, every: timedelta, notify: str | None, kind: str, write: bool) -> None:
    """Print, or with --write install, a timer that runs the pipeline for this user."""
    from folkmoot.units import Regular

    configuration.load(config_path)
    regular = Regular(config_path.resolve(), every, notify)
    for line in _install(regular, kind) if write else _texts(regular, kind):
        click.echo(line)
    if not write:
        click.echo("Nothing is installed yet: the same command with --write does that.", err=True)


def start(config_path: Path, every: timedelta, notify: str | None) -> "BackgroundScheduler":
    """A running scheduler whose job is kept in SQLite beside the warehouse, with the time it is due.

    A time that passed while nobody was running is made up for once. Raises ConfigError.
    """
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.background import BackgroundScheduler

    folder = _warehouse(config_path).parent
    folder.mkdir(parents=True, exist_ok=True)
    scheduler = BackgroundScheduler(
        jobstores={"default": SQLAlchemyJobStore(url=f"sqlite:///{folder / 'schedule.sqlite'}")},
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone=UTC,
    )
    scheduler.start(paused=True)
    due = _due(scheduler, every)
    scheduler.add_job(
        "folkmoot.schedule:once",
        "interval",
        seconds=every.total_seconds(),
        args=[config_path, notify],
        id=JOB,
        next_run_time=due,
        replace_existing=True,
    )
    scheduler.resume()
    return scheduler


def once(config_path: Path, notify: str | None = None) -> dict[str, Any]:
    """One run under the project's lock; never raises: timers need a record, not a traceback.

    Returns, keeps beside the warehouse and gives to `notify`: `outcome` (`finished`, `failed`, `skipped`
    while another run is going on), `started_at`, `finished_at`, `failures`, and the numbers of the run.
    """
    from crawler.model import CrawlError

    started = datetime.now(UTC)
    try:
        warehouse = _warehouse(config_path)
        with project_lock(warehouse):
            outcome = _attempt(config_path, started)
            _record(warehouse, outcome)
    except CrawlError as error:  # the lock is taken
        outcome = _ended(started, "skipped", {"failures": [_one_line(error)]})
    except Exception as error:  # the configuration is broken, say
        outcome = _ended(started, "failed", {"failures": [_one_line(error)]})
    _tell(outcome)
    if notify:
        _notify(notify, outcome)
    return outcome


@contextmanager
def project_lock(warehouse: Path) -> Iterator[None]:
    """Held by whoever runs the stages of this project. Raises CrawlError naming the owner."""
    from crawler.lock import holding

    with holding(warehouse.resolve().with_suffix(".run.lock"), "a run"):
        yield


def last_run(warehouse: Path) -> dict[str, Any] | None:
    """What `once` recorded last, for `status`; None where no scheduled run has ended yet."""
    try:
        record: dict[str, Any] = json.loads(_record_path(warehouse).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record


def _due(scheduler: "BackgroundScheduler", every: timedelta) -> datetime:
    """At once the first time; later what was noted, or sooner where the interval has been shortened."""
    known = scheduler.get_job(JOB)
    now = datetime.now(UTC)
    return min(known.next_run_time, now + every) if known and known.next_run_time else now


def _attempt(config_path: Path, started: datetime) -> dict[str, Any]:
    from folkmoot import stages

    try:
        result = stages.run(config_path)
    except Exception as error:
        return _ended(started, "failed", {"failures": [_one_line(error)]})
    return _ended(started, "failed" if result["failures"] else "finished", result)


def _ended(started: datetime, outcome: str, result: dict[str, Any]) -> dict[str, Any]:
    times = {"started_at": started.isoformat(), "finished_at": datetime.now(UTC).isoformat()}
    return {"outcome": outcome, **times, **result}


def _record(warehouse: Path, outcome: dict[str, Any]) -> None:
    """Written beside and renamed, so that a reader never sees half of it."""
    path = _record_path(warehouse)
    draft = path.with_suffix(".tmp")
    draft.write_text(json.dumps(outcome, default=str), encoding="utf-8")
    draft.replace(path)


def _record_path(warehouse: Path) -> Path:
    return warehouse.with_suffix(".last-run.json")


def _tell(outcome: dict[str, Any]) -> None:
    """Into the log, which for timers is stderr: what went wrong, what was left alone, and what came of it."""
    is_skipped = outcome["outcome"] == "skipped"
    say_lines("skipped" if is_skipped else "failed", outcome["failures"], is_told_whole=False)
    say_lines("warning", outcome.get("warnings", []), is_told_whole=False)
    say_lines("note", outcome.get("notes", []), is_told_whole=False)
    if "requests_made" in outcome:
        counts = f"{counted_posts(outcome)}; {plural(outcome['requests_made'], 'request')} made"
        click.echo(f"{outcome['finished_at'][:16]} {outcome['outcome']}: {counts}", err=True)


def _notify(command: str, outcome: dict[str, Any]) -> None:
    """The user's own command. Its failure is said and harms nothing."""
    try:
        subprocess.run(  # noqa: S603 - the user's command, split as a shell would, run without one
            shlex.split(command),
            input=json.dumps(outcome, default=str),
            text=True,
            timeout=NOTIFY_TIMEOUT,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        click.echo(
            f"--notify {command}: ended with status {error.returncode}{_needs_shell(command)}", err=True
        )
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        click.echo(f"--notify {command}: {_one_line(error)}", err=True)


def _needs_shell(command: str) -> str:
    """What to do, where the command was written for a shell, which it is run without."""
    signs = {">", ">>", "<", "|", "&&", "||", ";"}
    if signs.isdisjoint(shlex.split(command)):
        return ""
    return f"; it is run without a shell, so write: sh -c {shlex.quote(command)}"


def _warehouse(config_path: Path) -> Path:
    settings = configuration.load(config_path)
    return settings.path(settings.project.warehouse)


def _texts(regular: "Regular", kind: str) -> list[str]:
    from folkmoot import units

    if kind == "cron":
        return [units.cron_line(regular)]
    return [f"# ~/.config/systemd/user/{name}\n{text}" for name, text in units.systemd_units(regular).items()]


def _install(regular: "Regular", kind: str) -> list[str]:
    from folkmoot import units

    if kind == "cron":
        return units.install_cron(regular)
    return units.install_systemd(regular, Path.home() / ".config" / "systemd" / "user")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
