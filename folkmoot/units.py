"""The texts that make a machine run Folkmoot regularly: systemd user units, a crontab line."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from pathlib import Path

from folkmoot.durations import written
from folkmoot.errors import FolkmootError

DAY, HOUR, MINUTE = 86_400, 3_600, 60


@dataclass(frozen=True, slots=True)
class Regular:
    """A run to be repeated: which command, of which project, how often."""

    config: Path
    every: timedelta
    notify: str | None = None

    @property
    def name(self) -> str:
        """Of the units: readable, and different for two projects in folders of one name."""
        readable = re.sub(r"[^a-z0-9]+", "-", self.config.parent.name.lower()).strip("-") or "project"
        return f"folkmoot-{readable}-{blake2b(str(self.config).encode(), digest_size=3).hexdigest()}"

    @property
    def command(self) -> list[str]:
        words = [sys.executable, "-P", "-m", "folkmoot.cli", "schedule", "once", "--config", str(self.config)]
        return [*words, "--notify", self.notify] if self.notify else words


def systemd_units(regular: Regular) -> dict[str, str]:
    """Service and timer, by file name. A run missed while the machine was off is made up for, once."""
    service = (
        f"[Unit]\nDescription=Folkmoot: {_percents(regular.config)}\n\n"
        f"[Service]\nType=oneshot\nWorkingDirectory={_percents(regular.config.parent)}\n"
        f"ExecStart={_systemd_command(regular.command)}\n"
    )
    timer = (
        f"[Unit]\nDescription=Folkmoot: every {written(regular.every)}\n\n"
        f"[Timer]\n{_timer(regular.every)}\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )
    return {f"{regular.name}.service": service, f"{regular.name}.timer": timer}


def cron_line(regular: Regular) -> str:
    """One line of a crontab. Raises FolkmootError for an interval that cron cannot express."""
    command = shlex.join(regular.command).replace("%", r"\%")
    return f"{_cron_times(regular.every)} {command} # {regular.name}"


def install_systemd(regular: Regular, folder: Path) -> list[str]:
    """Writes the units and starts the timer. Returns what was done, a line each."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in systemd_units(regular).items():
        (folder / name).write_text(text, encoding="utf-8")
    done = [f"wrote {folder / name}" for name in systemd_units(regular)]
    timer = f"{regular.name}.timer"
    if shutil.which("systemctl") is None:
        return [*done, f"there is no systemctl here; start it with: systemctl --user enable --now {timer}"]
    try:
        _run(["systemctl", "--user", "daemon-reload"])
        _run(["systemctl", "--user", "enable", "--now", timer])
    except FolkmootError as error:
        raise FolkmootError(
            f"{'; '.join(done)}, but it does not start: {error}. Once systemd runs for you, say "
            f"systemctl --user enable --now {timer}; elsewhere use --cron or `schedule run`"
        ) from error
    return [*done, f"started {timer}"]


def install_cron(regular: Regular) -> list[str]:
    """Puts the line into the user's crontab, in place of an older one of this project."""
    if shutil.which("crontab") is None:
        raise FolkmootError("there is no crontab here; install cron, or use --systemd or `schedule run`")
    listed = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False)  # noqa: S607
    kept = [line for line in listed.stdout.splitlines() if not line.endswith(f"# {regular.name}")]
    _run(["crontab", "-"], "\n".join([*kept, cron_line(regular)]) + "\n")
    return [f"added to the crontab: {cron_line(regular)}"]


def _run(command: Sequence[str], text: str | None = None) -> None:
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
    if done.returncode:
        raise FolkmootError(f"{shlex.join(command)}: {done.stderr.strip() or 'failed'}")


def _timer(every: timedelta) -> str:
    calendar = _calendar(int(every.total_seconds()))
    if calendar:
        return f"OnCalendar={calendar}\nPersistent=true"
    return f"OnBootSec=2min\nOnUnitActiveSec={int(every.total_seconds())}s"


def _calendar(seconds: int) -> str | None:
    """A calendar expression where the interval divides an hour, a day or is a week; only these catch up."""
    if seconds == 7 * DAY:
        return "weekly"
    if seconds == DAY:
        return "daily"
    if seconds % HOUR == 0 and DAY % seconds == 0:
        return f"*-*-* 00/{seconds // HOUR}:00:00"
    if seconds % MINUTE == 0 and HOUR % seconds == 0:
        return f"*-*-* *:00/{seconds // MINUTE}:00"
    return None


def _cron_times(every: timedelta) -> str:
    seconds = int(every.total_seconds())
    if seconds == 7 * DAY:
        return "0 3 * * 1"
    if seconds == DAY:
        return "0 3 * * *"
    if seconds % HOUR == 0 and DAY % seconds == 0:
        return f"0 */{seconds // HOUR} * * *"
    if seconds % MINUTE == 0 and HOUR % seconds == 0:
        return f"*/{seconds // MINUTE} * * * *"
    raise FolkmootError(
        f"cron cannot run something every {written(every)}; take --systemd, or 1h, 2h, 3h, 6h, 1d, 1w"
    )


def _systemd_command(words: Sequence[str]) -> str:
    def quoted(word: str) -> str:
        return _percents(word).replace("$", "$$").replace("\\", r"\\").replace('"', r"\"")

    return " ".join(f'"{quoted(word)}"' for word in words)


def _percents(value: object) -> str:
    """systemd reads %h and the like; a path means itself."""
    return str(value).replace("%", "%%")
