"""The demo's warehouse and exports, opened by the tools that people have. `make interop` installs those in a place
of their own."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from folkmoot.demo import show
from warehouse.exporting import export
from warehouse.store import Warehouse, reading

ROOT = Path(__file__).parents[2]
PYTHON = Path(os.environ.get("FOLKMOOT_INTEROP", ROOT / ".venv-interop")) / "bin" / "python"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PYTHON.exists(), reason="`make interop` installs what this needs"),
]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory):
    outcome = show.run(tmp_path_factory.mktemp("demo"), weeks=1)
    with reading(Path(outcome["warehouse"])) as db:
        yield db


def look(form: str, path: Path, home: Path) -> Any:
    """What the tool for this form saw at `path`."""
    outside = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [PYTHON, Path(__file__).with_name("look.py"), form, path],
        capture_output=True, text=True, env=outside | {"HOME": str(home)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def seen(demo: Warehouse, tmp_path: Path) -> Callable[[str, str], Any]:
    def export_and_look(form: str, name: str) -> Any:
        export(demo, form, tmp_path / name)
        return look(form, tmp_path / name, tmp_path)

    return export_and_look


def pairs(demo: Warehouse, sql: str) -> dict[str, Any]:
    return dict(zip(*(column.to_pylist() for column in demo.query(sql).columns), strict=True))


def test_convokit_opens_the_corpus(demo: Warehouse, seen: Callable[[str, str], Any]) -> None:
    corpus = seen("convokit", "corpus")
    assert corpus["whole"]
    assert corpus["utterances"] == sorted(pairs(demo, "SELECT post_id, 1 FROM posts"))
    assert {name: None for name, parent in corpus["replies"].items() if parent is None}.keys() == pairs(
        demo, "SELECT post_id, 1 FROM posts WHERE position = 1"
    ).keys()
    assert corpus["quotes"] == len(demo.query("FROM quotes"))
    named = "SELECT post_id, authors.name FROM posts JOIN authors USING (author_id)"
    assert {post: corpus["speakers"][post] for post in pairs(demo, named)} == pairs(demo, named)


def test_arguebuf_opens_the_arguments_and_gives_them_back(
    demo: Warehouse, seen: Callable[[str, str], Any]
) -> None:
    graph = seen("aif", "arguments.json")
    kinds = dict(graph["nodes"])
    stances = "SELECT stance_id, stance::VARCHAR FROM stances WHERE stance <> 'neutral'"
    schemes = {"support": ["RA"], "oppose": ["CA"], "mixed": ["CA", "RA"]}
    told = {f"{kind}:{name}" for name, side in pairs(demo, stances).items() for kind in schemes[side]}
    assert {name for name, kind in kinds.items() if kind in ("RA", "CA")} == told
    ends = {tuple(edge) for edge in graph["edges"]}
    assert all(any(end[0] == name for end in ends) and any(end[1] == name for end in ends) for name in told)
    texts = pairs(demo, "SELECT post_id, text FROM posts")
    assert all(texts[name] == text for name, text in graph["texts"].items() if name in texts)
    assert set(pairs(demo, "SELECT proposal_id, 1 FROM proposals")) <= kinds.keys()


def test_zytes_items_take_every_thread(demo: Warehouse, seen: Callable[[str, str], Any]) -> None:
    items = seen("zyte", "threads.jsonl")
    assert items["unknown"] == []
    assert items["threads"] == pairs(demo, "SELECT thread_id, title FROM threads")
    assert items["posts"] == pairs(demo, "SELECT post_id, full_text FROM posts WHERE state <> 'ghost'")


def test_a_duckdb_of_years_ago_reads_every_table_and_view(demo: Warehouse, tmp_path: Path) -> None:
    names = demo.query("SELECT table_name FROM information_schema.tables")["table_name"].to_pylist()
    held = {name: len(demo.query(f"FROM {name}")) for name in names}
    assert look("duckdb", demo.path, tmp_path) == held


def test_a_quack_server_answers_and_lets_nobody_write(demo: Warehouse, tmp_path: Path) -> None:
    told = look("quack", demo.path, tmp_path)
    leaders = demo.query("SELECT label, net_support FROM proposal_leaderboard").to_pylist()
    assert told["answer"] == [[row["label"], row["net_support"]] for row in leaders]
    assert "read-only mode" in told["refused"]
