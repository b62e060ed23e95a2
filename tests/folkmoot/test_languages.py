"""A community that does not write English throughout: what is not read is said, by the command and the report."""

import json
from pathlib import Path

import pytest

from folkmoot.cli import main
from warehouse.store import reading, writing

SAID = (
    ("a", None, "Should the client pay the whole arbitration fee when they lose?"),
    ("b", "a", "Yes, I agree with that. They should."),
    ("c", "a", "Das ist doch Unsinn, die Auftraggeber zahlen ganz genauso viel wie wir."),
    ("d", "c", "Sehe ich ganz genauso!"),
)


def run(*words: object) -> int:
    try:
        main([str(word) for word in words])
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


@pytest.fixture
def warehouse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    lines = [
        {"id": key, "conversation_id": "a", "reply-to": parent, "text": text, "speaker": key * 3, "meta": {}}
        for key, parent, text in SAID
    ]
    file = tmp_path / "utterances.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    path = tmp_path / "w.duckdb"
    assert run("parse", file, "--warehouse", path) == 0
    capsys.readouterr()
    return path


def test_posts_in_another_language_are_counted_and_not_guessed_at(warehouse, tmp_path, capsys):
    assert run("analyze", "--warehouse", warehouse) == 0
    told = "4 posts tagged; 2 not in English (de 2), searched for the codebook's phrases only\n"
    assert capsys.readouterr().out == told
    with reading(warehouse) as db:
        languages = db.query("SELECT language FROM tagged_posts ORDER BY post_id").to_pylist()
        stances = db.query("SELECT post_id FROM stances WHERE target = 'post'").to_pylist()
    assert [row["language"] for row in languages] == [None, None, "de", "de"]
    assert [row["post_id"][-1] for row in stances] == ["b"]
    assert run("report", "--warehouse", warehouse, "--out", tmp_path / "report") == 0
    front = (tmp_path / "report" / "index.html").read_text("utf-8")
    assert "2 posts are not in English: no request or stance is read from them" in front


def test_a_warehouse_of_an_older_version_is_reported_on_once_it_is_brought_up_to_date(
    warehouse, tmp_path, capsys
):
    with writing(warehouse) as db:
        db.connection.execute("ALTER TABLE tagged_posts DROP COLUMN language")
        db.connection.execute("DROP TABLE doubtful_accounts")
        db.connection.execute("ALTER TABLE authors DROP COLUMN former_names")
        db.connection.execute("ALTER TABLE threads DROP COLUMN status")
        db.connection.execute("DROP TABLE thread_statuses")
        db.connection.execute("ALTER TABLE tombstones DROP COLUMN opens_with")
        db.connection.execute("DROP TABLE polls")
        db.connection.execute("DROP TABLE poll_votes")
        db.connection.execute("ALTER TABLE posts DROP COLUMN dislike_count")
        db.connection.execute("ALTER TABLE posts DROP COLUMN declared_stance")
        db.connection.execute("DELETE FROM schema_migrations WHERE version >= 5")
    assert run("report", "--warehouse", warehouse, "--out", tmp_path / "report") == 1
    said = capsys.readouterr().err
    assert "was written by an older Folkmoot" in said
    assert f"`folkmoot analyze --warehouse {warehouse}` brings it up to date" in said
    assert run("analyze", "--warehouse", warehouse) == 0
    assert run("report", "--warehouse", warehouse, "--out", tmp_path / "report") == 0


def test_so_is_one_whose_views_are_those_of_another_version(warehouse, tmp_path, capsys):
    with writing(warehouse) as db:
        db.connection.execute("DROP VIEW machine_labels")
        db.connection.execute("UPDATE schema_migrations SET name = 'of old' WHERE version = 0")
    assert run("report", "--warehouse", warehouse, "--out", tmp_path / "report") == 1
    assert "was written by an older Folkmoot" in capsys.readouterr().err
    assert run("analyze", "--warehouse", warehouse) == 0
    assert run("report", "--warehouse", warehouse, "--out", tmp_path / "report") == 0
