"""What a service manager sees when it stops a command."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from folkmoot.cli import main

PAGE = """<!doctype html><html><head><title>Fees</title>
<link rel="canonical" href="https://forum.example.org/fees/{n}"></head><body><h1>Fees went up, part {n}</h1>
<div class="entry" id="e-{n}01"><a href="/user/ann">Ann</a> <time datetime="2026-03-01T10:00:00Z">1 March</time>
<div class="said"><p>The fee for a dispute should be refunded when the freelancer wins the case.</p></div></div>
<div class="entry" id="e-{n}02"><a href="/user/bo">Bo</a> <time datetime="2026-03-01T11:00:00Z">1 March</time>
<div class="said"><p>Nobody would ever settle then, and we would all pay for that in the end.</p></div></div>
</body></html>"""
PATIENCE = 60
"""Seconds that a busy machine may need."""


def processes(group: int) -> int:
    """How many processes of the group are alive."""
    found = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, its_group = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:  # it ended meanwhile
            continue
        found += int(its_group) == group and state != "Z"
    return found


def wait_until(is_so: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while not is_so() and time.monotonic() < until:
        time.sleep(0.05)
    return is_so()


@pytest.fixture
def project(tmp_path: Path) -> Iterator[tuple[Path, list[socket.socket]]]:
    """A project whose only host takes requests and never answers; and who has asked it so far."""
    asked: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(PATIENCE)

        def take() -> None:
            with suppress(OSError):
                while True:
                    asked.append(server.accept()[0])

        threading.Thread(target=take, daemon=True).start()
        config = tmp_path / "folkmoot.toml"
        config.write_text(
            '[project]\ncontact = "me@example.org"\n[[site]]\nid = "mute"\ndelay = 0\nallow_private = true\n'
            f'start = ["http://127.0.0.1:{server.getsockname()[1]}/"]\n'
        )
        yield config, asked
        for connection in asked:
            connection.close()


COUNTED = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are counted in /proc")


AT_A_TERMINAL = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from folkmoot.cli import main; main()"
"""Whoever runs the tests in the background has ^C ignored, and so would all that they start."""


def begun(*words: object) -> subprocess.Popen[str]:
    line = [sys.executable, "-c", AT_A_TERMINAL, *map(str, words)]
    return subprocess.Popen(
        line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


@COUNTED
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("words", [("run",), ("schedule", "run", "--every", "6h")], ids=" ".join)
def test_a_crawl_that_waits_for_a_mute_host_is_stopped_soon(project, words, number) -> None:
    config, asked = project
    command = begun(*words, "--config", config)
    assert wait_until(lambda: bool(asked)), "the host was not asked"
    os.killpg(command.pid, number)
    _, told = command.communicate(timeout=PATIENCE)
    assert "Traceback" not in told
    assert command.returncode == (130 if words == ("run",) else 0)
    assert wait_until(lambda: processes(command.pid) == 0), "a process outlives the command"


@COUNTED
def test_a_crawl_that_is_stopped_while_it_begins_shows_no_traceback(project) -> None:
    config, _ = project
    command = begun("run", "--config", config)
    assert wait_until(lambda: processes(command.pid) >= 2), "no crawling process was started"
    os.killpg(command.pid, signal.SIGINT)
    _, told = command.communicate(timeout=PATIENCE)
    assert (command.returncode, "Traceback" in told) == (130, False), told
    assert wait_until(lambda: processes(command.pid) == 0), "a process outlives the command"


@pytest.mark.parametrize("seconds", [0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.1])
def test_a_command_that_is_stopped_while_its_readers_begin_shows_no_traceback(
    tmp_path: Path, seconds: float
) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for n in range(1, 400):
        (pages / f"{n}.html").write_text(PAGE.format(n=n))
    words = [sys.executable, "-m", "folkmoot.cli", "parse", pages, "--warehouse", tmp_path / "w.duckdb"]
    command = subprocess.Popen(list(map(str, words)), stderr=subprocess.PIPE, text=True)
    time.sleep(seconds)
    command.send_signal(signal.SIGTERM)
    _, told = command.communicate(timeout=PATIENCE)
    assert "Traceback" not in told


@COUNTED
@pytest.mark.parametrize("seconds", [0, 0.1, 0.3])
def test_a_command_that_is_stopped_while_its_taggers_begin_shows_no_traceback(
    tmp_path: Path, seconds: float
) -> None:
    said = tmp_path / "utterances.jsonl"
    with said.open("w") as out:
        for n in range(2_500):
            post = {
                "id": f"p{n}",
                "conversation_id": f"p{n // 10 * 10}",
                "text": f"Please add dark mode {n}.",
            }
            post |= {"speaker": f"ann{n % 7}", "reply-to": None if n % 10 == 0 else f"p{n - 1}"}
            out.write(json.dumps(post | {"timestamp": 1_700_000_000 + n}) + "\n")
    main(["parse", str(said), "--warehouse", str(tmp_path / "w.duckdb")])
    command = begun("analyze", "--warehouse", tmp_path / "w.duckdb")
    assert wait_until(lambda: processes(command.pid) >= 3), "no tagging process was started"
    time.sleep(seconds)
    os.killpg(command.pid, signal.SIGINT)
    _, told = command.communicate(timeout=PATIENCE)
    assert (command.returncode, "Traceback" in told) == (130, False), told
    assert wait_until(lambda: processes(command.pid) == 0), "a tagging process outlives the command"


@COUNTED
def test_a_command_that_is_stopped_leaves_no_process_behind(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for n in range(1, 1500):
        (pages / f"{n}.html").write_text(PAGE.format(n=n))
    words = [sys.executable, "-m", "folkmoot.cli", "parse", pages, "--warehouse", tmp_path / "w.duckdb"]
    command = subprocess.Popen(
        list(map(str, words)), stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert wait_until(lambda: processes(command.pid) >= 3), "no reader process was started"
    os.kill(command.pid, signal.SIGTERM)
    _, told = command.communicate(timeout=PATIENCE)
    assert command.returncode == 130
    assert "the same command goes on from there" in told
    assert wait_until(lambda: processes(command.pid) == 0), "a reader process outlives the command"


@COUNTED
def test_a_question_that_takes_too_long_is_stopped_and_not_called_an_error(tmp_path: Path) -> None:
    page = tmp_path / "1.html"
    page.write_text(PAGE.format(n=1))
    main(["parse", str(page), "--warehouse", str(tmp_path / "w.duckdb")])
    endless = "SELECT sum(a.range * b.range) FROM range(1000000) a, range(10000000) b"
    command = begun("query", endless, "--warehouse", tmp_path / "w.duckdb")
    assert wait_until(lambda: processor_time(command.pid) > 1.5), "the question was not asked"
    os.killpg(command.pid, signal.SIGINT)
    _, told = command.communicate(timeout=PATIENCE)
    assert (command.returncode, "unexpected" in told) == (130, False)
    assert "stopped" in told


def processor_time(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
