"""`folkmoot codebook try`: what each phrase of a codebook finds in a warehouse."""

import json
from pathlib import Path

import pytest

from folkmoot.cli import main

POSTS = ("Please add a dark mode.", "A dark-mode, yes. Dark mode!", "Bring the tabs back.", "Nothing of it.")
CODEBOOK = """
[[proposal]]
id = "tabs"
label = "Tabs"

[[proposal]]
id = "dark"
label = "Dark mode"
phrases = ["gray mode", "(dark|night) mode"]
patterns = [[{LOWER = "bring"}, {LOWER = "the"}]]
facets = { wanted = ["please add"] }
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    rows = [
        {
            "id": f"u{n}",
            "conversation_id": "u0",
            "text": text,
            "speaker": f"s{n}",
            "timestamp": 1714557600 + n,
        }
        for n, text in enumerate(POSTS)
    ]
    lines = [json.dumps({**row, "reply-to": None, "meta": {}}) for row in rows]
    (tmp_path / "utterances.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "codebook.toml").write_text(CODEBOOK, "utf-8")
    assert run("parse", tmp_path / "utterances.jsonl", "--warehouse", tmp_path / "w.duckdb") == 0
    return tmp_path


def run(*words: object) -> int:
    try:
        main([str(word) for word in words])
    except SystemExit as stop:
        return int(str(stop.code or 0))
    return 0


def test_each_phrase_tells_its_posts_and_shows_one(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert (
        run("codebook", "try", project / "codebook.toml", "--warehouse", project / "w.duckdb", "--json") == 0
    )
    rows = json.loads(capsys.readouterr().out)
    assert [(row["entry"], row["facet"], row["posts"], row["phrase"]) for row in rows] == [
        ("tabs", None, 1, "Tabs"),
        ("dark", None, 2, "(dark|night) mode"),
        ("dark", None, 1, '[{"LOWER": "bring"}, {"LOWER": "the"}]'),
        ("dark", "wanted", 1, "please add"),
        ("dark", None, 0, "gray mode"),
    ]
    assert [row["example"] for row in rows] == [
        "Bring the tabs back.", "Please add a dark mode.", "Bring the tabs back.", "Please add a dark mode.", None,
    ]  # fmt: skip


def test_a_codebook_without_entries_finds_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "codebook.toml").write_text("# nothing yet\n", "utf-8")
    capsys.readouterr()
    assert run("codebook", "try", project / "codebook.toml", "--warehouse", project / "w.duckdb") == 0
    assert "0 rows" in capsys.readouterr().err
    assert run("codebook", "check", project / "codebook.toml") == 0
    assert "has no entries" in capsys.readouterr().out
