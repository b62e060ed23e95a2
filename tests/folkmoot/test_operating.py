"""What whoever runs a study for months is told: of a site under another id, of one that is not to be had."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest

from folkmoot.cli import main
from folkmoot.demo.site import serve
from warehouse.store import reading

GONE = "count(*) FILTER (contains(archive_file, '(gone)'))"
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
PSEUDONYMS = CONFIG.replace("[[site]]", "pseudonymize = true\n[[site]]")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the project in `tmp_path`, its site under this id: exit status, stdout, stderr."""

    def call(id: str, url: str, written: str = CONFIG) -> tuple[int, str, str]:
        config = tmp_path / "folkmoot.toml"
        config.write_text(written.format(id=id, url=url))
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


def test_a_forum_is_not_read_into_that_of_another(run: Run, tmp_path: Path) -> None:
    both = CONFIG + CONFIG[CONFIG.index("[[site]]") :].replace("{id}", "other").replace("{url}", "{other}")
    with serve() as forum:
        there = {"url": forum.discourse_url, "other": forum.khoros_url}
        assert (
            run("lanterns", "{url}", both.replace("{url}", there["url"]).replace("{other}", there["other"]))[
                0
            ]
            == 0
        )
        swapped = both.replace("{url}", there["other"]).replace("{other}", there["url"])
        code, out, err = run("lanterns", "", swapped)
    assert (code, out) == (1, "")
    assert "site.[lanterns]" in err and "holds this forum as 'other'" in err


def test_a_clock_that_ran_ahead_is_told(run: Run, tmp_path: Path) -> None:
    saved = tmp_path / "saved.html"
    with serve() as forum:
        assert "ran ahead" not in run("lanterns", forum.discourse_url)[2]
        with urlopen(forum.discourse_url) as page:
            saved.write_bytes(page.read())
        os.utime(saved, (4_000_000_000, 4_000_000_000))
        main(["parse", str(saved), "--site", "lanterns", "--warehouse", str(tmp_path / "w.duckdb")])
        code, _, err = run("lanterns", forum.discourse_url)
    assert code == 0
    assert "warning: lanterns: pages are held that were fetched or saved at 2096-10-02 07:06 UTC" in err


def test_pseudonyms_asked_for_later_are_not_taken_for_given(run: Run, tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    with serve() as forum:
        assert run("lanterns", forum.discourse_url)[0] == 0
        with reading(warehouse) as db:
            (people,) = db.query("SELECT count(*) AS n FROM authors").to_pylist()
        code, _, err = run("lanterns", forum.discourse_url, PSEUDONYMS)
        assert code == 1
        assert "holds people of lanterns under names; to have pseudonyms, move that file away" in err
        warehouse.rename(tmp_path / "before.duckdb")
        assert run("lanterns", forum.discourse_url, PSEUDONYMS)[0] == 0
        assert run("lanterns", forum.discourse_url, PSEUDONYMS)[0] == 0
    with reading(warehouse) as db:
        (now,) = db.query(
            "SELECT count(*) AS n, count(*) FILTER (name NOT LIKE 'member-%') AS named FROM authors"
        ).to_pylist()
    assert now == people | {"named": 0}


def test_saved_pages_bring_no_names_to_people_under_pseudonyms(run: Run, tmp_path: Path) -> None:
    warehouse, page = tmp_path / "w.duckdb", tmp_path / "topic.html"
    page.write_text(
        '<html><body id="phpbb"><h2 class="topic-title"><a href="./viewtopic.php?t=4">A lamp</a></h2>'
        '<div id="p9" class="post"><p class="author"><a href="./memberlist.php?u=3" class="username">Berta Kuhn</a> '
        '<time datetime="2024-05-13T10:00:05+00:00">13 May</time></p><div class="content">Berta Kuhn asks.</div></div>'
    )
    with serve() as forum:
        assert run("lanterns", forum.discourse_url, PSEUDONYMS)[0] == 0
    main(
        [
            "parse",
            str(page),
            "--warehouse",
            str(warehouse),
            "--url",
            "https://lamps.example/viewtopic.php?t=4",
        ]
    )
    with reading(warehouse) as db:
        (of_page,) = db.query(
            "SELECT name, text FROM posts JOIN authors USING (author_id) WHERE authors.site_id <> 'lanterns'"
        ).to_pylist()
        (named,) = db.query("SELECT count(*) AS n FROM authors WHERE name NOT LIKE 'member-%'").to_pylist()
    assert "Berta" not in of_page["name"] + of_page["text"]
    assert named == {"n": 0}


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


def held(root: Path, sql: str) -> list[object]:
    with reading(root / "w.duckdb") as db:
        return list(db.query(sql).to_pylist()[0].values())


def test_a_warehouse_whose_archive_is_lost_goes_on(run: Run, tmp_path: Path) -> None:
    """It was deleted, or left behind on another machine: the new file has the name of the old one."""
    with serve() as forum:
        assert run("lanterns", forum.discourse_url)[0] == 0
        (pages,) = held(tmp_path, "SELECT count(*) FROM pages")
        shutil.rmtree(tmp_path / "archive")
        forum.advance_week()
        code, out, err = run("lanterns", forum.discourse_url)
        assert (code, "; 0 new posts" in out) == (0, False), err
        assert "lanterns-00001.warc.gz is not the file that was read before" in err
        assert held(tmp_path, f"SELECT {GONE} FROM pages") == [pages]
        assert "not the file" not in run("lanterns", forum.discourse_url)[2]


def test_an_archive_put_back_from_a_copy_is_read_on(run: Run, tmp_path: Path) -> None:
    archive, copy = tmp_path / "archive", tmp_path / "copy"
    with serve() as forum:
        assert run("lanterns", forum.discourse_url)[0] == 0
        before = held(tmp_path, "SELECT count(*), max(archive_offset) FROM pages")
        shutil.copytree(archive, copy)
        forum.advance_week()
        assert run("lanterns", forum.discourse_url)[0] == 0
        posts = held(tmp_path, "SELECT count(*), count(removed_at) FROM posts")
        shutil.rmtree(archive)
        copy.rename(archive)
        assert "not the file that was read before" in run("lanterns", forum.discourse_url)[2]
    assert held(tmp_path, "SELECT count(*), count(removed_at) FROM posts") == posts
    (gone,) = held(tmp_path, f"SELECT {GONE} FROM pages")
    assert gone == held(tmp_path, "SELECT count(*) FROM pages")[0] - before[0] - _again(tmp_path, before[1])


def _again(root: Path, offset: object) -> object:
    """Pages fetched after the copy was put back: they stand behind what it held."""
    where = f"archive_offset > {offset} AND NOT contains(archive_file, '(gone)')"
    return held(root, f"SELECT count(*) FROM pages WHERE {where}")[0]
