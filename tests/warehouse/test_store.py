"""Publishing, and what happens when things go wrong: two at once, a dead writer, a strange file, a full disk."""

import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from collections import namedtuple
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.conftest import ANN, MONDAY, batch, page, post, thread_of, week_one
from warehouse.batch import Batch
from warehouse.errors import (
    DiskFullError,
    NewerWarehouseError,
    NotAWarehouseError,
    WarehouseBusyError,
    WarehouseError,
)
from warehouse.leftover import LeftoverDiscarded
from warehouse.load import load
from warehouse.search import index_file
from warehouse.secret import key
from warehouse.store import compact, reading, writing


def posts_in(path: Path) -> int:
    with reading(path) as db:
        return int(db.query("SELECT count(*) AS n FROM posts")["n"][0].as_py())


def test_a_reader_keeps_what_it_opened_while_a_writer_publishes(path: Path) -> None:
    with writing(path):
        pass
    with reading(path) as notebook:
        with writing(path) as db:
            load(db, week_one())
        assert notebook.query("SELECT count(*) AS n FROM posts").to_pylist() == [{"n": 0}]
    assert posts_in(path) == 3


def test_nothing_is_seen_before_it_is_published(path: Path) -> None:
    with writing(path):
        pass
    with writing(path) as db:
        load(db, week_one())
        assert posts_in(path) == 0


def test_only_one_writes_and_the_other_is_told_who(path: Path) -> None:
    with (
        writing(path),
        pytest.raises(WarehouseBusyError, match=rf"is being written by .* \(process {os.getpid()} on "),
        writing(path),
    ):
        pass
    with writing(path):
        pass


def test_work_of_a_failed_writer_is_gone_on_with(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writing(path) as db:
        load(db, week_one())
        raise ZeroDivisionError
    assert not path.exists()
    with writing(path):
        pass
    assert posts_in(path) == 3


def test_a_killed_writer_loses_nothing_that_was_committed(path: Path, tmp_path: Path) -> None:
    script = f"""
        import time
        from pathlib import Path
        from tests.warehouse.conftest import ANN, MONDAY, batch, page, post, thread_of, week_one
        from warehouse.load import load
        from warehouse.store import writing
        with writing(Path({str(path)!r})) as db:
            load(db, week_one())
            print("loaded", flush=True)
            time.sleep(60)
    """
    root = Path(__file__).parents[2]
    writer = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)], cwd=root, stdout=subprocess.PIPE
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"loaded\n"
    with pytest.raises(WarehouseBusyError, match=f"process {writer.pid} on"), writing(path):
        pass
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    with writing(path):
        pass
    assert posts_in(path) == 3


def test_a_file_of_a_newer_version_is_left_alone(path: Path) -> None:
    with writing(path) as db:
        db.connection.execute("INSERT INTO schema_migrations VALUES (99, 'from_the_future')")
    before = path.read_bytes()
    for opened in (reading, writing):
        with pytest.raises(NewerWarehouseError, match=r"newer Folkmoot .schema 99"), opened(path):
            pass
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"just text\n" * 500, bytes(range(256)) * 64])
def test_a_strange_file_is_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for opened in (reading, writing):
        with pytest.raises(NotAWarehouseError, match=re.escape(f"{path} is not a DuckDB file")), opened(path):
            pass
    assert path.read_bytes() == content
    assert not list(path.parent.glob("*.working"))


def test_another_duckdb_file_is_no_warehouse(path: Path) -> None:
    with duckdb.connect(str(path)) as other:
        other.execute("CREATE TABLE mine (i INTEGER)")
    for opened in (reading, writing):
        with pytest.raises(NotAWarehouseError, match="not a Folkmoot warehouse"), opened(path):
            pass


def test_no_file_and_a_folder_are_told_apart(path: Path, tmp_path: Path) -> None:
    with pytest.raises(NotAWarehouseError, match="no warehouse here yet"), reading(path):
        pass
    with pytest.raises(NotAWarehouseError, match="is a folder"), writing(tmp_path):
        pass


def test_too_little_room_is_said_before_anything_is_copied(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(path) as db:
        load(db, week_one())
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(100, 100, 0))
    with pytest.raises(DiskFullError, match="0 MB are free"), writing(path):
        pass
    assert not list(path.parent.glob("*.working"))


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM posts",
        "CREATE TABLE x (i INTEGER)",
        "COPY posts TO '{folder}/x.csv'",
        "FROM read_text('{folder}/secret.txt')",
        "ATTACH '{folder}/x.duckdb'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SELEC 1",
    ],
)
def test_a_reader_can_only_read(path: Path, sql: str) -> None:
    with writing(path) as db:
        load(db, week_one())
    (path.parent / "secret.txt").write_text("secret")
    with reading(path) as db, pytest.raises(WarehouseError) as error:
        db.query(sql.format(folder=path.parent))
    assert "\n" not in str(error.value)
    assert posts_in(path) == 3


def test_times_are_utc_wherever_the_machine_stands(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        with writing(path) as db:
            load(db, week_one())
        with reading(path) as db:
            assert db.query("SELECT posted_at::VARCHAR AS t FROM posts ORDER BY 1 LIMIT 1")["t"][
                0
            ].as_py() == ("2026-03-02 10:00:00+00")
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_file_is_one_that_duckdb_since_1_2_can_read(path: Path) -> None:
    with writing(path):
        pass
    compact(path)
    with reading(path) as db:
        (tags,) = db.query("SELECT tags FROM duckdb_databases() WHERE path IS NOT NULL")["tags"].to_pylist()
    assert dict(tags)["storage_version"].startswith("v1.2.0")


def test_compacting_keeps_everything(path: Path) -> None:
    with writing(path) as db:
        load(db, week_one())
    with reading(path) as db:
        before = db.query("SELECT * FROM duckdb_columns() WHERE NOT internal").drop(
            ["database_oid", "table_oid", "schema_oid"]
        )
    compact(path)
    with reading(path) as db:
        after = db.query("SELECT * FROM duckdb_columns() WHERE NOT internal").drop(
            ["database_oid", "table_oid", "schema_oid"]
        )
    key = [("table_name", "ascending"), ("column_index", "ascending")]
    columns = ["table_name", "column_name", "comment", "data_type", "is_nullable"]
    assert after.sort_by(key).select(columns) == before.sort_by(key).select(columns)
    assert posts_in(path) == 3
    with writing(path) as db:
        assert load(db, week_one()).posts_new == 0


RUNS = 60
"""An hour of them, one a minute, in a row."""


@pytest.mark.slow
def test_an_hour_of_runs_beside_notebooks(path: Path) -> None:
    """One reader holds the file all the while; another, a process of its own, opens it again and again while
    threads of three posts come in and one post is edited each time."""
    with writing(path) as db:
        load(db, week_one())
    script = f"""
        import time
        from pathlib import Path
        from warehouse.store import reading
        last, until = {3 * RUNS + 3}, time.monotonic() + 500
        seen = [0]
        while seen[-1] < last and time.monotonic() < until:
            with reading(Path({str(path)!r})) as db:
                posts, threads, edits = db.query(\'\'\'
                    SELECT (SELECT count(*) FROM posts) AS p, (SELECT count(*) FROM threads) AS t,
                        (SELECT count(*) FROM post_revisions WHERE revision > 1) AS r\'\'\').to_pylist()[0].values()
                assert posts == 3 * threads and edits == threads - 1, (posts, threads, edits)
                seen.append(posts)
        assert seen == sorted(seen) and seen[-1] == last, seen
    """
    root = Path(__file__).parents[2]
    reader = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)], cwd=root, stderr=subprocess.PIPE
    )
    with reading(path) as notebook:
        for number in range(RUNS):
            with writing(path) as db:
                load(db, run(number))
        assert notebook.query("SELECT count(*) AS n FROM posts").to_pylist() == [{"n": 3}]
    _, errors = reader.communicate(timeout=600)
    assert reader.returncode == 0, errors.decode()
    assert {file.name for file in path.parent.iterdir()} <= {"w.duckdb", "w.duckdb.lock"}


def run(number: int) -> Batch:
    """A new thread of three posts, and the first thread again with its first post edited."""
    at = MONDAY + timedelta(minutes=number + 1)
    fresh, again = page(1, thread=f"n{number}", at=at), page(1, at=at)
    posts = [post(f"{number}-{n}", ANN, f"Post {n}.", fresh, position=n) for n in (1, 2, 3)]
    old = [replace(each, page_id=again.page_id) for each in week_one().threads[0].posts]
    old[0] = replace(old[0], text=f"The fee is too high, say it {number + 1} times.")
    return batch(thread_of(*posts, id=f"n{number}"), thread_of(*old), pages=(fresh, again))


def test_views_of_another_version_are_replaced(path: Path) -> None:
    with writing(path) as db:
        db.connection.execute("CREATE OR REPLACE VIEW positions AS SELECT 1 AS old")
        db.connection.execute("UPDATE schema_migrations SET name = 'older' WHERE version = 0")
    with writing(path):
        pass
    with reading(path) as db:
        assert "stance" in db.query("FROM positions").column_names


def died(path: Path) -> Path:
    """A run that loaded something and was killed before it could publish; its working file."""
    with suppress(RuntimeError), writing(path) as db:
        load(db, week_one())
        db.connection.execute("UPDATE sites SET title = 'Renamed'")
        raise RuntimeError("killed")
    return path.with_name(path.name + ".working")


def test_a_run_goes_on_from_what_one_that_died_had_committed(path: Path) -> None:
    died(path)
    with writing(path):
        pass
    assert posts_in(path) == 3


def test_a_damaged_working_file_is_begun_anew_and_said(path: Path) -> None:
    with writing(path) as db:
        load(db, week_one())
    work = died(path)
    with work.open("r+b") as file:
        file.seek(work.stat().st_size // 3)
        file.write(b"\xff" * (work.stat().st_size // 2))
    with pytest.warns(LeftoverDiscarded, match="left by a run that died, is damaged"), writing(path):
        pass
    assert posts_in(path) == 3


def test_a_working_file_older_than_what_is_published_is_of_no_use(path: Path) -> None:
    work = died(path)
    other = path.with_name("other.duckdb")
    with writing(other):
        pass
    other.replace(path)  # a backup put back, another machine's file
    os.utime(work, (1, 1))
    with pytest.warns(LeftoverDiscarded, match="older than what is published"), writing(path):
        pass
    assert posts_in(path) == 0


def test_a_command_that_was_refused_leaves_no_work_to_publish(path: Path) -> None:
    with writing(path) as db:
        load(db, week_one())
    with suppress(RuntimeError), writing(path) as db:
        db.query("FROM posts")
        raise RuntimeError("refused")
    assert not list(path.parent.glob("*.working*"))


def test_a_link_to_a_warehouse_stays_a_link(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "disk"
    elsewhere.mkdir()
    real = elsewhere / "real.duckdb"
    path.symlink_to(real)
    for _ in range(2):  # one that is not there yet, one that is
        with writing(path) as db:
            load(db, week_one())
        assert path.is_symlink() and posts_in(real) == 3
    compact(path)
    assert path.is_symlink() and posts_in(real) == 3
    assert key(path) == key(real) and index_file(path).parent == elsewhere


@pytest.mark.skipif(os.name != "posix", reason="elsewhere \\ parts folders")
@pytest.mark.parametrize("name", ["what?", "a\\b"])
def test_a_name_that_duckdb_reads_otherwise_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    with pytest.raises(WarehouseError, match="choose another"), writing(folder / "w.duckdb"):
        pass
    assert not folder.exists()
