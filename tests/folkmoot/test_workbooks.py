"""Posts that somebody keeps in a spreadsheet: each sheet is a table."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from folkmoot.cli import main
from parse.files import packed
from tests.folkmoot.asking import ask


def workbook(file: Path, **sheets: list[list[object]]) -> Path:
    """A file as spreadsheets write it."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file


HEADS: list[object] = ["id", "author", "date", "comment", "parent_id", "title", "likes"]
SAID: list[list[object]] = [
    [
        101,
        "Ann",
        datetime(2024, 3, 1, 12),
        "Please waive the fee.\nOr halve it, whichever is easier; both help.",
        None,
        "Fees",
        3,
    ],
    [102, "Bo", date(2024, 3, 2), "I would rather pay.", 101, "Fees", 0],
]
MORE: list[list[object]] = [
    [103, "Cy", "2024-03-04 10:00", "Bring back the old list, please.", None, "List", 1]
]


def parse(*args: object) -> int:
    with pytest.raises(SystemExit) as stop:
        main(["parse", *map(str, args)])
        raise SystemExit(0)
    return int(stop.value.code or 0)


def test_each_sheet_of_a_workbook_is_a_table_of_posts(tmp_path: Path) -> None:
    heading: list[list[object]] = [["Feedback of spring"], [None, None]]
    folder = tmp_path / "kept"
    folder.mkdir()
    file = workbook(
        folder / "feedback.xlsx", March=[*heading, HEADS, *SAID], April=[HEADS, *MORE], Empty=[[None, None]]
    )
    db = tmp_path / "w.duckdb"
    for what in (file, folder):  # the second time changes nothing
        assert parse(what, "--warehouse", db) == 0
        assert ask(
            db,
            "SELECT split_part(post_id, ':', 2), a.name, strftime(posted_at, '%Y-%m-%d %H:%M'), like_count, title "
            "FROM posts JOIN authors a USING (author_id) JOIN threads USING (thread_id) ORDER BY post_id",
        ) == [
            ("101", "Ann", "2024-03-01 12:00", 3, "Fees"),
            ("102", "Bo", "2024-03-02 00:00", 0, "Fees"),
            ("103", "Cy", "2024-03-04 10:00", 1, "List"),
        ]
        assert ask(db, "SELECT post_id, parent_post_id, method FROM replies") == [
            ("local:102", "local:101", "native")
        ]
        assert ask(db, "SELECT text FROM posts WHERE post_id = 'local:101'") == [(SAID[0][3],)]
        assert ask(db, "SELECT count(*) FROM post_revisions WHERE revision > 1") == [(0,)]


def test_a_sheet_that_holds_no_posts_is_named_and_the_others_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    legend: list[list[object]] = [["code", "meaning"], [1, "asks"]]
    file = workbook(tmp_path / "f.xlsx", Posts=[HEADS, *SAID], Legend=legend)
    assert parse(file, "--warehouse", tmp_path / "w.duckdb") == 1
    assert "f.xlsx?sheet=Legend: a table, but not of posts" in capsys.readouterr().err
    assert ask(tmp_path / "w.duckdb", "SELECT count(*) FROM posts") == [(2,)]


@pytest.mark.parametrize(
    "content",
    [b"", b"no workbook", b"PK\x03\x04" + bytes(200), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)],
)
def test_what_is_no_workbook_is_said_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    (tmp_path / "f.xlsx").write_bytes(content)
    assert parse(tmp_path / "f.xlsx", "--warehouse", tmp_path / "w.duckdb") == 1
    told = [line for line in capsys.readouterr().err.splitlines() if "f.xlsx" in line]
    assert len(told) == 1 and "workbook" in told[0]


@pytest.mark.parametrize("name", ["f.xls", "f.ods"])
def test_a_workbook_of_another_kind_is_told_as_such(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / name).write_bytes(workbook(tmp_path / "g.xlsx", A=[HEADS, *SAID]).read_bytes())
    assert parse(tmp_path / name, "--warehouse", tmp_path / "w.duckdb") == 1
    assert f"{name}: of workbooks only .xlsx is read; save it as that" in capsys.readouterr().err


def test_a_workbook_without_a_cell_and_one_that_would_not_fit_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert parse(workbook(tmp_path / "f.xlsx", A=[], B=[]), "--warehouse", tmp_path / "w.duckdb") == 1
    assert "f.xlsx: the workbook is empty" in capsys.readouterr().err
    monkeypatch.setattr(packed, "ROOM", 1_000)
    monkeypatch.setattr(packed, "MOST_FOLD", 2)
    file = workbook(tmp_path / "g.xlsx", A=[HEADS, *SAID * 500])
    assert parse(file, "--warehouse", tmp_path / "w.duckdb") == 1
    assert "g.xlsx: it holds more than" in capsys.readouterr().err
