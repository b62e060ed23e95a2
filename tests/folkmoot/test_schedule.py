"""Runs at regular times: one at a time, missed ones made up for, failures told."""

import json
import pickle
import re
import shlex
import socket
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from folkmoot.commands.status import command as status
from folkmoot.errors import FolkmootError
from folkmoot.schedule import last_run, once, project_lock, schedule, start
from folkmoot.units import Regular, cron_line, install_systemd, systemd_units


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A project whose only site does not answer: a run that fails quickly."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    path = tmp_path / "my project" / "folkmoot.toml"
    path.parent.mkdir()
    path.write_text(
        '[project]\ncontact = "me@example.org"\n'
        f'[[site]]\nid = "off"\nstart = ["http://127.0.0.1:{port}/"]\ndelay = 0\nallow_private = true\n'
    )
    return path


def warehouse(config: Path) -> Path:
    return config.parent / "folkmoot.duckdb"


def test_a_run_while_another_goes_on_is_skipped_and_says_whose_it_is(config: Path) -> None:
    with project_lock(warehouse(config)):
        outcome = once(config)
    assert outcome["outcome"] == "skipped"
    assert "in use by a run (process" in outcome["failures"][0]


def test_a_failed_run_is_recorded_told_and_exits_1(config: Path, tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    program = f"import sys; open({str(told)!r}, 'w').write(sys.stdin.read())"
    keep = shlex.join([sys.executable, "-c", program])
    done = CliRunner().invoke(schedule, ["once", "--config", str(config), "--notify", keep, "--json"])
    assert done.exit_code == 1
    outcome = json.loads(done.stdout.splitlines()[0])
    assert outcome["outcome"] == "failed"
    assert "refuses connections" in " ".join(outcome["failures"])
    assert json.loads(told.read_text()) == outcome == last_run(warehouse(config))


def test_status_tells_what_failed(config: Path) -> None:
    once(config)
    done = CliRunner().invoke(status, ["--warehouse", str(warehouse(config))])
    assert re.search(r"last scheduled run +failed\n", done.stdout)
    assert re.search(r"last scheduled failure +off: .* refuses connections", done.stdout)


def test_a_broken_configuration_is_a_failure_and_no_traceback(tmp_path: Path) -> None:
    broken = tmp_path / "folkmoot.toml"
    broken.write_text("[project\n")
    outcome = once(broken)
    assert outcome["outcome"] == "failed"
    assert str(broken) in outcome["failures"][0]


def test_a_notifier_that_fails_harms_nothing(config: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with project_lock(warehouse(config)):
        assert once(config, "/no/such/command")["outcome"] == "skipped"
    assert "/no/such/command" in capfd.readouterr().err


def test_the_first_run_is_at_once_and_the_next_is_kept_over_a_restart(config: Path) -> None:
    scheduler = start(config, timedelta(hours=6), None)
    try:
        wait_for_run(config)
    finally:
        scheduler.shutdown(wait=True)
    first = last_run(warehouse(config))
    again = start(config, timedelta(hours=6), None)
    try:
        time.sleep(0.3)
        assert last_run(warehouse(config)) == first
    finally:
        again.shutdown(wait=True)


def test_what_was_missed_is_run_once(config: Path) -> None:
    scheduler = start(config, timedelta(hours=6), None)
    wait_for_run(config)
    scheduler.shutdown(wait=True)
    was_due(config, datetime.now(UTC) - timedelta(days=3))
    first = last_run(warehouse(config))
    again = start(config, timedelta(hours=6), None)
    try:
        wait_for_run(config, first)
        assert again.get_job("run").next_run_time > datetime.now(UTC)
    finally:
        again.shutdown(wait=True)


def was_due(config: Path, missed: datetime) -> None:
    """As if the scheduler had not run since before `missed`."""
    db = sqlite3.connect(config.parent / "schedule.sqlite")
    (blob,) = db.execute("SELECT job_state FROM apscheduler_jobs").fetchone()
    state = pickle.loads(blob) | {"next_run_time": missed}
    db.execute(
        "UPDATE apscheduler_jobs SET next_run_time = ?, job_state = ?",
        (missed.timestamp(), pickle.dumps(state)),
    )
    db.commit()
    db.close()


def wait_for_run(config: Path, before: object = None) -> None:
    deadline = time.monotonic() + 30
    while last_run(warehouse(config)) == before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert last_run(warehouse(config)) != before


def test_units_run_the_project_s_own_configuration(config: Path) -> None:
    units = systemd_units(Regular(config, timedelta(hours=6), "tell 100% $HOME"))
    service, timer = units.values()
    assert f'"--config" "{config}"' in service
    assert '"--notify" "tell 100%% $$HOME"' in service
    assert "OnCalendar=*-*-* 00/6:00:00\nPersistent=true" in timer


@pytest.mark.parametrize(
    ("every", "times"),
    [("30m", "*/30 * * * *"), ("6h", "0 */6 * * *"), ("1d", "0 3 * * *"), ("1w", "0 3 * * 1")],
)
def test_cron_lines(config: Path, every: str, times: str) -> None:
    done = CliRunner().invoke(schedule, ["install", "--config", str(config), "--every", every, "--cron"])
    assert done.exit_code == 0
    assert done.stdout.startswith(
        f"{times} {sys.executable} -P -m folkmoot.cli schedule once --config '{config}'"
    )
    assert "Nothing is installed yet" in done.stderr


def test_what_cron_cannot_say_is_said(config: Path) -> None:
    with pytest.raises(FolkmootError, match="cron cannot run something every 5h"):
        cron_line(Regular(config, timedelta(hours=5)))
    assert "OnUnitActiveSec=18000s" in "".join(systemd_units(Regular(config, timedelta(hours=5))).values())


def test_written_units_are_where_systemd_looks(
    config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no systemctl: a container, a Mac
    lines = install_systemd(Regular(config, timedelta(days=1)), tmp_path / "units")
    assert len(list((tmp_path / "units").iterdir())) == 2
    assert "systemctl --user enable --now folkmoot-my-project-" in lines[-1]


def test_units_that_do_not_start_are_told_with_where_they_lie_and_what_else_there_is(
    config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    systemctl = tmp_path / "bin" / "systemctl"
    systemctl.parent.mkdir()
    systemctl.write_text("#!/bin/sh\necho 'Failed to connect to bus' >&2\nexit 1\n", encoding="utf-8")
    systemctl.chmod(0o755)
    monkeypatch.setenv("PATH", str(systemctl.parent))
    with pytest.raises(FolkmootError) as told:
        install_systemd(Regular(config, timedelta(days=1)), tmp_path / "units")
    for unit in (tmp_path / "units").iterdir():
        assert f"wrote {unit}" in str(told.value)
    assert "Failed to connect to bus" in str(told.value)
    assert "--cron or `schedule run`" in str(told.value)


def test_a_command_written_for_a_shell_is_told_how_to_get_one(config: Path) -> None:
    done = CliRunner().invoke(schedule, ["once", "--config", str(config), "--notify", "false > told.json"])
    assert "--notify false > told.json: ended with status 1; it is run without a shell" in done.stderr
    assert "write: sh -c 'false > told.json'" in done.stderr
    quiet = CliRunner().invoke(schedule, ["once", "--config", str(config), "--notify", "false"])
    assert "--notify false: ended with status 1\n" in quiet.stderr


def test_schedule_run_stops_when_asked(config: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "folkmoot.cli",
        "schedule",
        "run",
        "--every",
        "6h",
        "--config",
        str(config),
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        wait_for_run(config)
        process.terminate()
        assert "next run:" in (process.stderr.read() if process.stderr else "")
    assert process.returncode == 0


def test_the_log_tells_of_every_run_what_came_of_it(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    once(config)
    told = capsys.readouterr().err
    assert re.search(r"^failed: off: .* refuses connections", told, re.M)
    assert re.search(r"^20\S+ failed: 0 new posts, 0 changed, 0 removed; \d+ requests? made$", told, re.M)
