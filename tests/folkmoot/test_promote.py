"""From what people ask for to an entry of the codebook that finds it."""

import json
from pathlib import Path

import pytest

from folkmoot.cli import main
from warehouse.store import reading

SAID = (
    "Please add a dark mode to the reader.",
    "A dark mode would be nice, my eyes hurt.",
    "I'd love to see a dark mode too.",
)
CODEBOOK = '[[proposal]]\nid = "tabs"\nlabel = "Tabs"\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with (tmp_path / "utterances.jsonl").open("w", encoding="utf-8") as file:
        for number, text in enumerate(SAID):
            file.write(
                json.dumps(
                    {
                        "id": f"u{number}", "conversation_id": "u0", "text": text, "speaker": f"s{number}",
                        "reply-to": "u0" if number else None, "timestamp": 1714557600 + number, "meta": {},
                    }
                ) + "\n"
            )  # fmt: skip
    (tmp_path / "codebook.toml").write_text(CODEBOOK, "utf-8")
    run("parse", tmp_path / "utterances.jsonl", "--warehouse", tmp_path / "w.duckdb")
    analyze(tmp_path)
    return tmp_path


def run(*words: object) -> int:
    try:
        main([str(word) for word in words])
    except SystemExit as stop:
        return int(str(stop.code or 0))
    return 0


def analyze(project: Path) -> None:
    run("analyze", "--warehouse", project / "w.duckdb", "--codebook", project / "codebook.toml")


def codes(project: Path) -> list[tuple[str, str]]:
    with reading(project / "w.duckdb") as db:
        rows = db.query(
            "SELECT proposal_id, origin FROM proposal_mentions JOIN proposals USING (proposal_id)"
        ).to_pylist()
    return [(row["proposal_id"], row["origin"]) for row in rows]


def promote(project: Path, proposal_id: str) -> int:
    warehouse, file = project / "w.duckdb", project / "codebook.toml"
    return run("codebook", "promote", proposal_id, "--warehouse", warehouse, "--codebook", file)


def test_a_promoted_proposal_is_found_by_the_codebook(project, capsys):
    assert codes(project) == [("discovered_dark_mode", "discovered")] * 3
    capsys.readouterr()
    assert promote(project, "discovered_dark_mode") == 0
    assert (
        "Its words find 3 of the 3 requests that it was made of, and 3 posts in all"
        in capsys.readouterr().out
    )
    analyze(project)
    assert codes(project) == [("dark_mode", "codebook")] * 3


def test_promoting_it_twice_is_refused_and_leaves_the_codebook_as_it_was(project, capsys):
    promote(project, "discovered_dark_mode")
    once = (project / "codebook.toml").read_text("utf-8")
    assert promote(project, "discovered_dark_mode") == 1
    assert 'key `id`: "dark_mode" is taken' in capsys.readouterr().err
    assert (project / "codebook.toml").read_text("utf-8") == once


def test_what_was_not_discovered_cannot_be_promoted(project, capsys):
    assert promote(project, "discovered_nothing") == 1
    assert "no discovered proposal has this id" in capsys.readouterr().err
    assert (project / "codebook.toml").read_text("utf-8") == CODEBOOK


def test_a_check_tells_what_each_entry_is_found_by(tmp_path, capsys):
    file = tmp_path / "codebook.toml"
    file.write_text(
        '[[proposal]]\nid = "seats"\nlabel = "Child seats"\nphrases = ["child seat", "booster"]\n'
        'facets = { lockers = ["locker"] }\n[[proposal]]\nid = "dogs"\nlabel = "Ban dogs"\n'
    )
    main(["codebook", "check", str(file)])
    seats, dogs = capsys.readouterr().out.splitlines()
    assert seats.split() == ["seats", "Child", "seats", "2", "phrases;", "facets:", "lockers"]
    assert dogs.split() == ["dogs", "Ban", "dogs", "its", "label"]
