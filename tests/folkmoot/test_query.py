"""Asking the warehouse at a terminal: what is printed, and what is said when it cannot be answered."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from folkmoot.cli import main
from tests.bench.posts import fill
from warehouse.store import working_file, writing


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("query") / "w.duckdb"
    fill(path, 200)
    return path


def ask(path: Path, sql: str, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str, str]:
    try:
        main(["query", sql, "--warehouse", str(path), *more])
        code = 0
    except SystemExit as stop:
        code = int(stop.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize("sql", ["SELECT 'infinity'::TIMESTAMP", "SELECT '0044-03-15 (BC)'::DATE"])
@pytest.mark.parametrize("form", ["table", "json"])
def test_a_time_that_no_calendar_holds_is_asked_for_as_text(warehouse, capsys, sql, form):
    code, out, err = ask(warehouse, sql, capsys, "--format", form)
    assert (code, out) == (1, "")
    assert "ask for it as text" in err
    assert ask(warehouse, f"{sql}::VARCHAR", capsys, "--format", form)[0] == 0


def test_a_wide_row_is_told_column_by_column_on_one_line_each(warehouse, capsys):
    code, out, err = ask(warehouse, "FROM posts ORDER BY post_id LIMIT 2", capsys)
    assert (code, err) == (0, "2 rows\n")
    lines = out.splitlines()
    assert lines[0].strip() == "── 1 ──"
    assert sum(line.startswith("post_id ") for line in lines) == 2
    assert all(len(line) <= 200 for line in lines)


@pytest.mark.parametrize("before", [(), ("--",)])
def test_sql_may_begin_with_a_comment(warehouse, capsys, before):
    main(["query", "--format", "json", "--warehouse", str(warehouse), *before, "-- One.\nSELECT 1 AS one"])
    assert json.loads(capsys.readouterr().out) == [{"one": 1}]


def test_a_cell_stays_on_its_line_and_steers_no_terminal(warehouse, capsys):
    _, out, _ = ask(
        warehouse, "SELECT 'a' || chr(10) || 'b' || chr(27) || '[31mred' || chr(8238) AS x, NULL AS y", capsys
    )
    assert [line.rstrip() for line in out.splitlines()] == ["x             y", "a b [31mred"]


def test_one_long_column_costs_the_others_nothing(warehouse, capsys):
    _, out, _ = ask(
        warehouse, "SELECT 'Ann Ortega' AS author, repeat('word ', 90) AS text, 7 AS likes", capsys
    )
    head, row = (line.split() for line in out.splitlines())
    assert head == ["author", "text", "likes"]
    assert row[:2] == ["Ann", "Ortega"] and row[-1] == "7"
    assert len(out.splitlines()[1]) <= 200


def test_ids_come_whole_from_a_table_of_many_columns(warehouse, capsys):
    wide = ", ".join(f"repeat('x', 30) || {number} AS a_column_{number}" for number in range(9))
    _, out, _ = ask(warehouse, f"SELECT {wide}", capsys)
    assert out.splitlines()[1].split() == ["x" * 30 + str(number) for number in range(9)]


def test_csv_takes_what_is_no_plain_value_as_json(warehouse, capsys):
    code, out, _ = ask(warehouse, "FROM posts ORDER BY post_id LIMIT 1", capsys, "--format", "csv")
    head, row = csv.reader(io.StringIO(out))
    assert (code, json.loads(row[head.index("aliases")])) == (0, [])
    sql = "SELECT [1, 2] AS a, {'x': 'é'} AS b, MAP {'k': 1} AS c, NULL::INTEGER[] AS d, INTERVAL 3 DAY AS e"
    _, out, _ = ask(warehouse, sql, capsys, "--format", "csv")
    _, row = csv.reader(io.StringIO(out))
    assert row == ["[1, 2]", '{"x": "é"}', '[["k", 1]]', "", "[0, 3, 0]"]


def test_json_has_numbers_where_sql_has(warehouse, capsys):
    sql = "SELECT sum(1) AS a, 1.50::DECIMAL(9, 2) AS b, 'nan'::DOUBLE AS c, [1 / 0] AS d, 0.5 AS e"
    _, out, _ = ask(warehouse, sql, capsys, "--json")
    assert json.loads(out, parse_constant=pytest.fail) == [
        {"a": 1, "b": 1.5, "c": None, "d": [None], "e": 0.5}
    ]


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("DELETE FROM posts", "it can only be read here, and this would change it"),
        ("SELECT 1; DROP TABLE posts", "it can only be read here, and this would change it"),
        ("SELEC 1", 'syntax error at or near "SELEC"'),
        ("SELECT nope FROM posts", '"nope" not found'),
        ("COPY posts TO 'x.csv'", "file system operations are disabled"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(warehouse, capsys, sql, told):
    code, out, err = ask(warehouse, sql, capsys)
    assert (code, out) == (1, "")
    assert told in err
    assert err.count("\n") == 1


def test_no_question_and_two_columns_of_one_name(warehouse, capsys):
    assert ask(warehouse, " ; ", capsys)[0] == 2
    code, _, err = ask(warehouse, "SELECT 1 AS a, 2 AS a", capsys, "--json")
    assert (code, err) == (1, "folkmoot: two columns are called 'a'; give one another name with AS\n")


def test_a_spoilt_file_is_said_in_one_line(warehouse, tmp_path, capsys):
    spoilt = tmp_path / "spoilt.duckdb"
    content = bytearray(warehouse.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    spoilt.write_bytes(content)
    code, out, err = ask(spoilt, "SELECT max(text) FROM posts", capsys)
    assert (code, out) == (1, "")
    assert err.startswith(f"folkmoot: {spoilt}") and err.count("\n") == 1


def test_a_question_that_takes_too_long_is_stopped_from_the_keyboard(warehouse):
    endless = "SELECT sum(a.range * b.range) FROM range(100000000) a, range(100000000) b"
    asked = subprocess.Popen(
        [sys.executable, "-P", "-c", "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
         "print('ready', flush=True); from folkmoot.cli import main; main()",
         "query", endless, "--warehouse", str(warehouse)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert asked.stdout is not None
    assert asked.stdout.readline() == b"ready\n"
    time.sleep(5)
    asked.send_signal(signal.SIGINT)
    _, said = asked.communicate(timeout=60)
    assert asked.returncode == 130
    assert said.strip().endswith(b"stopped")  # there is nothing that the same command could go on with


def test_status_tells_what_is_stale(warehouse, capsys):
    main(["status", "--warehouse", str(warehouse)])
    lines = dict(line.rsplit("  ", 1) for line in capsys.readouterr().out.splitlines())
    told = {name.strip(): value.strip() for name, value in lines.items()}
    assert told["posts waiting for analysis"] == "0"
    assert told["posts tagged by another version"] == "200"
    assert told["unpublished work"] == "no"
    with writing(warehouse):
        assert working_file(warehouse).exists()
        main(["status", "--warehouse", str(warehouse)])
        assert "unpublished work" in (out := capsys.readouterr().out) and out.rstrip().endswith("yes")
