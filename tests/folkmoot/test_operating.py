"""What whoever runs a study for months is told: of a site under another id, of one that is not to be had."""

from collections.abc import Callable
from pathlib import Path

import pytest

from folkmoot.cli import main
from folkmoot.demo.site import serve

CONFIG = """[project]
warehouse = "w.duckdb"
archive = "archive"
report = "report"
contact = "me@example.org"
[[site]]
id = "{id}"
start = ["{url}"]
delay = 0
allow_private = true
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the project in `tmp_path`, its site under this id: exit status, stdout, stderr."""

    def call(id: str, url: str) -> tuple[int, str, str]:
        config = tmp_path / "folkmoot.toml"
        config.write_text(CONFIG.format(id=id, url=url))
        with pytest.raises(SystemExit) as stop:
            main(["run", "--config", str(config)])
            raise SystemExit(0)
        out, err = capsys.readouterr()
        code = stop.value.code
        return int(code or 0), out, err

    return call


def test_a_forum_that_got_another_id_is_not_read_a_second_time(run: Run, tmp_path: Path) -> None:
    with serve() as forum:
        assert run("lanterns", forum.discourse_url)[0] == 0
        code, out, err = run("lantrens", forum.discourse_url)
    assert (code, out) == (1, "")
    assert "holds this forum as 'lanterns'; give it that id" in err


def test_a_forum_that_is_not_to_be_had_is_no_quiet_one(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    front = tmp_path / "report" / "index.html"
    with serve() as forum:
        url = forum.discourse_url
        assert run("lanterns", url)[0] == 0
        assert "no crawl since then" not in front.read_text()
    code, _, err = run("lanterns", url)
    assert code == 1
    assert err.count("the host refuses connections") == 1
    assert "lanterns was last read on" in front.read_text()
    assert "no crawl since then brought anything" in front.read_text()
    main(["status", "--warehouse", str(tmp_path / "w.duckdb")])
    assert "sites not read                    lanterns, last 20" in capsys.readouterr().out
