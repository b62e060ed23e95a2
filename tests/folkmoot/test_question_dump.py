"""Dumps of Stack Exchange: files that tell of each other, read in pieces."""

import shutil
from pathlib import Path

import pytest

from folkmoot.cli import main
from parse.files import dumps
from parse.software import question_dump
from tests.folkmoot.asking import ask

QUESTIONS, EACH = 12, 9
TABLES = {"Posts.xml": "posts", "Comments.xml": "comments", "Users.xml": "users", "Votes.xml": "votes"}


def post(number: int) -> str:
    """The first few are questions; their answers come long after them."""
    when = f"2024-03-{1 + number // 24:02}T{number % 24:02}:00:00.000"
    said = f'CreationDate="{when}" Score="{number % 5 - 1}" Body="&lt;p&gt;Words of {number}.&lt;/p&gt;&#xA;"'
    if number <= QUESTIONS:
        chosen = f'AcceptedAnswerId="{number + QUESTIONS}" ' if number % 2 else ""
        return f'PostTypeId="1" {chosen}{said} OwnerUserId="{number}" Title="Ask {number}" Tags="|bug|deck-{number}|"'
    return f'PostTypeId="2" ParentId="{1 + (number - 1) % QUESTIONS}" {said} OwnerUserId="{1 + number % 30}"'


def dump(folder: Path) -> Path:
    folder.mkdir(parents=True)
    posts = range(1, QUESTIONS * EACH + 1)
    rows = {
        "Posts.xml": [post(number) for number in posts],
        "Comments.xml": [
            f'PostId="{number}" Score="0" Text="So it is." CreationDate="2024-06-01T00:00:00.000" UserId="7"'
            for number in posts
        ],
        "Users.xml": [f'Reputation="1" DisplayName="Sailor {n}" AboutMe="{"x" * 40}"' for n in range(1, 40)],
        "Votes.xml": ['PostId="1" VoteTypeId="2"'],
    }
    for name, said in rows.items():
        lines = "".join(f'  <row Id="{n}" {row} />\r\n' for n, row in enumerate(said, 1))
        head = '\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n'
        text = f"{head}<{TABLES[name]}>\r\n{lines}</{TABLES[name]}>"
        (folder / name).write_bytes(text.encode())
    return folder


def parse(path: Path, db: Path) -> None:
    main(["parse", str(path), "--warehouse", str(db)])


def test_a_dump_is_read_in_pieces_to_whole_threads_under_the_name_of_its_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dumps, "LONG", 3_000)
    monkeypatch.setattr(question_dump, "_STEP", 500)
    folder, db = dump(tmp_path / "ferry.stackexchange.com"), tmp_path / "w.duckdb"
    for _ in range(2):  # the second time changes nothing
        parse(folder, db)
        assert "warning" not in capsys.readouterr().err
        both = 2 * QUESTIONS * EACH
        assert ask(db, "SELECT count(*), count(DISTINCT thread_id), sum(is_solution::int) FROM posts") == [
            (both, QUESTIONS, QUESTIONS // 2)
        ]
        assert ask(db, "SELECT DISTINCT title[:3], is_solved FROM threads ORDER BY ALL") == [
            ("Ask", False), ("Ask", True),
        ]  # fmt: skip
        assert ask(db, "SELECT method::VARCHAR, count(*) FROM replies WHERE is_primary GROUP BY ALL") == [
            ("native", both - QUESTIONS)
        ]
        assert ask(
            db, "SELECT count(*) FROM authors WHERE name <> 'Sailor ' || regexp_extract(author_id, '\\d+$')"
        ) == [(0,)]
        assert ask(db, "SELECT count(*) FROM post_revisions WHERE revision > 1") == [(0,)]
    assert ask(db, "SELECT site_id FROM sites") == [("ferry.stackexchange.com",)]
    assert len(ask(db, "SELECT page_id FROM pages")) > 6
    assert ask(db, "SELECT url FROM posts WHERE post_id LIKE '%:13'") == [
        ("https://ferry.stackexchange.com/a/13",)
    ]


@pytest.mark.parametrize(
    ("name", "kept", "told"),
    [
        ("Posts.xml", 0, "Posts.xml: it is empty, damaged or cut off after 0 bytes"),
        ("Posts.xml", 5_000, "Posts.xml: it is empty, damaged or cut off after 5,000 bytes"),
        ("Comments.xml", 5_000, "Comments.xml: it is empty, damaged or cut off after 5,000 bytes"),
    ],
)
def test_of_a_file_that_was_cut_off_what_is_there_is_read(
    tmp_path: Path, name: str, kept: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, db = dump(tmp_path / "dump"), tmp_path / "w.duckdb"
    (folder / name).write_bytes((folder / name).read_bytes()[:kept])
    with pytest.raises(SystemExit):
        parse(folder, db)
    err = capsys.readouterr().err
    assert told in err and "Traceback" not in err
    ((held,),) = ask(db, "SELECT count(*) FROM posts")
    assert QUESTIONS * EACH <= int(str(held)) < 2 * QUESTIONS * EACH


def test_comments_alone_do_not_tell_where_they_stand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = dump(tmp_path / "dump")
    shutil.copy(folder / "Comments.xml", tmp_path)
    with pytest.raises(SystemExit):
        parse(tmp_path / "Comments.xml", tmp_path / "w.duckdb")
    assert "put Posts.xml of the dump beside it" in capsys.readouterr().err


def test_without_the_list_of_people_they_are_called_by_their_numbers(tmp_path: Path) -> None:
    folder, db = dump(tmp_path / "dump"), tmp_path / "w.duckdb"
    (folder / "Users.xml").unlink()
    parse(folder, db)
    assert ask(db, "SELECT name FROM authors WHERE author_id LIKE '%:7'") == [("user7",)]
