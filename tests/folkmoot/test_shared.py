"""What docs/teams.md says of sharing a warehouse holds."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb

from folkmoot.cli import main
from tests.bench.posts import fill
from warehouse.store import reading


def test_the_parquet_folder_is_attached_by_the_script_in_it(tmp_path: Path) -> None:
    fill(tmp_path / "w.duckdb", 400)
    main(
        [
            "export",
            "--warehouse",
            str(tmp_path / "w.duckdb"),
            "--format",
            "parquet",
            "--out",
            str(tmp_path / "t"),
        ]
    )
    script = (
        "import duckdb; c = duckdb.connect(); c.execute(open('attach.sql').read()); "
        "print(c.execute('SELECT count(*), count(DISTINCT month) > 1, min(site_id) FROM posts').fetchone()); "
        "print(c.execute(\"SELECT count(*) FROM posts WHERE month = '2025-03'\").fetchone()[0] > 0)"
    )
    outside = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    said = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path / "t",
        env=outside,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.splitlines() == ["(400, True, 'forum')", "True"]


def test_the_file_is_attached_beside_others(tmp_path: Path) -> None:
    fill(tmp_path / "w.duckdb", 400)
    mine = duckdb.connect()
    mine.execute(f"ATTACH '{tmp_path / 'w.duckdb'}' AS forum (READ_ONLY)")
    with reading(tmp_path / "w.duckdb") as db:
        ours = [
            tuple(row.values())
            for row in db.query("SELECT label, supporters FROM proposal_leaderboard").to_pylist()
        ]
    assert mine.execute("SELECT label, supporters FROM forum.proposal_leaderboard").fetchall() == ours
