"""Every format, opened by the tool it is for, or read back as its documentation says."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import networkx
import pytest

from tests.warehouse.conftest import ANN, MONDAY, WEEK, batch, page, post, thread_of, week_one
from tests.warehouse.test_findings import tag
from warehouse.errors import WarehouseError
from warehouse.exporting import export, formats
from warehouse.load import load
from warehouse.restore import restore
from warehouse.store import Warehouse, reading, writing
from warehouse.tables import tables


@pytest.fixture
def published(path: Path) -> Iterator[Warehouse]:
    """Week one with its findings, and a post that would hurt: control characters, markup, half a surrogate."""
    hurtful = post("4", ANN, "</data>\x08\x00 <script>&\"' \ud83d\u202e, =1+1", None, page_id=None)
    with writing(path) as db:
        whole = week_one()
        load(db, replace(whole, threads=(thread_of(*whole.threads[0].posts, hurtful),)))
        tag(db)
    with reading(path) as db:
        yield db


def test_formats_are_found_by_looking(published: Warehouse, tmp_path: Path) -> None:
    assert set(formats()) >= {"convokit", "parquet", "csv", "graphml", "gexf", "aif", "zyte"}
    with pytest.raises(WarehouseError, match=r"no format is called 'docx'; there are: aif, .*parquet"):
        export(published, "docx", tmp_path / "out")


@pytest.mark.parametrize("name", sorted(formats()))
def test_twice_is_the_same_bytes(published: Warehouse, tmp_path: Path, name: str) -> None:
    export(published, name, tmp_path / "a")
    export(published, name, tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def contents(path: Path) -> Any:
    if path.is_file():
        return path.read_bytes()
    return {
        str(file.relative_to(path)): file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file()
    }


@pytest.mark.parametrize("name", sorted(formats()))
def test_an_empty_warehouse_exports_too(path: Path, tmp_path: Path, name: str) -> None:
    with writing(path):
        pass
    with reading(path) as db:
        export(db, name, tmp_path / "out")
    assert (tmp_path / "out").exists()


def test_convokit_holds_what_its_loader_asks_for(published: Warehouse, tmp_path: Path) -> None:
    export(published, "convokit", tmp_path)
    said = [json.loads(line) for line in (tmp_path / "utterances.jsonl").read_text("utf-8").splitlines()]
    speakers = json.loads((tmp_path / "speakers.json").read_text("utf-8"))
    talks = json.loads((tmp_path / "conversations.json").read_text("utf-8"))
    ids = {each["id"] for each in said}
    assert all(each["conversation_id"] in ids and each["conversation_id"] in talks for each in said)
    assert all(each["speaker"] in speakers for each in said)
    assert [each["id"] for each in said if each["reply-to"] is None] == ["forum:1"]
    assert all(each["reply-to"] in ids for each in said if each["reply-to"])
    assert said[1]["meta"]["quotes"][0]["text"] == "The fee is too high."
    assert said[1]["timestamp"] == 1772449200
    assert speakers["forum:13"]["meta"]["is_staff"] is True
    index = json.loads((tmp_path / "index.json").read_text("utf-8"))
    assert set(index["utterances-index"]) == set(said[0]["meta"])
    assert set(index["conversations-index"]) == set(talks["forum:1"]["meta"])
    assert json.loads((tmp_path / "corpus.json").read_text("utf-8"))["name"] == "w"


def test_parquet_is_attached_from_any_duckdb(published: Warehouse, tmp_path: Path) -> None:
    export(published, "parquet", tmp_path / "out")
    assert (tmp_path / "out" / "posts" / "site_id=forum" / "month=2026-03").is_dir()
    other = duckdb.connect()
    script = (
        (tmp_path / "out" / "attach.sql")
        .read_text()
        .replace("read_parquet('", f"read_parquet('{tmp_path}/out/")
    )
    other.execute(script)
    assert other.execute("SELECT count(*), min(month), min(site_id) FROM posts").fetchall() == [
        (4, "2026-03", "forum")
    ]
    assert other.execute("SELECT stance FROM stances ORDER BY 1").fetchall() == [("oppose",), ("support",)]
    for view in ("proposal_leaderboard", "evidence", "interactions", "moderation_timeline"):
        ask = f"SELECT * FROM {view} ORDER BY ALL"
        assert other.execute(ask).fetchall() == published.connection.execute(ask).fetchall()


def test_the_parquet_manifest_describes_every_file(published: Warehouse, tmp_path: Path) -> None:
    export(published, "parquet", tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    described = {file["path"]: file["sha256"] for table in manifest["tables"] for file in table["files"]}
    found = {
        str(f.relative_to(tmp_path)): sha256(f.read_bytes()).hexdigest() for f in tmp_path.rglob("*.parquet")
    }
    assert described == found
    posts = next(table for table in manifest["tables"] if table["name"] == "posts")
    assert posts["rows"] == 4
    assert all(column["comment"] for column in posts["columns"])


def test_csv_reads_back(published: Warehouse, tmp_path: Path) -> None:
    export(published, "csv", tmp_path)
    with (tmp_path / "posts.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["post_id"] for row in rows] == ["forum:1", "forum:2", "forum:3", "forum:4"]
    assert rows[0]["posted_at"] == "2026-03-02T10:00:00.000000Z"
    assert json.loads(rows[2]["aliases"]) == ["m3"]
    assert rows[1]["full_text"] == "The fee is too high.\nNo, it is fair."


@pytest.mark.parametrize(("name", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)])
def test_networkx_opens_the_reply_graph(published: Warehouse, tmp_path: Path, name: str, read: Any) -> None:
    export(published, name, tmp_path / "g")
    graph = read(tmp_path / "g")
    assert set(graph.nodes) == {"forum:1", "forum:2", "forum:3", "forum:4"}
    assert graph.nodes["forum:3"]["is_staff"] is True
    assert graph.nodes["forum:4"]["label"] == "</data> <script>&\"' ?\u202e, =1+1"
    edge = graph.edges["forum:2", "forum:1"]
    assert (edge["method"], edge["confidence"], edge["stance"]) == ("native", 1.0, "oppose")


def test_aif_is_a_graph_of_claims(published: Warehouse, tmp_path: Path) -> None:
    export(published, "aif", tmp_path / "g.json")
    graph = json.loads((tmp_path / "g.json").read_text("utf-8"))
    kinds = {node["nodeID"]: node["type"] for node in graph["nodes"]}
    assert len(kinds) == len(graph["nodes"])
    assert all(edge["fromID"] in kinds and edge["toID"] in kinds for edge in graph["edges"])
    (conflict,) = (name for name, kind in kinds.items() if kind == "CA")
    (inference,) = (name for name, kind in kinds.items() if kind == "RA")
    ends = {(edge["fromID"], edge["toID"]) for edge in graph["edges"]}
    assert {("forum:2", conflict), (conflict, "forum:1"), ("forum:1", inference), (inference, "fee")} <= ends
    assert {row["nodeID"] for row in graph["locutions"]} == {
        name for name, kind in kinds.items() if kind == "L"
    }


def test_zyte_items_hold_the_threads_with_what_each_page_showed(published: Warehouse, tmp_path: Path) -> None:
    export(published, "zyte", tmp_path / "t.jsonl")
    (thread,) = [json.loads(line) for line in (tmp_path / "t.jsonl").read_text("utf-8").splitlines()]
    assert (thread["threadId"], thread["topic"]) == ("forum:7", {"name": "Arbitration fee"})
    assert [each["postId"] for each in thread["posts"]] == ["forum:1", "forum:2", "forum:3", "forum:4"]
    assert thread["posts"][1]["text"] == "The fee is too high.\nNo, it is fair."
    assert thread["posts"][0]["reactions"] == {"replies": 3}
    assert thread["posts"][0]["datePublished"] == "2026-03-02T10:00:00Z"
    assert "Ortega" not in json.dumps({**thread, "posts": [{**p, "text": ""} for p in thread["posts"]]})


def test_parquet_comes_back_whole(published: Warehouse, tmp_path: Path) -> None:
    export(published, "parquet", tmp_path / "out")
    with writing(tmp_path / "again.duckdb") as db:
        assert restore(db, tmp_path / "out") == 4
    with reading(tmp_path / "again.duckdb") as db:
        for table in tables(published):
            assert db.query(table.select()).equals(published.query(table.select())), table.name
        assert len(db.query("FROM evidence")) == len(published.query("FROM evidence")) > 0
    with writing(tmp_path / "again.duckdb") as db:
        assert load(db, week_one()).posts_new == 0
        with pytest.raises(WarehouseError, match="holds something already"):
            restore(db, tmp_path / "out")


def test_an_export_over_another_holds_nothing_of_it(published: Warehouse, tmp_path: Path) -> None:
    with writing(tmp_path / "other.duckdb") as db:
        first = page(1)
        long_ago = post("9", ANN, "Long ago", first, posted_at=MONDAY - 20 * WEEK, position=1)
        load(db, batch(thread_of(long_ago, id="9"), pages=(first,)))
    with reading(tmp_path / "other.duckdb") as db:
        export(db, "parquet", tmp_path / "out")
    export(published, "parquet", tmp_path / "out")
    with writing(tmp_path / "again.duckdb") as db:
        restore(db, tmp_path / "out")
        assert db.query("FROM posts").equals(published.query("FROM posts"))


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda out: (out / "manifest.json").unlink(), "there is no manifest.json"),
        (lambda out: (out / "manifest.json").write_text("[1]"), "there is no manifest.json"),
        (lambda out: (out / "quotes/part-0.parquet").unlink(), "quotes/part-0.parquet: No such file"),
        (
            lambda out: (out / "quotes/part-0.parquet").write_bytes(b"PAR1"),
            "is not the file that was exported",
        ),
        (
            lambda out: (out / "manifest.json").write_text(
                (out / "manifest.json").read_text().replace('"is_solved"', '"mood"')
            ),
            "threads.mood is not known here",
        ),
    ],
)
def test_a_broken_export_is_told_and_nothing_of_it_kept(
    published: Warehouse, tmp_path: Path, harm: Any, told: str
) -> None:
    export(published, "parquet", tmp_path / "out")
    harm(tmp_path / "out")
    with writing(tmp_path / "again.duckdb") as db:
        with pytest.raises(WarehouseError, match=told):
            restore(db, tmp_path / "out")
        assert db.query("SELECT count(*) AS n FROM posts").to_pylist() == [{"n": 0}]


@pytest.mark.parametrize("name", ["aif", "gexf", "graphml", "zyte"])
def test_a_file_never_takes_the_place_of_a_warehouse(published: Warehouse, path: Path, name: str) -> None:
    with pytest.raises(WarehouseError, match="is a database, which the export would replace"):
        export(published, name, path)
    with reading(path) as db:
        assert db.query("FROM posts").num_rows


@pytest.mark.parametrize("name", ["aif", "gexf", "graphml", "zyte"])
def test_a_folder_where_a_file_should_be_is_said_with_what_to_write(
    published: Warehouse, tmp_path: Path, name: str
) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(WarehouseError, match=f"is one file; name it, say .*there/folkmoot.{name}"):
        export(published, name, tmp_path / "there")


@pytest.mark.parametrize(("name", "file"), [("csv", "posts.csv"), ("convokit", "corpus.json")])
def test_files_that_no_export_wrote_are_not_replaced(
    published: Warehouse, tmp_path: Path, name: str, file: str
) -> None:
    mine = tmp_path / "data" / file
    mine.parent.mkdir()
    mine.write_text("the only copy", "utf-8")
    with pytest.raises(WarehouseError, match=rf"holds {file}, which the export would replace"):
        export(published, name, tmp_path / "data")
    assert mine.read_text("utf-8") == "the only copy"
    assert [item.name for item in tmp_path.joinpath("data").iterdir()] == [file]


@pytest.mark.parametrize("name", ["convokit", "csv", "parquet"])
def test_an_earlier_export_is_replaced_and_what_lies_beside_it_stays(
    published: Warehouse, tmp_path: Path, name: str
) -> None:
    out = tmp_path / "out"
    export(published, name, out)
    (out / "README").write_text("ours", "utf-8")
    export(published, name, out)
    export(published, name, tmp_path / "fresh")
    assert contents(out) == {"README": b"ours", **contents(tmp_path / "fresh")}


def test_an_export_that_breaks_off_leaves_the_one_before(
    published: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "replies.graphml"
    export(published, "graphml", out)
    before = out.read_bytes()

    def full(_db: Warehouse) -> Iterator[dict[str, Any]]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(formats()["graphml"], "edges", full)
    with pytest.raises(WarehouseError, match="the disk is full"):
        export(published, "graphml", out)
    assert out.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir() if item.name.startswith(".r")] == []
